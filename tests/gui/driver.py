"""Runs inside a Blender with a window: does FilmAI's main jobs by mouse and keyboard, as a user does.

Started by test_window.py: ``blender --enable-event-simulate --python driver.py -- PLAN.json``. Events are Blender's own
simulated ones, so nothing but a display is needed. A button is found as a user finds it: by moving the mouse over
the panel until it is there. Standard library and bpy alone.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import bpy

Script = Generator[float, None, None]
"""Yields how long Blender goes on by itself, in seconds."""

ROW_PX = 9
"""Half a button's height: none is passed over."""
JOB_SECONDS = 240.0


class Desk:
    """The window, its largest area, a mouse and a keyboard."""

    def __init__(self) -> None:
        self.window = bpy.context.window_manager.windows[0]
        self.area = max(self.window.screen.areas, key=lambda area: area.width * area.height)

    def region(self, kind: str) -> bpy.types.Region:
        """The area's region of that kind."""
        return next(region for region in self.area.regions if region.type == kind)

    def move(self, x: int, y: int) -> Script:
        """The mouse, in pixels of the window from its lower left corner."""
        self.window.event_simulate(type="MOUSEMOVE", value="NOTHING", x=x, y=y)
        yield 0.05

    def click(self, x: int, y: int) -> Script:
        """The left button."""
        yield from self.move(x, y)
        for value in ("PRESS", "RELEASE"):
            self.window.event_simulate(type="LEFTMOUSE", value=value, x=x, y=y)
            yield 0.1

    def press(self, key: str, character: str = "") -> Script:
        """A key, with the mouse where it is."""
        x, y = self._middle(self.region("WINDOW"))
        self.window.event_simulate(type=key, value="PRESS", unicode=character, x=x, y=y)
        self.window.event_simulate(type=key, value="RELEASE", x=x, y=y)
        yield 0.2

    def open_tab(self) -> Script:
        """The sidebar's tab of FilmAI."""
        yield from self.move(*self._middle(self.region("WINDOW")))
        if self.region("UI").width < 100:
            yield from self.press("N")
        # a region that was never drawn has no tabs
        yield from until(lambda: self.region("UI").active_panel_category != "UNSUPPORTED", 20.0)
        self.region("UI").active_panel_category = "FilmAI"
        self.area.tag_redraw()
        yield 0.5

    def find_button(self, command: str) -> Generator[float, None, tuple[int, int]]:
        """Where the sidebar's button of that command is."""
        region = self.region("UI")
        x = region.x + region.width * 2 // 5
        for y in range(region.y + region.height - ROW_PX, region.y, -ROW_PX):
            yield from self.move(x, y)
            if self._command_under_mouse(region).startswith(f"bpy.ops.{command}("):
                return x, y
        raise AssertionError(f"no button of {command} is in the sidebar")

    def press_button(self, command: str) -> Script:
        """Find it and click it."""
        place = yield from self.find_button(command)
        yield from self.click(*place)

    def _command_under_mouse(self, region: bpy.types.Region) -> str:
        with bpy.context.temp_override(window=self.window, area=self.area, region=region):
            if not bpy.ops.ui.copy_python_command_button.poll():
                return ""
            bpy.ops.ui.copy_python_command_button()
        return str(bpy.context.window_manager.clipboard)

    @staticmethod
    def _middle(region: bpy.types.Region) -> tuple[int, int]:
        return region.x + region.width // 2, region.y + region.height // 2


def generate_material(desk: Desk, plan: dict[str, Any]) -> Script:
    """The button Generate Material, for the cube of the factory scene."""
    cube = bpy.data.objects["Cube"]
    cube.data.materials.clear()
    bpy.context.scene.filmai_studio.size = "256"
    yield from desk.open_tab()
    yield from desk.press_button("filmai.generate_material")
    yield from until(lambda: any(slot.material for slot in cube.material_slots))
    yield 1.0


def generate_concept_texture(desk: Desk, plan: dict[str, Any]) -> Script:
    """By the keyboard: F3, the button's words, Return."""
    before = len(bpy.data.images)
    yield from desk.move(*desk._middle(desk.region("WINDOW")))
    yield from desk.press("F3")
    for character in "Generate Concept Texture":
        yield from desk.press("SPACE" if character == " " else character.upper(), character)
    yield 0.5
    yield from desk.press("RET")
    yield from until(lambda: len(bpy.data.images) > before)
    yield 1.0


def caption_strips(desk: Desk, plan: dict[str, Any]) -> Script:
    """The button Caption Strips, in the sequencer, for a film."""
    desk.area.type = "SEQUENCE_EDITOR"
    yield 0.5
    scene = desk.window.scene
    if hasattr(desk.window.workspace, "sequencer_scene"):
        # from Blender 5.0 on the sequencer shows a scene of its own choice
        desk.window.workspace.sequencer_scene = scene
    strips = scene.sequence_editor_create().strips
    strips.new_movie("film", plan["film"], 1, 1).select = True
    desk.area.spaces.active.show_region_ui = True
    yield 0.5
    yield from desk.open_tab()
    yield from desk.press_button("filmai.caption_strips")
    yield from until(lambda: any(strip.type == "TEXT" for strip in strips) and len(scene.filmai_shots.shots))
    scene.filmai_shots.active_index = 0
    yield 1.0


JOBS = {job.__name__: job for job in (generate_material, generate_concept_texture, caption_strips)}


def until(reached: Callable[[], object], seconds: float = JOB_SECONDS) -> Script:
    """Wait for that, so long at most."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise AssertionError(f"what was waited for was not there within {seconds:.0f} s")
        yield 0.2


def everything(plan: dict[str, Any], answers: dict[str, str]) -> Script:
    """All jobs; each answer is empty, or says what went wrong."""
    yield 2.0
    bpy.ops.extensions.package_install_files(
        filepath=plan["zip"], repo="user_default", enable_on_install=True
    )
    yield 1.0
    # away with the splash screen
    yield from Desk().press("ESC")
    yield 0.5
    for name, job in JOBS.items():
        desk = Desk()
        try:
            yield from job(desk, plan)
            answers[name] = ""
        except Exception:  # noqa: BLE001 - a job that fails must not keep the others from being tried
            answers[name] = traceback.format_exc()
        # Blender's own screenshots are black with some drivers, so whoever started this takes them
        ready = Path(plan["out"]) / f"{name}.ready"
        ready.touch()
        yield from until(lambda ready=ready: not ready.exists(), 20.0)


def main() -> None:
    """Start the script; Blender ends with it."""
    plan = json.loads(Path(sys.argv[sys.argv.index("--") + 1]).read_text(encoding="utf-8"))
    answers: dict[str, str] = {}
    script = everything(plan, answers)

    def go_on() -> float:
        try:
            return next(script)
        except StopIteration:
            pass
        except Exception:  # noqa: BLE001 - said in the answers, whatever it is
            answers["everything"] = traceback.format_exc()
        (Path(plan["out"]) / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        sys.stdout.flush()
        os._exit(0)

    bpy.app.timers.register(go_on, first_interval=1.0)


if __name__ == "__main__":
    main()
