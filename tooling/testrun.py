"""The whole test run, step after step: checks, the tests without Blender, the packaged zip in Blender.

Every pytest run is a process of its own and reports through a JUnit file; a run that leaves none (a crash)
counts as one failure.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from .checks import LINT, TYPES, run_check, stream
from .console import Console, table
from .envs import BLENDERS, DEV, blender_python_or_none, clean_variables, prepare
from .errors import BuildError
from .package import build_package, describe
from .paths import REPOSITORY
from .platforms import DEFAULT_PYTHONS, host_platform

__all__ = ["PARTS", "Step", "closing_line", "exit_code", "read_counts_or_none", "run_tests"]

PARTS = ("lint", "types", "unit", "contract", "ml", "gui", "blender")
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How the tests of one run ended; an error in a fixture counts as failed."""

    passed: int
    failed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the closing table. ``counts`` is None for a step that runs no tests."""

    name: str
    ok: bool
    seconds: float
    counts: Counts | None = None
    remark: str = ""


def run_tests(only: Sequence[str], blender: str | None, console: Console) -> int:
    """Run those parts (all when empty), in one Blender or in both; 0 when nothing failed and a test ran."""
    parts = tuple(only) or PARTS
    steps = list(_steps(parts, blender, console))
    rows = [_row(step) for step in steps]
    console.say(f"\n{table(['step', 'result', 'passed', 'failed', 'skipped', 'seconds'], rows)}\n")
    for step in steps:
        if step.remark:
            console.say(f"{step.name}: {step.remark}")
    console.say(closing_line(steps))
    return exit_code(steps, tests_wanted=not set(parts) <= {"lint", "types"})


def closing_line(steps: Sequence[Step]) -> str:
    """The sum over all test runs, for example ``212 passed, 0 failed, 3 skipped``."""
    counts = [step.counts for step in steps if step.counts is not None]
    passed = sum(each.passed for each in counts)
    failed = sum(each.failed for each in counts)
    return f"{passed} passed, {failed} failed, {sum(each.skipped for each in counts)} skipped"


def exit_code(steps: Sequence[Step], *, tests_wanted: bool) -> int:
    """0 when every step is well and, where tests were asked for, at least one passed."""
    ran = sum(step.counts.passed for step in steps if step.counts is not None)
    return 0 if all(step.ok for step in steps) and (ran > 0 or not tests_wanted) else 1


def read_counts_or_none(report: Path) -> Counts | None:
    """The counts in a JUnit file, or None when there is none or it is cut short."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (FileNotFoundError, ElementTree.ParseError):
        return None

    def total(key: str) -> int:
        return sum(int(suite.get(key, 0)) for suite in suites)

    failed = total("failures") + total("errors")
    return Counts(max(0, total("tests") - failed - total("skipped")), failed, total("skipped"))


def _steps(parts: Sequence[str], blender: str | None, console: Console) -> Iterator[Step]:
    if set(parts) - {"blender"}:
        yield from _development_steps(parts, console)
    if "blender" in parts:
        yield from _blender_steps(blender, console)


def _development_steps(parts: Sequence[str], console: Console) -> Iterator[Step]:
    started = time.monotonic()
    try:
        python = prepare(DEV, console)
    except BuildError as error:
        yield _broken("environment dev", started, error, console)
        return
    yield Step("environment dev", True, time.monotonic() - started)
    for check in (*(LINT if "lint" in parts else ()), *(TYPES if "types" in parts else ())):
        result = run_check(check, python, console)
        yield Step(result.name, result.passed, result.seconds)
    for part in ("unit", "contract", "ml", "gui"):
        if part in parts:
            yield _pytest(f"tests/{part}", python, f"tests/{part}", clean_variables(), console)


def _blender_steps(only: str | None, console: Console) -> Iterator[Step]:
    wanted = [version for version in sorted(BLENDERS) if only in (None, version)]
    present = [version for version in wanted if blender_python_or_none(version) is not None]
    for version in sorted(set(wanted) - set(present)):
        python = BLENDERS[version].pythons[0]
        why = f"not tested, since there is no Python {python} here; get it with 'uv python install {python}'"
        yield Step(f"Blender {version}", True, 0.0, Counts(0, 0, 0), why)
    if not present:
        return
    started = time.monotonic()
    console.say("\n== package")
    try:
        package = build_package(host_platform(), DEFAULT_PYTHONS, "cpu", console)
    except BuildError as error:
        yield _broken("package", started, error, console)
        return
    console.say(describe(package))
    yield Step("package", True, time.monotonic() - started)
    for version in present:
        yield from _blender_step(version, package.path, console)


def _blender_step(version: str, archive: str, console: Console) -> Iterator[Step]:
    started = time.monotonic()
    try:
        python = prepare(BLENDERS[version], console)
    except BuildError as error:
        yield _broken(f"environment bpy-{version}", started, error, console)
        return
    yield Step(f"environment bpy-{version}", True, time.monotonic() - started)
    environment = clean_variables(FILMAI_ZIP=archive)
    # faults are a command of their own, `build.py faults`: they try what may take a Blender down
    yield _pytest(f"tests/blender in {version}", python, "tests/blender", environment, console)


def _pytest(name: str, python: Path, folder: str, environment: dict[str, str], console: Console) -> Step:
    console.say(f"\n== {name}")
    started = time.monotonic()
    if not (REPOSITORY / folder).is_dir():
        return Step(name, False, 0.0, Counts(0, 1, 0), f"there is no folder {folder}")
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.xml")
        command: list[str | Path] = [python, "-m", "pytest", folder, f"--junitxml={report}"]
        command += ["--quiet", "--durations=5", "--color=no"]
        code = stream(command, console, environment)
        counts = read_counts_or_none(report)
    seconds = time.monotonic() - started
    if counts is None:
        return Step(
            name, False, seconds, Counts(0, 1, 0), f"crashed with exit code {code} and left no report"
        )
    if code != 0 and counts.failed == 0:
        why = "no tests were found" if code == NO_TESTS_COLLECTED else f"pytest ended with exit code {code}"
        return Step(name, False, seconds, Counts(counts.passed, 1, counts.skipped), why)
    return Step(name, code == 0, seconds, counts)


def _broken(name: str, started: float, error: BuildError, console: Console) -> Step:
    console.say(str(error))
    return Step(name, False, time.monotonic() - started, Counts(0, 1, 0), error.message.splitlines()[0])


def _row(step: Step) -> list[str]:
    numbers = ["", "", ""]
    if (counts := step.counts) is not None:
        numbers = [str(count) for count in (counts.passed, counts.failed, counts.skipped)]
    result = "FAILED" if not step.ok else ("not run" if step.remark else "ok")
    return [step.name, result, *numbers, f"{step.seconds:.1f}"]
