"""Characters, asked of the fake and of the real worker alike; the real one has a tiny network."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from filmai_addon.contract import (
    CHARACTER_MODEL,
    Cancel,
    Cancelled,
    CharacterResult,
    CharacterSheet,
    Failed,
    Finished,
    GenerateCharacter,
    PreviewCharacters,
    Progress,
)
from filmai_addon.core.character_settings import neutral_character
from tests.contract.conftest import MODELS, Start
from tests.fakes.conversation import Conversation
from tests.fakes.tiny_characters import write_tiny_characters


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job").mkdir()
    return tmp_path / "job"


@pytest.fixture
def begin(start: Start, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """As ``start``; the real worker finds a tiny network among its models."""
    if kind == "real":
        models = tmp_path / "models"
        write_tiny_characters(models)
        monkeypatch.setattr("tests.contract.conftest.MODELS", models)
    return start


def wish(folder: Path, job: str = "a", count: int = 1, out: str = "") -> GenerateCharacter:
    settings = replace(neutral_character("robot"), variations=count, height_px=192)
    return settings.request(job, "cpu", out or str(folder))


def ended(talk: Conversation, job: str = "a") -> Finished:
    end = talk.end_of(job)
    assert isinstance(end, Finished), end
    return end


def test_a_character_ends_in_cut_out_pictures_that_are_what_the_result_says(
    begin: Start, folder: Path
) -> None:
    talk = begin()
    talk.send(wish(folder, count=2))
    result = ended(talk).result
    assert isinstance(result, CharacterResult)
    assert [(made.body_seed, made.look_seed) for made in result.characters] == [(7, 7), (8, 8)]
    named = set()
    for made in result.characters:
        assert [view.view for view in made.views][:2] == ["front", "side"]
        assert 0 < made.ground_m < made.height_m * 0.2 < made.picture_height_m
        for view in made.views:
            assert hashlib.sha256(Path(view.path).read_bytes()).hexdigest() == view.sha256
            with Image.open(view.path) as picture:
                assert (picture.format, picture.mode) == ("PNG", "RGBA")
                assert picture.size == (made.width_px, made.height_px)
                assert made.height_px == 192
                assert picture.getextrema()[3][0] == 0
            named.add(Path(view.path).name)
    assert {path.name for path in folder.iterdir()} == named


def test_a_sheet_ends_in_one_small_picture_for_each(begin: Start, folder: Path) -> None:
    talk = begin()
    talk.send(PreviewCharacters("a", wish(folder, count=4), 96))
    result = ended(talk).result
    assert isinstance(result, CharacterSheet)
    assert len({made.sha256 for made in result.previews}) == 4
    with Image.open(result.previews[0].path) as picture:
        assert (picture.mode, picture.size) == ("RGBA", (96, 96))


def test_it_can_be_cancelled_while_it_is_painted(begin: Start, folder: Path) -> None:
    talk = begin("slow")
    talk.send(wish(folder, count=16))
    talk.until(Progress, lambda event: event.step > 0)
    talk.send(Cancel("a"))
    assert talk.end_of("a") == Cancelled("a")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(begin: Start, folder: Path) -> None:
    talk = begin("fail")
    talk.send(wish(folder, out=str(folder / "not there")))
    end = talk.end_of("a")
    assert isinstance(end, Failed), end
    assert end.code in ("FOLDER_NOT_WRITABLE", "DISK_FULL")
    assert list(folder.iterdir()) == []


def test_without_the_network_the_job_says_what_is_missing_and_others_go_on(
    start: Start, kind: str, folder: Path
) -> None:
    talk = start("problem")
    if kind == "real":
        if (MODELS / CHARACTER_MODEL).is_dir():
            pytest.skip("this checkout has the network")
        # nothing else needs it
        assert talk.ready().problems == ()
    talk.send(wish(folder))
    end = talk.end_of("a")
    assert isinstance(end, Failed), end
    assert end.code == "MODEL_MISSING"
    assert list(folder.iterdir()) == []
