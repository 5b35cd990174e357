"""Characters by parameters: the same seed the same figure, views that agree, archetypes that differ, bad values."""

import numpy as np
import pytest

from ml.characters.archetypes import ARCHETYPES, BUILDS
from ml.characters.casting import sculpt
from ml.characters.character import Character, Proportions, draw_character
from ml.characters.guide import VIEWS, Guide, draw_guide, frame_of, picture_channels
from ml.characters.sculpture import PARTS, SURFACES, Sculpture
from ml.characters.skeleton import heights

IDS = [archetype.id for archetype in ARCHETYPES]
SIZE_PX = (64, 96)


def drawn(character: Character, *views: str) -> tuple[list[Guide], float, float]:
    """Guides, metres per pixel, and the row of the ground."""
    solids = sculpt(character, 8)
    frame = frame_of(solids, *SIZE_PX)
    return [draw_guide(solids, view, frame) for view in views], frame.metres_per_px, frame.ground_px


def rows_of(guide: Guide, *parts: str) -> np.ndarray:
    """Which rows show one of those parts, or anything."""
    wanted = [1 + PARTS.index(part) for part in parts]
    mask = np.isin(guide.part, wanted) if parts else guide.part > 0
    return np.flatnonzero(mask.any(axis=1))


@pytest.fixture(scope="module")
def guides() -> dict[str, dict[str, Guide]]:
    """Front and side of every archetype."""
    found = {}
    for name in IDS:
        (front, side), _, _ = drawn(draw_character(name, 4), "front", "side")
        found[name] = {"front": front, "side": side}
    return found


def test_the_same_seed_gives_the_same_character_and_guide() -> None:
    first, second = (drawn(draw_character("pirate", 9), "front")[0][0] for _ in range(2))
    assert draw_character("pirate", 9) == draw_character("pirate", 9)
    assert np.array_equal(first.part, second.part)
    assert np.array_equal(first.depth, second.depth)


def test_another_seed_or_split_gives_another_character() -> None:
    values = [str(dict(draw_character("knight", *key).values)) for key in ((1,), (2,), (1, "test"))]
    assert len(set(values)) == 3


@pytest.mark.parametrize("name", IDS)
def test_views_agree_in_height(guides: dict[str, dict[str, Guide]], name: str) -> None:
    front, side = guides[name]["front"], guides[name]["side"]
    whole = rows_of(front), rows_of(side)
    # a tip may be narrower than a pixel in one of them
    assert abs(whole[0][0] - whole[1][0]) <= 1
    assert abs(whole[0][-1] - whole[1][-1]) <= 1
    # the top of a head is never hidden, and the sole of a foot hardly
    assert (
        abs(rows_of(front, "head", "headgear", "hair")[0] - rows_of(side, "head", "headgear", "hair")[0]) <= 1
    )
    assert abs(rows_of(front, "foot")[-1] - rows_of(side, "foot")[-1]) <= 1


@pytest.mark.parametrize("name", IDS)
def test_the_back_has_the_outline_of_the_front_mirrored(name: str) -> None:
    (front, back), _, _ = drawn(draw_character(name, 2), "front", "back")
    assert np.mean((front.part > 0) != (back.part[:, ::-1] > 0)) < 0.01


def test_the_figure_stands_on_the_ground_line_and_fills_the_frame(
    guides: dict[str, dict[str, Guide]],
) -> None:
    for views in guides.values():
        rows = rows_of(views["front"])
        assert rows[0] >= 0
        assert abs(rows[-1] + 1 - SIZE_PX[1] * 0.97) <= 1.5
        columns = [np.flatnonzero((view.part > 0).any(axis=0)) for view in views.values()]
        assert rows[0] <= 0.1 * SIZE_PX[1] or max(c[-1] - c[0] for c in columns) > 0.6 * SIZE_PX[0]


@pytest.mark.parametrize("name", IDS)
def test_nothing_reaches_under_the_ground(name: str) -> None:
    for seed in range(3):
        lowest = min(
            piece.shape.vertices[:, 2].min() for piece in sculpt(draw_character(name, seed), 6).pieces
        )
        assert -0.012 < lowest < 0.02


def test_heights_are_where_the_guide_shows_them() -> None:
    character = draw_character("alien", 3, wears={"feelers": "none", "skull": "bulb"})
    (front,), metres_per_px, ground = drawn(character, "front")
    top = (ground - rows_of(front, "head", "face")[0]) * metres_per_px
    assert top == pytest.approx(heights(character)["head_top"], abs=2 * metres_per_px)
    assert heights(character)["head_top"] > heights(character)["chin"] > heights(character)["shoulders"]
    assert heights(character)["shoulders"] > heights(character)["hips"] > heights(character)["feet"] == 0


def test_the_side_view_looks_to_the_left() -> None:
    (side,), _, _ = drawn(draw_character("villager", 5), "side")
    face = np.flatnonzero((side.part == 1 + PARTS.index("face")).any(axis=0)).mean()
    head = np.flatnonzero(
        np.isin(side.part, [1 + PARTS.index(p) for p in ("head", "hair")]).any(axis=0)
    ).mean()
    assert face < head


def test_archetypes_differ_in_what_they_show(guides: dict[str, dict[str, Guide]]) -> None:
    masks = [guides[name]["front"].part for name in IDS]
    for index, mask in enumerate(masks):
        for other in masks[index + 1 :]:
            assert np.mean(mask != other) > 0.03


def test_a_heavy_build_is_wider_than_a_slim_one() -> None:
    torso = 1 + PARTS.index("torso")
    areas = []
    for build in BUILDS:
        (front,), _, _ = drawn(draw_character("alien", 3, build=build, wears={"suit": "bare"}), "front")
        areas.append((front.part == torso).sum() / front.part.astype(bool).any(axis=1).sum())
    assert areas[0] < areas[1] < areas[2]


def test_a_colour_that_is_asked_for_changes_that_colour_alone() -> None:
    plain, painted = draw_character("robot", 6), draw_character("robot", 6, main=(1.0, 0.0, 0.5))
    assert painted.surfaces["main"].colour == pytest.approx((1.0, 0.0, 0.2140411))
    assert painted.proportions == plain.proportions
    assert painted.wears == plain.wears
    assert painted.surfaces["metal"] == plain.surfaces["metal"]


def test_the_test_split_wears_what_training_never_sees() -> None:
    for archetype in ARCHETYPES:
        seen = {slot: set() for slot in archetype.wears}
        held = {slot: set() for slot in archetype.wears}
        for seed in range(25):
            for slot in archetype.wears:
                seen[slot].add(draw_character(archetype.id, seed).wears[slot])
                held[slot].add(draw_character(archetype.id, seed, "test").wears[slot])
        assert any(held[slot].isdisjoint(seen[slot]) for slot in archetype.wears), archetype.id


@pytest.mark.parametrize("name", IDS)
def test_everything_that_can_be_worn_can_be_built(name: str) -> None:
    archetype = next(kind for kind in ARCHETYPES if kind.id == name)
    longest = max(len(set(train)) for train, _ in archetype.wears.values())
    for index in range(longest):
        wanted = {
            slot: sorted(set(train))[index % len(set(train))] for slot, (train, _) in archetype.wears.items()
        }
        character = draw_character(name, index, wears=wanted)
        assert dict(character.wears) == wanted
        surfaces = {piece.surface for piece in sculpt(character, 6).pieces}
        assert surfaces <= set(character.surfaces)
    assert {piece.surface for piece in sculpt(draw_character(name, 0, "test"), 6).pieces} <= set(
        character.surfaces
    )


def test_all_solids_are_closed_and_look_outwards() -> None:
    for piece in sculpt(draw_character("monarch", 1), 8).pieces:
        quads, points = piece.shape.quads, piece.shape.vertices
        assert np.isfinite(points).all()
        a, b, c, d = (points[quads[:, i]] for i in range(4))
        volume = np.einsum("ij,ij->", a, np.cross(b, c)) + np.einsum("ij,ij->", a, np.cross(c, d))
        assert volume >= 0
        ends = np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)])
        ends = ends[ends[:, 0] != ends[:, 1]]
        forward, back = {tuple(e) for e in ends.tolist()}, {tuple(e[::-1]) for e in ends.tolist()}
        assert forward == back


def test_channels_hold_part_depth_and_facing(guides: dict[str, dict[str, Guide]]) -> None:
    views = list(guides["robot"].values())
    channels = picture_channels(views, 1.0)
    assert channels.shape == (SIZE_PX[1], 2 * SIZE_PX[0], 4)
    assert np.array_equal(channels[:, : SIZE_PX[0], 0], views[0].part)
    depth = channels[:, : SIZE_PX[0], 1].astype(float) / 127.5 - 1
    assert np.abs(depth - views[0].depth).max() < 0.01


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"archetype": "dentist"}, "knight"),
        ({"build": "stout"}, "slim"),
        ({"seed": -1}, "whole number"),
        ({"seed": 1.5}, "whole number"),
        ({"main": (0.2, 0.3)}, "three numbers"),
        ({"main": (0.2, 0.3, 1.2)}, "main colour"),
        ({"second": (0.2, float("nan"), 1.0)}, "second colour"),
        ({"wanted": {"height_m": "tall"}}, "height_m needs a number"),
        ({"wanted": {"belly": float("inf")}}, "belly needs a number"),
    ],
)
def test_a_character_that_cannot_be_is_refused_with_a_reason(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw_character(**({"archetype": "monk", "seed": 1} | change))


def test_frames_views_and_sculptures_that_cannot_be_are_refused() -> None:
    solids = sculpt(draw_character("alien", 1), 6)
    with pytest.raises(ValueError, match="8 pixels"):
        frame_of(solids, 4, 96)
    with pytest.raises(ValueError, match="front"):
        draw_guide(solids, "below", frame_of(solids, *SIZE_PX))
    with pytest.raises(ValueError, match="no pieces"):
        frame_of(Sculpture(), *SIZE_PX)
    with pytest.raises(ValueError, match="no part"):
        Sculpture().ball("wing", "skin", (0, 0, 0), (1, 1, 1))
    with pytest.raises(ValueError, match="no surface"):
        Sculpture().ball("head", "cheese", (0, 0, 0), (1, 1, 1))
    with pytest.raises(ValueError, match="fineness"):
        Sculpture(2)
    with pytest.raises(ValueError, match="metres high"):
        Proportions(**(dict.fromkeys(Proportions.__slots__, 0.1) | {"height_m": 9.0}))


def test_surfaces_are_those_that_characters_have_and_the_guide_shows_them() -> None:
    character = draw_character("ranger", 2)
    assert set(character.surfaces) == set(SURFACES)
    (front,), _, _ = drawn(character, "front")
    assert np.array_equal(front.surface > 0, front.part > 0)
    boots = front.surface == 1 + SURFACES.index("boots")
    assert np.flatnonzero(boots.any(axis=1))[0] > SIZE_PX[1] / 2


def test_views_are_those_that_a_turnaround_needs() -> None:
    assert list(VIEWS) == ["front", "three_quarter", "side", "back"]
