"""Settings to begin with, and changes of one that take others along."""

from dataclasses import replace

from ..contract import is_own_family
from .material_scale import real_size
from .material_settings import MaterialSettings

__all__ = ["neutral_settings", "with_family"]


def neutral_settings(family: str) -> MaterialSettings:
    """That family as the panel has it before anything is chosen."""
    size = real_size(family)
    return MaterialSettings(
        prompt="",
        family=family,
        mix_family=family,
        mix=0.0,
        layout_seed=7,
        look_seed=7,
        variations=1,
        vary="both",
        width_px=1024,
        height_px=1024,
        base=None,
        second=None,
        lightness=0.0,
        contrast=1.0,
        roughness=0.0,
        wear=None,
        across=1,
        numbers=(),
        choices=(),
        layout_image="",
        relief="NORMAL",
        depth_m=size.depth_m,
        width_m=size.width_m,
        projection="UV",
    )


def with_family(settings: MaterialSettings, family: str) -> MaterialSettings:
    """Of another family; a size that was the old family's own becomes the new one's."""
    before, after = real_size(settings.family), real_size(family)
    mixes = settings.mix > 0 and not is_own_family(family)
    mixed = settings.mix_family if mixes else family
    own_size = (settings.width_m, settings.depth_m) == (before.width_m, before.depth_m)
    settings = replace(settings, family=family, mix_family=mixed, mix=settings.mix if mixes else 0.0)
    return replace(settings, width_m=after.width_m, depth_m=after.depth_m) if own_size else settings
