"""Keeps Blender's chatter off the terminal."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["silent"]


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Blender's C code prints a line or more per render to descriptor 1."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w") as null:
        os.dup2(null.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
