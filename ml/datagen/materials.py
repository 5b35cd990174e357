"""Renders the material training data: ``python -m ml.datagen.materials --help``.

Deterministic by seed, resumable (a finished render is never made twice), in several processes, with a
progress bar, and a contact sheet to look at.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw
from tqdm import tqdm

from ..families import FAMILIES, FAMILY_INDEX
from ..materials.params import Split

if TYPE_CHECKING:
    from .render import Part

__all__ = ["main"]

_EXAMPLES = """examples:
  python -m ml.datagen.materials --out data/materials --count 300
  python -m ml.datagen.materials --out data/parts --count 300 --tile 128,256,512
  python -m ml.datagen.materials --out data/look --families brick,marble --count 8 --size 256
  python -m ml.datagen.materials --out data/materials --split test --count 40
Renders go to OUT/SPLIT/FAMILY/SEED_{albedo,maps,guide}.png with SEED_truth.json; run again to resume."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    options = _parser().parse_args(arguments)
    families = options.families.split(",") if options.families else [family.id for family in FAMILIES]
    if unknown := [name for name in families if name not in FAMILY_INDEX]:
        print(f"unknown family: {', '.join(unknown)}; known: {', '.join(FAMILY_INDEX)}", file=sys.stderr)
        return 2
    if options.shard:
        return _render_shard(options, families)
    todo = _missing(options, families)
    status = _render_in_processes(options, families, len(todo)) if todo else 0
    for sheet in _contact_sheets(options.out / options.split, families):
        print(f"look at {sheet}")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.datagen.materials",
        description="Render material tiles (albedo, height, roughness, metallic) with Blender's Cycles.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the renders")
    parser.add_argument(
        "--split", choices=("train", "test"), default="train", help="parameter ranges and seeds"
    )
    parser.add_argument("--families", help="comma-separated family ids (default: all)")
    parser.add_argument("--count", type=int, default=100, help="renders per family (default: 100)")
    parser.add_argument("--first-seed", type=int, default=0, help="seed of the first render (default: 0)")
    parser.add_argument("--size", type=int, default=128, help="width and height in pixels (default: 128)")
    parser.add_argument(
        "--tile",
        help="comma-separated sizes of the whole tile in pixels, which seeds take in turn: where it is larger "
        "than --size, a random part is rendered, close up (default: the size of --size)",
    )
    parser.add_argument("--samples", type=int, default=4, help="samples per pixel (default: 4)")
    parser.add_argument("--processes", type=int, default=2, help="processes, one core each (default: 2)")
    # "i/n": render every n-th missing one, from the i-th
    parser.add_argument("--shard", help=argparse.SUPPRESS)
    return parser


def _missing(options: argparse.Namespace, families: Sequence[str]) -> list[tuple[str, int]]:
    """(family, seed) of every render that is not there, families in turn so that a stopped run is balanced."""
    seeds = range(options.first_seed, options.first_seed + options.count)
    root = options.out / options.split
    return [(f, s) for s in seeds for f in families if not (root / f / f"{s:06d}_truth.json").exists()]


def _render_shard(options: argparse.Namespace, families: Sequence[str]) -> int:
    from .render import MaterialRenderer  # needs bpy, which is slow to load

    index, shards = (int(part) for part in options.shard.split("/"))
    renderer = MaterialRenderer(options.size, options.samples)
    split: Split = options.split
    seeds = range(options.first_seed, options.first_seed + options.count)
    for place, (family, seed) in enumerate((f, s) for s in seeds for f in families):
        folder = options.out / split / family
        if place % shards == index and not (folder / f"{seed:06d}_truth.json").exists():
            part = _part(family, seed, options.size, _tile_sizes(options))
            renderer.render(family, seed, split, folder, part)
    return 0


def _tile_sizes(options: argparse.Namespace) -> list[int]:
    return [int(size) for size in (options.tile or str(options.size)).split(",")]


def _part(family: str, seed: int, size_px: int, tile_sizes: Sequence[int]) -> "Part":
    """Seeds take the tile sizes in turn; what is larger than the picture is seen from a place of its own."""
    from .render import Part

    tile_px = tile_sizes[seed % len(tile_sizes)]
    if tile_px == size_px:
        return Part(tile_px)
    left, bottom = np.random.default_rng((FAMILY_INDEX[family], seed, tile_px)).random(2)
    return Part(tile_px, (float(left), float(bottom)))


def _render_in_processes(options: argparse.Namespace, families: Sequence[str], total: int) -> int:
    base = [sys.executable, "-m", "ml.datagen.materials", "--out", str(options.out), "--split", options.split]
    base += ["--families", ",".join(families), "--count", str(options.count), "--size", str(options.size)]
    base += ["--first-seed", str(options.first_seed), "--samples", str(options.samples)]
    base += ["--tile", ",".join(map(str, _tile_sizes(options)))]
    shards = [f"{index}/{options.processes}" for index in range(options.processes)]
    workers = [subprocess.Popen([*base, "--shard", shard], cwd=_package_parent()) for shard in shards]
    try:
        with tqdm(total=total, unit="tile", desc=f"render {options.split}") as bar:
            while any(worker.poll() is None for worker in workers):
                time.sleep(0.5)
                bar.update(total - len(_missing(options, families)) - bar.n)
            bar.update(total - len(_missing(options, families)) - bar.n)
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.terminate()
    return max(abs(worker.wait()) for worker in workers)


def _package_parent() -> Path:
    return Path(__file__).resolve().parents[2]


def _contact_sheets(root: Path, families: Sequence[str]) -> list[Path]:
    """A sheet of albedo maps, one of the other maps and one of the guides: a row per family, ten renders each."""
    sheets = []
    for suffix in ("albedo", "maps", "guide"):
        rows = [(name, sorted((root / name).glob(f"*_{suffix}.png"))[:10]) for name in families]
        path = root / f"contact_sheet_{suffix}.png"
        _contact_sheet(rows).save(path)
        sheets.append(path)
    return sheets


def _contact_sheet(rows: Sequence[tuple[str, Sequence[Path]]], cell_px: int = 128) -> Image.Image:
    label_px = 110
    sheet = Image.new("RGB", (label_px + 10 * (cell_px + 2), len(rows) * (cell_px + 2)), (32, 32, 32))
    draw = ImageDraw.Draw(sheet)
    for row, (name, files) in enumerate(rows):
        top = row * (cell_px + 2)
        draw.text((6, top + cell_px // 2), name, fill=(230, 230, 230))
        for column, file in enumerate(files):
            with Image.open(file) as picture:
                # 16-bit RGB opens as 8-bit RGB in Pillow, enough to look at
                tile = picture.convert("RGB").resize((cell_px, cell_px), Image.Resampling.LANCZOS)
            sheet.paste(tile, (label_px + column * (cell_px + 2), top))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
