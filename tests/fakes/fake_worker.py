"""A stand-in for the worker: same command line and same wire, no network, no packages, ready in an instant.

Run by path with any Python. The environment variable FILMAI_FAKE_SCENARIO picks what goes wrong:

    happy         every job finishes with real, small PNG files (the default)
    preview       as happy, with a Preview event before the result
    slow          200 steps of 50 ms; cancellable
    deaf          as slow, but a running job ignores Cancel
    frozen        the first job never goes beyond its first Progress; ignores Cancel, the end of its input
                  and SIGTERM
    silent        never says a word, not even Ready; ends with its input
    slow_start    as happy, Ready comes after 1 s
    problem       as happy, Ready names a missing model, and every job fails with MODEL_MISSING
    fail          every job fails with DISK_FULL
    die_at_start  exit code 3 before Ready, with two lines on stderr
    die_midjob    exit code 9 after the first Progress
    stray_print   as happy, and every job prints to the ordinary stdout
    garbage       the first job writes a line that is no message
    wrong_version Ready of a protocol version from the future
    long_line     the first job writes a line without an end
    flood         the first job sends Progress without a pause until it is cancelled
    truncate      the result's line breaks off in the middle, and the worker ends with exit code 0
    repeat        every line comes three times
    reorder       the result comes before a Progress and a Failed of its job; results of jobs that nobody knows
    fuzz          fifty lines with something wrong in them for each Progress, other ones for each FILMAI_FAKE_SEED
    chatter       as happy, after 4 MiB of lines on stderr
"""

import argparse
import hashlib
import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ml import protocol as p
from ml.protocol_characters import GenerateCharacter, PreviewCharacters
from ml.protocol_lists import ExportShots, ReadCaptions
from ml.protocol_preview import MaterialPreview, PreviewMaterials, PreviewSheet
from tests.fakes.bad_wire import BAD_LINES, bad_lines
from tests.fakes.figures import character_result, character_sheet
from tests.fakes.pictures import checker_png, map_png, png_size
from tests.fakes.shots import list_answer, shots_answer

SCENARIO = os.environ.get("FILMAI_FAKE_SCENARIO", "happy")
SEED = int(os.environ.get("FILMAI_FAKE_SEED", "0"))
MODEL = p.ModelUsed("fake_texture", "1", "0" * 64)
DEVICE = p.DeviceUsed("cpu", "the fake worker has no other device")
STEP_SECONDS = 0.05
ListJob = ExportShots | ReadCaptions
Making = (
    p.GenerateTexture
    | p.GenerateMaterial
    | p.DescribeShots
    | p.DetectCuts
    | PreviewMaterials
    | GenerateCharacter
    | PreviewCharacters
    | ListJob
)


class FakeWorker:
    """Reads on a thread of its own, works on the main thread, as the real one does; computes nothing."""

    def __init__(self, wire: int) -> None:
        self.wire = wire
        self.changed = threading.Condition()
        self.waiting: list[p.JobRequest] = []
        self.running = ""
        self.cancelled: set[str] = set()
        self.loaded = 0
        self.begun = 0
        self.ended = False

    def emit(self, event: p.Event) -> None:
        line = p.encode(event)
        for said in bad_lines(SCENARIO, line, SEED) if SCENARIO in BAD_LINES else (line,):
            if not said:
                os._exit(0)
            self.write(said)

    def write(self, line: bytes) -> None:
        with self.changed:
            view = memoryview(line)
            try:
                while view:
                    view = view[os.write(self.wire, view) :]
            except OSError:
                # nobody is there any more
                os._exit(0)

    def read(self) -> None:
        """Takes requests until the input ends."""
        while line := sys.stdin.buffer.readline(p.MAX_LINE_BYTES + 1):
            if len(line) > p.MAX_LINE_BYTES:
                while line and not line.endswith(b"\n"):
                    line = sys.stdin.buffer.readline(p.MAX_LINE_BYTES)
                continue
            try:
                self.accept(p.decode_request(line))
            except p.WireError as error:
                job = job_of(line)
                if job and not self.is_open(job):
                    self.emit(p.Failed(job, "BAD_REQUEST", "The fake worker got a bad message.", str(error)))
        with self.changed:
            self.ended = True
            self.changed.notify()

    def accept(self, request: p.Request) -> None:
        with self.changed:
            if isinstance(request, p.Cancel):
                queued = [job for job in self.waiting if job.job == request.job]
                for job in queued:
                    self.waiting.remove(job)
                    self.emit(p.Cancelled(job.job))
                if request.job == self.running:
                    self.cancelled.add(request.job)
            elif not self.is_open(request.job):
                self.waiting.append(request)
            self.changed.notify()

    def is_open(self, job: str) -> bool:
        with self.changed:
            return job == self.running or any(request.job == job for request in self.waiting)

    def run(self) -> int:
        """Works until the input ends; returns the exit code."""
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.waiting or (self.ended and SCENARIO != "frozen"))
                if not self.waiting:
                    return 0
                request = self.waiting.pop(0)
                self.running = request.job
                self.cancelled.clear()
            event = self.release(request) if isinstance(request, p.ReleaseMemory) else self.generate(request)
            with self.changed:
                self.running = ""
            self.emit(event)

    def release(self, request: p.ReleaseMemory) -> p.Event:
        loaded, self.loaded = self.loaded, 0
        return p.Finished(request.job, p.Released("released", loaded))

    def generate(self, request: Making) -> p.Event:
        self.loaded = 1
        self.begun += 1
        for step, total in self.steps(request):
            if self.ended:
                os._exit(0)
            if request.job in self.cancelled and SCENARIO != "deaf":
                return p.Cancelled(request.job)
            self.emit(p.Progress(request.job, "draw", step, total))
            self.misbehave()
            while SCENARIO == "frozen":
                time.sleep(3600)
        if SCENARIO in ("fail", "problem"):
            code = "DISK_FULL" if SCENARIO == "fail" else "MODEL_MISSING"
            return p.Failed(request.job, code, "The fake worker fails, as told.", "a detail")
        return p.Finished(request.job, self.answer(request))

    def answer(self, request: Making) -> p.JobResult:
        match request:
            case PreviewMaterials():
                return preview_sheet(request)
            case p.GenerateMaterial():
                return material_result(request)
            case GenerateCharacter():
                return character_result(request, MODEL, DEVICE)
            case PreviewCharacters():
                return character_sheet(request, MODEL, DEVICE)
            case p.DescribeShots() | p.DetectCuts():
                return shots_answer(request, MODEL, DEVICE)
            case ExportShots() | ReadCaptions():
                return list_answer(request)
            case _:
                return self.result(request)

    def steps(self, request: Making) -> Iterator[tuple[int, int]]:
        if SCENARIO == "flood" and self.begun == 1:
            return ((step % 1000, 1000) for step in itertools.count())
        if SCENARIO in ("slow", "deaf"):
            return (sleep_then((step, 200)) for step in range(200))
        if isinstance(request, ListJob):
            return iter([(0, 1)])
        made = request.material if isinstance(request, PreviewMaterials) else request
        made = made.character if isinstance(made, PreviewCharacters) else made
        total = len(made.clips) if hasattr(made, "clips") else made.variations
        return ((step, total) for step in range(total))

    def misbehave(self) -> None:
        if SCENARIO == "die_midjob":
            print("the fake worker dies now", file=sys.stderr, flush=True)
            os._exit(9)
        if SCENARIO == "stray_print":
            print('{"v":1,"type":"finished","job":"stray"}', flush=True)
        if SCENARIO == "garbage":
            self.write(b"Segmentation fault (just kidding)\n")
        if SCENARIO == "long_line":
            for _ in range(8):
                self.write(b"x" * p.MAX_LINE_BYTES)

    def result(self, request: p.GenerateTexture) -> p.TextureResult:
        folder = Path(request.out_dir)
        images = []
        for index in range(request.variations):
            seed = (request.seed + index) % (p.MAX_SEED + 1)
            data = checker_png(request.size_px, seed)
            path = folder / f"{request.family}_{seed}_{request.size_px}.png"
            path.write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            images.append(p.TextureImage(str(path), seed, request.size_px, request.size_px, digest))
        if SCENARIO == "preview":
            (folder / "preview.png").write_bytes(checker_png(64, request.seed))
            self.emit(p.Preview(request.job, str(folder / "preview.png")))
        return p.TextureResult("texture", request.family, 64, tuple(images), MODEL, DEVICE, 0.01)


def material_result(request: p.GenerateMaterial) -> p.MaterialResult:
    """Maps of the asked size and depth; a note says how large the layout picture was, if there was one."""
    made = tuple(material_maps(request, index) for index in range(request.variations))
    notes: tuple[str, ...] = ()
    if request.layout.image:
        layout = Path(request.layout.image)
        assert layout.parent == Path(request.out_dir)
        width, height = png_size(layout.read_bytes())
        notes = (f"The layout picture has {width} x {height} pixels.",)
    return p.MaterialResult("material", request.family, made, notes, MODEL, DEVICE, 0.01)


def material_maps(request: p.GenerateMaterial, index: int) -> p.MaterialMaps:
    layout_seed, look_seed = request.seeds(index)
    files: list[p.MapFile] = []
    for kind in request.maps:
        data = map_png(kind, request.width_px, request.height_px, (layout_seed, look_seed))
        path = Path(request.out_dir) / f"{request.family}_{layout_seed}_{look_seed}_{kind}.png"
        path.write_bytes(data)
        files.append(p.MapFile(kind, str(path), hashlib.sha256(data).hexdigest()))
    grey = p.Colour(0.5, 0.5, 0.5)
    return p.MaterialMaps(
        layout_seed=layout_seed,
        look_seed=look_seed,
        width_px=request.width_px,
        height_px=request.height_px,
        base=request.look.base or grey,
        second=request.look.second or grey,
        contrast=0.1,
        maps=tuple(files),
    )


def preview_sheet(request: PreviewMaterials) -> PreviewSheet:
    """Checkers in the colours of their seeds."""
    material, previews = request.material, []
    for index in range(material.variations):
        seeds = material.seeds(index)
        data = map_png("basecolor", request.preview_px, request.preview_px, seeds)
        path = Path(material.out_dir) / f"{material.family}_{seeds[0]}_{seeds[1]}_preview.png"
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        previews.append(MaterialPreview(*seeds, str(path), request.preview_px, request.preview_px, digest))
    return PreviewSheet("previews", material.family, tuple(previews), (), MODEL, DEVICE, 0.01)


def sleep_then(value: tuple[int, int]) -> tuple[int, int]:
    time.sleep(STEP_SECONDS)
    return value


def job_of(line: bytes) -> str:
    """The job that a refused line names; empty when it names none."""
    try:
        job = json.loads(line)["job"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return job if isinstance(job, str) else ""


def protect_wire() -> int:
    """The real stdout as a new descriptor; what is printed goes to stderr from here on."""
    wire = os.dup(1)
    os.dup2(2, 1)
    return wire


def announce(worker: FakeWorker) -> None:
    """Ready, as the scenario has it."""
    if SCENARIO == "slow_start":
        time.sleep(1)
    if SCENARIO == "chatter":
        for index in range(40_000):
            print(f"chatter line {index:06d} {'.' * 80}", file=sys.stderr)
    if SCENARIO == "silent":
        return
    problems = ("The model fake_texture is missing.",) if SCENARIO == "problem" else ()
    models = () if problems else (MODEL,)
    ready = p.Ready("", "0.0.0", sys.version.split()[0], "fake", ("CPUExecutionProvider",), models, problems)
    line = p.encode(ready)
    worker.write(line.replace(b'"v":1', b'"v":99') if SCENARIO == "wrong_version" else line)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["worker"])
    parser.add_argument("--models")
    parser.add_argument("--site", action="append")
    parser.add_argument("--idle-seconds", type=float)
    parser.add_argument("--parent-pid", type=int)
    parser.parse_args()
    wire = protect_wire()
    if SCENARIO == "frozen":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if SCENARIO == "die_at_start":
        print("a first line of trouble\nImportError: nothing works today", file=sys.stderr, flush=True)
        return 3
    worker = FakeWorker(wire)
    announce(worker)
    if SCENARIO == "silent":
        sys.stdin.buffer.read()
        return 0
    threading.Thread(target=worker.read, daemon=True).start()
    return worker.run()


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # the reader may still be inside stdin's buffer, which the ordinary end of Python would wait for
    os._exit(code)
