"""What a training on a folder says of itself, as values and as lines for people."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["TrainingReport", "read_report", "report_lines", "report_of_exit"]

State = Literal["preparing", "training", "exporting", "paused", "done", "failed"]

_MAX_NOTES = 6
_WIDTH = 90
"""Characters that a line of the preferences has room for."""
_SAYS = {
    "preparing": "Reading the pictures",
    "exporting": "Making the family",
    "paused": "Paused; Resume goes on",
    "done": "Done: the material is in the Texture Studio's list",
}


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """Where a training is."""

    state: State
    step: int = 0
    steps: int = 0
    minutes_left: float | None = None
    sheet: str = ""
    """Path of the newest sample sheet."""
    message: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """True as long as its process is at work."""
        return self.state in ("preparing", "training", "exporting")

    @property
    def fraction(self) -> float:
        """0 at the start to 1 at the end."""
        return self.step / self.steps if self.steps else 0.0


def read_report(text: str) -> TrainingReport | None:
    """The content of ``progress.json``; None when it is none."""
    try:
        plain = json.loads(text)
        left = plain.get("minutes_left")
        return TrainingReport(
            state=_state(plain["state"]),
            step=int(plain.get("step", 0)),
            steps=int(plain.get("steps", 0)),
            minutes_left=None if left is None else float(left),
            sheet=str(plain.get("sheet", "")),
            message=str(plain.get("message", "")),
            notes=tuple(str(note) for note in plain.get("notes", ())),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def report_of_exit(before: TrainingReport | None, exit_code: int, log: str) -> TrainingReport:
    """What to show once the process is gone: what it said last, unless it died in the middle of something."""
    if before is not None and not before.is_running:
        return before
    last = log.strip().splitlines()[-1:] or ["it said nothing"]
    step, steps = (before.step, before.steps) if before is not None else (0, 0)
    message = f"The training ended with exit code {exit_code}: {last[0][:300]}"
    return TrainingReport("failed", step, steps, message=message)


def report_lines(report: TrainingReport, said: Callable[[str], str] = str) -> tuple[str, ...]:
    """For the preferences: one line on where it is, then what is to be known.

    ``said`` puts a sentence into the user's language, before it is folded.
    """
    if report.state == "training":
        first = f"Step {report.step} of {report.steps}"
        if report.minutes_left is not None:
            first += f", about {_minutes(report.minutes_left)} left"
    else:
        first = _SAYS.get(report.state, "")
    failed = _folded(said(report.message)) if report.state == "failed" else []
    notes = [line for note in report.notes[:_MAX_NOTES] for line in _folded(said(note))]
    if len(report.notes) > _MAX_NOTES:
        notes.append(said(f"and {len(report.notes) - _MAX_NOTES} notes more, in the log"))
    return tuple(line for line in (said(first), *failed, *notes) if line)


def _state(word: Any) -> State:
    if word not in ("preparing", "training", "exporting", "paused", "done", "failed"):
        raise ValueError(f"unknown state {word!r:.40}")
    state: State = word
    return state


def _minutes(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes >= 1.5 else f"{max(1, round(minutes * 60))} s"


def _folded(text: str) -> list[str]:
    import textwrap

    # Chinese letters are twice as wide
    return textwrap.wrap(text, _WIDTH if text.isascii() else _WIDTH // 2)
