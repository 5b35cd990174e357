"""What is measured inside Blender, with the packaged extension installed in a profile of its own.

Runs in the Python of a Blender environment. Reaches into the extension where a clock has to be put; changes
nothing of what is measured.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy

from bench.measure import memory_mb_or_none, timed_ms

EXTENSION = "bl_ext.user_default.filmai"
PEER_ADDON = "node_wrangler"
"""Blender's own add-on of about the same number of classes."""
SIZES_PX = (1024, 2048)


def main() -> None:
    """Install, measure everything, write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--repeats", type=int, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    bpy.ops.wm.read_factory_settings(use_empty=True)
    blender_alone_mb = memory_mb_or_none(os.getpid())
    bpy.ops.extensions.package_install_files(
        filepath=str(options.zip), repo="user_default", enable_on_install=True
    )
    facts: dict[str, Any] = {"blender": bpy.app.version_string, "python": sys.version.split()[0]}
    facts |= measure_registration(options.repeats)
    facts |= measure_worker_start(options.repeats)
    facts |= measure_textures(options.repeats, options.scratch)
    facts |= measure_memory()
    facts["memory_blender_alone_mb"] = blender_alone_mb
    options.out.write_text(json.dumps(facts), encoding="utf-8")


def measure_registration(repeats: int) -> dict[str, list[float]]:
    """register() + unregister() of FilmAI and of Blender's own Node Wrangler, in turn."""
    # on the path only once bpy is imported
    import addon_utils

    addon_utils.enable(PEER_ADDON)
    ours, peer = sys.modules[EXTENSION], sys.modules[PEER_ADDON]

    def off_and_on(module: Any) -> Callable[[], None]:
        def work() -> None:
            module.unregister()
            module.register()

        return work

    samples: dict[str, list[float]] = {"register_ms": [], "register_peer_ms": []}
    for _ in range(repeats):
        samples["register_ms"] += timed_ms(off_and_on(ours), 1)
        samples["register_peer_ms"] += timed_ms(off_and_on(peer), 1)
    addon_utils.disable(PEER_ADDON)
    return samples


def measure_worker_start(repeats: int) -> dict[str, list[float]]:
    """A worker's start to its first line, and a bare Python that imports numpy and onnxruntime, in turn."""
    preferences = importlib.import_module(f"{EXTENSION}.preferences")
    runtime = importlib.import_module(f"{EXTENSION}.runtime")
    settings = preferences.addon_settings(bpy.context)
    worker = list(runtime.worker_argv(settings))
    sites = [str(folder) for folder in runtime._site_dirs(settings)]
    script = f"import sys; sys.path[:0] = {sites!r}; import numpy, onnxruntime; print(flush=True)"
    bare = [worker[0], "-I", "-c", script]
    samples: dict[str, list[float]] = {"start_ms": [], "start_peer_ms": []}
    for _ in range(repeats):
        samples["start_ms"].append(_first_line_ms(worker))
        samples["start_peer_ms"].append(_first_line_ms(bare))
    return samples


def _first_line_ms(command: list[str]) -> float:
    started = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        line = child.stdout.readline()
        taken = (time.perf_counter() - started) * 1000
        child.stdin.close()
        if not line:
            raise SystemExit(f"no answer from {command}")
    return taken


def measure_textures(repeats: int, scratch: Path) -> dict[str, list[float]]:
    """Click to image with a warm worker: the operator's own time, the worker's share, the longest tick."""
    bpy.ops.mesh.primitive_cube_add()
    pump = importlib.import_module(f"{EXTENSION}.session").pump()
    ticks = clock_ticks(pump)
    bpy.ops.filmai.generate_texture(family="BRICK", seed=0, size=SIZES_PX[0])
    samples: dict[str, list[float]] = {}
    for size in SIZES_PX:
        for name in ("click", "worker", "stall", "stall_peer"):
            samples[f"{name}_{size}_ms"] = []
        for seed in range(1, repeats + 1):
            ticks.clear()
            samples[f"click_{size}_ms"] += timed_ms(lambda s=seed, px=size: _click(s, px), 1)  # type: ignore[misc]
            samples[f"stall_{size}_ms"].append(max(end - begun for begun, end in ticks) * 1000)
            job = pump.dispatcher.table.all()[-1]
            samples[f"worker_{size}_ms"].append(job.result.elapsed_seconds * 1000)
            samples[f"stall_peer_{size}_ms"] += _load_and_pack_ms(scratch)
            _forget_results()
    return samples


def clock_ticks(pump: Any) -> list[tuple[float, float]]:
    """A list that gets beginning and end, in seconds, of every turn of the timer from now on.

    The turns are those of a window: a script that waits allows itself longer ones.
    """
    ticks: list[tuple[float, float]] = []
    tick = pump.tick

    def clocked(_write_seconds: float = 0.0) -> Any:
        begun = time.perf_counter()
        answer = tick()
        ticks.append((begun, time.perf_counter()))
        return answer

    pump.tick = clocked
    return ticks


def _click(seed: int, size: int) -> None:
    answer = bpy.ops.filmai.generate_texture(family="BRICK", seed=seed, size=size)
    if answer != {"FINISHED"}:
        raise SystemExit(f"the operator answered {answer}")


def _load_and_pack_ms(scratch: Path) -> list[float]:
    image = next(
        node.image for node in bpy.context.object.active_material.node_tree.nodes if node.type == "TEX_IMAGE"
    )
    path = scratch / "peer.png"
    path.write_bytes(image.packed_file.data)

    def work() -> None:
        bpy.data.images.load(str(path), check_existing=False).pack()

    return timed_ms(work, 1)


def _forget_results() -> None:
    bpy.context.object.data.materials.clear()
    for material in list(bpy.data.materials):
        bpy.data.materials.remove(material)
    for image in list(bpy.data.images):
        bpy.data.images.remove(image)


def measure_memory() -> dict[str, float | None]:
    """Resident memory of Blender and of its worker, after the largest textures."""
    pump = importlib.import_module(f"{EXTENSION}.session").pump()
    worker = pump.dispatcher._worker
    return {
        "memory_blender_mb": memory_mb_or_none(os.getpid()),
        "memory_worker_mb": None if worker is None else memory_mb_or_none(worker.pid),
    }


if __name__ == "__main__":
    main()
