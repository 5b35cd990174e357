"""Shot lists as other programs read them: none that FilmAI uses to write them.

EDL and OTIO are read by OpenTimelineIO in ``test_shotlist``; FilmAI writes them itself.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import av
import pytest

from ml.shotlist.entries import Caption
from ml.shotlist.files import write_list
from ml.shotlist.tables import csv_text, json_text
from tests.unit.ml.shot_examples import SECOND, shot_list

CAPTIONS = (
    Caption(0.5, 2.0, "Wide shot & rain, 100 %\nSlow pan left"),
    Caption(2.0, 3.25, "中景。红色汽车 --> 驶过"),
    Caption(3600.0, 3601.5, "Close-up: a <b>dog</b>"),
)


def read_by_ffmpeg(path: Path) -> list[tuple[float, float, str]]:
    """Start, end and text of every caption, without styles."""
    found = []
    with av.open(str(path)) as container:
        stream = container.streams.subtitles[0]
        for packet in container.demux(stream):
            if packet.size == 0 or packet.pts is None or packet.duration is None:
                continue
            start = float(packet.pts * packet.time_base)
            end = start + float(packet.duration * packet.time_base)
            (text,) = (line.dialogue.decode() for line in packet.decode())
            found.append((start, end, re.sub(r"\{\\[^}]*\}", "", text)))
    return found


@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".ass"])
def test_ffmpeg_reads_the_subtitles(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"镜头 é{suffix}"
    write_list(shot_list(), path, CAPTIONS)
    # FFmpeg turns what looks like HTML in a .srt into styles, as every player does
    said = [caption.text if suffix == ".vtt" else re.sub("</?b>", "", caption.text) for caption in CAPTIONS]
    if suffix == ".ass":
        said[2] = CAPTIONS[2].text
    expected = [
        (pytest.approx(caption.start_seconds), pytest.approx(caption.end_seconds), text)
        for caption, text in zip(CAPTIONS, said, strict=True)
    ]
    assert read_by_ffmpeg(path) == expected


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="SQLite's command is not installed")
def test_sqlite_reads_the_table(tmp_path: Path) -> None:
    path = tmp_path / "shots.csv"
    path.write_text(csv_text(shot_list()).lstrip("\ufeff"), encoding="utf-8")
    query = "select [in], [out], [description] from shots order by [in] desc"
    said = subprocess.run(
        ["sqlite3", "-json", ":memory:", f'.import --csv "{path}" shots', query],
        capture_output=True,
        check=True,
    )
    rows = json.loads(said.stdout.decode())
    assert [tuple(row.values()) for row in rows] == [
        ("00:00:02:12", "00:00:03:12", "Close-up."),
        ("00:00:00:00", "00:00:02:00", "Wide shot. Slow pan left."),
    ]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_javascript_reads_the_json(tmp_path: Path) -> None:
    path = tmp_path / "shots.json"
    path.write_text(json_text(shot_list()), encoding="utf-8")
    script = "const l = JSON.parse(require('fs').readFileSync(process.argv[1])); const s = l.shots[1];"
    script += "console.log(JSON.stringify([l.rate, s.name, s.zh, s.fields.size.value, s.in]))"
    said = subprocess.run(["node", "-e", script, str(path)], capture_output=True, check=True)
    assert json.loads(said.stdout.decode()) == [[24, 1], SECOND.name, "特写。", "close_up", "00:00:02:12"]
