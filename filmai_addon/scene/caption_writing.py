"""Writes text strips into the sequencer a few at a time, while the user goes on working.

A film has hundreds of shots and thousands of subtitles, and Blender takes the longer for each new strip the more
there are. Whatever is kept from one time to the next is a name.
"""

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import bpy

from ..core.errors import DeliveryError
from ..core.shot_settings import TextStyle
from ..core.snapshot import DatablockRef
from .snapshot import find_scene
from .text_strips import Caption, new_caption

__all__ = ["AT_ONCE", "CaptionsToWrite", "written_a_few_at_a_time"]

AT_ONCE = 4
"""Captions: with 3,000 in the timeline, Blender takes about a millisecond for each."""


@dataclass(frozen=True, slots=True)
class CaptionsToWrite:
    """Text strips that are to be, and where."""

    scene: DatablockRef
    metas: tuple[str, ...]
    """Names of the meta strips that lead to where the captions go, outermost first."""
    captions: tuple[tuple[int, Caption], ...]
    """Each with its channel."""
    style: TextStyle
    tag: str
    """A custom property that all of them have, and no strip of the user's."""
    again: str
    """What the user can do when the timeline has changed under them."""

    def find_scene(self) -> bpy.types.Scene:
        """Raises DeliveryError when it is gone."""
        scene = find_scene(self.scene)
        if scene is None:
            raise DeliveryError(f"The scene {self.scene.name!r} is not there any more.", self.again)
        return scene

    def find_strips(self, made: list[str]) -> bpy.types.bpy_prop_collection:
        """The collection that the captions go into. Raises DeliveryError when it, or what was made in it, is gone."""
        strips = _strips(self.find_scene(), self.metas)
        if strips is None or (made and made[-1] not in strips):
            raise DeliveryError(
                "The timeline was changed while the captions were written into it, so they were taken back.",
                self.again,
            )
        return strips


def written_a_few_at_a_time(
    plan: CaptionsToWrite, made: list[str], undo_on_error: ExitStack
) -> Generator[int, None, None]:
    """Write all of them; yields how many there are before each few, whose names then stand in ``made``.

    Raises DeliveryError.
    """
    undo_on_error.callback(_take_back, plan, made)
    for first in range(0, len(plan.captions), AT_ONCE):
        yield len(made)
        strips, render = plan.find_strips(made), plan.find_scene().render
        frame_px = (render.resolution_x, render.resolution_y)
        for channel, caption in plan.captions[first : first + AT_ONCE]:
            with ExitStack() as one:
                made.append(new_caption(strips, caption, channel, plan.style, frame_px, one).name)
                one.pop_all()


def _take_back(plan: CaptionsToWrite, made: list[str]) -> None:
    """What is gone already is left alone, and so is what the user has given another name."""
    scene = find_scene(plan.scene)
    strips = _strips(scene, plan.metas) if scene is not None else None
    if strips is None:
        return
    names = set(made)
    for strip in [strip for strip in strips if strip.name in names and plan.tag in strip]:
        strips.remove(strip)


def _strips(scene: bpy.types.Scene, metas: tuple[str, ...]) -> bpy.types.bpy_prop_collection | None:
    """None when one of the meta strips is gone."""
    if scene.sequence_editor is None:
        return None
    strips = scene.sequence_editor.strips
    for name in metas:
        meta = strips.get(name)
        if meta is None or meta.type != "META":
            return None
        strips = meta.strips
    return strips
