"""Reads a prompt such as "mossy cobblestone, dark and wet": which material it names, and how that should look.

English and Simplified Chinese, mixed as one likes. Words are looked up, and a little grammar is followed: what
a colour belongs to, what "no" and "very" are said of. What was made of each word is reported, and so is every
word that nobody knows. Standard library only, since Blender's process reads prompts too.
"""

from collections.abc import Set
from dataclasses import dataclass

from .families import family_by_id
from .limits import MAX_CONTRAST
from .word_lists import UNKNOWN, Rgb
from .word_lists_zh import FAMILY_LABELS_ZH
from .words_colours import PLAIN_COLOURS, toned
from .words_grammar import Item, group_words, shade_of, shaded

__all__ = ["FAMILY_LABELS_ZH", "Reading", "read_prompt"]

_MIX = 0.35
"""How much of a second material is mixed in when nothing says how much."""
_MOST_ACROSS = 4
"""For what is tiny, or very small."""
_USED = 0.5
"""Less wear is asked for by words such as "clean", more by words such as "old"."""
_UNWORN, _WORN = 0.1, 0.6
"""Wear that "no cracks" and "not new" ask for."""
_REFINED_BY = {
    "brushed_metal": {"rusted_metal", "diamond_plate", "scifi_panel"},
    "wood_grain": {"wood_planks", "bark"},
    "rock": {"stone_wall", "cobblestone", "marble", "granite"},
    "ceramic_tiles": {"roof_tiles"},
    "fabric_weave": {"knit", "fur", "leather"},
}
"""The family of a generic word ("metal"), and those that say it more exactly."""
_COVERS = ("leaves", "moss", "grass", "sand", "soil", "snow", "ice", "rusted_metal")
"""They lie on what a place stands for: a roof with moss is a roof."""
_GROWTHS = ("moss", "rusted_metal")
"""They are on another material wherever one is named."""
_WEATHERING = ("moss", "rusted_metal", "soil")
"""A material without them is hardly worn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a prompt says; None or empty where it says nothing. Colours are sRGB-encoded, 0 to 1."""

    family: str | None
    """A family id."""
    mix_family: str | None
    """A second family that was named, "moss" beside "cobblestone": its paint is mixed in."""
    mix: float | None
    """How much of the second: 0 none, 1 all."""
    base: Rgb | None
    """Colour of what stands out."""
    second: Rgb | None
    """Colour of what lies between: of mortar, joints, veins."""
    contrast: float | None
    """Factor, 0 to 3; 1 changes nothing."""
    roughness: float | None
    """Added to the mean roughness, -1 to 1: wet is below 0, dusty above."""
    wear: float | None
    """0 pristine, 1 ruined."""
    across: int | None
    """Layouts side by side: 1 for large features, 2 or 4 for small ones."""
    layout: tuple[tuple[str, str], ...]
    """Named choices, such as ("pattern", "herringbone") and ("rows", "4")."""
    lightness: float
    """How much lighter the look's own colour is wanted where no colour is named, -1 to 1; 0 says nothing."""
    understood: tuple[tuple[str, str], ...]
    """The words as they were typed, and what was made of them in plain English, in the prompt's order."""
    unknown: tuple[str, ...]
    """Words that mean nothing here, as they were typed, in their order; never the likes of "the" and "with"."""


def read_prompt(text: str) -> Reading:
    """What ``text`` says. Any text is read; none is an error."""
    items = group_words(text)
    known = [item for item in items if item.meaning is not UNKNOWN]
    family, mix_family, mix = _materials(known)
    base, second = _colours(known, family)
    base, lightness = _loose_shades(known, base)
    return Reading(
        family=family,
        mix_family=mix_family,
        mix=mix,
        base=base,
        second=second,
        contrast=_contrast(known, base),
        roughness=_roughness(known),
        wear=_wear(known),
        across=_across(known),
        layout=_layout(known),
        lightness=lightness,
        understood=tuple((_typed(text, item), _report(item)) for item in known),
        unknown=tuple(_typed(text, item) for item in items if item.meaning is UNKNOWN),
    )


def _typed(text: str, item: Item) -> str:
    return " ".join(text[item.start : item.end].split())


def _report(item: Item) -> str:
    """What was made of it; what came to nothing says so."""
    nothing = "joints" if item.meaning.joint else "nothing to change"
    return "; ".join(item.mended + (item.said or ["not asked for" if item.negated else nothing]))


def _materials(items: list[Item]) -> tuple[str | None, str | None, float | None]:
    """The family, the one that is mixed in, and how much of it."""
    named = [item for item in items if item.meaning.family and not item.second]
    absent = {item.meaning.family for item in named if item.negated}
    present = {item.meaning.family for item in named} - absent
    asked = [item for item in named if item.meaning.family in present and not _is_refined(item, present)]
    family = _leading_family(asked)
    mixed = next((item for item in asked if item.meaning.family != family and _is_mixed(item)), None)
    mix_family = mixed.meaning.family if mixed else None
    mix = round(_MIX * mixed.degree, 3) if mixed else None
    for item in named:
        label = family_by_id(item.meaning.family or "").label
        if item.meaning.family in absent:
            said = f"no {label}"
        elif item.meaning.family == family:
            said = f"material: {label}"
        elif item.meaning.family == mix_family and mix is not None:
            said = f"{label} mixed in, {mix:.0%}"
        elif _is_mixed(item) and not _is_refined(item, present):
            said = f"{label} left out: two materials are the most"
        else:
            said = f"goes with {family_by_id(family or '').label}"
        item.said.append(said)
    return family, mix_family, mix


def _is_refined(item: Item, present: Set[str | None]) -> bool:
    """Whether it is a generic word beside one that says it more exactly."""
    return item.meaning.rank == "generic" and bool(present & _REFINED_BY[item.meaning.family or ""])


def _is_mixed(item: Item) -> bool:
    """Whether its family is mixed in where another one leads."""
    return item.meaning.rank in ("noun", "generic", "adjective")


def _leading_family(asked: list[Item]) -> str | None:
    ground = [item for item in asked if item.meaning.family not in _GROWTHS]
    noun = _leader(ground, "noun", "generic") or _leader(asked, "noun", "generic")
    place = _leader(asked, "place")
    if noun is None or (place is not None and noun.meaning.family in _COVERS):
        noun = place or _leader(asked, "kind") or _leader(asked, "adjective")
    return noun.meaning.family if noun else None


def _leader(items: list[Item], *ranks: str) -> Item | None:
    """The first, unless it lies on a later one."""
    leader: Item | None = None
    for item in items:
        if item.meaning.rank in ranks and (leader is None or item.over is leader):
            leader = item
    return leader


def _colours(items: list[Item], family: str | None) -> tuple[Rgb | None, Rgb | None]:
    """Of what stands out and of what lies between. What is mixed in brings no colour of its own along."""
    coloured = [item for item in items if item.rgb is not None and not item.negated]
    joints = [item for item in coloured if item.second]
    named = [item for item in coloured if not item.second and item.meaning.colour != "own"]
    own = [item for item in coloured if not item.second and item.meaning.colour == "own"]
    own = [item for item in own if item.meaning.rank != "noun" or item.meaning.family == family]
    base, second = (named or own)[:1], (joints or named[1:])[:1]
    for item in coloured:
        note = _tone(item, family) if item in base else ""
        name = f"{item.name} {_hex(item.rgb)}".strip()
        if item in base:
            item.said.append(f"colour: {name}" + note)
        elif item in second:
            item.said.append(f"colour of joints: {name}")
        else:
            item.said.append(f"colour left out, there are others: {name}")
    return base[0].rgb if base else None, second[0].rgb if second else None


def _tone(item: Item, family: str | None) -> str:
    """Change a plain colour into what the material has of it; returns what to add to the report."""
    if item.rgb is None or family is None or item.loud or item.meaning.name not in PLAIN_COLOURS:
        return ""
    item.rgb = toned(item.rgb, family)
    return f", as {family_by_id(family).label} has it"


def _hex(rgb: Rgb | None) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb or ())


def _loose_shades(items: list[Item], base: Rgb | None) -> tuple[Rgb | None, float]:
    """Of "dark" without a colour after it: the base colour changed by it; without one, the lightness."""
    loose = [item for item in items if item.meaning.shade is not None]
    lightness = _balance([shade_of(item)[0] for item in loose])
    for item in loose:
        if base is not None:
            base = shaded(base, *shade_of(item))
            item.said.append(f"colour changed to {_hex(base)}")
        elif shade_of(item)[0]:
            item.said.append(f"lightness {lightness:+.2f}")
    return base, 0.0 if base is not None else lightness


def _contrast(items: list[Item], base: Rgb | None) -> float | None:
    """Stated; where no colour is named, "vivid" and "muted" are taken for contrast too."""
    factors: list[tuple[Item, float]] = []
    for item in items:
        factor = item.meaning.contrast
        if base is None and item.meaning.shade is not None and item.meaning.shade[0] == 0:
            factor = (1 + item.meaning.shade[1]) / 2
        if factor is not None:
            factors.append((item, 1 / factor if item.negated else max(1 + (factor - 1) * item.degree, 0)))
    if not factors:
        return None
    numbers = [factor for _, factor in factors]
    contrast = round(min(min(1, *numbers) * max(1, *numbers), MAX_CONTRAST), 3)
    for item, _ in factors:
        item.said.append(f"{contrast:.2f} times the contrast")
    return contrast


def _roughness(items: list[Item]) -> float | None:
    stated = [item for item in items if item.meaning.roughness is not None]
    if not stated:
        return None
    # what is not wet is rather a little rough than as wet as chance has it
    numbers = [(item.meaning.roughness or 0) * (-0.5 if item.negated else item.degree) for item in stated]
    roughness = _balance(numbers)
    for item in stated:
        item.said.append(f"roughness {roughness:+.2f}")
    return roughness


def _balance(numbers: list[float]) -> float:
    """The strongest of both directions together, -1 to 1."""
    return round(min(max(min(0, *numbers, 0) + max(0, *numbers, 0), -1), 1), 3)


def _wear(items: list[Item]) -> float | None:
    """Between the most and the least that is stated; what is denied counts where nothing is stated."""
    about = [item for item in items if item.meaning.wear is not None]
    stated = [item for item in about if not item.negated]
    used = stated or about or [item for item in items if item.negated and item.meaning.family in _WEATHERING]
    if not used:
        return None
    worn = [_wear_of(item) for item in used if _asks_for_wear(item)]
    fresh = [_wear_of(item) for item in used if not _asks_for_wear(item)]
    ends = [*([max(worn)] if worn else []), *([min(fresh)] if fresh else [])]
    wear = round(sum(ends) / len(ends), 3)
    for item in used:
        item.said.append(f"wear {wear:.2f}")
    return wear


def _asks_for_wear(item: Item) -> bool:
    return ((1.0 if item.meaning.wear is None else item.meaning.wear) >= _USED) is not item.negated


def _wear_of(item: Item) -> float:
    wear = item.meaning.wear or 0.0
    if item.negated:
        return _WORN if _asks_for_wear(item) else _UNWORN
    if _asks_for_wear(item):
        return min(wear * item.degree, 1)
    return max(1 - (1 - wear) * item.degree, 0)


def _across(items: list[Item]) -> int | None:
    across: int | None = None
    for item in items:
        if item.meaning.across is None or item.negated:
            continue
        number = int(item.meaning.across)
        if number > 1 and item.degree > 1:
            number = _MOST_ACROSS
        across = across or number
        same = f"{number} across" if number > 1 else "large: 1 across"
        item.said.append(same if number == across else "size left out, there is another")
    return across


def _layout(items: list[Item]) -> tuple[tuple[str, str], ...]:
    """One choice of each name: the first."""
    layout: dict[str, str] = {}
    for item in items:
        choice = item.layout or (("pattern", item.meaning.pattern) if item.meaning.pattern else None)
        if choice is None or item.negated:
            continue
        name, value = choice
        chosen = layout.setdefault(name, value)
        asked = f"{name}: {value.replace('_', ' ')}"
        item.said.append(asked if chosen == value else f"{asked} left out, there is another")
    return tuple(layout.items())
