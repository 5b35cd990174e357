"""`build.py bench`: environments and package for bench/run.py, which measures."""

from pathlib import Path

from .checks import stream
from .console import Console
from .demo import choose_blender
from .envs import BLENDERS, DEV, clean_variables, prepare
from .errors import BuildError
from .package import build_package
from .paths import REPOSITORY
from .platforms import DEFAULT_PYTHONS, host_platform

__all__ = ["run_bench"]

MODEL = REPOSITORY / "ml" / "models" / "dcgan_texture" / "1" / "model.onnx"
RESULTS = REPOSITORY / "bench" / "results"


def run_bench(repeats: int, blender: str | None, console: Console) -> int:
    """Measure with that many repetitions; 0 when bench/results/ is written. Raises BuildError for bad input."""
    if repeats < 1:
        raise BuildError(f"{repeats} repetitions measure nothing.", "Ask for 1 or more: --repeats 7")
    version = choose_blender(blender)
    development = prepare(DEV, console)
    python = prepare(BLENDERS[version], console)
    package = build_package(host_platform(), DEFAULT_PYTHONS, "cpu", console)
    command: list[str | Path] = [
        development,
        "-m",
        "bench.run",
        "--dev-python",
        development,
        "--blender-python",
        python,
    ]
    command += ["--zip", package.path, "--model", MODEL, "--repeats", str(repeats), "--out", RESULTS]
    return stream(command, console, clean_variables())
