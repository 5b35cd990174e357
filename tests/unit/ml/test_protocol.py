"""Every message of the contract: there and back unchanged, and refused when anything is off."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ml import protocol as p
from ml.protocol_characters import (
    BodyNumber,
    CharacterPictures,
    CharacterPreview,
    CharacterResult,
    CharacterSheet,
    GenerateCharacter,
    PreviewCharacters,
    ViewFile,
)
from ml.protocol_lists import Caption, CaptionsRead, ExportedShots, ExportShots, ReadCaptions
from ml.protocol_material import Between
from ml.protocol_preview import MaterialPreview, PreviewMaterials, PreviewSheet

SHA = "a" * 64
MODEL = p.ModelUsed("dcgan_texture", "1", SHA)
IMAGE = p.TextureImage("/jobs/a/brick_7.png", 7, 64, 64, SHA)
RESULT = p.TextureResult("texture", "brick", 64, (IMAGE,), MODEL, p.DeviceUsed("cpu", ""), 0.5)
LOOK = p.LookWish(p.Colour(0.5, 0.25, 0), None, 0.5, 1.5, -0.25, 0.5)
LAYOUT = p.LayoutWish(
    2, (p.LayoutNumber("rows", 6.5),), (p.LayoutChoice("pattern", "herringbone"),), "/pictures/mine.png"
)
MATERIAL = p.MaterialMaps(
    7,
    8,
    512,
    256,
    p.Colour(0.5, 0.25, 0.5),
    p.Colour(0, 0, 0),
    0.1,
    (p.MapFile("normal", "/jobs/a/n.png", SHA),),
)
MATERIALS = p.MaterialResult(
    "material", "brick", (MATERIAL,), ("A note.",), MODEL, p.DeviceUsed("cpu", ""), 0.5
)
CLIP = p.Clip(
    *("1", "city.mp4", "movie", "/films/city.mp4", 24, 0.5, 4, True, False, False, 1),
    (p.FixedField("size", "wide"),),
)
SHOT = p.ShotDescription(
    *(
        "1",
        0.5,
        4,
        (p.FieldGuess("size", "wide", 1, True, True),),
        "Wide shot.",
        "\u8fdc\u666f\u3002",
        "/jobs/a/1.jpg",
    )
)
FAILURE = p.ClipFailure("2", "MEDIUM_MISSING", "The file is gone.")
CUTS = p.ClipCuts("1", 84, (p.Transition("dissolve", 1, 1.5, 0.9),))
BETWEEN = p.GenerateMaterial(
    *("a", "brick", "brick", 0, 7, 8, 9, "both", 512, 256, LOOK, LAYOUT),
    *(Between("moss", "sand", 0.5, 9, LOOK, 0.25), 0.02, ("basecolor",), "auto", "/jobs/a"),
)
PREVIEW = MaterialPreview(7, 8, "/jobs/a/preview_7_8.png", 128, 64, SHA)
CHARACTER = GenerateCharacter(
    *("a", "knight", 7, "pirate", 12, 4, "look", "slim", 1.9, (BodyNumber("legs", 0.25),)),
    *(p.Colour(0.5, 0.25, 0), None, 0.7, 1024, True, "auto", "/jobs/a"),
)
PORTRAIT = replace(CHARACTER, archetype="monk", portrait=True)
FIGURE = CharacterPictures(
    *(7, 12, 1.9, 2.25, 0.0675, 683, 1024, p.Colour(0.5, 0.25, 0), p.Colour(1, 1, 0.5)),
    (ViewFile("front", "/jobs/a/knight_7_12_front.png", SHA),),
)
REQUESTS: tuple[p.Request, ...] = (
    p.GenerateTexture("a", "brick", 7, 64, 1, "auto", "/jobs/a"),
    p.GenerateMaterial(
        *("a", "brick", "moss", 0.25, 7, 8, 3, "look", 512, 256, LOOK, LAYOUT, None, 0.02),
        *(("basecolor", "normal"), "auto", "/jobs/a"),
    ),
    PreviewMaterials("a", BETWEEN, 128),
    CHARACTER,
    PORTRAIT,
    PreviewCharacters("a", CHARACTER, 192),
    p.DescribeShots("a", (CLIP,), True, "cpu", "/jobs/a"),
    p.DetectCuts("a", (CLIP,), 0.5, "cpu", "/jobs/a"),
    ExportShots("a", "Reel", 30000, 1001, 1, 86_400, "zh", "/jobs/a/shots.json", "/films/list.SRT"),
    ReadCaptions("a", "/films/film.vtt"),
    p.ReleaseMemory("a"),
    p.Cancel("a"),
)
EVENTS: tuple[p.Event, ...] = (
    p.Ready("", "0.1.0", "3.11.7", "1.32.0", ("CPUExecutionProvider",), (MODEL,), ("a problem",)),
    p.Progress("a", "draw", 1, 4),
    p.Preview("a", "/jobs/a/preview.png"),
    p.Finished("a", RESULT),
    p.Finished("a", MATERIALS),
    p.Finished(
        "a",
        CharacterResult("character", "knight", (FIGURE,), MODEL, MODEL, False, p.DeviceUsed("cpu", ""), 0.5),
    ),
    p.Finished(
        "a",
        CharacterResult("character", "knight", (FIGURE,), MODEL, None, True, p.DeviceUsed("cpu", ""), 0.5),
    ),
    p.Finished(
        "a",
        CharacterSheet(
            *("character_previews", "knight", (CharacterPreview(7, 8, "/jobs/a/p.png", 192, 192, SHA),)),
            *(MODEL, p.DeviceUsed("cpu", ""), 0.5),
        ),
    ),
    p.Finished("a", ExportedShots("exported_shots", "/films/list.srt", 12, ("A note.",))),
    p.Finished("a", CaptionsRead("captions_read", (Caption(0.5, 2, "Two\nlines"),))),
    p.Finished(
        "a", PreviewSheet("previews", "brick", (PREVIEW,), ("A note.",), MODEL, p.DeviceUsed("cpu", ""), 0.5)
    ),
    p.Finished(
        "a", p.ShotsResult("shots", (SHOT,), (FAILURE,), ("A note.",), MODEL, p.DeviceUsed("cpu", ""), 0.5)
    ),
    p.Finished("a", p.CutsResult("cuts", (CUTS,), (), (), MODEL, p.DeviceUsed("cpu", ""), 0.5)),
    p.Finished("a", p.Released("released", 2)),
    p.Failed("a", "DISK_FULL", "The disk is full.", ""),
    p.Cancelled("a"),
)

TEXT = st.text(max_size=40)
COUNT = st.integers(0, 2**53)
SEED = st.integers(0, p.MAX_SEED)
IMAGES = st.builds(p.TextureImage, TEXT, SEED, COUNT, COUNT, TEXT)
RESULTS = st.builds(
    p.TextureResult,
    st.just("texture"),
    TEXT,
    COUNT,
    st.lists(IMAGES, max_size=3).map(tuple),
    st.builds(p.ModelUsed, TEXT, TEXT, TEXT),
    st.builds(p.DeviceUsed, st.sampled_from(["cuda", "cpu"]), TEXT),
    st.floats(allow_nan=False, allow_infinity=False),
)
ANY_REQUEST = st.one_of(
    st.builds(
        p.GenerateTexture,
        TEXT,
        st.sampled_from([family.id for family in p.FAMILIES]),
        SEED,
        st.integers(p.MIN_TEXTURE_SIZE_PX, p.MAX_TEXTURE_SIZE_PX),
        st.integers(1, p.MAX_VARIATIONS),
        st.sampled_from(["auto", "cuda", "cpu"]),
        TEXT,
    ),
    st.builds(p.ReleaseMemory, TEXT),
    st.builds(p.Cancel, TEXT),
)
ANY_EVENT = st.one_of(
    st.builds(p.Progress, TEXT, TEXT, st.integers(0, 10), st.integers(10, 2**31)),
    st.builds(p.Preview, TEXT, TEXT),
    st.builds(p.Finished, TEXT, RESULTS),
    st.builds(p.Finished, TEXT, st.builds(p.Released, st.just("released"), COUNT)),
    st.builds(p.Failed, TEXT, TEXT, TEXT, TEXT),
    st.builds(p.Cancelled, TEXT),
)
# the same examples in every run, however slow the machine
steady = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)


def plain_of(message: p.Request | p.Event) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(p.encode(message))
    return plain


def line_of(plain: object) -> bytes:
    return json.dumps(plain).encode() + b"\n"


def decode(message: p.Request | p.Event, line: bytes) -> p.Request | p.Event:
    return p.decode_request(line) if message in REQUESTS else p.decode_event(line)


each_message = pytest.mark.parametrize(
    "message", [*REQUESTS, *EVENTS], ids=lambda value: type(value).__name__
)


@steady
@given(ANY_REQUEST)
def test_any_request_comes_back_as_it_was(message: p.Request) -> None:
    assert p.decode_request(p.encode(message)) == message


@steady
@given(ANY_EVENT)
def test_any_event_comes_back_as_it_was(message: p.Event) -> None:
    assert p.decode_event(p.encode(message)) == message


@each_message
def test_it_comes_back_as_it_was_in_one_line(message: p.Request | p.Event) -> None:
    line = p.encode(message)
    assert decode(message, line) == message
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert line.isascii()
    assert {"v", "type", "job"} <= plain_of(message).keys()


@each_message
def test_each_field_is_needed_and_of_its_type(message: p.Request | p.Event) -> None:
    plain = plain_of(message)
    for name, value in plain.items():
        with pytest.raises(p.WireError):
            decode(message, line_of({key: kept for key, kept in plain.items() if key != name}))
        wrong: tuple[object, ...] = (
            None,
            {},
            5 if isinstance(value, str | bool) else True,
            "5" if not isinstance(value, str) else 5,
        )
        for other in wrong:
            if name in ("between", "build", "height_m", "main", "second") and other is None:
                continue  # none is an answer here
            with pytest.raises(p.WireError):
                decode(message, line_of(plain | {name: other}))


@each_message
def test_another_field_is_refused_by_name(message: p.Request | p.Event) -> None:
    with pytest.raises(p.WireError, match="colour"):
        decode(message, line_of(plain_of(message) | {"colour": "red"}))


@each_message
@pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None, [1], "x" * 1000])
def test_another_version_is_refused_and_named(message: p.Request | p.Event, version: object) -> None:
    with pytest.raises(p.WireError, match="protocol version") as caught:
        decode(message, line_of(plain_of(message) | {"v": version}))
    assert len(str(caught.value)) < 200


def test_each_direction_has_its_own_messages() -> None:
    for request in REQUESTS:
        with pytest.raises(p.WireError, match="unknown type"):
            p.decode_event(p.encode(request))
    for event in EVENTS:
        with pytest.raises(p.WireError, match="unknown type"):
            p.decode_request(p.encode(event))


def test_the_examples_cover_the_contract() -> None:
    assert {type(message) for message in REQUESTS} == set(p.Request.__args__)
    assert {type(message) for message in EVENTS} == set(p.Event.__args__)
    assert {event for event in EVENTS if p.is_terminal(event)} == set(EVENTS[3:])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family", "gingerbread"),
        ("family", "BRICK"),
        ("seed", -1),
        ("seed", p.MAX_SEED + 1),
        ("size_px", p.MIN_TEXTURE_SIZE_PX - 1),
        ("size_px", p.MAX_TEXTURE_SIZE_PX + 1),
        ("variations", 0),
        ("variations", p.MAX_VARIATIONS + 1),
        ("device", "tpu"),
    ],
)
def test_what_cannot_be_made_cannot_be_asked_for(field: str, value: object) -> None:
    with pytest.raises(p.WireError, match=field):
        p.decode_request(line_of(plain_of(REQUESTS[0]) | {field: value}))


@pytest.mark.parametrize("step", [-1, 5])
def test_progress_stays_within_its_total(step: int) -> None:
    with pytest.raises(ValueError, match="step"):
        p.Progress("a", "draw", step, 4)


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"v":1}', b"1" * 5000],
    ids=["empty", "newline", "open", "list", "null", "text", "bytes", "deep", "no type", "huge number"],
)
def test_what_is_no_message_is_a_wire_error(line: bytes) -> None:
    with pytest.raises(p.WireError):
        p.decode_request(line)


def test_a_path_that_is_no_text_survives() -> None:
    # how Python names a file whose name is not UTF-8
    message = p.Preview("a", "/jobs/\udcff.png")
    assert p.decode_event(p.encode(message)) == message


def test_lines_are_bounded_at_both_ends() -> None:
    empty = len(p.encode(p.Failed("a", "INTERNAL", "", "")))
    longest = p.Failed("a", "INTERNAL", "", "x" * (p.MAX_LINE_BYTES - empty))
    assert p.decode_event(p.encode(longest)) == longest
    with pytest.raises(p.WireError, match="limit"):
        p.encode(p.Failed("a", "INTERNAL", "", "x" * (p.MAX_LINE_BYTES - empty + 1)))
    with pytest.raises(p.WireError, match="limit"):
        p.decode_event(p.encode(longest)[:-1] + b"  \n")


def test_families_are_told_apart_by_id() -> None:
    assert len(p.FAMILY_INDEX) == len(p.FAMILIES) >= 24
    assert [p.family_by_id(family.id) for family in p.FAMILIES] == list(p.FAMILIES)
    with pytest.raises(KeyError):
        p.family_by_id("gingerbread")
