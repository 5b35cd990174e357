"""Prompts and what is read in them, in English and Chinese."""

# ruff: noqa: RUF001

import difflib
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.colour import linear_to_oklab, srgb_to_linear
from ml.families import FAMILIES, FAMILY_INDEX
from ml.word_lists import Meaning, Rgb, hex_rgb, palette, phrase_key, read_list
from ml.word_lists_en import ENGLISH
from ml.word_lists_zh import CHINESE
from ml.words import FAMILY_LABELS_ZH, Reading, read_prompt
from ml.words_colours import toned, usual_colours
from ml.words_grammar import group_words
from ml.words_search import find_words

REPOSITORY = Path(__file__).parents[3]
PATTERNS = {
    *("running_bond", "stack_bond", "herringbone", "basket", "hexagons", "lozenges", "voronoi", "planks"),
    *("scales", "weave", "cracks", "panels", "courses"),
}
ENTRIES_EN = [
    *((name, Meaning(colour="colour", rgb=rgb)) for name, rgb in palette().items()),
    *read_list(ENGLISH),
]
ENTRIES_ZH = read_list(CHINESE)
SILENT = {"filler", "join", "and", "or", "on", "degree", "break"}
"""Roles of words that do nothing by themselves."""

MISTAKES = {
    "cobblestne": "cobblestone",
    "concreet": "concrete",
    "marbel": "marble",
    "lether": "leather",
    "terazzo": "terrazzo",
    "asphault": "asphalt",
    "hexagonl": "hexagonal",
    "brikc": "brick",
    "corrosin": "corrosion",
}
NO_MISTAKES = """
mental printed planted dessert lather strained matter grave party certain shoulder contract single thread state
store feather planet plastic tough moos bick dinosaur texas glass woman stormy slave candle peddle timer stale crate
"""
REPEATED = [
    "mossy cobblestone, dark and wet ",
    "very ",
    "dark ",
    "no ",
    "or moss ",
    "on rock ",
    "长满苔藓的",
    "恐龙",
    "没有",
    "🔥",
    "\u0301",
    "\x00\x1b",
    "#fff",
    "9",
    "9 rows ",
    "'",
    "ﬁ ",
    "\ud800",
]


def code(rgb: Rgb) -> str:
    return "".join(f"{round(part * 255):02x}" for part in rgb)


def said(prompt: str) -> dict[str, Any]:
    """What the reading says, and nothing of what it leaves open; colours as hex digits."""
    reading = read_prompt(prompt)
    found: dict[str, Any] = {}
    for name in Reading.__dataclass_fields__:
        value = getattr(reading, name)
        if name != "understood" and value not in (None, (), 0.0):
            found[name] = code(value) if name in ("base", "second") else value
        elif name in ("wear", "contrast", "roughness") and value is not None:
            found[name] = value
    if "mix_family" in found:
        found["mix"] = (found.pop("mix_family"), found["mix"])
    if "layout" in found:
        found["layout"] = dict(found["layout"])
    return found


PROMPTS: list[tuple[str, dict[str, Any]]] = [
    (
        "mossy cobblestone, dark and wet",
        {"family": "cobblestone", "mix": ("moss", 0.35), "lightness": -0.4, "roughness": -0.35},
    ),
    ("mossy", {"family": "moss"}),
    ("Cobblestone with a little moss", {"family": "cobblestone", "mix": ("moss", 0.175)}),
    ("heavily mossy roof", {"family": "roof_tiles", "mix": ("moss", 0.56)}),
    ("stone wall covered in moss", {"family": "stone_wall", "mix": ("moss", 0.56)}),
    ("moss on a stone wall", {"family": "stone_wall", "mix": ("moss", 0.35)}),
    ("moss, stone wall", {"family": "stone_wall", "mix": ("moss", 0.35)}),
    ("moss-covered bricks", {"family": "brick", "mix": ("moss", 0.35)}),
    ("snowy road", {"family": "asphalt", "mix": ("snow", 0.35)}),
    ("grass with leaves", {"family": "grass", "mix": ("leaves", 0.35)}),
    (
        "autumn leaves on wet asphalt",
        {"family": "asphalt", "mix": ("leaves", 0.35), "roughness": -0.35},
    ),
    ("autumn leaves", {"family": "leaves", "base": "b0622a"}),
    ("marble tiles", {"family": "ceramic_tiles", "mix": ("marble", 0.35)}),
    ("cobblestone road", {"family": "cobblestone"}),
    ("old wooden planks", {"family": "wood_planks", "wear": 0.7}),
    ("wood grain, polished wood", {"family": "wood_grain", "roughness": -0.4}),
    ("concrete planks", {"family": "concrete", "layout": {"pattern": "planks"}}),
    ("metal", {"family": "brushed_metal"}),
    ("rusty metal", {"family": "rusted_metal", "wear": 0.7}),
    ("rusty diamond plate", {"family": "diamond_plate", "mix": ("rusted_metal", 0.35), "wear": 0.7}),
    ("metal without rust", {"family": "brushed_metal", "wear": 0.1}),
    ("brushed steel, no scratches", {"family": "brushed_metal", "wear": 0.1}),
    ("copper", {"family": "brushed_metal", "base": "b06a45"}),
    (
        "red bricks with white mortar, slightly worn",
        {"family": "brick", "base": "8a342c", "second": "e8e6e2", "wear": 0.35},
    ),
    ("dark joints, large bricks", {"family": "brick", "second": "4c4c4c", "across": 1}),
    ("small tiles with black grout", {"family": "ceramic_tiles", "second": "1b1b1c", "across": 2}),
    ("white marble with golden veins", {"family": "marble", "base": "e8e6e2", "second": "c9a14a"}),
    ("black and white terrazzo", {"family": "terrazzo", "base": "1b1b1c", "second": "e8e6e2"}),
    ("joints are white, grey granite", {"family": "granite", "base": "808080", "second": "e8e6e2"}),
    ("#8a3b2a bricks with #fff joints", {"family": "brick", "base": "8a3b2a", "second": "ffffff"}),
    ("dark red fabric", {"family": "fabric_weave", "base": "4e211e"}),
    ("reddish grey rock", {"family": "rock", "base": "8b6260"}),
    ("red leather, dark", {"family": "leather", "base": "541f19"}),
    ("bright red bricks", {"family": "brick", "base": "c24f49"}),
    ("vivid red leather", {"family": "leather", "base": "be1d15"}),
    ("not vivid red bricks", {"family": "brick", "base": "8a342c"}),
    ("crimson bricks", {"family": "brick", "base": "8c1c2b"}),
    ("#9e2b25 bricks", {"family": "brick", "base": "9e2b25"}),
    ("red", {"base": "9e2b25"}),
    ("blue roof tiles, green joints", {"family": "roof_tiles", "base": "455077", "second": "3f7a3a"}),
    ("鲜红色的砖墙", {"family": "brick", "base": "be1d15"}),
    ("红色的砖墙", {"family": "brick", "base": "8a342c"}),
    ("sandstone bricks", {"family": "brick", "base": "c2a070"}),
    ("white oak planks", {"family": "wood_planks", "base": "e8e6e2", "layout": {"pattern": "planks"}}),
    ("not dark, not shiny concrete", {"family": "concrete", "lightness": 0.2, "roughness": 0.175}),
    ("concrete without moss, cracks or dirt", {"family": "concrete", "wear": 0.1}),
    ("moss-free roof tiles, not new", {"family": "roof_tiles", "wear": 0.6}),
    ("old but clean plaster", {"family": "plaster", "wear": 0.4}),
    ("not too wet sand", {"family": "sand", "roughness": -0.175}),
    ("bricks, no cracks and wet", {"family": "brick", "wear": 0.1, "roughness": -0.35}),
    ("tiny dragon scales, high contrast", {"family": "scales", "across": 4, "contrast": 1.6}),
    (
        "oak parquet, herringbone",
        {"family": "wood_planks", "base": "a67c4e", "layout": {"pattern": "herringbone"}},
    ),
    ("brick, running bond, stack bond", {"family": "brick", "layout": {"pattern": "running_bond"}}),
    (
        "4 rows of hexagonal tiles, six columns",
        {"family": "ceramic_tiles", "layout": {"rows": "4", "pattern": "hexagons", "columns": "6"}},
    ),
    ("cracked mud", {"family": "soil", "layout": {"pattern": "cracks"}}),
    ("wide joints, brick", {"family": "brick", "unknown": ("wide",)}),
    ("dinosaurs on grass, no unicorns", {"family": "grass", "unknown": ("dinosaurs", "no unicorns")}),
    ("lava 🔥 4k", {"family": "lava", "unknown": ("🔥", "4k")}),
    ("ＢＲＩＣＫ　ＷＡＬＬ，ｒｅｄ", {"family": "brick", "base": "8a342c"}),
    ("", {}),
    ("the, and with", {}),
    ("生锈的金属，深棕色，很旧", {"family": "rusted_metal", "base": "402c1d", "wear": 0.91}),
    (
        "长满苔藓的鹅卵石，又湿又暗",
        {"family": "cobblestone", "mix": ("moss", 0.56), "roughness": -0.35, "lightness": -0.4},
    ),
    ("鹅卵石，没有苔藓，不湿", {"family": "cobblestone", "wear": 0.1, "roughness": 0.175}),
    ("砖墙，没有苔藓、裂缝和污渍", {"family": "brick", "wear": 0.1}),
    ("红砖墙，白色勾缝", {"family": "brick", "base": "8b4034", "second": "e8e6e2"}),
    (
        "白色大理石，金色纹路，抛光",
        {"family": "marble", "base": "e8e6e2", "second": "c9a14a", "roughness": -0.4},
    ),
    ("浅色橡木地板", {"family": "wood_planks", "base": "cab095"}),
    ("雪覆盖的岩石", {"family": "rock", "mix": ("snow", 0.35)}),
    ("石头上的苔藓，有点潮湿", {"family": "rock", "mix": ("moss", 0.35), "roughness": -0.175}),
    ("草地上有落叶", {"family": "grass", "mix": ("leaves", 0.35)}),
    ("不太旧的皮革，棕色", {"family": "leather", "base": "6b4a30", "wear": 0.35}),
    (
        "人字拼木地板，胡桃木",
        {"family": "wood_planks", "base": "54392a", "layout": {"pattern": "herringbone"}},
    ),
    ("4行六列的瓷砖", {"family": "ceramic_tiles", "layout": {"rows": "4", "columns": "6"}}),
    ("不锈钢，不生锈", {"family": "brushed_metal", "wear": 0.1}),
    ("偏红的棕色木板，极旧", {"family": "wood_planks", "base": "7d3f2c", "wear": 1.0}),
    ("细密的针织毛衣，米白色", {"family": "knit", "base": "ece6d2", "across": 2}),
    ("恐龙和深色的混凝土", {"family": "concrete", "lightness": -0.4, "unknown": ("恐龙",)}),
    (
        "rusty 金属 panel",
        {
            "family": "scifi_panel",
            "mix": ("rusted_metal", 0.35),
            "wear": 0.7,
            "layout": {"pattern": "panels"},
        },
    ),
]


@pytest.mark.parametrize(("prompt", "expected"), PROMPTS)
def test_a_prompt_says_this_and_nothing_else(prompt: str, expected: dict[str, Any]) -> None:
    assert said(prompt) == expected


def test_the_report_tells_what_was_made_of_which_words() -> None:
    assert read_prompt("Very dark   red BRICKS, white mortar; slighly mossy").understood == (
        ("Very dark red", "colour: dark red #421915, as Brick has it"),
        ("BRICKS", "material: Brick"),
        ("white mortar", "colour of joints: white #e8e6e2"),
        ("slighly mossy", "slighly -> slightly; Moss mixed in, 18%"),
    )
    assert read_prompt("没有苔藓的砖墙，深棕色").understood == (
        ("没有苔藓", "no Moss; wear 0.10"),
        ("砖墙", "material: Brick"),
        ("深棕色", "colour: dark brown #402c1d"),
    )


def test_the_usual_colours_are_those_of_the_looks_that_the_network_knows() -> None:
    card = json.loads((REPOSITORY / "ml/models/texture_studio/1/card.json").read_text(encoding="utf-8"))
    looks = {entry["family"]: np.median(np.array(entry["looks"])[:, :3], 0) for entry in card["looks"]}
    assert set(usual_colours()) == set(looks)
    for family, rgb in usual_colours().items():
        assert linear_to_oklab(srgb_to_linear(rgb)) == pytest.approx(looks[family], abs=0.01), family


@pytest.mark.parametrize("family", sorted(usual_colours()))
def test_a_toned_colour_is_quieter_and_as_light_as_it_was(family: str) -> None:
    red = hex_rgb("9e2b25")
    light, *hue = linear_to_oklab(srgb_to_linear(red))
    toned_light, *toned_hue = linear_to_oklab(srgb_to_linear(toned(red, family)))
    assert np.hypot(*toned_hue) < np.hypot(*hue)
    assert toned_hue[0] > 0.02, "and still red"
    assert toned_light == pytest.approx(light, abs=0.06)
    grey = hex_rgb("808080")
    assert toned(grey, family) == pytest.approx(grey, abs=0.001)
    assert toned(red, "no family") == red


def test_what_is_too_much_is_reported_as_left_out() -> None:
    reports = dict(read_prompt("brick, moss, snow, red, white, blue, large, tiny").understood)
    assert reports["snow"] == "Snow left out: two materials are the most"
    assert reports["blue"].startswith("colour left out")
    assert reports["tiny"].startswith("size left out")


@pytest.mark.parametrize(("typed", "meant"), MISTAKES.items())
def test_a_mistake_in_typing_is_mended_and_shown(typed: str, meant: str) -> None:
    reading = read_prompt(typed)
    assert reading.unknown == ()
    [(words, report)] = reading.understood
    assert words == typed
    assert report.split(";")[0] == f"{typed} -> {meant}"
    assert said(typed) == said(meant)


@pytest.mark.parametrize("word", NO_MISTAKES.split())
def test_another_word_is_no_mistake_in_typing(word: str) -> None:
    assert read_prompt(word).unknown == (word,)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_family_is_named_by_its_label(family: Any) -> None:
    for label in (family.label, family.label.lower(), FAMILY_LABELS_ZH[family.id]):
        reading = read_prompt(label)
        assert (reading.family, reading.mix_family, reading.unknown) == (family.id, None, ()), label


def test_chinese_labels_are_those_of_the_families() -> None:
    assert list(FAMILY_LABELS_ZH) == list(FAMILY_INDEX)


@pytest.mark.parametrize("entries", [ENTRIES_EN, ENTRIES_ZH], ids=["English", "Chinese"])
def test_no_word_has_two_meanings(entries: list[tuple[str, Meaning]]) -> None:
    found = Counter(phrase_key(words) for words, _ in entries)
    assert [keys for keys, count in found.items() if count > 1] == []


@pytest.mark.parametrize("entries", [ENTRIES_EN, ENTRIES_ZH], ids=["English", "Chinese"])
def test_every_word_of_the_lists_is_understood_as_what_it_says(entries: list[tuple[str, Meaning]]) -> None:
    for words, meaning in entries:
        reading = read_prompt(words)
        if meaning.role == "content":
            assert (reading.unknown, [typed for typed, _ in reading.understood]) == ((), [words])
            assert reading.understood[0][1] not in ("", "nothing to change"), words
        assert meaning.family in (None, *FAMILY_INDEX), words
        assert meaning.pattern in (None, *PATTERNS), words
        assert reading.family == meaning.family, words


def test_every_pattern_can_be_said_in_both_languages() -> None:
    for entries in (ENTRIES_EN, ENTRIES_ZH):
        assert {meaning.pattern for _, meaning in entries} == {None, *PATTERNS}


def test_there_are_colours_enough() -> None:
    assert len(palette()) >= 40
    assert len({meaning.name for _, meaning in ENTRIES_ZH if meaning.colour == "colour"}) >= 30


def test_a_list_with_an_unknown_effect_is_refused() -> None:
    with pytest.raises(ValueError, match="material"):
        read_list("brick = material brick")


WORDS = st.sampled_from([words for words, _ in (*ENTRIES_EN, *ENTRIES_ZH)]) | st.text(
    "abcdxyzé恐龙", max_size=8
)
PIECES = st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", "，", "-", "、", " / ", "\n"])), max_size=14)


@settings(derandomize=True, deadline=None, database=None, max_examples=60)
@given(PIECES)
def test_every_word_is_understood_or_silent_or_unknown(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    reading, items = read_prompt(text), group_words(text)
    spans = [(item.start, item.end) for item in items]
    assert spans == sorted(spans)
    assert Counter((*(words for words, _ in reading.understood), *reading.unknown)) == Counter(
        " ".join(text[start:end].split()) for start, end in spans
    )
    rest = text
    for start, end in spans:
        rest = rest[:start] + ";" * (end - start) + rest[end:]
    assert [found for found in find_words(rest) if found.meaning.role not in SILENT] == []


@settings(derandomize=True, deadline=None, database=None, max_examples=60)
@given(st.text(max_size=60) | PIECES.map(lambda pieces: "".join(word + gap for word, gap in pieces)))
def test_any_text_is_read_and_the_same_each_time(text: str) -> None:
    reading = read_prompt(text)
    assert reading == read_prompt(text)
    assert reading.family in (None, *FAMILY_INDEX)
    assert reading.mix_family in (None, *FAMILY_INDEX)
    assert (reading.mix is None) == (reading.mix_family is None)
    assert all(0 <= part <= 1 for part in (*(reading.base or ()), *(reading.second or ())))
    assert -1 <= (reading.roughness or 0) <= 1
    assert -1 <= reading.lightness <= 1
    assert 0 <= (reading.wear or 0) <= 1
    assert 0 <= (reading.contrast or 0) <= 3
    assert reading.across in (None, 1, 2, 4)
    assert all(typed and said for typed, said in reading.understood)
    assert all(unicodedata.normalize("NFKC", typed).strip() for typed in reading.unknown)


@pytest.mark.parametrize("piece", REPEATED)
def test_ten_thousand_characters_are_read(piece: str) -> None:
    assert isinstance(read_prompt((piece * 10_000)[:10_000]), Reading)


def test_few_words_of_a_long_prompt_are_compared_with_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    compare = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda *args: calls.append(args) or compare(*args))
    letters = "abcdefghij"
    words = [f"zz{a}{b}{c}q" for a in letters for b in letters for c in letters]
    assert len(read_prompt(" ".join(words * 2)[:10_000]).unknown) > 1000
    assert 0 < len(calls) <= 80
