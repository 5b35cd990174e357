"""Strict translation between frozen dataclasses and plain JSON values.

Knows nothing of FilmAI's messages: ``ml.protocol`` names them. Standard library only. A missing, extra or
mistyped field is an error that names the field, because a silent default on one side of a pipe is a bug on
the other. Supported field types: ``str``, ``int``, ``float``, ``bool``, ``X | None``, ``Literal``,
``tuple[X, ...]``, dataclasses, and unions of dataclasses told apart by a ``kind`` field of Literal type.
"""

import dataclasses
import math
import types
import typing
from functools import cache
from typing import Any

__all__ = ["WireError", "from_plain", "to_plain"]


class WireError(ValueError):
    """A message does not follow the contract; the text names the field and says what was expected."""


def to_plain(value: Any) -> Any:
    """A dataclass, tuple or scalar as JSON-ready dicts, lists and scalars.

    Raises WireError for a float that JSON cannot carry (NaN, infinity) and for any other type.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise WireError(f"{value} is no number that JSON can carry")
        return value
    raise WireError(f"a {type(value).__name__} cannot be sent")


def from_plain(expected: Any, plain: Any, where: str = "message") -> Any:
    """``plain`` as an instance of the type ``expected``; ``where`` names the place in error messages.

    Raises WireError when anything is missing, extra, of the wrong type, or refused by ``__post_init__``.
    """
    origin = typing.get_origin(expected)
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(expected), plain, where)
    if origin is tuple:
        (item_type, _ellipsis) = typing.get_args(expected)
        if not isinstance(plain, list):
            raise WireError(f"{where}: expected a list, got {_name(plain)}")
        if item_type is float and all(type(item) is float and math.isfinite(item) for item in plain):
            # cards hold thousands of numbers: none of them needs a name for its place
            return tuple(plain)
        return tuple(from_plain(item_type, item, f"{where}[{index}]") for index, item in enumerate(plain))
    if origin is typing.Literal:
        # bool is an int and 1 == 1.0 in Python, so the type is compared too
        for allowed in typing.get_args(expected):
            if type(plain) is type(allowed) and plain == allowed:
                return plain
        raise WireError(f"{where}: expected one of {list(typing.get_args(expected))}, got {plain!r:.80}")
    if dataclasses.is_dataclass(expected):
        return _dataclass(expected, plain, where)
    return _scalar(expected, plain, where)


def _scalar(expected: Any, plain: Any, where: str) -> Any:
    if expected is float and type(plain) is int:
        return float(plain)
    if type(plain) is not expected:
        raise WireError(f"{where}: expected {expected.__name__}, got {_name(plain)}")
    if expected is float and not math.isfinite(plain):
        raise WireError(f"{where}: expected a finite number, got {plain}")
    return plain


def _union(options: tuple[Any, ...], plain: Any, where: str) -> Any:
    if plain is None and types.NoneType in options:
        return None
    candidates = [option for option in options if option is not types.NoneType]
    if len(candidates) == 1:
        return from_plain(candidates[0], plain, where)
    kind = plain.get("kind") if isinstance(plain, dict) else None
    for candidate in candidates:
        if kind is not None and kind in typing.get_args(_field_types(candidate)["kind"]):
            return from_plain(candidate, plain, where)
    raise WireError(f"{where}: unknown kind {kind!r:.80}")


def _dataclass(expected: Any, plain: Any, where: str) -> Any:
    if not isinstance(plain, dict):
        raise WireError(f"{where}: expected an object, got {_name(plain)}")
    field_types = _field_types(expected)
    if missing := sorted(field_types.keys() - plain.keys()):
        raise WireError(f"{where}: missing {', '.join(missing)}")
    if extra := sorted(plain.keys() - field_types.keys()):
        raise WireError(f"{where}: unknown {', '.join(extra)[:200]}")
    values = {name: from_plain(field_types[name], plain[name], f"{where}.{name}") for name in field_types}
    try:
        return expected(**values)
    except ValueError as error:
        raise WireError(f"{where}: {error}") from None


@cache
def _field_types(expected: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(expected)
    return {field.name: hints[field.name] for field in dataclasses.fields(expected)}


def _name(plain: Any) -> str:
    return "null" if plain is None else type(plain).__name__
