"""What came of the faults: records read, put together by fault and Blender, as a table and as a page."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["HEADERS", "FaultRow", "cells", "page", "read_records", "rows_of"]

HEADERS = ("fault", "Blender", "times", "state the user saw", "scene", "next job")
_MOST_ERRORS = 2


@dataclass(frozen=True, slots=True)
class FaultRow:
    """All times of one fault in one Blender."""

    fault: str
    blender: str
    """A version, or ``none``."""
    passed: int
    failed: int
    skipped: int
    states: tuple[str, ...]
    """What the user was shown, each once."""
    scene: str
    """What the comparison of the scene before and after said."""
    next_job: str
    errors: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def read_records(path: Path) -> list[dict[str, str]]:
    """One record for each time; none when nothing was written. A last line that was cut off is left out."""
    if not path.exists():
        return []
    records: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return records


def rows_of(records: Iterable[dict[str, str]]) -> list[FaultRow]:
    """By fault and Blender, in the order in which they first came."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for record in records:
        groups.setdefault((record["fault"], record["blender"]), []).append(record)
    order = list(dict.fromkeys(fault for fault, _blender in groups))
    rows = [_row(fault, blender, group) for (fault, blender), group in groups.items()]
    return sorted(rows, key=lambda row: (order.index(row.fault), row.blender))


def cells(row: FaultRow) -> list[str]:
    """As the table shows it, cut to what a terminal has room for."""
    state, scene, following = _said(row)
    return [
        row.fault,
        row.blender,
        _times(row),
        state if len(state) < 60 else state[:57] + "...",
        scene,
        following,
    ]


def page(rows: Sequence[FaultRow], names: Sequence[str] = ()) -> str:
    """The same as a page in Markdown, with everything in it; of all ``names`` it says which were not injected."""
    blenders = " and ".join(sorted({row.blender for row in rows} - {"none"})) or "none"
    times, failed = sum(row.passed + row.failed for row in rows), sum(row.failed for row in rows)
    machine = f"{platform.system()} with {os.cpu_count()} processors"
    lines = [
        "# Faults",
        "",
        "What FilmAI does when something goes wrong. Each fault is injected for real into Blender with the packaged",
        "extension; the scene before and after is compared, and another job has to work afterwards. A message says",
        "what happened and what to do next; here is the beginning of it.",
        "",
        "```",
        "python build.py faults                            every fault 20 times, in Blender 4.5 and 5.2",
        "python build.py faults --only killed --times 3    some of them; --list names them all",
        "python build.py faults --page docs/faults.md      this page",
        "```",
        "",
        "Each fault is a test in [tests/faults](../tests/faults), which `python build.py faults` runs; how they are",
        "compared is in [stage.py](../tests/faults/stage.py). Messages are fuzzed without Blender as well, in",
        "[test_wire_fuzz.py](../tests/contract/test_wire_fuzz.py). What is read of files from elsewhere is tested in",
        "[test_untrusted.py](../tests/unit/test_untrusted.py).",
        "",
        f"In Blender {blenders}, on {machine}: {times} times altogether, of which {failed} not as they should be.",
        "",
        f"| {' | '.join(HEADERS)} |",
        f"| {' | '.join('---' for _header in HEADERS)} |",
    ]
    for row in rows:
        state, scene, following = _said(row)
        texts = (row.fault, row.blender, _times(row), state, scene, following)
        lines.append(f"| {' | '.join(text.replace('|', '/') for text in texts)} |")
    there = {row.fault for row in rows}
    if missing := [name for name in names if name not in there]:
        lines += ["", f"Not injected in this run: {'; '.join(missing)}."]
    return "\n".join(lines) + "\n"


def _row(fault: str, blender: str, group: Sequence[dict[str, str]]) -> FaultRow:
    def seen(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(record[key] for record in group if record[key]))

    def ended(outcome: str) -> int:
        return sum(record["outcome"] == outcome for record in group)

    return FaultRow(
        fault=fault,
        blender=blender,
        passed=ended("passed"),
        failed=ended("failed"),
        skipped=ended("skipped"),
        states=seen("state"),
        scene=", ".join(seen("scene")),
        next_job=", ".join(seen("next")),
        errors=seen("error")[:_MOST_ERRORS],
    )


def _times(row: FaultRow) -> str:
    if row.failed:
        return f"FAILED {row.failed} of {row.passed + row.failed}"
    return str(row.passed)


def _said(row: FaultRow) -> tuple[str, str, str]:
    if not row.passed and not row.failed:
        return f"not injected: {' '.join(row.errors)[:80]}", "", ""
    return " / ".join(row.states), row.scene, row.next_job
