"""The choices of the Texture Studio's menus: identifier, name, tooltip.

Blender keeps pointers into these strings, so the tuples must outlive every use of them.
"""

from .contract import FAMILIES, MATERIAL_STEP_PX

__all__ = [
    "LAYOUT_FROM_ITEMS",
    "OWN_LAYOUT_ITEMS",
    "PATTERN_ITEMS",
    "PROJECTION_ITEMS",
    "RELIEF_ITEMS",
    "SHEET_ITEMS",
    "SIZE_ITEMS",
    "TRAINED_LAYOUT_ITEMS",
    "VARY_ITEMS",
    "nearest_size_px",
]

PATTERN_ITEMS = (
    ("OWN", "Family's Own", "As the material usually is; the layout's seed decides"),
    ("RUNNING_BOND", "Running Bond", "Rows, each moved by half a stone against the last"),
    ("STACK_BOND", "Stack Bond", "Rows and columns, joint above joint"),
    ("HERRINGBONE", "Herringbone", "Long pieces that meet at right angles"),
    ("BASKET", "Basket Weave", "Pairs of pieces, upright and lying in turn"),
    ("HEXAGONS", "Hexagons", "Six-sided pieces, as in a honeycomb"),
    ("LOZENGES", "Lozenges", "Squares that stand on a corner"),
    ("VORONOI", "Irregular", "Pieces of every shape, as in rubble or dry mud"),
    ("PLANKS", "Planks", "Long boards with joints here and there"),
    ("SCALES", "Scales", "Rounded pieces that overlap the row below"),
    ("WEAVE", "Weave", "Threads that pass over and under each other"),
    ("CRACKS", "Cracks", "A plain surface that has broken"),
    ("PANELS", "Panels", "Plates of many sizes"),
    ("COURSES", "Courses", "Rows of stones of uneven length"),
)
TRAINED_LAYOUT_ITEMS = (
    ("PICTURES", "From the Pictures", "As in one of the pictures, in another part of it for each seed"),
    ("NOISE", "Like the Pictures", "New for each seed, with the scales and directions of the pictures"),
    *(
        (family.id.upper(), f"{family.label} Layout", f"The layouts of {family.label.lower()}")
        for family in FAMILIES
    ),
)
OWN_LAYOUT_ITEMS = (
    ("USUAL", "As Trained", "What was chosen when the material was trained"),
    *TRAINED_LAYOUT_ITEMS,
)
SIZE_ITEMS = (
    ("256", "256 px", "256 x 256 pixels: a quick look"),
    ("512", "512 px", "512 x 512 pixels"),
    ("1024", "1024 px", "1024 x 1024 pixels"),
    ("2048", "2048 px", "2048 x 2048 pixels: for what fills the frame"),
    ("4096", "4096 px", "4096 x 4096 pixels: for close-ups; takes its time"),
    ("8192", "8192 px", "8192 x 8192 pixels: for large surfaces seen close by; takes minutes"),
    ("CUSTOM", "Other", "Any width and height"),
)
VARY_ITEMS = (
    ("BOTH", "Layout and Look", "Each variation has another layout and another look"),
    ("LAYOUT", "Layout", "Each variation has another layout; the look stays"),
    ("LOOK", "Look", "Each variation has another look; the layout stays"),
)
SHEET_ITEMS = (
    ("9", "9", "Three rows of three"),
    ("16", "16", "Four rows of four"),
)
LAYOUT_FROM_ITEMS = (
    ("NEARER", "Nearer One", "That of the material to which the blend is nearer"),
    ("FIRST", "First", "That of the first material"),
    ("SECOND", "Second", "That of the second material"),
)
RELIEF_ITEMS = (
    ("NORMAL", "Normal Map", "Light falls as on the relief. Works in every renderer and on every mesh"),
    ("BUMP", "Bump", "As the normal map, from the height; the depth can be changed in the material"),
    (
        "DISPLACEMENT",
        "Displacement",
        (
            "The surface itself is moved, and casts shadows. Needs a mesh with many faces, for example "
            "through a Subdivision Surface modifier"
        ),
    ),
)
PROJECTION_ITEMS = (
    ("UV", "UV Map", "Along the object's active UV map; where it has none, from six sides"),
    ("BOX", "From Six Sides", "Projected onto the object along its own axes; needs no UV map"),
)


def nearest_size_px(size_px: int) -> int:
    """The multiple of MATERIAL_STEP_PX that lies nearest."""
    return round(size_px / MATERIAL_STEP_PX) * MATERIAL_STEP_PX
