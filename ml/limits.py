"""What may be asked for at most: one set of numbers for the contract, the command line and the panels.

Standard library only, and no message class: Blender's panels need these numbers at every start of Blender.
"""

__all__ = [
    "EXPORT_SUFFIXES",
    "IMPORT_SUFFIXES",
    "MATERIAL_STEP_PX",
    "MAX_ACROSS",
    "MAX_CAPTIONS",
    "MAX_CAPTION_CHARS",
    "MAX_CHARACTER_M",
    "MAX_CHARACTER_PX",
    "MAX_CLIPS",
    "MAX_CLIP_SECONDS",
    "MAX_CONTRAST",
    "MAX_MATERIAL_SIZE_PX",
    "MAX_PREVIEW_PX",
    "MAX_RATE",
    "MAX_SEED",
    "MAX_SEQUENCE_FILES",
    "MAX_SHOTS",
    "MAX_TEXTURE_SIZE_PX",
    "MAX_TRUNCATION",
    "MAX_VARIATIONS",
    "MIN_CHARACTER_M",
    "MIN_CHARACTER_PX",
    "MIN_MATERIAL_SIZE_PX",
    "MIN_PREVIEW_PX",
    "MIN_RATE",
    "MIN_TEXTURE_SIZE_PX",
]

MAX_SEED = 2**31 - 1
"""Blender's integer properties are signed 32-bit."""
MIN_TEXTURE_SIZE_PX = 64
MAX_TEXTURE_SIZE_PX = 2048
MAX_VARIATIONS = 16
MIN_MATERIAL_SIZE_PX = 64
MAX_MATERIAL_SIZE_PX = 8192
MATERIAL_STEP_PX = 16
"""Sizes of materials are multiples of it: the network's coarsest map has one cell for so many pixels."""
MAX_ACROSS = 32
"""Layouts side by side across a material."""
MAX_CONTRAST = 3.0
"""Times the contrast that the look's seed has."""
MIN_PREVIEW_PX = 64
MAX_PREVIEW_PX = 256
"""Of a picture in a sheet of previews."""
MIN_CHARACTER_PX = 128
MAX_CHARACTER_PX = 2048
"""Height of a character's picture."""
MIN_CHARACTER_M = 0.3
MAX_CHARACTER_M = 4.0
"""Height of a character."""
MAX_TRUNCATION = 1.5
"""How far from the average a character's paint may go, 1 being as far as in training."""
MAX_CAPTIONS = 5000
"""In one subtitle file: the longest films have half as many, and each is a strip in Blender."""
MAX_CAPTION_CHARS = 300_000
"""In all of them together: more would not fit into a message."""
MAX_CLIPS = 500
"""Strips in one job."""
MAX_CLIP_SECONDS = 24 * 3600.0
MAX_SEQUENCE_FILES = 200_000
MAX_SHOTS = 1500
"""In the answer to one job: more would not fit into a message."""
MIN_RATE = 0.1
MAX_RATE = 1000.0
"""Frames per second; high-speed footage, conformed, stays below."""
EXPORT_SUFFIXES = (".srt", ".vtt", ".ass", ".csv", ".json", ".edl", ".otio", ".html")
"""Of the files that a shot list is written as."""
IMPORT_SUFFIXES = (".srt", ".vtt", ".ass", ".ssa")
"""Of the subtitle files that are read."""
