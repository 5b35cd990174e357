"""Translates finished English sentences, by the templates that they were made of. No bpy.

The worker and the core speak plain English, so that they know nothing of languages and logs stay readable. Which
template a sentence was made of is told by its own words; what stood in the gaps is translated in turn, since it may
be a sentence itself. Of several readings the one counts that leaves the fewest English letters.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

__all__ = ["Wording"]

_GAP = re.compile(r"\{(\d)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
_NUMBER = re.compile(r"[-+]?[\d.,:-]+(?: ?%)?")
_PARTS = (
    # explained in brackets, a name with seeds after it, what follows a colon
    (re.compile(r"(.+) \((.+)\)", re.DOTALL), "{}（{}）"),  # noqa: RUF001 - Chinese marks
    (re.compile(r"(.+) (\d+(?:-\d+)?)"), "{} {}"),
    (re.compile(r"(.+?): (.+)", re.DOTALL), "{}：{}"),  # noqa: RUF001 - Chinese marks
)
_LISTS = (("; ", "；"), (", ", "，"))  # noqa: RUF001 - Chinese marks
_FEW_LETTERS, _FEWER_LETTERS = 8, 5
"""A template with no more of its own fits by chance, so something in its gaps has to be known too, or all of it."""
_DEEPEST = 4
"""How far sentences lie within sentences."""
_STOP = "。"


class Wording:
    """The templates of one language."""

    def __init__(self, templates: Iterable[str], look_up: Callable[[str], str]) -> None:
        """``look_up`` gives the translation of a text or of a template, or the text itself."""
        self._look_up = look_up
        self._known: dict[tuple[str, int], str] = {}
        self._templates = tuple(
            (template, max(_GAP.split(template)[::2], key=len))
            for template in sorted(templates, key=_letters, reverse=True)
        )

    def of(self, text: str, depth: int = 0) -> str:
        """The translation; ``text`` itself where nothing is known of it."""
        whole = self._look_up(text)
        if whole != text or depth > _DEEPEST:
            return whole
        if (text, depth) not in self._known:
            self._known[text, depth] = self._read(text, depth + 1)
        return self._known[text, depth]

    def _read(self, text: str, depth: int) -> str:
        matches = list(self._matches(text))
        for template, gaps in matches:
            # only the last gap is made for sentences; elsewhere one means that the template covers too much
            one_sentence = gaps[:-1] if template.endswith("}") else gaps
            if _letters(template) > _FEW_LETTERS and not any(map(_SENTENCE_END.search, one_sentence)):
                return _filled(self._look_up(template), [self.of(gap, depth) for gap in gaps])
        readings = (*self._by_parts(text, depth), *self._by_templates(matches, depth))
        # the first of the best: whole sentences come first, then templates, the most exact one first
        return min((said for said in readings if said != text), key=_letters, default=text)

    def _matches(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for template, words in self._templates:
            # most templates are ruled out by their longest words, which is much faster
            if words in text and (match := _pattern(template).fullmatch(text)) is not None:
                yield template, match.groups()

    def _by_templates(self, matches: list[tuple[str, tuple[str, ...]]], depth: int) -> Iterator[str]:
        for template, gaps in matches:
            said = [self.of(gap, depth) for gap in gaps]
            known = [new != gap or bool(_NUMBER.fullmatch(gap)) for new, gap in zip(said, gaps, strict=True)]
            letters = _letters(template)
            if letters > _FEW_LETTERS or all(known) or (letters > _FEWER_LETTERS and _leads(template, known)):
                yield _filled(self._look_up(template), said)

    def _by_parts(self, text: str, depth: int) -> Iterator[str]:
        """Sentences, what is listed, and the small forms that names and reasons are put into."""
        sentences = _SENTENCE_END.split(text)
        if len(sentences) > 1 or not text.endswith("."):
            yield _joined([self._sentence(sentence, depth) for sentence in sentences], sentences)
        for separator, joint in _LISTS:
            parts = text.split(separator)
            said = [self.of(part, depth) for part in parts] if len(parts) > 1 else parts
            yield joint.join(said) if said != parts else text
        for pattern, form in _PARTS:
            match = pattern.fullmatch(text)
            if match is not None:
                said = [self.of(part, depth) for part in match.groups()]
                yield form.format(*said) if said != list(match.groups()) else text

    def _sentence(self, sentence: str, depth: int) -> str:
        """Notes lose their stops, or get some, where they are put together."""
        if sentence.endswith("."):
            said = self.of(sentence, depth)
            bare = self.of(sentence[:-1], depth) if said == sentence else sentence[:-1]
            return said if bare == sentence[:-1] else bare + _STOP
        return self._look_up(sentence) if depth > _DEEPEST else self._unstopped(sentence, depth)

    def _unstopped(self, sentence: str, depth: int) -> str:
        stopped = f"{sentence}."
        said = self._look_up(stopped)
        if said == stopped:
            matches = [match for match in self._matches(stopped) if match[0].endswith(".")]
            said = next(self._by_templates(matches, depth), stopped)
        return said.removesuffix(_STOP) if said != stopped else sentence


def _leads(template: str, known: list[bool]) -> bool:
    """Whether it begins with words of its own, or something in its gaps is known."""
    return any(known) or not template.startswith("{")


def _filled(template: str, gaps: list[str]) -> str:
    # not str.format: what the user typed may have braces
    return _GAP.sub(lambda gap: gaps[int(gap[1])], template)


def _joined(said: list[str], sentences: list[str]) -> str:
    text = ""
    for sentence in said if said != sentences else sentences:
        text += sentence if not text or text.endswith(_STOP) else f" {sentence}"
    return text


def _letters(template: str) -> int:
    return sum(character.isascii() and character.isalpha() for character in _GAP.sub("", template))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = _GAP.split(template)
    # text and the numbers of gaps take turns; English has its gaps in order
    return re.compile("(.+?)".join(map(re.escape, parts[::2])), re.DOTALL)
