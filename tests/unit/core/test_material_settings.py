"""What is chosen for a material: checked, kept as JSON, read back, and changed by words."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmai_addon.contract import (
    FAMILIES,
    MAP_KINDS,
    MAX_SEED,
    Between,
    Colour,
    LayoutChoice,
    LayoutNumber,
    LookWish,
)
from filmai_addon.core.errors import SettingsError
from filmai_addon.core.layout_values import layout_text, read_layout_text
from filmai_addon.core.material_changes import neutral_settings, with_family
from filmai_addon.core.material_prompt import described
from filmai_addon.core.material_provenance import MaterialProvenance
from filmai_addon.core.material_scale import real_size
from filmai_addon.core.material_settings import MaterialSettings
from filmai_addon.core.provenance import made_by_filmai
from tests.unit.core.examples import material_settings

EVERYTHING = material_settings(
    prompt="mossy red bricks, 青苔",
    mix_family="moss",
    mix=0.4,
    layout_seed=MAX_SEED,
    look_seed=3,
    variations=2,
    vary="look",
    width_px=2048,
    height_px=512,
    base=Colour(0.5, 0.25, 0.125),
    second=Colour(1.0, 0.0, 0.5),
    lightness=-0.5,
    contrast=2.0,
    roughness=0.25,
    wear=0.75,
    across=4,
    numbers=(LayoutNumber("rows", 6.0), LayoutNumber("gap", 0.2)),
    choices=(LayoutChoice("pattern", "herringbone"),),
    layout_image="Mask",
    relief="DISPLACEMENT",
    depth_m=0.02,
    width_m=3.0,
    projection="BOX",
    between=Between("moss", "rock", 0.25, 9, LookWish(None, None, 0.0, 1.0, 0.0, None), 0.75),
)
ORIGIN = MaterialProvenance(
    EVERYTHING, "texture_studio", "1", "a" * 64, "cpu", "cuDNN 9 not found", "b" * 64, "0.1.0"
)


def test_everything_is_kept() -> None:
    neutral = neutral_settings("brick")
    same = {
        field.name
        for field in fields(neutral)
        if getattr(neutral, field.name) == getattr(EVERYTHING, field.name)
    }
    assert same == {"family"}, "the example differs in all but the family"
    assert MaterialSettings.from_json(EVERYTHING.to_json()) == EVERYTHING


@given(
    family=st.sampled_from([family.id for family in FAMILIES]),
    prompt=st.text(max_size=300),
    seed=st.integers(0, MAX_SEED),
    contrast=st.floats(0, 3),
    wear=st.none() | st.floats(0, 1),
    steps=st.integers(4, 512),
)
def test_round_trip(
    family: str, prompt: str, seed: int, contrast: float, wear: float | None, steps: int
) -> None:
    settings = replace(
        neutral_settings(family),
        prompt=prompt,
        look_seed=seed,
        contrast=contrast,
        wear=wear,
        width_px=16 * steps,
    )
    assert MaterialSettings.from_json(settings.to_json()) == settings


def test_the_request_asks_for_what_was_chosen_and_for_every_map() -> None:
    request = EVERYTHING.request("one", "cuda", "/jobs/one", "/jobs/one/layout.png")
    assert (request.job, request.device, request.out_dir) == ("one", "cuda", "/jobs/one")
    assert (request.family, request.mix_family, request.mix) == ("brick", "moss", 0.4)
    assert (request.width_px, request.height_px, request.maps) == (2048, 512, MAP_KINDS)
    assert (request.look.wear, request.look.lightness, request.look.second) == (0.75, -0.5, Colour(1, 0, 0.5))
    assert request.layout.image == "/jobs/one/layout.png"
    assert request.layout.choices == (LayoutChoice("pattern", "herringbone"),)
    assert request.relief_widths == pytest.approx(0.02 / 3)


def test_a_variations_settings_make_that_one_alone() -> None:
    one = EVERYTHING.of_variation(5, 6)
    assert (one.layout_seed, one.look_seed, one.variations) == (5, 6, 1)
    assert one == replace(EVERYTHING, layout_seed=5, look_seed=6, variations=1)


def test_the_height_in_metres_follows_the_shape() -> None:
    assert EVERYTHING.height_m == 0.75


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("family", "cheese"),
        ("mix_family", ""),
        ("mix", 1.5),
        ("layout_seed", -1),
        ("variations", 0),
        ("width_px", 100),
        ("height_px", 10**6),
        ("contrast", 9.0),
        ("wear", -0.1),
        ("across", 0),
        ("prompt", "x" * 301),
        ("layout_image", "x" * 300),
        ("depth_m", 4.0),
        ("depth_m", -1.0),
        ("width_m", 0.0),
        ("width_m", float("nan")),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (each says something else)
        replace(EVERYTHING, **{name: value})


@pytest.mark.parametrize(
    "text",
    [None, 7, b"{}", "", "{", "[]", "null", "NaN", "[" * 3000, "x" * 30_000, '{"family": "brick"}'],
)
def test_notes_that_are_not_ours_are_refused_politely(text: object) -> None:
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        MaterialSettings.from_json(text)
    assert "Texture Studio panel" in caught.value.hint
    assert caught.value.detail


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("relief", "CARVED"),
        ("variations", True),
        ("wear", "much"),
        ("base", [1, 0, 0]),
        ("new", 1),
        ("mix", None),
    ],
)
def test_a_note_that_somebody_changed_is_refused_and_named(name: str, value: object) -> None:
    plain = json.loads(EVERYTHING.to_json()) | {name: value}
    with pytest.raises(SettingsError) as caught:
        MaterialSettings.from_json(json.dumps(plain))
    assert name in caught.value.detail


def test_provenance_round_trip() -> None:
    properties = ORIGIN.to_properties()
    assert all(name.startswith("filmai_") and isinstance(value, str) for name, value in properties.items())
    assert MaterialProvenance.from_properties_or_none({"cycles": 1, **properties}) == ORIGIN
    assert made_by_filmai(properties)


def test_other_peoples_datablocks_have_none() -> None:
    assert MaterialProvenance.from_properties_or_none({"filmai_family": "brick"}) is None
    assert not made_by_filmai({"family": "brick"})


@pytest.mark.parametrize("value", [None, 1, b"a"])
def test_changed_provenance_is_refused(value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        MaterialProvenance.from_properties_or_none({**ORIGIN.to_properties(), "filmai_model_sha256": value})
    assert "filmai_model_sha256" in caught.value.detail


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_family_has_a_size_that_is_its_own(family: Any) -> None:
    size = real_size(family.id)
    assert 0.01 <= size.width_m <= 10
    assert 0 < size.depth_m <= size.width_m / 4
    assert neutral_settings(family.id).width_m == size.width_m


def test_a_family_without_a_size_has_a_likely_one() -> None:
    assert real_size("cheese").width_m == 1.0


def test_another_family_brings_its_own_size_unless_another_was_chosen() -> None:
    lava = with_family(material_settings(), "lava")
    assert (lava.family, lava.mix_family) == ("lava", "lava")
    assert (lava.width_m, lava.depth_m) == (real_size("lava").width_m, real_size("lava").depth_m)
    assert with_family(EVERYTHING, "lava").width_m == EVERYTHING.width_m
    assert with_family(EVERYTHING, "lava").mix_family == "moss"


def test_words_set_the_look_and_the_layout_and_leave_the_rest() -> None:
    said = described(EVERYTHING, "dark herringbone oak, 4 rows, blargh")
    after = said.settings
    assert after.prompt == "dark herringbone oak, 4 rows, blargh"
    assert LayoutChoice("pattern", "herringbone") in after.choices
    assert LayoutNumber("rows", 4.0) in after.numbers
    assert (after.mix, after.wear, after.second, after.across) == (0.0, None, None, 1)
    for name in ("layout_seed", "look_seed", "width_px", "relief", "width_m", "projection", "layout_image"):
        assert getattr(after, name) == getattr(EVERYTHING, name)
    assert said.not_understood == "Not understood: blargh"
    assert "herringbone" in said.understood


def test_words_that_name_no_family_leave_it() -> None:
    assert described(material_settings(), "red").settings.family == "brick"
    assert described(material_settings(), "red").settings.base is not None


def test_no_words_change_nothing() -> None:
    said = described(EVERYTHING, "  ")
    assert said.settings == replace(EVERYTHING, prompt="  ")
    assert (said.understood, said.not_understood) == ("", "")


def test_a_long_description_leaves_room_for_the_button() -> None:
    said = described(
        material_settings(), "old dark red mossy wet rough herringbone bricks, 4 rows, black mortar"
    )
    lines = said.understood.splitlines()
    assert len(lines) == 8
    assert lines[-1] in ("and 2 more", "and 3 more", "and 4 more")


def test_further_values_of_a_layout_are_a_line() -> None:
    numbers, choices = read_layout_text(" boards=5,weave = twill, gap=0.25,")
    assert numbers == (LayoutNumber("boards", 5.0), LayoutNumber("gap", 0.25))
    assert choices == (LayoutChoice("weave", "twill"),)
    assert layout_text(numbers, choices) == "boards=5, gap=0.25, weave=twill"
    assert read_layout_text("") == ((), ())


@pytest.mark.parametrize("text", ["boards", "=5", "boards=", "a=1, b"])
def test_a_line_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no name=value"):
        read_layout_text(text)


def test_what_only_looks_like_a_number_is_a_choice() -> None:
    assert read_layout_text("kind=nan")[1] == (LayoutChoice("kind", "nan"),)
