"""What the preferences may see of a training: finished lines, published by ``training``, so that drawing only reads."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core.training_report import TrainingReport

__all__ = ["lines", "publish", "report"]

_report: "TrainingReport | None" = None
_lines: tuple[str, ...] = ()


def publish(report: "TrainingReport | None", lines: tuple[str, ...]) -> bool:
    """Replace what is known; True when anything that is shown has changed."""
    global _report, _lines
    changed = report != _report or lines != _lines
    _report, _lines = report, lines
    return changed


def report() -> "TrainingReport | None":
    """Where the training is; None when there was none."""
    return _report


def lines() -> tuple[str, ...]:
    """The same, a sentence per line."""
    return _lines
