"""From a network's words to a text that people read. Standard library only.

The words come as they stand in the vocabulary; spaces and capitals are typography and belong here.
"""

from collections.abc import Sequence

__all__ = ["END", "LANGUAGE_WORDS", "PAD", "SPECIAL_WORDS", "sentence_text"]

PAD, END = "<pad>", "<end>"
LANGUAGE_WORDS = {"en": "<en>", "zh": "<zh>"}
"""A sentence begins with its language."""
SPECIAL_WORDS = (PAD, END, *LANGUAGE_WORDS.values())
"""The first words of every vocabulary, in this order."""

_CLOSING = (",", ".")


def sentence_text(words: Sequence[str], language: str) -> str:
    """Words as a text; special words are left out. Chinese needs neither spaces nor capitals."""
    plain = [word for word in words if word not in SPECIAL_WORDS]
    if language == "zh":
        return "".join(plain)
    text = ""
    begins = True
    for word in plain:
        shown = word[:1].upper() + word[1:] if begins else word
        text += shown if word in _CLOSING or not text else f" {shown}"
        begins = word == "."
    return text
