"""Which Python runs the worker, and where it finds its packages. Starts nothing and imports nothing heavy."""

import sys
from importlib.util import find_spec
from pathlib import Path

from . import paths
from .core.errors import SettingsError
from .core.settings import AddonSettings
from .worker_client import probe_command, worker_command

__all__ = ["probe_argv", "worker_argv"]

_PACKAGES = ("onnxruntime", "PIL", "numpy")


def worker_argv(settings: AddonSettings) -> tuple[str, ...]:
    """The worker's command line. Raises SettingsError when the chosen Python is not there."""
    return worker_command(
        _python(settings),
        paths.package_root(),
        _site_dirs(settings),
        paths.models_folder(),
        settings.idle_seconds,
        paths.own_models_folder(),
    )


def probe_argv(settings: AddonSettings) -> tuple[str, ...]:
    """The command that says what the chosen Python offers. Raises SettingsError when it is not there."""
    return probe_command(_python(settings), paths.package_root(), _site_dirs(settings))


def _python(settings: AddonSettings) -> Path:
    if settings.runtime == "BUNDLED":
        return _own_python()
    if not settings.external_python:
        raise SettingsError(
            "No Python is chosen for the external runtime.", "Choose one in the preferences of FilmAI."
        )
    python = Path(settings.external_python).expanduser()
    if not python.is_file():
        raise SettingsError(
            f"There is no Python at {python}.", "Choose another one in the preferences of FilmAI."
        )
    return python


def _own_python() -> Path:
    executable = Path(sys.executable)
    if "python" in executable.name.lower():
        return executable
    # some builds of Blender name themselves here; the interpreter of the same version lies in its prefix
    name = (
        "python.exe" if sys.platform == "win32" else f"bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    )
    return Path(sys.prefix) / name


def _site_dirs(settings: AddonSettings) -> tuple[Path, ...]:
    """The folders that Blender put the extension's wheels and its own numpy into.

    Only looked up, never imported: Blender's process stays free of the runtime. An external Python has its
    own packages, and those of another Python would not fit.
    """
    if settings.runtime == "EXTERNAL":
        return ()
    specs = [find_spec(package) for package in _PACKAGES]
    folders = [Path(spec.origin).parents[1] for spec in specs if spec is not None and spec.origin]
    return tuple(dict.fromkeys(folders))
