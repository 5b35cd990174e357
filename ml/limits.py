"""What may be asked for at most: one set of numbers for the contract, the command line and the panels.

Standard library only, and no message class: Blender's panels need these numbers at every start of Blender.
"""

__all__ = ["MAX_SEED", "MAX_TEXTURE_SIZE_PX", "MAX_VARIATIONS", "MIN_TEXTURE_SIZE_PX"]

MAX_SEED = 2**31 - 1
"""Blender's integer properties are signed 32-bit."""
MIN_TEXTURE_SIZE_PX = 64
MAX_TEXTURE_SIZE_PX = 2048
MAX_VARIATIONS = 16
