"""Looking closer into single pictures: the labels say what is then seen, and what is not known stays as it is."""

import numpy as np
import pytest
import torch

from ml.datagen.shots.truth import size_of
from ml.shot_terms import FIELD_INDEX, FIELDS
from ml.train.shot_data import UNKNOWN
from ml.train.shot_zoom import MOST_TURN_DEGREES, look_closer

COUNT = 400


def _values(**told: str) -> torch.Tensor:
    values = torch.zeros(COUNT, len(FIELDS), dtype=torch.long)
    for name, value in told.items():
        values[:, FIELD_INDEX[name]] = FIELDS[FIELD_INDEX[name]].index(value)
    return values


def _frames(share: float, place: float) -> torch.Tensor:
    """A white bar of that height, in the middle of the picture's height, on black."""
    frames = torch.zeros(COUNT, 1, 3, 54, 96)
    half, middle = round(27 * share), round(96 * place)
    frames[..., 27 - half : 27 + half, middle - 3 : middle + 3] = 1
    return frames


def _told(values: torch.Tensor, name: str) -> list[str | None]:
    ids = [value.id for value in FIELDS[FIELD_INDEX[name]].values]
    return [None if number == UNKNOWN else ids[number] for number in values[:, FIELD_INDEX[name]].tolist()]


def _looked_at(
    share: float, place: float = 0.5, roll: float = 0.0, **told: str
) -> tuple[torch.Tensor, torch.Tensor]:
    values = _values(
        **{"size": size_of(share), "horizon": "straight", "place": "centre", "count": "one"} | told
    )
    measures = torch.tensor([[share, place, roll]]).expand(COUNT, -1)
    every = torch.ones(COUNT, dtype=torch.bool)
    rng = torch.Generator().manual_seed(1)
    return look_closer(_frames(min(share, 0.6), place), values, measures, every, rng), values


def test_the_size_is_that_of_the_subject_as_it_is_then_seen() -> None:
    frames, values = _looked_at(0.38, roll=20.0, horizon="dutch")
    high = (frames[:, 0, 0, :, 48] > 0.5).sum(dim=1) / 54
    sizes = _told(values, "size")
    assert {"wide", "full", None} == set(sizes)
    for seen, told in zip(high.tolist(), sizes, strict=True):
        if told is not None and abs(seen - 0.45) > 0.03:
            assert told == size_of(seen)


def test_a_turned_picture_has_another_horizon_and_no_empty_corner() -> None:
    frames, values = _looked_at(0.5)
    tilt = []
    for frame in frames[:, 0, 0]:
        rows, columns = np.nonzero(frame.numpy() > 0.5)
        spread = np.cov(columns, rows)
        tilt.append(abs(np.degrees(0.5 * np.arctan2(2 * spread[0, 1], spread[1, 1] - spread[0, 0]))))
    for turned, told in zip(tilt, _told(values, "horizon"), strict=True):
        if told is not None and abs(turned - 14.5) > 5:
            assert told == ("dutch" if turned > 14.5 else "straight")
    assert max(tilt) < MOST_TURN_DEGREES + 2
    full, _ = _looked_at(0.5)
    white = look_closer(
        torch.ones_like(full),
        _values(),
        torch.tensor([[0.5, 0.5, 0.0]]).expand(COUNT, -1),
        torch.ones(COUNT, dtype=torch.bool),
        torch.Generator().manual_seed(2),
    )
    assert white.min() > 0.999


@pytest.mark.parametrize(("place", "told"), [(0.56, {"centre", None}), (0.59, {"right", None})])
def test_a_subject_beside_the_middle_moves_out(place: float, told: set[str | None]) -> None:
    frames, values = _looked_at(0.5, place=place, roll=20.0, horizon="dutch")
    bright = (frames[:, 0, 0] > 0.5).float()
    across = bright.sum(dim=1) @ torch.arange(96.0) / bright.sum(dim=(1, 2)) / 96
    assert set(_told(values, "place")) == told
    for seen, said in zip(across.tolist(), _told(values, "place"), strict=True):
        if said is not None and abs(seen - 0.6) > 0.04:
            assert said == ("right" if seen > 0.6 else "centre")


def test_a_subject_is_never_lost() -> None:
    frames, _ = _looked_at(0.5, place=0.85, roll=20.0, horizon="dutch", count="one")
    assert (frames[:, 0, 0] > 0.5).any(dim=2).any(dim=1).all()


@pytest.mark.parametrize("unknown", [0, 1, 2])
def test_pictures_without_measures_and_those_not_chosen_stay_as_they_are(unknown: int) -> None:
    measures = torch.tensor([[0.5, 0.5, 0.0]]).repeat(COUNT, 1)
    measures[:, unknown] = torch.nan
    chosen = torch.ones(COUNT, dtype=torch.bool)
    before = _values(size="full", count="two")
    for known, which in ((measures, chosen), (torch.nan_to_num(measures, 0.5), ~chosen)):
        values, frames = before.clone(), torch.rand(COUNT, 1, 3, 54, 96)
        seen = look_closer(frames, values, known, which, torch.Generator().manual_seed(3))
        assert torch.equal(values, before)
        assert torch.allclose(seen, frames, atol=1e-4)


def test_nothing_is_told_that_the_picture_no_longer_shows() -> None:
    _, values = _looked_at(5.0, count="two", colour="red")
    nearest = [size == "extreme_close_up" for size in _told(values, "size")]
    assert any(nearest)
    assert not all(nearest)
    assert {told for told, near in zip(_told(values, "colour"), nearest, strict=True) if near} == {None}
    assert {told for told, near in zip(_told(values, "colour"), nearest, strict=True) if not near} == {"red"}
    assert set(_told(values, "count")) == {None}
    _, values = _looked_at(0.5, count="one")
    assert set(_told(values, "count")) == {"one"}
