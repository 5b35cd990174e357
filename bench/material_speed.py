"""How long a material takes, and how much memory: the whole job against the bare network, and against torch.

One command, one table, in the development environment. Each row is the median of several runs in turn, so that a
busy moment meets all columns. The job runs twice in a process of its own: cold with loading, then warm as in a worker
that has painted before. Processor time says more than the clock where other work keeps the machine busy; for the
job it counts both threads that write. Memory is the largest that the job's process had.

    python -m bench.material_speed
    python -m bench.material_speed --sizes 1024 2048 --runs 5 --json
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.measure import machine_lines, median, timed_ms
from ml.infer.cards import MaterialCard
from ml.infer.models import Model, find_model, read_weights
from ml.infer.painting import STRIDE
from ml.infer.session import make_session
from ml.protocol import MAP_KINDS, GenerateMaterial, LayoutWish, LookWish
from ml.tasks import TaskContext, make_networks
from ml.tasks.material import generate_material

REPOSITORY = Path(__file__).resolve().parents[1]
MODELS = REPOSITORY / "ml" / "models"
FAMILY = "brick"


def network_inputs(card: MaterialCard, px: int) -> dict[str, np.ndarray]:
    """Noise in the shapes of a picture of ``px`` pixels."""
    rng = np.random.default_rng(0)
    cells = px // STRIDE
    family = np.zeros((1, len(card.families)), np.float32)
    family[0, 0] = 1
    return {
        "guide": rng.random((1, 4, px, px), np.float32),
        "grain": rng.standard_normal((1, 1, px, px), np.float32),
        "local": rng.standard_normal((1, card.local_channels, cells, cells), np.float32),
        "style": rng.standard_normal((1, card.style_channels), np.float32),
        "family": family,
        "controls": rng.standard_normal((1, 10), np.float32),
    }


def torch_action(
    model: Model[MaterialCard], inputs: dict[str, np.ndarray], threads: int
) -> Callable[[], object] | None:
    """The same network in torch; None where torch is missing."""
    try:
        import torch
    except ImportError:
        return None
    from bench.torch_networks import eager_generator

    torch.set_num_threads(threads)
    generator = eager_generator(model)
    tensors = {name: torch.from_numpy(array) for name, array in inputs.items()}

    def run() -> object:
        with torch.no_grad():
            return generator(**tensors)

    return run


@dataclass(frozen=True, slots=True)
class JobTimes:
    """What one process needed for two jobs in turn."""

    cold_seconds: float
    warm_seconds: float
    warm_processor_seconds: float
    memory_mb: float


def job(px: int) -> JobTimes:
    """Two jobs in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.material_speed", "--job", f"{px}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return JobTimes(**json.loads(done.stdout))


def run_job(px: int) -> JobTimes:
    """Two jobs in this process."""
    context = TaskContext(MODELS, make_networks(), lambda _phase, _step, _total: None)
    seconds, processor = [], []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            started, spent = time.perf_counter(), time.process_time()
            generate_material(material_request(px, folder), context)
            seconds.append(time.perf_counter() - started)
            processor.append(time.process_time() - spent)
    return JobTimes(seconds[0], seconds[1], processor[1], _largest_memory_mb())


def material_request(px: int, folder: str, seed: int = 0) -> GenerateMaterial:
    """All maps of a plain material of that many pixels."""
    return GenerateMaterial(
        job="bench",
        family=FAMILY,
        mix_family=FAMILY,
        mix=0.0,
        layout_seed=seed,
        look_seed=seed,
        variations=1,
        vary="both",
        width_px=px,
        height_px=px,
        look=LookWish(base=None, second=None, lightness=0, contrast=1, roughness=0, wear=None),
        layout=LayoutWish(across=1, numbers=(), choices=(), image=""),
        relief_widths=0.02,
        between=None,
        maps=MAP_KINDS,
        device="cpu",
        out_dir=folder,
    )


def _largest_memory_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count what the parent had when it made this process
        (line,) = (row for row in status.read_text().splitlines() if row.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def measure(sizes: list[int], runs: int) -> list[dict[str, float | int | None]]:
    """One row for each size."""
    model = find_model(MODELS, "texture_studio", MaterialCard)
    session, _ = make_session(read_weights(model), "cpu")
    threads = session.get_session_options().intra_op_num_threads
    rows: list[dict[str, float | int | None]] = []
    for px in sizes:
        # the bare network takes all at once; beyond 1024 px that is more memory than the job needs
        inputs = network_inputs(model.card, min(px, 1024))
        scale = (px / min(px, 1024)) ** 2
        eager = torch_action(model, inputs, threads)
        bare: list[float] = []
        bare_processor: list[float] = []
        eager_ms: list[float] = []
        jobs: list[JobTimes] = []
        session.run(None, inputs)
        for _ in range(runs):
            spent = time.process_time()
            bare += [ms * scale / 1000 for ms in timed_ms(lambda: session.run(None, inputs), 1)]  # noqa: B023
            bare_processor.append((time.process_time() - spent) * scale)
            if eager is not None:
                eager_ms += [ms * scale for ms in timed_ms(eager, 1)]
            jobs.append(job(px))
        processor = median([one.warm_processor_seconds for one in jobs])
        rows.append(
            {
                "px": px,
                "network_seconds": median(bare),
                "torch_seconds": median(eager_ms) / 1000 if eager_ms else None,
                "cold_seconds": median([one.cold_seconds for one in jobs]),
                "warm_seconds": median([one.warm_seconds for one in jobs]),
                "warm_over_network": median([one.warm_seconds for one in jobs]) / median(bare),
                "processor_over_network": processor / median(bare_processor),
                "memory_mb": max(one.memory_mb for one in jobs),
            }
        )
        print(f"{px} px done", file=sys.stderr)
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[512, 1024, 2048, 4096], metavar="PX")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of which the median counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--job", type=int, metavar="PX", help="run two jobs in this process, for the bench itself"
    )
    options = parser.parse_args()
    if options.job:
        print(json.dumps(asdict(run_job(options.job))))
        return 0
    rows = measure(options.sizes, options.runs)
    machine = machine_lines()
    if options.json:
        print(
            json.dumps({"family": FAMILY, "runs": options.runs, "machine": machine, "rows": rows}, indent=2)
        )
        return 0
    print(
        f"{'size':>6} {'network':>9} {'torch':>9} {'job, cold':>10} {'job, warm':>10} {'warm/network':>13} "
        f"{'by processor':>13} {'memory':>8}"
    )
    for row in rows:
        eager = f"{row['torch_seconds']:.2f} s" if row["torch_seconds"] is not None else "-"
        print(
            f"{row['px']:>6} {row['network_seconds']:>7.2f} s {eager:>9} {row['cold_seconds']:>8.2f} s "
            f"{row['warm_seconds']:>8.2f} s {row['warm_over_network']:>13.2f} "
            f"{row['processor_over_network']:>13.2f} {row['memory_mb']:>5.0f} MB"
        )
    print("\n".join(machine))
    return 0


if __name__ == "__main__":
    sys.exit(main())
