"""How large a picture of each family is in the world, and how deep its relief: what one sees on a walk."""

from dataclasses import dataclass

__all__ = ["RealSize", "real_size"]


@dataclass(frozen=True, slots=True)
class RealSize:
    """Of one picture, in metres."""

    width_m: float
    depth_m: float
    """From the lowest to the highest point."""


_SIZES = {
    "brick": RealSize(1.2, 0.012),
    "stone_wall": RealSize(2.0, 0.06),
    "cobblestone": RealSize(1.2, 0.03),
    "rock": RealSize(2.0, 0.25),
    "marble": RealSize(1.2, 0.0005),
    "granite": RealSize(0.6, 0.001),
    "terrazzo": RealSize(0.8, 0.0005),
    "concrete": RealSize(2.0, 0.006),
    "plaster": RealSize(1.5, 0.006),
    "asphalt": RealSize(1.0, 0.008),
    "wood_planks": RealSize(1.2, 0.006),
    "wood_grain": RealSize(0.6, 0.0015),
    "bark": RealSize(0.6, 0.03),
    "leaves": RealSize(0.8, 0.03),
    "moss": RealSize(0.4, 0.02),
    "grass": RealSize(0.6, 0.05),
    "sand": RealSize(1.0, 0.03),
    "soil": RealSize(1.0, 0.05),
    "snow": RealSize(2.0, 0.08),
    "ice": RealSize(2.0, 0.03),
    "lava": RealSize(3.0, 0.3),
    "rusted_metal": RealSize(1.0, 0.003),
    "brushed_metal": RealSize(0.3, 0.0002),
    "diamond_plate": RealSize(0.5, 0.004),
    "ceramic_tiles": RealSize(0.9, 0.004),
    "roof_tiles": RealSize(1.5, 0.05),
    "fabric_weave": RealSize(0.05, 0.0008),
    "knit": RealSize(0.12, 0.004),
    "leather": RealSize(0.15, 0.0015),
    "scales": RealSize(0.3, 0.008),
    "fur": RealSize(0.2, 0.02),
    "scifi_panel": RealSize(2.0, 0.03),
}
_OTHERS = RealSize(1.0, 0.01)


def real_size(family_id: str) -> RealSize:
    """A likely size for that family; a metre for one that nobody has measured yet."""
    return _SIZES.get(family_id, _OTHERS)
