"""Made-up answers to shot jobs, of the right shape: they follow from the clip's times, nothing is looked at.

A clip is cut at every whole second of its medium. A clip whose name has ``broken`` in it fails, as a file
that cannot be decoded does.
"""

import itertools
import json
import math
from pathlib import Path

from ml import protocol as p
from ml.protocol_lists import Caption, CaptionsRead, ExportedShots, ExportShots, ReadCaptions
from ml.shot_terms import FIELDS

__all__ = ["list_answer", "shots_answer"]


def list_answer(request: ExportShots | ReadCaptions) -> ExportedShots | CaptionsRead:
    """A file that says how many shots it should hold; two captions, whatever the file says."""
    if isinstance(request, ReadCaptions):
        name = Path(request.path).name
        captions = (Caption(0.0, 1.0, f"First of {name}"), Caption(1.5, 2.5, "Second"))
        return CaptionsRead("captions_read", captions)
    shots = len(json.loads(Path(request.shots_path).read_text()))
    Path(request.path).write_text(f"a fake list of {shots} shots")
    return ExportedShots("exported_shots", request.path, shots, ())


def shots_answer(
    request: p.DescribeShots | p.DetectCuts, model: p.ModelUsed, device: p.DeviceUsed
) -> p.ShotsResult | p.CutsResult:
    """The result that fits the request."""
    if isinstance(request, p.DetectCuts):
        return cuts_result(request, model, device)
    return shots_result(request, model, device)


def shots_result(request: p.DescribeShots, model: p.ModelUsed, device: p.DeviceUsed) -> p.ShotsResult:
    """Each clip one shot, or one a second; every third field is uncertain, what was fixed is kept."""
    shots = tuple(
        described(clip, start, end, Path(request.out_dir), number)
        for clip in request.clips
        if "broken" not in clip.name
        for number, (start, end) in enumerate(pieces(clip, request.divide))
    )
    return p.ShotsResult("shots", shots, failures(request.clips), (), model, device, 0.01)


def cuts_result(request: p.DetectCuts, model: p.ModelUsed, device: p.DeviceUsed) -> p.CutsResult:
    """A cut at every whole second; none at all with a sensitivity of nothing."""
    clips = []
    for clip in request.clips:
        if "broken" in clip.name:
            continue
        times = [start for start, _end in pieces(clip, request.sensitivity > 0)[1:]]
        transitions = tuple(p.Transition("cut", time, time, 0.9) for time in times)
        frames = max(1, round((clip.end_seconds - clip.start_seconds) * clip.rate))
        clips.append(p.ClipCuts(clip.id, frames, transitions))
    return p.CutsResult("cuts", tuple(clips), failures(request.clips), (), model, device, 0.01)


def pieces(clip: p.Clip, divide: bool) -> list[tuple[float, float]]:
    """From cut to cut, in the medium's own time."""
    first, last = math.floor(clip.start_seconds) + 1, math.ceil(clip.end_seconds)
    inside = [float(second) for second in range(first, last)] if divide and clip.kind != "image" else []
    edges = [clip.start_seconds, *inside, clip.end_seconds]
    return list(itertools.pairwise(edges))


def described(clip: p.Clip, start: float, end: float, folder: Path, number: int) -> p.ShotDescription:
    fixed = {field.field: field.value for field in clip.fixed}
    guesses = []
    for place, field in enumerate(FIELDS):
        value = fixed.get(field.id) or field.values[(number + place) % len(field.values)].id
        sure = field.id in fixed
        confidence = 1.0 if sure else 0.9 if place % 3 else 0.4
        guesses.append(p.FieldGuess(field.id, value, confidence, confidence > 0.5, sure))
    thumbnail = folder / f"{clip.id}_{number}.jpg"
    thumbnail.write_bytes(b"")
    size = FIELDS[0].values[(number) % len(FIELDS[0].values)]
    seen = f"{start:.3f} to {end:.3f} s" + (", backwards" if clip.backwards else "")
    seen += ", mirrored" if clip.mirror_x else ""
    kept = "".join(f", {value}" for value in fixed.values())
    return p.ShotDescription(
        clip.id,
        start,
        end,
        tuple(guesses),
        f"A fake {size.en} of {Path(clip.path).name}, {seen}{kept}.",
        f"假的{size.zh}{kept}。",
        str(thumbnail),
    )


def failures(clips: tuple[p.Clip, ...]) -> tuple[p.ClipFailure, ...]:
    return tuple(
        p.ClipFailure(clip.id, "MEDIA_CORRUPT", f"{clip.name} cannot be decoded. Choose another file.")
        for clip in clips
        if "broken" in clip.name
    )
