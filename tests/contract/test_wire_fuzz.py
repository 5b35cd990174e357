"""Messages with something wrong in them, to the worker and from it: nobody falls, and what follows works.

Ten thousand each way where faults are injected (`build.py faults`), a tenth of that among the ordinary tests.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filmai_addon.contract import Finished, ReleaseMemory, WireError, decode_event
from filmai_addon.core.jobs import JobState
from filmai_addon.worker_client import WorkerDied
from tests.contract.conftest import argv_of
from tests.fakes.conversation import Conversation
from tests.unit.ml.test_protocol import EVENTS, REQUESTS, line_of, plain_of
from tests.unit.test_dispatch import Stage

MESSAGES = 10_000 if "FILMAI_FAULT_BLENDER" in os.environ else 1_000
BATCH = 50
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["a", "../../etc/passwd", "\x00", "\ud800", "9" * 400, 2**63, -1, 1e308]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def harmed(draw: st.DrawFn, messages: tuple[Any, ...]) -> bytes:
    """One message's line with one thing wrong in it; no thing, now and then."""
    plain = plain_of(draw(st.sampled_from(messages)))
    harm = draw(st.sampled_from(["value", "drop", "add", "cut", "bytes", "deep", "none"]))
    name = draw(st.sampled_from(sorted(plain)))
    if harm == "value":
        plain[name] = draw(JSON)
    elif harm == "drop":
        del plain[name]
    elif harm == "add":
        plain[draw(st.text(max_size=20))] = draw(JSON)
    elif harm == "deep" and isinstance(plain[name], dict):
        inner = plain[name]
        inner[draw(st.sampled_from(sorted(inner) or [""]))] = draw(JSON)
    line = line_of(plain)
    if harm == "cut":
        return line[: draw(st.integers(0, len(line) - 1))] + b"\n"
    if harm == "bytes":
        at = draw(st.integers(0, len(line) - 1))
        return line[:at] + draw(st.binary(max_size=12)).replace(b"\n", b"") + line[at:]
    return line


def batches(messages: tuple[Any, ...]) -> st.SearchStrategy[list[bytes]]:
    return st.lists(harmed(messages), min_size=BATCH, max_size=BATCH)


many = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=MESSAGES // BATCH,
    # every message is drawn from scratch, and is as long as it is
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Conversation]:
    conversation = Conversation(argv_of("real"), tmp_path / "worker.log")
    conversation.ready()
    yield conversation
    conversation.worker.close(0.5)


@pytest.mark.once
@pytest.mark.fault("10,000 requests fuzzed, to the worker")
def test_the_worker_outlives_fuzzed_requests(
    talk: Conversation, record_property: Callable[[str, object], None]
) -> None:
    sent = [0]

    @many
    @given(batches(REQUESTS))
    def send(lines: list[bytes]) -> None:
        for line in lines:
            talk.say(line)
        sent[0] += len(lines)
        # what is asked for properly in between is done
        talk.send(ReleaseMemory(f"proper {sent[0]}"))
        assert isinstance(talk.end_of(f"proper {sent[0]}"), Finished)
        assert not [event for event in talk.heard if isinstance(event, WorkerDied)]
        talk.heard.clear()

    send()
    assert sent[0] >= MESSAGES
    record_property("state", f"refused or failed, each of {sent[0]} by itself")
    record_property("next", "works")


@pytest.mark.once
@pytest.mark.fault("10,000 messages of the worker fuzzed, to Blender's side")
def test_blenders_side_outlives_fuzzed_events(record_property: Callable[[str, object], None]) -> None:
    heard, refused = [0], [0]

    @many
    @given(batches(EVENTS))
    def hear(lines: list[bytes]) -> None:
        stage = Stage()
        for number, line in enumerate(lines):
            # deaths are rationed: an hour passes between two
            stage.now += 3600
            if not stage.dispatcher.has_worker or stage.dispatcher.table.get("a") is None:
                stage.submit("a" if number == 0 else f"a{number}")
            heard[0] += 1
            try:
                stage.hear(decode_event(line))
            except WireError as error:
                refused[0] += 1
                stage.hear(WorkerDied(None, f"The worker broke the protocol: {error}.", ()))
                assert not stage.dispatcher.table.in_state(JobState.RUNNING)
                # what had not begun took no harm: another worker has it
                assert stage.dispatcher.has_worker == bool(stage.dispatcher.table.in_state(JobState.QUEUED))
        stage.submit("proper")
        stage.hear(decode_event(line_of(json.loads(RESULT) | {"job": "proper"})))
        assert stage.state("proper") is JobState.DELIVERING

    hear()
    assert heard[0] >= MESSAGES
    record_property("state", f"{refused[0]} of {heard[0]} refused: the worker is ended, its job fails")
    record_property("next", "works")


RESULT = line_of(next(plain_of(event) for event in EVENTS if isinstance(event, Finished)))
