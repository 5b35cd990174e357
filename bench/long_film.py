"""How long a whole film takes for cuts and for captions, and how much memory meanwhile.

One command, in the development environment. A film of --minutes is made in a temporary folder: shots of two to eight
seconds with hard cuts, encoded once and strung together again and again, or --film names one. Then
``python -m ml cuts`` and ``python -m ml describe --cuts`` look through it, each in a process of its own, whose
resident memory is read twice a second. Memory is flat when it is as large in the middle and near the end as after a
tenth of the time, when everything is loaded. Memory is left out where the system does not say.

    python -m bench.long_film
    python -m bench.long_film --minutes 5 --json
    python -m bench.long_film --film feature.mp4
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from bench.measure import machine_lines, memory_mb_or_none
from bench.shot_speed import write_long_film
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
JOBS = {"cuts": ("cuts", "--json"), "cuts and captions": ("describe", "--cuts", "--json")}
HEADERS = (
    "job",
    "film",
    "took",
    "faster than real time",
    "found",
    "MB at 10 %",
    "at 50 %",
    "at 95 %",
    "most",
)
# strung together without encoding anew by ``write_long_film``, which counts 25 frames a second
RATE = 25
WIDTH, HEIGHT = 320, 180
SHOTS, SHORTEST_SECONDS, LONGEST_SECONDS = 24, 2, 8
_BETWEEN_SAMPLES_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One job on one film."""

    job: str
    film_seconds: float
    seconds: float
    found: int
    """Cuts, or shots."""
    memory_mb: tuple[float, ...]
    """After a tenth, half and 95 % of the time, and the most; empty where the system does not say."""

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        memory = [f"{one:.0f}" for one in self.memory_mb] or ["", "", "", ""]
        times = f"{self.film_seconds / self.seconds:.1f} x"
        film = f"{self.film_seconds / 60:.1f} min"
        return (self.job, film, f"{self.seconds:.0f} s", times, str(self.found), *memory)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 0."""
    options = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="filmai-bench-") as name:
        film = options.film
        if film is None:
            film = Path(name) / "film.mp4"
            piece = Path(name) / "piece.mp4"
            write_piece(piece, options.shots)
            write_long_film(film, piece, options.minutes * 60)
        rows = [measured(job, film) for job in JOBS]
    if options.json:
        plain = {"film": film.name, "rows": [asdict(row) for row in rows], "machine": machine_lines()}
        print(json.dumps(plain, indent=2))
    else:
        print("\n".join(machine_lines()))
        print(table(HEADERS, [row.cells() for row in rows]))
    return 0


def write_piece(path: Path, shots: int) -> None:
    """So many shots of random length, H.264 with a keyframe every two seconds."""
    rng = np.random.default_rng(0)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=RATE, options={"g": "50", "bf": "2", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for _ in range(shots):
            for pixels in _shot(rng, round(RATE * rng.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))


def _shot(rng: np.random.Generator, frames: int) -> Iterator[NDArray[np.uint8]]:
    """A camera that moves evenly, or not at all, over rough patches of a few colours of their own, with grain."""
    speed = rng.integers(-2, 3, 2) * rng.integers(0, 2)
    room = np.abs(speed) * frames
    colours = rng.integers(0, 240, (5, 3), np.uint8)
    cells = colours[rng.integers(0, 5, ((HEIGHT + room[1]) // 12 + 2, (WIDTH + room[0]) // 12 + 2))]
    wide = np.kron(cells, np.ones((12, 12, 1), np.uint8))
    grain = rng.integers(0, 12, (4, HEIGHT, WIDTH, 3), np.uint8)
    start = np.where(speed < 0, room, 0)
    for number in range(frames):
        x, y = start + speed * number
        yield wide[y : y + HEIGHT, x : x + WIDTH] + grain[number % 4]


def measured(job: str, film: Path) -> Row:
    """Run the command. Raises CalledProcessError with what it printed when it fails."""
    verb, *flags = JOBS[job]
    command = [sys.executable, "-m", "ml", verb, str(film.resolve()), *flags]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=out, stderr=err)
        samples = list(_samples(process))
        seconds = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command, out.read(), err.read())
        said = json.load(out)
    with av.open(str(film)) as container:
        length = (container.duration or 0) / 1e6
    found = len(said["shots"]) if "shots" in said else len(said["clips"][0]["transitions"])
    return Row(job, length, seconds, found, memory_of(samples))


def memory_of(samples: Sequence[float]) -> tuple[float, ...]:
    """Of samples at even times: after a tenth, half, 95 %, and the most; nothing of none."""
    if not samples:
        return ()
    return (*(samples[int(share * (len(samples) - 1))] for share in (0.1, 0.5, 0.95)), max(samples))


def _samples(process: "subprocess.Popen[bytes]") -> Iterator[float]:
    """Megabytes, until the process has ended."""
    while process.poll() is None:
        memory = memory_mb_or_none(process.pid)
        if memory is not None:
            yield memory
        time.sleep(_BETWEEN_SAMPLES_SECONDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.long_film",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--film", type=Path, metavar="FILE", help="look through this film instead")
    parser.add_argument("--minutes", type=float, default=90.0, metavar="M", help="of the film (default 90)")
    parser.add_argument(
        "--shots", type=int, default=SHOTS, metavar="N", help=f"before they come again (default {SHOTS})"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
