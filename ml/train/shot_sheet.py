"""A picture of what the describer says: some shots with their truth, the guesses and the sentence."""

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from torch import Tensor

from ..infer.shot_text import sentence_text
from ..nets.shot_transformer import ShotTransformer
from ..shot_sense import QUIET, sayable
from ..shot_terms import FIELDS
from .shot_augment import plain_batch
from .shot_data import UNKNOWN, ShotSet
from .shot_scores import softmax, split_logits
from .shot_speaking import speak
from .shot_told import codes_of
from .shot_vocabulary import Vocabulary

__all__ = ["draw_shot_rows"]

SHOWN_INSTANTS = (0, 3, 7)
PICTURE = (192, 108)
ROW_PX = 176
WIDTH_PX = 3 * PICTURE[0] + 760
SURE = 0.6
"""On a sheet every guess from here on is told to the decoder: the thresholds are fitted at export."""
RIGHT, WRONG, PLAIN = (130, 220, 130), (240, 120, 110), (230, 230, 230)


@torch.no_grad()
def draw_shot_rows(network: ShotTransformer, vocabulary: Vocabulary, shots: ShotSet) -> Tensor:
    """uint8 (N, 1, 3, height, width): of each shot three frames, each field's guess, and the sentence.

    Guesses are green when they are right, red when they are wrong, then with the truth.
    """
    network.eval()
    batch = plain_batch(shots, torch.arange(len(shots.names)))
    logits, tokens = network.encoder(batch.frames, batch.flow, batch.motion, batch.facts)
    chances = {field: softmax(part) for field, part in split_logits(logits.numpy()).items()}
    codes = torch.tensor([codes_of(_sure_values(chances, row)) for row in range(len(shots.names))])
    spoken = speak(network, tokens, codes, "en", vocabulary)
    rows = []
    for row, name in enumerate(shots.names):
        picture = Image.new("RGB", (WIDTH_PX, ROW_PX), (32, 32, 32))
        draw = ImageDraw.Draw(picture)
        for column, instant in enumerate(SHOWN_INSTANTS):
            pixels = np.ascontiguousarray(shots.frames[row, instant].transpose(1, 2, 0))
            picture.paste(Image.fromarray(pixels).resize(PICTURE), (column * PICTURE[0], 18))
        draw.text((4, 3), name, fill=PLAIN)
        _write_fields(draw, chances, shots, row)
        draw.text((4, PICTURE[1] + 26), sentence_text(spoken[row], "en"), fill=PLAIN)
        rows.append(torch.from_numpy(np.array(picture)).permute(2, 0, 1))
    return torch.stack(rows)[:, None]


def _sure_values(chances: dict[str, NDArray[np.float64]], row: int) -> dict[str, str]:
    trust = {field: float(part[row].max()) for field, part in chances.items()}
    values = {
        field.id: field.values[int(chances[field.id][row].argmax())].id
        for field in FIELDS
        if trust[field.id] >= SURE
    }
    loud = {field: value for field, value in values.items() if (field, value) not in QUIET}
    return sayable(loud, trust)


def _write_fields(
    draw: ImageDraw.ImageDraw, chances: dict[str, NDArray[np.float64]], shots: ShotSet, row: int
) -> None:
    left = len(SHOWN_INSTANTS) * PICTURE[0] + 12
    for index, field in enumerate(FIELDS):
        guess, truth = int(chances[field.id][row].argmax()), int(shots.values[row, index])
        colour = PLAIN if truth == UNKNOWN else RIGHT if guess == truth else WRONG
        said = f"{field.id}: {field.values[guess].id} {chances[field.id][row].max():.2f}"
        if truth not in (UNKNOWN, guess):
            said += f" (is {field.values[truth].id})"
        place = (left + index % 2 * 370, 4 + index // 2 * 17)
        draw.text(place, said, fill=colour)
