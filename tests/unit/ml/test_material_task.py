"""The material job without a process around it, on a tiny network."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.colour import ciede2000, lab
from ml.errors import JobCancelled, TaskError, failure_of
from ml.protocol import (
    MAP_KINDS,
    Colour,
    GenerateMaterial,
    LayoutChoice,
    LayoutWish,
    LookWish,
    MaterialMaps,
    MaterialResult,
)
from ml.tasks import TaskContext, make_networks, run_task
from tests.fakes.tiny_model import write_tiny_studio

PLAIN = LookWish(base=None, second=None, lightness=0, contrast=1, roughness=0, wear=None)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_studio(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def wish(out: Path, **changes: object) -> GenerateMaterial:
    plain = GenerateMaterial(
        job="a",
        family="brick",
        mix_family="brick",
        mix=0,
        layout_seed=7,
        look_seed=7,
        variations=1,
        vary="both",
        width_px=128,
        height_px=128,
        look=PLAIN,
        layout=LayoutWish(across=1, numbers=(), choices=(), image=""),
        between=None,
        relief_widths=0.02,
        maps=MAP_KINDS,
        device="cpu",
        out_dir=str(out),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def generate(
    models: Path,
    request: GenerateMaterial,
    progress: Callable[[str, int, int], None] = lambda _phase, _step, _total: None,
) -> MaterialResult:
    result = run_task(request, TaskContext(models, make_networks(), progress))
    assert isinstance(result, MaterialResult)
    return result


def bytes_of(material: MaterialMaps) -> dict[str, bytes]:
    return {entry.kind: Path(entry.path).read_bytes() for entry in material.maps}


def pixels_of(material: MaterialMaps, kind: str) -> np.ndarray:
    (path,) = (entry.path for entry in material.maps if entry.kind == kind)
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_all_maps_are_written_as_the_contract_says(models: Path, out: Path) -> None:
    (material,) = generate(models, wish(out, width_px=160, height_px=96)).materials
    kinds = {kind: (pixels_of(material, kind).dtype, pixels_of(material, kind).shape) for kind in MAP_KINDS}
    colour, grey = (np.dtype("uint8"), (96, 160, 3)), (np.dtype("uint8"), (96, 160))
    assert kinds == {
        "basecolor": colour,
        "height": (np.dtype("uint16"), (96, 160)),
        "roughness": grey,
        "metallic": grey,
        "normal": colour,
        "occlusion": grey,
    }
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"brick_7_7_{kind}.png" for kind in MAP_KINDS
    )


def test_only_the_maps_that_were_asked_for_are_written(models: Path, out: Path) -> None:
    (material,) = generate(models, wish(out, maps=("normal", "basecolor"))).materials
    assert [entry.kind for entry in material.maps] == ["normal", "basecolor"]
    assert len(list(out.iterdir())) == 2


def test_the_same_wish_gives_the_same_bytes(models: Path, out: Path) -> None:
    first, again = (generate(models, wish(out)).materials[0] for _ in range(2))
    assert bytes_of(first) == bytes_of(again)


@pytest.mark.parametrize(
    ("vary", "seeds"),
    [
        ("both", [(7, 7), (8, 8), (9, 9)]),
        ("layout", [(7, 7), (8, 7), (9, 7)]),
        ("look", [(7, 7), (7, 8), (7, 9)]),
    ],
)
def test_a_variation_is_what_its_own_seeds_make(
    models: Path, out: Path, vary: str, seeds: list[tuple[int, int]]
) -> None:
    several = generate(models, wish(out, variations=3, vary=vary, maps=("basecolor",))).materials
    assert [(material.layout_seed, material.look_seed) for material in several] == seeds
    for material, (layout_seed, look_seed) in zip(several, seeds, strict=True):
        kept = bytes_of(material)
        alone = wish(out, layout_seed=layout_seed, look_seed=look_seed, maps=("basecolor",))
        assert bytes_of(generate(models, alone).materials[0]) == kept


@pytest.mark.parametrize(
    ("width", "height", "across"), [(128, 128, 1), (256, 128, 2), (128, 256, 1), (144, 80, 1)]
)
def test_every_map_tiles(models: Path, out: Path, width: int, height: int, across: int) -> None:
    layout = LayoutWish(across=across, numbers=(), choices=(), image="")
    (material,) = generate(models, wish(out, width_px=width, height_px=height, layout=layout)).materials
    for kind in MAP_KINDS:
        pixels = pixels_of(material, kind).astype(np.float64)
        for axis in (0, 1):
            seam = np.abs(pixels.take(0, axis) - pixels.take(-1, axis)).mean()
            inside = np.abs(np.diff(pixels, axis=axis)).mean(
                axis=tuple({0, 1, 2} - {axis})[: pixels.ndim - 1]
            )
            # a joint may lie at the border
            assert seam <= 1.5 * inside.max(), (kind, axis)


def test_more_layouts_across_make_smaller_features(models: Path, out: Path) -> None:
    def courses(across: int) -> int:
        layout = LayoutWish(across=across, numbers=(), choices=(), image="")
        (material,) = generate(models, wish(out, width_px=256, height_px=256, layout=layout)).materials
        height = pixels_of(material, "height").astype(float).mean(1)
        return int((np.diff((height > height.mean()).astype(int)) == 1).sum())

    assert courses(2) == pytest.approx(2 * courses(1), abs=1)


def test_patterns_side_by_side_do_not_repeat(models: Path, out: Path) -> None:
    bond = (LayoutChoice("pattern", "running_bond"),)
    layout = LayoutWish(across=2, numbers=(), choices=bond, image="")
    (material,) = generate(models, wish(out, width_px=256, height_px=256, layout=layout)).materials
    albedo = pixels_of(material, "basecolor").astype(float)
    for other in (albedo[:128, 128:], albedo[128:, :128]):
        assert np.abs(albedo[:128, :128] - other).mean() > 5


@pytest.mark.parametrize("asked", ["b03020", "3060a0", "e8e0c8", "202428"])
def test_the_colours_that_were_asked_for_are_the_colours_that_come(
    models: Path, out: Path, asked: str
) -> None:
    red, green, blue = (int(asked[at : at + 2], 16) / 255 for at in (0, 2, 4))
    look = replace(PLAIN, base=Colour(red, green, blue), second=Colour(0.8, 0.78, 0.7))
    (material,) = generate(models, wish(out, look=look)).materials
    got = [(colour.red, colour.green, colour.blue) for colour in (material.base, material.second)]
    differences = ciede2000(lab(got), lab([(red, green, blue), (0.8, 0.78, 0.7)]))
    assert differences.max() < 2


def test_contrast_lightness_and_roughness_do_what_they_say(models: Path, out: Path) -> None:
    def made(look: LookWish) -> MaterialMaps:
        return generate(models, wish(out, look=look)).materials[0]

    plain, flat, strong = (made(replace(PLAIN, contrast=factor)).contrast for factor in (1, 0.3, 2))
    assert flat < 0.8 * plain
    assert strong > 1.1 * flat
    dark, light = (made(replace(PLAIN, lightness=value)).base for value in (-0.6, 0.6))
    assert dark.green < light.green - 0.1
    means = []
    for value in (-0.4, 0.0, 0.2):
        means.append(pixels_of(made(replace(PLAIN, roughness=value)), "roughness").mean() / 255)
    assert means[0] < means[1] < means[2]


def test_another_family_can_be_mixed_in(models: Path, out: Path) -> None:
    plain = generate(models, wish(out)).materials[0]
    mixed = generate(models, wish(out, mix_family="moss", mix=0.5)).materials[0]
    assert mixed.layout_seed == plain.layout_seed


def test_phases_are_told_and_steps_never_go_back(models: Path, out: Path) -> None:
    told: list[tuple[str, int, int]] = []
    generate(models, wish(out, variations=2), lambda *step: told.append(step))
    steps = [step for _, step, _ in told]
    assert steps == list(range(len(steps)))
    assert {total for _, _, total in told} == {steps[-1]}
    assert list(dict.fromkeys(phase for phase, _, _ in told)) == ["load", "layout", "paint", "write"]


@pytest.mark.parametrize("at", range(0, 20, 3))
def test_a_cancelled_job_leaves_no_file(models: Path, out: Path, at: int) -> None:
    def stop(_phase: str, step: int, _total: int) -> None:
        if step == at:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        generate(models, wish(out, variations=3), stop)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("phase", ["load", "layout", "paint", "write"])
def test_a_job_of_many_parts_is_cancelled_in_every_phase(models: Path, out: Path, phase: str) -> None:
    def stop(now: str, _step: int, _total: int) -> None:
        if now == phase:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        generate(models, wish(out, width_px=2064, height_px=2064), stop)
    assert list(out.iterdir()) == []


def test_a_job_of_many_parts_keeps_no_network_in_memory(models: Path, out: Path) -> None:
    networks = make_networks()
    context = TaskContext(models, networks, lambda _phase, _step, _total: None)
    run_task(wish(out), context)
    assert networks.unload() == 1, "small jobs keep it for the next one"
    run_task(wish(out, width_px=8192, height_px=528, maps=("roughness",)), context)
    assert networks.unload() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /dev/full")
@pytest.mark.parametrize("kind", ["basecolor", "metallic", "occlusion"])
def test_a_full_disk_is_said_and_leaves_nothing(models: Path, out: Path, kind: str) -> None:
    (out / f"brick_7_7_{kind}.png.partial").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space") as caught:
        generate(models, wish(out))
    assert failure_of(caught.value).code == "DISK_FULL"
    assert list(out.iterdir()) == []


def test_the_users_own_picture_is_the_layout(models: Path, out: Path, tmp_path: Path) -> None:
    mask = np.zeros((64, 64), np.uint8)
    mask[8:56, 8:56] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    layout = LayoutWish(across=1, numbers=(), choices=(), image=str(tmp_path / "mask.png"))
    (material,) = generate(models, wish(out, layout=layout)).materials
    height = pixels_of(material, "height").astype(float)
    assert height[40:88, 40:88].mean() > 1.2 * height[:8].mean()


@pytest.mark.parametrize("content", [None, b"", b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_layout_picture_that_cannot_be_read_is_named(
    models: Path, out: Path, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "mine.png"
    if content is not None:
        path.write_bytes(content)
    layout = LayoutWish(across=1, numbers=(), choices=(), image=str(path))
    with pytest.raises(TaskError) as caught:
        generate(models, wish(out, layout=layout))
    assert caught.value.code == "BAD_REQUEST"
    assert "mine.png" in caught.value.message
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("family", "cheese", "cheese"),
        ("mix_family", "cheese", "cheese"),
        ("mix", 1.5, "mix"),
        ("width_px", 100, "multiple"),
        ("height_px", 32, "height_px"),
        ("width_px", 16384, "width_px"),
        ("variations", 0, "variations"),
        ("maps", (), "maps"),
        ("maps", ("normal", "normal"), "maps"),
        ("relief_widths", -1.0, "relief_widths"),
        ("look_seed", -1, "look_seed"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(out: Path, field: str, value: object, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        wish(out, **{field: value})


def test_a_family_without_looks_is_refused(tmp_path: Path, out: Path) -> None:
    write_tiny_studio(
        tmp_path / "models", looks=[{"family": "moss", "looks": [[0.5, 0, 0, 0.5, 0, 0, 0.1, 0.5, 0]]}]
    )
    with pytest.raises(TaskError, match="does not know brick"):
        generate(tmp_path / "models", wish(out))


@pytest.mark.parametrize(
    "changes",
    [
        {"looks": []},
        {"looks": [{"family": "brick", "looks": [[0.5]]}]},
        {"looks": [{"family": "cheese", "looks": [[0.5, 0, 0, 0.5, 0, 0, 0.1, 0.5, 0]]}]},
        {"local_channels": 0},
        {"task": "texture"},
        {"sha256": "0" * 64},
    ],
    ids=str,
)
def test_a_card_that_is_off_is_refused(tmp_path: Path, out: Path, changes: dict[str, object]) -> None:
    write_tiny_studio(tmp_path / "models", **changes)
    with pytest.raises(TaskError) as caught:
        generate(tmp_path / "models", wish(out))
    assert caught.value.code == "MODEL_CORRUPT"


def test_a_missing_model_is_said_to_be_missing(tmp_path: Path, out: Path) -> None:
    with pytest.raises(TaskError) as caught:
        generate(tmp_path, wish(out))
    assert caught.value.code == "MODEL_MISSING"
