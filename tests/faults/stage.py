"""What every fault has in common: what the user saw is noted, the scene is as before, and the next job works."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content, is_running

__all__ = ["LONG", "PATIENCE_SECONDS", "Stage"]

LONG: dict[str, Any] = {"size": 2048, "variations": 16}
"""A job that takes the real worker long enough to interfere with."""
PATIENCE_SECONDS = 240.0
"""Only to end a test that would hang; on a busy machine a start alone can take many seconds."""
_MOST_CHARS = 160
_JOB_ID = re.compile(r"\b[0-9a-f]{12}\b")
"""Another one each time."""


class Stage:
    """The extension, what was there before the fault, and what must be there after it."""

    def __init__(
        self,
        filmai: FilmAI,
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        record: Callable[[str, object], None],
    ) -> None:
        self.filmai = filmai
        self.monkeypatch = monkeypatch
        self.folder = folder
        """Of this test alone."""
        self._record = record
        self._before = content()

    def remember(self) -> None:
        """What is there now is the user's, and must be there afterwards."""
        self._before = content()

    @staticmethod
    def looks() -> dict[str, Any]:
        """Everything of the user's in the open file, to compare."""
        return content()

    # ---- on the way to the fault

    def start_long_job(self) -> str:
        """A job of the real worker that is under way; its id."""
        job = self.filmai.press(**LONG)
        self.filmai.wait_for(job, "RUNNING")
        return job

    def wait_for_phase(self, job: str, *phases: str) -> None:
        self.filmai.tick_until(lambda: self.filmai.pump.job(job).phase in phases)

    def wait_for_result(self, job: str) -> None:
        """Until the worker is done with it, and nothing of it is in the scene yet."""
        dispatcher = self.filmai.pump.dispatcher
        end = time.monotonic() + PATIENCE_SECONDS
        while self.filmai.pump.job(job).state.name != "DELIVERING":
            assert time.monotonic() < end, self.filmai.pump.job(job)
            dispatcher.poll(0.01)
            time.sleep(0.002)

    def job_folder(self, job: str) -> Path:
        return Path(self.filmai.module("paths").job_root()) / job

    def signal_worker(self, number: signal.Signals) -> None:
        os.kill(self.filmai.workers[-1].pid, number)

    # ---- after it

    def ends(self, job: str, state: str, code: str = "", *words: str) -> None:
        """The job comes to that end, which tells the user what happened, in those words among others."""
        assert self.filmai.wait_for(job) == state, self.filmai.failure(job)
        failure = self.filmai.failure(job)
        assert (failure.code if failure else "") == code, failure
        text = f"{failure.message} {failure.hint}" if failure else ""
        for word in words:
            assert word in text
        if failure is not None:
            assert failure.message.strip().endswith("."), "a sentence for people"
        self.saw(state, code, failure.message if failure else "")

    def saw(self, state: str, code: str = "", message: str = "") -> None:
        """Note what the user was shown."""
        for path, name in ((self._profile(), "(profile)"), (self.folder, "(folder)"), (Path.home(), "~")):
            message = message.replace(str(path), name)
        message = _JOB_ID.sub("(job)", message)
        label = state.capitalize() + (f", {code}" if code else "")
        self._record("state", f"{label}: {message[:_MOST_CHARS]}" if message else label)

    def refused(self, press: Callable[[], object], *words: str) -> None:
        """The click itself says what is wrong; nothing is queued."""
        with pytest.raises(RuntimeError) as caught:
            press()
        for word in words:
            assert word in str(caught.value)
        self.saw("refused at the click", "", str(caught.value).removeprefix("Error: ").strip())

    def taken_back(self) -> None:
        """Undo what a job did that is not the one in question."""
        bpy.ops.ed.undo()
        assert content() == self._before

    def nothing_lost(self) -> None:
        """Results came into the scene, more than can be undone, and what was there before is there."""
        after = content()
        for kind in ("objects", "meshes", "images", "materials"):
            assert set(self._before[kind]) <= set(after[kind]), f"{kind} of the user's are gone"
        self._record("scene", "the results alone")
        self._tidy_and_working(0)

    def unharmed(self, kept: int = 0) -> None:
        """The scene is as it was, no file is left but the folders of ``kept`` results, and the next job works."""
        assert content() == self._before
        self._record("scene", "unchanged")
        self._tidy_and_working(kept)

    def delivered(self, job: str) -> None:
        """The job is done all the same: its result is in the scene, and one undo takes it away."""
        self.ends(job, "COMPLETED")
        made = [image for image in bpy.data.images if "filmai_family" in image]
        assert made, "there is no result"
        self.taken_back()
        self._record("scene", "the result, undone in one step")
        self._tidy_and_working(0)

    def _tidy_and_working(self, kept: int) -> None:
        assert len(self.filmai.job_folders()) == kept, self.filmai.job_folders()
        # a stand-in for the worker behaves from here on
        self.monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "happy")
        self.filmai.assert_works()
        self._record("next", "works")
        self.filmai.tick_until(lambda: self.filmai.pump.dispatcher.is_idle)
        left = [worker.pid for worker in self.filmai.workers[:-1] if is_running(worker.pid)]
        assert left == [], "workers that nobody needs any more are running"

    def _profile(self) -> Path:
        return Path(self.filmai.module("paths").job_root()).parent
