"""One door to all formats: the suffix of the file says which."""

import os
from pathlib import Path

from .contact_sheet import contact_sheet
from .edits import edl_text, otio_text
from .entries import Caption, ShotList, ShotListError
from .subtitles import SUBTITLE_FORMATS, subtitle_text
from .tables import csv_text, json_text

__all__ = ["LIST_FORMATS", "list_text", "write_list"]

LIST_FORMATS = (".csv", ".json", ".edl", ".otio", ".html", *SUBTITLE_FORMATS)


def list_text(listed: ShotList, suffix: str, captions: tuple[Caption, ...]) -> str:
    """The content of a file with that suffix; ``captions`` are what a subtitle file holds.

    Raises ShotListError for an unknown suffix, or when the list does not fit into the format.
    """
    suffix = suffix.lower()
    if suffix in SUBTITLE_FORMATS:
        return subtitle_text(captions, suffix)
    writers = {
        ".csv": csv_text,
        ".json": json_text,
        ".edl": edl_text,
        ".otio": otio_text,
        ".html": contact_sheet,
    }
    if suffix not in writers:
        raise ShotListError(
            f"{suffix or 'No suffix'} is no format of shot lists. Choose {', '.join(LIST_FORMATS)}."
        )
    return writers[suffix](listed)


def write_list(listed: ShotList, path: Path, captions: tuple[Caption, ...]) -> None:
    """Write the file: beside its place first, then renamed, so that an older one is replaced whole or not at all.

    Raises ShotListError when the format is unknown or the place cannot be written.
    """
    content = list_text(listed, path.suffix, captions).encode("utf-8", "surrogateescape")
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ShotListError(
            f"{path} cannot be written: {error.strerror or error}. Choose another folder, or free some space."
        ) from None
