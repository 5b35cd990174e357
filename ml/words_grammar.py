"""Groups the words of a prompt: what a colour belongs to, what "no" and "very" are said of. Standard library only.

The grammar is a small one, the same for English and Chinese: what describes stands before what it describes,
and a comma ends what was begun.
"""

from dataclasses import dataclass, field

from .word_lists import UNKNOWN, Meaning, Rgb
from .words_search import Found, find_words

__all__ = ["Item", "group_words", "shade_of", "shaded"]

_LONGEST_LIST = 6
"""So many nouns that one "no" is looked for before."""
_LEAST_DEGREE, _MOST_DEGREE = 0.25, 2.0
"""However often "very" is repeated."""
_TINT = 0.35
"""How far "reddish" changes the colour after it."""
_GREY: Rgb = (0.5, 0.5, 0.5)
"""What "dark" makes darker in "dark joints"."""


@dataclass(slots=True, eq=False)
class Item:
    """Words that belong together: "very dark red", "no moss", "white mortar"."""

    meaning: Meaning
    """Of the last of them."""
    start: int
    """In the text as it was typed, as is ``end``."""
    end: int
    negated: bool = False
    degree: float = 1.0
    rgb: Rgb | None = None
    name: str = ""
    """English name of that colour."""
    loud: bool = False
    """The colour is wanted as strong as it is: "bright red"."""
    second: bool = False
    """The colour is that of the joints."""
    over: "Item | None" = None
    """The material that this one carries: moss in "moss on rock", marble in "marble tiles"."""
    layout: tuple[str, str] | None = None
    mended: list[str] = field(default_factory=list)
    """Mistakes in typing and what they were taken for."""
    said: list[str] = field(default_factory=list)
    """What was made of it, in plain English."""


def group_words(text: str) -> list[Item]:
    """The items of a prompt in their order; those that mean nothing have UNKNOWN as their meaning."""
    grammar = _Grammar()
    for found in find_words(text):
        grammar.take(found)
    grammar.end_clause()
    for item in grammar.items:
        if item.meaning.role == "number":
            item.meaning = UNKNOWN
    return grammar.items


def shaded(rgb: Rgb, lightness: float, saturation: float) -> Rgb:
    """The colour made lighter (to 1: white) or darker (to -1: black), its saturation multiplied."""
    red, green, blue = rgb
    grey = 0.3 * red + 0.59 * green + 0.11 * blue
    goal = 1.0 if lightness > 0 else 0.0
    parts = (min(max(grey + (part - grey) * saturation, 0), 1) for part in rgb)
    red, green, blue = (round(part + (goal - part) * min(abs(lightness), 1), 4) for part in parts)
    return red, green, blue


def shade_of(item: Item) -> tuple[float, float]:
    """Lightness and saturation for ``shaded``, by how much and whether it is denied ("not dark")."""
    lightness, saturation = item.meaning.shade or (0.0, 1.0)
    if item.negated:
        return -lightness / 2, 1.0
    return min(max(lightness * item.degree, -1), 1), max(1 + (saturation - 1) * item.degree, 0)


def _is_shade(meaning: Meaning) -> bool:
    """Whether it changes a colour that follows it."""
    return meaning.shade is not None or meaning.colour == "tint"


class _Grammar:
    """Takes one word after the other, and holds what was said of the next."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        # items from here on may be a list of nouns
        self._list_from = 0
        self._new_clause()

    def take(self, found: Found) -> None:
        """One word more."""
        match found.meaning.role:
            case "break":
                self.end_clause()
            case "filler":
                self._add_filler(found)
            case "join" | "and" | "or" | "on" as role:
                self._add_filler(found)
                self._part(role)
            case "not" | "no" | "degree" as role:
                self._prefix(found, role)
            case "free" if self._last() is not None:
                self._deny_last(found)
            case "count" if (last := self._last()) is not None and last.meaning.role == "number":
                last.layout = (found.meaning.count, str(int(last.meaning.value)))
                last.meaning, last.end = found.meaning, found.end
                last.mended += [found.mended] if found.mended else []
            case "free" | "count" | "unknown":
                self._add_unknown(found)
            case _:
                self._add_content(found)

    def end_clause(self) -> None:
        """At a comma, and at the end."""
        if self._negator is not None:
            self.items.append(Item(UNKNOWN, *self._negator))
        self._new_clause()

    def _new_clause(self) -> None:
        # not, no, or soft, which is said of nouns alone: of cracks in "without moss and cracks"
        self._negation = self._carried = ""
        # where it stands, until a word has been denied by it
        self._negator: tuple[int, int] | None = None
        self._on = False
        # joints were named, and their colour may follow
        self._asking = False
        self._part_here()
        self._used_up()

    def _part_here(self) -> None:
        """Nothing before belongs to what follows."""
        self._fence = len(self.items)

    def _used_up(self) -> None:
        """What stood before a word was said of it, and is not said of the next."""
        self._degree = 1.0
        self._start: int | None = None
        self._mended: list[str] = []

    def _last(self) -> Item | None:
        return self.items[-1] if len(self.items) > self._fence else None

    def _part(self, role: str) -> None:
        self._part_here()
        self._asking = False
        if role in ("join", "on"):
            self._on = self._on or role == "on"
            self._list_from = len(self.items)
        elif role in ("and", "or") and not self._negation:
            self._deny_list()
            # "not wet and old" is old, "without moss and cracks" has no cracks
            self._negation = self._carried if role == "or" else "soft" if self._carried == "no" else ""

    def _prefix(self, found: Found, role: str) -> None:
        self._part_here()
        if role == "degree":
            self._degree = min(max(self._degree * found.meaning.value, _LEAST_DEGREE), _MOST_DEGREE)
        else:
            self._negation = role
            self._negator = (self._negator[0] if self._negator else found.start, found.end)
        self._start = found.start if self._start is None else self._start
        self._mended += [found.mended] if found.mended else []

    def _deny_list(self) -> None:
        """What ends in "or dirt" may have begun with a "no": of cracks in "no moss, cracks or dirt"."""
        start = max(self._list_from, len(self.items) - _LONGEST_LIST)
        denied = [at for at in range(start, len(self.items)) if self.items[at].negated]
        listed = self.items[denied[-1] :] if denied else []
        if listed and all(item.meaning.thing for item in listed):
            for item in listed[1:]:
                item.negated, item.rgb, item.second = True, None, False
            self._carried = "no"

    def _deny_last(self, found: Found) -> None:
        item = self.items[-1]
        item.negated, item.end = True, found.end

    def _add_unknown(self, found: Found) -> None:
        start = self._negator[0] if self._negator else found.start
        self.items.append(Item(UNKNOWN, start, found.end))
        self._negator = None
        self._carried, self._negation = self._negation, ""
        self._part_here()
        self._used_up()

    def _add_filler(self, found: Found) -> None:
        """Of words that do nothing by themselves only a mended one is reported."""
        if found.mended and self._start is not None:
            self._mended.append(found.mended)
        elif found.mended:
            self.items.append(Item(found.meaning, found.start, found.end, mended=[found.mended]))

    def _add_content(self, found: Found) -> None:
        meaning = found.meaning
        is_noun = meaning.thing or meaning.rank in ("noun", "generic")
        negated = self._negation in ("not", "no") or (self._negation == "soft" and is_noun)
        item = Item(meaning, found.start, found.end, negated, self._degree, mended=self._mended)
        item.start = found.start if self._start is None else self._start
        item.mended += [found.mended] if found.mended else []
        self._give_colour(item, self._take_back(meaning))
        self._give_way(item)
        self.items.append(item)
        self._used_up()
        self._negator = None
        # "no" is said of the noun that is still to come: of bricks in "no red bricks"
        if self._negation != "no" or not (meaning.shade or meaning.colour in ("colour", "tint")):
            self._carried = {"": "", "soft": "no"}.get(self._negation, self._negation) if negated else ""
            self._negation = ""

    def _take_back(self, meaning: Meaning) -> list[Item]:
        """The items just before that were said of this word, and are part of its item."""
        taken: list[Item] = []
        colours = len(self.items) if self._negation == "no" else int(meaning.joint)
        if _is_shade(meaning) or not (colours or meaning.colour):
            return taken
        while (last := self._last()) is not None:
            if not _is_shade(last.meaning):
                if not colours or last.meaning.colour is None:
                    break
                colours -= 1
            taken.insert(0, self.items.pop())
        return taken

    def _give_colour(self, item: Item, taken: list[Item]) -> None:
        meaning = item.meaning
        if taken:
            item.start = min(item.start, taken[0].start)
            item.mended = [mended for part in taken for mended in part.mended] + item.mended
        if meaning.colour:
            item.rgb, item.name = meaning.rgb, meaning.name
        elif meaning.joint and taken and not item.negated:
            item.rgb, item.name = _GREY, "grey"
        item.loud = any(part.meaning.shade and shade_of(part)[1] > 1 for part in taken)
        for part in taken:
            if item.rgb is not None and not part.negated:
                item.rgb, item.name = _changed(item, item.rgb, part)
        last = self._last()
        if meaning.joint and last is not None and last.meaning.across is not None:
            # how wide joints are cannot be said, and "wide joints" are no wide bricks
            last.meaning = UNKNOWN
        item.second = item.rgb is not None and (meaning.joint or self._asking)
        asks = meaning.joint and item.rgb is None and not item.negated
        self._asking = asks or (self._asking and _is_shade(meaning))

    def _give_way(self, item: Item) -> None:
        """The last of two nouns side by side is the material, the first is on it; so it is around "on"."""
        nouns = ("noun", "generic")
        last = self._last()
        if item.meaning.rank in nouns and self._on:
            item.over = next((other for other in reversed(self.items) if other.meaning.family), None)
            self._on = False
        elif last is not None:
            alike = nouns if item.meaning.rank in nouns else ("place",)
            item.over = last if {item.meaning.rank, last.meaning.rank} <= set(alike) else None


def _changed(item: Item, rgb: Rgb, part: Item) -> tuple[Rgb, str]:
    """The colour of ``item``, so far ``rgb``, and its name, after a word that stood before it."""
    if part.meaning.shade is not None:
        return shaded(rgb, *shade_of(part)), f"{part.meaning.name} {item.name}".strip()
    if part.rgb is None or item.meaning.joint:
        return part.rgb or rgb, part.name
    red, green, blue = (
        round(old + (new - old) * min(_TINT * part.degree, 1), 4)
        for old, new in zip(rgb, part.rgb, strict=True)
    )
    return (red, green, blue), f"{part.name}-tinted {item.name}".strip()
