"""The notes on a datablock: written, read back, and refused when somebody changed them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmai_addon.contract import FAMILIES, MAX_SEED, MAX_TEXTURE_SIZE_PX, MIN_TEXTURE_SIZE_PX
from filmai_addon.core.errors import SettingsError
from filmai_addon.core.provenance import TextureProvenance

ORIGIN = TextureProvenance(
    "brick", 7, 1024, 2.5, "dcgan_texture", "1", "a" * 64, 64, "cpu", "cuDNN 9 not found", "b" * 64, "0.1.0"
)


@given(
    family=st.sampled_from([family.id for family in FAMILIES]),
    seed=st.integers(0, MAX_SEED),
    size_px=st.integers(MIN_TEXTURE_SIZE_PX, MAX_TEXTURE_SIZE_PX),
    reason=st.text(),
)
def test_round_trip(family: str, seed: int, size_px: int, reason: str) -> None:
    origin = replace(ORIGIN, family=family, seed=seed, size_px=size_px, device_reason=reason)
    properties = origin.to_properties()
    assert all(name.startswith("filmai_") for name in properties)
    assert TextureProvenance.from_properties_or_none({"cycles": 1, **properties}) == origin


def test_other_peoples_datablocks_have_none() -> None:
    assert TextureProvenance.from_properties_or_none({"seed": 7}) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filmai_family", "cheese"),
        ("filmai_seed", -1),
        ("filmai_seed", "7"),
        ("filmai_size_px", 10**6),
        ("filmai_repeat", 0.0),
        ("filmai_repeat", 1),
        ("filmai_model", None),
    ],
)
def test_changed_notes_are_refused(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        TextureProvenance.from_properties_or_none({**ORIGIN.to_properties(), name: value})


def test_missing_notes_are_refused() -> None:
    properties = ORIGIN.to_properties()
    del properties["filmai_seed"]
    with pytest.raises(SettingsError) as caught:
        TextureProvenance.from_properties_or_none(properties)
    assert "filmai_seed" in caught.value.detail
