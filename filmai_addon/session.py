"""The one pump of this Blender: made at the first job, ended with the add-on.

Imports next to nothing, so that the registered classes can reach the pump without loading it: enabling an
add-on is part of every start of Blender.
"""

import atexit
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pump import Pump

__all__ = ["close", "pump"]

_pump: "Pump | None" = None


def pump() -> "Pump":
    """The pump. Raises FilmAIError when FilmAI's own folder cannot be written."""
    global _pump
    if _pump is None:
        from .pump import Pump

        _pump = Pump()
        atexit.register(close)
    return _pump


def close() -> None:
    """End the pump and its worker, if there is one. May be called again."""
    global _pump
    ending, _pump = _pump, None
    if ending is not None:
        atexit.unregister(close)
        ending.close()
