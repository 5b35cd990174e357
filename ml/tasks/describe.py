"""The job that says what shots show. Phases: open, scan (when clips are divided), look, say, for each clip."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..limits import MAX_CLIP_SECONDS
from ..media.clips import ShotLook, look_at
from ..media.picture import Source
from ..protocol import MAX_SHOTS, Clip, DescribeShots, ShotDescription, ShotsResult
from .clip_work import ClipWork, Meter, find_clip_cuts
from .context import TaskContext
from .job_files import JobFiles
from .shot_borders import ShotRange, shots_between
from .shot_networks import CutFinder, ShotTeller, load_cut_finder, load_teller

__all__ = ["THUMBNAIL_WIDTH", "describe_shots"]

THUMBNAIL_WIDTH = 320
_BALANCED = 0.5
"""The sensitivity with which clips are divided."""
_SCAN_SHARE = 0.6
"""Of the time that a divided clip takes."""
_MISSING_SECONDS = 0.25
"""A film that is so much shorter than the clip is worth a note."""


def describe_shots(
    request: DescribeShots,
    context: TaskContext,
    teller: ShotTeller | None = None,
    finder: CutFinder | None = None,
) -> ShotsResult:
    """Describe every clip, or every shot of it; ``teller`` and ``finder`` stand in for the shipped networks.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY) or JobCancelled; then
    no file of this job is left. A clip that cannot be read is among the failures.
    """
    started = time.monotonic()
    meter = Meter(context.progress, len(request.clips))
    with JobFiles(Path(request.out_dir)) as files:
        meter.show("load", 0.0)
        teller = teller or load_teller(context, request.device)
        if request.divide:
            finder = finder or load_cut_finder(context, request.device)
        job = _Job(teller, finder if request.divide else None, meter, files)
        for clip in request.clips:
            meter.next_clip()
            with job.work.opened(clip) as source:
                if source is not None:
                    job.describe(source, clip)
        meter.done()
    return ShotsResult(
        kind="shots",
        shots=tuple(job.shots),
        failures=tuple(job.work.failures),
        notes=tuple(job.work.notes),
        model=teller.model,
        device=teller.device,
        elapsed_seconds=time.monotonic() - started,
    )


class _Job:
    def __init__(self, teller: ShotTeller, finder: CutFinder | None, meter: Meter, files: JobFiles) -> None:
        self.shots: list[ShotDescription] = []
        self.work = ClipWork()
        self._teller, self._finder, self._meter, self._files = teller, finder, meter, files

    def describe(self, source: Source, clip: Clip) -> None:
        """All shots of one clip. Raises MediaError."""
        ranges = self._ranges(source, clip)
        scanned = 0.0 if self._finder is None else _SCAN_SHARE
        for number, shot in enumerate(ranges):
            if len(self.shots) == MAX_SHOTS:
                self.work.notes.append(
                    f"{clip.name}: there are more than {MAX_SHOTS} shots; the rest was left out. "
                    "Describe fewer clips at once."
                )
                return
            share = scanned + (1 - scanned) * number / len(ranges)
            look = look_at(
                source, clip, shot.pure_start_seconds, shot.pure_end_seconds, self._ticker("look", share)
            )
            self._meter.show("say", share)
            self.shots.append(self._described(clip, shot, look))

    def _ranges(self, source: Source, clip: Clip) -> tuple[ShotRange, ...]:
        start, end = clip.start_seconds, clip.end_seconds
        if self._finder is None or source.is_still:
            return (ShotRange(start, end, start, end),)

        def tick(share: float) -> None:
            self._meter.show("scan", share * _SCAN_SHARE)

        found = find_clip_cuts(self._finder, source, clip, _BALANCED, tick)
        return shots_between(found.transitions, start, found.end_seconds)

    def _described(self, clip: Clip, shot: ShotRange, look: ShotLook) -> ShotDescription:
        said = self._teller.tell(look.inputs, clip.fixed)
        path, _ = self._files.write(f"shot_{len(self.shots):04d}.jpg", [encode_thumbnail(look.thumbnail)])
        end = shot.end_seconds
        if end > look.end_seconds and clip.end_seconds >= MAX_CLIP_SECONDS:
            # nobody says that a film is a day long: it means to its end
            end = look.end_seconds
        elif look.end_seconds < shot.pure_end_seconds - _MISSING_SECONDS:
            end = look.end_seconds
            self.work.notes.append(f"{clip.name}: the file ends at {end:.1f} s already.")
        return ShotDescription(
            clip=clip.id,
            start_seconds=shot.start_seconds,
            end_seconds=end,
            fields=said.fields,
            en=said.en,
            zh=said.zh,
            thumbnail=str(path),
        )

    def _ticker(self, phase: str, share: float) -> Callable[[], None]:
        return lambda: self._meter.show(phase, share)


def encode_thumbnail(pixels: NDArray[np.uint8]) -> bytes:
    """A JPEG of (height, width, 3) sRGB, no wider than THUMBNAIL_WIDTH, no higher than as much."""
    from PIL import Image

    picture = Image.fromarray(pixels)
    picture.thumbnail((THUMBNAIL_WIDTH, THUMBNAIL_WIDTH), Image.Resampling.BOX)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
