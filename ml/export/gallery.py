"""Command that draws the gallery of the docs: families by seeds, as the material job makes them, nothing picked."""

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from ..errors import JobCancelled, TaskError
from ..families import FAMILIES, family_by_id
from ..protocol import GenerateMaterial, LayoutWish, LookWish, MaterialResult
from ..tasks import TaskContext, make_networks, run_task

__all__ = ["draw_gallery", "main"]

LABEL_PX = 28
GAP_PX = 4
BLOCKS = 2
"""Families side by side."""
EXAMPLES = """example:
  python -m ml.export.gallery --models ml/models --out docs/images/material_gallery.jpg
"""


def draw_gallery(models: Path, families: Sequence[str], seeds: Sequence[int], px: int, quality: int) -> bytes:
    """A JPEG: for each family its name and one base colour map of ``px`` pixels for each seed."""
    width = BLOCKS * (len(seeds) * (px + GAP_PX) + GAP_PX)
    rows = -(-len(families) // BLOCKS)
    sheet = Image.new("RGB", (width, rows * (px + LABEL_PX + GAP_PX)), (24, 24, 24))
    draw = ImageDraw.Draw(sheet)
    context = TaskContext(models.resolve(), make_networks(), lambda _phase, _step, _total: None)
    for index, family in enumerate(families):
        left = index % BLOCKS * (len(seeds) * (px + GAP_PX) + GAP_PX)
        top = index // BLOCKS * (px + LABEL_PX + GAP_PX)
        draw.text((left + 4, top + 6), family_by_id(family).label, fill=(235, 235, 235), font_size=18)
        for column, seed in enumerate(seeds):
            with tempfile.TemporaryDirectory() as folder:
                picture = _basecolor(context, family, seed, px, Path(folder))
            sheet.paste(picture, (left + column * (px + GAP_PX), top + LABEL_PX))
        print(f"{index + 1} of {len(families)}: {family}", file=sys.stderr)
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when drawn, 1 when the model cannot be used, 2 when the command line is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.gallery",
        description="Draw families by seeds into one JPEG, as the material job makes them.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [family.id for family in FAMILIES]
    parser.add_argument("--models", type=Path, default=Path("ml/models"), help="default: %(default)s")
    parser.add_argument(
        "--families", nargs="+", choices=names, default=names, metavar="FAMILY", help="default: all"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4], help="default: 1 2 3 4")
    parser.add_argument("--size", type=int, default=512, metavar="PX", help="of a picture (default: 512)")
    parser.add_argument("--quality", type=int, default=80, help="of the JPEG, 1 to 95 (default: 80)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the JPEG")
    options = parser.parse_args(argv)
    try:
        data = draw_gallery(options.models, options.families, options.seeds, options.size, options.quality)
    except (TaskError, JobCancelled) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(data) / 1e6:.1f} MB")
    return 0


def _basecolor(context: TaskContext, family: str, seed: int, px: int, folder: Path) -> Image.Image:
    request = GenerateMaterial(
        job="gallery",
        family=family,
        mix_family=family,
        mix=0.0,
        layout_seed=seed,
        look_seed=seed,
        variations=1,
        vary="both",
        width_px=px,
        height_px=px,
        look=LookWish(base=None, second=None, lightness=0.0, contrast=1.0, roughness=0.0, wear=None),
        layout=LayoutWish(across=1, numbers=(), choices=(), image=""),
        between=None,
        relief_widths=0.02,
        maps=("basecolor",),
        device="auto",
        out_dir=str(folder),
    )
    result = run_task(request, context)
    if not isinstance(result, MaterialResult):
        raise TypeError(f"a material job gave {type(result).__name__}")
    with Image.open(result.materials[0].maps[0].path) as picture:
        return picture.convert("RGB")


if __name__ == "__main__":
    sys.exit(main())
