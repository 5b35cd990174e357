"""A plugin of pytest for `build.py faults`: every fault so many times, a line of progress, a record of each time.

Loaded with ``-p tests.faults.report``; without it each fault is an ordinary test that runs once.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

_records = pytest.StashKey["Records"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults")
    group.addoption("--fault-times", type=int, default=1, help="how often each fault is injected")
    group.addoption("--fault-only", action="append", default=[], help="part of a fault's name; repeatable")
    group.addoption("--fault-records", help="file to write the records to, one JSON object a line")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_records] = Records(config.getoption("--fault-records"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    times = metafunc.config.getoption("--fault-times")
    if times > 1 and metafunc.definition.get_closest_marker("once") is None:
        # the fixture of that name, which tests may also ask for
        metafunc.fixturenames.append("fault_time")
        metafunc.parametrize("fault_time", range(times), indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    parts = [part.lower() for part in config.getoption("--fault-only")]
    wanted = [item for item in items if _is_wanted(fault_name(item), parts)]
    chosen = set(wanted)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = wanted
    config.stash[_records].total = len(wanted)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    # one line of our own in the place of pytest's dots
    return (report.outcome, "", "") if report.when == "call" and report.passed else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report: pytest.TestReport = yield
    item.config.stash[_records].take(fault_name(item), report)
    return report


def fault_name(item: pytest.Item) -> str:
    """What the fault is called; empty for a test that injects none."""
    marker = item.get_closest_marker("fault")
    return str(marker.args[0]) if marker is not None else ""


def _is_wanted(name: str, parts: list[str]) -> bool:
    return bool(name) and (not parts or any(part in name.lower() for part in parts))


class Records:
    """What became of every fault, written down as it happens: a crash of Blender must not take it along."""

    def __init__(self, path: str | None) -> None:
        self.total = 0
        self._path = Path(path) if path else None
        self._done = 0
        self._started = time.monotonic()

    def take(self, name: str, report: pytest.TestReport) -> None:
        """Note the end of one test: its call, or what went wrong before or after it."""
        if report.when != "call" and report.passed:
            return
        self._done += report.when != "teardown"
        seen = {key: value for key, value in report.user_properties if isinstance(value, str)}
        record = {
            "fault": name,
            "blender": os.environ.get("FILMAI_FAULT_BLENDER", ""),
            "outcome": report.outcome,
            "seconds": round(report.duration, 3),
            "error": "" if not report.failed else str(report.longrepr)[-2000:],
        }
        record |= {key: seen.get(key, "") for key in ("state", "scene", "next")}
        if report.skipped:
            record["error"] = str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else "skipped")
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")
        print(f"\n[{self._done:4d}/{self.total}] {name}: {report.outcome}, {self._remaining()}", end="")

    def _remaining(self) -> str:
        spent = time.monotonic() - self._started
        left = spent / max(1, self._done) * (self.total - self._done)
        return f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left"
