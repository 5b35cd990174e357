"""How long a material takes, and how much memory: the whole job against the bare network, and against torch.

One command, one table, in the development environment. Each row is the median of several runs in turn, so that a
busy moment meets all columns. Memory is the largest that the job's own process had.

    python -m bench.material_speed
    python -m bench.material_speed --sizes 1024 2048 --runs 5 --json
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.measure import machine_lines, median, timed_ms
from ml.infer.cards import MaterialCard
from ml.infer.models import find_model, read_weights
from ml.infer.painting import STRIDE
from ml.infer.session import make_session

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
    card: MaterialCard, inputs: dict[str, np.ndarray], threads: int
) -> Callable[[], object] | None:
    """The same network in torch, with weights of no meaning; None where torch is missing."""
    try:
        import torch
    except ImportError:
        return None
    from ml.nets.guided import GuidedConfig, GuidedGenerator
    from ml.train.guided_recipe import load_guided_recipe

    torch.set_num_threads(threads)
    net = load_guided_recipe(REPOSITORY / "ml" / "configs" / "texture_studio.toml").net
    config = GuidedConfig(
        families=len(card.families),
        local_channels=net.local_channels,
        style_channels=net.style_channels,
        generator_channels=net.generator_channels,
        discriminator_channels=net.discriminator_channels,
    )
    generator = GuidedGenerator(config).eval()
    tensors = {name: torch.from_numpy(array) for name, array in inputs.items()}

    def run() -> object:
        with torch.no_grad():
            return generator(**tensors)

    return run


def job(px: int, folder: Path) -> tuple[float, float]:
    """Seconds of the job itself and the largest memory of its process in MB, as the command line runs it."""
    command = [sys.executable, "-m", "ml", "material", "--family", FAMILY, "--size", f"{px}", "--json"]
    script = (
        "import resource, runpy, sys; sys.argv = sys.argv[1:]\n"
        "try: runpy.run_module('ml', run_name='__main__', alter_sys=True)\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command[2:], "--device", "cpu", "--out", str(folder)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)["elapsed_seconds"], int(done.stderr.split()[-1]) / 1024


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
        eager = torch_action(model.card, inputs, threads)
        bare: list[float] = []
        eager_ms: list[float] = []
        whole: list[float] = []
        memory = 0.0
        session.run(None, inputs)
        for _ in range(runs):
            bare += [ms * scale for ms in timed_ms(lambda: session.run(None, inputs), 1)]  # noqa: B023
            if eager is not None:
                eager_ms += [ms * scale for ms in timed_ms(eager, 1)]
            with tempfile.TemporaryDirectory() as folder:
                took, megabytes = job(px, Path(folder))
            whole.append(took)
            memory = max(memory, megabytes)
        rows.append(
            {
                "px": px,
                "network_seconds": median(bare) / 1000,
                "torch_seconds": median(eager_ms) / 1000 if eager_ms else None,
                "job_seconds": median(whole),
                "job_over_network": median(whole) * 1000 / median(bare),
                "memory_mb": memory,
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
    options = parser.parse_args()
    rows = measure(options.sizes, options.runs)
    machine = machine_lines()
    if options.json:
        print(
            json.dumps({"family": FAMILY, "runs": options.runs, "machine": machine, "rows": rows}, indent=2)
        )
        return 0
    print(f"{'size':>6} {'network':>9} {'torch':>9} {'whole job':>10} {'job/network':>12} {'memory':>9}")
    for row in rows:
        eager = f"{row['torch_seconds']:.2f} s" if row["torch_seconds"] is not None else "-"
        print(
            f"{row['px']:>6} {row['network_seconds']:>7.2f} s {eager:>9} {row['job_seconds']:>8.2f} s "
            f"{row['job_over_network']:>12.2f} {row['memory_mb']:>6.0f} MB"
        )
    print("\n".join(machine))
    return 0


if __name__ == "__main__":
    sys.exit(main())
