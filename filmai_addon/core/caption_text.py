"""What a caption says of a shot: the sentence, its fields, or both, in either language."""

from collections.abc import Sequence

from ..contract import FIELD_INDEX, FIELDS, FieldGuess
from .shot_settings import CaptionSettings, Language

__all__ = ["UNCERTAIN", "caption_text", "fields_text", "value_label"]

UNCERTAIN: dict[Language, str] = {"en": "uncertain", "zh": "不确定"}
_NOTHING_SAID = frozenset({("speed", "none"), ("direction", "none"), ("horizon", "straight")})
"""Values that only say that there is nothing to say."""
_JOINTS: dict[Language, tuple[str, str]] = {"en": (", ", "."), "zh": ("，", "。")}  # noqa: RUF001 - Chinese marks
"""Between two fields, and at their end."""


def value_label(field: str, value: str, language: Language) -> str:
    """What people call that value: ``medium shot``. Empty when there is no such value."""
    if field not in FIELD_INDEX:
        return ""
    for known in FIELDS[FIELD_INDEX[field]].values:
        if known.id == value:
            return known.zh if language == "zh" else known.en
    return ""


def fields_text(fields: Sequence[FieldGuess], language: Language) -> str:
    """The certain fields in one line; ``Uncertain`` when there are none."""
    between, end = _JOINTS[language]
    said = [
        value_label(guess.field, guess.value, language)
        for guess in fields
        if guess.certain and (guess.field, guess.value) not in _NOTHING_SAID
    ]
    text = between.join(said) or UNCERTAIN[language]
    return text[:1].upper() + text[1:] + end


def caption_text(sentence: str, guesses: Sequence[FieldGuess], number: int, settings: CaptionSettings) -> str:
    """All that a caption says; ``sentence`` is in the settings' language, ``number`` the shot's, from 1 on."""
    language = settings.language
    fields = fields_text(guesses, language)
    parts = {"SENTENCE": [sentence], "FIELDS": [fields], "BOTH": [fields, sentence]}[settings.text]
    # a sentence is empty when nothing was certain
    text = ("" if language == "zh" else " ").join(part for part in parts if part) or fields
    return f"{number}. {text}" if settings.number else text
