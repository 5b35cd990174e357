"""Turns every expected failure of an operator into one report. One of the two places that catch errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import bpy

from ..core.errors import FilmAIError
from ..translations.speaking import said

__all__ = ["reported_errors"]

_log = logging.getLogger("filmai.operators")


@contextmanager
def reported_errors(operator: bpy.types.Operator) -> Iterator[None]:
    """Report a FilmAIError that is raised inside, and go on after the block.

    Blender turns the report into a RuntimeError for a script. Other exceptions are bugs and pass.
    """
    try:
        yield
    except FilmAIError as error:
        _log.error("%s: %s\n%s", operator.bl_idname, error, error.detail)
        operator.report({"ERROR"}, said(str(error)))
