"""The backend's command line: the worker for Blender, and the same jobs for people and scripts.

``python -m ml texture`` runs the very task that the button in Blender runs. Results go to stdout, everything
else to stderr. Exit codes: 0 done, 1 the job failed, 2 the command line is wrong, 130 interrupted.
"""

import argparse
import contextlib
import difflib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from .errors import TaskError, failure_of
from .protocol import (
    FAMILIES,
    MAX_SEED,
    MAX_TEXTURE_SIZE_PX,
    MAX_VARIATIONS,
    MIN_TEXTURE_SIZE_PX,
    DeviceChoice,
    GenerateTexture,
    TextureResult,
)
from .terminal import ProgressBar
from .wire import to_plain

__all__ = ["main"]

_DONE, _FAILED, _WRONG_COMMAND, _INTERRUPTED = 0, 1, 2, 130
_LONGEST_IDLE_SECONDS = 1_000_000
_EXAMPLES = """\
examples:
  python -m ml texture --family brick --seed 7 --size 1024 --out brick/
  python -m ml texture --family moss --variations 4 --device cpu --json --out moss/
  python -m ml families
  python -m ml probe

rendering training data, training and export are commands of their own:
  python -m ml.datagen.materials --help
  python -m ml.train.dcgan --help
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
        _say("Interrupted; nothing was left behind.")
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has read enough; without this, Python complains once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception as error:  # noqa: BLE001  (the one place where they all end)
        failure = failure_of(error)
        _say(f"{failure.message}\n[{failure.code}] {failure.detail.strip()}")
        return _FAILED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--models", type=Path, default=_own_models(), metavar="DIR", help="the model folder")
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

    texture = commands.add_parser("texture", parents=[common, as_json], help="draw seamless textures")
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


def _texture(options: argparse.Namespace) -> int:
    try:
        request = GenerateTexture(
            job="command-line",
            family=_family_id(options.family),
            seed=options.seed,
            size_px=options.size,
            variations=options.variations,
            device=options.device,
            out_dir=str(options.out.resolve()),
        )
    except ValueError as error:
        _say(f"python -m ml texture: {error}")
        return _WRONG_COMMAND
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {options.out} cannot be made. Choose another one for --out."
        raise TaskError("FOLDER_NOT_WRITABLE", message, str(error)) from error
    result = _run_texture(request, options.models)
    if options.json:
        _print_json(to_plain(result))
        return _DONE
    for image in result.images:
        print(image.path)
    device = f"{result.device.kind} ({result.device.reason})" if result.device.reason else result.device.kind
    _say(f"{len(result.images)} done in {result.elapsed_seconds:.2f} s on {device} by {result.model.name}.")
    return _DONE


def _run_texture(request: GenerateTexture, models_dir: Path) -> TextureResult:
    from .tasks.context import TaskContext, make_networks
    from .tasks.texture import generate_texture

    # stdout is for the result; a library that prints while it looks for a GPU must not get there
    with contextlib.redirect_stdout(sys.stderr), ProgressBar(sys.stderr) as bar:
        return generate_texture(request, TaskContext(models_dir.resolve(), make_networks(), bar.show))


def _family_id(name: str) -> str:
    """The id for an id or a label, however it is written. Raises ValueError with the nearest names."""
    known = {family.id: family.id for family in FAMILIES}
    known |= {family.label.lower().replace(" ", "_").replace("-", "_"): family.id for family in FAMILIES}
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3)
    advice = f"did you mean {' or '.join(near)}?" if near else "python -m ml families lists them"
    raise ValueError(f"unknown family {name!r}; {advice}")


def _probe(options: argparse.Namespace) -> int:
    from .infer.probe import probe

    with contextlib.redirect_stdout(sys.stderr):
        found = probe()
    if options.json:
        _print_json(to_plain(found))
    else:
        for package in ("python", "numpy", "pillow", "onnxruntime"):
            print(f"{package:12} {getattr(found, package) or 'missing'}")
        print(f"{'providers':12} {', '.join(found.providers) or 'none'}")
        for device in found.devices:
            reason = f" ({device.used.reason})" if device.used.reason else ""
            print(f"device {device.choice:5} {device.used.kind}{reason}")
        for problem in found.problems:
            _say(problem)
    return _FAILED if found.problems else _DONE


def _families(options: argparse.Namespace) -> int:
    if options.json:
        _print_json({"families": [{"id": family.id, "label": family.label} for family in FAMILIES]})
    else:
        for family in FAMILIES:
            print(f"{family.id:16} {family.label}")
    return _DONE


def _models(options: argparse.Namespace) -> int:
    from .infer.models import list_models

    models, problems = list_models(options.models)
    if options.json:
        _print_json({"models": [to_plain(model.used) for model in models], "problems": list(problems)})
    else:
        for model in models:
            print(f"{model.card.name} {model.card.version} ({model.card.licence}) {model.folder}")
        for problem in problems:
            _say(problem)
    return _FAILED if problems or not models else _DONE


def _worker(options: argparse.Namespace) -> int:
    from .worker import WorkerOptions
    from .worker import main as work

    return work(WorkerOptions(options.models, options.idle_seconds, options.parent_pid))


def _own_models() -> Path:
    return Path(__file__).resolve().parent / "models"


def _print_json(plain: Any) -> None:
    print(json.dumps(plain, indent=2))


def _say(text: str) -> None:
    print(text, file=sys.stderr)
