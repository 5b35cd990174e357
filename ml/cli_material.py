"""The command ``material``: seamless materials with all their maps, in any size and colour."""

import argparse
from pathlib import Path
from typing import Any, get_args

from .cli_common import (
    DONE,
    WRONG_COMMAND,
    colour_argument,
    device_words,
    family_id,
    make_folder,
    print_json,
    run_job,
    say,
)
from .cli_prompt import prompt_report, take_prompt
from .limits import MAX_PREVIEW_PX, MIN_PREVIEW_PX
from .protocol import (
    MAP_KINDS,
    MATERIAL_STEP_PX,
    MAX_ACROSS,
    MAX_CONTRAST,
    MAX_MATERIAL_SIZE_PX,
    MAX_SEED,
    MAX_VARIATIONS,
    MIN_MATERIAL_SIZE_PX,
    DeviceChoice,
    GenerateMaterial,
    LayoutChoice,
    LayoutNumber,
    LayoutWish,
    LookWish,
    MaterialResult,
)
from .protocol_material import Between
from .protocol_preview import PreviewMaterials, PreviewSheet
from .wire import to_plain

__all__ = ["add_material_command"]

_EXAMPLES = """\
examples:
  python -m ml material --family brick --seed 7 --out brick/
  python -m ml material --family cobblestone --base "#6b6258" --wear 0.8 --size 2048 --out cobbles/
  python -m ml material --family wood_planks --width 2048 --height 1024 --across 2 --maps basecolor normal --out floor/
  python -m ml material --family rock --mix moss 0.4 --look-seed 3 --variations 4 --vary layout --json --out rocks/
  python -m ml material --prompt "mossy cobblestone, dark and wet" --out cobbles/
  python -m ml material --family brick --variations 9 --preview 128 --out sheet/
  python -m ml material --family user:my_slate --own-models my_models --layout family=brick --out slate/
  python -m ml material --family marble --layout-image logo.png --second "#202020" --out logo/
"""


def add_material_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Add it to the sub-parsers ``commands``."""
    parser = commands.add_parser(
        "material",
        parents=parents,
        help="paint seamless materials with all their maps",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sizes = f"{MIN_MATERIAL_SIZE_PX} to {MAX_MATERIAL_SIZE_PX}, a multiple of {MATERIAL_STEP_PX}"
    parser.add_argument(
        "--family",
        help="a material family; the command families lists them; user:NAME for one of your own",
    )
    parser.add_argument(
        "--prompt", metavar="TEXT", help="what it should be, in English or Chinese; other options beat it"
    )
    parser.add_argument(
        "--mix", nargs=2, metavar=("FAMILY", "SHARE"), help="mix in the paint of another family: 0 to 1"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help=f"of layout and look, 0 to {MAX_SEED}; equal seeds, equal maps"
    )
    parser.add_argument("--layout-seed", type=int, metavar="SEED", help="of the layout alone")
    parser.add_argument("--look-seed", type=int, metavar="SEED", help="of the look alone")
    parser.add_argument("--size", type=int, default=1024, metavar="PX", help=f"{sizes} (default 1024)")
    parser.add_argument("--width", type=int, metavar="PX", help="when it is not square")
    parser.add_argument("--height", type=int, metavar="PX", help="when it is not square")
    look = parser.add_argument_group("look", "what is left out is left to the seed")
    look.add_argument("--base", type=colour_argument, metavar="RRGGBB", help="mean colour of what stands out")
    look.add_argument(
        "--second", type=colour_argument, metavar="RRGGBB", help="mean colour of joints and veins"
    )
    look.add_argument("--lightness", type=float, help="-1 much darker to 1 much lighter")
    look.add_argument("--contrast", type=float, help=f"0 to {MAX_CONTRAST:g} times its own")
    look.add_argument("--roughness", type=float, help="-1 to 1, added")
    look.add_argument("--wear", type=float, help="0 pristine to 1 worn")
    look.add_argument(
        "--towards",
        nargs=2,
        metavar=("SEED", "SHARE"),
        help="go that far, 0 to 1, to the look of another seed",
    )
    layout = parser.add_argument_group("layout")
    layout.add_argument(
        "--across", type=int, metavar="N", help=f"layouts side by side, 1 to {MAX_ACROSS} (default 1)"
    )
    layout.add_argument(
        "--layout", nargs="+", default=[], metavar="NAME=VALUE", help="for example rows=6 pattern=herringbone"
    )
    layout.add_argument("--layout-image", type=Path, metavar="FILE", help="a picture that is the layout")
    parser.add_argument(
        "--relief", type=float, default=0.02, help="from lowest to highest point, in widths of the picture"
    )
    parser.add_argument("--maps", nargs="+", choices=MAP_KINDS, default=list(MAP_KINDS), help="default: all")
    parser.add_argument(
        "--variations", type=int, default=1, metavar="N", help=f"how many, 1 to {MAX_VARIATIONS}"
    )
    parser.add_argument(
        "--vary", choices=("both", "layout", "look"), default="both", help="what differs between variations"
    )
    parser.add_argument(
        "--preview",
        type=int,
        metavar="PX",
        help=f"small lit pictures instead of maps, {MIN_PREVIEW_PX} to {MAX_PREVIEW_PX} pixels wide",
    )
    parser.add_argument("--device", choices=get_args(DeviceChoice), default="auto", help="default: auto")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the PNG files go")
    parser.set_defaults(run=_material)


def _material(options: argparse.Namespace) -> int:
    try:
        reading = take_prompt(options)
        request = _request(options)
        previews = None
        if options.preview is not None:
            previews = PreviewMaterials(request.job, request, options.preview)
    except ValueError as error:
        say(f"python -m ml material: {error}")
        return WRONG_COMMAND
    make_folder(options.out)
    result: MaterialResult | PreviewSheet
    if previews:
        from .tasks.previews import preview_materials

        result = run_job(preview_materials, previews, options.models, options.own_models)
    else:
        from .tasks.material import generate_material

        result = run_job(generate_material, request, options.models, options.own_models)
    for note in result.notes:
        say(note)
    if options.json:
        print_json(to_plain(result) | ({"prompt": prompt_report(reading)} if reading else {}))
        return DONE
    for path in _paths(result):
        print(path)
    say(
        f"{request.variations} done in {result.elapsed_seconds:.2f} s on {device_words(result.device)} "
        f"by {result.model.name}."
    )
    return DONE


def _paths(result: MaterialResult | PreviewSheet) -> list[str]:
    if isinstance(result, PreviewSheet):
        return [preview.path for preview in result.previews]
    return [entry.path for material in result.materials for entry in material.maps]


def _request(options: argparse.Namespace) -> GenerateMaterial:
    family = family_id(options.family)
    mix_family, mix = (family_id(options.mix[0]), float(options.mix[1])) if options.mix else (family, 0.0)
    numbers, choices = _layout_values(options.layout)
    look = LookWish(
        base=options.base,
        second=options.second,
        lightness=0.0 if options.lightness is None else options.lightness,
        contrast=1.0 if options.contrast is None else options.contrast,
        roughness=0.0 if options.roughness is None else options.roughness,
        wear=options.wear,
    )
    return GenerateMaterial(
        job="command-line",
        family=family,
        mix_family=mix_family,
        mix=mix,
        layout_seed=options.seed if options.layout_seed is None else options.layout_seed,
        look_seed=options.seed if options.look_seed is None else options.look_seed,
        variations=options.variations,
        vary=options.vary,
        width_px=options.width or options.size,
        height_px=options.height or options.size,
        look=look,
        layout=LayoutWish(
            across=1 if options.across is None else options.across,
            numbers=numbers,
            choices=choices,
            image=str(options.layout_image.resolve()) if options.layout_image else "",
        ),
        between=_between(options.towards, family, mix_family, mix, look),
        relief_widths=options.relief,
        maps=tuple(options.maps),
        device=options.device,
        out_dir=str(options.out.resolve()),
    )


def _between(
    towards: list[str] | None, family: str, mix_family: str, mix: float, look: LookWish
) -> Between | None:
    if towards is None:
        return None
    seed, share = towards
    return Between(family, mix_family, mix, int(seed), look, float(share))


def _layout_values(words: list[str]) -> tuple[tuple[LayoutNumber, ...], tuple[LayoutChoice, ...]]:
    numbers: list[LayoutNumber] = []
    choices: list[LayoutChoice] = []
    for word in words:
        name, separator, value = word.partition("=")
        if not separator or not name or not value:
            raise ValueError(f"--layout takes NAME=VALUE, for example rows=6, not {word!r}")
        try:
            numbers.append(LayoutNumber(name, float(value)))
        except ValueError:
            choices.append(LayoutChoice(name, value))
    return tuple(numbers), tuple(choices)
