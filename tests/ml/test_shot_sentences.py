"""The grammar of shots: every said field is heard once, nothing else is, and the words are right in both languages."""

import itertools
import random
from collections import Counter

import pytest

from ml.infer.shot_text import sentence_text
from ml.shot_sense import ABOUT_THE_SUBJECT, POSSIBLE_ACTIONS, QUIET, go_together, sayable
from ml.shot_terms import FIELD_INDEX, FIELDS, LANGUAGES
from ml.train import shot_words_en as en
from ml.train import shot_words_zh as zh
from ml.train.shot_sentences import MAX_WORDS, random_values, write_sentence
from ml.train.shot_slots import named_values
from ml.train.shot_vocabulary import Vocabulary, train_vocabulary

VOWELS = "aeiou"


def sentences(language: str, count: int, share: float) -> list[tuple[dict[str, str], list[str]]]:
    rng = random.Random(f"{language}{share}")
    told = [random_values(rng, share) for _ in range(count)]
    return [(values, write_sentence(values, language, rng)) for values in told]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return train_vocabulary(1)


@pytest.mark.parametrize("share", [0.15, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_heard_once_and_nothing_else(language: str, share: float) -> None:
    for values, words in sentences(language, 2500, share):
        assert sorted(named_values(words, language)) == sorted(values.items()), " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_values_can_be_said(language: str) -> None:
    rng = random.Random(5)
    every = [(field.id, value.id) for field in FIELDS for value in field.values]
    for (one, first), (other, second) in itertools.combinations(every, 2):
        values = {one: first, other: second}
        if one == other or ("speed", "none") in values.items() or not go_together(values):
            continue
        words = write_sentence(values, language, rng)
        assert sorted(named_values(words, language)) == sorted(values.items()), " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_well_formed(language: str) -> None:
    comma, stop = (zh.COMMA, zh.FULL_STOP) if language == "zh" else (",", ".")
    for _, words in sentences(language, 3000, 0.9):
        assert len(words) <= MAX_WORDS
        assert words[-1] == stop
        assert words[0] not in (comma, stop)
        assert all(one != other for one, other in itertools.pairwise(words)), " ".join(words)
        assert not {(one, other) for one, other in itertools.pairwise(words)} & {
            (comma, stop),
            (stop, comma),
        }
        assert not any(mark in word for word in words for mark in "_{}[]<>|")


def test_most_sentences_are_short() -> None:
    """At run time what goes without saying is left out."""
    for language in LANGUAGES:
        lengths = []
        for values, _ in sentences(language, 1000, 1.0):
            loud = {field: value for field, value in values.items() if (field, value) not in QUIET}
            lengths.append(len(write_sentence(loud, language, random.Random(1))))
        assert sorted(lengths)[950] <= 42


def test_english_articles_fit_the_word_that_follows() -> None:
    seen: Counter[str] = Counter()
    for _, words in sentences("en", 4000, 0.7):
        for article, following in itertools.pairwise(words):
            if article in ("a", "an"):
                assert (article == "an") == (following[0] in VOWELS), " ".join(words)
                seen[article] += 1
    assert min(seen["a"], seen["an"]) > 20


@pytest.mark.parametrize(("count", "form"), [("one", 0), ("two", 1), ("several", 1)])
def test_english_verbs_and_nouns_agree_with_the_count(count: str, form: int) -> None:
    rng = random.Random(2)
    for subject, action in ((s, a) for s, actions in POSSIBLE_ACTIONS.items() for a in actions):
        words = write_sentence({"subject": subject, "count": count, "action": action}, "en", rng)
        text = " ".join(words)
        assert any(forms[form] in text for forms in en.ACTIONS[action]), text
        assert en.NOUNS[subject][form] in words, text


def test_a_person_wears_the_colour() -> None:
    rng = random.Random(3)
    values = {"subject": "person", "count": "one", "colour": "red"}
    for _ in range(20):
        assert "person in red" in " ".join(write_sentence(values, "en", rng))
        assert "穿红色衣服的人" in "".join(write_sentence(values, "zh", rng))


@pytest.mark.parametrize("subject", list(zh.NOUNS))
def test_chinese_counts_take_the_noun_s_measure_word(subject: str) -> None:
    rng = random.Random(4)
    for count, number in (("one", "一"), ("two", "两"), ("several", None)):
        words = write_sentence({"subject": subject, "count": count}, "zh", rng)
        if number is not None:
            assert words[0] == number
        assert words[1] in zh.MEASURES[subject]


def test_the_same_stream_gives_the_same_sentence_and_others_differ() -> None:
    values = sayable({field.id: field.values[1].id for field in FIELDS}, {})
    for language in LANGUAGES:
        first, again = (write_sentence(values, language, random.Random(7)) for _ in range(2))
        assert first == again
        many = {tuple(write_sentence(values, language, random.Random(seed))) for seed in range(60)}
        assert len(many) > 20


@pytest.mark.parametrize(
    "nonsense",
    [
        {"subject": "lamp", "action": "drives"},
        {"subject": "house", "direction": "left_to_right"},
        {"subject": "place", "colour": "red"},
        {"movement": "static", "speed": "fast"},
        {"movement": "pan_left", "speed": "none"},
        {"action": "talks", "direction": "away"},
    ],
    ids=str,
)
def test_nonsense_is_neither_written_nor_sayable(nonsense: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no sentence can say"):
        write_sentence(nonsense, "en", random.Random(1))
    assert len(sayable(nonsense, {})) < len(nonsense)


def test_of_two_that_contradict_each_other_the_less_trusted_is_left_out() -> None:
    values = {"subject": "lamp", "action": "drives"}
    assert sayable(values, {"subject": 0.9, "action": 0.6}) == {"subject": "lamp"}
    assert sayable(values, {"subject": 0.6, "action": 0.9}) == {"action": "drives"}


def test_a_shot_of_the_place_has_no_subject() -> None:
    values = {field: FIELDS[FIELD_INDEX[field]].values[0].id for field in ABOUT_THE_SUBJECT}
    sure = dict.fromkeys(values, 0.99)
    assert sayable({"subject": "place", **values}, {"subject": 0.6, **sure}) == {"subject": "place"}
    # but what the user has set is kept
    by_hand = {"subject": 0.6, **sure, "colour": 2.0}
    assert sayable({"subject": "place", **values}, by_hand)["colour"] == values["colour"]


def test_every_value_has_its_words() -> None:
    tables = {
        "size": "SIZES", "angle": "ANGLES", "horizon": "HORIZONS", "movement": "MOVEMENTS", "light": "LIGHTS",
        "steadiness": "STEADINESS", "tone": "TONES", "time": "TIMES", "setting": "SETTINGS", "count": "COUNTS",
        "colour": "COLOURS", "action": "ACTIONS", "direction": "DIRECTIONS", "place": "PLACES",
    }  # fmt: skip
    for field, name in tables.items():
        wanted = [value.id for value in FIELDS[FIELD_INDEX[field]].values]
        for language in (en, zh):
            assert list(getattr(language, name)) == wanted


def test_the_vocabulary_takes_every_sentence_there_and_back(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.words) < 600
    for language in LANGUAGES:
        for _, words in sentences(language, 1500, 0.9):
            numbers = vocabulary.encode(words, language)
            assert vocabulary.words[numbers[0]] == f"<{language}>"
            assert numbers[-1] == vocabulary.end
            assert vocabulary.decode(numbers) == words


def test_the_vocabulary_is_the_same_for_the_same_seed() -> None:
    assert train_vocabulary(3, 2000).words == train_vocabulary(3, 2000).words


def test_a_word_that_the_grammar_does_not_have_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueError, match="dragon"):
        vocabulary.encode(["a", "dragon"], "en")


def test_a_list_without_the_special_words_is_no_vocabulary() -> None:
    with pytest.raises(ValueError, match="special words"):
        Vocabulary(["a", "b", "c", "d"])


def test_a_text_has_capitals_and_spaces_where_people_expect_them() -> None:
    words = ["medium", "shot", ",", "Dutch", "angle", ".", "a", "red", "car", "drives", "."]
    assert sentence_text([*words, "<end>"], "en") == "Medium shot, Dutch angle. A red car drives."
    assert sentence_text(["中景", zh.COMMA, "仰拍", zh.FULL_STOP], "zh") == "中景\uff0c仰拍\u3002"
