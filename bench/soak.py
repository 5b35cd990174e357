"""Many mixed jobs in one Blender: does memory stay flat, in Blender and in its worker?

Run it in the Python of a Blender environment, with the packaged zip; it starts a Blender with a profile of its own.
Textures, materials and captions of a picture strip are made in turn, and taken out of the file again. After the first
fifth everything is loaded; what memory grows by from there to the end is the last column. A job that fails ends it.

    .envs/bpy-5.2/bin/python -m bench.soak --zip dist/filmai-0.1.0-linux-x64.zip
    .envs/bpy-5.2/bin/python -m bench.soak --zip dist/filmai-0.1.0-linux-x64.zip --jobs 20 --out /tmp/soak
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.measure import machine_lines, median, memory_mb_or_none
from bench.plot import line_plot
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
HEADERS = ("process", "MB after a fifth", "MB at the end", "growth per 100 jobs", "most")

Sample = dict[str, float]
"""After how many jobs, and megabytes of ``blender`` and ``worker``."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, write soak.json and soak.svg; exit status 0 when all jobs were done."""
    options = _parser().parse_args(argv)
    if options.jobs < 10:
        raise SystemExit(f"{options.jobs} jobs are too few to see growth. Ask for 10 or more: --jobs 1000")
    if not options.zip.is_file():
        raise SystemExit(f"There is no package {options.zip}. Make it: python build.py")
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.inside:
        return _start(options)
    started = time.monotonic()
    samples = _work(options.zip.resolve(), options.jobs)
    seconds = time.monotonic() - started
    if not samples:
        raise SystemExit(
            "This system does not say how much memory a process has; on Linux and macOS it does."
        )
    series = {name: [(one["jobs"], one[name]) for one in samples] for name in ("blender", "worker")}
    plot = line_plot(f"Memory over {options.jobs} mixed jobs", "jobs", "MB", series)
    (options.out / "soak.svg").write_text(plot, encoding="utf-8", newline="\n")
    facts = {"jobs": options.jobs, "seconds": seconds, "machine": machine_lines(), "samples": samples}
    (options.out / "soak.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8", newline="\n")
    print("\n".join(machine_lines()))
    print(f"{options.jobs} jobs in {seconds:.0f} s")
    print(table(HEADERS, [growth_row(name, [one[name] for one in samples], options.jobs) for name in series]))
    return 0


def growth_row(process: str, memory_mb: Sequence[float], jobs: int) -> tuple[str, ...]:
    """As the table shows it. ``memory_mb`` at even distances; ends are medians of a tenth of the samples."""
    settled = memory_mb[len(memory_mb) // 5 :]
    few = max(1, len(settled) // 10)
    first, last = median(list(settled[:few])), median(list(settled[-few:]))
    growth = 100 * (last - first) / (0.8 * jobs)
    return (process, f"{first:.0f}", f"{last:.0f}", f"{growth:+.2f} MB", f"{max(memory_mb):.0f}")


def _start(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="filmai-soak-", ignore_cleanup_errors=True) as profile:
        command = [sys.executable, "-m", "bench.soak", "--inside", "--zip", str(options.zip)]
        command += ["--jobs", str(options.jobs), "--out", str(options.out)]
        variables = dict(os.environ) | {"BLENDER_USER_RESOURCES": profile}
        return subprocess.run(command, cwd=REPOSITORY, env=variables, check=False).returncode


def _work(package: Path, jobs: int) -> list[Sample]:
    # only here: the process that starts the other needs no Blender
    import bpy

    from bench.in_blender import EXTENSION

    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.extensions.package_install_files(
        filepath=str(package), repo="user_default", enable_on_install=True
    )
    bpy.ops.mesh.primitive_cube_add()
    _add_picture_strip(bpy)
    pump = importlib.import_module(f"{EXTENSION}.session").pump()
    samples: list[Sample] = []
    for number in range(jobs):
        if (answer := _job(bpy, number)) != {"FINISHED"}:
            raise SystemExit(f"job {number} answered {answer}")
        _forget(bpy)
        worker = pump.dispatcher._worker
        blender_mb = memory_mb_or_none(os.getpid())
        worker_mb = memory_mb_or_none(worker.pid)
        if blender_mb is not None and worker_mb is not None:
            samples.append({"jobs": number + 1, "blender": blender_mb, "worker": worker_mb})
    return samples


def _job(bpy: Any, number: int) -> Any:
    match number % 3:
        case 0:
            return bpy.ops.filmai.generate_texture(family="BRICK", seed=number, size=256)
        case 1:
            return bpy.ops.filmai.generate_material(
                family="BRICK", layout_seed=number, look_seed=number, width=256, height=256
            )
        case _:
            return bpy.ops.filmai.caption_strips()


def _add_picture_strip(bpy: Any) -> None:
    scene = bpy.context.scene
    image = bpy.data.images.new("soak", 320, 180)
    path = Path(bpy.app.tempdir) / "soak.png"
    image.filepath_raw, image.file_format = str(path), "PNG"
    image.save()
    bpy.data.images.remove(image)
    strip = scene.sequence_editor_create().strips.new_image("soak", str(path), 1, 1)
    strip.select = True


def _forget(bpy: Any) -> None:
    bpy.context.object.data.materials.clear()
    bpy.data.batch_remove([*bpy.data.materials, *bpy.data.images])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--zip", type=Path, required=True, help="the packaged extension")
    parser.add_argument("--jobs", type=int, default=1000, metavar="N")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "bench" / "results", metavar="DIR")
    parser.add_argument("--inside", action="store_true", help="in this Blender, for the bench itself")
    return parser


if __name__ == "__main__":
    sys.exit(main())
