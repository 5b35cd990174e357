"""`build.py faults`: injects every fault of tests/faults many times, in each Blender, and says what came of it.

Sets up everything itself, as the tests do. Each file of faults has a Blender process of its own, which writes one
record for each time; a crash costs what had not happened yet in that file and counts as a failure.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .checks import stream
from .console import Console, table
from .envs import BLENDERS, DEV, blender_python_or_none, clean_variables, prepare
from .errors import BuildError
from .fault_table import HEADERS, cells, page, read_records, rows_of
from .package import build_package
from .paths import REPOSITORY
from .platforms import DEFAULT_PYTHONS, host_platform

__all__ = ["FaultOptions", "fault_files", "fault_names", "run_faults"]

IN_BLENDER = "tests/faults"
WITHOUT_BLENDER = "tests/contract/test_wire_fuzz.py"
"""Needs packages that Blender's environments do not have."""
NO_BLENDER = "none"
_NAME = re.compile(r'mark\.fault\(\s*"([^"]+)"')
_ENVIRONMENT_NAME = "FILMAI_FAULT_BLENDER"


@dataclass(frozen=True, slots=True)
class FaultOptions:
    """What the command line asks for."""

    times: int
    only: tuple[str, ...]
    """Parts of names; empty for all."""
    blender: str | None
    """None for all that this machine has a Python for."""
    page: Path | None
    records: Path | None
    """Where to keep the records; those that are there already count too."""
    as_json: bool


@dataclass(frozen=True, slots=True)
class _Run:
    blender: str
    python: Path
    file: str
    faults: int


def run_faults(options: FaultOptions, console: Console) -> int:
    """Inject the faults and show the table; 0 when each of them ended as it should. Raises BuildError."""
    if options.times < 1:
        raise BuildError(f"{options.times} times show nothing.", "Ask for 1 or more: --times 20")
    runs = list(_runs(options, console))
    broken: list[str] = []
    zip_file = ""
    if any(run.blender != NO_BLENDER for run in runs):
        zip_file = build_package(host_platform(), DEFAULT_PYTHONS, "cpu", console).path
    with tempfile.TemporaryDirectory() as scratch:
        records = options.records.resolve() if options.records else Path(scratch, "records.jsonl")
        for number in range(1, len(runs) + 1):
            broken += _inject(number, runs, options, (zip_file, records), console)
        rows = rows_of(read_records(records))
    console.say(f"\n{table(HEADERS, [cells(row) for row in rows])}\n")
    for row in rows:
        for error in row.errors:
            console.say(f"{row.fault} (Blender {row.blender}): {error}\n")
    for why in broken:
        console.say(why)
    if options.page is not None:
        options.page.write_text(page(rows, fault_names()), encoding="utf-8")
        console.say(f"written: {options.page}")
    if options.as_json:
        print(json.dumps([row.as_plain() for row in rows], indent=2))
    failed = sum(row.failed for row in rows)
    console.say(f"{sum(row.passed for row in rows)} times as it should be, {failed} times not")
    return 0 if not broken and failed == 0 and any(row.passed for row in rows) else 1


def fault_files() -> list[str]:
    """The files of faults that need Blender, below the repository, in their order."""
    return [f"{IN_BLENDER}/{path.name}" for path in sorted((REPOSITORY / IN_BLENDER).glob("test_*.py"))]


def fault_names(place: str = "") -> list[str]:
    """The names of all faults, or of those in a folder or file of the tests, in the order of the files."""
    names: list[str] = []
    for start in [place] if place else [IN_BLENDER, WITHOUT_BLENDER]:
        path = REPOSITORY / start
        for file in sorted(path.glob("test_*.py")) if path.is_dir() else [path]:
            names += _NAME.findall(file.read_text(encoding="utf-8"))
    return names


def _runs(options: FaultOptions, console: Console) -> Iterator[_Run]:
    """The Blenders that are wanted and there, and last what needs none."""
    wanted = {place: _chosen(place, options.only) for place in (IN_BLENDER, WITHOUT_BLENDER)}
    if not any(wanted.values()):
        raise BuildError(
            f"No fault's name has {' or '.join(options.only)} in it.",
            "See them all: python build.py faults --list",
        )
    if wanted[IN_BLENDER]:
        versions = [options.blender] if options.blender else sorted(BLENDERS)
        present = [version for version in versions if blender_python_or_none(version) is not None]
        if not present:
            python = BLENDERS[versions[-1]].pythons[0]
            raise BuildError(
                f"Blender {' and '.join(versions)} cannot be had: there is no Python {python} here.",
                f"Install it, for example: uv python install {python}",
            )
        for version in sorted(set(versions) - set(present)):
            console.say(
                f"Blender {version} is left out: there is no Python {BLENDERS[version].pythons[0]} here."
            )
        for version in present:
            interpreter = prepare(BLENDERS[version], console)
            for file in fault_files():
                if faults := _chosen(file, options.only):
                    yield _Run(version, interpreter, file, faults)
    if wanted[WITHOUT_BLENDER] and options.blender is None:
        yield _Run(NO_BLENDER, prepare(DEV, console), WITHOUT_BLENDER, wanted[WITHOUT_BLENDER])


def _chosen(place: str, only: Sequence[str]) -> int:
    names = [name.lower() for name in fault_names(place)]
    return sum(not only or any(part.lower() in name for part in only) for name in names)


def _inject(
    number: int,
    runs: Sequence[_Run],
    options: FaultOptions,
    paths: tuple[str, Path],
    console: Console,
) -> list[str]:
    """One file's share; paths: zip and records. Returns why it did not come to its end, if it did not."""
    run, (zip_file, records) = runs[number - 1], paths
    where = "without Blender" if run.blender == NO_BLENDER else f"in Blender {run.blender}"
    what = f"{run.faults} faults of {Path(run.file).name}"
    console.say(f"\n== {number} of {len(runs)}: {what} {where}, {options.times} times each")
    variables = {_ENVIRONMENT_NAME: run.blender, "PYTHONUNBUFFERED": "1"}
    if zip_file:
        variables["FILMAI_ZIP"] = zip_file
    command: list[str | Path] = [run.python, "-m", "pytest", "-p", "tests.faults.report", run.file]
    command += [f"--fault-times={options.times}", f"--fault-records={records}"]
    command += [f"--fault-only={part}" for part in options.only]
    command += ["--quiet", "--color=no", "--tb=short", "-p", "no:cacheprovider"]
    code = stream(command, console, clean_variables(**variables))
    # 1: a fault did not end as it should, which its record says
    return [] if code in (0, 1) else [f"{run.file} {where} broke off with exit code {code}."]
