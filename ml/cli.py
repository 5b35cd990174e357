"""The backend's command line: the worker for Blender, and the same jobs for people and scripts.

``python -m ml material``, ``texture``, ``character``, ``describe`` and ``cuts`` run the very tasks that the
buttons in Blender run. Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 the job failed, 2 the
command line is wrong, 130 interrupted.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from .cli_character import add_character_command
from .cli_common import DONE, FAILED, print_json, say
from .cli_describe import add_cuts_command, add_describe_command
from .cli_material import add_material_command
from .cli_texture import add_texture_command
from .errors import TaskError, failure_of
from .protocol import FAMILIES
from .wire import to_plain

__all__ = ["main"]

_INTERRUPTED = 130
_LONGEST_IDLE_SECONDS = 1_000_000
_EXAMPLES = """\
examples:
  python -m ml material --family cobblestone --seed 7 --base "#6b6258" --out cobbles/
  python -m ml texture --family brick --seed 7 --size 1024 --out brick/
  python -m ml texture --family moss --variations 4 --device cpu --json --out moss/
  python -m ml character --archetype knight --seed 7 --out knight/
  python -m ml describe film.mp4 --cuts --srt film.srt
  python -m ml cuts film.mp4 --json
  python -m ml families
  python -m ml probe

rendering training data, training and export are commands of their own:
  python -m ml.datagen.materials --help
  python -m ml.train.folder --help
  python -m ml.train.guided --help
  python -m ml.train.dcgan --help
  python -m ml.export.guided --help
  python -m ml.export.dcgan --help
"""


def main(argv: list[str]) -> int:
    """Run one command; returns its exit code."""
    # idle threads of numpy's linear algebra would spin on cores that Blender needs
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args(argv)
    sys.path.extend(options.site)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except KeyboardInterrupt:
        say("Interrupted; nothing was left behind.")
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has read enough; without this, Python complains once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except TaskError as error:
        # expected, so how it came about is nobody's business
        say(f"{error.message}\n[{error.code}] {error.detail}".rstrip())
        return FAILED
    except Exception as error:  # noqa: BLE001  (the one place where they all end)
        failure = failure_of(error)
        say(f"{failure.message}\n[{failure.code}] {failure.detail.strip()}")
        return FAILED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--models", type=Path, default=_own_models(), metavar="DIR", help="the model folder")
    common.add_argument(
        "--own-models", type=Path, metavar="DIR", help="the folder of models that you trained yourself"
    )
    common.add_argument(
        "--site", action="append", default=[], metavar="DIR", help="also look for packages here"
    )
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print one JSON object")

    parser = argparse.ArgumentParser(
        prog="python -m ml",
        description="FilmAI without Blender.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    add_material_command(commands, [common, as_json])
    add_texture_command(commands, [common, as_json])
    add_character_command(commands, [common, as_json])
    add_describe_command(commands, [common, as_json])
    add_cuts_command(commands, [common, as_json])
    probe = commands.add_parser("probe", parents=[common, as_json], help="what this Python offers")
    probe.set_defaults(run=_probe)
    families = commands.add_parser("families", parents=[common, as_json], help="list the material families")
    families.set_defaults(run=_families)
    models = commands.add_parser("models", parents=[common, as_json], help="list and check the models")
    models.set_defaults(run=_models)

    worker = commands.add_parser("worker", parents=[common], help="serve Blender over stdin and stdout")
    worker.add_argument(
        "--idle-seconds", type=_seconds, default=300, metavar="N", help="then models are dropped"
    )
    worker.add_argument("--parent-pid", type=int, metavar="PID", help="end when this process does")
    worker.set_defaults(run=_worker)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    # the longest wait that every system can do; the comparison is false for NaN
    if not 0 <= seconds <= _LONGEST_IDLE_SECONDS:
        raise argparse.ArgumentTypeError(f"{text} is not within 0 to {_LONGEST_IDLE_SECONDS}")
    return seconds


def _probe(options: argparse.Namespace) -> int:
    from .infer.probe import probe

    with contextlib.redirect_stdout(sys.stderr):
        found = probe()
    if options.json:
        print_json(to_plain(found))
    else:
        for package in ("python", "numpy", "pillow", "onnxruntime"):
            print(f"{package:12} {getattr(found, package) or 'missing'}")
        print(f"{'providers':12} {', '.join(found.providers) or 'none'}")
        for device in found.devices:
            reason = f" ({device.used.reason})" if device.used.reason else ""
            print(f"device {device.choice:5} {device.used.kind}{reason}")
        for problem in found.problems:
            say(problem)
    return FAILED if found.problems else DONE


def _families(options: argparse.Namespace) -> int:
    if options.json:
        print_json({"families": [{"id": family.id, "label": family.label} for family in FAMILIES]})
    else:
        for family in FAMILIES:
            print(f"{family.id:16} {family.label}")
    return DONE


def _models(options: argparse.Namespace) -> int:
    from .infer.models import OWN_REMEDY, list_models

    models, problems = list_models(options.models)
    if options.own_models:
        own, own_problems = list_models(options.own_models, OWN_REMEDY)
        models, problems = (*models, *own), (*problems, *own_problems)
    if options.json:
        print_json({"models": [to_plain(model.used) for model in models], "problems": list(problems)})
    else:
        for model in models:
            print(f"{model.card.name} {model.card.version} ({model.card.licence}) {model.folder}")
        for problem in problems:
            say(problem)
    return FAILED if problems or not models else DONE


def _worker(options: argparse.Namespace) -> int:
    from .worker import WorkerOptions
    from .worker import main as work

    return work(WorkerOptions(options.models, options.idle_seconds, options.parent_pid, options.own_models))


def _own_models() -> Path:
    return Path(__file__).resolve().parent / "models"
