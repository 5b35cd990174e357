"""Blender's file of asset catalogues: a catalogue is looked up in its text, or added to it."""

import uuid

__all__ = ["CATALOGUE_FILE", "with_catalogue"]

CATALOGUE_FILE = "blender_assets.cats.txt"
_NAMESPACE = uuid.UUID("8a1c1d0e-5b0f-4a35-9a0c-6f1f2d1b7c44")
_VERSION = "VERSION 1"
_HEAD = f"""# This is an Asset Catalog Definition file for Blender.
#
# Empty lines and lines starting with `#` will be ignored.
# The first non-ignored line should be the version indicator.
# Other lines are of the format "UUID:catalog/path/for/assets:simple catalog name"

{_VERSION}

"""


def with_catalogue(text: str, path: str) -> tuple[str, str]:
    """The file's text with the catalogue ``path`` in it, and that catalogue's id.

    ``path``: for example ``FilmAI/Brick``. All that is there already stays as it is. Raises ValueError when
    the text is of a version that nobody here has heard of.
    """
    if not text.strip():
        text = _HEAD
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or lines[0] != _VERSION:
        raise ValueError(f"its version is not 1: {lines[0] if lines else 'none':.40}")
    for line in lines[1:]:
        number, _, rest = line.partition(":")
        if rest.partition(":")[0] == path:
            return text, number
    # the same everywhere, so that catalogues of several files are one
    number = str(uuid.uuid5(_NAMESPACE, path))
    end = "" if text.endswith("\n") else "\n"
    return f"{text}{end}{number}:{path}:{path.replace('/', '-')}\n", number
