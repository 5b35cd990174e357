"""The neighbour of the benchmark is the same network: shipped weights, torch, and FilmAI's own code around it."""

from pathlib import Path

import numpy as np
import pytest

from bench import neighbour
from bench.material_speed import material_request, network_inputs
from bench.torch_networks import TorchNetworks, eager_generator
from ml.infer.cards import MaterialCard
from ml.infer.models import find_model, read_weights
from ml.infer.session import make_session
from ml.tasks import TaskContext, make_networks
from ml.tasks.material import generate_material
from tooling.paths import REPOSITORY

MODELS = REPOSITORY / "ml" / "models"


def test_it_computes_what_the_shipped_file_computes() -> None:
    import torch

    model = find_model(MODELS, "texture_studio", MaterialCard)
    inputs = network_inputs(model.card, 64)
    session, _ = make_session(read_weights(model), "cpu")
    with torch.inference_mode():
        eager = eager_generator(model)(**{name: torch.from_numpy(array) for name, array in inputs.items()})
    assert np.abs(session.run(None, inputs)[0] - eager.numpy()).max() < 1e-4


def test_its_material_is_that_of_a_job(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("torch", "job")]
    for place in places:
        place.mkdir()
    made = TorchNetworks().material(3, 64, str(places[0]))
    context = TaskContext(MODELS, make_networks(), lambda _phase, _step, _total: None)
    result = generate_material(material_request(64, str(places[1]), 3), context)
    assert set(made) == {each.kind for each in result.materials[0].maps}
    assert all(path.is_file() and path.stat().st_size for path in made.values())


def test_the_table_has_a_ratio_where_both_have_something() -> None:
    ours = {key: 10.0 for _, key, _ in neighbour._ROWS}
    peer = {key: 40.0 for _, key, _ in neighbour._ROWS} | {"beside_mb": 0.0}
    rows = neighbour.rows_of(ours, peer)
    assert rows[1] == ("the first material after that", "10 ms", "40 ms", "0.25")
    assert rows[-1][1:] == ("10 MB", "0 MB", "")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Make it: python build"):
        neighbour.main(["--zip", str(tmp_path / "none.zip"), "--blender-python", "python"])
