"""Names that users meet: of images, materials, jobs and files."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..contract import CHARACTER_INDEX, CHARACTERS, VIEW_LABELS, family_by_id, family_label, family_word

if TYPE_CHECKING:
    from .character_settings import CharacterSettings
    from .material_settings import MaterialSettings

__all__ = [
    "MAP_LABELS",
    "character_file_stem",
    "character_name",
    "character_sheet_title",
    "character_title",
    "character_view_name",
    "file_stem",
    "free_path",
    "free_stem",
    "job_title",
    "material_file_stem",
    "material_name",
    "material_title",
    "sheet_title",
    "texture_name",
]

MAP_LABELS = {
    "basecolor": "Base Color",
    "height": "Height",
    "roughness": "Roughness",
    "metallic": "Metallic",
    "normal": "Normal",
    "occlusion": "Occlusion",
}
"""In the words that Blender's own sockets have."""


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


def material_title(settings: "MaterialSettings") -> str:
    """``Brick 7, herringbone``; ``Brick and Moss 7-12, 4 variations``."""
    parts = [f"{_families(settings)} {_seeds(settings)}"]
    if settings.pattern:
        parts.append(settings.pattern.replace("_", " "))
    if settings.variations > 1:
        parts.append(f"{settings.variations} variations")
    if settings.between is not None:
        paint = settings.between
        parts.append(f"{paint.blend:.0%} to {family_by_id(paint.family).label} {paint.look_seed}")
    return ", ".join(parts)


def sheet_title(settings: "MaterialSettings") -> str:
    """``9 previews of Brick``."""
    return f"{settings.variations} previews of {_families(settings)}"


def material_name(settings: "MaterialSettings") -> str:
    """The name of a material, and the beginning of its images' names. Blender's names are short: one family."""
    return f"FilmAI {family_label(settings.family)} {_seeds(settings)}"


def material_file_stem(settings: "MaterialSettings") -> str:
    """What the names of its maps' files begin with: ``brick_07``, ``brick_07-12``."""
    look = "" if settings.look_seed == settings.layout_seed else f"-{settings.look_seed:02d}"
    return f"{family_word(settings.family)}_{settings.layout_seed:02d}{look}"


def free_stem(folder: Path, stem: str, endings: Iterable[str]) -> str:
    """The first of ``stem``, ``stem_2``, ... of which no file with one of the endings exists."""
    ends, number, free = tuple(endings), 2, stem
    while any((folder / f"{free}{ending}").exists() for ending in ends):
        free = f"{stem}_{number}"
        number += 1
    return free


def character_title(settings: "CharacterSettings") -> str:
    """``Knight 7``; ``Knight 7 as Pirate 12, 4 variations``; ``Portrait Monk 7``."""
    look = ""
    if settings.look_archetype != settings.archetype:
        look = f" as {_archetype(settings.look_archetype)} {settings.look_seed}"
    elif settings.look_seed != settings.body_seed:
        look = f"-{settings.look_seed}"
    title = f"{_archetype(settings.archetype)} {settings.body_seed}{look}"
    title = f"Portrait {title}" if settings.portrait else title
    return title if settings.variations == 1 else f"{title}, {settings.variations} variations"


def character_sheet_title(settings: "CharacterSettings") -> str:
    """``9 previews of Knight``, ``9 portraits of Monk``."""
    if settings.portrait:
        return f"{settings.variations} portraits of {_archetype(settings.archetype)}"
    return f"{settings.variations} previews of {_archetype(settings.archetype)}"


def character_name(settings: "CharacterSettings") -> str:
    """The name of its plane and of the material, and the beginning of the names of its pictures."""
    return f"FilmAI {character_title(settings)}"


def character_view_name(settings: "CharacterSettings", view: str) -> str:
    """``FilmAI Knight 7 Front``: of the image and of the reference that shows it."""
    return f"{character_name(settings)} {VIEW_LABELS[view]}"


def character_file_stem(settings: "CharacterSettings") -> str:
    """What the names of its views' files begin with: ``knight_07``, ``knight_07-pirate_12``, ``portrait_monk_07``."""
    look, kind = "", "portrait_" if settings.portrait else ""
    if settings.look_archetype != settings.archetype:
        look = f"-{settings.look_archetype}_{settings.look_seed:02d}"
    elif settings.look_seed != settings.body_seed:
        look = f"-{settings.look_seed:02d}"
    return f"{kind}{settings.archetype}_{settings.body_seed:02d}{look}"


def _archetype(archetype: str) -> str:
    return CHARACTERS[CHARACTER_INDEX[archetype]].label


def _families(settings: "MaterialSettings") -> str:
    label = family_label(settings.family)
    if settings.mix == 0 or settings.mix_family == settings.family:
        return label
    return f"{label} and {family_label(settings.mix_family)}"


def _seeds(settings: "MaterialSettings") -> str:
    if settings.layout_seed == settings.look_seed:
        return str(settings.layout_seed)
    return f"{settings.layout_seed}-{settings.look_seed}"
