"""`build.py faults`: which faults there are, and what is made of what came of them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.console import Console
from tooling.errors import BuildError
from tooling.fault_table import cells, page, read_records, rows_of
from tooling.faults import (
    IN_BLENDER,
    WITHOUT_BLENDER,
    FaultOptions,
    fault_files,
    fault_names,
    run_faults,
)

REPOSITORY = Path(__file__).resolve().parents[3]


def record(outcome: str = "passed", **changes: str) -> dict[str, str]:
    plain = {
        "fault": "worker killed",
        "blender": "5.2",
        "outcome": outcome,
        "state": "Failed, WORKER_DIED: It was ended.",
        "scene": "unchanged",
        "next": "works",
        "error": "",
    }
    return plain | changes


def options(**changes: object) -> FaultOptions:
    plain: dict[str, object] = {
        "times": 1,
        "only": (),
        "blender": None,
        "page": None,
        "records": None,
        "as_json": False,
    }
    return FaultOptions(**(plain | changes))  # type: ignore[arg-type]


def test_each_fault_has_a_name_of_its_own() -> None:
    names = fault_names()
    assert len(names) == len(set(names)) >= 60
    assert sum("fuzzed" in name for name in fault_names(WITHOUT_BLENDER)) == 2
    # a marker that is written in another way would be left out in silence
    sources = [path.read_text(encoding="utf-8") for path in (REPOSITORY / IN_BLENDER).glob("test_*.py")]
    assert sum(source.count("mark.fault(") for source in sources) == len(fault_names(IN_BLENDER))


def test_each_file_of_faults_is_run_and_together_they_hold_every_name() -> None:
    files = fault_files()
    assert len(files) >= 6
    assert [name for file in files for name in fault_names(file)] == fault_names(IN_BLENDER)


def test_the_list_and_the_help_are_shown() -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "faults"]
    listed = subprocess.run([*command, "--list"], capture_output=True, text=True, check=True)
    assert listed.stdout.splitlines() == fault_names()
    shown = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert "python build.py faults --only killed --times 3" in shown.stdout


@pytest.mark.parametrize(
    ("wrong", "message"), [({"times": 0}, "0 times show nothing"), ({"only": ("earthquake",)}, "earthquake")]
)
def test_what_cannot_be_injected_is_said(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(BuildError, match=message):
        run_faults(options(**wrong), Console(io.StringIO(), live=False))


def test_times_of_a_fault_become_one_row() -> None:
    seen = record(state="Failed, WORKER_DIED: It fell.")
    rows = rows_of([record(), record(blender="4.5"), record(), seen, record(fault="another")])
    assert [(row.fault, row.blender, row.passed) for row in rows] == [
        ("worker killed", "4.5", 1),
        ("worker killed", "5.2", 3),
        ("another", "5.2", 1),
    ]
    assert rows[1].states == ("Failed, WORKER_DIED: It was ended.", "Failed, WORKER_DIED: It fell.")
    assert cells(rows[1])[1:3] == ["5.2", "3"]


def test_a_failure_is_not_lost_among_what_went_well() -> None:
    (row,) = rows_of([record(), record("failed", error="the scene was changed"), record()])
    assert cells(row)[2] == "FAILED 1 of 3"
    assert row.errors == ("the scene was changed",)
    assert "1 not as they should be" in page([row])


def test_what_was_not_injected_says_why() -> None:
    (row,) = rows_of([record("skipped", error="only Linux can", state="", scene="", next="")])
    assert (row.passed, row.failed) == (0, 0)
    assert "not injected: only Linux can" in page([row])


def test_a_record_that_a_crash_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    assert read_records(path) == []
    path.write_text(json.dumps(record()) + '\n{"fault": "wor', encoding="utf-8")
    assert read_records(path) == [record()]


def test_the_page_has_a_line_for_each_row() -> None:
    text = page(rows_of([record(state="a | b"), record(blender="4.5"), record(blender="none")]))
    assert "| worker killed | 5.2 | 1 | a / b | unchanged | works |" in text
    assert "In Blender 4.5 and 5.2, on" in text
    assert "3 times altogether, of which 0" in text
    assert "Not injected" not in text


def test_the_page_says_what_was_not_injected() -> None:
    text = page(rows_of([record()]), ["worker killed", "earthquake", "flood"])
    assert "Not injected in this run: earthquake; flood." in text
