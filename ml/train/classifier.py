"""Command that trains the picture classifier, the ruler for the models' figures. A few CPU minutes.

It learns the classes of the training renders, shifted, mirrored, slightly degraded, and turned where a material has
no up; and prints its accuracy on held-out renders. The checkpoint holds weights, class names and that accuracy. Of
characters it is given what ``ml.train.character_pictures`` writes: on even grey a figure may be shifted like a tile.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..nets.material_classifier import ClassifierConfig, MaterialClassifier
from .checkpoint import load_checkpoint, save_checkpoint
from .data import BatchSampler, DataError, PictureSet, load_pictures, vary
from .recipe import DataRecipe

__all__ = [
    "CLASSIFIER_KIND",
    "accuracy",
    "compact",
    "degraded",
    "load_classifier",
    "main",
    "save_classifier",
    "train_classifier",
]

CLASSIFIER_KIND = "material_classifier"
BATCH = 96
LEARNING_RATE = 3e-3
NETWORK_PX = 64

EXAMPLES = """example:
  python -m ml.train.classifier --data data/materials/train --test data/materials/test \\
      --out runs/classifier.pt
  python -m ml.train.classifier --data data/fronts/train --test data/fronts/test --pattern "*.png" \\
      --out runs/archetypes.pt
"""


def train_classifier(pictures: PictureSet, steps: int, seed: int) -> MaterialClassifier:
    """A classifier for the classes of ``pictures``, in evaluation mode; repeatable by seed."""
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    network = MaterialClassifier(ClassifierConfig(len(pictures.names)))
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    sampler = BatchSampler(pictures)
    variation = DataRecipe(pattern="*", periodic=True, roll="all", mirror=True, turn=True)
    network.train()
    for step in range(steps):
        classes = sampler.draw_classes(BATCH, 0, rng)
        images = vary(sampler.draw_images(classes, rng), pictures.turnable[classes], variation, rng)
        loss = functional.cross_entropy(
            network(degraded(images.float() / 127.5 - 1, rng)), classes, label_smoothing=0.05
        )
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
        if (step + 1) % 200 == 0:
            print(f"step {step + 1}/{steps}  loss {float(loss.detach()):.3f}", file=sys.stderr)
    return network.eval()


def accuracy(network: MaterialClassifier, pictures: PictureSet) -> float:
    """Share of the pictures whose class is named rightly."""
    predicted = torch.cat([network.classify(part) for part in torch.split(pictures.images, 256)])
    return float((predicted == pictures.classes).float().mean())


def save_classifier(
    path: Path, network: MaterialClassifier, names: Sequence[str], held_out: PictureSet
) -> float:
    """Write the network with its accuracy on ``held_out`` (whose classes are ``names``), which is returned."""
    found = accuracy(network, held_out)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"names": list(names), "weights": compact(network), "accuracy": found}
    save_checkpoint(path, CLASSIFIER_KIND, content | {"held_out": len(held_out.images)})
    return found


def load_classifier(path: Path) -> tuple[MaterialClassifier, tuple[str, ...], dict[str, Any]]:
    """Network in evaluation mode, class names, and the rest of the checkpoint. Raises CheckpointError."""
    content = load_checkpoint(path, CLASSIFIER_KIND)
    names = tuple(content["names"])
    network = MaterialClassifier(ClassifierConfig(len(names)))
    network.load_state_dict({name: value.float() for name, value in content["weights"].items()})
    return network.eval(), names, content


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when the data cannot be used."""
    options = _parser().parse_args(argv)
    try:
        train = load_pictures(options.data, options.pattern, periodic=True, px=NETWORK_PX)
        test = load_pictures(options.test, options.pattern, periodic=True, px=NETWORK_PX)
        if not train.names or train.names != test.names:
            raise DataError("the classifier needs one folder per class, the same ones in --data and --test")
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    network = train_classifier(train, options.steps, seed=0)
    held_out = save_classifier(options.out, network, train.names, test)
    print(f"accuracy on {len(test.images)} held-out pictures: {held_out:.3f}; written to {options.out}")
    return 0


def degraded(images: Tensor, rng: torch.Generator) -> Tensor:
    """Half of the pictures slightly blurred and grainy: generated ones are never as crisp as renders."""
    blurred = functional.avg_pool2d(functional.pad(images, (1, 1, 1, 1), mode="circular"), 3, stride=1)
    share = torch.rand(len(images), 1, 1, 1, generator=rng) * (
        torch.rand(len(images), 1, 1, 1, generator=rng) < 0.5
    )
    grain = torch.randn(images.shape, generator=rng) * 0.05
    return torch.lerp(images, blurred + grain, share)


def compact(network: nn.Module) -> dict[str, Tensor]:
    """The network's weights in half precision, which keeps the file small; counters stay as they are."""
    return {
        name: value.half() if value.is_floating_point() else value
        for name, value in network.state_dict().items()
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.classifier",
        description="Train the picture classifier that measures generated textures and characters.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of one folder per class")
    parser.add_argument("--test", type=Path, required=True, help="held-out pictures, same classes")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    parser.add_argument(
        "--pattern", default="*_albedo.png", help="glob for file names (default: %(default)s)"
    )
    parser.add_argument("--steps", type=int, default=2000, help="training steps (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
