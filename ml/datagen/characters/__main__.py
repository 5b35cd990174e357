"""The command line: ``python -m ml.datagen.characters --help``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ...characters.archetypes import ARCHETYPE_INDEX
from ...characters.guide import VIEWS
from ..shards import run_shards
from .overview import overview
from .render_files import character_paths

_EXAMPLES = """examples:
  python -m ml.datagen.characters --out data/characters --count 6000 --workers 2
  python -m ml.datagen.characters --out data/characters --split test --count 600
  python -m ml.datagen.characters --out data/look --count 24 --sheet look.png
  python -m ml.datagen.characters --portraits --out data/portraits --count 6000 --workers 2
Characters go to OUT/SPLIT/SEED.png (views side by side, RGBA), SEED_guide.png and SEED.json (the truth);
archetypes take turns. Run again to resume."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    options = _parser().parse_args(arguments)
    options.views = options.views or ("front,three_quarter" if options.portraits else ",".join(VIEWS))
    options.height = (144 if options.portraits else 192) if options.height is None else options.height
    problem = _problem_or_none(options)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    folder, seeds = options.out / options.split, range(options.first, options.first + options.count)
    if options.shard:
        return _render_shard(options, folder, seeds)
    todo = [seed for seed in seeds if not character_paths(folder, seed)["truth"].exists()]
    status = _render_in_processes(options, folder, todo) if todo else 0
    if options.sheet and status == 0:
        overview(folder, seeds).save(options.sheet)
        print(f"look at {options.sheet}")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.datagen.characters",
        description="Render characters with their guides: the same solids, drawn plain and rendered in full.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the characters")
    parser.add_argument(
        "--split", choices=("train", "test"), default="train", help="content and seeds (default: train)"
    )
    parser.add_argument("--count", type=int, default=100, help="how many characters (default: 100)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first one (default: 0)")
    parser.add_argument("--archetypes", default="", help="comma-separated ids (default: all)")
    parser.add_argument(
        "--portraits", action="store_true", help="heads and shoulders of people, in square views"
    )
    parser.add_argument(
        "--views",
        help=f"comma-separated, of {', '.join(VIEWS)} (default: all; front and three_quarter of portraits)",
    )
    parser.add_argument(
        "--height",
        type=int,
        help="of a view in pixels (default: 192, and two thirds as wide; 144 for portraits)",
    )
    parser.add_argument("--samples", type=int, default=4, help="samples per rendered pixel (default: 4)")
    parser.add_argument("--workers", type=int, default=1, help="processes, one core each (default: 1)")
    parser.add_argument("--sheet", type=Path, help="also write a picture of 24 of the characters")
    # "i/n": render every n-th missing one, from the i-th
    parser.add_argument("--shard", help=argparse.SUPPRESS)
    return parser


def _problem_or_none(options: argparse.Namespace) -> str | None:
    """What is wrong with the options, and what to do about it."""
    if options.count < 1 or options.workers < 1 or options.samples < 1 or options.first < 0:
        return "--count, --workers and --samples have to be 1 or more, --first 0 or more"
    if options.height < 48 or options.height % 48:
        return (
            f"--height has to be a multiple of 48, so that views have whole cells of 16; not {options.height}"
        )
    for name, wanted, known in (
        ("--views", options.views, VIEWS),
        ("--archetypes", options.archetypes, ARCHETYPE_INDEX),
    ):
        unknown = [part for part in wanted.split(",") if part not in known] if wanted else []
        if unknown:
            return f"{name}: there is no {unknown[0]!r}; there are {', '.join(known)}"
    return None


def _render_shard(options: argparse.Namespace, folder: Path, seeds: Sequence[int]) -> int:
    # these need bpy, which is slow to load
    from .render import archetype_of, render_character, render_portrait
    from .stage import Stage

    index, shards = (int(part) for part in options.shard.split("/"))
    views = options.views.split(",")
    wanted = options.archetypes.split(",") if options.archetypes else []
    wide = options.height if options.portraits else options.height * 2 // 3
    with Stage((wide, options.height), options.samples) as stage:
        for seed in seeds:
            if seed % shards != index or character_paths(folder, seed)["truth"].exists():
                continue
            if options.portraits:
                render_portrait(stage, folder, seed, options.split, views)
            else:
                render_character(stage, folder, archetype_of(seed, wanted), seed, options.split, views)
    return 0


def _render_in_processes(options: argparse.Namespace, folder: Path, todo: Sequence[int]) -> int:
    arguments = ["--out", str(options.out), "--split", options.split, "--count", str(options.count)]
    arguments += ["--first", str(options.first), "--archetypes", options.archetypes, "--views", options.views]
    arguments += ["--height", str(options.height), "--samples", str(options.samples)]
    arguments += ["--portraits"] if options.portraits else []

    def finished() -> int:
        return sum(character_paths(folder, seed)["truth"].exists() for seed in todo)

    return run_shards(
        "ml.datagen.characters",
        arguments,
        options.workers,
        len(todo),
        finished,
        "character",
        f"characters {options.split}",
    )


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # Blender's own ending sometimes crashes after all is written
    os._exit(status)
