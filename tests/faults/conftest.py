"""The packaged extension in a real Blender, with a fault on the way; the fixtures are those of tests/blender."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.blender.conftest import FilmAI, fake, filmai, installed, media, pytest_sessionfinish

try:
    import bpy  # noqa: F401
except ModuleNotFoundError:
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.faults.stage import Stage

__all__ = ["fake", "filmai", "installed", "media", "pytest_sessionfinish"]


@pytest.fixture
def stage(
    filmai: "FilmAI",
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> "Stage":
    """The extension with its own worker."""
    return Stage(filmai, monkeypatch, tmp_path, record_property)


@pytest.fixture
def acting(stage: "Stage", fake: Callable[[str], object]) -> Callable[[str], "Stage"]:
    """``acting(scenario)``: the extension with a worker that only acts, and misbehaves as the scenario has it."""

    def use(scenario: str) -> "Stage":
        fake(scenario)
        return stage

    return use


@pytest.fixture
def fault_time(request: pytest.FixtureRequest) -> int:
    """How many times this fault was injected before, in this run."""
    return int(getattr(request, "param", 0))
