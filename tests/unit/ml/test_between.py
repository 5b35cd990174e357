"""Materials between two others, on a tiny network: the ends exactly, and what lies between."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ml.colour import lab
from ml.protocol import Colour, GenerateMaterial, LookWish
from ml.protocol_material import Between
from ml.tasks.looks import _along_the_arc
from tests.fakes.tiny_model import write_tiny_studio
from tests.unit.ml.test_material_task import PLAIN, bytes_of, generate, pixels_of, wish

CHOSEN = replace(PLAIN, base=Colour(0.7, 0.2, 0.15), contrast=1.5, roughness=0.2)
OTHER = replace(PLAIN, base=Colour(0.2, 0.3, 0.7), second=Colour(0.9, 0.9, 0.8), roughness=-0.2)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_studio(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def between(blend: float, family: str = "brick", look: LookWish = OTHER, seed: int = 12) -> Between:
    return Between(family, family, 0, seed, look, blend)


def made(models: Path, request: GenerateMaterial) -> dict[str, bytes]:
    return bytes_of(generate(models, request).materials[0])


@pytest.mark.parametrize("wear", [(None, None), (0.2, 0.9), (None, 0.9)])
def test_the_ends_are_exactly_the_two_materials(
    models: Path, out: Path, wear: tuple[float | None, float | None]
) -> None:
    first, second = replace(CHOSEN, wear=wear[0]), replace(OTHER, wear=wear[1])
    one, other = wish(out, look=first), wish(out, look=second, look_seed=12)
    ends = [made(models, replace(one, between=between(blend, look=second))) for blend in (0.0, 1.0)]
    assert ends[0] == made(models, one)
    assert list(ends[1].values()) == list(made(models, other).values())


def test_with_another_family_the_far_end_is_its_paint_on_the_first_layout(models: Path, out: Path) -> None:
    request = wish(out, between=between(1.0, "moss", PLAIN), maps=("basecolor",))
    as_moss = wish(out, mix_family="moss", mix=1.0, look_seed=12, maps=("basecolor",))
    # the look of a mix is drawn for both families, so the colours differ while the layout agrees
    here, there = (
        pixels_of(generate(models, each).materials[0], "basecolor").astype(float)
        for each in (request, as_moss)
    )
    assert np.corrcoef(here.mean(-1).ravel(), there.mean(-1).ravel())[0, 1] > 0.5


def test_colours_go_evenly_from_one_to_the_other(models: Path, out: Path) -> None:
    request = wish(out, look=CHOSEN, maps=("basecolor",))
    lightness = []
    for blend in (0.0, 0.25, 0.5, 0.75, 1.0):
        base = generate(models, replace(request, between=between(blend))).materials[0].base
        lightness.append(lab((base.red, base.green, base.blue)))
    steps = np.linalg.norm(np.diff(np.array(lightness), axis=0), axis=1)
    assert steps.min() > 0.5 * steps.max()


def test_roughness_goes_along(models: Path, out: Path) -> None:
    request = wish(out, look=CHOSEN, maps=("roughness",))
    means = [
        pixels_of(generate(models, replace(request, between=between(blend))).materials[0], "roughness").mean()
        for blend in (0.0, 0.5, 1.0)
    ]
    assert means[0] > means[1] > means[2]


def test_wear_goes_along(models: Path, out: Path) -> None:
    pictures = []
    for blend in (0.0, 0.5, 1.0):
        request = wish(out, look=replace(PLAIN, wear=0.0), maps=("height", "basecolor"))
        request = replace(request, between=between(blend, look=replace(PLAIN, wear=1.0), seed=7))
        pictures.append(pixels_of(generate(models, request).materials[0], "basecolor").astype(float))
    far = np.abs(pictures[2] - pictures[0]).mean()
    assert far > 0
    assert all(np.abs(pictures[1] - end).mean() < far for end in (pictures[0], pictures[2]))


def test_the_same_blend_gives_the_same_bytes_and_another_gives_others(models: Path, out: Path) -> None:
    request = wish(out, look=CHOSEN)
    first, again, other = (
        made(models, replace(request, between=between(blend))) for blend in (0.3, 0.3, 0.35)
    )
    assert first == again
    assert first["basecolor"] != other["basecolor"]


def test_the_way_between_two_latents_keeps_their_length() -> None:
    rng = np.random.default_rng(1)
    one, other = (rng.standard_normal((1, 64), np.float32) for _ in range(2))
    halfway = _along_the_arc(one, other, 0.5)
    lengths = [float(np.linalg.norm(way)) for way in (one, other)]
    assert float(np.linalg.norm(halfway)) == pytest.approx(sum(lengths) / 2, rel=1e-5)
    assert np.linalg.norm(halfway - one) == pytest.approx(np.linalg.norm(halfway - other), rel=0.2)
    assert _along_the_arc(one, one, 0.5) == pytest.approx(one)
    assert _along_the_arc(one, -one, 0.25) == pytest.approx(one / 2), "opposite: straight through"
    nothing = np.zeros_like(one)
    assert _along_the_arc(nothing, one, 0.5) == pytest.approx(one / 2)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("family", "cheese", "cheese"),
        ("mix_family", "cheese", "cheese"),
        ("mix", 2.0, "mix"),
        ("look_seed", -1, "look_seed"),
        ("blend", 1.01, "blend"),
        ("blend", -0.1, "blend"),
    ],
)
def test_what_has_no_end_is_refused_by_name(field: str, value: object, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        replace(between(0.5), **{field: value})  # type: ignore[arg-type]
