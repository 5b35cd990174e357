"""SubRip, WebVTT and ASS, written and read through pysubs2."""

import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..limits import MAX_CAPTION_CHARS, MAX_CAPTIONS
from .entries import Caption, ShotListError

if TYPE_CHECKING:
    import pysubs2

__all__ = ["SUBTITLE_FORMATS", "read_subtitles", "subtitle_text"]

SUBTITLE_FORMATS = {".srt": "srt", ".vtt": "vtt", ".ass": "ass", ".ssa": "ssa"}
MAX_FILE_BYTES = 32 << 20
"""Subtitles of the longest film take a hundredth of it."""
MAX_FILE_LINES = 100_000
"""Twenty for each caption that is taken; each may become one, and take half a kilobyte, before they are counted."""
_STYLE = re.compile(r"\{\\[^{}]*\}")


def subtitle_text(captions: Iterable[Caption], kind: str) -> str:
    """The text of a subtitle file; ``kind`` is a suffix of SUBTITLE_FORMATS."""
    import pysubs2

    subtitles = pysubs2.SSAFile()
    for caption in captions:
        start, end = round(caption.start_seconds * 1000), round(caption.end_seconds * 1000)
        text = _escaped(caption.text, kind).replace("\n", r"\N")
        subtitles.append(pysubs2.SSAEvent(start, max(end, start + 1), text))
    if kind in (".ass", ".ssa"):
        return subtitles.to_string(SUBTITLE_FORMATS[kind])
    # what looks like a tag of the ASS format is the user's own text here
    return subtitles.to_string(SUBTITLE_FORMATS[kind], keep_ssa_tags=True)


def read_subtitles(path: Path) -> tuple[Caption, ...]:
    """The captions of a .srt, .vtt, .ass or .ssa file, in order of time, without styles.

    Raises ShotListError when it is missing, too large, no text, or holds no caption.
    """
    import pysubs2

    kind = SUBTITLE_FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(SUBTITLE_FORMATS)
        raise ShotListError(f"{path.name} is no subtitle file that FilmAI reads. Choose one of {known}.")
    text = _text_of(path)
    try:
        subtitles = pysubs2.SSAFile.from_string(text, format_=kind)
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError) as error:
        raise ShotListError(
            f"{path.name} is damaged or no {kind.upper()} file: {str(error)[:200]}. Write it anew."
        ) from None
    captions = tuple(_captions_in(subtitles))
    if not captions:
        raise ShotListError(f"{path.name} holds no captions. Choose another file.")
    if len(captions) > MAX_CAPTIONS:
        raise ShotListError(
            f"{path.name} holds {len(captions)} captions; {MAX_CAPTIONS} is the limit. Divide it."
        )
    if (letters := sum(len(caption.text) for caption in captions)) > MAX_CAPTION_CHARS:
        raise ShotListError(f"{path.name} holds {letters} letters, too much for captions. Divide it.")
    return captions


def _captions_in(subtitles: "pysubs2.SSAFile") -> Iterable[Caption]:
    for event in sorted(subtitles.events, key=lambda event: (event.start, event.end)):
        text = html.unescape(_plain(event.text)).strip()
        if not event.is_comment and text and event.end > event.start >= 0:
            yield Caption(event.start / 1000, event.end / 1000, text)


def _text_of(path: Path) -> str:
    try:
        if not path.is_file() and path.exists():
            # a device or a pipe never ends
            raise ShotListError(f"{path.name} is no file. Choose another one.")
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ShotListError(f"{path} cannot be read: {error.strerror or error}.") from None
    if len(content) > MAX_FILE_BYTES:
        raise ShotListError(
            f"{path.name} has more than {MAX_FILE_BYTES >> 20} MiB, too much for subtitles. Choose another file."
        )
    if (lines := content.count(b"\n")) > MAX_FILE_LINES:
        raise ShotListError(f"{path.name} has {lines} lines, too many for subtitles. Divide it.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ShotListError(f"{path.name} is not in UTF-8. Save it as UTF-8 in a text editor.") from None


def _plain(text: str) -> str:
    """Without styles; pysubs2's own way also drops what somebody wrote in braces."""
    for mark, meaning in ((r"\N", "\n"), (r"\n", "\n"), (r"\h", " ")):
        text = text.replace(mark, meaning)
    return _STYLE.sub("", text).replace("\u200b", "")


def _escaped(text: str, kind: str) -> str:
    # a backslash may begin a line break, in every format as pysubs2 has them
    text = text.replace("\\", "\\\u200b")
    if kind == ".vtt":
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if kind in (".ass", ".ssa"):
        # a brace begins a style, and not every program knows an escaped one
        return text.replace("{", "(").replace("}", ")")
    return text
