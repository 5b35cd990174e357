"""Weights stored with 16 bits: half the file, the same names, and what the rounding changes is the rounding alone."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from ml.export.half_weights import store_half
from ml.export.onnx_weights import read_tensors, with_tensors
from ml.export.to_onnx import OPSET, export_named
from ml.infer.session import make_session


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 8))


@pytest.fixture
def file(network: nn.Module, tmp_path: Path) -> Path:
    path = tmp_path / "network.onnx"
    export_named(network, {"x": torch.zeros(2, 64)}, ["y"], {}, OPSET, path)
    return path


def computed(path: Path, x: torch.Tensor) -> np.ndarray:
    session, _ = make_session(path.read_bytes(), "cpu")
    return np.asarray(session.run(None, {"x": x.numpy()})[0])


def test_it_computes_as_torch_does_with_rounded_weights(network: nn.Module, file: Path) -> None:
    before = file.stat().st_size
    store_half(file)
    assert file.stat().st_size < 0.7 * before
    x = torch.randn(2, 64, generator=torch.Generator().manual_seed(2))
    plain = network(x).detach().numpy()
    with torch.no_grad():
        network[0].weight.copy_(network[0].weight.half().float())  # the one that is large
    rounded = network(x).detach().numpy()
    assert np.abs(computed(file, x) - rounded).max() < 1e-5
    assert np.abs(computed(file, x) - plain).max() > 1e-5


def test_the_weights_are_read_and_written_under_their_names(file: Path) -> None:
    wide = read_tensors(file.read_bytes())
    store_half(file)
    stored = file.read_bytes()
    narrow = read_tensors(stored)
    assert narrow.keys() == wide.keys()
    for name, values in wide.items():
        np.testing.assert_allclose(narrow[name], values, atol=1e-3)
    nothing = {name: np.zeros_like(values) for name, values in narrow.items()}
    file.write_bytes(with_tensors(stored, nothing))
    assert not computed(file, torch.ones(2, 64)).any()


def test_the_same_weights_give_the_same_bytes(network: nn.Module, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.onnx"
    export_named(network, {"x": torch.zeros(2, 64)}, ["y"], {}, OPSET, again)
    for path in (file, again):
        store_half(path)
    assert file.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("wrong", [1e6, float("nan")])
def test_what_does_not_fit_is_refused_and_the_file_stays(
    network: nn.Module, tmp_path: Path, wrong: float
) -> None:
    with torch.no_grad():
        network[0].weight[0, 0] = wrong
    path = tmp_path / "network.onnx"
    export_named(network, {"x": torch.zeros(2, 64)}, ["y"], {}, OPSET, path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="does not fit into 16 bits"):
        store_half(path)
    assert path.read_bytes() == before
