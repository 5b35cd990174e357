"""What all benchmarks share: repeated timing, medians, memory of a process, the machine's description.

Standard library only, since it runs in Blender's Python as well as in the development environment.
"""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["machine_lines", "median", "memory_mb_or_none", "timed_ms"]


def timed_ms(work: Callable[[], object], repeats: int) -> list[float]:
    """Wall-clock milliseconds of ``repeats`` calls; what the calls return is dropped outside the clock."""
    samples = []
    for _ in range(repeats):
        started = time.perf_counter()
        result = work()
        samples.append((time.perf_counter() - started) * 1000)
        del result
    return samples


def median(samples: list[float]) -> float:
    """The median; robust against the one sample in which the machine did something else."""
    return statistics.median(samples)


def memory_mb_or_none(pid: int) -> float | None:
    """Resident memory of a process in megabytes (10^6 bytes), or None where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "darwin":
        answer = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        if answer.returncode == 0:
            return int(answer.stdout) * 1024 / 1e6
    return None


def machine_lines() -> list[str]:
    """Processor, cores and system, one fact per line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return [f"processor: {model}", f"logical cores: {os.cpu_count()}", f"system: {platform.platform()}"]
