"""Makes a model of a user's family: the shipped ONNX file with other weights, its card, and the layouts.

Needs neither the onnx package nor an exporter: the graph is the shipped one. What was written is read back and
compared with what was trained, and run against torch where onnxruntime is installed.
"""

import hashlib
import io
import shutil
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ..infer.cards import FamilyLooks, MaterialCard, OwnMaterialCard
from ..infer.models import Model, read_weights
from ..materials.own_family import OwnLayouts
from ..nets.guided import GuidedGenerator
from ..own_families import family_word
from ..train.folder_run import FolderRun
from .card import About, TrainingFacts, write_card
from .guided_painter import collect_looks, inputs_like
from .metrics import not_measured
from .onnx_weights import WeightsError, read_tensors, with_families, with_tensors
from .parity import Parity, measure_painter_parity

__all__ = ["write_own_model"]

_PARITY_INPUTS = 4
_SIXTEEN_BITS = 1e-3
"""Largest relative error of a weight that is stored with 16 bits."""


def write_own_model(run: FolderRun, shipped: Model[MaterialCard], models_dir: Path) -> Path:
    """Write the next version of the family's model under ``models_dir``, whole or not at all; returns its folder.

    Raises WeightsError or ParityError when the file is not what was trained, OSError when it cannot be written.
    """
    word = family_word(run.names[0])
    home = models_dir / word
    home.mkdir(parents=True, exist_ok=True)
    folder = home / str(
        1 + max((int(path.name) for path in home.iterdir() if path.name.isdecimal()), default=0)
    )
    draft = home / f"draft-{folder.name}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        onnx, parity = _weights(run, shipped, draft / "model.onnx")
        layouts = _layouts_png(run.layouts)
        (draft / "layouts.png").write_bytes(layouts)
        looks = collect_looks(run.trainer.sampler.renders, run.names)
        card = _card(run, shipped.card, looks, (onnx, layouts), folder.name)
        write_card(card, _about(run, parity), draft / "card.json")
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _weights(run: FolderRun, shipped: Model[MaterialCard], path: Path) -> tuple[bytes, Parity]:
    trained = {name: values.numpy() for name, values in run.trainer.average.state_dict().items()}
    onnx = with_families(with_tensors(read_weights(shipped), trained), 1)
    path.write_bytes(onnx)
    back = read_tensors(path.read_bytes())
    for name, values in trained.items():
        if not np.allclose(back[name], values, rtol=_SIXTEEN_BITS, atol=1e-6):
            raise WeightsError(f"{name} was not written as it was trained")
    if find_spec("onnxruntime") is None:
        return onnx, Parity(0.0, ())
    generator = GuidedGenerator(run.trainer.config)
    generator.load_state_dict({name: torch.from_numpy(values) for name, values in back.items()})
    renders = run.trainer.sampler.renders[:_PARITY_INPUTS]
    inputs = [inputs_like(run.trainer.config, render, seed) for seed, render in enumerate(renders)]
    return onnx, measure_painter_parity(generator, path, inputs)


def _layouts_png(layouts: OwnLayouts) -> bytes:
    """One below the other: relief as red, cell as green, detail as blue, wear as alpha."""
    count, px = layouts.guides.shape[:2]
    data = io.BytesIO()
    Image.fromarray(layouts.guides.reshape(count * px, px, 4), "RGBA").save(data, "PNG")
    return data.getvalue()


def _card(
    run: FolderRun,
    shipped: MaterialCard,
    looks: Sequence[FamilyLooks],
    written: tuple[bytes, bytes],
    version: str,
) -> OwnMaterialCard:
    onnx, layouts = (hashlib.sha256(data).hexdigest() for data in written)
    inputs = [replace(spec, axes=("1", "1")) if spec.name == "family" else spec for spec in shipped.inputs]
    return OwnMaterialCard(
        name=family_word(run.names[0]),
        version=version,
        task="own_material",
        file="model.onnx",
        sha256=onnx,
        opset=shipped.opset,
        inputs=tuple(inputs),
        outputs=shipped.outputs,
        families=run.names,
        licence="as its pictures",
        local_channels=shipped.local_channels,
        style_channels=shipped.style_channels,
        looks=tuple(looks),
        label=run.layouts.label,
        layout=run.layouts.usual,
        layouts_file="layouts.png",
        layouts_sha256=layouts,
    )


def _about(run: FolderRun, parity: Parity) -> About:
    facts = TrainingFacts(
        recipe=run.trainer.recipe,
        steps=run.steps_done,
        minutes=round(run.minutes, 1),
        images=run.pictures,
        data="a folder of the user's pictures",
        weights="the running average of the generator's weights, which began as the shipped ones",
        torch=str(torch.__version__),
    )
    limits = ["It knows one material, and mixes with no other."]
    if not parity.seeds:
        limits.append("Not run against torch: onnxruntime was not installed where it was trained.")
    return About(facts, parity, not_measured("Nothing was held back to measure with."), tuple(limits))
