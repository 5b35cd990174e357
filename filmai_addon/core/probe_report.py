"""What a runtime said of itself when it was tested, as lines for people."""

import json
from typing import Any

__all__ = ["probe_report"]


def probe_report(exit_code: int, output: str, log: str) -> tuple[str, ...]:
    """The answer of the backend's ``probe --json``, one sentence per line.

    ``output`` is its stdout, one JSON object; ``log`` its stderr, whose last line is shown when the answer
    cannot be used.
    """
    try:
        return _lines(json.loads(output))
    except (ValueError, TypeError, KeyError, AttributeError):
        last = log.strip().splitlines()[-1:] or ["it said nothing"]
        return (f"This Python cannot run FilmAI (exit code {exit_code}):", last[0][:200])


def _lines(found: dict[str, Any]) -> tuple[str, ...]:
    packages = [("onnxruntime", "onnxruntime"), ("numpy", "numpy"), ("pillow", "Pillow")]
    versions = ", ".join(f"{label} {found[key] or 'missing'}" for key, label in packages)
    lines = [f"Python {found['python']}, {versions}"]
    for device in found["devices"]:
        used = device["used"]
        line = f"{_CHOICES[device['choice']]}: runs on {used['kind'].upper()}"
        lines.append(f"{line} ({used['reason']})" if used["reason"] else line)
    lines.extend(f"Problem: {problem}" for problem in found["problems"])
    return tuple(lines)


_CHOICES = {"auto": "Automatic", "cuda": "CUDA", "cpu": "CPU"}
