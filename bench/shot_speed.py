"""How long a shot takes to be described, and how much memory a long film does.

One command, in the development environment. A film of 5 seconds in 1080p is made in a temporary folder, or --film
names one. The parts of a job are measured one after another, each the median of several runs; the network's part is
left out where no model is shipped. Memory is the largest that a process of its own had while it looked through a film
of one minute, and through one of --hours: the difference is what grows with the length. Memory is
read from /proc: Linux only. Beside the time on the clock stands the processor time of all threads, which tells more on
a machine that is busy with other things.

    python -m bench.shot_speed
    python -m bench.shot_speed --film clip.mp4 --runs 5 --hours 4 --json
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from bench.measure import machine_lines, median
from ml.errors import TaskError
from ml.media.clips import open_clip
from ml.media.framing import cropped, find_frame
from ml.media.inputs import ShotFrames, inputs_of
from ml.media.instants import Stretch, instant_pairs
from ml.media.picture import Picture
from ml.protocol import Clip
from ml.tasks import TaskContext, make_networks
from ml.tasks.shot_networks import load_teller

REPOSITORY = Path(__file__).resolve().parents[1]
MODELS = REPOSITORY / "ml" / "models"
RATE = 25
# the system's own high-water mark: that of getrusage is the parent's where it was larger
_SCAN = """
import re, sys, time
from pathlib import Path
from ml.media.instants import Stretch
from ml.media.movie import Movie
started = time.monotonic()
frames = sum(len(chunk.seconds) for chunk in Movie(Path(sys.argv[1])).scan(Stretch(0, 1e6), lambda at: None))
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(frames, time.monotonic() - started, most[1])
"""


def pan(width: int, height: int, frames: int) -> Iterator[NDArray[np.uint8]]:
    """A camera that pans over a rough texture with grain: about as hard to decode as film."""
    rng = np.random.default_rng(0)
    cells = rng.integers(0, 255, (height // 8 + 2, (width + 8 * frames) // 8 + 2, 3), np.uint8)
    wide = np.kron(cells, np.ones((8, 8, 1), np.uint8))
    grain = rng.integers(0, 12, (4, height, width, 3), np.uint8)
    for number in range(frames):
        yield np.minimum(wide[:height, 8 * number : 8 * number + width], 240) + grain[number % 4]


def write_film(path: Path, width: int, height: int, frames: int) -> None:
    """H.264 as a camera writes it: a keyframe every two seconds, two B-frames."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=RATE, options={"g": "50", "bf": "2", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for pixels in pan(width, height, frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")))
        container.mux(stream.encode(None))


def write_long_film(path: Path, piece: Path, seconds: float) -> None:
    """The film ``piece`` again and again, without encoding it anew."""
    with av.open(str(piece)) as source, av.open(str(path), "w") as container:
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        stream = container.add_stream_from_template(source.streams.video[0])
        base = packets[0].time_base
        length = round(len(packets) / RATE / base)
        starts = [(packet, packet.pts, packet.dts) for packet in packets]
        for turn in range(max(1, round(seconds * RATE / len(packets)))):
            for packet, pts, dts in starts:
                packet.stream, packet.time_base = stream, Fraction(base)
                packet.pts, packet.dts = (pts or 0) + turn * length, (dts or 0) + turn * length
                container.mux(packet)


def timed(work: Callable[[], Any], samples: list[tuple[float, float]]) -> Any:
    """Do the work; adds milliseconds on the clock and of the processor."""
    started = time.perf_counter(), time.process_time()
    result = work()
    ended = time.perf_counter(), time.process_time()
    samples.append(((ended[0] - started[0]) * 1000, (ended[1] - started[1]) * 1000))
    return result


def shot_parts(film: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds, on the clock and of the processor, of each part of describing the film's first five seconds."""
    clip = Clip("a", film.name, "movie", str(film.resolve()), RATE, 0.0, 5.0, False, False, False, 1.0, ())
    try:
        teller = load_teller(TaskContext(MODELS, make_networks(), lambda *_: None), "cpu")
    except TaskError as error:
        print(f"without the network: {error.message}", file=sys.stderr)
        teller = None
    parts: dict[str, list[tuple[float, float]]] = {"decode": [], "frame": [], "motion": []}
    if teller is not None:
        parts["network"] = []
    for _ in range(runs + 1):
        shot = timed(lambda: decoded(clip), parts["decode"])
        shot = timed(lambda: framed(*shot), parts["frame"])  # noqa: B023
        inputs = timed(lambda: inputs_of(shot), parts["motion"])  # noqa: B023
        if teller is not None:
            timed(lambda: teller.tell(inputs, ()), parts["network"])  # noqa: B023
    # the first run warms everything up
    result = {
        name: (median([wall for wall, _ in samples[1:]]), median([cpu for _, cpu in samples[1:]]))
        for name, samples in parts.items()
    }
    result["all"] = (sum(wall for wall, _ in result.values()), sum(cpu for _, cpu in result.values()))
    return result


def decoded(clip: Clip) -> tuple[tuple[tuple[Picture, Picture], ...], Stretch]:
    """The clip's pairs."""
    source = open_clip(clip)
    try:
        stretch = Stretch(0.0, min(5.0, source.length_seconds or 5.0))
        return source.pairs(instant_pairs(stretch), stretch, lambda: None), stretch
    finally:
        source.close()


def framed(pairs: tuple[tuple[Picture, Picture], ...], stretch: Stretch) -> ShotFrames:
    """The pairs without bars, at the size in which motion is measured."""
    pictures = [picture.pixels for pair in pairs for picture in pair]
    frame = find_frame(pictures)
    small = np.stack([cropped(pixels, frame) for pixels in pictures])
    apart = np.array([second.seconds - first.seconds for first, second in pairs])
    return ShotFrames(
        small.reshape(len(pairs), 2, *small.shape[1:]),
        apart,
        stretch.shown_seconds,
        frame.aspect,
        still=False,
    )


def scan(film: Path) -> dict[str, float]:
    """Frames a second and megabytes of looking through a film in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _SCAN, str(film)], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    frames, seconds, kilobytes = done.stdout.split()
    return {
        "frames": int(frames),
        "film_seconds": int(frames) / RATE,
        "seconds": float(seconds),
        "memory_mb": int(kilobytes) / 1024,
    }


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--film", type=Path, metavar="FILE", help="describe the start of this film instead")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of which the median counts")
    parser.add_argument("--hours", type=float, default=1.0, metavar="H", help="of the long film (default 1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filmai-bench-") as name:
        folder = Path(name)
        film = options.film
        if film is None:
            film = folder / "clip.mp4"
            write_film(film, 1920, 1080, 5 * RATE)
        parts = shot_parts(film, options.runs)
        write_film(folder / "piece.mp4", 320, 180, 10 * RATE)
        scans = []
        for seconds in (60.0, options.hours * 3600):
            write_long_film(folder / "long.mp4", folder / "piece.mp4", seconds)
            scans.append(scan(folder / "long.mp4"))
    machine = machine_lines()
    if options.json:
        print(json.dumps({"film": film.name, "shot_ms": parts, "scans": scans, "machine": machine}, indent=2))
        return 0
    print("one shot of 5 seconds:")
    for part, (wall, cpu) in parts.items():
        print(f"  {part:8} {wall:7.0f} ms on the clock, {cpu:7.0f} ms of the processor")
    print("looking for cuts, 320 x 180, the network apart:")
    for row in scans:
        print(
            f"  film of {row['film_seconds']:7.0f} s: {row['seconds']:7.1f} s, "
            f"{row['frames'] / row['seconds']:6.0f} frames/s, {row['memory_mb']:5.0f} MB"
        )
    print("\n".join(machine))
    return 0


if __name__ == "__main__":
    sys.exit(main())
