"""Which of the repository's files go into the extension, and under which names. Writes nothing."""

from pathlib import Path

from .errors import BuildError
from .manifest import MANIFEST_NAME

__all__ = ["extension_files"]

_REMEDY = "Is this a whole checkout? Try: git status"
LEFT_OUT_OF_ML = ("nets", "train", "export", "datagen", "configs")
"""The parts of the backend that make models, and are not needed to run them."""
TRAINS_ON_A_FOLDER = (
    *("nets/__init__.py", "nets/dcgan.py", "nets/guided.py", "nets/material_classifier.py"),
    *(f"train/{name}.py" for name in ("__init__", "start", "run", "loop", "progress", "pair", "checkpoint")),
    *(f"train/{name}.py" for name in ("recipe", "data", "sheets", "calibration", "trainer", "relativistic")),
    *(f"train/guided{name}.py" for name in ("", "_controls", "_data", "_recipe", "_trainer")),
    *("train/folder.py", "train/folder_data.py", "train/folder_guide.py", "train/folder_pictures.py"),
    *("train/folder_progress.py", "train/folder_run.py", "train/folder_session.py"),
    *(
        f"export/{name}.py"
        for name in ("__init__", "card", "guided_painter", "metrics", "distances", "quality")
    ),
    *("export/onnx_weights.py", "export/own_model.py", "export/parity.py", "configs/folder.toml"),
)
"""But for these, with which users train a material on pictures of their own in a Python that has torch. They are
text, some 100 kB in all; without them that button would need a checkout of the repository. A test holds the list
to what the command imports."""


def extension_files(repository: Path) -> dict[str, Path]:
    """Name in the zip -> file: the add-on at the root, ``ml/`` with its models beside it, and the licence.

    Raises BuildError when a part is missing.
    """
    addon, backend = repository / "filmai_addon", repository / "ml"
    files = {path.relative_to(addon).as_posix(): path for path in _files_in(addon)}
    for path in _files_in(backend):
        inside = path.relative_to(backend)
        if inside.parts[0] not in LEFT_OUT_OF_ML or inside.as_posix() in TRAINS_ON_A_FOLDER:
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
