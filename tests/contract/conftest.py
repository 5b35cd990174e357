"""Starts workers of both kinds, and ends them whatever a test does."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from filmai_addon.worker_client import worker_command
from tests.fakes.conversation import Conversation

REPOSITORY = Path(__file__).parents[2]
FAKES = REPOSITORY / "tests" / "fakes"
MODELS = REPOSITORY / "ml" / "models"


class Start(Protocol):
    """Starts a worker of the test's kind; ``scenario`` is one of the fake worker's."""

    def __call__(self, scenario: str = "happy", idle_seconds: int = 600) -> Conversation: ...


@pytest.fixture(params=["fake", "real"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which worker the test talks to."""
    return str(request.param)


@pytest.fixture
def start(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    begun: list[Conversation] = []

    def start_worker(scenario: str = "happy", idle_seconds: int = 600) -> Conversation:
        monkeypatch.setenv("FILMAI_FAKE_SCENARIO", scenario)
        log = tmp_path / "logs" / f"{len(begun)}.log"
        begun.append(Conversation(argv_of(kind, scenario, idle_seconds), log))
        return begun[-1]

    yield start_worker
    for conversation in begun:
        conversation.worker.close(0.5)


def argv_of(kind: str, scenario: str = "happy", idle_seconds: int = 600) -> tuple[str, ...]:
    """The command line of a worker. The real one's own scenarios: stray_print; slow is up to its jobs."""
    real = worker_command(Path(sys.executable), REPOSITORY, (), MODELS, idle_seconds)
    program = str(REPOSITORY / "ml" / "__main__.py")
    stand_in = {"fake": "fake_worker.py", "real": "printing_worker.py"}[kind]
    if kind == "real" and scenario != "stray_print":
        return real
    return tuple(str(FAKES / stand_in) if word == program else word for word in real)
