"""Everything that Blender is to look up: the catalogue, and the texts that are made of families, fields and characters.

What films are described with, and what families and characters are called, is Chinese in the backend already; it is
taken from there.
"""

from collections.abc import Iterator

from ..character_properties import FILMAI_PG_character
from ..contract import BODY_NUMBERS, CHARACTERS, FAMILIES, FAMILY_LABELS_ZH, FIELDS
from ..properties import FAMILY_ITEMS
from ..shot_properties import FIELD_ITEMS, FILMAI_PG_shot
from ..studio_choices import PATTERN_ITEMS, TRAINED_LAYOUT_ITEMS
from .catalogue import ANYWHERE, OWN, Texts, read_catalogue

__all__ = ["entries"]


def entries() -> Texts:
    """Context and English text -> Chinese."""
    texts = read_catalogue()
    texts.update(_of_families(texts))
    texts.update(_of_fields(texts))
    texts.update(_of_characters(texts))
    # titles and descriptions name patterns by their ids
    texts.update(
        {(OWN, item[0].lower().replace("_", " ")): texts[ANYWHERE, item[1]] for item in PATTERN_ITEMS}
    )
    texts[OWN, "pattern"] = texts[ANYWHERE, "Pattern"]
    # properties with words that Blender means otherwise have all their items looked up among FilmAI's own
    for (context, text), chinese in tuple(texts.items()):
        if context == ANYWHERE:
            texts.setdefault((OWN, text), chinese)
    return texts


def _of_families(texts: Texts) -> Iterator[tuple[tuple[str, str], str]]:
    layouts = TRAINED_LAYOUT_ITEMS[-len(FAMILIES) :]
    for family, item, layout in zip(FAMILIES, FAMILY_ITEMS, layouts, strict=True):
        chinese = FAMILY_LABELS_ZH[family.id]
        surface = "A surface of {0}, drawn upright" if family.has_up else "A surface of {0}"
        yield (OWN, item[1]), chinese
        yield (ANYWHERE, item[2]), texts[OWN, surface].format(chinese)
        yield (ANYWHERE, layout[1]), texts[OWN, "{0} Layout"].format(chinese)
        yield (ANYWHERE, layout[2]), texts[OWN, "The layouts of {0}"].format(chinese)


def _of_fields(texts: Texts) -> Iterator[tuple[tuple[str, str], str]]:
    choose = texts[ANYWHERE, "{0}. What you choose is kept when the strip is captioned again"]
    for field in FIELDS:
        yield (OWN, field.en), field.zh
        tooltip = FILMAI_PG_shot.__annotations__[field.id].keywords["description"]
        yield (ANYWHERE, tooltip), choose.format(texts[OWN, field.meaning])
        yield (OWN, FIELD_ITEMS[field.id][0][1]), texts[ANYWHERE, FIELD_ITEMS[field.id][0][1]]
        yield from (((OWN, value.en), value.zh) for value in field.values)


def _of_characters(texts: Texts) -> Iterator[tuple[tuple[str, str], str]]:
    colours = texts[OWN, "Colours as those of a {0}"]
    for term in CHARACTERS:
        yield (ANYWHERE, term.label), term.zh
        yield (ANYWHERE, term.about), term.about_zh
        yield (ANYWHERE, f"Colours as those of a {term.label.lower()}"), colours.format(term.zh)
    chosen = texts[ANYWHERE, "Choose it instead of leaving it to the body's seed: {0}"]
    between = texts[ANYWHERE, "{0}. 0: the least that the archetype knows, 1: the most"]
    for term in BODY_NUMBERS:
        yield (ANYWHERE, term.label), term.zh
        for name, sentence in ((f"use_{term.id}", chosen), (term.id, between)):
            tooltip = FILMAI_PG_character.__annotations__[name].keywords["description"]
            yield (ANYWHERE, tooltip), sentence.format(term.about_zh)
