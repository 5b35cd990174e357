"""The choices of the Character panel's menus: identifier, name, tooltip.

Blender keeps pointers into these strings, so the tuples must outlive every use of them.
"""

from .contract import CHARACTER_INDEX, CHARACTERS, PORTRAITS

__all__ = [
    "ARCHETYPE_ITEMS",
    "BUILD_ITEMS",
    "LOCATION_ITEMS",
    "LOOK_ITEMS",
    "PICTURE_ITEMS",
    "PLACING_ITEMS",
    "PORTRAIT_ITEMS",
    "VARY_ITEMS",
]

ARCHETYPE_ITEMS = tuple((term.id.upper(), term.label, term.about) for term in CHARACTERS)
PORTRAIT_ITEMS = tuple(ARCHETYPE_ITEMS[CHARACTER_INDEX[archetype]] for archetype in PORTRAITS)
LOOK_ITEMS = (
    ("SAME", "Same Archetype", "Colours as the archetype itself has them"),
    *((term.id.upper(), term.label, f"Colours as those of a {term.label.lower()}") for term in CHARACTERS),
)
BUILD_ITEMS = (
    ("SEED", "From the Seed", "Left to the body's seed"),
    ("SLIM", "Slim", "Narrow trunk and thin limbs"),
    ("AVERAGE", "Average", "As most are"),
    ("HEAVY", "Heavy", "Broad trunk and thick limbs"),
)
PLACING_ITEMS = (
    (
        "REFERENCES",
        "References",
        (
            "Front and side as reference images to model on: upright, in real height, feet on the ground, seen "
            "in orthographic front and right views only"
        ),
    ),
    ("PLANE", "Plane", "The front view on a plane with a transparent background that turns to the camera"),
    ("IMAGES", "Images Only", "The pictures alone, in the list of images"),
)
LOCATION_ITEMS = (
    ("ORIGIN", "World Origin", "The feet stand at the world's origin"),
    ("CURSOR", "3D Cursor", "The feet stand at the 3D cursor"),
)
VARY_ITEMS = (
    ("BOTH", "Body and Look", "Each variation has another body and another look"),
    ("BODY", "Body", "Each variation has another body; colours and details stay"),
    ("LOOK", "Look", "Each variation has other colours and details; the body stays"),
)
PICTURE_ITEMS = (
    ("512", "512 px", "Pictures 512 pixels high"),
    ("1024", "1024 px", "Pictures 1024 pixels high"),
    ("2048", "2048 px", "Pictures 2048 pixels high"),
    ("CUSTOM", "Other", "Any height"),
)
