"""Measured figures on the texture studio's card: all of them, nothing else changed, the same in docs/."""

import json
import shutil
from pathlib import Path

import pytest

from ml.export import guided_figures as command
from ml.export.quality import figure_lines, read_figures
from ml.infer.cards import MaterialCard
from ml.infer.models import find_model, read_weights

REPOSITORY = Path(__file__).resolve().parents[2]
FIGURES = REPOSITORY / "bench" / "results" / "material_quality.json"
MODELS = REPOSITORY / "ml" / "models"
CARD = Path("texture_studio") / "1" / "card.json"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    shutil.copytree(MODELS / "texture_studio", tmp_path / "models" / "texture_studio")
    return tmp_path / "models"


def put(models: Path, figures: Path, page: Path) -> int:
    return command.main(["--figures", str(figures), "--models", str(models), "--page", str(page)])


def test_card_page_and_docs_say_the_same() -> None:
    on_card = json.loads((MODELS / CARD).read_bytes())["metrics"]["rows"]
    assert on_card == json.loads(FIGURES.read_bytes())
    table = [line for line in figure_lines(read_figures(FIGURES)) if line.startswith("|")][2:]
    assert len(table) == len(on_card)
    for place in ("models/texture_studio.md", "texture-studio.md"):
        lines = (REPOSITORY / "docs" / place).read_text(encoding="utf-8").splitlines()
        assert set(table) <= set(lines), place


def test_new_figures_change_nothing_else(models: Path, tmp_path: Path) -> None:
    before = json.loads((models / CARD).read_bytes())
    rows = json.loads(FIGURES.read_bytes())[:2]
    rows[0].update(ours=None, met=None)
    (tmp_path / "new.json").write_text(json.dumps(rows), encoding="utf-8")
    assert put(models, tmp_path / "new.json", tmp_path) == 0
    after = json.loads((models / CARD).read_bytes())
    assert after.pop("metrics")["rows"] == rows
    before.pop("metrics")
    assert list(after.items()) == list(before.items())
    assert read_weights(find_model(models, "texture_studio", MaterialCard))
    page = (tmp_path / "texture_studio.md").read_text(encoding="utf-8")
    assert "| FilmAI-KID x 1000 |  | 63.8 |" in page
    assert before["sha256"] in page


@pytest.mark.parametrize("content", ["", "no JSON", "{}", "[]", '[{"id": "a"}]'])
def test_what_the_bench_did_not_print_is_refused(
    models: Path, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (models / CARD).read_bytes()
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    assert put(models, tmp_path / "bad.json", tmp_path) == 2
    assert put(models, tmp_path / "missing.json", tmp_path) == 2
    said = capsys.readouterr().err
    assert "bad.json" in said
    assert "missing.json" in said
    assert (models / CARD).read_bytes() == before


def test_figures_are_not_put_on_the_card_of_another_file(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (models / CARD).with_name("model.onnx").write_bytes(b"another")
    assert put(models, FIGURES, tmp_path) == 2
    assert "export the model again" in capsys.readouterr().err
    shutil.rmtree(models)
    assert put(models, FIGURES, tmp_path) == 2
    assert "missing" in capsys.readouterr().err


def test_a_card_without_training_facts_is_left_alone(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = json.loads((models / CARD).read_bytes())
    del plain["training"]
    (models / CARD).write_text(json.dumps(plain), encoding="utf-8")
    assert put(models, FIGURES, tmp_path) == 2
    assert "training" in capsys.readouterr().err
