"""What goes with what: which subjects do what, where, in which light and in which sizes."""

import numpy as np

from ...shot_terms import FIELD_INDEX, FIELDS

__all__ = [
    "MOVERS",
    "SPEEDS_M",
    "actions_of",
    "angles_of",
    "colours_of",
    "light_of",
    "settings_of",
    "sizes_of",
]

_Weights = dict[str, float]

SPEEDS_M = {
    ("person", "walks"): (0.9, 1.7),
    ("person", "runs"): (2.8, 5.5),
    ("dog", "walks"): (0.7, 1.4),
    ("dog", "runs"): (3.0, 7.0),
    ("horse", "walks"): (1.2, 2.0),
    ("horse", "runs"): (5.0, 10.0),
    ("bird", "flies"): (2.5, 8.0),
    ("car", "drives"): (4.0, 16.0),
    ("truck", "drives"): (3.5, 13.0),
    ("ball", "rolls"): (0.4, 3.5),
}
"""Metres a second over the ground, by subject and gait."""
MOVERS = ("person", "dog", "horse", "bird", "car", "truck", "ball")

_ACTIONS: dict[str, _Weights] = {
    "person": {
        "rests": 2,
        "walks": 3,
        "runs": 2,
        "jumps": 1.5,
        "turns": 1.5,
        "falls": 1.3,
        "waves": 1.5,
        "talks": 2.2,
        "enters": 1.5,
        "leaves": 1.5,
    },
    "dog": {"rests": 1, "walks": 1.5, "runs": 1.5, "jumps": 0.8, "enters": 0.7, "leaves": 0.7},
    "horse": {"rests": 1, "walks": 1.5, "runs": 1.5, "jumps": 0.7, "enters": 0.6, "leaves": 0.6},
    "bird": {"rests": 1, "flies": 4, "enters": 0.8, "leaves": 0.8},
    "car": {"rests": 1.3, "drives": 4, "enters": 0.9, "leaves": 0.9},
    "truck": {"rests": 1.2, "drives": 4, "enters": 0.9, "leaves": 0.9},
    "tree": {"rests": 1, "sways": 4, "falls": 0.5},
    "house": {"rests": 1},
    "chair": {"rests": 3, "falls": 1},
    "table": {"rests": 1},
    "lamp": {"rests": 2, "sways": 1.5, "falls": 0.6},
    "ball": {"rests": 0.6, "rolls": 4, "jumps": 1.2, "falls": 1, "enters": 0.9, "leaves": 0.9},
    "place": {"rests": 1},
}
_OUTSIDE = ("street", "field", "forest", "mountains", "desert", "shore")
_SETTINGS: dict[str, tuple[str, ...]] = {
    "person": ("room", "room", *_OUTSIDE, "studio"),
    "dog": ("room", *_OUTSIDE, "studio"),
    "horse": (*_OUTSIDE, "studio"),
    "bird": (*_OUTSIDE, "studio", "room"),
    "car": ("street", "street", "field", "mountains", "desert", "shore", "studio"),
    "truck": ("street", "street", "field", "mountains", "desert", "shore", "studio"),
    "tree": ("field", "street", "mountains", "shore", "desert", "studio"),
    "house": ("field", "mountains", "desert", "shore", "forest"),
    "chair": ("room", "room", "studio", "field", "shore", "street"),
    "table": ("room", "room", "studio", "field", "forest"),
    "lamp": ("room", "room", "studio", "street", "street"),
    "ball": ("room", "studio", "field", "street", "shore", "desert"),
    "place": ("room", *_OUTSIDE),
}
_COLOURS = {
    "dog": ("brown", "brown", "black", "white", "grey", "yellow", "orange"),
    "horse": ("brown", "brown", "black", "white", "grey"),
    "bird": ("black", "white", "grey", "brown", "blue", "red", "yellow", "green"),
    "tree": ("green", "green", "green", "green", "orange", "yellow", "red", "brown", "white", "purple"),
    "table": ("brown", "brown", "white", "black", "grey", "red", "blue", "green", "yellow"),
}
_SIZES: dict[str, _Weights] = {
    "person": {
        "extreme_wide": 1.2,
        "wide": 1.6,
        "full": 1.6,
        "medium": 1.8,
        "close_up": 1.8,
        "extreme_close_up": 1.4,
    },
    "animal": {
        "extreme_wide": 1,
        "wide": 1.3,
        "full": 1.6,
        "medium": 1.2,
        "close_up": 1.0,
        "extreme_close_up": 0.6,
    },
    "vehicle": {"extreme_wide": 1.1, "wide": 1.4, "full": 1.8, "medium": 1.1, "close_up": 0.8},
    "tall": {"extreme_wide": 1.1, "wide": 1.5, "full": 1.6, "medium": 0.9},
    "thing": {"extreme_wide": 0.4, "wide": 1.0, "full": 1.6, "medium": 1.2, "close_up": 0.9},
}
_GROUPS = {
    "dog": "animal",
    "horse": "animal",
    "bird": "animal",
    "car": "vehicle",
    "truck": "vehicle",
    "tree": "tall",
    "house": "tall",
    "person": "person",
}


def actions_of(subject: str) -> _Weights:
    """What that subject may do."""
    return _ACTIONS[subject]


def settings_of(subject: str) -> tuple[str, ...]:
    """Where it may be; the likelier ones more than once."""
    return _SETTINGS[subject]


def colours_of(subject: str) -> tuple[str, ...]:
    """Which colours it may have."""
    return _COLOURS.get(subject) or tuple(value.id for value in FIELDS[FIELD_INDEX["colour"]].values)


def sizes_of(subject: str, setting: str, count: str) -> _Weights:
    """Shot sizes that make sense."""
    sizes = dict(_SIZES[_GROUPS.get(subject, "thing")])
    if setting in ("room", "studio") and subject not in ("bird", "ball"):
        sizes["extreme_wide"] = 0.15 if setting == "studio" else 0.0
    if count != "one":
        sizes["extreme_close_up"] = 0.0
        sizes["close_up"] = 0.15 if count == "two" else 0.0
    return sizes


def angles_of(subject: str, setting: str, flies: bool) -> _Weights:
    """From how high the camera may look."""
    angles = {"birds_eye": 1.2, "high": 2.0, "level": 3.2, "low": 2.0, "worms_eye": 0.0}
    if subject in ("person", "tree", "house", "lamp", "horse") or flies:
        angles["worms_eye"] = 1.6 if setting not in ("room", "studio") or subject == "person" else 0.6
    if subject in ("table", "chair", "dog", "ball"):
        angles["low"] = 1.0
    return angles


def light_of(random: np.random.Generator, setting: str, subject: str) -> tuple[str, str, str]:
    """Light, tone and time of day that go together."""
    time = str(random.choice(["day", "dusk", "night"], p=[0.46, 0.27, 0.27]))
    inside = setting in ("room", "studio")
    lights: dict[str, _Weights] = {
        "day": {
            "natural": 4,
            "high_key": 2.6 if subject != "place" or inside else 1.2,
            "backlit": 2,
            "low_key": 1.2 if inside else 0,
        },
        "dusk": {"natural": 4, "backlit": 3, "low_key": 2},
        "night": {"natural": 3, "backlit": 1.2, "low_key": 4},
    }
    tones: dict[str, _Weights] = {
        "day": {"neutral": 4, "warm": 3, "cool": 3},
        "dusk": {"neutral": 1, "warm": 5, "cool": 3},
        "night": {"neutral": 2, "warm": 4, "cool": 5},
    }
    if time == "night" and setting not in ("room", "studio", "street"):
        # no lamp is there to make it warm; a warm bright night would be a misty day
        tones["night"] = {"neutral": 1.5, "warm": 0.3, "cool": 5}
    options = dict(lights[time])
    if subject == "place":
        options["backlit"] = 0.0
    return drawn(random, options), drawn(random, tones[time]), time


def drawn(random: np.random.Generator, weights: _Weights) -> str:
    """One of the keys, as likely as its weight says."""
    names = [name for name, weight in weights.items() if weight > 0]
    shares = np.array([weights[name] for name in names])
    return str(random.choice(names, p=shares / shares.sum()))
