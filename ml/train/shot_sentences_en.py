"""The English half of the grammar: a shot's values in one to four sentences, as film makers put them.

Values are those that ``ml.shot_sense.sayable`` lets through; each one is said exactly once.
"""

import random
from collections.abc import Mapping

from ..shot_sense import ABOUT_THE_SUBJECT
from . import shot_words_en as en

__all__ = ["write_english"]

Values = Mapping[str, str]

_VOWELS = tuple("aeiou")


def write_english(values: Values, rng: random.Random) -> list[str]:
    """The words, each mark of punctuation a word of its own; lower case but for names."""
    look, clause = _look_and_clause(values, rng)
    camera, light = _camera(values, rng), _light(values, rng)
    if light and clause and rng.random() < 0.5:
        clause, light = _joined([clause, light]), ""
    if look and camera and not camera.startswith("the camera") and rng.random() < 0.2:
        look, camera = _joined([look, camera]), ""
    parts = [look, clause, camera, light]
    if rng.random() < 0.15:
        parts[:2] = clause, look
    sentences = [part for part in parts if part] or ["shot"]
    return [*" . ".join(sentences).replace(",", " ,").split(), "."]


def _look_and_clause(values: Values, rng: random.Random) -> tuple[str, str]:
    """How the picture is framed, and what it shows; one of the two may say both."""
    if "size" in values and _has_subject(values) and rng.random() < 0.3:
        return "", _shot_of(values, rng)
    return _joined(_look(values, rng)), _clause(values, rng)


def _joined(phrases: list[str]) -> str:
    return ", ".join(phrase for phrase in phrases if phrase)


def _pick(phrases: dict[str, tuple[str, ...]], values: Values, field: str, rng: random.Random) -> str:
    """A phrase for that field; empty when it is unsaid."""
    return rng.choice(phrases[values[field]]) if field in values else ""


def _look(values: Values, rng: random.Random) -> list[str]:
    """Size, angle and horizon: "medium shot", "low angle"."""
    size, horizon = _pick(en.SIZES, values, "size", rng), _pick(en.HORIZONS, values, "horizon", rng)
    if size and "angle" in values and rng.random() < 0.3:
        return [f"{_pick(en.ANGLE_ADJECTIVES, values, 'angle', rng)} {size}", horizon]
    return [phrase for phrase in (size, _pick(en.ANGLES, values, "angle", rng), horizon) if phrase]


def _has_subject(values: Values) -> bool:
    return values.get("subject") != "place" and any(
        field in values for field in ("subject", *ABOUT_THE_SUBJECT)
    )


def _noun(values: Values, rng: random.Random) -> str:
    """ "two red cars", "a person in blue", "the subject"."""
    count = values.get("count")
    subject = values.get("subject")
    one, many = en.NOUNS[subject] if subject else ("subject", "subjects")
    colour = _pick(en.COLOURS, values, "colour", rng)
    words = [one if count in (None, "one") else many]
    if colour and subject == "person":
        words = [*words, "in", colour]
    elif colour:
        words = [colour, *words]
    return f"{_determiner(count, words[0], rng)} {' '.join(words)}"


def _determiner(count: str | None, following: str, rng: random.Random) -> str:
    if count is None:
        return "the"
    if count != "one":
        return rng.choice(en.COUNTS[count])
    article = "an" if following.startswith(_VOWELS) else "a"
    return rng.choice((article, article, article, "one", "a single"))


def _doing(values: Values, form: int, rng: random.Random) -> str:
    """Action and direction; form: 0 of one, 1 of several, 2 after "shot of"."""
    direction = _pick(en.DIRECTIONS, values, "direction", rng)
    if "action" in values:
        verb = rng.choice(en.ACTIONS[values["action"]])[form]
    elif direction and values["direction"] == "none":
        verb = ("stays", "stay", "staying")[form]
    elif direction:
        verb = ("moves", "move", "moving")[form]
    else:
        return ""
    return f"{verb} {direction}".strip()


def _around(values: Values, rng: random.Random) -> str:
    """Setting and time: "in a street at dusk"."""
    setting, time = _pick(en.SETTINGS, values, "setting", rng), _pick(en.TIMES, values, "time", rng)
    if setting and time and rng.random() < 0.2:
        setting, time = time, setting
    return f"{setting} {time}".strip()


def _clause(values: Values, rng: random.Random) -> str:
    """Who does what, where and when."""
    if values.get("subject") == "place":
        return _scenery(values, rng)
    if not _has_subject(values):
        return _around(values, rng)
    form = 0 if values.get("count") in (None, "one") else 1
    doing, place, around = (
        _doing(values, form, rng),
        _pick(en.PLACES, values, "place", rng),
        _around(values, rng),
    )
    noun = _noun(values, rng)
    if place and rng.random() < 0.3:
        return _with_around([f"{place}, {noun} {doing}".strip()], around, rng)
    return _with_around([f"{noun} {doing}".strip(), place], around, rng)


def _with_around(main: list[str], around: str, rng: random.Random) -> str:
    """Setting and time go behind, or in front, as in "at dusk, a red car drives left to right"."""
    if around and rng.random() < 0.2 and len(main) > 1:
        return f"{around}, {' '.join(main).strip()}"
    return " ".join(phrase for phrase in (*main, around) if phrase)


def _scenery(values: Values, rng: random.Random) -> str:
    if "setting" in values and rng.random() < 0.5:
        noun = _pick(en.SETTING_NOUNS, values, "setting", rng)
        return f"{noun} {_pick(en.TIMES, values, 'time', rng)}".strip() + ", no subject"
    return f"{rng.choice(en.SCENERY)} {_around(values, rng)}".strip()


def _shot_of(values: Values, rng: random.Random) -> str:
    """ "low-angle medium shot of a red car driving left to right at dusk"."""
    rest = ""
    size = _pick(en.SIZES, values, "size", rng)
    if "angle" in values:
        if rng.random() < 0.5:
            size = f"{_pick(en.ANGLE_ADJECTIVES, values, 'angle', rng)} {size}"
        else:
            rest = _pick(en.ANGLES, values, "angle", rng)
    doing, place = _doing(values, 2, rng), _pick(en.PLACES, values, "place", rng)
    words = [size, "of", _noun(values, rng), doing, place, _around(values, rng)]
    main = " ".join(word for word in words if word)
    return _joined([main, rest, _pick(en.HORIZONS, values, "horizon", rng)])


def _camera(values: Values, rng: random.Random) -> str:
    """Movement, speed and steadiness: "slow pan right, handheld"."""
    steadiness = _pick(en.STEADINESS, values, "steadiness", rng)
    if "movement" in values and rng.random() < 0.3:
        return _joined([_camera_clause(values, rng), steadiness])
    if "movement" in values:
        noun = _pick(en.MOVEMENTS, values, "movement", rng)
    elif "speed" in values:
        noun = "camera movement"
    else:
        return f"{steadiness} camera" if steadiness in en.STEADINESS and rng.random() < 0.5 else steadiness
    if "speed" not in values:
        return _joined([noun, steadiness])
    if rng.random() < 0.75:
        return _joined([f"{_pick(en.SPEED_ADJECTIVES, values, 'speed', rng)} {noun}", steadiness])
    return _joined([f"{noun} {_pick(en.SPEEDS, values, 'speed', rng)}", steadiness])


def _camera_clause(values: Values, rng: random.Random) -> str:
    verb = _pick(en.CAMERA_VERBS, values, "movement", rng)
    speed = values.get("speed")
    if speed is None:
        return f"the camera {verb}"
    if speed in en.SPEED_ADVERBS and rng.random() < 0.8:
        # "fast" stands behind its verb only
        return f"the camera {en.SPEED_ADVERBS[speed][0]} {verb}"
    return f"the camera {verb} {rng.choice(en.SPEEDS[speed])}"


def _light(values: Values, rng: random.Random) -> str:
    phrases = [_pick(en.LIGHTS, values, "light", rng), _pick(en.TONES, values, "tone", rng)]
    if rng.random() < 0.3:
        phrases.reverse()
    return _joined(phrases)
