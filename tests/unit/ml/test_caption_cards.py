"""Sentences as subtitles: lines, cards, and when they are shown."""

from itertools import pairwise

import pytest

from ml.caption_cards import MAX_LINE_UNITS, Card, cards_in_time, line_units, wrapped

ENGLISH = (
    "Medium shot, low angle. A red car drives left to right past two trees at dusk. Slow pan right, handheld."
)
CHINESE = (
    "中景，仰拍。黄昏时，一辆红色汽车从左到右驶过两棵树。镜头缓慢右摇，手持拍摄，画面略有晃动，色调偏暖。"  # noqa: RUF001
)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, f"{CHINESE} {ENGLISH}", ENGLISH * 5])
def test_no_card_has_more_than_two_lines_and_no_line_is_too_long(text: str) -> None:
    cards = wrapped(text)
    assert all(len(card.split("\n")) <= 2 for card in cards)
    assert all(line_units(line) <= MAX_LINE_UNITS for card in cards for line in card.split("\n"))
    joined = "".join(cards).replace("\n", "").replace(" ", "")
    assert joined == text.replace(" ", ""), "nothing is lost"


def test_a_line_of_english_has_at_most_42_letters_and_of_chinese_20() -> None:
    assert max(len(line) for card in wrapped(ENGLISH) for line in card.split("\n")) <= 42
    assert 16 <= max(len(line) for card in wrapped(CHINESE) for line in card.split("\n")) <= 20


def test_a_short_sentence_is_one_line() -> None:
    assert wrapped("A dog runs.") == ("A dog runs.",)
    assert wrapped("  \n ") == ()


def test_two_lines_are_of_about_the_same_length_and_break_after_a_mark() -> None:
    assert wrapped("A red car drives left to right, past two trees at dusk.") == (
        "A red car drives left to right,\npast two trees at dusk.",
    )
    (card,) = wrapped("A person walks through a forest towards the camera")
    first, second = card.split("\n")
    assert abs(len(first) - len(second)) < 10


def test_no_line_of_chinese_begins_with_a_mark() -> None:
    lines = [line for card in wrapped(CHINESE * 3) for line in card.split("\n")]
    assert not any(line[0] in "，。、" for line in lines)  # noqa: RUF001


def test_a_word_without_an_end_is_broken() -> None:
    (card,) = wrapped("x" * 60)
    assert [len(line) for line in card.split("\n")] == [42, 18]


def test_cards_follow_each_other_over_the_whole_shot() -> None:
    cards = cards_in_time(ENGLISH, 101, 301, 25.0)
    assert len(cards) == 2
    assert (cards[0].start, cards[-1].end) == (101, 301)
    assert all(one.end == after.start for one, after in pairwise(cards))
    share = (cards[0].end - 101) / 200
    assert share == pytest.approx(
        line_units(cards[0].text) / sum(line_units(card.text) for card in cards), abs=0.01
    )


def test_a_shot_that_is_too_short_shows_the_beginning_and_dots() -> None:
    (card,) = cards_in_time(ENGLISH, 1, 26, 25.0)
    assert (card.start, card.end) == (1, 26)
    assert card.text.endswith("…")
    assert all(line_units(line) <= MAX_LINE_UNITS for line in card.text.split("\n"))


def test_a_shot_of_one_frame_has_its_caption() -> None:
    assert cards_in_time("A dog.", 7, 8, 24.0) == (Card("A dog.", 7, 8),)


def test_without_wrapping_it_is_one_line_however_long() -> None:
    assert cards_in_time(ENGLISH, 1, 26, 25.0, wrap=False) == (Card(ENGLISH, 1, 26),)


def test_an_empty_text_has_no_card() -> None:
    assert cards_in_time("", 1, 26, 25.0) == ()
    assert cards_in_time(" ", 1, 26, 25.0, wrap=False) == ()
