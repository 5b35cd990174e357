"""Shot lists as files, each read back by another program's library."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.caption_cards import cards_in_time
from ml.shotlist.captions import captions_of
from ml.shotlist.contact_sheet import contact_sheet
from ml.shotlist.edits import MAX_EDL_EVENTS, edl_text, otio_text
from ml.shotlist.entries import Caption, ShotListError
from ml.shotlist.files import LIST_FORMATS, list_text, write_list
from ml.shotlist.statistics import shares, summary
from ml.shotlist.subtitles import MAX_FILE_BYTES, SUBTITLE_FORMATS, read_subtitles, subtitle_text
from ml.shotlist.tables import csv_text, json_text
from ml.timecode import frames_of, is_drop_frame, timecode
from tests.unit.ml.shot_examples import FIRST, SECOND, shot_list

NTSC = Fraction(30000, 1001)
RATES = [Fraction(24), Fraction(25), Fraction(24000, 1001), NTSC, Fraction(60000, 1001), Fraction(50)]
CAPTIONS = (
    Caption(0.5, 2.0, "Wide shot {x} <i>a</i> & b\nSlow pan"),
    Caption(2.0, 3.25, "中景。 100 % \\N --> so"),
)


@pytest.mark.parametrize(
    ("frame", "rate", "expected"),
    [
        (0, Fraction(24), "00:00:00:00"),
        (24 * 3661 + 5, Fraction(24), "01:01:01:05"),
        (23, Fraction(24000, 1001), "00:00:00:23"),
        # SMPTE's own examples: the first two numbers of a minute are left out, but for every tenth
        (1799, NTSC, "00:00:59;29"),
        (1800, NTSC, "00:01:00;02"),
        (17982, NTSC, "00:10:00;00"),
        (107892, NTSC, "01:00:00;00"),
        (3600, Fraction(60000, 1001), "00:01:00;04"),
        (-25, Fraction(24), "-00:00:01:01"),
    ],
)
def test_timecodes(frame: int, rate: Fraction, expected: str) -> None:
    assert timecode(frame, rate) == expected


@given(st.integers(0, 24 * 3600 * 23), st.sampled_from(RATES))
def test_a_timecode_leads_back_to_its_frame(frame: int, rate: Fraction) -> None:
    assert frames_of(timecode(frame, rate), rate) == frame


@given(st.integers(0, 10**6), st.sampled_from(RATES))
def test_timecodes_agree_with_opentimelineio(frame: int, rate: Fraction) -> None:
    time = otio.opentime.RationalTime(frame, float(rate))
    assert timecode(frame, rate) == otio.opentime.to_timecode(time, float(rate), is_drop_frame(rate))


@pytest.mark.parametrize("text", ["", "1:2", "00:00:00:24", "00:61:00:00", "aa:00:00:00", "-1:00:00:00"])
def test_what_is_no_timecode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no timecode"):
        frames_of(text, Fraction(24))


@pytest.mark.parametrize("kind", SUBTITLE_FORMATS)
def test_subtitles_come_back_as_they_were(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"film{kind.upper()}"
    path.write_text(subtitle_text(CAPTIONS, kind), encoding="utf-8")
    expected = [CAPTIONS[0].text, CAPTIONS[1].text]
    if kind == ".srt":
        # angle brackets are styles there, and nothing can escape them
        expected[0] = expected[0].replace("<i>", "").replace("</i>", "")
    if kind in (".ass", ".ssa"):
        expected[0] = expected[0].replace("{x}", "(x)")
    read = read_subtitles(path)
    assert [caption.text for caption in read] == expected
    assert [(caption.start_seconds, caption.end_seconds) for caption in read] == [(0.5, 2.0), (2.0, 3.25)]


def test_a_long_sentence_is_wrapped_in_a_file_as_in_the_sequencer() -> None:
    english = "Medium shot, low angle. A red car drives left to right past two trees at dusk. Slow pan right."
    listed = shot_list(shots=(replace(FIRST, start_frame=241, end_frame=385), SECOND), first_frame=1)
    captions = captions_of(listed, [english, ""])
    cards = cards_in_time(english, 240, 384, 24.0)
    assert [caption.text for caption in captions] == [card.text for card in cards]
    assert [caption.start_seconds * 24 for caption in captions] == [card.start for card in cards]
    assert captions[-1].end_seconds == 16.0


def test_subtitles_with_another_byte_order_are_read(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_text(subtitle_text(CAPTIONS[1:], ".srt"), encoding="utf-16")
    assert read_subtitles(path)[0].text == CAPTIONS[1].text


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"x", "no subtitle file"),
        ("a.srt", b"", "no captions"),
        ("a.srt", b"just some words", "no captions"),
        ("a.ass", b"[Script Info]\n[Events]\nDialogue: 0,zero", "damaged|no captions"),
        ("a.srt", "1\n00:00:00,000 --> 00:00:01,000\nÄ\n".encode("latin-1"), "UTF-8"),
        ("a.srt", b"1\n00:00:02,000 --> 00:00:01,000\nbackwards\n", "no captions"),
    ],
)
def test_files_that_are_no_subtitles(name: str, content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ShotListError, match=expected):
        read_subtitles(path)


def test_a_missing_and_a_huge_subtitle_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ShotListError, match="cannot be read"):
        read_subtitles(tmp_path / "none.srt")
    huge = tmp_path / "huge.srt"
    with huge.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(ShotListError, match="too much"):
        read_subtitles(huge)


def test_a_table_holds_every_field_and_no_formula() -> None:
    text = csv_text(shot_list())
    assert text.startswith("\ufeff")
    heading, first, second = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    row = dict(zip(heading, first, strict=True))
    assert (row["in"], row["out"], row["seconds"]) == ("00:00:00:00", "00:00:02:00", "2.000")
    assert (row["Shot size"], row["size %"]) == ("wide shot", "90")
    assert row["Angle"] == "uncertain"
    assert second[1].startswith("'="), "a spreadsheet would run it"
    assert "远景" in csv_text(shot_list(language="zh"))


def test_json_holds_what_is_known() -> None:
    plain = json.loads(json_text(shot_list()))
    assert plain["rate"] == [24, 1]
    first = plain["shots"][0]
    assert first["fields"]["movement"] == {
        "value": "pan_left",
        "confidence": 0.9,
        "certain": True,
        "fixed": False,
    }
    assert (first["start_seconds"], first["end_seconds"], first["zh"]) == (0, 2, FIRST.zh)


@pytest.mark.parametrize("rate", RATES)
def test_an_edl_is_read_by_opentimelineio(rate: Fraction) -> None:
    text = edl_text(shot_list(rate=rate))
    timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=float(rate))
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == ["city.mp4", SECOND.name]
    assert [clip.duration().value for clip in clips] == [48, 24]
    assert clips[0].source_range.start_time.value == round(2 * rate)
    # that reader knows no drop-frame timecode in a marker
    assert is_drop_frame(rate) or clips[0].markers[0].name.lower() == FIRST.en.lower()
    assert timeline.tracks[0].range_of_child(clips[1]).start_time.value == 60


def test_an_edl_of_too_many_shots_is_refused() -> None:
    shots = tuple(replace(FIRST, number=n, start_frame=n, end_frame=n + 1) for n in range(MAX_EDL_EVENTS + 1))
    with pytest.raises(ShotListError, match=r"\.otio instead"):
        edl_text(shot_list(shots=shots))


def test_an_otio_file_is_read_by_opentimelineio() -> None:
    timeline = otio.adapters.read_from_string(otio_text(shot_list()), "otio_json")
    assert timeline.duration().value == 84
    first, second = timeline.find_clips()
    assert timeline.tracks[0].range_of_child(second).start_time.value == 60
    assert first.media_reference.target_url == "file:///films/city%20street.mp4"
    assert isinstance(second.media_reference, otio.schema.MissingReference)
    assert first.source_range.start_time.value == 48
    assert first.markers[0].metadata["filmai"]["fields"] == {"size": "wide", "movement": "pan_left"}
    # what the library writes of it is what was read: nothing was lost or filled in
    again = otio.adapters.read_from_string(otio.adapters.write_to_string(timeline, "otio_json"), "otio_json")
    assert again.is_equivalent_to(timeline)


def test_shots_that_lie_over_others_have_a_track_of_their_own() -> None:
    shots = (FIRST, replace(SECOND, start_frame=20))
    timeline = otio.adapters.read_from_string(otio_text(shot_list(shots=shots)), "otio_json")
    assert [[clip.name for clip in track.find_clips()] for track in timeline.tracks] == [
        ["001 city.mp4"],
        [f"002 {SECOND.name}"],
    ]
    over = timeline.tracks[1]
    assert over.range_of_child(next(iter(over.find_clips()))).start_time.value == 19


def test_a_film_that_begins_at_another_timecode() -> None:
    hour = 24 * 3600
    listed = shot_list(start_timecode_frame=hour)
    assert "01:00:00:00 01:00:02:00" in edl_text(listed)
    assert json.loads(json_text(listed))["shots"][1]["in"] == "01:00:02:12"
    assert "01:00:02:12" in contact_sheet(listed)
    timeline = otio.adapters.read_from_string(otio_text(listed), "otio_json")
    assert timeline.global_start_time.value == hour
    assert timeline.duration().value == 84
    (caption, *_rest) = captions_of(listed, ["First.", "Second."])
    assert (caption.start_seconds, caption.end_seconds) == (0, 2), (
        "subtitles count from the film's first frame"
    )


class Page(HTMLParser):
    """What a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_contact_sheet_is_a_whole_page_and_runs_nothing(language: str, tmp_path: Path) -> None:
    picture = tmp_path / "1.jpg"
    picture.write_bytes(b"\xff\xd8picture")
    shots = (replace(FIRST, thumbnail=str(picture)), replace(SECOND, thumbnail=str(tmp_path / "none.jpg")))
    page = Page(contact_sheet(shot_list(shots=shots, language=language)))
    assert page.open == []
    names = [tag for tag, _attributes in page.tags]
    assert names.count("article") == 2
    assert names.count("img") == 1
    assert "script" not in names
    assert "b" not in [tag for tag, about in page.tags if about.get("onclick")]
    assert SECOND.name in page.text, "shown as it is written, not obeyed"
    sources = [about["src"] for tag, about in page.tags if tag == "img"]
    assert all(source and source.startswith("data:image/jpeg;base64,") for source in sources)
    assert FIRST.sentence(language) in page.text
    assert ("uncertain" if language == "en" else "不确定") in page.text


def test_an_empty_list_has_a_page_too() -> None:
    assert "The list has no shots." in contact_sheet(shot_list(shots=()))


def test_a_thumbnail_that_is_no_jpeg_is_left_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    page = contact_sheet(shot_list(shots=(replace(FIRST, thumbnail=str(secret)),)))
    assert "<img" not in page


def test_statistics() -> None:
    about = summary(shot_list())
    assert (about.shots, about.total_seconds, about.mean_seconds) == (2, 3.0, 1.5)
    assert (about.shortest_seconds, about.longest_seconds) == (1.0, 2.0)
    assert [(share.value, share.share) for share in shares((FIRST, SECOND), "size")] == [
        ("wide", 0.5),
        ("close_up", 0.5),
    ]
    assert [share.value for share in shares((FIRST, SECOND), "movement")] == ["pan_left", ""]


@pytest.mark.parametrize("suffix", LIST_FORMATS)
def test_every_format_is_written_whole(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"filmüber 电影{suffix}"
    path.write_text("old")
    write_list(shot_list(), path, CAPTIONS)
    assert len(path.read_text(encoding="utf-8")) > 40
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_an_unknown_format_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ShotListError, match="is no format"):
        list_text(shot_list(), ".doc", ())
    with pytest.raises(ShotListError, match="cannot be written"):
        write_list(shot_list(), tmp_path / "none" / "a.csv", ())
    kept = tmp_path / "kept.edl"
    kept.write_text("old")
    shots = tuple(replace(FIRST, start_frame=n, end_frame=n + 1) for n in range(MAX_EDL_EVENTS + 1))
    with pytest.raises(ShotListError):
        write_list(shot_list(shots=shots), kept, ())
    assert kept.read_text() == "old"
