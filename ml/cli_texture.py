"""The command ``texture``: concept pictures by the reference DCGAN."""

import argparse
from pathlib import Path
from typing import Any, get_args

from .cli_common import DONE, WRONG_COMMAND, device_words, family_id, make_folder, print_json, run_job, say
from .protocol import (
    MAX_SEED,
    MAX_TEXTURE_SIZE_PX,
    MAX_VARIATIONS,
    MIN_TEXTURE_SIZE_PX,
    DeviceChoice,
    GenerateTexture,
)
from .wire import to_plain

__all__ = ["add_texture_command"]


def add_texture_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Add it to the sub-parsers ``commands``."""
    texture = commands.add_parser("texture", parents=parents, help="draw small concept textures")
    texture.add_argument("--family", required=True, help="a material family; the command families lists them")
    texture.add_argument("--seed", type=int, default=0, help=f"0 to {MAX_SEED}; equal seeds, equal pictures")
    texture.add_argument(
        "--size",
        type=int,
        default=1024,
        metavar="PX",
        help=f"width and height, {MIN_TEXTURE_SIZE_PX} to {MAX_TEXTURE_SIZE_PX} (default 1024)",
    )
    texture.add_argument(
        "--variations", type=int, default=1, metavar="N", help=f"how many, 1 to {MAX_VARIATIONS}"
    )
    texture.add_argument("--device", choices=get_args(DeviceChoice), default="auto", help="default: auto")
    texture.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the PNG files go")
    texture.set_defaults(run=_texture)


def _texture(options: argparse.Namespace) -> int:
    try:
        request = GenerateTexture(
            job="command-line",
            family=family_id(options.family),
            seed=options.seed,
            size_px=options.size,
            variations=options.variations,
            device=options.device,
            out_dir=str(options.out.resolve()),
        )
    except ValueError as error:
        say(f"python -m ml texture: {error}")
        return WRONG_COMMAND
    make_folder(options.out)
    from .tasks.texture import generate_texture

    result = run_job(generate_texture, request, options.models)
    if options.json:
        print_json(to_plain(result))
        return DONE
    for image in result.images:
        print(image.path)
    say(
        f"{len(result.images)} done in {result.elapsed_seconds:.2f} s on {device_words(result.device)} "
        f"by {result.model.name}."
    )
    return DONE
