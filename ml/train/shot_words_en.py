"""The English words for every value of a shot's fields: what the grammar writes, and what the slot checker reads.

A phrase is a text of words with spaces between them; where there are several, any of them may be written.
"""

__all__ = [
    "ACTIONS",
    "ANGLES",
    "ANGLE_ADJECTIVES",
    "CAMERA_VERBS",
    "COLOURS",
    "COUNTS",
    "DIRECTIONS",
    "HORIZONS",
    "LIGHTS",
    "MOVEMENTS",
    "NOUNS",
    "PLACES",
    "SCENERY",
    "SETTINGS",
    "SETTING_NOUNS",
    "SIZES",
    "SPEEDS",
    "SPEED_ADJECTIVES",
    "SPEED_ADVERBS",
    "STEADINESS",
    "TIMES",
    "TONES",
]

Phrases = dict[str, tuple[str, ...]]

SIZES: Phrases = {
    "extreme_wide": ("extreme wide shot",),
    "wide": ("wide shot",),
    "full": ("full shot",),
    "medium": ("medium shot",),
    "close_up": ("close-up",),
    "extreme_close_up": ("extreme close-up",),
}
ANGLES: Phrases = {
    "birds_eye": ("bird's-eye view", "seen from straight above"),
    "high": ("high angle", "seen from above"),
    "level": ("eye level", "at eye level"),
    "low": ("low angle", "seen from below"),
    "worms_eye": ("worm's-eye view", "seen from the ground"),
}
ANGLE_ADJECTIVES: Phrases = {
    "birds_eye": ("bird's-eye",),
    "high": ("high-angle",),
    "level": ("eye-level",),
    "low": ("low-angle",),
    "worms_eye": ("worm's-eye",),
}
HORIZONS: Phrases = {
    "straight": ("straight horizon", "level horizon"),
    "dutch": ("Dutch angle", "tilted frame"),
}
MOVEMENTS: Phrases = {
    "static": ("static camera", "locked-off camera"),
    "pan_left": ("pan left", "pan to the left"),
    "pan_right": ("pan right", "pan to the right"),
    "tilt_up": ("tilt up", "upward tilt"),
    "tilt_down": ("tilt down", "downward tilt"),
    "roll": ("camera roll",),
    "truck_left": ("truck left", "truck to the left"),
    "truck_right": ("truck right", "truck to the right"),
    "pedestal_up": ("pedestal up", "upward pedestal"),
    "pedestal_down": ("pedestal down", "downward pedestal"),
    "dolly_in": ("dolly in", "push in"),
    "dolly_out": ("dolly out", "pull out"),
    "zoom_in": ("zoom in",),
    "zoom_out": ("zoom out",),
    "arc": ("arc shot", "arc"),
    "crane": ("crane shot", "crane move"),
    "dolly_zoom": ("dolly zoom",),
    "tracking": ("tracking shot", "tracking move"),
}
CAMERA_VERBS: Phrases = {
    "static": ("does not move", "stays where it is"),
    "pan_left": ("pans left", "pans to the left"),
    "pan_right": ("pans right", "pans to the right"),
    "tilt_up": ("tilts up",),
    "tilt_down": ("tilts down",),
    "roll": ("rotates around its axis",),
    "truck_left": ("trucks left", "trucks to the left"),
    "truck_right": ("trucks right", "trucks to the right"),
    "pedestal_up": ("rises straight up",),
    "pedestal_down": ("sinks straight down",),
    "dolly_in": ("dollies in", "pushes in"),
    "dolly_out": ("dollies out", "pulls out"),
    "zoom_in": ("zooms in",),
    "zoom_out": ("zooms out",),
    "arc": ("arcs around the scene", "circles around the scene"),
    "crane": ("swings on a crane",),
    "dolly_zoom": ("makes a dolly zoom",),
    "tracking": ("tracks along", "follows along"),
}
"""After "the camera"."""
SPEED_ADJECTIVES: Phrases = {"slow": ("slow",), "moderate": ("medium-paced",), "fast": ("fast", "quick")}
SPEEDS: Phrases = {
    "slow": ("at slow speed",),
    "moderate": ("at moderate speed", "at medium speed"),
    "fast": ("at high speed",),
}
SPEED_ADVERBS: Phrases = {"slow": ("slowly",), "fast": ("quickly", "fast")}
STEADINESS: Phrases = {
    "steady": ("steady", "held steady"),
    "handheld": ("handheld",),
    "shaky": ("shaky",),
}
LIGHTS: Phrases = {
    "natural": ("natural light",),
    "high_key": ("high-key light", "high-key lighting"),
    "low_key": ("low-key light", "low-key lighting"),
    "backlit": ("backlit", "light from behind"),
}
TONES: Phrases = {
    "neutral": ("neutral colours", "neutral tones"),
    "warm": ("warm colours", "warm tones"),
    "cool": ("cool colours", "cool tones"),
}
TIMES: Phrases = {"day": ("by day", "in daylight"), "dusk": ("at dusk",), "night": ("at night",)}
SETTINGS: Phrases = {
    "room": ("in a room", "indoors"),
    "street": ("in a street", "in the street"),
    "field": ("in a field",),
    "forest": ("in a forest", "in the woods"),
    "mountains": ("in the mountains",),
    "desert": ("in a desert", "in the desert"),
    "shore": ("on the shore", "by the sea"),
    "studio": ("against a plain background",),
}
SETTING_NOUNS: Phrases = {
    "room": ("a room",),
    "street": ("a street",),
    "field": ("a field",),
    "forest": ("a forest",),
    "mountains": ("mountains",),
    "desert": ("a desert",),
    "shore": ("a shore",),
    "studio": ("a plain background",),
}
SCENERY = ("scenery", "no subject")
"""What stands for the subject "place": the place itself."""
NOUNS: dict[str, tuple[str, str]] = {
    "person": ("person", "people"),
    "dog": ("dog", "dogs"),
    "horse": ("horse", "horses"),
    "bird": ("bird", "birds"),
    "car": ("car", "cars"),
    "truck": ("truck", "trucks"),
    "tree": ("tree", "trees"),
    "house": ("house", "houses"),
    "chair": ("chair", "chairs"),
    "table": ("table", "tables"),
    "lamp": ("lamp", "lamps"),
    "ball": ("ball", "balls"),
}
"""One of them, and several."""
COUNTS: Phrases = {"one": ("a", "an", "one", "a single"), "two": ("two",), "several": ("several", "a few")}
COLOURS: Phrases = {
    name: (name,)
    for name in ("red", "orange", "yellow", "green", "blue", "purple", "brown", "black", "grey", "white")
}
ACTIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "rests": (("is still", "are still", "at rest"), ("stays still", "stay still", "staying still")),
    "walks": (("walks", "walk", "walking"),),
    "runs": (("runs", "run", "running"),),
    "jumps": (("jumps", "jump", "jumping"),),
    "turns": (("turns", "turn", "turning"),),
    "falls": (("falls", "fall", "falling"),),
    "waves": (("waves", "wave", "waving"),),
    "talks": (("talks", "talk", "talking"), ("speaks", "speak", "speaking")),
    "drives": (("drives", "drive", "driving"),),
    "flies": (("flies", "fly", "flying"),),
    "rolls": (("rolls", "roll", "rolling"),),
    "sways": (("sways", "sway", "swaying"),),
    "enters": (
        ("enters the frame", "enter the frame", "entering the frame"),
        ("comes into the frame", "come into the frame", "coming into the frame"),
    ),
    "leaves": (("leaves the frame", "leave the frame", "leaving the frame"),),
}
"""Of one, of several, and after "shot of"."""
DIRECTIONS: Phrases = {
    "none": ("on the spot", "in place"),
    "left_to_right": ("from left to right", "left to right"),
    "right_to_left": ("from right to left", "right to left"),
    "towards": ("towards the camera",),
    "away": ("away from the camera",),
}
PLACES: Phrases = {
    "left": ("on the left", "on the left of the frame"),
    "centre": ("in the centre", "in the centre of the frame"),
    "right": ("on the right", "on the right of the frame"),
}
