"""The decoding benchmark speaks with the shipped model, by every way that it compares."""

import pytest

from bench import shot_decoding


def test_every_way_speaks_with_the_shipped_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert shot_decoding.main(["--words", "3", "--repeats", "1", "--threads", "1"]) == 0
    shown = capsys.readouterr().out
    for way in ("torch eager, no cache", "torch eager, cache", "exported step, cache, 4 beams"):
        assert way in shown
