"""How long a full concept takes, and the networks alone, against the same networks in torch."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.measure import median, timed_ms
from bench.painted_characters import Painter
from ml.character_terms import ENLARGER_MODEL
from ml.characters.archetypes import ARCHETYPES
from ml.export.parity import painter_function
from ml.export.quality import QualityRow, Target
from ml.infer.cards import EnlargerCard
from ml.infer.models import find_model
from ml.nets.characters import CharacterGenerator
from ml.nets.enlarger import CleanCutouts, Enlarger
from ml.protocol_characters import GenerateCharacter
from ml.tasks import TaskContext, make_networks
from ml.tasks.character import generate_character
from ml.train.character_recipe import character_recipe_from_plain
from ml.train.character_trainer import character_config
from ml.train.enlarger_recipe import enlarger_recipe_from_plain

__all__ = ["time_rows"]

CONCEPT_PX = 768
_UNDER_A_SECOND = Target("under 1", lambda ours, *_: ours < 1)
_FASTER = Target("faster than torch", lambda ours, _, floor: ours < floor)
_EAGER = "the same networks in torch, eager"


def time_rows(models: Path, painter: Painter, threads: int, runs: int) -> list[QualityRow]:
    """Seconds of a whole warm job with all views, and of the networks for one character; medians.

    threads: of torch. The runtime takes what it takes for users.
    """
    torch.set_num_threads(threads)
    network, eager = _network(painter)
    label = "all views, s"
    rows = [
        _row(
            "concept_seconds",
            f"A concept of {CONCEPT_PX} px, {label}",
            _job(models),
            None,
            _UNDER_A_SECOND,
            runs,
        ),
        _row("painting_seconds", f"Painting {label}", network, eager, _FASTER, runs),
    ]
    if (models / ENLARGER_MODEL).is_dir():
        larger, eager_larger = _enlarger(models, painter)
        rows.append(
            _row("enlarging_seconds", f"Drawing larger, {label}", larger, eager_larger, _FASTER, runs)
        )
    return rows


def _job(models: Path) -> Callable[[], object]:
    context = TaskContext(models, make_networks(), lambda *_: None)

    def run() -> object:
        with tempfile.TemporaryDirectory() as folder:
            return generate_character(
                GenerateCharacter(
                    job="bench",
                    archetype=ARCHETYPES[0].id,
                    body_seed=7,
                    look_archetype=ARCHETYPES[0].id,
                    look_seed=7,
                    variations=1,
                    vary="both",
                    build=None,
                    height_m=None,
                    numbers=(),
                    main=None,
                    second=None,
                    truncation=1.0,
                    height_px=CONCEPT_PX,
                    enlarge=True,
                    device="cpu",
                    out_dir=folder,
                ),
                context,
            )

    return run


def _network(painter: Painter) -> tuple[Callable[[], object], Callable[[], object]]:
    """The painter in the runtime and in torch, on the first held-out character."""
    model = painter.model
    recipe = character_recipe_from_plain(_training(model.folder)["recipe"])
    # weights of no meaning: only the time counts
    generator = CharacterGenerator(character_config(recipe)).eval()
    named = painter.inputs(0, 0, 0)
    run = painter_function(model.folder / model.card.file, "pictures")
    tensors = {name: torch.from_numpy(array) for name, array in named.items()}

    def eager() -> object:
        with torch.no_grad():
            return generator(**tensors)

    return lambda: run(named), eager


def _enlarger(models: Path, painter: Painter) -> tuple[Callable[[], object], Callable[[], object]]:
    """The enlarger in the runtime and in torch, on whole views of the first held-out character, one by one."""
    model = find_model(models, ENLARGER_MODEL, EnlargerCard)
    enlarger = CleanCutouts(
        Enlarger(enlarger_recipe_from_plain(_training(model.folder)["recipe"]).net)
    ).eval()
    views = painter.characters.pixels[0, :, :4].astype(np.float32) / 255
    views[:, :3] *= views[:, 3:]
    run = painter_function(model.folder / model.card.file, "large")

    def runtime() -> object:
        return [run({"pictures": view[None]}) for view in views]

    def eager() -> object:
        with torch.no_grad():
            return [enlarger(torch.from_numpy(view[None])) for view in views]

    return runtime, eager


def _training(folder: Path) -> dict[str, Any]:
    training: dict[str, Any] = json.loads((folder / "card.json").read_bytes())["training"]
    return training


def _row(
    name: str,
    label: str,
    ours: Callable[[], object],
    other: Callable[[], object] | None,
    target: Target,
    runs: int,
) -> QualityRow:
    own: list[float] = []
    others: list[float] = []
    # in turn, so that a busy moment meets both; the first round warms up
    for _ in range(runs + 1):
        own += timed_ms(ours, 1)
        others += timed_ms(other, 1) if other else []
    seconds = median(own[1:]) / 1000
    floor = median(others[1:]) / 1000 if other else None
    met = target.reached(seconds, None, 0.0 if floor is None else floor)
    return QualityRow(name, label, seconds, None, None, floor, _EAGER if other else "", target.text, met)
