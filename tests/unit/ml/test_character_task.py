"""The character jobs without a process around them, on a tiny network."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.character_terms import (
    BODY_NUMBERS,
    BUILDS,
    CHARACTER_MODEL,
    CHARACTERS,
    ENLARGER_MODEL,
    VIEW_LABELS,
)
from ml.characters import archetypes
from ml.characters.guide import VIEWS
from ml.errors import JobCancelled, TaskError
from ml.protocol import MAX_SEED, Colour
from ml.protocol_characters import (
    BodyNumber,
    CharacterPictures,
    CharacterResult,
    CharacterSheet,
    GenerateCharacter,
    PreviewCharacters,
)
from ml.tasks import NEEDED_MODELS, TaskContext, make_networks, run_task
from tests.fakes.tiny_characters import (
    HEIGHT_PX,
    WIDTH_PX,
    write_tiny_characters,
    write_tiny_enlarger,
)

Progress = Callable[[str, int, int], None]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_characters(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def wish(out: Path, **changes: object) -> GenerateCharacter:
    plain = GenerateCharacter(
        job="a",
        archetype="knight",
        body_seed=7,
        look_archetype="knight",
        look_seed=7,
        variations=1,
        vary="both",
        build=None,
        height_m=None,
        numbers=(),
        main=None,
        second=None,
        truncation=1.0,
        height_px=192,
        enlarge=True,
        device="cpu",
        out_dir=str(out),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def generate(
    models: Path, request: GenerateCharacter, progress: Progress = lambda _phase, _step, _total: None
) -> CharacterResult:
    result = run_task(request, TaskContext(models, make_networks(), progress))
    assert isinstance(result, CharacterResult)
    return result


def picture(made: CharacterPictures, view: str = "front") -> np.ndarray:
    """(H, W, 4), 0 to 255."""
    with Image.open(next(file.path for file in made.views if file.view == view)) as opened:
        assert (opened.format, opened.mode) == ("PNG", "RGBA")
        return np.asarray(opened).astype(float)


def sums(result: CharacterResult) -> list[str]:
    return [view.sha256 for made in result.characters for view in made.views]


def first(models: Path, out: Path, **changes: object) -> CharacterPictures:
    return generate(models, wish(out, **changes)).characters[0]


def test_the_terms_are_those_of_the_archetypes_and_the_guides() -> None:
    assert [term.id for term in CHARACTERS] == [known.id for known in archetypes.ARCHETYPES]
    assert BUILDS == archetypes.BUILDS
    assert set(VIEW_LABELS) == set(VIEWS)
    for number in BODY_NUMBERS:
        low, high = getattr(archetypes.ARCHETYPES[0], number.id)
        assert low < high


def test_every_view_is_written_in_the_size_that_was_asked_for(models: Path, out: Path) -> None:
    result = generate(models, wish(out, height_px=300))
    (made,) = result.characters
    assert [view.view for view in made.views] == ["front", "side"]
    assert (made.width_px, made.height_px) == (round(300 * WIDTH_PX / HEIGHT_PX), 300)
    for view in ("front", "side"):
        assert picture(made, view).shape == (300, made.width_px, 4)
    assert {path.name for path in out.iterdir()} == {"knight_7_7_front.png", "knight_7_7_side.png"}


def test_the_background_is_clear_and_the_feet_stand_on_the_ground_line(models: Path, out: Path) -> None:
    made = first(models, out, height_px=960)
    ground_row = 960 * (1 - made.ground_m / made.picture_height_m)
    for view in ("front", "side"):
        alpha = picture(made, view)[..., 3]
        assert alpha[[0, -1]].max() == alpha[:, [0, -1]].max() == 0
        rows = np.flatnonzero(alpha.max(1) > 128)
        # within a pixel of the network's
        assert abs(rows[-1] + 1 - ground_row) <= 960 / HEIGHT_PX
        height_m = (ground_row - rows[0]) / 960 * made.picture_height_m
        assert height_m > made.height_m - 0.05


def test_both_views_show_the_same_heights(models: Path, out: Path) -> None:
    made = first(models, out, archetype="robot", height_px=960)
    tops = [np.flatnonzero(picture(made, view)[..., 3].max(1) > 128)[0] for view in ("front", "side")]
    assert abs(tops[0] - tops[1]) <= 960 / HEIGHT_PX


def test_what_is_clear_is_black_and_edges_have_no_halo(models: Path, out: Path) -> None:
    pixels = picture(first(models, out, height_px=768))
    assert pixels[pixels[..., 3] == 0].max() == 0
    inside = pixels[pixels[..., 3] == 255][:, :3]
    edge = pixels[(pixels[..., 3] > 60) & (pixels[..., 3] < 200)][:, :3]
    assert len(edge) > 100
    # colours of edges are those of what lies inside, neither darkened nor brightened by the background
    assert np.abs(np.median(edge, axis=0) - np.median(inside, axis=0)).max() < 40


def test_the_same_wish_has_the_same_bytes_and_another_seed_has_others(models: Path, out: Path) -> None:
    one, again, other = (sums(generate(models, wish(out, look_seed=seed))) for seed in (7, 7, 8))
    assert one == again
    assert not set(one) & set(other)


def test_body_comes_from_one_and_colours_from_the_other(models: Path, out: Path) -> None:
    body, look = first(models, out), first(models, out, body_seed=12, look_seed=12)
    both = first(models, out, look_seed=12)
    assert (both.height_m, both.picture_height_m) == (body.height_m, body.picture_height_m)
    assert np.array_equal(picture(both)[..., 3] > 128, picture(body)[..., 3] > 128)
    assert (both.main, both.second) == (look.main, look.second)
    assert both.main != body.main


def test_colours_can_come_from_another_archetype(models: Path, out: Path) -> None:
    pirate = first(models, out, archetype="pirate", look_archetype="pirate", body_seed=12, look_seed=12)
    both = first(models, out, look_archetype="pirate", look_seed=12)
    assert both.main == pirate.main
    assert both.main != first(models, out, look_seed=12).main


def test_colours_that_are_asked_for_are_told_and_seen(models: Path, out: Path) -> None:
    dark, light = Colour(0.1, 0.05, 0.05), Colour(0.9, 0.85, 0.85)
    means = []
    for main in (dark, light):
        made = first(models, out, main=main, second=dark)
        assert made.main.red == pytest.approx(main.red, abs=1e-4)
        assert made.second.green == pytest.approx(dark.green, abs=1e-4)
        means.append(picture(made)[..., :3].mean())
    assert means[1] > means[0] + 5


def test_the_smaller_the_truncation_the_more_alike_are_the_looks(models: Path, out: Path) -> None:
    white = Colour(0.8, 0.8, 0.8)

    def far(truncation: float) -> float:
        mean = [
            picture(first(models, out, look_seed=seed, main=white, second=white, truncation=truncation))
            for seed in (7, 8)
        ]
        colours = [pixels[pixels[..., 3] > 250][:, :3].mean(0) for pixels in mean]
        return float(np.abs(colours[0] - colours[1]).max())

    # what is left at 0 are the seeds' colours of skin, metal and so on
    assert far(0.0) + 3 < far(0.5) < far(1.0) - 3


def test_every_measure_of_the_body_changes_it(models: Path, out: Path) -> None:
    def shape(*numbers: BodyNumber) -> np.ndarray:
        made = first(models, out, archetype="soldier", numbers=numbers)
        return np.stack([picture(made, view)[..., 3] for view in ("front", "side")])

    own = shape()
    for number in BODY_NUMBERS:
        assert np.abs(shape(BodyNumber(number.id, 1.0)) - own).mean() > 0.02, number.id


def test_builds_differ_in_width(models: Path, out: Path) -> None:
    areas = [
        (picture(first(models, out, archetype="robot", build=build, numbers=()))[..., 3] > 128).sum()
        for build in ("slim", "average", "heavy")
    ]
    assert areas[0] < areas[1] < areas[2]


def test_another_height_is_another_scale_of_the_same_picture(models: Path, out: Path) -> None:
    own, tall = first(models, out), first(models, out, height_m=3.5)
    assert tall.height_m == 3.5
    assert tall.picture_height_m / own.picture_height_m == pytest.approx(3.5 / own.height_m)
    assert tall.ground_m / own.ground_m == pytest.approx(3.5 / own.height_m)
    assert tall.views == own.views


def test_a_network_with_more_views_paints_them(tmp_path: Path, out: Path) -> None:
    write_tiny_characters(tmp_path / "four", views=["front", "three_quarter", "side", "back"])
    made = first(tmp_path / "four", out)
    assert [view.view for view in made.views] == ["front", "three_quarter", "side", "back"]
    assert len({view.sha256 for view in made.views}) == 4


@pytest.mark.parametrize(
    ("vary", "last"), [("both", (0, 0)), ("body", (0, MAX_SEED)), ("look", (MAX_SEED, 0))]
)
def test_variations_take_the_following_seeds(
    models: Path, out: Path, vary: str, last: tuple[int, int]
) -> None:
    result = generate(models, wish(out, body_seed=MAX_SEED, look_seed=MAX_SEED, variations=2, vary=vary))
    seeds = [(made.body_seed, made.look_seed) for made in result.characters]
    assert (seeds[0], seeds[-1]) == ((MAX_SEED, MAX_SEED), last)
    assert len(list(out.iterdir())) == 4


@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_cancelled_job_leaves_no_file(models: Path, out: Path, at: int) -> None:
    def progress(_phase: str, step: int, _total: int) -> None:
        if step == at:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        generate(models, wish(out, variations=2), progress)
    assert list(out.iterdir()) == []


def test_steps_have_phases_never_go_back_and_reach_their_total(models: Path, out: Path) -> None:
    told: list[tuple[str, int, int]] = []
    generate(models, wish(out, variations=2), lambda *step: told.append(step))
    assert [phase for phase, _, _ in told][:4] == ["load", "shape", "paint", "write"]
    assert [step for _, step, _ in told] == list(range(len(told)))
    assert {total for _, _, total in told} == {len(told) - 1}


def test_a_sheet_shows_the_front_of_what_would_be_made(models: Path, out: Path) -> None:
    character = wish(out, variations=4, vary="look")
    sheet = run_task(
        PreviewCharacters("a", character, 96), TaskContext(models, make_networks(), lambda *_: None)
    )
    assert isinstance(sheet, CharacterSheet)
    assert [(made.body_seed, made.look_seed) for made in sheet.previews] == [(7, 7 + i) for i in range(4)]
    assert len({made.sha256 for made in sheet.previews}) == 4
    with Image.open(sheet.previews[3].path) as opened:
        small = np.asarray(opened).astype(float)
    assert small.shape == (96, 96, 4)
    assert small[:, [0, -1], 3].max() == 0
    full = picture(first(models, out, look_seed=10))
    for pixels in (small, full):
        assert (pixels[..., 3] > 250).any()
    seen = [pixels[pixels[..., 3] > 250][:, :3].mean(0) for pixels in (small, full)]
    assert np.abs(seen[0] - seen[1]).max() < 6


def test_a_second_network_draws_the_pictures_larger(models: Path, out: Path) -> None:
    plain = generate(models, wish(out, height_px=384))
    before = picture(plain.characters[0])
    write_tiny_enlarger(models)
    result = generate(models, wish(out, height_px=384))
    assert (plain.enlarger, plain.enlarger_missing) == (None, True)
    assert result.enlarger is not None
    assert (result.enlarger.name, result.enlarger_missing) == (ENLARGER_MODEL, False)
    drawn = picture(result.characters[0])
    # the stand-in repeats pixels, four times each
    blocks = drawn.reshape(96, 4, 64, 4, 4)
    assert np.ptp(blocks, axis=(1, 3)).max() == 0
    assert drawn.shape == before.shape
    solid = (drawn[..., 3] > 250) & (before[..., 3] > 250)
    assert np.abs(drawn - before)[solid].mean() < 8
    assert drawn[drawn[..., 3] == 0].max() == 0
    # other sizes come of the larger picture
    assert picture(first(models, out, height_px=300)).shape == (300, 200, 4)


def test_nothing_is_drawn_larger_that_is_not_to_be(models: Path, out: Path) -> None:
    write_tiny_enlarger(models)
    interpolated = generate(models, wish(out, height_px=384, enlarge=False))
    assert (interpolated.enlarger, interpolated.enlarger_missing) == (None, False)
    write_tiny_characters(models.parent / "large", width_px=128, height_px=192)
    as_painted = generate(models.parent / "large", wish(out, height_px=192))
    assert (as_painted.enlarger, as_painted.enlarger_missing) == (None, False)


def test_a_damaged_second_network_is_told(models: Path, out: Path) -> None:
    file = write_tiny_enlarger(models) / "model.onnx"
    file.write_bytes(b"nonsense")
    with pytest.raises(TaskError, match=ENLARGER_MODEL) as caught:
        generate(models, wish(out, height_px=384))
    assert caught.value.code == "MODEL_CORRUPT"
    shutil.rmtree(models / ENLARGER_MODEL)
    write_tiny_enlarger(models, factor=2)
    with pytest.raises(TaskError, match="drew nothing usable"):
        generate(models, wish(out, height_px=384))
    assert list(out.iterdir()) == []


def test_a_missing_model_says_so_and_is_none_that_other_jobs_need(tmp_path: Path, out: Path) -> None:
    with pytest.raises(TaskError, match="without its network for characters") as caught:
        generate(tmp_path, wish(out))
    assert caught.value.code == "MODEL_MISSING"
    assert CHARACTER_MODEL not in NEEDED_MODELS


def test_a_damaged_model_or_a_missing_folder_is_told(models: Path, out: Path, tmp_path: Path) -> None:
    with pytest.raises(TaskError) as caught:
        generate(models, wish(out / "not there"))
    assert caught.value.code == "FOLDER_NOT_WRITABLE"
    write_tiny_characters(tmp_path / "odd", views=["front", "top"])
    with pytest.raises(TaskError) as caught:
        generate(tmp_path / "odd", wish(out))
    assert caught.value.code == "MODEL_CORRUPT"
    for name in ("families", "surfaces", "builds"):
        write_tiny_characters(tmp_path / name, **{name: ["wizard"]})
        with pytest.raises(TaskError, match="another version of FilmAI") as caught:
            generate(tmp_path / name, wish(out))
        assert caught.value.code == "MODEL_CORRUPT"
    (models / CHARACTER_MODEL / "1" / "model.onnx").write_bytes(b"nonsense")
    with pytest.raises(TaskError) as caught:
        generate(models, wish(out))
    assert caught.value.code == "MODEL_CORRUPT"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"archetype": "dragon"}, "dragon"),
        ({"look_archetype": "Knight"}, "Knight"),
        ({"body_seed": -1}, "body_seed"),
        ({"look_seed": MAX_SEED + 1}, "look_seed"),
        ({"variations": 17}, "variations"),
        ({"height_m": 0.2}, "height_m"),
        ({"height_m": float("nan")}, "height_m"),
        ({"truncation": 1.6}, "truncation"),
        ({"truncation": float("nan")}, "truncation"),
        ({"height_px": 127}, "height_px"),
        ({"height_px": 4096}, "height_px"),
        ({"numbers": (BodyNumber("legs", 0), BodyNumber("legs", 1))}, "twice"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(out: Path, change: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        wish(out, **change)


@pytest.mark.parametrize(("name", "place", "word"), [("wings", 0.5, "wings"), ("legs", 1.1, "legs")])
def test_a_measure_that_cannot_be_is_refused(name: str, place: float, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        BodyNumber(name, place)


@pytest.mark.parametrize(("px", "job", "word"), [(63, "a", "preview_px"), (128, "b", "job")])
def test_what_cannot_be_previewed_is_refused(out: Path, px: int, job: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        PreviewCharacters(job, wish(out), px)
