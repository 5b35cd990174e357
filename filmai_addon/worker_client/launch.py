"""The command lines of the backend's process. Starts nothing."""

import os
from pathlib import Path

__all__ = ["probe_command", "training_command", "worker_command"]


def worker_command(
    python: Path,
    package_root: Path,
    site_dirs: tuple[Path, ...],
    models_dir: Path,
    idle_seconds: int,
    own_models_dir: Path | None = None,
) -> tuple[str, ...]:
    """The command that starts a worker watching this process, ready for Popen.

    ``package_root`` is the folder that holds ``ml``; ``site_dirs`` are searched for packages after the
    interpreter's own; models that were not used for ``idle_seconds`` are dropped from memory. In
    ``own_models_dir`` lie models that the user trained.
    """
    own = () if own_models_dir is None else ("--own-models", str(own_models_dir))
    return (
        *_program(python, package_root, "worker", site_dirs),
        "--models",
        str(models_dir),
        *own,
        "--idle-seconds",
        str(idle_seconds),
        "--parent-pid",
        str(os.getpid()),
    )


def probe_command(python: Path, package_root: Path, site_dirs: tuple[Path, ...]) -> tuple[str, ...]:
    """The command that prints, as one JSON object, what this interpreter offers: versions and devices."""
    return (*_program(python, package_root, "probe", site_dirs), "--json")


def training_command(python: Path, package_root: Path, options: tuple[str, ...]) -> tuple[str, ...]:
    """The command that trains on a folder, see ``ml.train.folder`` for its options."""
    return (str(python), "-I", str(package_root / "ml" / "train" / "start.py"), *options)


def _program(python: Path, package_root: Path, command: str, site_dirs: tuple[Path, ...]) -> tuple[str, ...]:
    # -I: neither the user's PYTHONPATH nor the folder Blender was started in may decide what is imported
    sites = tuple(word for folder in site_dirs for word in ("--site", str(folder)))
    return (str(python), "-I", str(package_root / "ml" / "__main__.py"), command, *sites)
