"""build.py as a person meets it: an old Python, a wrong word, a missing interpreter, an interrupted installation."""

import io
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import build
from tooling import envs, pythons
from tooling.console import Console, readable_size, table
from tooling.envs import Environment, prepare
from tooling.errors import BuildError
from tooling.pythons import find_python_or_none, require_python
from tooling.testrun import Counts, Step, closing_line, exit_code, read_counts_or_none

REPOSITORY = Path(__file__).resolve().parents[3]


def test_an_old_python_is_told_which_one_is_needed() -> None:
    message = build.python_problem((3, 8, 10, "final", 0))  # type: ignore[no-untyped-call]
    assert "needs Python 3.11" in message
    assert "this is Python 3.8" in message
    assert "python3.11 build.py" in message
    assert build.python_problem((3, 14, 0, "final", 0)) is None  # type: ignore[no-untyped-call]


def test_build_py_parses_on_old_pythons() -> None:
    source = (REPOSITORY / "build.py").read_text(encoding="utf-8")
    # the oldest grammar that this Python's compiler still knows to check against
    compile(source, "build.py", "exec", flags=0, dont_inherit=True, _feature_version=7)
    assert 'f"' not in source


def test_help_shows_examples_and_a_wrong_word_fails() -> None:
    command = [sys.executable, str(REPOSITORY / "build.py")]
    shown = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert "python build.py demo" in shown.stdout
    wrong = subprocess.run(
        [*command, "test", "--only", "everything"], capture_output=True, text=True, check=False
    )
    assert wrong.returncode != 0
    assert "everything is none of lint, types, unit" in wrong.stderr


def test_a_missing_python_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "_candidates", lambda _version: iter([["no-such-python-anywhere"]]))
    find_python_or_none.cache_clear()
    with pytest.raises(BuildError, match=r"Blender 5\.2 needs Python 3\.13") as caught:
        require_python(("3.13",), "Blender 5.2")
    find_python_or_none.cache_clear()
    assert "uv python install 3.13" in caught.value.remedy


def test_this_python_is_found() -> None:
    (major, minor) = sys.version_info[:2]
    found = find_python_or_none(f"{major}.{minor}")
    assert found is not None
    assert found.exists()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment with nothing in it, made in a scratch folder."""
    monkeypatch.setattr(envs, "ENVS", tmp_path / ".envs")
    (major, minor) = sys.version_info[:2]
    return Environment("bare", (f"{major}.{minor}",), None, "import json", "", ("--without-pip",))


def test_an_environment_is_made_once_and_again_after_an_interruption(bare: Environment) -> None:
    said = io.StringIO()
    console = Console(said, live=False)
    python = prepare(bare, console)
    stamp = python.parents[1] / envs.STAMP_NAME
    assert json.loads(stamp.read_text(encoding="utf-8"))["fingerprint"]
    said.truncate(0)
    assert prepare(bare, console) == python
    assert said.getvalue() == ""
    # as it lies after a power cut: everything but the stamp
    stamp.unlink()
    leftover = python.parents[1] / "half-installed"
    leftover.touch()
    prepare(bare, console)
    assert stamp.exists()
    assert not leftover.exists()


def test_an_environment_that_does_not_work_gets_no_stamp(bare: Environment) -> None:
    broken = replace(bare, name="broken", proof="import nowhere_to_be_found", proof_remedy="the remedy")
    said = io.StringIO()
    with pytest.raises(BuildError, match="does not work") as caught:
        prepare(broken, Console(said, live=False))
    assert caught.value.remedy == "the remedy"
    assert "nowhere_to_be_found" in said.getvalue()
    assert not (envs.ENVS / "broken" / envs.STAMP_NAME).exists()


def test_a_failing_child_shows_its_last_words() -> None:
    console = Console(io.StringIO(), live=False)
    script = "import sys; print('the reason'); sys.exit(3)"
    with pytest.raises(BuildError, match=r"(?s)It broke\. \(exit code 3\).*the reason"):
        console.run([sys.executable, "-c", script], BuildError("It broke.", "Mend it."))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_a_terminated_run_takes_its_child_along(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    child = (
        "import os, pathlib, time;"
        f"pathlib.Path({str(alive)!r}).write_text(str(os.getpid()), encoding='utf-8'); time.sleep(60)"
    )
    script = (
        "import sys, tooling.cli as cli; from tooling.errors import BuildError;"
        f"cli._run = lambda _options, console: console.run([sys.executable, '-c', {child!r}], BuildError('', ''));"
        "sys.exit(cli.main(['check']))"
    )
    run = subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    while not (alive.exists() and alive.read_text(encoding="utf-8")):
        assert run.poll() is None
        time.sleep(0.01)
    run.terminate()
    assert run.wait(30) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(alive.read_text(encoding="utf-8")), 0)


def test_counts_are_read_from_a_report_and_summed(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>',
        encoding="utf-8",
    )
    counts = read_counts_or_none(report)
    assert counts == Counts(4, 3, 3)
    steps = [Step("a", True, 1.0, counts), Step("b", True, 1.0), Step("c", True, 1.0, Counts(5, 0, 0))]
    assert closing_line(steps) == "9 passed, 3 failed, 3 skipped"
    report.write_text("<testsuites><testsuite tes", encoding="utf-8")
    assert read_counts_or_none(report) is None


@pytest.mark.parametrize(
    ("steps", "wanted", "code"),
    [
        ([Step("unit", True, 1.0, Counts(3, 0, 1))], True, 0),
        ([Step("unit", False, 1.0, Counts(3, 1, 0))], True, 1),
        ([Step("ruff", False, 1.0), Step("unit", True, 1.0, Counts(3, 0, 0))], True, 1),
        ([Step("blender", True, 1.0, Counts(0, 0, 4))], True, 1),
        ([], True, 1),
        ([Step("ruff", True, 1.0)], False, 0),
    ],
)
def test_the_run_fails_on_any_failure_and_when_no_test_ran(
    steps: list[Step], wanted: bool, code: int
) -> None:
    assert exit_code(steps, tests_wanted=wanted) == code


def test_tables_and_sizes_for_people() -> None:
    assert (
        table(["what", "size"], [["a", "1 B"], ["long name", "14.2 MB"]]).splitlines()[-1]
        == "long name  14.2 MB"
    )
    assert [readable_size(size) for size in (7, 1500, 14_200_000, 2_100_000_000)] == [
        "7 B",
        "1.5 kB",
        "14.2 MB",
        "2.10 GB",
    ]
