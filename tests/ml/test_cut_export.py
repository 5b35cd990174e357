"""Export of the cut detector: the file says what torch says, and the card is what the worker reads."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from ml.export import cuts as export
from ml.export.cut_figures import choose_thresholds
from ml.export.parity import ParityError, measure_painter_parity
from ml.export.to_onnx import OPSET, export_cut_detector
from ml.infer.cards import CutCard
from ml.infer.cut_finding import find_transitions
from ml.infer.models import find_model, list_models
from ml.infer.session import SessionCache
from ml.nets.cut_detector import CutDetector, CutProbabilities
from ml.train import cuts
from ml.train.cut_films import KINDS, Film, LabelledTransition
from tests.ml.cut_sources import tiny_cut_recipe, write_pictures
from tests.ml.test_cut_net import TINY


def detector(seed: int = 0) -> CutDetector:
    torch.set_num_threads(1)  # sums over threads would give the statistics another last digit
    torch.manual_seed(seed)
    network = CutDetector(TINY)
    with torch.no_grad():
        network(torch.rand(2, 30, 27, 48, 3))  # statistics of the normalisations
    return network.eval()


def frames(length: int, seed: int = 0) -> dict[str, np.ndarray]:
    return {"frames": np.random.default_rng(seed).random((1, length, 27, 48, 3), np.float32)}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    export_cut_detector(detector(), path)
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of two steps, and the pictures that it knew."""
    path = tmp_path_factory.mktemp("run")
    (path / "tiny.toml").write_text(tiny_cut_recipe(), encoding="utf-8")
    data = write_pictures(path / "data", 0)
    command = ["--recipe", str(path / "tiny.toml"), "--data", str(data), "--test", str(data)]
    assert cuts.main([*command, "--steps", "2", "--out", str(path / "out")]) == 0
    return path


def export_command(run: Path, out: Path) -> list[str]:
    checkpoint = run / "out" / "checkpoint.pt"
    places = ["--out", str(out / "models"), "--page", str(out / "page"), "--test", str(run / "data")]
    return ["--checkpoint", str(checkpoint), *places, "--films", "2"]


def test_the_file_matches_torch_at_every_length(exported: Path) -> None:
    inputs = [frames(length, length) for length in (2, 7, 80, 131)]
    parity = measure_painter_parity(CutProbabilities(detector()), exported, inputs, "probabilities")
    assert parity.max_abs_error < 1e-5
    assert parity.seeds == (0, 1, 2, 3)


def test_a_file_of_other_weights_is_refused(exported: Path) -> None:
    with pytest.raises(ParityError, match="differs"):
        measure_painter_parity(CutProbabilities(detector(1)), exported, [frames(40)], "probabilities")


def test_the_graph_has_named_axes_no_loops_and_no_notes(exported: Path) -> None:
    graph = onnx.load(str(exported)).graph
    (entry,) = graph.input
    axes = [axis.dim_param or axis.dim_value for axis in entry.type.tensor_type.shape.dim]
    assert axes == [1, "frames", 27, 48, 3]
    assert not {"If", "Loop", "Scan"} & {node.op_type for node in graph.node}
    assert not any(node.doc_string for node in graph.node)


def test_the_same_weights_give_the_same_file(exported: Path, tmp_path: Path) -> None:
    export_cut_detector(detector(), tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == exported.read_bytes()


def test_the_command_writes_a_model_that_the_worker_takes(run: Path, tmp_path: Path) -> None:
    assert export.main(export_command(run, tmp_path)) == 0
    model = find_model(tmp_path / "models", "cut_detector", CutCard)
    assert model.card.families == KINDS
    assert model.card.opset == OPSET
    assert model.card.sha256 == hashlib.sha256((model.folder / "model.onnx").read_bytes()).hexdigest()
    assert list_models(tmp_path / "models")[1] == ()
    network = SessionCache().load(model, "cpu")
    black = np.zeros((5, 27, 48, 3), np.uint8)
    assert isinstance(find_transitions(network, [black], 0.5), list)
    card = json.loads((model.folder / "card.json").read_text(encoding="utf-8"))
    figures = {row["id"]: row for row in card["metrics"]["rows"]}
    assert 0 <= figures["f1"]["generated"] <= 1
    assert {f"recall_{kind}" for kind in KINDS} <= set(figures)
    assert card["training"]["steps"] == 2
    page = (tmp_path / "page" / "cut_detector.md").read_text(encoding="utf-8")
    assert "| figure | value | n |" in page
    assert (tmp_path / "page" / "cut_detector_samples.png").is_file()


def test_a_model_that_was_there_stays_when_parity_fails(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "models" / "cut_detector" / "1"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"the old one")

    def refuse(*given: object) -> None:
        raise ParityError("too far apart")

    monkeypatch.setattr(export, "measure_painter_parity", refuse)
    assert export.main(export_command(run, tmp_path)) == 3
    assert "too far apart" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["model.onnx"]
    assert (folder / "model.onnx").read_bytes() == b"the old one"


@pytest.mark.parametrize("missing", ["checkpoint", "test"])
def test_what_is_missing_is_named(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    command = export_command(run, tmp_path)
    command[command.index(f"--{missing}") + 1] = str(tmp_path / "nothing")
    assert export.main(command) == 2
    assert "nothing" in capsys.readouterr().err


def test_thresholds_fall_and_the_middle_one_balances() -> None:
    film = Film(
        np.zeros((200, 27, 48, 3), np.uint8),
        tuple(LabelledTransition("cut", frame, frame) for frame in range(20, 180, 20)),
        np.zeros(200, bool),
    )
    said = np.full((200, 7), 0.01, np.float32)
    said[:, 2] = 0.96
    for index, frame in enumerate(range(20, 180, 20)):
        said[frame, 0] = 0.3 + 0.08 * index  # 0.3 to 0.86
        said[frame + 10, 0] = 0.1 + 0.05 * index  # false ones: 0.1 to 0.45
    thresholds = choose_thresholds([film], [said])
    for field in ("cut", "longer"):
        steps = [getattr(pair, field) for pair in thresholds]
        assert steps == sorted(steps, reverse=True)
    strict, balanced, lenient = (pair.cut for pair in thresholds)
    assert strict >= 0.45, "of the false ones none is left"
    assert lenient <= 0.3, "none is missed"
    assert lenient <= balanced <= strict
