"""Which format a shot list's file has, by its name and by the menu."""

from pathlib import PurePath

from ..contract import EXPORT_SUFFIXES

__all__ = ["format_of", "named_for"]


def format_of(path: str) -> str:
    """The format's word by the file's suffix: ``SRT``; empty when no format has it."""
    suffix = PurePath(path).suffix.lower()
    return suffix[1:].upper() if suffix in EXPORT_SUFFIXES else ""


def named_for(path: str, list_format: str) -> str:
    """The path with that format's suffix, in the place of another format's if it has one."""
    if format_of(path) == list_format:
        return path
    stem = path[: -len(PurePath(path).suffix)] if format_of(path) else path
    return f"{stem}.{list_format.lower()}"
