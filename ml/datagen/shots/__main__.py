"""The command line: ``python -m ml.datagen.shots --help``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..shards import run_shards
from .overview import overview
from .render_files import shot_paths

_EXAMPLES = """examples:
  python -m ml.datagen.shots --out data/shots --count 2000 --workers 2
  python -m ml.datagen.shots --out data/shots --split test --count 300 --first 0
  python -m ml.datagen.shots --out data/stills --source still --count 4000 --workers 2
  python -m ml.datagen.shots --out data/shots --count 16 --sheet look.png
Shots go to OUT/SPLIT/SEED.png (16 frames, of a still one) and SEED.json (the truth); run again to resume."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    options = _parser().parse_args(arguments)
    if options.count < 1 or options.workers < 1 or options.samples < 1 or options.first < 0:
        print("--count, --workers and --samples have to be 1 or more, --first 0 or more", file=sys.stderr)
        return 2
    folder, seeds = options.out / options.split, range(options.first, options.first + options.count)
    if options.shard:
        return _render_shard(options, folder, seeds)
    todo = [seed for seed in seeds if not shot_paths(folder, seed)[1].exists()]
    status = _render_in_processes(options, folder, todo) if todo else 0
    if options.sheet:
        overview(folder, seeds).save(options.sheet)
        print(f"look at {options.sheet}")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.datagen.shots",
        description="Render film shots with their truth: sets in Blender's Cycles.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the shots")
    parser.add_argument(
        "--split", choices=("train", "test"), default="train", help="content and seeds (default: train)"
    )
    parser.add_argument("--count", type=int, default=100, help="how many shots (default: 100)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first shot (default: 0)")
    parser.add_argument(
        "--source", choices=("set", "still"), default="set", help="shots, or single pictures (default: set)"
    )
    parser.add_argument("--samples", type=int, default=2, help="samples per pixel (default: 2)")
    parser.add_argument("--workers", type=int, default=1, help="processes, one core each (default: 1)")
    parser.add_argument("--sheet", type=Path, help="also write a picture of 16 of the shots with their truth")
    # "i/n": render every n-th missing one, from the i-th
    parser.add_argument("--shard", help=argparse.SUPPRESS)
    return parser


def _render_shard(options: argparse.Namespace, folder: Path, seeds: Sequence[int]) -> int:
    from .render import render_set_shot, render_still  # need bpy, which is slow to load

    index, shards = (int(part) for part in options.shard.split("/"))
    render, failures = render_still if options.source == "still" else render_set_shot, 0
    for seed in seeds:
        if seed % shards == index and not shot_paths(folder, seed)[1].exists():
            try:
                render(folder, seed, options.split, options.samples)
            except RuntimeError as error:
                print(f"left out: {error}", file=sys.stderr)
                failures += 1
    return 1 if failures * 10 > len(seeds) else 0


def _render_in_processes(options: argparse.Namespace, folder: Path, todo: Sequence[int]) -> int:
    arguments = ["--out", str(options.out), "--split", options.split, "--count", str(options.count)]
    arguments += [
        "--first",
        str(options.first),
        "--source",
        options.source,
        "--samples",
        str(options.samples),
    ]

    wanted = {shot_paths(folder, seed)[1].name for seed in todo}

    def finished() -> int:
        # one look at the folder: asking for thousands of files one by one would take a core's half
        return sum(path.name in wanted for path in folder.glob("*.json"))

    about = f"{options.source} {options.split}"
    return run_shards("ml.datagen.shots", arguments, options.workers, len(todo), finished, "shot", about)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # Blender's own ending sometimes crashes after all is written
    os._exit(status)
