"""What captions say, and where they go."""

from filmai_addon.contract import FIELDS, FieldGuess
from filmai_addon.core.caption_places import StripPlace, free_channel, is_replaced
from filmai_addon.core.caption_text import caption_text, fields_text
from filmai_addon.core.shot_settings import CaptionSettings
from filmai_addon.core.timeline import FrameRange


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
