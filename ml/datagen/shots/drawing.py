"""Draws shot plans until one shows what it was meant to show."""

from dataclasses import dataclass, replace

import numpy as np

from ...shot_terms import FIELD_INDEX, FIELDS
from . import choices
from .animals import bird, dog, horse
from .camera import ASPECT, SENSOR_MM, Shake, View, forward_of
from .choices import drawn
from .draws import Params, Split
from .figure import Figure
from .person import person
from .plan import Actor, Move, ShotPlan
from .poses import Gesture
from .things import THINGS
from .truth import measured, speed_of

__all__ = ["draw_plan"]

_BUILDERS = {"person": person, "dog": dog, "horse": horse, "bird": bird, **THINGS}
_SHARES = {
    "extreme_wide": (0.065, 0.108),
    "wide": (0.14, 0.38),
    "full": (0.5, 0.95),
    "medium": (1.2, 2.2),
    "close_up": (2.75, 5.0),
    "extreme_close_up": (6.3, 10.0),
}
_PITCHES = {
    "birds_eye": (-88, -66),
    "high": (-50, -19),
    "level": (-11, 8),
    "low": (19, 50),
    "worms_eye": (64, 82),
}
_SPEEDS = {"slow": (0.025, 0.088), "moderate": (0.115, 0.27), "fast": (0.34, 1.3)}
_TEMPOS = {"walks": 0.9, "runs": 1.4, "jumps": 0.75, "waves": 1.2, "talks": 1.3, "flies": 1.6, "sways": 0.35}
_MOST_TRIES = 200
_TRIES_FOR_FIELDS = 50


def draw_plan(seed: int, split: Split, attempt: int = 0) -> ShotPlan:
    """The plan of that seed; another attempt gives another shot of the same movement.

    Movement, its speed and the steadiness are drawn first and kept, whatever else has to be drawn again, so that
    they stay balanced.
    """
    random = np.random.default_rng((seed, 0 if split == "train" else 1, 77))
    movement = _movement(random)
    # a dolly zoom that is fast beside a subject that keeps its size would soon stand in it
    speeds = ["slow", "moderate"] if movement == "dolly_zoom" else ["slow", "moderate", "fast"]
    speed = "none" if movement == "static" else str(random.choice(speeds))
    steadiness = str(random.choice(["steady", "handheld", "shaky"], p=[0.42, 0.34, 0.24]))
    again = np.random.default_rng((seed, 0 if split == "train" else 1, 78, attempt))
    for number in range(_MOST_TRIES):
        plan = _Draft(
            seed, split, again, movement, speed, steadiness, attempt * _MOST_TRIES + number
        ).plan_or_none()
        if plan is not None:
            return plan
    raise RuntimeError(f"no shot of {movement}, {speed} was found in {_MOST_TRIES} tries")


def _movement(random: np.random.Generator) -> str:
    names = [value.id for value in FIELDS[FIELD_INDEX["movement"]].values]
    weights = dict.fromkeys(names, 1.0)
    weights["static"] = 3.5
    return drawn(random, weights)


@dataclass(slots=True)
class _Draft:
    """One try; None whenever a choice turns out not to fit."""

    seed: int
    split: Split
    random: np.random.Generator
    movement: str
    speed: str
    steadiness: str
    number: int

    def plan_or_none(self) -> ShotPlan | None:
        fields = self._fields()
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
        plan = self._framed(fields, figure, self._length(fields))
        if plan is None:
            return None
        plan = self._moving(plan)
        if plan is None:
            return None
        found = measured(plan)
        wanted = ("speed", "size", "angle", "horizon", "direction", "place")
        if found.doubts or any(
            found.fields.get(name, fields[name]) != fields[name] for name in wanted if name != "place"
        ):
            return None
        return replace(plan, fields={**fields, **found.fields})

    def _fields(self) -> dict[str, str] | None:
        random = self.random
        weights = dict.fromkeys(choices_subjects(), 1.0) | {
            "person": 4.0,
            "car": 1.6,
            "place": 1.6,
            "tree": 1.2,
        }
        moving = self.movement == "tracking"
        subject = drawn(
            random, {name: weight for name, weight in weights.items() if not moving or name in choices.MOVERS}
        )
        setting = str(random.choice(choices.settings_of(subject)))
        action = drawn(random, choices.actions_of(subject))
        if moving:
            action = str(random.choice([gait for kind, gait in choices.SPEEDS_M if kind == subject]))
        if action in ("enters", "leaves") and self.movement not in (
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
            "movement": self.movement,
            "speed": self.speed,
            "steadiness": self.steadiness,
            "light": light,
            "tone": tone,
            "time": time,
            "setting": setting,
            "subject": subject,
            "count": count,
            "colour": str(random.choice(choices.colours_of(subject))),
            "action": action,
            "direction": "none",
            "size": drawn(random, choices.sizes_of(subject, setting, count))
            if subject != "place"
            else "wide",
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

    def _length(self, fields: dict[str, str]) -> float:
        low, high = np.log(1.0), np.log(10.0)
        if fields["action"] in ("falls", "turns"):
            high = np.log(3.5)
        if self.speed == "fast":
            high = np.log(3.0 if fields["subject"] != "place" else 6.0)
        return float(np.exp(self.random.uniform(low, high)))

    def _framed(self, fields: dict[str, str], figure: Figure | None, length: float) -> ShotPlan | None:
        """Subject and camera at the middle of the shot."""
        random = self.random
        pitch = np.radians(random.uniform(*_PITCHES[fields["angle"]]))
        lens = self._lens(fields)
        roll = 0.0
        if fields["horizon"] == "dutch":
            roll = np.radians(random.uniform(19, 40)) * random.choice([-1, 1])
        shake = None
        if self.steadiness == "handheld":
            shake = Shake.drawn(random, float(np.exp(random.uniform(np.log(0.035), np.log(0.13)))), 0.3, 2.2)
        elif self.steadiness == "shaky":
            shake = Shake.drawn(random, float(np.exp(random.uniform(np.log(0.28), np.log(0.8)))), 0.8, 5.0)
        if figure is None:
            return self._landscape(fields, length, float(pitch), float(roll), lens, shake)
        gesture = self._gesture(fields, length)
        heading = self._heading(fields)
        actor = Actor(figure, gesture, (0.0, 0.0, self._altitude(fields, figure)), heading)
        share = float(np.exp(random.uniform(*np.log(_SHARES[fields["size"]]))))
        depth_m = _extent(figure, heading, float(pitch)) / share * lens * ASPECT / SENSOR_MM
        aim = self._aim(actor, share, length, lens, depth_m)
        yaw, side = (
            0.0,
            float(random.choice([0.0, -0.2, 0.2], p=[0.5, 0.25, 0.25]) * random.uniform(0.75, 1.2)),
        )
        start = np.asarray(aim) - forward_of(yaw, float(pitch)) * depth_m
        lift = max(0.0, 0.15 - float(start[2]))
        if lift > (2.6 if fields["subject"] not in ("car", "truck", "horse", "tree", "house") else 0.0):
            return None
        # a block under the subject may not hold the camera
        if lift and depth_m * np.cos(pitch) < 0.5 * max(figure.size[:2]) + 1.0 + gesture.speed * length:
            return None
        if lift:
            actor = replace(actor, at=(0.0, 0.0, actor.at[2] + lift))
            aim, start = (aim[0], aim[1], aim[2] + lift), np.add(start, (0, 0, lift))
        if fields["setting"] == "room" and (depth_m > 14 or start[2] > 9):
            return None
        turn = float(np.arctan(side * SENSOR_MM / lens))
        base = View(
            (float(start[0]), float(start[1]), float(start[2])), yaw + turn, float(pitch), float(roll), lens
        )
        actors = (actor, *self._others(fields, actor, depth_m, lens))
        return ShotPlan(
            self.seed,
            self.split,
            fields,
            length,
            actors,
            aim,
            base,
            depth_m,
            Move(self.movement, 0.0, 0.0),
            shake,
            lift,
        )

    def _lens(self, fields: dict[str, str]) -> float:
        low, high = {"extreme_wide": (18, 60), "wide": (18, 70), "full": (20, 90)}.get(
            fields["size"], (28, 135)
        )
        if fields["angle"] in ("low", "worms_eye"):
            low, high = 18, 40
        if fields["setting"] == "room":
            high = min(high, 60)
        return float(np.exp(self.random.uniform(np.log(low), np.log(high))))

    def _landscape(
        self,
        fields: dict[str, str],
        length: float,
        pitch: float,
        roll: float,
        lens: float,
        shake: Shake | None,
    ) -> ShotPlan:
        random, room = self.random, fields["setting"] == "room"
        depth_m = random.uniform(2.5, 6) if room else random.uniform(8, 40)
        high = random.uniform(1.0, 2.2) if room or fields["size"] == "wide" else random.uniform(1.5, 25)
        if pitch < np.radians(-15):
            high = max(high, depth_m * np.sin(-pitch) * (0.7 if room else 1.0))
        start = np.array([0.0, -depth_m * np.cos(pitch), high])
        aim = start + forward_of(0.0, pitch) * depth_m
        base = View(
            (0.0, float(start[1]), float(start[2])), 0.0, pitch, roll, lens if not room else min(lens, 35.0)
        )
        fields["action"], fields["place"] = "rests", "centre"
        aim_at = (float(aim[0]), float(aim[1]), float(aim[2]))
        return ShotPlan(
            self.seed,
            self.split,
            fields,
            length,
            (),
            aim_at,
            base,
            depth_m,
            Move(self.movement, 0.0, 0.0),
            shake,
        )

    def _gesture(self, fields: dict[str, str], length: float) -> Gesture:
        subject, gait = fields["subject"], fields["action"]
        if gait in ("enters", "leaves"):
            gait = str(self.random.choice([name for kind, name in choices.SPEEDS_M if kind == subject]))
        low, high = choices.SPEEDS_M.get((subject, gait), (0.0, 0.0))
        tempo = _TEMPOS.get(gait, 0.5) * self.random.uniform(0.85, 1.2)
        if subject == "dog":
            tempo *= 1.5
        return Gesture(
            gait,
            tempo,
            float(self.random.random()),
            self.random.uniform(low, high),
            length,
            self.random.uniform(0.75, 1.25),
        )

    def _heading(self, fields: dict[str, str]) -> float:
        spread = self.random.uniform(-0.45, 0.45)
        along = {"left_to_right": 0.0, "right_to_left": np.pi, "towards": -np.pi / 2, "away": np.pi / 2}
        if fields["direction"] in along:
            return float(along[fields["direction"]] + spread)
        if (
            fields["subject"] in ("person", "dog", "bird", "horse", "house", "lamp")
            and self.random.random() < 0.85
        ):
            return float(-np.pi / 2 + self.random.uniform(-1.1, 1.1))
        return float(self.random.uniform(-np.pi, np.pi))

    def _altitude(self, fields: dict[str, str], figure: Figure) -> float:
        if fields["subject"] == "bird" and fields["action"] not in ("rests", "jumps"):
            return float(self.random.uniform(0.5, 9.0 if fields["setting"] != "room" else 1.5))
        return 0.0

    def _aim(
        self, actor: Actor, share: float, length: float, lens: float, depth_m: float
    ) -> tuple[float, float, float]:
        """The middle of what the frame holds: the whole subject, or its head with some room above it."""
        focus, middle = actor.focus(length / 2), actor.corners(length / 2).mean(axis=0)
        blend = float(np.clip((share - 0.9) / 1.4, 0, 1))
        aim = middle * (1 - blend) + focus * blend
        if actor.figure.kind == "person" and share > 1:
            # a waist-up or head-and-shoulders frame has the eyes on its upper third
            aim = focus - (
                0,
                0,
                actor.figure.size[2] / share * self.random.uniform(0.12, 0.25) * (share < 5.8),
            )
        return (float(aim[0]), float(aim[1]), float(aim[2]))

    def _others(self, fields: dict[str, str], first: Actor, depth_m: float, lens: float) -> tuple[Actor, ...]:
        count = {"one": 0, "two": 1}.get(fields["count"], int(self.random.integers(2, 5)))
        wide = depth_m * SENSOR_MM / lens
        length, width, _ = first.figure.size
        space = max(0.9 * width, 0.55 * (length if first.gesture.speed == 0 else width)) + 0.25
        if fields["subject"] in ("car", "truck", "tree"):
            space = max(length, width) * 1.15
        found = []
        sides = (
            self.random.permutation([-2, -1, 1, 2])[:count]
            if count > 1
            else self.random.choice([-1, 1], count)
        )
        for side in sides:
            away = np.array(
                [side * min(max(space, 0.16 * wide), 3 * space), self.random.uniform(-0.3, 0.6) * space, 0.0]
            )
            gesture = replace(
                first.gesture,
                phase=float(self.random.random()),
                tempo=first.gesture.tempo * self.random.uniform(0.9, 1.1),
            )
            at = np.asarray(first.at) + away
            turn = 0.0 if first.gesture.speed else self.random.uniform(-0.7, 0.7)
            found.append(
                Actor(
                    first.figure,
                    gesture,
                    (float(at[0]), float(at[1]), float(at[2])),
                    first.heading + turn,
                    self.random.uniform(0.93, 1.07),
                )
            )
        return tuple(found)

    def _moving(self, plan: ShotPlan) -> ShotPlan | None:
        """Give the movement the amount that its speed class asks for."""
        random, kind = self.random, self.movement
        ease, lean = float(random.choice([0.0, 0.5, 1.0])), float(random.uniform(-0.2, 0.6))
        follows = (
            kind in ("pan_left", "pan_right")
            and plan.fields["direction"] == ("right_to_left" if kind == "pan_left" else "left_to_right")
            and random.random() < 0.8
        )
        plan = self._off_the_mark(plan)
        if kind == "static":
            return plan
        if follows or kind == "tracking":
            return self._keeping_up(replace(plan, move=Move(kind, 0.0, ease, follows, 0.0)))
        wanted = float(np.exp(random.uniform(*np.log(_SPEEDS[self.speed]))))
        sign = float(random.choice([-1.0, 1.0])) if kind in ("roll", "arc", "crane", "dolly_zoom") else 1.0
        amount = wanted * plan.length_seconds * self._first_guess(plan)
        for _ in range(2):
            plan = replace(plan, move=Move(kind, sign * amount, ease, False, lean))
            amount = min(amount * wanted / max(speed_of(plan), 1e-6), 40.0)
        move = replace(plan.move, amount=sign * amount)
        limit = {
            "arc": 2.4,
            "roll": 1.6,
            "dolly_in": 1.6,
            "dolly_out": 1.6,
            "dolly_zoom": 1.2,
            "zoom_in": 1.6,
            "zoom_out": 1.6,
            "tilt_up": 1.4,
            "tilt_down": 1.4,
            "pan_left": 5.0,
            "pan_right": 5.0,
        }.get(kind, 40.0)
        plan = replace(plan, move=move)
        heights = [plan.view(share * plan.length_seconds).at[2] for share in (0.0, 0.5, 1.0)]
        return plan if amount < limit and min(heights) > 0.1 else None

    def _keeping_up(self, plan: ShotPlan) -> ShotPlan:
        """A subject as fast as the movement that follows it should be, if it can be."""
        actor = plan.actors[0]
        wanted = float(np.exp(self.random.uniform(*np.log(_SPEEDS[self.speed]))))
        low, high = choices.SPEEDS_M[(actor.figure.kind, actor.gesture.gait)]
        metres = float(np.clip(actor.gesture.speed * wanted / max(speed_of(plan), 1e-6), low, high))
        actors = tuple(replace(other, gesture=replace(other.gesture, speed=metres)) for other in plan.actors)
        return replace(plan, actors=actors)

    def _first_guess(self, plan: ShotPlan) -> float:
        """About how much movement goes with one frame width of picture motion."""
        angle = SENSOR_MM / plan.base.lens_mm
        turns = {
            "pan_left": angle,
            "pan_right": angle,
            "tilt_up": angle,
            "tilt_down": angle,
            "roll": 3.0,
            "arc": angle,
        }
        if self.movement.startswith(("dolly", "zoom")):
            return 3.0
        return turns.get(self.movement, plan.distance_m * angle)

    def _off_the_mark(self, plan: ShotPlan) -> ShotPlan:
        """Who enters or leaves is in the frame's middle at another time than half-way."""
        action = plan.fields["action"]
        if action not in ("enters", "leaves"):
            return plan
        actor = plan.actors[0]
        shift = (
            actor.gesture.speed
            * plan.length_seconds
            * self.random.uniform(0.15, 0.4)
            * (-1 if action == "enters" else 1)
        )
        way = np.array([np.cos(actor.heading), np.sin(actor.heading), 0.0]) * shift
        at = np.asarray(actor.at) + way
        return replace(
            plan, actors=(replace(actor, at=(float(at[0]), float(at[1]), float(at[2]))), *plan.actors[1:])
        )


def choices_subjects() -> list[str]:
    """Every subject id."""
    return [value.id for value in FIELDS[FIELD_INDEX["subject"]].values]


def _extent(figure: Figure, heading: float, pitch: float) -> float:
    """As ``truth.subject_share`` measures it, for a camera that looks along +y."""
    length, width, height = figure.size
    if figure.kind == "person":
        return height
    across = abs(length * np.cos(heading)) + abs(width * np.sin(heading))
    deep = abs(length * np.sin(heading)) + abs(width * np.cos(heading))
    return float(max(height * np.cos(pitch) + deep * abs(np.sin(pitch)), across * 9 / 16))
