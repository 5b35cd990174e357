"""The benchmark of a whole film, on one of some seconds: real commands, real memory."""

import json
import subprocess
from pathlib import Path

import pytest

from bench import long_film
from bench.long_film import Row, main, measured, memory_of, write_piece
from bench.shot_speed import write_long_film


def test_memory_is_read_off_the_samples() -> None:
    assert memory_of([]) == ()
    assert memory_of(range(101)) == (10, 50, 95, 100)
    assert memory_of([7.0]) == (7.0,) * 4


def test_a_row_says_how_much_faster_than_the_film() -> None:
    row = Row("cuts", 5400.0, 600.0, 1200, (100.0, 110.0, 111.0, 130.4))
    assert row.cells() == ("cuts", "90.0 min", "600 s", "9.0 x", "1200", "100", "110", "111", "130")
    assert len(Row("cuts", 60.0, 10.0, 1, ()).cells()) == len(long_film.HEADERS)


def test_a_film_is_made_and_looked_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_piece(tmp_path / "piece.mp4", 2)
    write_long_film(tmp_path / "film.mp4", tmp_path / "piece.mp4", 20)
    assert main(["--film", str(tmp_path / "film.mp4"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    cuts, captions = said["rows"]
    assert cuts["film_seconds"] == captions["film_seconds"] > 10
    assert captions["found"] == cuts["found"] + 1 > 2
    if cuts["memory_mb"]:
        assert max(cuts["memory_mb"]) > 50


def test_a_film_that_cannot_be_read_ends_the_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        measured("cuts", tmp_path / "none.mp4")
    assert b"MEDIA_MISSING" in caught.value.stderr
