"""FilmAI against what most AI add-ons do: the same network, in torch eager, inside Blender's own process.

Run it in the development environment; it starts one Blender for each side, several times in turn, each with a profile
of its own. Both make the same material (all maps, the same seeds) with the same weights and the same code around the
network, and put it into the scene. The neighbour imports torch when it is enabled, paints when it is clicked, and
Blender waits for it. The Blender has to have the Python version that the development environment has, since it is
lent torch from there.

    python -m bench.neighbour --blender-python .envs/bpy-4.5/bin/python --zip dist/filmai-0.1.0-linux-x64.zip
    python -m bench.neighbour --blender-python .envs/bpy-4.5/bin/python --zip dist/filmai-0.1.0-linux-x64.zip --json
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measure import machine_lines, median, memory_mb_or_none
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
HEADERS = ("what", "FilmAI", "torch in Blender", "FilmAI over torch")
SIDES = ("filmai", "torch")
CLICKS = 3

Facts = dict[str, float]

_ROWS = (
    ("enabling the add-on", "enable_ms", "ms"),
    ("the first material after that", "first_ms", "ms"),
    ("a further material", "warm_ms", "ms"),
    ("longest stall of Blender, first material", "first_stall_ms", "ms"),
    ("longest stall of Blender, further material", "warm_stall_ms", "ms"),
    ("memory that Blender's process grew by", "grown_mb", "MB"),
    ("memory of processes beside Blender", "beside_mb", "MB"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 0 when both sides made their materials."""
    options = _parser().parse_args(argv)
    if options.inside:
        print(json.dumps(_inside(options)), flush=True)
        # Blender's own ending sometimes crashes after all is said
        os._exit(0)
    if not options.zip.is_file():
        raise SystemExit(f"There is no package {options.zip}. Make it: python build.py")
    _check_same_python(options.blender_python)
    runs: dict[str, list[Facts]] = {side: [] for side in SIDES}
    for number in range(options.runs):
        for side in SIDES:
            runs[side].append(_in_blender(options, side))
            print(f"run {number + 1} of {options.runs}: {side} done", file=sys.stderr)
    facts = {side: {key: median([run[key] for run in runs[side]]) for key in runs[side][0]} for side in SIDES}
    if options.json:
        print(json.dumps({"px": options.px, "machine": machine_lines(), **facts}, indent=2))
        return 0
    print(f"a material of {options.px} x {options.px} pixels, medians of {options.runs}")
    print(table(HEADERS, rows_of(facts["filmai"], facts["torch"])))
    print("\n".join(machine_lines()))
    return 0


def rows_of(ours: Facts, peer: Facts) -> list[tuple[str, ...]]:
    """As the table shows them; the ratio is left out where the peer has nothing."""
    return [
        (
            what,
            f"{ours[key]:.0f} {unit}",
            f"{peer[key]:.0f} {unit}",
            f"{ours[key] / peer[key]:.2f}" if peer[key] > 0 else "",
        )
        for what, key, unit in _ROWS
    ]


def _check_same_python(python: Path) -> None:
    asked = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    own = f"{sys.version_info[0]} {sys.version_info[1]}"
    if asked.stdout.strip() != own:
        raise SystemExit(
            f"That Blender has Python {asked.stdout.strip()}, the development environment has {own}: it cannot be "
            "lent torch. Give the Python of Blender 4.5 (.envs/bpy-4.5)."
        )


def _in_blender(options: argparse.Namespace, side: str) -> Facts:
    with tempfile.TemporaryDirectory(prefix="filmai-neighbour-", ignore_cleanup_errors=True) as profile:
        command = [options.blender_python, "-m", "bench.neighbour", "--inside", side, "--px", str(options.px)]
        command += ["--zip", options.zip.resolve(), "--packages", sysconfig.get_paths()["purelib"]]
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=dict(os.environ) | {"BLENDER_USER_RESOURCES": profile},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    facts: Facts = json.loads(done.stdout.splitlines()[-1])
    return facts


def _inside(options: argparse.Namespace) -> Facts:
    import bpy

    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.mesh.primitive_cube_add()
    alone = memory_mb_or_none(os.getpid()) or 0.0
    side = _FilmAI(bpy, options.zip) if options.inside == "filmai" else _Torch(bpy, options.packages)
    facts: Facts = {"enable_ms": side.enable_ms}
    clicks = [side.click(seed, options.px) for seed in range(CLICKS)]
    facts["first_ms"], facts["first_stall_ms"] = clicks[0]
    facts["warm_ms"] = median([click[0] for click in clicks[1:]])
    facts["warm_stall_ms"] = median([click[1] for click in clicks[1:]])
    facts["grown_mb"] = (memory_mb_or_none(os.getpid()) or 0.0) - alone
    facts["beside_mb"] = side.beside_mb()
    return facts


class _FilmAI:
    """The packaged extension, clicked as its button is."""

    def __init__(self, bpy: Any, package: Path) -> None:
        import addon_utils

        from bench.in_blender import EXTENSION, clock_ticks

        self.bpy = bpy
        bpy.ops.extensions.package_install_files(
            filepath=str(package), repo="user_default", enable_on_install=False
        )
        started = time.perf_counter()
        addon_utils.enable(EXTENSION, default_set=True)
        self.enable_ms = (time.perf_counter() - started) * 1000
        self.pump = importlib.import_module(f"{EXTENSION}.session").pump()
        self.ticks = clock_ticks(self.pump)

    def click(self, seed: int, px: int) -> tuple[float, float]:
        """Milliseconds until the material is there, and of the longest time in which Blender could do nothing else."""
        self.ticks.clear()
        started = time.perf_counter()
        answer = self.bpy.ops.filmai.generate_material(
            family="BRICK", layout_seed=seed, look_seed=seed, width=px, height=px
        )
        taken = time.perf_counter() - started
        if answer != {"FINISHED"}:
            raise SystemExit(f"the operator answered {answer}")
        # what the click itself does before the window is free again, and then each turn of the timer
        busy = [self.ticks[0][0] - started, *(end - begun for begun, end in self.ticks)]
        return taken * 1000, max(busy) * 1000

    def beside_mb(self) -> float:
        """Of the worker."""
        return memory_mb_or_none(self.pump.dispatcher._worker.pid) or 0.0


class _Torch:
    """The least that an add-on with torch in Blender's process has to do."""

    def __init__(self, bpy: Any, packages: str) -> None:
        self.bpy = bpy
        # behind Blender's own, so that its numpy stays
        sys.path.append(packages)
        started = time.perf_counter()
        from bench.torch_networks import TorchNetworks

        self.networks = TorchNetworks()
        self.enable_ms = (time.perf_counter() - started) * 1000

    def click(self, seed: int, px: int) -> tuple[float, float]:
        """As FilmAI's; Blender waits all the time."""
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            files = self.networks.material(seed, px, folder)
            self._into_scene(files)
        taken = (time.perf_counter() - started) * 1000
        return taken, taken

    def beside_mb(self) -> float:
        """There is nothing."""
        return 0.0

    def _into_scene(self, files: Mapping[str, Path]) -> None:
        bpy = self.bpy
        material = bpy.data.materials.new("neighbour")
        if material.node_tree is None:
            material.use_nodes = True
        nodes, links = material.node_tree.nodes, material.node_tree.links
        shader = next(node for node in nodes if node.type == "BSDF_PRINCIPLED")
        for socket, kind in (
            ("Base Color", "basecolor"),
            ("Roughness", "roughness"),
            ("Metallic", "metallic"),
        ):
            node = nodes.new("ShaderNodeTexImage")
            node.image = bpy.data.images.load(str(files[kind]))
            node.image.pack()
            links.new(node.outputs["Color"], shader.inputs[socket])
        for kind in set(files) - {"basecolor", "roughness", "metallic"}:
            bpy.data.images.load(str(files[kind])).pack()
        bpy.context.object.data.materials.append(material)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.neighbour",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--zip", type=Path, required=True, help="the packaged extension")
    parser.add_argument("--blender-python", type=Path, help="the Python of a Blender environment")
    parser.add_argument("--px", type=int, default=1024, help="width and height (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of each side (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    # for the bench itself
    parser.add_argument("--inside", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--packages", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
