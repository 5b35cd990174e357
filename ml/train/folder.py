"""Command that trains a family of one's own on a folder of pictures: from the shipped network, in minutes.

Loads torch only when arguments, packages and pictures are in order, so that whatever is missing is said at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ..families import FAMILY_INDEX
from ..own_families import family_word, own_family_id
from ..parent_watch import watch_parent
from .folder_progress import ASK_FILE, FolderProgress, ProgressFile, take_ask

__all__ = ["PACKAGES", "main", "missing_packages"]

PACKAGES = {"torch": "torch", "numpy": "numpy", "PIL": "pillow"}
"""What is imported, and what pip calls it."""
LAYOUTS = ("pictures", "noise")
EXAMPLES = """examples:
  python -m ml.train.folder --images slate/ --name "My slate" --out my_models
  python -m ml.train.folder --images slate/ --name "My slate" --out my_models --layout roof_tiles --steps 1500
  python -m ml.train.folder --images slate/ --name "My slate" --out my_models --resume
  python -m ml material --family user:my_slate --own-models my_models --seed 7 --out slate_07/

Ctrl+C, SIGTERM, or a file "ask" with the word pause in the run's folder ends it with a checkpoint; --resume goes
on. The word finish makes the family of what was learned so far.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when the family is made, 3 when paused, 2 when something is missing or cannot be used."""
    options = _parser().parse_args(argv)
    try:
        family = own_family_id(options.name)
    except ValueError as error:
        print(f"error: --name: {error}", file=sys.stderr)
        return 2
    options.run = options.run or Path("runs") / family_word(family)
    try:
        options.run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"error: the folder {options.run} cannot be made: {error.strerror}", file=sys.stderr)
        return 2
    # what was asked of an earlier run is not meant for this one
    take_ask(options.run)
    if options.parent_pid is not None:
        ask = options.run / ASK_FILE
        watch_parent(options.parent_pid, lambda: ask.write_text("pause", encoding="utf-8"))
    file = ProgressFile(options.run)
    file.write(FolderProgress("preparing", family, message="Reading the pictures"))
    try:
        return _prepared(options)
    except Exception as error:
        file.write(FolderProgress("failed", family, message=_words(error)))
        if not _is_expected(error):
            raise
        print(f"error: {_words(error)}", file=sys.stderr)
        return 2


def missing_packages() -> str:
    """What has to be installed into this Python, as one sentence with the command; empty when nothing is."""
    missing = [name for package, name in PACKAGES.items() if find_spec(package) is None]
    if not missing:
        return ""
    return (
        f"This Python ({sys.executable}) lacks {', '.join(missing)}. "
        f'Install what it needs with: "{sys.executable}" -m pip install {" ".join(missing)}'
    )


class _MissingError(RuntimeError):
    """The environment lacks packages."""


def _prepared(options: argparse.Namespace) -> int:
    if missing := missing_packages():
        raise _MissingError(missing)
    from .folder_pictures import read_folder

    found = read_folder(options.images)
    print(f"{len(found.pictures)} pictures in {options.images}", file=sys.stderr)
    for note in found.notes:
        print(f"  {note}", file=sys.stderr)
    from .folder_session import train_family

    return train_family(options, found)


def _is_expected(error: Exception) -> bool:
    """Whatever the user can do something about; the rest is a bug and keeps its traceback."""
    from ..errors import TaskError

    names = {"FolderError", "CheckpointError", "RecipeError", "WeightsError", "ParityError"}
    return isinstance(error, _MissingError | TaskError | OSError) or type(error).__name__ in names


def _words(error: Exception) -> str:
    return str(error)[:1000] or type(error).__name__


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.folder",
        description="Train a family of your own on a folder of pictures, from the shipped network.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--images", type=Path, required=True, help="folder of pictures of one material")
    parser.add_argument("--name", required=True, help='what the material is called, for example "My slate"')
    parser.add_argument("--out", type=Path, required=True, help="folder of your own models, made if needed")
    parser.add_argument(
        "--layout",
        default="pictures",
        choices=(*LAYOUTS, *FAMILY_INDEX),
        metavar="LAYOUT",
        help="what it is painted on when nothing is asked for: pictures (as in one of them, the default), noise "
        "(new, with their scales and directions), or a family, for example brick",
    )
    parser.add_argument(
        "--turn", action="store_true", help="it has no up: also learn from it turned by quarters"
    )
    parser.add_argument(
        "--run", type=Path, help="folder for checkpoint, sheets and losses (default: runs/NAME)"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the run's folder")
    parser.add_argument("--steps", type=int, help="steps in all (default: the recipe's 800)")
    parser.add_argument(
        "--minutes", type=float, help="end after so many minutes and make the family of what is there"
    )
    parser.add_argument("--threads", type=int, help="CPU threads; all physical cores when left out")
    parser.add_argument("--recipe", type=Path, help="TOML file with every setting (default: the shipped one)")
    parser.add_argument("--parent-pid", type=int, metavar="PID", help="pause when this process is gone")
    parser.add_argument("--models", type=Path, help="folder of the shipped models (default: FilmAI's own)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
