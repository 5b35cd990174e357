"""Portraits in the scene: the switch in the panel, the job, and where the pictures hang."""

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.test_characters import corners, happy, make, panel, references

__all__ = ["happy"]

FRONT, THREE_QUARTERS = "FilmAI Portrait Monk 7 Front", "FilmAI Portrait Monk 7 Three Quarters"


def with_portraits(filmai: FilmAI) -> FilmAI:
    filmai.module("character_view").publish_portraits(True)
    return filmai


def test_a_portrait_hangs_before_the_head_of_the_figure(happy: FilmAI) -> None:
    make(portrait=True, archetype="MONK")
    found = references()
    # three quarters lie on no axis
    assert list(found) == ["front"]
    places = corners(found["front"])
    assert places["low left"].z == pytest.approx(1.4, abs=1e-5)
    assert places["high right"].z == pytest.approx(1.9, abs=1e-5)
    assert places["high right"].x - places["low left"].x == pytest.approx(0.5, abs=1e-5)
    assert bpy.data.images[THREE_QUARTERS].use_fake_user
    assert "front view (Numpad 1), at the height of the head" in happy.rows[-1].note
    assert '"portrait":true' in bpy.data.images[FRONT]["filmai_character"]


def test_a_plane_has_the_portrait_where_the_head_is(happy: FilmAI) -> None:
    make(portrait=True, archetype="MONK", placing="PLANE")
    plane = bpy.data.objects["FilmAI Portrait Monk 7"]
    heights = [(plane.matrix_world @ vertex.co).z for vertex in plane.data.vertices]
    assert (min(heights), max(heights)) == (pytest.approx(1.4, abs=1e-5), pytest.approx(1.9, abs=1e-5))


def test_the_panel_offers_portraits_where_their_network_is(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    character_view = happy.module("character_view")
    character_view.publish_portraits(False)
    name = "FILMAI_PT_character_view3d"
    assert "<portrait>" not in panel(happy, name)
    with_portraits(happy)
    assert {"<portrait>", "<archetype>"} <= set(panel(happy, name))
    form.portrait = True
    character_view.publish_portraits(False)
    # a file that says so can still be put right
    shown = panel(happy, name)
    assert {"<portrait>", "<portrait_of>"} <= set(shown)
    assert "<archetype>" not in shown


def test_the_panels_choice_is_painted_redone_and_edited(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    form.portrait, form.portrait_of, form.placing = True, "PIRATE", "IMAGES"
    make()
    image = bpy.data.images["FilmAI Portrait Pirate 7 Front"]
    assert image["filmai_character"].startswith('{"archetype":"pirate"')
    form.portrait = False
    happy.module("character_form").fill_character(
        form, happy.module("core.character_settings").CharacterSettings.from_json(image["filmai_character"])
    )
    assert (form.portrait, form.portrait_of, form.archetype) == (True, "PIRATE", "KNIGHT")


def test_who_has_no_portrait_is_named_with_those_who_have(happy: FilmAI) -> None:
    with pytest.raises(RuntimeError, match="no portraits of knight; there are of villager"):
        make(portrait=True, archetype="KNIGHT")
    bpy.context.scene.filmai_character.look_archetype = "ROBOT"
    with pytest.raises(RuntimeError, match="no portraits of robot"):
        make(portrait=True)
