"""Every text that a user may see has a translation, and no translation is of a text that is gone."""

import re
from pathlib import Path

import pytest

from filmai_addon.translations.catalogue import read_catalogue
from tests.unit.translations.shown_texts import ANYWHERE, OWN, REPOSITORY, directly_reported, shown_texts

GAP = re.compile(r"\{\d\}")
NAMES = re.compile(
    r"[A-Za-z0-9 .,:/()_\-]*(?:FilmAI|SubRip|WebVTT|SubStation|JSON|OpenTimelineIO|Python|px|pixels)[^\u4e00-\u9fff]*"
)
"""Texts that are names or measures, and may be the same in Chinese."""

CATALOGUE = read_catalogue()
SHOWN = shown_texts()


def contexts_of(text: str) -> set[str]:
    return {context for context, known in SHOWN if known == text}


def test_enough_texts_are_found() -> None:
    # a reader that finds nothing would let everything pass
    assert len(SHOWN) > 800
    assert ("Operator", "Caption Strips") in SHOWN
    assert (ANYWHERE, "Texture Studio") in SHOWN
    assert (OWN, "The picture {0} cannot be read.") in SHOWN
    assert (OWN, "The disk is full. Free some space, and try again.") in SHOWN


def test_every_shown_text_has_a_translation() -> None:
    # the names of items are looked up in the context of their property, which a test in Blender checks
    missing = [
        f"{place}: {context}: {text!r}"
        for (context, text), place in SHOWN.items()
        if (context, text) not in CATALOGUE and (context != ANYWHERE or (OWN, text) not in CATALOGUE)
    ]
    assert missing == []


def test_no_translation_is_of_a_text_that_is_gone() -> None:
    known = {text for _, text in SHOWN}
    assert [key for key in CATALOGUE if key[1] not in known] == []


def test_gaps_are_the_same_in_both_languages() -> None:
    different = [
        text
        for (_, text), chinese in CATALOGUE.items()
        if sorted(set(GAP.findall(text))) != sorted(set(GAP.findall(chinese)))
    ]
    assert different == []


def test_translations_are_chinese() -> None:
    same = [
        text
        for (_, text), chinese in CATALOGUE.items()
        if not re.search(r"[\u4e00-\u9fff]", chinese) and not NAMES.fullmatch(text)
    ]
    assert same == []


def test_sentences_end_as_in_english() -> None:
    # notes are joined by their stops
    wrong = [
        text
        for (context, text), chinese in CATALOGUE.items()
        if context == OWN and text.endswith(".") and chinese[-1] not in "。…" and not chinese.endswith("}")
    ]
    assert wrong == []


def test_every_entry_of_the_file_is_read() -> None:
    text = (REPOSITORY / "filmai_addon/translations/zh_HANS.po").read_text(encoding="utf-8")
    # but for the header
    assert len(CATALOGUE) == text.count("\nmsgid ") - 1


def test_reports_are_translated() -> None:
    for path in sorted((REPOSITORY / "filmai_addon").rglob("*.py")):
        assert directly_reported(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize(
    "source",
    [
        'self.report({"INFO"}, "Copied")',
        'self.report({"INFO"}, f"Queued: {title}")',
        'cls.poll_message_set("No job is under way")',
    ],
)
def test_a_report_that_is_not_translated_is_found(source: str) -> None:
    assert directly_reported(source) == [1]


def test_an_unreadable_catalogue_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "none.po"
    path.write_text('msgid "half an entry"\n', encoding="utf-8")
    assert read_catalogue(path) == {}
