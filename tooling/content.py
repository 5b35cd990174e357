"""Which of the repository's files go into the extension, and under which names. Writes nothing."""

from pathlib import Path

from .errors import BuildError
from .manifest import MANIFEST_NAME

__all__ = ["extension_files"]

_REMEDY = "Is this a whole checkout? Try: git status"
LEFT_OUT_OF_ML = ("nets", "train", "export", "datagen", "configs")
"""The parts of the backend that make models, and are not needed to run them."""


def extension_files(repository: Path) -> dict[str, Path]:
    """Name in the zip -> file: the add-on at the root, ``ml/`` with its models beside it, and the licence.

    Raises BuildError when a part is missing.
    """
    addon, backend = repository / "filmai_addon", repository / "ml"
    files = {path.relative_to(addon).as_posix(): path for path in _files_in(addon)}
    for path in _files_in(backend):
        if path.relative_to(backend).parts[0] not in LEFT_OUT_OF_ML:
            files[path.relative_to(repository).as_posix()] = path
    files["LICENSE"] = repository / "LICENSE"
    for needed in ("__init__.py", MANIFEST_NAME, "ml/__main__.py", "LICENSE"):
        if needed not in files or not files[needed].is_file():
            raise BuildError(
                f"{needed} is missing in {repository}.", "Is this a whole checkout? Try: git status"
            )
    if not any(name.startswith("ml/models/") and name.endswith(".onnx") for name in files):
        raise BuildError("There is no model in ml/models.", _REMEDY)
    return files


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and _belongs(path.relative_to(folder))]


def _belongs(path: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    # ruff.toml is the linter's, per folder
    return not hidden and path.suffix not in {".pyc", ".part"} and path.name != "ruff.toml"
