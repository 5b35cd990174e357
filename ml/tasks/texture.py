"""The texture job: noise and a family in, seamless pictures in the job's folder out.

Phases: load (the network), then for each variation draw, enlarge, write. Every picture depends on its own seed
alone, not on how many are asked for, and the same seed gives the same bytes on the same machine.
"""

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from ..infer.cards import TextureCard
from ..infer.models import find_model
from ..infer.seamless import make_periodic
from ..infer.session import Network
from ..infer.upscale import enlarge_tile
from ..protocol import MAX_SEED, GenerateTexture, TextureImage, TextureResult
from .context import TaskContext
from .job_files import JobFiles
from .png import png_pieces

__all__ = ["generate_texture"]

_MODEL = "dcgan_texture"


def generate_texture(request: GenerateTexture, context: TaskContext) -> TextureResult:
    """Write ``request.variations`` PNG files into ``request.out_dir``.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY, BAD_REQUEST) or
    JobCancelled; then no file of this job is left.
    """
    started = time.monotonic()
    # loading, and three steps for each picture
    total = 1 + 3 * request.variations
    context.progress("load", 0, total)
    model = find_model(context.models_dir, _MODEL, TextureCard)
    code = _family_code(request.family, model.card)
    images: list[TextureImage] = []
    with JobFiles(Path(request.out_dir)) as files:
        network = context.networks.load(model, request.device)
        for index in range(request.variations):
            seed = (request.seed + index) % (MAX_SEED + 1)
            context.progress("draw", 1 + 3 * index, total)
            drawn = _draw(network, seed, code)
            context.progress("enlarge", 2 + 3 * index, total)
            pixels = enlarge_tile(make_periodic(drawn), request.size_px)
            context.progress("write", 3 + 3 * index, total)
            name = f"{request.family}_{seed}_{request.size_px}.png"
            path, sha256 = files.write(name, png_pieces(len(pixels), [pixels]))
            images.append(TextureImage(str(path), seed, request.size_px, request.size_px, sha256))
        context.progress("write", total, total)
    return TextureResult(
        kind="texture",
        family=request.family,
        network_px=model.card.network_px,
        images=tuple(images),
        model=model.used,
        device=network.device,
        elapsed_seconds=time.monotonic() - started,
    )


def latent_of(seed: int, code: NDArray[np.float32], card: TextureCard) -> NDArray[np.float32]:
    """(1, noise + code, 1, 1) float32: standard-normal noise of that seed, then the family's code."""
    noise = np.random.default_rng(seed).standard_normal(card.latent.noise_channels) * card.latent.truncation
    return np.concatenate([noise.astype(np.float32), code])[None, :, None, None]


def _family_code(family: str, card: TextureCard) -> NDArray[np.float32]:
    if family not in card.families:
        message = f"The model {card.name} does not know {family}. Choose one of {', '.join(card.families)}."
        raise TaskError("BAD_REQUEST", message)
    code = np.zeros(card.latent.code_channels, np.float32)
    code[card.families.index(family)] = 1
    return code


def _draw(network: Network[TextureCard], seed: int, code: NDArray[np.float32]) -> NDArray[np.float32]:
    """One picture of the network: (network_px, network_px, 3) float32 in [-1, 1]."""
    card = network.model.card
    # one at a time: in a batch the last bits of a picture would depend on its neighbours
    batch = network.run({card.inputs[0].name: latent_of(seed, code, card)})
    expected = (1, 3, card.network_px, card.network_px)
    if batch.shape != expected or not np.isfinite(batch).all():
        message = f"The model {card.name} drew no picture. Install FilmAI again."
        raise TaskError("MODEL_CORRUPT", message, f"shape {batch.shape}, expected {expected} and finite")
    picture: NDArray[np.float32] = np.clip(batch[0].transpose(1, 2, 0), -1, 1)
    return picture
