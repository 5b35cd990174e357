"""The Chinese half of the grammar: a shot's values in one to four sentences, as film makers put them.

Values are those that ``ml.shot_sense.sayable`` lets through; each one is said exactly once. Words are what a
reader would call words, so that the vocabulary needs no dictionary to divide a sentence.
"""

import random
from collections.abc import Mapping

from ..shot_sense import ABOUT_THE_SUBJECT
from . import shot_words_zh as zh

__all__ = ["write_chinese"]

Values = Mapping[str, str]

_ROLLING = ("car", "truck", "chair", "lamp", "ball")
_STANDING = ("person", "dog", "horse", "tree", "chair", "table", "lamp")


def write_chinese(values: Values, rng: random.Random) -> list[str]:
    """The words, each mark of punctuation a word of its own."""
    look, clause = _look(values, rng), _clause(values, rng)
    camera, light = _camera(values, rng), _light(values, rng)
    if light and clause and rng.random() < 0.5:
        clause, light = _joined([clause, light]), ""
    if look and camera and rng.random() < 0.2:
        look, camera = _joined([look, camera]), ""
    parts = [look, clause, camera, light]
    if rng.random() < 0.15:
        parts[:2] = clause, look
    sentences = [part for part in parts if part] or ["镜头"]
    return [*f" {zh.FULL_STOP} ".join(sentences).split(), zh.FULL_STOP]


def _joined(phrases: list[str]) -> str:
    return f" {zh.COMMA} ".join(phrase for phrase in phrases if phrase)


def _pick(phrases: dict[str, tuple[str, ...]], values: Values, field: str, rng: random.Random) -> str:
    """A phrase for that field; empty when it is unsaid."""
    return rng.choice(phrases[values[field]]) if field in values else ""


def _look(values: Values, rng: random.Random) -> str:
    """Size, angle and horizon."""
    return _joined(
        [
            _pick(zh.SIZES, values, "size", rng),
            _pick(zh.ANGLES, values, "angle", rng),
            _pick(zh.HORIZONS, values, "horizon", rng),
        ]
    )


def _noun(values: Values, rng: random.Random) -> str:
    """Number, measure word, colour and noun; a person is dressed in the colour."""
    subject = values.get("subject")
    noun = zh.NOUNS[subject] if subject else "主体"
    count, colour = _pick(zh.COUNTS, values, "count", rng), _pick(zh.COLOURS, values, "colour", rng)
    words = []
    if count:
        words += [count, rng.choice(zh.MEASURES[subject]) if subject else "个"]
    if colour and subject == "person":
        words += ["穿", colour, "衣服", "的"]
    elif colour:
        # one syllable after a colour wants the particle
        words += [colour, "的"] if len(noun) == 1 or rng.random() < 0.3 else [colour]
    return " ".join([*words, noun])


def _doing(values: Values, rng: random.Random) -> str:
    """Direction before verb."""
    direction = _pick(zh.DIRECTIONS, values, "direction", rng)
    if "action" in values:
        verb = _verb(values.get("subject"), values["action"], rng)
    elif direction:
        verb = "不动" if values["direction"] == "none" else "移动"
    else:
        return ""
    return f"{direction} {verb}".strip()


def _verb(subject: str | None, action: str, rng: random.Random) -> str:
    """What things do has other words than what people do."""
    if action == "turns":
        return "转动" if subject in _ROLLING else "转身"
    if action == "falls":
        return "倒下" if subject in _STANDING else "落下"
    if action == "jumps":
        return "跳动" if subject == "ball" else "跳跃"
    return rng.choice(zh.ACTIONS[action])


def _around(values: Values, rng: random.Random) -> list[str]:
    """Time and setting, each one phrase."""
    phrases = [_pick(zh.TIMES, values, "time", rng), _pick(zh.SETTINGS, values, "setting", rng)]
    return [phrase for phrase in phrases if phrase]


def _clause(values: Values, rng: random.Random) -> str:
    """When and where, who, and what they do."""
    around = _around(values, rng)
    if values.get("subject") == "place":
        return _joined([rng.choice(zh.SCENERY), " ".join(around)])
    if not any(field in values for field in ("subject", *ABOUT_THE_SUBJECT)):
        return " ".join(around)
    noun, doing, place = _noun(values, rng), _doing(values, rng), _pick(zh.PLACES, values, "place", rng)
    if place and rng.random() < 0.4:
        return _joined([" ".join(around), f"{place} {noun if doing else '有 ' + noun} {doing}".strip()])
    if place:
        where = f"位于 {place}" if not doing else f"在 {place} {doing}"
        return _joined([" ".join(around), f"{noun} {where}"])
    main = f"{noun} {doing}".strip()
    return _joined([" ".join(around), main])


def _camera(values: Values, rng: random.Random) -> str:
    """Movement, speed and steadiness."""
    speed, movement = _pick(zh.SPEEDS, values, "speed", rng), _pick(zh.MOVEMENTS, values, "movement", rng)
    if speed and not movement:
        movement = "运镜"
    return _joined([f"{speed} {movement}".strip(), _pick(zh.STEADINESS, values, "steadiness", rng)])


def _light(values: Values, rng: random.Random) -> str:
    phrases = [_pick(zh.LIGHTS, values, "light", rng), _pick(zh.TONES, values, "tone", rng)]
    if rng.random() < 0.3:
        phrases.reverse()
    return _joined(phrases)
