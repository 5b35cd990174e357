"""Draws shot plans until one shows what it was meant to show."""

from dataclasses import dataclass, replace

import numpy as np

from ...shot_terms import FIELD_INDEX, FIELDS
from . import choices
from .animals import bird, dog, horse
from .choices import drawn
from .draws import Params, Split
from .figure import Figure
from .framing import framed
from .moving import moving
from .person import person
from .plan import ShotPlan
from .things import THINGS
from .truth import measured

__all__ = ["CameraWords", "draw_camera_words", "draw_length", "draw_plan", "draw_words"]

_BUILDERS = {"person": person, "dog": dog, "horse": horse, "bird": bird, **THINGS}
_MOST_TRIES = 200
_TRIES_FOR_FIELDS = 50


@dataclass(frozen=True, slots=True)
class CameraWords:
    """What the camera is to do, as ids of ``ml.shot_terms``."""

    movement: str
    speed: str
    steadiness: str


def draw_plan(seed: int, split: Split, attempt: int = 0, camera: CameraWords | None = None) -> ShotPlan:
    """The plan of that seed; another attempt gives another shot of the same movement. camera: None to draw it too.

    Movement, its speed and the steadiness are drawn first and kept, whatever else has to be drawn again, so that
    they stay balanced.
    """
    words = camera or draw_camera_words(np.random.default_rng((seed, 0 if split == "train" else 1, 77)))
    again = np.random.default_rng((seed, 0 if split == "train" else 1, 78, attempt))
    for number in range(_MOST_TRIES):
        plan = _Draft(seed, split, again, words, attempt * _MOST_TRIES + number).plan_or_none()
        if plan is not None:
            return plan
    raise RuntimeError(f"no shot of {words.movement}, {words.speed} was found in {_MOST_TRIES} tries")


def draw_camera_words(random: np.random.Generator) -> CameraWords:
    """All movements alike, but for more shots that stand still."""
    names = [value.id for value in FIELDS[FIELD_INDEX["movement"]].values]
    weights = dict.fromkeys(names, 1.0)
    weights["static"] = 3.5
    movement = drawn(random, weights)
    # a dolly zoom that is fast beside a subject that keeps its size would soon stand in it
    speeds = ["slow", "moderate"] if movement == "dolly_zoom" else ["slow", "moderate", "fast"]
    speed = "none" if movement == "static" else str(random.choice(speeds))
    steadiness = str(random.choice(["steady", "handheld", "shaky"], p=[0.42, 0.34, 0.24]))
    return CameraWords(movement, speed, steadiness)


@dataclass(slots=True)
class _Draft:
    """One try; None whenever a choice turns out not to fit."""

    seed: int
    split: Split
    random: np.random.Generator
    words: CameraWords
    number: int

    def plan_or_none(self) -> ShotPlan | None:
        fields = draw_words(self.random, self.words)
        if fields is None:
            return None
        figure = None
        if fields["subject"] != "place":
            # the figure's own draws: the same parameters in the same split, whatever else is drawn
            params = Params((self.seed, self.number), self.split)
            figure = _BUILDERS[fields["subject"]](params, fields["colour"])
        # what is hard to film is tried more often than what is easy, or easy shots would fill the set
        found = (self._one_way(dict(fields), figure) for _ in range(_TRIES_FOR_FIELDS))
        return next((plan for plan in found if plan is not None), None)

    def _one_way(self, fields: dict[str, str], figure: Figure | None) -> ShotPlan | None:
        """Another length, lens, place and path for the same words."""
        plan = framed(self.seed, self.split, self.random, fields, figure, draw_length(self.random, fields))
        if plan is None:
            return None
        plan = moving(self.random, plan)
        if plan is None:
            return None
        found = measured(plan)
        wanted = ("speed", "size", "angle", "horizon", "direction", "place")
        if found.doubts or any(
            found.fields.get(name, fields[name]) != fields[name] for name in wanted if name != "place"
        ):
            return None
        return replace(plan, fields={**fields, **found.fields})


def draw_words(random: np.random.Generator, camera: CameraWords) -> dict[str, str] | None:
    """A value for every field; None for words that no camera can hold together."""
    weights = dict.fromkeys(_subjects(), 1.0) | {
        "person": 4.0,
        "car": 1.6,
        "place": 1.6,
        "tree": 1.2,
    }
    moving = camera.movement == "tracking"
    subject = drawn(
        random, {name: weight for name, weight in weights.items() if not moving or name in choices.MOVERS}
    )
    setting = str(random.choice(choices.settings_of(subject)))
    action = drawn(random, choices.actions_of(subject))
    if moving:
        action = str(random.choice([gait for kind, gait in choices.SPEEDS_M if kind == subject]))
    if action in ("enters", "leaves") and camera.movement not in (
        "static",
        "zoom_in",
        "zoom_out",
        "pedestal_up",
        "dolly_in",
    ):
        return None
    light, tone, time = choices.light_of(random, setting, subject)
    count = (
        "one"
        if subject in ("place", "house") or action in ("enters", "leaves")
        else drawn(random, {"one": 5, "two": 1.7, "several": 1.5})
    )
    flies = action == "flies"
    fields = {
        "movement": camera.movement,
        "speed": camera.speed,
        "steadiness": camera.steadiness,
        "light": light,
        "tone": tone,
        "time": time,
        "setting": setting,
        "subject": subject,
        "count": count,
        "colour": str(random.choice(choices.colours_of(subject))),
        "action": action,
        "direction": "none",
        "size": drawn(random, choices.sizes_of(subject, setting, count)) if subject != "place" else "wide",
        "angle": drawn(random, choices.angles_of(subject, setting, flies))
        if subject != "place"
        else drawn(random, {"level": 3, "high": 1.5, "low": 0.4, "birds_eye": 0.5}),
        "horizon": "dutch" if random.random() < 0.2 else "straight",
        "place": "centre",
    }
    if action in ("walks", "runs", "drives", "flies", "rolls", "enters", "leaves"):
        fields["direction"] = str(
            random.choice(["left_to_right", "right_to_left", "towards", "away"], p=[0.3, 0.3, 0.22, 0.18])
        )
    if subject == "place":
        near = setting in ("room", "street", "forest")
        fields["size"] = "wide" if near and fields["angle"] != "birds_eye" else "extreme_wide"
    return fields


def draw_length(random: np.random.Generator, fields: dict[str, str]) -> float:
    """Seconds: what falls or rushes past is soon over."""
    low, high = np.log(1.0), np.log(10.0)
    if fields["action"] in ("falls", "turns"):
        high = np.log(3.5)
    if fields["speed"] == "fast":
        high = np.log(3.0 if fields["subject"] != "place" else 6.0)
    return float(np.exp(random.uniform(low, high)))


def _subjects() -> list[str]:
    """Every subject id."""
    return [value.id for value in FIELDS[FIELD_INDEX["subject"]].values]
