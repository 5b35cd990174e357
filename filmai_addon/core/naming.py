"""Names that users meet: of images, materials, jobs and files."""

from pathlib import Path

from ..contract import family_by_id

__all__ = ["file_stem", "free_path", "job_title", "texture_name"]


def job_title(family_id: str, seed: int, variations: int) -> str:
    """``Brick 7``, or ``Brick 7, 4 variations``."""
    label = family_by_id(family_id).label
    return f"{label} {seed}" if variations == 1 else f"{label} {seed}, {variations} variations"


def texture_name(family_id: str, seed: int) -> str:
    """The name of an image and of its material; Blender adds ``.001`` where it is taken."""
    return f"FilmAI {family_by_id(family_id).label} {seed}"


def file_stem(family_id: str, seed: int, size_px: int) -> str:
    """The file name without its ending: ``filmai_brick_7_1024px``."""
    return f"filmai_{family_id}_{seed}_{size_px}px"


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """The first of ``stem.png``, ``stem_2.png``, ... that does not exist, so that nothing is overwritten."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{stem}_{number}{suffix}"
        number += 1
    return path
