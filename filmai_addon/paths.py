"""Where FilmAI keeps its own files. Blender gives every extension a folder of the user's for that."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import bpy

from .core.errors import FilmAIError

__all__ = [
    "addon_folder",
    "has_model",
    "job_root",
    "log_file",
    "models_folder",
    "own_models_folder",
    "package_root",
    "pictures_folder",
    "training_folder",
    "training_log_file",
    "worker_log_file",
]


def addon_folder() -> Path:
    """The folder of the extension's own modules."""
    return Path(__file__).resolve().parent


def package_root() -> Path:
    """The folder that holds ``ml``: the extension itself, or the repository."""
    here = Path(__file__).resolve().parent
    return here if (here / "ml").is_dir() else here.parent


def models_folder() -> Path:
    """The model repository: ``<name>/<version>/model.onnx`` and ``card.json``."""
    return package_root() / "ml" / "models"


def has_model(name: str) -> bool:
    """Whether the package brought that model; whether it is whole, the worker says."""
    return (models_folder() / name).is_dir()


def own_models_folder() -> Path:
    """The user's own model repository, in the same form; it stays when the extension is updated."""
    return _user_folder("models")


def training_folder(word: str) -> Path:
    """The folder of a training's checkpoint and sheets; ``word`` is what its family is called in file names."""
    folder = _user_folder("training") / word
    folder.mkdir(exist_ok=True)
    return folder


def job_root() -> Path:
    """The folder that holds one folder per job."""
    return _user_folder("jobs")


def pictures_folder() -> Path:
    """The small pictures of described shots, for contact sheets."""
    return _user_folder("pictures")


def log_file() -> Path:
    """The add-on's log."""
    return _user_folder("logs") / "filmai.log"


def worker_log_file() -> Path:
    """What the worker prints."""
    return _user_folder("logs") / "worker.log"


def training_log_file() -> Path:
    """What the training prints."""
    return _user_folder("logs") / "training.log"


def _user_folder(name: str) -> Path:
    try:
        return Path(bpy.utils.extension_path_user(__package__, path=name, create=True))
    except ValueError:
        # not installed as an extension, but imported from the repository
        folder = _session_folder() / name
        folder.mkdir(exist_ok=True)
        return folder
    except OSError as error:
        raise FilmAIError(
            f"FilmAI's own folder cannot be written: {error.strerror or error}.",
            "Free some space or check the permissions of Blender's user folder.",
        ) from error


@cache
def _session_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="filmai-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
