"""Families of the user's own: their ids, their layouts, and the material job with them."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.errors import TaskError
from ml.infer.models import OWN_REMEDY, list_models
from ml.materials.drawing import GuideWish
from ml.materials.own_family import OwnLayouts, draw_own_guide, ranked
from ml.own_families import family_label, family_word, is_own_family, own_family_id
from ml.protocol import (
    GenerateMaterial,
    GenerateTexture,
    LayoutChoice,
    LayoutNumber,
    LayoutWish,
    MaterialResult,
)
from ml.protocol_material import Between
from ml.protocol_preview import PreviewMaterials, PreviewSheet
from ml.tasks import TaskContext, make_networks, run_task
from tests.fakes.tiny_model import write_tiny_own, write_tiny_studio
from tests.unit.ml.test_material_task import PLAIN, wish

OWN = "user:my_slate"


def generate(models: Path, own: Path | None, request: GenerateMaterial) -> MaterialResult:
    result = run_task(request, TaskContext(models, make_networks(), lambda *_: None, own))
    assert isinstance(result, MaterialResult)
    return result


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_studio(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    write_tiny_own(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def own_wish(out: Path, **changes: object) -> GenerateMaterial:
    return wish(out, family=OWN, mix_family=OWN, **changes)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("My slate", "user:my_slate"),
        ("  Wall 3, wet!  ", "user:wall_3_wet"),
        ("Rôche", "user:roche"),
        ("CON", "user:con_" + str(3_000_000_000)),
    ],
)
def test_a_name_becomes_an_id(name: str, family: str) -> None:
    made = own_family_id(name)
    assert is_own_family(made)
    if name != "CON":
        assert made == family
    else:
        assert made.startswith("user:con_"), "Windows keeps the bare word for a device"


def test_a_chinese_name_becomes_an_id_of_its_own() -> None:
    assert is_own_family(own_family_id("石板"))
    assert own_family_id("石板") != own_family_id("木板")


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_no_name_and_too_long_a_one_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="1 to 40 characters"):
        own_family_id(name)


@pytest.mark.parametrize(
    "family", ["user:", "user:../x", "user:A", "user:a b", "my_slate", "user:con", "user:a\n"]
)
def test_other_forms_are_no_ids(family: str, tmp_path: Path) -> None:
    assert not is_own_family(family)
    with pytest.raises(ValueError, match="unknown family"):
        wish(tmp_path, family=family, mix_family=family)


def test_people_and_files_get_names_without_the_prefix() -> None:
    assert (family_label(OWN), family_word(OWN)) == ("My Slate", "my_slate")
    assert (family_label("brick"), family_word("brick")) == ("Brick", "brick")


def test_only_materials_know_the_users_families(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown family"):
        GenerateTexture("a", OWN, 1, 1, 64, "cpu", str(tmp_path))


def test_a_family_of_ones_own_cannot_be_mixed(out: Path) -> None:
    with pytest.raises(ValueError, match="cannot be mixed"):
        wish(out, family=OWN)
    with pytest.raises(ValueError, match="cannot be mixed"):
        wish(out, mix_family=OWN, mix=0.5)


def test_the_job_paints_it_in_every_size_and_the_same_again(models: Path, own: Path, out: Path) -> None:
    request = own_wish(out, width_px=256, height_px=96)
    first = generate(models, own, request)
    assert (first.family, first.model.name) == (OWN, "my_slate")
    files = {entry.kind: Path(entry.path) for entry in first.materials[0].maps}
    assert files["basecolor"].name == "my_slate_7_7_basecolor.png"
    with Image.open(files["basecolor"]) as picture:
        assert picture.size == (256, 96)
    shas = [entry.sha256 for entry in first.materials[0].maps]
    assert [entry.sha256 for entry in generate(models, own, request).materials[0].maps] == shas
    other = generate(models, own, replace(request, layout_seed=8))
    assert [entry.sha256 for entry in other.materials[0].maps] != shas


@pytest.mark.parametrize("layout", ["pictures", "noise", "brick"])
def test_the_layout_is_a_choice(models: Path, own: Path, out: Path, layout: str) -> None:
    usual = generate(models, own, own_wish(out)).materials[0].maps[0].sha256
    asked = LayoutWish(across=1, numbers=(), choices=(LayoutChoice("family", layout),), image="")
    result = generate(models, own, own_wish(out, layout=asked))
    assert (result.materials[0].maps[0].sha256 == usual) == (layout == "pictures")


def test_an_unknown_layout_is_named(models: Path, own: Path, out: Path) -> None:
    asked = LayoutWish(across=1, numbers=(), choices=(LayoutChoice("family", "cheese"),), image="")
    with pytest.raises(TaskError, match="no layout cheese") as caught:
        generate(models, own, own_wish(out, layout=asked))
    assert caught.value.code == "BAD_REQUEST"


def test_what_such_a_layout_does_not_know_is_noted(models: Path, own: Path, out: Path) -> None:
    asked = LayoutWish(across=1, numbers=(LayoutNumber("rows", 4),), choices=(), image="")
    result = generate(models, own, own_wish(out, layout=asked, look=replace(PLAIN, wear=0.5)))
    assert any("no rows" in note for note in result.notes)
    assert any("no wear" in note for note in result.notes)


@pytest.mark.parametrize("there", [True, False], ids=["no such family", "no folder"])
def test_a_missing_family_says_what_to_do(models: Path, own: Path, out: Path, there: bool) -> None:
    request = wish(out, family="user:gone", mix_family="user:gone")
    with pytest.raises(TaskError, match="no family Gone of yours") as caught:
        generate(models, own if there else None, request)
    assert caught.value.code == "MODEL_MISSING"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.onnx", b"other weights"),
        ("layouts.png", b"no picture"),
        ("card.json", b"{"),
        ("card.json", None),
        ("layouts.png", None),
    ],
)
def test_a_damaged_family_is_refused_and_the_shipped_ones_go_on(
    models: Path, own: Path, out: Path, file: str, content: bytes | None
) -> None:
    path = own / "my_slate" / "1" / file
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(TaskError) as caught:
        generate(models, own, own_wish(out))
    assert caught.value.code in ("MODEL_CORRUPT", "MODEL_MISSING")
    assert OWN_REMEDY in caught.value.message
    assert "Install FilmAI" not in caught.value.message
    assert generate(models, own, wish(out)).family == "brick"


def test_layouts_of_another_form_are_refused(models: Path, own: Path, out: Path) -> None:
    folder = own / "my_slate" / "1"
    Image.new("RGB", (32, 33)).save(folder / "layouts.png")
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["layouts_sha256"] = hashlib.sha256((folder / "layouts.png").read_bytes()).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(TaskError, match="layouts of the model my_slate cannot be read"):
        generate(models, own, own_wish(out))


@pytest.mark.parametrize(
    "changes",
    [
        {"families": ["brick"]},
        {"families": ["user:other"]},
        {"layout": "cheese"},
        {"layouts_file": "../x.png"},
    ],
)
def test_a_card_that_says_something_else_is_refused(
    models: Path, tmp_path: Path, out: Path, changes: dict[str, object]
) -> None:
    looks = [{"family": name, "looks": [[0.5] * 9]} for name in changes.get("families", [])]  # type: ignore[attr-defined]
    write_tiny_own(tmp_path / "bad", **changes, **({"looks": looks} if looks else {}))
    with pytest.raises(TaskError, match="is damaged"):
        generate(models, tmp_path / "bad", own_wish(out))


def test_the_list_of_models_says_what_is_wrong_with_the_users(own: Path) -> None:
    assert [model.card.name for model in list_models(own, OWN_REMEDY)[0]] == ["my_slate"]
    (own / "my_slate" / "1" / "model.onnx").write_bytes(b"x")
    found, problems = list_models(own, OWN_REMEDY)
    assert found == ()
    assert "my_slate" in problems[0]
    assert OWN_REMEDY in problems[0]


def test_ranks_are_even_and_shared_by_equals() -> None:
    picture = np.array([[5, 1], [1, 9]], np.float32)
    assert ranked(picture).tolist() == [[0.625, 0.25], [0.25, 0.875]]
    assert ranked(np.ones((4, 4), np.float32)).tolist() == [[0.5] * 4] * 4


@pytest.mark.parametrize("layout", ["pictures", "noise", "cobblestone"])
def test_every_layout_is_periodic_and_has_even_ranks(layout: str) -> None:
    rows, columns = np.mgrid[:64, :64] * (2 * np.pi / 64)
    waves = np.stack([ranked(np.sin(rows * n + columns).astype(np.float32)) for n in (1, 2, 3, 4)], axis=-1)
    layouts = OwnLayouts("My slate", np.round(waves[None] * 255).astype(np.uint8), "pictures")
    drawn = draw_own_guide(GuideWish(OWN, 3, {}, {"family": layout}, None, None), layouts, 64)
    assert drawn.guide.shape == (64, 64, 4)
    relief = drawn.guide[..., 0]
    assert abs(float(relief.mean()) - 0.5) < 0.01
    inside = np.abs(np.diff(relief, axis=0)).mean(1)
    assert np.abs(relief[0] - relief[-1]).mean() <= 1.5 * inside.max(), "no seam"


def test_its_previews_are_painted_by_it(models: Path, own: Path, out: Path) -> None:
    request = PreviewMaterials("a", own_wish(out), 64)
    sheet = run_task(request, TaskContext(models, make_networks(), lambda *_: None, own))
    assert isinstance(sheet, PreviewSheet)
    assert sheet.model.name == "my_slate"
    assert Path(sheet.previews[0].path).name == "my_slate_7_7_preview.png"


def test_nothing_lies_between_it_and_a_shipped_one(out: Path) -> None:
    with pytest.raises(ValueError, match="cannot be mixed"):
        own_wish(out, between=Between("brick", "brick", 0, 7, PLAIN, 0.5))
