"""A shot as it is planned: who does what where, and what the camera does. Pure arithmetic, no Blender."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...shapes import Array
from .camera import SENSOR_MM, Shake, View, angles_to, forward_of
from .draws import Split
from .figure import Figure, Joint, matrix
from .poses import Gesture, pose

__all__ = ["INSTANTS", "PAIR_SECONDS", "Actor", "Move", "ShotPlan", "eased", "instants"]

INSTANTS = 8
PAIR_SECONDS = 1.0 / 12.0


@dataclass(frozen=True, slots=True)
class Actor:
    """One subject in the shot."""

    figure: Figure
    gesture: Gesture
    at: tuple[float, float, float]
    """Where it stands at the middle of the shot, in metres."""
    heading: float
    """Radians from world +x; it moves and looks that way."""
    scale: float = 1.0

    def place(self, seconds: float) -> Array:
        """Where it is on its way, gestures apart."""
        gone = self.gesture.speed * (seconds - self.gesture.length_seconds / 2)
        return np.asarray(self.at) + gone * np.array([np.cos(self.heading), np.sin(self.heading), 0.0])

    def root(self, seconds: float) -> tuple[Array, Mapping[str, Joint]]:
        """4 x 4 matrix of the whole, and the pose of the parts."""
        found = pose(self.figure.kind, self.gesture, seconds, self.figure.size[2])
        whole = found.get("", Joint())
        base = matrix(self.place(seconds), (0, 0, self.heading), (self.scale,) * 3)
        return base @ matrix(whole.move, whole.turn), found

    def focus(self, seconds: float) -> Array:
        """World place of its head or front."""
        root, _ = self.root(seconds)
        return np.asarray((root @ np.array([*self.figure.focus, 1.0]))[:3])

    def corners(self, seconds: float) -> Array:
        """(8, 3) of the box around it."""
        length, width, height = self.figure.size
        found = np.array([[x, y, z, 1.0] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, 1.0)])
        root, _ = self.root(seconds)
        return np.asarray((found * (length, width, height, 1.0) @ root.T)[:, :3])


@dataclass(frozen=True, slots=True)
class Move:
    """What the camera does."""

    kind: str
    """A movement id of ``ml.shot_terms``."""
    amount: float
    """Over the whole shot: radians, metres, or the logarithm of a ratio."""
    ease: float
    """0: at one speed; 1: slow at both ends."""
    follows: bool = False
    """A pan that keeps a moving subject in the frame."""
    lean: float = 0.0
    """Second part of a combined movement (a crane's way forward, a tracking camera's drift), as a share."""


@dataclass(frozen=True, slots=True)
class ShotPlan:
    """Everything about a shot but its set and its light's details."""

    seed: int
    split: Split
    fields: Mapping[str, str | None]
    """Wanted values; ``truth.py`` says whether they came true."""
    length_seconds: float
    actors: tuple[Actor, ...]
    aim: tuple[float, float, float]
    """What the camera frames at the middle of the shot."""
    base: View
    """The camera at the middle of the shot."""
    distance_m: float
    """Between the two."""
    move: Move
    shake: Shake | None
    lift_m: float = 0.0
    """How high a block the subject stands on."""

    def view(self, seconds: float) -> View:
        """The camera at that time, unrest and all."""
        still = self.steady_view(seconds)
        return self.shake.shaken(still, seconds) if self.shake else still

    def steady_view(self, seconds: float) -> View:
        """The camera at that time as the rig moves it."""
        share = eased(seconds / self.length_seconds, self.move.ease) - 0.5
        amount = self.move.amount * share
        base, kind = self.base, self.move.kind
        if self.move.follows:
            return self._following(seconds)
        if kind in ("pan_left", "pan_right"):
            return replace(base, yaw=base.yaw + (amount if kind == "pan_left" else -amount))
        if kind in ("tilt_up", "tilt_down"):
            return replace(base, pitch=base.pitch + (amount if kind == "tilt_up" else -amount))
        if kind == "roll":
            return replace(base, roll=base.roll + amount)
        if kind in ("zoom_in", "zoom_out"):
            return replace(
                base, lens_mm=base.lens_mm * float(np.exp(amount if kind == "zoom_in" else -amount))
            )
        return self._travelling(seconds, share, amount)

    def _travelling(self, seconds: float, share: float, amount: float) -> View:
        """The movements that take the camera to another place."""
        base, kind, at = self.base, self.move.kind, np.asarray(self.base.at)
        right = np.array([np.cos(base.yaw), np.sin(base.yaw), 0.0])
        forward = forward_of(base.yaw, base.pitch)
        if kind in ("truck_left", "truck_right"):
            return _moved(base, at + right * (amount if kind == "truck_right" else -amount))
        if kind in ("pedestal_up", "pedestal_down"):
            return _moved(base, at + np.array([0, 0, amount if kind == "pedestal_up" else -amount]))
        if kind in ("dolly_in", "dolly_out", "dolly_zoom"):
            grown = float(np.exp(-amount if kind == "dolly_in" else amount))
            found = _moved(base, at + forward * self.distance_m * (1 - grown))
            return replace(found, lens_mm=base.lens_mm * grown) if kind == "dolly_zoom" else found
        if kind == "tracking":
            gone = self.actors[0].place(seconds) - self.actors[0].place(self.length_seconds / 2)
            return _moved(base, at + gone + right * self.move.lean * self.distance_m * share)
        offset = at - np.asarray(self.aim)
        if kind == "arc":
            cos, sin = np.cos(amount), np.sin(amount)
            offset = np.array(
                [cos * offset[0] - sin * offset[1], sin * offset[0] + cos * offset[1], offset[2]]
            )
        elif kind == "crane":
            offset = offset + np.array([0, 0, amount]) - forward * self.move.lean * amount
        return self._looking(np.asarray(self.aim) + offset) if kind in ("arc", "crane") else base

    def _looking(self, at: Array) -> View:
        """From there, framing the aim as the base does."""
        was, now = angles_to(np.asarray(self.base.at), self.aim), angles_to(at, self.aim)  # type: ignore[arg-type]
        turn = (now[0] - was[0] + np.pi) % (2 * np.pi) - np.pi
        return replace(
            _moved(self.base, at), yaw=self.base.yaw + turn, pitch=self.base.pitch + now[1] - was[1]
        )

    def _following(self, seconds: float) -> View:
        actor, at = self.actors[0], np.asarray(self.base.at)
        gone = actor.place(seconds) - actor.place(self.length_seconds / 2)
        was, now = angles_to(at, np.asarray(self.aim)), angles_to(at, np.asarray(self.aim) + gone)
        turn = (now[0] - was[0] + np.pi) % (2 * np.pi) - np.pi
        return replace(self.base, yaw=self.base.yaw + turn, pitch=self.base.pitch + now[1] - was[1])

    def offset_of(self, place: float) -> float:
        """Yaw that puts the aim at that x of the picture."""
        return float(np.arctan((place - 0.5) * SENSOR_MM / self.base.lens_mm))


def _moved(view: View, at: Array) -> View:
    return replace(view, at=(float(at[0]), float(at[1]), float(at[2])))


def eased(share: float, ease: float) -> float:
    """Progress 0 to 1 at that share of the time."""
    share = min(max(share, 0.0), 1.0)
    return (1 - ease) * share + ease * share * share * (3 - 2 * share)


def instants(length_seconds: float) -> list[tuple[float, float]]:
    """Times of the pairs of frames: instant i at (i + 0.5) / 8 of the shot, kept within it."""
    starts = [(index + 0.5) / INSTANTS * length_seconds for index in range(INSTANTS)]
    starts = [max(0.0, min(start, length_seconds - PAIR_SECONDS)) for start in starts]
    return [(start, start + PAIR_SECONDS) for start in starts]
