"""The loop of every training run: steps until a limit or a signal, sheets and checkpoints on the way."""

import time
from dataclasses import dataclass
from typing import Literal, Protocol

from .progress import ProgressLine, StopRequest
from .recipe import RunRecipe

__all__ = ["Ended", "Limits", "Run", "train"]

Ended = Literal["steps", "minutes", "asked"]
"""Why a call to ``train`` ended: all steps are done, its time is up, or it was asked to end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When this call ends, beside the recipe's own number of steps."""

    steps: int
    """Steps of the whole run, earlier calls counted in."""
    minutes: float | None


class Run(Protocol):
    """A run in its folder, as ``run.py`` has it."""

    @property
    def settings(self) -> RunRecipe: ...
    @property
    def batch(self) -> int: ...
    @property
    def steps_done(self) -> int: ...
    @property
    def asked_to_end(self) -> bool: ...
    def step(self) -> str: ...
    def save(self, seconds_now: float) -> None: ...
    def save_sample_sheet(self) -> None: ...


def train(run: Run, limits: Limits) -> Ended:
    """Train until a limit, a signal, or until the run itself is asked to end; returns which of them it was.

    Sheets and checkpoints are left on the way and at the end.
    """
    start = time.monotonic()
    saved_at = start
    first_step = run.steps_done
    line = ProgressLine(limits.steps, first_step)
    ended: Ended = "steps"
    with StopRequest() as stop:
        while run.steps_done < limits.steps:
            if stop.asked or run.asked_to_end:
                ended = "asked"
                break
            words = run.step()
            now = time.monotonic()
            minutes_left = None if limits.minutes is None else limits.minutes - (now - start) / 60
            line.show(run.steps_done, (run.steps_done - first_step) * run.batch, minutes_left, words)
            if run.steps_done % run.settings.sheet_every_steps == 0:
                run.save_sample_sheet()
            if now - saved_at >= run.settings.checkpoint_every_minutes * 60:
                run.save(now - start)
                saved_at = now
            if minutes_left is not None and minutes_left <= 0:
                ended = "minutes"
                break
        line.close()
        # the sheet first: a run may keep its best weights by what it measures there
        run.save_sample_sheet()
        run.save(time.monotonic() - start)
    return ended
