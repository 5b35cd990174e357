"""The job that finds where one shot ends and the next begins. Phases: open, scan, for each clip."""

import time
from pathlib import Path

from ..protocol import ClipCuts, CutsResult, DetectCuts
from .clip_work import ClipWork, Meter, find_clip_cuts
from .context import TaskContext
from .job_files import JobFiles
from .shot_networks import CutFinder, load_cut_finder

__all__ = ["detect_cuts"]


def detect_cuts(request: DetectCuts, context: TaskContext, finder: CutFinder | None = None) -> CutsResult:
    """Look through every clip; ``finder`` stands in for the shipped network.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY) or JobCancelled. A clip that
    cannot be read is among the failures.
    """
    started = time.monotonic()
    meter = Meter(context.progress, len(request.clips))
    work = ClipWork()
    clips: list[ClipCuts] = []
    with JobFiles(Path(request.out_dir)):
        meter.show("load", 0.0)
        finder = finder or load_cut_finder(context, request.device)
        for clip in request.clips:
            meter.next_clip()
            with work.opened(clip) as source:
                if source is None:
                    continue
                found = find_clip_cuts(
                    finder, source, clip, request.sensitivity, lambda share: meter.show("scan", share)
                )
                clips.append(ClipCuts(clip.id, found.frames, found.transitions))
        meter.done()
    return CutsResult(
        kind="cuts",
        clips=tuple(clips),
        failures=tuple(work.failures),
        notes=tuple(work.notes),
        model=finder.model,
        device=finder.device,
        elapsed_seconds=time.monotonic() - started,
    )
