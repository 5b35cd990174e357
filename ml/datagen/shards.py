"""Renders in several processes, each of which takes its share of what is missing."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

__all__ = ["run_shards"]


def run_shards(
    module: str,
    arguments: Sequence[str],
    workers: int,
    total: int,
    finished: Callable[[], int],
    unit: str,
    about: str,
) -> int:
    """Runs ``python -m module ... --shard i/n`` n times at once, with a bar; returns the worst exit status.

    finished: how many of the total are there by now.
    """
    base = [sys.executable, "-m", module, *arguments]
    processes = [
        subprocess.Popen([*base, "--shard", f"{index}/{workers}"], cwd=Path(__file__).resolve().parents[2])
        for index in range(workers)
    ]
    try:
        with tqdm(total=total, unit=unit, desc=about) as bar:
            while any(process.poll() is None for process in processes):
                time.sleep(0.5)
                bar.update(finished() - bar.n)
            bar.update(finished() - bar.n)
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
    return max(abs(process.wait()) for process in processes)
