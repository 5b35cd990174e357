"""The real worker, with a task that prints in every way it can: from Python, below it, and from a child process.

Run by path with the worker's command line.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ml.cli import main
from ml.infer import upscale

enlarge_tile = upscale.enlarge_tile


def print_and_enlarge(tile: Any, size_px: int) -> Any:
    print('{"v":1,"type":"finished","job":"stray"}', flush=True)
    os.write(1, b"printed below Python\n")
    child = [sys.executable, "-I", "-c", "print('printed by a child')"]
    subprocess.run(child, stdin=subprocess.DEVNULL, check=True)
    return enlarge_tile(tile, size_px)


if __name__ == "__main__":
    # before the task is imported, which takes its own reference
    upscale.enlarge_tile = print_and_enlarge
    sys.exit(main(sys.argv[1:]))
