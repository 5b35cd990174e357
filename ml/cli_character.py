"""The commands ``character`` and ``portrait``: concept pictures of characters, all views cut out and in one scale."""

import argparse
from pathlib import Path
from typing import Any, get_args

from .character_terms import BODY_NUMBERS, BUILDS, CHARACTER_INDEX, PORTRAITS
from .cli_common import (
    DONE,
    WRONG_COMMAND,
    colour_argument,
    device_words,
    make_folder,
    print_json,
    run_job,
    say,
)
from .limits import (
    MAX_CHARACTER_M,
    MAX_CHARACTER_PX,
    MAX_PREVIEW_PX,
    MAX_SEED,
    MAX_TRUNCATION,
    MAX_VARIATIONS,
    MIN_CHARACTER_M,
    MIN_CHARACTER_PX,
    MIN_PREVIEW_PX,
)
from .protocol import DeviceChoice
from .protocol_characters import (
    BodyNumber,
    CharacterResult,
    CharacterSheet,
    GenerateCharacter,
    PreviewCharacters,
)
from .wire import to_plain

__all__ = ["add_character_command"]

_PORTRAIT_EXAMPLES = """\
examples:
  python -m ml portrait --archetype monarch --seed 7 --out monarch/
  python -m ml portrait --archetype villager --seed 3 --mix-with 12 --truncation 0.6 --size 512 --out face/
  python -m ml portrait --archetype pirate --variations 9 --vary look --preview 128 --out sheet/
"""
_EXAMPLES = """\
examples:
  python -m ml character --archetype knight --seed 7 --out knight/
  python -m ml character --archetype wizard --seed 3 --main "#3b2a8a" --build slim --height 1.9 --size 1024 --out w/
  python -m ml character --archetype robot --body shoulders=1 legs=0.2 --truncation 0.7 --json --out robot/
  python -m ml character --archetype knight --seed 7 --mix-with 12 --mix-archetype pirate --out mixed/
  python -m ml character --archetype creature --variations 16 --vary look --preview 128 --out sheet/
"""


def add_character_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Add both to the sub-parsers ``commands``."""
    figure = commands.add_parser(
        "character",
        parents=parents,
        help="paint characters: front, side and what views the network has",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_options(figure, tuple(CHARACTER_INDEX))
    portrait = commands.add_parser(
        "portrait",
        parents=parents,
        help="paint heads and shoulders",
        epilog=_PORTRAIT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_options(portrait, PORTRAITS)
    portrait.set_defaults(portrait=True)


def _add_options(parser: argparse.ArgumentParser, known: tuple[str, ...]) -> None:
    archetypes: dict[str, Any] = {"type": str.lower, "choices": known, "metavar": "NAME"}
    parser.add_argument("--archetype", required=True, help=", ".join(known), **archetypes)
    parser.add_argument(
        "--seed", type=int, default=0, help=f"of body and look, 0 to {MAX_SEED}; equal seeds, equal pictures"
    )
    body = parser.add_argument_group("body", "what is left out is left to the seed")
    body.add_argument("--build", choices=BUILDS, help="how heavy")
    body.add_argument(
        "--height",
        type=float,
        metavar="METRES",
        help=f"to the top of the skull, {MIN_CHARACTER_M:g} to {MAX_CHARACTER_M:g}",
    )
    body.add_argument(
        "--body",
        nargs="+",
        default=[],
        metavar="NAME=PLACE",
        help=f"0 the least to 1 the most that the archetype knows: {', '.join(n.id for n in BODY_NUMBERS)}",
    )
    look = parser.add_argument_group("look", "what is left out is left to the seed")
    look.add_argument("--main", type=colour_argument, metavar="RRGGBB", help="main colour")
    look.add_argument("--second", type=colour_argument, metavar="RRGGBB", help="second colour")
    look.add_argument(
        "--truncation",
        type=float,
        default=1.0,
        metavar="T",
        help=f"how far from the average: 0 to {MAX_TRUNCATION:g} (default 1)",
    )
    look.add_argument(
        "--mix-with", type=int, metavar="SEED", help="colours and details of that seed on this body"
    )
    look.add_argument(
        "--mix-archetype", help="whose colours those are (default: this archetype's)", **archetypes
    )
    parser.add_argument(
        "--variations", type=int, default=1, metavar="N", help=f"how many, 1 to {MAX_VARIATIONS}"
    )
    parser.add_argument(
        "--vary", choices=("both", "body", "look"), default="both", help="which seeds go on (default: both)"
    )
    parser.add_argument(
        "--size",
        type=int,
        default=1024,
        metavar="PX",
        help=f"height of the pictures, {MIN_CHARACTER_PX} to {MAX_CHARACTER_PX} (default 1024)",
    )
    parser.add_argument(
        "--interpolate",
        action="store_true",
        help="bring the pictures to that height without the network that draws them larger",
    )
    parser.add_argument(
        "--preview",
        type=int,
        metavar="PX",
        help=f"small front views instead, {MIN_PREVIEW_PX} to {MAX_PREVIEW_PX} pixels wide",
    )
    parser.add_argument("--device", choices=get_args(DeviceChoice), default="auto", help="default: auto")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the PNG files go")
    parser.set_defaults(run=_character, portrait=False)


def _character(options: argparse.Namespace) -> int:
    try:
        request = _request(options)
        previews = None
        if options.preview is not None:
            previews = PreviewCharacters(request.job, request, options.preview)
    except ValueError as error:
        say(f"python -m ml {'portrait' if options.portrait else 'character'}: {error}")
        return WRONG_COMMAND
    make_folder(options.out)
    from .tasks.character import generate_character, preview_characters

    result: CharacterResult | CharacterSheet
    if previews:
        result = run_job(preview_characters, previews, options.models)
    else:
        result = run_job(generate_character, request, options.models)
    if options.json:
        print_json(to_plain(result))
        return DONE
    for path in _paths(result):
        print(path)
    say(
        f"{request.variations} done in {result.elapsed_seconds:.2f} s on {device_words(result.device)} "
        f"by {result.model.name}."
    )
    if isinstance(result, CharacterResult) and result.enlarger_missing:
        say(
            "This FilmAI came without its network for larger pictures: they are interpolated, with softer edges."
        )
    return DONE


def _paths(result: CharacterResult | CharacterSheet) -> list[str]:
    if isinstance(result, CharacterSheet):
        return [preview.path for preview in result.previews]
    return [view.path for made in result.characters for view in made.views]


def _request(options: argparse.Namespace) -> GenerateCharacter:
    if options.mix_archetype and options.mix_with is None:
        raise ValueError("--mix-archetype needs --mix-with, the other's seed")
    return GenerateCharacter(
        job="command-line",
        archetype=options.archetype,
        body_seed=options.seed,
        look_archetype=options.mix_archetype or options.archetype,
        look_seed=options.seed if options.mix_with is None else options.mix_with,
        variations=options.variations,
        vary=options.vary,
        build=options.build,
        height_m=options.height,
        numbers=_numbers(options.body),
        main=options.main,
        second=options.second,
        truncation=options.truncation,
        height_px=options.size,
        enlarge=not options.interpolate,
        device=options.device,
        out_dir=str(options.out.resolve()),
        portrait=options.portrait,
    )


def _numbers(words: list[str]) -> tuple[BodyNumber, ...]:
    numbers: list[BodyNumber] = []
    for word in words:
        name, _, value = word.partition("=")
        try:
            place = float(value)
        except ValueError:
            raise ValueError(f"--body takes NAME=PLACE, for example legs=0.7, not {word!r}") from None
        numbers.append(BodyNumber(name, place))
    return tuple(numbers)
