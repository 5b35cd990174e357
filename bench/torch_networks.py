"""The texture studio's network in torch eager, with the shipped weights, in the place of ONNX Runtime's session.

Everything around the network is FilmAI's own: the layout, the tiles, the maps, the files.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from bench.material_speed import MODELS, REPOSITORY, material_request
from ml.export.onnx_weights import read_tensors
from ml.infer.cards import MaterialCard
from ml.infer.devices import worker_threads
from ml.infer.models import Model, find_model, read_weights
from ml.infer.session import Network, SessionCache
from ml.nets.guided import GuidedConfig, GuidedGenerator
from ml.protocol import DeviceUsed
from ml.tasks import TaskContext
from ml.tasks.material import generate_material
from ml.train.guided_recipe import load_guided_recipe

__all__ = ["TorchNetworks", "eager_generator"]


class _EagerSession:
    """Answers as an onnxruntime session does."""

    def __init__(self, generator: torch.nn.Module) -> None:
        self._generator = generator

    def run(self, _outputs: None, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """The network's one output."""
        tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in inputs.items()}
        with torch.inference_mode():
            return [self._generator(**tensors).numpy()]


class TorchNetworks(SessionCache):
    """Holds that one network, made at once."""

    def __init__(self) -> None:
        super().__init__()
        torch.set_num_threads(worker_threads())
        model = find_model(MODELS, "texture_studio", MaterialCard)
        self._network = Network(model, _EagerSession(eager_generator(model)), DeviceUsed("cpu", ""))

    def load(self, model: Model[Any], device: Any, part: Any = None) -> Network[Any]:
        """That network, whatever is asked for."""
        return self._network

    def material(self, seed: int, px: int, folder: str) -> dict[str, Path]:
        """Make a material's maps in this process and thread; the files by kind of map."""
        context = TaskContext(MODELS, self, lambda _phase, _step, _total: None)
        result = generate_material(material_request(px, folder, seed), context)
        return {made.kind: Path(folder, made.path) for made in result.materials[0].maps}


def eager_generator(model: Model[MaterialCard]) -> GuidedGenerator:
    """The torch network with the weights that are read back from the ONNX file, in evaluation mode."""
    net = load_guided_recipe(REPOSITORY / "ml" / "configs" / "texture_studio.toml").net
    generator = GuidedGenerator(
        GuidedConfig(
            families=len(model.card.families),
            local_channels=net.local_channels,
            style_channels=net.style_channels,
            generator_channels=net.generator_channels,
            discriminator_channels=net.discriminator_channels,
        )
    ).eval()
    weights = read_tensors(read_weights(model))
    generator.load_state_dict(
        {name: torch.from_numpy(weights[name].copy()) for name in generator.state_dict()}
    )
    return generator
