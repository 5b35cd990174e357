"""Checkpoints: written whole or not at all, read without running code from the file.

A checkpoint is one dict of tensors, numbers, strings, lists and dicts, so ``torch.load(weights_only=True)``
reads it and a file from elsewhere cannot execute anything.
"""

import os
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

__all__ = ["CheckpointError", "load_checkpoint", "save_checkpoint"]


class CheckpointError(RuntimeError):
    """The file is no checkpoint of the kind that is needed; the text says what it is instead."""


def save_checkpoint(path: Path, kind: str, content: dict[str, Any]) -> None:
    """Write ``content`` to ``path``: beside it first, flushed to the disk, then renamed over the old one."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        torch.save({"kind": kind, **content}, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load_checkpoint(path: Path, kind: str) -> dict[str, Any]:
    """The content of a checkpoint of that kind.

    Raises CheckpointError when it is absent, broken or of another kind.
    """
    if not path.is_file():
        raise CheckpointError(f"there is no checkpoint {path}")
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, EOFError, ValueError, UnpicklingError) as error:
        raise CheckpointError(f"{path} is damaged or no checkpoint: {str(error)[:200]}") from None
    if not isinstance(content, dict) or content.get("kind") != kind:
        raise CheckpointError(f"{path} is no {kind} checkpoint")
    return content
