"""The shot list as files of every format, and subtitle files as text strips, in the real Blender with its worker."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_effect, add_movie, captions, editor, span
from tests.blender.test_sequencer_list import drawn, shots

JPEG = b"\xff\xd8\xff\xe0a small picture"
SENTENCES = (
    "Medium shot, low angle. A red car drives left to right past two trees at dusk. Slow pan right, handheld.",
    "Close-up. A dog runs.",
    "Wide shot & <b>rain</b>.",
)
SRT = """1
00:00:01,000 --> 00:00:02,500
First line
and a second

2
00:00:02,000 --> 00:00:03,000
Spoken meanwhile

3
00:00:04,000 --> 00:00:05,000
第三句
"""


@pytest.fixture
def listed(filmai: FilmAI, media: Media) -> FilmAI:
    """Three shots of a film from frame 1 on, the first of them with a picture; the worker is the real one."""
    add_movie(media)
    scene = bpy.context.scene
    entries = filmai.module("core.shot_entries")
    timeline = filmai.module("core.timeline")
    made = [
        entries.ShotEntry(
            f"listtest{place}",
            "Film",
            timeline.FrameRange(1 + 25 * place, 26 + 25 * place),
            timeline.MediaSpan(float(place), place + 1.0),
            guesses(filmai, place),
            sentence,
            f"第{place}句。",
            "m 1 f",
        )
        for place, sentence in enumerate(SENTENCES)
    ]
    filmai.module("scene.shot_list").write_entries(scene, entries.numbered(made))
    folder = filmai.module("paths").pictures_folder()
    for old in folder.iterdir():
        old.unlink()
    (folder / "listtest0.jpg").write_bytes(JPEG)
    shots()[1].size = "CLOSE_UP"
    return filmai


def guesses(filmai: FilmAI, place: int) -> tuple[Any, ...]:
    contract = filmai.module("contract")
    return tuple(
        contract.FieldGuess(field.id, field.values[place % len(field.values)].id, 0.9, True, False)
        for field in contract.FIELDS
    )


def export(path: Path, **options: Any) -> str:
    """What the script call writes."""
    assert bpy.ops.filmai.export_shot_list(filepath=str(path), **options) == {"FINISHED"}
    assert [left.name for left in path.parent.iterdir() if ".partial" in left.name] == []
    return path.read_text(encoding="utf-8")


# ---- export: each format read back


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_subtitles_are_read_back_as_the_text_strips_would_say_them(
    listed: FilmAI, suffix: str, tmp_path: Path
) -> None:
    import pysubs2  # one of the extension's own packages: there once it is installed

    text = export(tmp_path / f"Führung 电影.{suffix}")
    events = pysubs2.SSAFile.from_string(text, format_=suffix).events
    # the first sentence is too long for a second: its beginning and dots
    assert [(event.start, event.end) for event in events] == [(0, 1000), (1000, 2000), (2000, 3000)]
    assert events[0].plaintext.endswith("…")
    assert max(len(line) for line in events[0].plaintext.splitlines()) <= 42
    assert events[1].plaintext == SENTENCES[1]
    assert listed.job_folders() == []


def test_a_table_and_json_hold_what_was_set_by_hand(listed: FilmAI, tmp_path: Path) -> None:
    heading, *rows = csv.reader(io.StringIO(export(tmp_path / "shots.csv").lstrip("\ufeff")))
    second = dict(zip(heading, rows[1], strict=True))
    assert (second["in"], second["out"], second["Shot size"]) == ("00:00:01:00", "00:00:02:00", "close-up")
    plain = json.loads(export(tmp_path / "shots.json"))
    assert plain["rate"] == [25, 1]
    assert plain["shots"][1]["fields"]["size"] == {
        "value": "close_up",
        "confidence": 1.0,
        "certain": True,
        "fixed": True,
    }
    assert Path(plain["shots"][0]["media"]).is_file()
    assert [shot["media_start_seconds"] for shot in plain["shots"]] == [0, 1, 2]


def test_an_edit_list_has_the_scene_s_timecode(listed: FilmAI, tmp_path: Path) -> None:
    edl = export(tmp_path / "shots.edl", start_timecode="01:00:00:00")
    assert re.findall(r"V +C +(.*)", edl)[1] == "00:00:01:00 00:00:02:00 01:00:01:00 01:00:02:00"
    assert edl.count("* LOC: ") == 3


def test_an_edit_list_of_a_drop_frame_scene(listed: FilmAI, tmp_path: Path) -> None:
    render = bpy.context.scene.render
    render.fps, render.fps_base = 30, 1.001
    edl = export(tmp_path / "shots.edl", start_timecode="00:00:59:00")
    assert "FCM: DROP FRAME" in edl
    # frames 25 to 50 after 59 s: numbers 00 and 01 of the minute are left out
    assert "00:00:59;25 00:01:00;22" in edl
    assert json.loads(export(tmp_path / "shots.json"))["rate"] == [30000, 1001]
    render.fps = 24
    assert json.loads(export(tmp_path / "again.json"))["rate"] == [24000, 1001]
    assert "FCM: NON-DROP FRAME" in export(tmp_path / "again.edl")
    listed.module("scene.shot_list").show_all(bpy.context.scene.filmai_shots)
    assert shots()[1].in_text == "00:00:01:02"


def test_the_otio_file_is_whole_json_with_a_clip_and_a_marker_a_shot(listed: FilmAI, tmp_path: Path) -> None:
    plain = json.loads(export(tmp_path / "shots.otio", start_timecode="01:00:00:00"))
    assert plain["global_start_time"]["value"] == 90_000
    clips = plain["tracks"]["children"][0]["children"]
    assert [clip["source_range"]["duration"]["value"] for clip in clips] == [25, 25, 25]
    assert [clip["markers"][0]["name"] for clip in clips] == list(SENTENCES)


def test_the_contact_sheet_shows_the_pictures_that_were_kept(listed: FilmAI, tmp_path: Path) -> None:
    page = export(tmp_path / "sheet.html")
    assert page.count("<article") == 3
    assert page.count("data:image/jpeg;base64,") == 1
    assert "&lt;b&gt;rain" in page
    assert "2 shots have no picture any more" in listed.rows[-1].note


def test_captioning_keeps_a_picture_of_each_shot(
    fake: Callable[[str], FilmAI], media: Media, tmp_path: Path
) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    folder = filmai.module("paths").pictures_folder()
    kept = {shot.shot_id for shot in shots()}
    assert len(kept) == 3
    assert kept <= {path.stem for path in folder.iterdir()}


# ---- export: which shots, which language, which file


def test_only_what_the_filter_shows(listed: FilmAI, tmp_path: Path) -> None:
    bpy.context.scene.filmai_shots.filter = "close-up, dog"
    rows = json.loads(export(tmp_path / "some.json", only_shown=True))["shots"]
    assert [row["number"] for row in rows] == [2]
    assert len(json.loads(export(tmp_path / "all.json", only_shown=False))["shots"]) == 3
    bpy.context.scene.filmai_shots.filter = "zebra"
    with pytest.raises(RuntimeError, match="filter shows no shot"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "none.json"), only_shown=True)


def test_the_format_is_named_by_the_menu_or_by_the_file(listed: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "a.b"), list_format="VTT", language="zh")
    assert "第0句。" in (tmp_path / "a.b.vtt").read_text(encoding="utf-8")
    with pytest.raises(RuntimeError, match="names no format"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "a.doc"))
    with pytest.raises(RuntimeError, match="No file is named"):
        bpy.ops.filmai.export_shot_list()
    with pytest.raises(RuntimeError, match="never saved"):
        bpy.ops.filmai.export_shot_list(filepath="//a.srt")


def test_what_lies_before_the_scene_s_start_is_not_in_the_film(listed: FilmAI, tmp_path: Path) -> None:
    bpy.context.scene.frame_start = 36
    rows = json.loads(export(tmp_path / "late.json"))["shots"]
    assert [(row["number"], row["in"], row["out"]) for row in rows] == [
        (2, "00:00:00:00", "00:00:00:15"),
        (3, "00:00:00:15", "00:00:01:15"),
    ]
    assert rows[0]["media_start_seconds"] == pytest.approx(1.4)
    bpy.context.scene.frame_start = 500
    with pytest.raises(RuntimeError, match="before the scene's first frame"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "none.json"))


def test_a_list_is_exported_without_its_strip(listed: FilmAI, tmp_path: Path) -> None:
    editor().strips.remove(editor().strips["Film"])
    plain = json.loads(export(tmp_path / "gone.json"))
    assert [shot["media"] for shot in plain["shots"]] == ["", "", ""]
    assert [shot["media_start_seconds"] for shot in plain["shots"]] == [0, 1, 2]


def test_a_file_is_never_replaced_unasked(listed: FilmAI, tmp_path: Path) -> None:
    old = tmp_path / "mine.srt"
    old.write_text("mine")
    with pytest.raises(RuntimeError, match="exists already"):
        bpy.ops.filmai.export_shot_list(filepath=str(old))
    # the dialog has asked about the name that was typed, and about no other
    with pytest.raises(RuntimeError, match="exists already"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "mine"), list_format="SRT", from_dialog=True)
    assert old.read_text() == "mine"
    bpy.ops.filmai.export_shot_list(filepath=str(old), check_existing=False)
    assert "00:00:00,000" in old.read_text()


def test_after_the_dialog_blender_goes_on_while_the_worker_writes(listed: FilmAI, tmp_path: Path) -> None:
    path = tmp_path / "later.srt"
    bpy.ops.filmai.export_shot_list(filepath=str(path), list_format="SRT", from_dialog=True)
    assert not path.exists()
    assert listed.wait_for(listed.rows[-1].job_id) == "COMPLETED"
    assert path.is_file()
    assert listed.rows[-1].title == "Export later.srt"


# ---- export: what goes wrong


def test_an_empty_list_is_said(filmai: FilmAI, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="shot list is empty"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "a.srt"))


@pytest.mark.parametrize(
    ("path", "timecode", "expected"),
    [
        ("none/a.srt", "", "There is no folder"),
        ("a.srt", "1 o'clock", "is no timecode"),
        (f"{'x' * 300}.srt", "", "cannot be written: File name too long"),
    ],
)
def test_files_that_cannot_be_written(
    listed: FilmAI, path: str, timecode: str, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError, match=re.compile(expected, re.IGNORECASE)):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / path), start_timecode=timecode)
    assert list(tmp_path.iterdir()) == []
    assert len(shots()) == 3
    assert listed.job_folders() == []


def test_a_folder_that_may_not_be_written_is_said_and_an_old_file_stays(
    listed: FilmAI, tmp_path: Path
) -> None:
    # nobody may write into it, not even an administrator
    sealed = Path("/proc/self/task")
    if not sealed.is_dir():
        pytest.skip("this system has no folder that nobody can write into")
    with pytest.raises(RuntimeError, match="cannot be written") as caught:
        bpy.ops.filmai.export_shot_list(filepath=str(sealed / "a.srt"))
    assert any(word in str(caught.value) for word in ("No such file", "denied", "not permitted"))


def test_more_shots_than_an_edl_holds(listed: FilmAI, tmp_path: Path) -> None:
    entries = listed.module("core.shot_entries")
    timeline = listed.module("core.timeline")
    many = [
        entries.ShotEntry(
            str(n), "Film", timeline.FrameRange(n, n + 1), timeline.MediaSpan(0.0, 1.0), (), "A.", "B.", ""
        )
        for n in range(1, 1002)
    ]
    listed.module("scene.shot_list").write_entries(bpy.context.scene, entries.numbered(many))
    with pytest.raises(RuntimeError, match=r"Save it as \.otio"):
        bpy.ops.filmai.export_shot_list(filepath=str(tmp_path / "a.edl"))
    assert listed.failure(listed.rows[-1].job_id).code == "NOT_EXPORTED"
    assert list(tmp_path.iterdir()) == []


# ---- import


def imported() -> list[Any]:
    return sorted((strip for strip in editor().strips_all if "filmai_import" in strip), key=span)


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass", "ssa"])
def test_captions_of_every_format_become_text_strips(
    filmai: FilmAI, media: Media, suffix: str, tmp_path: Path
) -> None:
    import pysubs2

    path = tmp_path / f"Größe 字幕.{suffix}"
    subtitles = pysubs2.SSAFile.from_string(SRT, format_="srt")
    subtitles.save(str(path), format_=suffix)
    add_movie(media)
    bpy.context.scene.frame_start = 11
    bpy.ops.ed.undo_push(message="a strip")
    assert bpy.ops.filmai.import_captions(filepath=str(path)) == {"FINISHED"}
    assert [span(strip) for strip in imported()] == [(36, 74), (61, 86), (111, 136)]
    assert [strip.channel for strip in imported()] == [2, 3, 2], "two at once have a channel each"
    first, _second, third = imported()
    assert first.text == "First line\nand a second"
    assert third.text == "第三句"
    assert third["filmai_import"] == path.name
    assert third.anchor_y == "BOTTOM"
    bpy.ops.ed.undo()
    assert [strip.name for strip in bpy.context.scene.sequence_editor.strips] == ["Film"]


def test_captioning_again_leaves_imported_captions_alone(
    fake: Callable[[str], FilmAI], media: Media, tmp_path: Path
) -> None:
    fake("happy")
    film = add_movie(media)
    path = tmp_path / "mine.srt"
    path.write_text(SRT, encoding="utf-8")
    bpy.ops.filmai.import_captions(filepath=str(path), channel=7)
    film.select = True
    bpy.ops.filmai.caption_strips()
    bpy.ops.filmai.caption_strips()
    assert len(imported()) == 2, "as many as the fake worker reads"
    assert {strip.channel for strip in imported()} == {7}
    assert len(captions()) == 3


def test_captions_into_a_scene_without_a_timeline(filmai: FilmAI, tmp_path: Path) -> None:
    path = tmp_path / "mine.srt"
    path.write_text(SRT, encoding="utf-8")
    bpy.context.scene.sequence_editor_clear()
    bpy.ops.filmai.import_captions(filepath=str(path))
    assert len(imported()) == 3


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.srt", "1\n00:00:00,000 --> 00:00:01,000\nÄ\n".encode("latin-1"), "not in UTF-8"),
        ("a.srt", b"", "no captions"),
        ("a.vtt", bytes(range(128)) * 9, "damaged|no captions"),
        ("a.srt", None, "cannot be read"),
        ("a.txt", b"x", "is no subtitle file"),
    ],
)
def test_files_that_are_no_captions(
    filmai: FilmAI, name: str, content: bytes | None, expected: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    editor()
    with pytest.raises(RuntimeError, match=expected):
        bpy.ops.filmai.import_captions(filepath=str(tmp_path / name))
    assert imported() == []
    assert filmai.job_folders() == []


def test_no_channel_is_free_for_captions(filmai: FilmAI, tmp_path: Path) -> None:
    path = tmp_path / "mine.srt"
    path.write_text(SRT, encoding="utf-8")
    top = add_effect(editor().strips, "COLOR", 128, 1, 200)
    with pytest.raises(RuntimeError, match="No channel from"):
        bpy.ops.filmai.import_captions(filepath=str(path))
    assert list(editor().strips_all) == [top]


# ---- where they are found


def test_the_buttons_and_the_menus(listed: FilmAI) -> None:
    assert drawn(listed, "FILMAI_PT_shot_list")[2:4] == [
        "(filmai.export_shot_list)",
        "(filmai.import_captions)",
    ]
    for menu in ("SEQUENCER_MT_strip", "TOPBAR_MT_file_export", "TOPBAR_MT_file_import"):
        drawers = getattr(bpy.types, menu).draw._draw_funcs
        assert any("filmai" in draw.__module__ for draw in drawers)


def test_menu_and_name_agree_in_the_dialog(listed: FilmAI) -> None:
    cls = listed.module("operators.export_shot_list").FILMAI_OT_export_shot_list

    class Dialog:
        filepath, list_format, format_before = "/films/a.srt", "SRT", "SRT"

    dialog = Dialog()
    dialog.list_format = "HTML"
    assert cls.check(dialog, None)
    assert dialog.filepath == "/films/a.html"
    dialog.filepath = "/films/b.CSV"
    assert cls.check(dialog, None)
    assert dialog.list_format == "CSV"
    assert not cls.check(dialog, None)
    dialog.filepath = "/films/c"
    cls.check(dialog, None)
    assert dialog.filepath == "/films/c.csv"
