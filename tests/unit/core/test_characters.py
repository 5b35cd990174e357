"""What the user chooses for a character: kept as JSON, mixed, gone on from, named and measured. No Blender here."""

import math
from dataclasses import replace

import pytest

from filmai_addon.contract import (
    BodyNumber,
    CharacterPictures,
    CharacterPreview,
    CharacterResult,
    Colour,
    DeviceUsed,
    GenerateCharacter,
    ModelUsed,
)
from filmai_addon.core.character_placing import REFERENCE_TURNS, standing
from filmai_addon.core.character_provenance import CharacterProvenance
from filmai_addon.core.character_settings import (
    CharacterSettings,
    changed,
    character_after,
    mixed,
    neutral_character,
)
from filmai_addon.core.errors import SettingsError
from filmai_addon.core.job_rows import job_rows
from filmai_addon.core.jobs import Job, JobState
from filmai_addon.core.naming import (
    character_file_stem,
    character_name,
    character_sheet_title,
    character_title,
    character_view_name,
)
from filmai_addon.core.preview_cells import character_cells
from filmai_addon.core.provenance import made_by_filmai

KNIGHT = neutral_character("knight")
MONK = replace(neutral_character("monk"), portrait=True)
RICH = replace(
    KNIGHT,
    body_seed=3,
    look_archetype="pirate",
    look_seed=12,
    build="slim",
    height_m=1.9,
    numbers=(BodyNumber("legs", 0.25),),
    main=Colour(0.5, 0.25, 0),
    truncation=0.7,
    enlarge=False,
    placing="PLANE",
    location="CURSOR",
)


@pytest.mark.parametrize("settings", [KNIGHT, RICH, MONK])
def test_settings_come_back_from_json_as_they_were(settings: CharacterSettings) -> None:
    assert CharacterSettings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "[]",
        "{}",
        "{" * 30_000,
        KNIGHT.to_json().replace('"body_seed":7', '"body_seed":"7"'),
        KNIGHT.to_json().replace("knight", "dragon"),
        KNIGHT.to_json().replace("REFERENCES", "WALL"),
        KNIGHT.to_json().replace('"opacity":0.8', '"opacity":8'),
        KNIGHT.to_json().replace('"truncation":1.0', '"truncation":"all"'),
    ],
)
def test_notes_that_cannot_be_read_are_told(text: object) -> None:
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        CharacterSettings.from_json(text)
    assert "Character panel" in caught.value.hint


def test_the_wish_is_the_request() -> None:
    request = RICH.request("job", "cpu", "/jobs/job")
    assert isinstance(request, GenerateCharacter)
    assert (request.job, request.device, request.out_dir) == ("job", "cpu", "/jobs/job")
    assert (request.archetype, request.look_archetype, request.height_m) == ("knight", "pirate", 1.9)


def test_a_mix_is_the_body_of_one_and_the_look_of_the_other() -> None:
    both = mixed(replace(KNIGHT, variations=4), RICH)
    assert (both.archetype, both.body_seed, both.build, both.height_m) == ("knight", 7, None, None)
    assert (both.look_archetype, both.look_seed, both.main, both.truncation) == (
        "pirate",
        12,
        Colour(0.5, 0.25, 0),
        0.7,
    )
    assert both.variations == 1


def test_portraits_are_of_people_and_mix_with_people_only() -> None:
    assert MONK.request("job", "auto", "/jobs/job").portrait
    assert not KNIGHT.request("job", "auto", "/jobs/job").portrait
    pirate = replace(RICH, archetype="pirate")
    assert (mixed(MONK, pirate).look_archetype, mixed(MONK, pirate).portrait) == ("pirate", True)
    with pytest.raises(SettingsError, match="no portraits of knight; there are of villager"):
        mixed(MONK, KNIGHT)
    with pytest.raises(SettingsError, match="no portraits of robot"):
        changed(MONK, archetype="robot")


@pytest.mark.parametrize(("vary", "seeds"), [("both", (16, 16)), ("body", (16, 7)), ("look", (7, 16))])
def test_the_next_sheet_goes_on_with_the_seeds_that_vary(vary: str, seeds: tuple[int, int]) -> None:
    following = character_after(replace(KNIGHT, variations=9, vary=vary))  # type: ignore[arg-type]
    assert (following.body_seed, following.look_seed) == seeds
    assert following.variations == 9


def test_names_say_whose_body_and_whose_look() -> None:
    assert character_title(KNIGHT) == "Knight 7"
    assert character_title(replace(KNIGHT, look_seed=9, variations=3)) == "Knight 7-9, 3 variations"
    assert character_title(RICH) == "Knight 3 as Pirate 12"
    assert character_name(KNIGHT) == "FilmAI Knight 7"
    assert character_view_name(RICH, "three_quarter") == "FilmAI Knight 3 as Pirate 12 Three Quarters"
    assert character_file_stem(KNIGHT) == "knight_07"
    assert character_file_stem(replace(KNIGHT, look_seed=9)) == "knight_07-09"
    assert character_file_stem(RICH) == "knight_03-pirate_12"
    assert character_sheet_title(replace(KNIGHT, variations=9)) == "9 previews of Knight"
    assert character_view_name(MONK, "front") == "FilmAI Portrait Monk 7 Front"
    assert character_file_stem(MONK) == "portrait_monk_07"
    assert character_sheet_title(replace(MONK, variations=9)) == "9 portraits of Monk"


def test_the_longest_name_fits_into_blender() -> None:
    longest = replace(
        neutral_character("astronaut"), look_archetype="astronaut", body_seed=2**31 - 1, look_seed=2**31 - 2
    )
    head = replace(longest, archetype="villager", look_archetype="villager", portrait=True)
    # 63 bytes in Blender 4.5
    assert len(character_view_name(longest, "three_quarter")) <= 63
    assert len(character_view_name(head, "three_quarter")) <= 63


def test_every_cell_of_a_sheet_has_the_settings_that_make_it() -> None:
    sheet = replace(KNIGHT, variations=2)
    previews = tuple(CharacterPreview(seed, seed, f"/{seed}.png", 96, 96, "") for seed in (7, 8))
    cells = character_cells(sheet, previews, (4, 5))
    assert [cell.icon_id for cell in cells] == [4, 5]
    assert cells[1].settings == replace(KNIGHT, body_seed=8, look_seed=8)
    assert cells[1].title == "Knight 8"


def test_pictures_are_as_large_as_the_scenes_unit_says() -> None:
    made = CharacterPictures(7, 7, 1.8, 2.0, 0.06, 200, 300, Colour(0, 0, 0), Colour(0, 0, 0), ())
    for unit_m in (1.0, 0.01, 0.3048):
        size = standing(made, unit_m)
        assert size.height * unit_m == pytest.approx(2.0)
        assert size.width == pytest.approx(size.height * 2 / 3)
        assert size.ground_share == pytest.approx(0.03)


def test_a_portrait_hangs_at_the_height_of_its_head() -> None:
    made = CharacterPictures(
        *(1, 2, 1.8, 0.5, -1.4, 144, 144, Colour(0.5, 0.5, 0.5), Colour(0.5, 0.5, 0.5)), ()
    )
    found = standing(made, 0.5)
    assert (found.width, found.height, found.ground) == (1.0, 1.0, -2.8)
    assert found.ground_share == -2.8


def test_references_are_upright_and_look_along_three_axes() -> None:
    assert {turn[:2] for turn in REFERENCE_TURNS.values()} == {(math.pi / 2, 0.0)}
    assert [math.degrees(REFERENCE_TURNS[view][2]) for view in ("front", "side", "back")] == [0, 90, 180]


def test_origins_are_kept_as_properties_and_read_back() -> None:
    origin = CharacterProvenance(RICH, "characters", "1", "a" * 64, "b" * 64, "cpu", "", "0.1.0")
    properties = origin.to_properties()
    assert all(name.startswith("filmai_") for name in properties)
    assert made_by_filmai(properties)
    assert CharacterProvenance.from_properties_or_none(properties) == origin
    assert CharacterProvenance.from_properties_or_none({"filmai_family": "brick"}) is None
    for spoiled in (properties | {"filmai_model": 5}, {**properties, "filmai_version": None}):
        with pytest.raises(SettingsError, match="cannot be read"):
            CharacterProvenance.from_properties_or_none(spoiled)


def test_a_characters_job_can_be_done_again_and_says_where_it_ran() -> None:
    request = KNIGHT.request("job", "auto", "/jobs/job")
    result = CharacterResult(
        *("character", "knight", (), ModelUsed("m", "1", ""), None, False),
        *(DeviceUsed("cpu", "no CUDA"), 1.0),
    )
    job = Job("job", "Knight 7", request, 0.0, state=JobState.COMPLETED, ended_seconds=2.0, result=result)
    (row,) = job_rows((job,), 3.0)
    assert (row.kind, row.can_redo, row.is_open) == ("CHARACTER", True, False)
    assert "CPU" in row.status
    assert "no CUDA" in row.note
