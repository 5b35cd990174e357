"""Pictures of a run for people: sheets of samples from fixed latents, and the loss curves."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor, nn

from .calibration import draw_latents
from .trainer import LatentLayout

__all__ = ["sample_rows", "save_curves", "save_sheet", "to_bytes"]

COLUMNS = 8
LABEL_PX = 96
GAP_PX = 2


def to_bytes(images: Tensor) -> Tensor:
    """float (B, 3, H, W) in [-1, 1] as uint8, rounded to the nearest."""
    return (images.clamp(-1, 1) * 127.5 + 127.5).round().to(torch.uint8)


@torch.no_grad()
def sample_rows(
    generator: nn.Module, present: Tensor, layout: LatentLayout, code_scale: float, columns: int = COLUMNS
) -> Tensor:
    """uint8 (rows, columns, 3, 64, 64): one row per present class; the same noise in every row, always."""
    rng = torch.Generator().manual_seed(7)
    rows = []
    for class_index in present:
        rng.manual_seed(7)
        latents = draw_latents(class_index.repeat(columns), *layout, code_scale, rng)
        rows.append(to_bytes(generator(latents)))
    return torch.stack(rows)


def save_sheet(path: Path, rows: Tensor, labels: Sequence[str]) -> None:
    """Write uint8 (rows, columns, 3, H, W) as one PNG, a label before each row (labels may be empty)."""
    count, columns, _, height, width = rows.shape
    left = LABEL_PX if labels else 0
    sheet = Image.new("RGB", (left + columns * (width + GAP_PX), count * (height + GAP_PX)), (32, 32, 32))
    draw = ImageDraw.Draw(sheet)
    for row in range(count):
        top = row * (height + GAP_PX)
        if labels:
            draw.text((4, top + height // 2 - 6), labels[row], fill=(230, 230, 230))
        for column in range(columns):
            pixels = rows[row, column].permute(1, 2, 0).contiguous().numpy()
            sheet.paste(Image.fromarray(pixels), (left + column * (width + GAP_PX), top))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def save_curves(
    path: Path,
    history: Sequence[Sequence[float]],
    panels: Sequence[tuple[str, Mapping[str, int]]],
) -> None:
    """Draw columns of ``history``, one row per step, lightly smoothed, as a PNG.

    panels: from the top down, the label of the vertical axis, and the column of each curve by its name.
    """
    # imported here: a slow import, and needed every few minutes only
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if not history:
        return
    values = np.asarray(history)  # (steps, columns)
    window = max(1, len(values) // 200)
    kernel = np.full(window, 1 / window)
    steps = np.arange(len(values) - window + 1) + window
    figure = Figure(figsize=(9, 6), layout="constrained")
    FigureCanvasAgg(figure)
    stacked = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (label, columns) in zip(stacked, panels, strict=True):
        for name, column in columns.items():
            axes.plot(steps, np.convolve(values[:, column], kernel, mode="valid"), label=name, linewidth=1)
        axes.set_ylabel(label)
        axes.legend()
        axes.grid(alpha=0.3)
    stacked[-1].set_xlabel("step")
    figure.savefig(path, dpi=90)
