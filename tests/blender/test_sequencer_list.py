"""The shot list: what it shows, jumping, editing by hand, filtering, and its panels."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import bpy

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_movie, captions, editor
from tests.blender.test_panels import Drawing, drawn_by


def shots() -> Any:
    return bpy.context.scene.filmai_shots.shots


def sequencer() -> SimpleNamespace:
    """The context of a sequencer; a Blender without windows has no area of its own."""
    scene = bpy.context.scene
    return SimpleNamespace(
        scene=scene, sequencer_scene=scene, space_data=SimpleNamespace(type="SEQUENCE_EDITOR")
    )


def drawn(filmai: FilmAI, panel: str, context: Any = None) -> list[str]:
    return drawn_by(getattr(filmai.module("panels.shots"), panel), context or sequencer())


def test_what_the_list_says(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media, start=1)
    bpy.ops.filmai.caption_strips()
    assert [(shot.number, shot.in_text, shot.out_text) for shot in shots()] == [
        (1, "00:00:00:01", "00:00:01:01"),
        (2, "00:00:01:01", "00:00:02:01"),
        (3, "00:00:02:01", "00:00:03:01"),
    ]
    first = shots()[0]
    assert (first.strip, first.size, first.size_text) == ("Film", "UNCERTAIN", "uncertain")
    assert (first.angle, first.angle_text, first.angle_note) == ("HIGH", "high angle", "90%")
    assert first.sentence_lines.replace("\n", " ").startswith("A fake extreme wide shot")
    assert first.confidence_text.endswith("%")


def test_the_list_follows_the_language(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    bpy.context.scene.filmai_shots.language = "zh"
    assert shots()[0].angle_text == "俯拍"
    assert shots()[0].sentence_lines == "假的大远景。"


def test_a_click_jumps_to_the_shot(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    bpy.context.scene.filmai_shots.active_index = 1
    assert bpy.context.scene.frame_current == 26


def test_a_field_that_was_set_by_hand_is_kept_and_said(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    shots()[1].size = "MEDIUM"
    assert (shots()[1].size_text, shots()[1].size_note) == ("medium shot", "by hand")
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert [shot.size for shot in shots()] == ["UNCERTAIN", "MEDIUM", "UNCERTAIN"]
    assert [(shot.start_frame, shot.end_frame) for shot in shots()] == [(1, 26), (26, 51), (51, 76)]
    assert captions()[1]["filmai_text"].endswith(", medium.")
    assert shots()[1].size_note == "by hand"
    shots()[1].size = "UNCERTAIN"
    bpy.ops.filmai.caption_strips()
    assert shots()[1].size_note == "40%", "given back to the network"


def test_the_filter(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    settings = bpy.context.scene.filmai_shots
    shots()[1].size = "CLOSE_UP"
    settings.filter = "all close-ups"
    assert [shot.shown for shot in shots()] == [False, True, False]
    settings.filter = ""
    assert all(shot.shown for shot in shots())
    bpy.ops.filmai.caption_strips()
    assert all(shot.shown for shot in shots())


def test_shots_of_other_strips_stay_in_the_list(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    one = add_movie(media, "One", 1, 1)
    bpy.ops.filmai.caption_strips()
    one.select = False
    add_movie(media, "Two", 1, 101)
    bpy.ops.filmai.caption_strips(divide=False)
    assert [(shot.number, shot.strip) for shot in shots()] == [(1, "One"), (2, "One"), (3, "One"), (4, "Two")]


def test_the_list_is_saved_with_the_file(fake: Callable[[str], FilmAI], media: Media, tmp_path: Any) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    shots()[0].light = "BACKLIT"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "film.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "film.blend"))
    assert shots()[0].light == "BACKLIT"
    assert len(captions()) == 3


# ---- panels

SETTINGS = ["<strips>", "<language>", "<text>", "<divide>", "<number>", "(filmai.caption_strips)"]
CUTS = ["<cuts_as>", "<sensitivity>", "(filmai.detect_cuts)"]


def test_the_panel_before_any_job(filmai: FilmAI) -> None:
    assert drawn(filmai, "FILMAI_PT_shots") == [*SETTINGS, *CUTS]
    bpy.context.scene.filmai_shots.strips = "CHANNEL"
    assert "<strips_channel>" in drawn(filmai, "FILMAI_PT_shots")
    assert drawn(filmai, "FILMAI_PT_shot_list") == [
        "No shot is described yet",
        "(filmai.import_captions)",
    ]
    assert drawn(filmai, "FILMAI_PT_jobs_sequencer")[-2:] == ["(filmai.release_memory)", "(filmai.open_log)"]


def test_the_panels_of_a_sequencer_without_a_scene(filmai: FilmAI) -> None:
    context = SimpleNamespace(
        scene=bpy.context.scene, sequencer_scene=None, space_data=SimpleNamespace(type="SEQUENCE_EDITOR")
    )
    assert drawn(filmai, "FILMAI_PT_shots", context) == ["The sequencer shows no scene"]
    assert drawn(filmai, "FILMAI_PT_shot_style", context) == []
    assert drawn(filmai, "FILMAI_PT_shot_list", context)[0] == "No shot is described yet"


def test_a_running_job_is_shown_and_can_be_cancelled(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("slow")
    add_movie(media)
    job = filmai.press_captions()
    filmai.wait_for(job, "RUNNING")
    assert drawn(filmai, "FILMAI_PT_shots")[len(SETTINGS) + len(CUTS) :][:2] == ["Caption Film", "(Cancel)"]
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert "(filmai.redo_job)" not in drawn(filmai, "FILMAI_PT_jobs_sequencer")


def _line(cls: type, width: int) -> list[str]:
    """What the list's second line shows in a sidebar of that many pixels."""
    system = SimpleNamespace(ui_scale=1.0)  # without a window Blender has none
    context = SimpleNamespace(region=SimpleNamespace(width=width), preferences=SimpleNamespace(system=system))
    layout = Drawing()
    cls.draw_item(None, context, layout, None, shots()[1], 0, None, "", 1)  # type: ignore[attr-defined]
    return layout.log


def test_the_list_and_the_chosen_shot_are_drawn(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    assert drawn(filmai, "FILMAI_PT_shot_list")[:2] == ["<filter>", "{shots}"]
    bpy.context.scene.filmai_shots.active_index = 0
    lines = drawn(filmai, "FILMAI_PT_shot_list")
    assert "1: Film" in lines
    assert {"<size>", "<movement>", "<place>", "90%", "40%"} <= set(lines)
    cls = filmai.module("panels.shots").FILMAI_UL_shots
    narrow, wide = (_line(cls, width) for width in (300, 1200))
    assert narrow == ["2", "00:00:01:01", "eye level, ball", "71%"]
    assert wide[:4] == ["2", "00:00:01:01", "00:00:02:01", "uncertain"]
    shots()[1].shown = False
    flags, order = cls.filter_items(
        SimpleNamespace(bitflag_filter_item=8), bpy.context, bpy.context.scene.filmai_shots, "shots"
    )
    assert (flags, order) == ([8, 0, 8], [])


def test_every_setting_is_in_one_of_the_panels(filmai: FilmAI) -> None:
    form = bpy.context.scene.filmai_shots
    form.strips, form.position = "CHANNEL", "TOP"
    shown = {
        line.strip("<>")
        for panel in ("FILMAI_PT_shots", "FILMAI_PT_shot_style")
        for line in drawn(filmai, panel)
    }
    settings = {prop.identifier for prop in form.bl_rna.properties} - {"rna_type", "name"}
    assert settings - shown == {"shots", "active_index", "filter"}
    assert len(editor().strips) == 0
