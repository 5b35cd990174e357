"""Blender shows FilmAI's texts in Chinese when its own language is Chinese.

PyPI's Blender has no translations built in, so there the catalogue is held against everything that Blender was told;
what is shown is tested in a Blender of the user's, named by FILMAI_BLENDER, without a window.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import PACKAGE, FilmAI

# values of the sequencer's list that are never drawn with their names
NOT_DRAWN = {"FILMAI_PG_shot": ("_text", "_note")}


WITH_PROPERTIES = (bpy.types.PropertyGroup, bpy.types.AddonPreferences)


def told(filmai: FilmAI) -> Iterator[tuple[str, str, str]]:
    """Where, context and text of every label, tooltip and item that FilmAI registered."""
    for cls in filmai.module("registration").CLASSES:
        name = cls.__name__
        if getattr(cls, "bl_label", ""):
            context = getattr(cls, "bl_translation_context", "") or "*"
            yield name, "Operator" if issubclass(cls, bpy.types.Operator) else context, cls.bl_label
        if issubclass(cls, bpy.types.Operator):
            yield name, "*", getattr(cls, "bl_description", "") or cls.__doc__
        properties = cls.bl_rna.properties if issubclass(cls, WITH_PROPERTIES) else ()
        if issubclass(cls, bpy.types.Operator):
            properties = operator_properties(cls)
        for prop in properties:
            if prop.identifier in own_names(cls) and not prop.identifier.endswith(
                NOT_DRAWN.get(name, ("\0",))
            ):
                yield from told_of(f"{name}.{prop.identifier}", prop)


def operator_properties(cls: Any) -> Any:
    group, verb = cls.bl_idname.split(".")
    return getattr(getattr(bpy.ops, group), verb).get_rna_type().properties


def own_names(cls: Any) -> set[str]:
    return {name for base in cls.__mro__ for name in getattr(base, "__annotations__", {})}


def told_of(where: str, prop: Any) -> Iterator[tuple[str, str, str]]:
    yield where, prop.translation_context, prop.name
    yield where, "*", prop.description
    if prop.type == "ENUM":
        for item in prop.enum_items:
            yield where, prop.translation_context, item.name
            yield where, "*", item.description


def is_same_in_chinese(text: str) -> bool:
    """Measures, and what is Chinese already."""
    return not any("a" <= letter.lower() <= "z" for letter in text.replace("px", "")) or text in (
        "CUDA",
        "CPU",
    )


def test_everything_that_blender_was_told_has_a_translation(filmai: FilmAI) -> None:
    texts = filmai.module("translations.entries").entries()
    found = list(told(filmai))
    assert len(found) > 400
    missing = [
        (where, context, text)
        for where, context, text in found
        if text and (context, text) not in texts and not is_same_in_chinese(text)
    ]
    assert not missing, missing


def test_families_and_fields_are_called_as_in_the_backend(filmai: FilmAI) -> None:
    texts = filmai.module("translations.entries").entries()
    assert texts["FilmAI", "Brick"] == "砖墙"
    assert texts["FilmAI", "pan left"] == "左摇"
    assert texts["*", "A surface of moss"] == "苔藓表面"


def test_the_catalogue_is_handed_over_and_taken_back(filmai: FilmAI, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, Any] = {}
    stand_in = type("Translations", (), {"register": handed.__setitem__, "unregister": handed.__delitem__})
    speaking = filmai.module("translations.speaking")
    monkeypatch.setattr(
        speaking, "bpy", type("bpy", (), {"app": type("app", (), {"translations": stand_in})})
    )
    speaking.register()
    (name,) = handed
    assert name.startswith(PACKAGE)
    assert list(handed[name]) == ["zh_HANS"]
    assert handed[name]["zh_HANS"]["Operator", "Caption Strips"] == "为片段配字幕"
    speaking.unregister()
    assert handed == {}


def test_messages_stay_english_where_blender_is(filmai: FilmAI) -> None:
    said = filmai.module("translations.speaking").said
    assert said("Queued: Brick 7") == "Queued: Brick 7"
    assert said("") == ""


def test_blender_in_chinese_shows_chinese_and_english_again(tmp_path: Path) -> None:
    blender, archive = os.environ.get("FILMAI_BLENDER"), os.environ.get("FILMAI_ZIP")
    if not blender or not archive:
        pytest.skip("FILMAI_BLENDER names no Blender with translations, or FILMAI_ZIP no packaged extension")
    # copied, for a Blender that sees no more than the folder for temporary files
    script = shutil.copy(Path(__file__).with_name("in_chinese.py"), tmp_path)
    copied = shutil.copy(archive, tmp_path)
    options = (
        "--background",
        "--factory-startup",
        "--python-exit-code",
        "1",
        "--python",
        script,
        "--",
        copied,
    )
    done = subprocess.run(
        [*blender.split(), *options],
        env={**os.environ, "BLENDER_USER_RESOURCES": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "shown in Chinese and taken back" in done.stdout
