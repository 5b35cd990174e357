"""Plain JSON values to dataclasses and back: nothing is guessed, nothing is left out."""

from dataclasses import dataclass
from typing import Any, Literal

import pytest

from ml.wire import WireError, from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Disc:
    kind: Literal["disc"]
    radius: float


@dataclass(frozen=True, slots=True)
class Square:
    kind: Literal["square"]
    side: int

    def __post_init__(self) -> None:
        if self.side < 0:
            raise ValueError("side is negative")


@dataclass(frozen=True, slots=True)
class Drawing:
    title: str | None
    shapes: tuple[Disc | Square, ...]
    done: bool
    copies: Literal[1, 2]


DRAWING = Drawing(None, (Disc("disc", 1.5), Square("square", 2)), False, 1)
PLAIN = {
    "title": None,
    "shapes": [{"kind": "disc", "radius": 1.5}, {"kind": "square", "side": 2}],
    "done": False,
    "copies": 1,
}


def test_there_and_back() -> None:
    assert to_plain(DRAWING) == PLAIN
    assert from_plain(Drawing, PLAIN) == DRAWING


def test_a_whole_number_is_a_float_too() -> None:
    disc = from_plain(Disc, {"kind": "disc", "radius": 3})
    assert type(disc.radius) is float


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": 7}, "title"),
        ({"shapes": {}}, "shapes"),
        ({"shapes": "disc"}, "shapes"),
        ({"shapes": [{"kind": "disc", "radius": "1"}]}, r"shapes\[0\].radius"),
        ({"shapes": [{"kind": "disc", "radius": float("nan")}]}, r"shapes\[0\].radius"),
        ({"shapes": [{"kind": "disc", "radius": float("inf")}]}, r"shapes\[0\].radius"),
        ({"shapes": [{"kind": "square", "side": 1.0}]}, r"shapes\[0\].side"),
        ({"shapes": [{"kind": "square", "side": -1}]}, "negative"),
        ({"shapes": [{"kind": "square", "side": 1, "top": 1}]}, "unknown top"),
        ({"shapes": [{"kind": "square"}]}, "missing side"),
        ({"shapes": [{"kind": "star"}]}, "star"),
        ({"shapes": [{"side": 1}]}, "kind"),
        ({"shapes": [[]]}, "kind"),
        ({"shapes": [None]}, "kind"),
        ({"done": 0}, "done"),
        ({"done": None}, "done"),
        ({"copies": 3}, "copies"),
        ({"copies": True}, "copies"),
        ({"copies": 1.0}, "copies"),
        ({"colour": "red"}, "unknown colour"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(WireError, match=named):
        from_plain(Drawing, PLAIN | change)


@pytest.mark.parametrize("plain", [None, [], "text", 1, True])
def test_a_dataclass_is_an_object(plain: object) -> None:
    with pytest.raises(WireError, match="expected an object"):
        from_plain(Drawing, plain)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), b"bytes", {"a": 1}, [1], Drawing])
def test_what_json_cannot_carry_is_not_sent(value: object) -> None:
    with pytest.raises(WireError):
        to_plain((value,))
