"""Which values of a shot's fields make sense together, and which are worth a word. Standard library only.

Training writes its sentences, and the worker chooses what a sentence may say, by the same rules: a lamp does not
drive, a static camera has no speed, and a shot of the place itself has no subject whose colour could be named.
"""

from collections.abc import Mapping

from .shot_terms import FIELD_INDEX, FIELDS

__all__ = ["ABOUT_THE_SUBJECT", "POSSIBLE_ACTIONS", "QUIET", "go_together", "sayable"]

_LIVING = ("rests", "walks", "runs", "jumps", "turns", "falls", "enters", "leaves")
_VEHICLE = ("rests", "drives", "rolls", "turns", "enters", "leaves")

POSSIBLE_ACTIONS: dict[str, tuple[str, ...]] = {
    "person": (*_LIVING, "waves", "talks"),
    "dog": _LIVING,
    "horse": _LIVING,
    "bird": (*_LIVING, "flies"),
    "car": _VEHICLE,
    "truck": _VEHICLE,
    "tree": ("rests", "sways", "falls"),
    "house": ("rests",),
    "chair": ("rests", "turns", "falls"),
    "table": ("rests", "falls"),
    "lamp": ("rests", "sways", "falls", "turns"),
    "ball": ("rests", "rolls", "jumps", "falls", "flies", "turns", "enters", "leaves"),
    "place": (),
}
"""What each subject can do."""

_STAYS = ("rests", "waves", "talks", "sways")
_ROOTED = ("tree", "house", "chair", "table", "lamp")
_GOES = ("drives", "flies", "rolls", "enters", "leaves")

ABOUT_THE_SUBJECT = ("count", "colour", "action", "direction", "place")
"""Fields that need a subject; a shot of the place itself has none."""

QUIET = frozenset(
    {
        ("angle", "level"),
        ("horizon", "straight"),
        ("steadiness", "steady"),
        ("light", "natural"),
        ("tone", "neutral"),
        ("direction", "none"),
    }
)
"""Values that go without saying: a sentence names them only when the user has set them by hand."""


def go_together(values: Mapping[str, str]) -> bool:
    """Whether these values (field id -> value id; what is unsaid is absent) can be true of one shot."""
    subject, action = values.get("subject"), values.get("action")
    if subject == "place" and any(field in values for field in ABOUT_THE_SUBJECT):
        return False
    if subject is not None and action is not None and action not in POSSIBLE_ACTIONS[subject]:
        return False
    direction = values.get("direction")
    if subject in _ROOTED and direction not in (None, "none"):
        return False
    return _direction_fits(action, direction) and _speed_fits(values)


def sayable(values: Mapping[str, str], trust: Mapping[str, float]) -> dict[str, str]:
    """The part of ``values`` that a sentence can say: where two contradict each other the less trusted is left out.

    trust: 0 to 1, more for what a user has set. That a shot is of the place itself beats every guess about a
    subject, however sure: such guesses are about nothing. The speed "none" is never a word of its own: "static"
    says it. In the order of ``FIELDS``.
    """

    def rank(field: str) -> tuple[float, int]:
        of_place = (field, values[field]) == ("subject", "place")
        return (-max(trust.get(field, 0.0), float(of_place)), FIELD_INDEX[field])

    chosen: dict[str, str] = {}
    ranked = sorted(values, key=rank)
    for field in ranked:
        if (field, values[field]) == ("speed", "none"):
            continue
        attempt = {**chosen, field: values[field]}
        if go_together(attempt):
            chosen = attempt
    return {field.id: chosen[field.id] for field in FIELDS if field.id in chosen}


def _direction_fits(action: str | None, direction: str | None) -> bool:
    if action is None or direction is None:
        return True
    if direction == "none":
        return action not in _GOES
    return action not in _STAYS


def _speed_fits(values: Mapping[str, str]) -> bool:
    speed, movement = values.get("speed"), values.get("movement")
    if speed is None or movement is None:
        return True
    return (speed == "none") == (movement == "static")
