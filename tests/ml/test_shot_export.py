"""A tiny describer exported as three files: the same numbers as torch, a card that the worker reads, and sentences."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from ml.errors import TaskError
from ml.export.shot_onnx import export_parts
from ml.export.shots import largest_difference, main, measure_part_parity, open_shot_checkpoint
from ml.infer.cards import ShotCard
from ml.infer.describing import load_describer
from ml.infer.models import find_model, list_models, read_weights
from ml.infer.session import SessionCache
from ml.media.inputs import ShotInputs
from ml.protocol import FixedField
from ml.tasks.context import TaskContext
from ml.tasks.shot_networks import load_teller
from ml.train.shot_augment import plain_batch
from ml.train.shot_data import load_shots
from ml.train.shot_speaking import speak
from ml.train.shot_told import codes_of
from ml.train.shots import main as train
from tests.ml.shot_stand_ins import TINY_RECIPE, write_stand_in_folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with train, test, run, models and docs."""
    root = tmp_path_factory.mktemp("describer")
    (root / "tiny.toml").write_text(TINY_RECIPE.replace("steps = 150", "steps = 12"), encoding="utf-8")
    write_stand_in_folder(root / "train", 90)
    write_stand_in_folder(root / "test", 20, seed=9)
    data = ["--data", str(root / "train"), "--test", str(root / "test")]
    assert train(["--recipe", str(root / "tiny.toml"), *data, "--out", str(root / "run")]) == 0
    places = ["--out", str(root / "models"), "--page", str(root / "docs")]
    assert main(["--checkpoint", str(root / "run" / "checkpoint.pt"), *data, *places]) == 0
    return root


def shot_inputs(root: Path, row: int) -> dict[str, Any]:
    shots = load_shots(root / "test")
    batch = plain_batch(shots, torch.tensor([row]))
    return {name: getattr(batch, name)[0].numpy() for name in ("frames", "flow", "motion", "facts")}


def test_the_worker_reads_the_model_with_all_its_files(exported: Path) -> None:
    found, problems = list_models(exported / "models")
    assert problems == ()
    assert [model.card.name for model in found] == ["shot_describer"]
    model = find_model(exported / "models", "shot_describer", ShotCard)
    assert [part.file for part in model.card.parts] == ["encoder.onnx", "memory.onnx", "step.onnx"]
    assert all(read_weights(model, part) for part in model.card.parts)
    assert sorted(path.name for path in model.folder.iterdir()) == [
        "card.json",
        "encoder.onnx",
        "memory.onnx",
        "step.onnx",
    ]
    assert not (exported / "models" / "shot_describer" / "draft").exists()


def test_the_card_holds_calibration_parity_and_figures(exported: Path) -> None:
    card = json.loads(
        (exported / "models" / "shot_describer" / "1" / "card.json").read_text(encoding="utf-8")
    )
    assert 0 < card["parity"]["max_abs_error"] < 1e-4
    assert len(card["fields"]) == 16
    assert all(field["temperature"] > 0 for field in card["fields"])
    labels = " ".join(row["label"] for row in card["metrics"]["rows"])
    assert "movement (coarse) (n = " in labels
    assert "told values that the sentence says, zh" in labels
    page = (exported / "docs" / "shot_describer.md").read_text(encoding="utf-8")
    assert card["step"]["sha256"] in page
    assert (exported / "docs" / "shot_describer_samples.png").is_file()


def test_every_file_computes_what_torch_computes(exported: Path, tmp_path: Path) -> None:
    trained = open_shot_checkpoint(exported / "run" / "checkpoint.pt")
    export_parts(trained.network, tmp_path)
    parity = measure_part_parity(trained.network, tmp_path)
    assert parity.max_abs_error < parity.allowed


def test_the_shipped_weights_are_rounded_to_16_bits_and_the_card_says_what_that_changes(
    exported: Path,
) -> None:
    trained = open_shot_checkpoint(exported / "run" / "checkpoint.pt")
    folder = exported / "models" / "shot_describer" / "1"
    rounded = largest_difference(trained.network, folder)
    assert 0 < rounded < 0.05
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert any(
        f"16 bits, which changes what the files give by {rounded:.1e}" in limit for limit in card["limits"]
    )


def test_the_exported_search_speaks_as_torch_does(exported: Path) -> None:
    trained = open_shot_checkpoint(exported / "run" / "checkpoint.pt")
    model = find_model(exported / "models", "shot_describer", ShotCard)
    describer = load_describer(model, SessionCache(), "cpu")
    told = {"size": "wide", "movement": "pan_left", "colour": "red"}
    for row in range(3):
        inputs = shot_inputs(exported, row)
        _, tokens = describer.guess(inputs, [])
        for language in ("en", "zh"):
            codes = torch.tensor([codes_of(told)])
            (expected,) = speak(
                trained.network, torch.from_numpy(tokens), codes, language, trained.vocabulary
            )
            assert describer.say(tokens, told, language) == expected


def test_a_description_has_every_field_both_languages_and_what_was_set(exported: Path) -> None:
    model = find_model(exported / "models", "shot_describer", ShotCard)
    describer = load_describer(model, SessionCache(), "cpu", beams=3)
    shots = [shot_inputs(exported, row) for row in range(2)]
    plain, fixed = describer.describe(shots, [[], [FixedField("size", "wide")]])
    assert len(plain.fields) == len(fixed.fields) == 16
    assert fixed.fields[0].fixed
    assert fixed.told["size"] == "wide"
    assert describer.describe(shots, [[], [FixedField("size", "wide")]]) == [plain, fixed]


def test_a_changed_file_is_refused(exported: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(exported / "models", models)
    step = models / "shot_describer" / "1" / "step.onnx"
    step.write_bytes(step.read_bytes()[:-1] + b"!")
    found, problems = list_models(models)
    assert found == ()
    assert "damaged" in problems[0]
    model = find_model(models, "shot_describer", ShotCard)
    with pytest.raises(TaskError) as caught:
        load_describer(model, SessionCache(), "cpu")
    assert caught.value.code == "MODEL_CORRUPT"
    assert "step.onnx" in caught.value.detail


def test_a_checkpoint_that_is_none_is_an_error_to_read(exported: Path, tmp_path: Path, capsys: Any) -> None:
    common = ["--data", str(exported / "train"), "--test", str(exported / "test"), "--out", str(tmp_path)]
    assert main(["--checkpoint", str(tmp_path / "none.pt"), *common]) == 2
    assert "there is no checkpoint" in capsys.readouterr().err


def test_logits_do_not_depend_on_the_batch(exported: Path) -> None:
    model = find_model(exported / "models", "shot_describer", ShotCard)
    encoder = SessionCache().load(model, "cpu")
    one, other = shot_inputs(exported, 0), shot_inputs(exported, 1)
    together = encoder.run_all({name: np.stack([one[name], other[name]]) for name in one})[0]
    alone = encoder.run_all({name: one[name][None] for name in one})[0]
    np.testing.assert_allclose(together[:1], alone, atol=1e-4)


def test_shot_jobs_are_told_by_the_model(exported: Path) -> None:
    teller = load_teller(TaskContext(exported / "models", SessionCache(), lambda *_: None), "cpu")
    inputs = ShotInputs(**shot_inputs(exported, 0))
    said = teller.tell(inputs, (FixedField("size", "wide"),))
    assert [guess.fixed for guess in said.fields] == [True] + [False] * 15
    assert teller.model.name == "shot_describer"
    assert teller.device.kind == "cpu"
