"""FilmAI's texts in the language of Blender's interface, by Blender's own translations.

Blender looks up labels, tooltips and items by itself. Sentences with names and numbers in them come from all over
the add-on and from the worker, in English; where they reach the user, ``said`` puts them into Blender's language.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import bpy

from .catalogue import LOCALE, OWN, templates

if TYPE_CHECKING:
    from .wording import Wording

__all__ = ["register", "said", "unregister"]


def register() -> None:
    """Hand every text over to Blender; it looks at them when its language asks for them."""
    from .entries import entries

    bpy.app.translations.register(__package__, {LOCALE: entries()})


def unregister() -> None:
    """Take them back."""
    bpy.app.translations.unregister(__package__)
    _said.cache_clear()
    _wording.cache_clear()


def said(text: str) -> str:
    """``text``, English as the add-on or the worker put it, in the language of Blender's messages.

    What no translation is known of stays as it is, within a sentence too.
    """
    if not text or _look_up(_KNOWN) == _KNOWN:
        return text
    return _said(bpy.app.translations.locale, text)


_KNOWN = "Completed"
"""Translated wherever anything is: Blender's language and its switch for messages say which."""


@lru_cache(maxsize=256)
def _said(locale: str, text: str) -> str:
    return _wording(locale).of(text)


@cache
def _wording(_locale: str) -> "Wording":
    # loaded with the first message in another language, not when the add-on is enabled
    from .wording import Wording

    return Wording(templates(), _look_up)


def _look_up(text: str) -> str:
    own: str = bpy.app.translations.pgettext_rpt(text, OWN)
    return own if own != text else str(bpy.app.translations.pgettext_rpt(text))
