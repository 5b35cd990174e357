"""The jobs of shot lists as files: write one, read subtitles. Nothing is decoded, no network is needed."""

import json
from fractions import Fraction
from pathlib import Path

from ..errors import TaskError
from ..protocol_lists import CaptionedShot, CaptionsRead, ExportedShots, ExportShots, ReadCaptions
from ..shotlist.captions import captions_of
from ..shotlist.entries import ShotList, ShotListError
from ..shotlist.files import write_list
from ..shotlist.subtitles import SUBTITLE_FORMATS, read_subtitles
from ..wire import WireError, from_plain
from .context import TaskContext

__all__ = ["export_shots", "read_captions"]


def export_shots(request: ExportShots, context: TaskContext) -> ExportedShots:
    """Write the list to ``request.path``, whole or not at all.

    Raises TaskError NOT_EXPORTED when the format cannot hold it or the place cannot be written, BAD_REQUEST when the
    job's own list is no list of shots, RUNTIME_MISSING without pysubs2, or JobCancelled before anything is written.
    """
    context.progress("read", 0, 2)
    captioned = _captioned_shots(Path(request.shots_path))
    if not captioned:
        raise TaskError(
            "NOT_EXPORTED", "There is no shot to export. Caption some strips, or clear the filter."
        )
    shots = tuple(one.shot for one in captioned)
    rate = Fraction(request.rate_numerator, request.rate_denominator)
    listed = ShotList(
        request.title, rate, request.first_frame, request.language, shots, request.start_timecode_frame
    )
    path = Path(request.path)
    context.progress("write", 1, 2)
    try:
        # wrapped for the formats that hold them alone: the other writers take none
        subtitles = path.suffix.lower() in SUBTITLE_FORMATS
        captions = captions_of(listed, [one.caption for one in captioned]) if subtitles else ()
        write_list(listed, path, captions)
    except ShotListError as error:
        raise TaskError("NOT_EXPORTED", str(error)) from error
    except ImportError as error:
        raise _no_pysubs2(error) from error
    return ExportedShots("exported_shots", str(path), len(shots), _notes(listed, path))


def read_captions(request: ReadCaptions, context: TaskContext) -> CaptionsRead:
    """The captions of a subtitle file.

    Raises TaskError NOT_IMPORTED when it cannot be read, RUNTIME_MISSING without pysubs2, or JobCancelled.
    """
    context.progress("read", 0, 1)
    try:
        return CaptionsRead("captions_read", read_subtitles(Path(request.path)))
    except ShotListError as error:
        raise TaskError("NOT_IMPORTED", str(error)) from error
    except ImportError as error:
        raise _no_pysubs2(error) from error


def _captioned_shots(path: Path) -> tuple[CaptionedShot, ...]:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        shots: tuple[CaptionedShot, ...] = from_plain(tuple[CaptionedShot, ...], plain, "shots")
    except (OSError, ValueError, RecursionError, WireError) as error:
        message = "FilmAI cannot read its own list of shots. Restart Blender, or install FilmAI again."
        raise TaskError("BAD_REQUEST", message, str(error)) from error
    return shots


def _notes(listed: ShotList, path: Path) -> tuple[str, ...]:
    if path.suffix.lower() != ".html":
        return ()
    missing = sum(not Path(shot.thumbnail).is_file() for shot in listed.shots)
    if not missing:
        return ()
    if missing == 1:
        return ("1 shot has no picture any more: caption the strips again to have one",)
    return (f"{missing} shots have no picture any more: caption the strips again to have them",)


def _no_pysubs2(error: ImportError) -> TaskError:
    message = "The package pysubs2 is missing. Install FilmAI again, or choose a Python that has it."
    return TaskError("RUNTIME_MISSING", message, str(error))
