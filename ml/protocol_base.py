"""What messages of every kind are made of; ``ml.protocol`` is where both sides take them from.

Standard library only.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["DeviceChoice", "DeviceUsed", "ModelUsed", "ReleaseMemory", "Released", "require_range"]

DeviceChoice = Literal["auto", "cuda", "cpu"]


@dataclass(frozen=True, slots=True)
class DeviceUsed:
    """Where a session really runs, as the runtime reports it after the session was made."""

    kind: Literal["cuda", "cpu"]
    reason: str
    """Empty when this is what was asked for; else why not, for example ``cuDNN 9 not found``."""


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """Which weights made a result."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReleaseMemory:
    """Drop every loaded model now."""

    job: str


@dataclass(frozen=True, slots=True)
class Released:
    """What a ReleaseMemory job did."""

    kind: Literal["released"]
    models: int
    """How many models were dropped."""


def require_range(name: str, value: float, low: float, high: float) -> None:
    """Raises ValueError unless low <= value <= high."""
    if not low <= value <= high:
        raise ValueError(f"{name} {value} is not within {low} to {high}")
