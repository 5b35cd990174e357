"""The shot list as it is written into a file: which shots, where in the film, what their subtitles say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..contract import CaptionedShot, ListedShot
from .caption_text import caption_text
from .shot_entries import ShotEntry
from .shot_settings import CaptionSettings
from .timeline import StripTiming

__all__ = ["StripMedium", "captioned_shots"]


@dataclass(frozen=True, slots=True)
class StripMedium:
    """Where the pictures of a strip come from."""

    path: str
    """Absolute, of the movie or of a sequence's first file."""
    timing: StripTiming


def captioned_shots(
    entries: Iterable[ShotEntry],
    media: Mapping[str, StripMedium],
    pictures: Mapping[str, str],
    first_frame: int,
    settings: CaptionSettings,
) -> tuple[CaptionedShot, ...]:
    """The shots in order of time. What lies before ``first_frame`` is not in the film, and left out.

    ``media`` by the names of strips: of a strip that is gone, or whose pictures Blender renders, there is none.
    ``pictures`` are the paths of thumbnails by the ids of shots. ``settings`` say what a subtitle says.
    """
    return tuple(
        CaptionedShot(
            _listed(entry, media.get(entry.strip), pictures.get(entry.id, ""), first_frame),
            caption_text(
                entry.zh if settings.language == "zh" else entry.en, entry.fields, entry.number, settings
            ),
        )
        for entry in entries
        if entry.span.end > first_frame
    )


def _listed(entry: ShotEntry, medium: StripMedium | None, picture: str, first_frame: int) -> ListedShot:
    start = max(entry.span.start, first_frame)
    shown = entry.media.start_seconds
    if medium is not None:
        # not the span's start where the shot runs backwards or was cut at the film's beginning
        shown = medium.timing.media_frame(start) / medium.timing.media_rate
    return ListedShot(
        number=entry.number,
        name=entry.strip,
        media=medium.path if medium is not None else "",
        start_frame=start,
        end_frame=entry.span.end,
        media_start_seconds=shown,
        fields=entry.fields,
        en=entry.en,
        zh=entry.zh,
        thumbnail=picture,
    )
