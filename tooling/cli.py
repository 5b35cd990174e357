"""The command line of build.py: words in, calls out, and the one place where a BuildError becomes text."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from .console import Console
from .errors import BuildError
from .platforms import DEFAULT_PYTHONS, PLATFORMS, PYTHONS, RUNTIMES, host_platform

__all__ = ["main"]

EXAMPLES = """\
examples:
  python build.py                                   the extension for this system, into dist/
  python build.py --platform windows-x64            ... for another system
  python build.py --all                             ... for all three systems
  python build.py --python 3.11 --python 3.13 --python 3.14
                                                    ... also for Debian's own Blender
  python build.py --runtime cuda                    ... with onnxruntime-gpu and CUDA (gigabytes)
  python build.py --json                            ... and say what was made as JSON
  python build.py demo                              texture and render a scene in a real Blender, into demo/
  python build.py test                              every check and test, in both Blenders
  python build.py test --only unit,contract         some of them
  python build.py test --only blender --blender 4.5
  python build.py check                             ruff and mypy
  python build.py lock                              refresh requirements/wheels.lock.json
  python build.py bench                             measure, into bench/results/
  python build.py faults                            inject every fault 20 times, in both Blenders

Everything that is fetched lies in .envs/ and in the user's cache folder (FILMAI_CACHE moves it).
"""

FAULT_EXAMPLES = """\
examples:
  python build.py faults --list                     the names
  python build.py faults --only killed --times 3    some of them, three times each, in both Blenders
  python build.py faults --blender 5.2 --json       all of them, 20 times each, in one
  python build.py faults --page docs/faults.md      all of them, as a page
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 when it did what was asked."""
    options = _parser().parse_args(arguments)
    plain = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    # with --json, stdout belongs to the JSON
    console = Console.on(sys.stderr if options.json else sys.stdout, plain=plain)
    # as Ctrl+C, so that the child at work is ended too when CI gives up on us
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _run(options, console)
    except BuildError as error:
        sys.stdout.flush()
        print(f"\nerror: {error.message}\nwhat to do: {error.remedy}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. What was half made is made anew the next time.", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace, console: Console) -> int:
    # imported here, so that `build.py --help` costs nothing and a fault in one command spares the others
    match options.command:
        case None:
            return _package(options, console)
        case "test":
            from .testrun import run_tests

            return run_tests(options.only, options.blender, console)
        case "check":
            from .checks import run_checks

            return run_checks(console)
        case "demo":
            from .demo import run_demo

            return run_demo(options.blender, console)
        case "bench":
            from .bench import run_bench

            return run_bench(options.repeats, options.blender, console)
        case "faults":
            return _faults(options, console)
        case _:
            from .resolve import refresh_lock

            console.say(f"{len(refresh_lock(console))} wheels locked.")
            return 0


def _package(options: argparse.Namespace, console: Console) -> int:
    from .package import build_package, describe, describe_sizes

    platforms = list(PLATFORMS) if options.all else options.platform or [host_platform()]
    packages = []
    for platform in dict.fromkeys(platforms):
        pythons = tuple(dict.fromkeys(options.python or DEFAULT_PYTHONS))
        package = build_package(platform, pythons, options.runtime, console)
        packages.append(package)
        console.say(describe(package))
    if len(packages) > 1:
        console.say(describe_sizes(packages))
    if options.json:
        print(json.dumps([package.as_plain() for package in packages], indent=2))
    return 0


def _faults(options: argparse.Namespace, console: Console) -> int:
    from .faults import FaultOptions, fault_names, run_faults

    if options.list:
        for name in fault_names():
            print(name)
        return 0
    wanted = FaultOptions(
        times=options.times,
        only=tuple(options.only),
        blender=options.blender,
        page=options.page,
        records=options.records,
        as_json=options.json,
    )
    return run_faults(wanted, console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Package FilmAI for Blender, show it at work, test it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--platform",
        action="append",
        choices=list(PLATFORMS),
        help="system to package for (default: this)",
    )
    parser.add_argument("--all", action="store_true", help="package for every system")
    parser.add_argument(
        "--python",
        action="append",
        choices=PYTHONS,
        help=f"Python to package for, repeatable (default: {' and '.join(DEFAULT_PYTHONS)})",
    )
    parser.add_argument("--runtime", choices=RUNTIMES, default="cpu", help="what computes (default: cpu)")
    parser.add_argument("--json", action="store_true", help="say what was packaged as JSON on stdout")

    commands = parser.add_subparsers(dest="command", metavar="{demo,test,check,lock,bench,faults}")
    demo = commands.add_parser("demo", help="texture and render a scene in a real Blender, into demo/")
    _add_blender(demo, "the newest that this machine has a Python for")
    test = commands.add_parser("test", help="every check and test")
    test.add_argument(
        "--only",
        type=_parts,
        default=(),
        metavar="PART[,PART]",
        help="some of: lint, types, unit, contract, ml, blender (default: all)",
    )
    _add_blender(test, "both")
    commands.add_parser("check", help="ruff and mypy alone")
    commands.add_parser("lock", help="refresh requirements/wheels.lock.json")
    bench = commands.add_parser("bench", help="measure, into bench/results/")
    bench.add_argument("--repeats", type=int, default=7, help="measurements per row; the median counts")
    _add_blender(bench, "the newest that this machine has a Python for")
    _add_faults(commands)
    return parser


def _add_faults(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    faults = commands.add_parser(
        "faults",
        help="inject every fault many times, and say what came of it",
        epilog=FAULT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    faults.add_argument(
        "--times", type=int, default=20, help="how often each fault is injected (default: 20)"
    )
    faults.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="faults with this in their name; repeatable",
    )
    _add_blender(faults, "both")
    faults.add_argument("--list", action="store_true", help="the names of all faults, and no more")
    faults.add_argument("--page", type=Path, help="write the table as a page in Markdown")
    faults.add_argument(
        "--records",
        type=Path,
        help="keep what happened each time in this file; what is in it already counts too",
    )
    # the same word as before the command; without a default here, which would take that one back
    faults.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="the table as JSON on stdout"
    )


def _add_blender(parser: argparse.ArgumentParser, default: str) -> None:
    from .envs import BLENDERS

    parser.add_argument("--blender", choices=list(BLENDERS), help=f"which Blender (default: {default})")


def _parts(text: str) -> tuple[str, ...]:
    from .testrun import PARTS

    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if unknown := sorted(set(parts) - set(PARTS)):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(PARTS)}")
    return parts
