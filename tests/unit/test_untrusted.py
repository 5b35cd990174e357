"""A request, a note in a .blend, a prompt, subtitles, a picture, a film, a card: whatever is in them, it is refused
or read as what it is, in little memory and time; none of it is run, and no path in it is followed outside."""

import json
import os
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from filmai_addon.contract import MAX_SEED, PreviewMaterials, read_prompt
from filmai_addon.core.character_settings import CharacterSettings
from filmai_addon.core.errors import SettingsError
from filmai_addon.core.material_settings import MaterialSettings
from filmai_addon.core.provenance import TextureProvenance
from filmai_addon.core.shot_entries import fields_from_json
from filmai_addon.core.shot_pictures import kept_pictures
from ml import protocol as p
from ml.errors import TaskError
from ml.media.errors import MediaError
from ml.media.movie import Movie
from ml.media.stills import read_picture
from ml.own_families import is_own_family, own_family_id
from ml.shotlist.entries import ShotListError
from ml.shotlist.subtitles import MAX_FILE_BYTES, MAX_FILE_LINES, read_subtitles
from ml.tasks.layout_picture import read_layout_picture
from tests.unit.ml.test_protocol import REQUESTS, line_of, plain_of

HUGE = 100_000
LITTLE_BYTES = 8 << 20
NASTY = (
    "__import__('os').system('touch /tmp/owned')",
    "{0.__class__.__init__.__globals__}",
    "%(x)s%n%n${HOME}`id`$(id)",
    "<script>alert(1)</script>",
    "../../../etc/passwd\x00.png",
    "\ud800\u202e\u0000",
)


@contextmanager
def little_memory(most_bytes: int = LITTLE_BYTES) -> Iterator[None]:
    """What is refused is refused before memory is taken for it."""
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most_bytes


# ---- requests


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda value: type(value).__name__)
def test_a_size_beyond_all_measure_is_refused(request_: p.Request) -> None:
    plain = plain_of(request_)
    inner = plain["material"] if isinstance(request_, PreviewMaterials) else plain.get("character", plain)
    sizes = [name for name in inner if name.endswith("_px") or name == "variations"]
    for name in sizes:
        changed = json.loads(json.dumps(plain))
        target = (
            changed[next(key for key in ("material", "character") if key in changed)]
            if inner is not plain
            else changed
        )
        target[name] = HUGE
        with little_memory(), pytest.raises(p.WireError, match="100000 is not within"):
            p.decode_request(line_of(changed))


def test_lists_without_end_are_refused() -> None:
    plain = plain_of(next(request for request in REQUESTS if isinstance(request, p.GenerateMaterial)))
    number = {"name": "rows", "value": 6.0}
    with pytest.raises(p.WireError):
        p.decode_request(line_of(plain | {"layout": plain["layout"] | {"numbers": [number] * 1000}}))
    with pytest.raises(p.WireError, match="longer than the limit"):
        p.decode_request(line_of(plain | {"job": "x" * p.MAX_LINE_BYTES}))
    with pytest.raises(p.WireError):
        p.decode_request(b"[" * 1_000_000)


# ---- what a .blend holds


NOTES: tuple[object, ...] = (
    *(None, 7, b"{}", "", "{", "[]", "null", "[" * 100_000, "9" * 5000, '{"a":' * 50_000),
    *("x" * 10_000_000, *NASTY),
)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: repr(note)[:20])
def test_notes_that_are_none_are_refused(note: object) -> None:
    for read in (MaterialSettings.from_json, CharacterSettings.from_json):
        with pytest.raises(SettingsError):
            read(note)
    if isinstance(note, str):
        assert fields_from_json(note) == ()


def test_a_note_that_asks_for_too_much_is_refused() -> None:
    from tests.unit.core.examples import material_settings

    plain = json.loads(material_settings().to_json())
    for change in ({"width_px": HUGE, "height_px": HUGE}, {"variations": HUGE}, {"family": "../../x"}):
        with little_memory(), pytest.raises(SettingsError):
            MaterialSettings.from_json(json.dumps(plain | change))
    drawn = {f"filmai_{name}": value for name, value in TEXTURE_NOTE.items()}
    assert TextureProvenance.from_properties_or_none(drawn) is not None
    for name, value in (
        ("family", "../../x"),
        ("size_px", HUGE),
        ("seed", MAX_SEED + 1),
        ("repeat", float("nan")),
    ):
        with pytest.raises(SettingsError):
            TextureProvenance.from_properties_or_none(drawn | {f"filmai_{name}": value})


TEXTURE_NOTE: dict[str, Any] = {
    "family": "brick",
    "seed": 7,
    "size_px": 64,
    "repeat": 1.0,
    "model": "",
    "model_version": "",
    "model_sha256": "",
    "network_px": 64,
    "device": "cpu",
    "device_reason": "",
    "png_sha256": "",
    "version": "",
}


@pytest.mark.parametrize(
    "shot_id", ["../../secret", "/etc/passwd", "..\\secret", "x" * 5000, "\u6f22" * 300, "", *NASTY]
)
def test_the_id_of_a_shot_leads_to_no_other_folder(shot_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    assert kept_pictures(str(folder), [shot_id]) == {}


@pytest.mark.parametrize(
    "name", ["user:../../x", "user:", "user:CON", "user:con", "user:a/b", "user:a\\b", "user:.", "USER:a"]
)
def test_the_id_of_an_own_family_leads_to_no_other_folder(name: str) -> None:
    assert not is_own_family(name)


@pytest.mark.parametrize("name", [text for text in NASTY if len(text) <= 40])
def test_any_name_of_an_own_family_becomes_a_safe_one(name: str) -> None:
    assert is_own_family(own_family_id(name))


# ---- prompts


@pytest.mark.parametrize(
    "text", [*NASTY, "brick " * 5000, "a" * 30_000, "\u7816" * 20_000, "not " * 8000, "(" * 30_000]
)
def test_a_prompt_is_words_and_nothing_else(text: str) -> None:
    started = time.monotonic()
    reading = read_prompt(text[:300])
    assert time.monotonic() - started < 10
    assert reading.family in (None, "brick") or "\u7816" in text


# ---- subtitles


def test_subtitles_of_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.srt"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    with (
        little_memory(MAX_FILE_BYTES + LITTLE_BYTES),
        pytest.raises(ShotListError, match="too much for subtitles"),
    ):
        read_subtitles(huge)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_subtitles_that_never_end_are_refused(tmp_path: Path) -> None:
    endless = tmp_path / "endless.srt"
    endless.symlink_to("/dev/zero")
    pipe = tmp_path / "pipe.srt"
    os.mkfifo(pipe)
    for path in (endless, pipe):
        with pytest.raises(ShotListError, match="is no file"):
            read_subtitles(path)


def test_a_million_captions_are_refused_before_they_are_made(tmp_path: Path) -> None:
    path = tmp_path / "many.srt"
    path.write_text("0:0:0,0 --> 0:0:1,0\n" * (MAX_FILE_LINES + 1), encoding="utf-8")
    with little_memory(MAX_FILE_BYTES + LITTLE_BYTES), pytest.raises(ShotListError, match="lines, too many"):
        read_subtitles(path)


@pytest.mark.parametrize("text", [text for text in NASTY if text.isprintable() and "<" not in text])
def test_what_subtitles_say_is_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n", encoding="utf-8")
    assert [caption.text for caption in read_subtitles(path)] == [text]


def test_styles_without_an_end_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\n" + "{\\" * 100_000 + "\n", encoding="utf-8")
    started = time.process_time()
    read_subtitles(path)
    assert time.process_time() - started < 5


# ---- pictures and films


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("read", "error"),
    [
        pytest.param(lambda path: read_layout_picture(str(path)), TaskError, id="layout"),
        pytest.param(lambda path: read_picture(path, 512), MediaError, id="strip"),
    ],
)
def test_a_picture_that_claims_to_be_huge_is_refused(
    read: Callable[[Path], object], error: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_that_claims(HUGE, HUGE))
    with little_memory(), pytest.raises(error):
        read(path)


@pytest.mark.parametrize("name", ["list.m3u8", "list.mp4", "concat.mp4", "stream.sdp"])
def test_a_film_that_names_an_address_is_refused_and_nobody_is_called(name: str, tmp_path: Path) -> None:
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        port = server.getsockname()[1]
        over = threading.Event()

        def answer() -> None:
            while not over.is_set():
                try:
                    calls.append(server.accept()[0].close())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=answer)
        thread.start()
        texts = {
            "list": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
            "concat": f"ffconcat version 1.0\nfile 'http://127.0.0.1:{port}/a.ts'\n",
            "stream": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
        }
        path = tmp_path / name
        path.write_text(texts[path.stem], encoding="utf-8")
        try:
            with pytest.raises(MediaError):
                Movie(path)
        finally:
            over.set()
            thread.join()
    assert calls == []
