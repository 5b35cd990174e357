"""Refreshes the lock file: asks pip which wheels each target needs, without downloading them.

The only place that names the bundled packages and their versions.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .closure import normalised_name
from .console import Console
from .errors import BuildError
from .paths import LOCK_FILE
from .pip import pip_or_error, target_options
from .platforms import PLATFORMS, PYTHONS, RUNTIMES, Runtime, Target
from .wheel_lock import FORBIDDEN, LockedWheel, runs_on, write_lock

__all__ = ["BUNDLED", "refresh_lock"]

# Blender itself brings numpy, requests, certifi, idna, charset-normalizer, urllib3, zstandard and Cython;
# onnxruntime wants flatbuffers, packaging and protobuf besides, and the worker wants Pillow.
BUNDLED: dict[Runtime, tuple[str, ...]] = {
    "cpu": ("onnxruntime==1.32.0", "pillow==13.0.0", "av==18.1.0", "pysubs2==1.8.1"),
    "cuda": ("onnxruntime-gpu[cuda,cudnn]==1.31.1", "pillow==13.0.0", "av==18.1.0", "pysubs2==1.8.1"),
}


def refresh_lock(console: Console) -> tuple[LockedWheel, ...]:
    """Resolve every target anew and write the lock file. Raises BuildError when pip cannot."""
    found: dict[str, LockedWheel] = {}
    for target in _all_targets():
        with console.step(f"Resolving {target}"):
            for wheel in _resolve(target, console):
                known = found.get(wheel.file, wheel)
                if known.sha256 != wheel.sha256:
                    raise BuildError(
                        f"{wheel.file} came with two hashes.", "Clear pip's cache: pip cache purge"
                    )
                targets = (*known.targets, target) if wheel.file in found else (target,)
                found[wheel.file] = LockedWheel(
                    wheel.name, wheel.version, wheel.file, wheel.sha256, targets=targets
                )
    write_lock(LOCK_FILE, found.values())
    return tuple(found.values())


def _all_targets() -> Iterator[Target]:
    for runtime in RUNTIMES:
        for platform in PLATFORMS.values():
            if runtime in platform.runtimes:
                yield from (Target(runtime, platform.id, python) for python in PYTHONS)


def _resolve(target: Target, console: Console) -> list[LockedWheel]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        # --target is only there because pip wants it beside --platform; --dry-run writes nothing into it
        arguments: list[str | Path] = ["install", "--dry-run", "--ignore-installed", "--target", folder]
        arguments += ["--report", report, *target_options(target), *BUNDLED[target.runtime]]
        if (problem := pip_or_error(arguments, console)) is not None:
            raise BuildError(
                f"pip could not resolve {target}:\n{problem}", "Check the versions in tooling/resolve.py."
            )
        installs = json.loads(report.read_text(encoding="utf-8"))["install"]
    wheels = [_wheel(entry, target) for entry in installs]
    return [wheel for wheel in wheels if wheel is not None]


def _wheel(entry: dict[str, Any], target: Target) -> LockedWheel | None:
    name = normalised_name(entry["metadata"]["name"])
    if name in FORBIDDEN:
        return None
    file = entry["download_info"]["url"].rsplit("/", 1)[-1]
    hashes = entry["download_info"].get("archive_info", {}).get("hashes", {})
    if "sha256" not in hashes or not runs_on(file, PLATFORMS[target.platform]):
        raise BuildError(
            f"{file} for {target} has no SHA-256 or does not fit.", "Use an index that gives hashes."
        )
    return LockedWheel(name, entry["metadata"]["version"], file, hashes["sha256"], (target,))
