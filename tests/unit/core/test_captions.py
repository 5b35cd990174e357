"""Sentences as subtitles, and what captions say."""

from itertools import pairwise

import pytest

from filmai_addon.contract import FIELDS, FieldGuess
from filmai_addon.core.caption_places import StripPlace, free_channel, is_replaced
from filmai_addon.core.caption_text import caption_text, fields_text
from filmai_addon.core.captions import MAX_LINE_UNITS, Card, cards_in_time, line_units, wrapped
from filmai_addon.core.shot_settings import CaptionSettings
from filmai_addon.core.timeline import FrameRange

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
    cards = cards_in_time(ENGLISH, FrameRange(101, 301), 25.0)
    assert len(cards) == 2
    assert (cards[0].span.start, cards[-1].span.end) == (101, 301)
    assert all(one.span.end == after.span.start for one, after in pairwise(cards))
    share = (cards[0].span.end - 101) / 200
    assert share == pytest.approx(
        line_units(cards[0].text) / sum(line_units(card.text) for card in cards), abs=0.01
    )


def test_a_shot_that_is_too_short_shows_the_beginning_and_dots() -> None:
    (card,) = cards_in_time(ENGLISH, FrameRange(1, 26), 25.0)
    assert card.span == FrameRange(1, 26)
    assert card.text.endswith("…")
    assert all(line_units(line) <= MAX_LINE_UNITS for line in card.text.split("\n"))


def test_a_shot_of_one_frame_has_its_caption() -> None:
    assert cards_in_time("A dog.", FrameRange(7, 8), 24.0) == (Card("A dog.", FrameRange(7, 8)),)


def test_without_wrapping_it_is_one_line_however_long() -> None:
    assert cards_in_time(ENGLISH, FrameRange(1, 26), 25.0, wrap=False) == (Card(ENGLISH, FrameRange(1, 26)),)


def test_an_empty_text_has_no_card() -> None:
    assert cards_in_time("", FrameRange(1, 26), 25.0) == ()
    assert cards_in_time(" ", FrameRange(1, 26), 25.0, wrap=False) == ()


# ---- what is said


def guess(field: str, value: str, certain: bool = True) -> FieldGuess:
    return FieldGuess(field, value, 0.9 if certain else 0.3, certain, False)


SEEN = (
    guess("size", "medium"),
    guess("angle", "low"),
    guess("light", "backlit", False),
    guess("speed", "none"),
)


def test_fields_leave_out_what_is_uncertain_and_what_says_nothing() -> None:
    assert fields_text(SEEN, "en") == "Medium shot, low angle."
    assert fields_text(SEEN, "zh") == "中景，仰拍。"  # noqa: RUF001


def test_nothing_certain_is_said_to_be_uncertain() -> None:
    assert fields_text((guess("size", "medium", False),), "en") == "Uncertain."
    assert fields_text((), "zh") == "不确定。"
    assert caption_text("", (), 1, CaptionSettings()) == "Uncertain."


def test_sentence_fields_or_both_with_the_number() -> None:
    def said(**settings: object) -> str:
        return caption_text("A car.", SEEN, 12, CaptionSettings(**settings))  # type: ignore[arg-type]

    assert said() == "A car."
    assert said(text="FIELDS", number=True) == "12. Medium shot, low angle."
    assert said(text="BOTH") == "Medium shot, low angle. A car."


def test_every_value_has_a_label_in_both_languages() -> None:
    for field in FIELDS:
        for value in field.values:
            assert value.en
            assert value.zh


# ---- where captions go


def test_the_first_channel_that_is_free_over_the_whole_range() -> None:
    others = [StripPlace("a", 2, FrameRange(1, 10)), StripPlace("b", 3, FrameRange(90, 99))]
    assert free_channel(others, (), FrameRange(10, 90), 2) == 2
    assert free_channel(others, (), FrameRange(9, 91), 2) == 4
    assert free_channel(others, (4, 5), FrameRange(9, 91), 2) == 6


def test_there_are_128_channels() -> None:
    others = [StripPlace(str(number), number, FrameRange(1, 10)) for number in range(1, 128)]
    assert free_channel(others, (), FrameRange(1, 5), 1) == 128
    assert free_channel(others, (128,), FrameRange(1, 5), 1) is None
    assert free_channel([], (), FrameRange(1, 5), 129) is None


def test_which_captions_are_replaced() -> None:
    film = StripPlace("Film", 1, FrameRange(1, 101))
    other = StripPlace("Other", 2, FrameRange(1, 51))
    moved = StripPlace("Moved", 3, FrameRange(501, 601))
    places = (film, other, moved)
    assert is_replaced(FrameRange(700, 710), "Film", film, places), "its own, wherever it is"
    assert not is_replaced(FrameRange(1, 51), "Other", film, places), (
        "that of another strip over the same range"
    )
    assert is_replaced(FrameRange(1, 51), "Moved", film, places), "its strip is not below it any more"
    assert is_replaced(FrameRange(1, 51), "Gone", film, places)
    assert not is_replaced(FrameRange(200, 251), "Gone", film, places), "not over this strip"
