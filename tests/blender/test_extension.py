"""The packaged extension in Blender: what it registers, and that it takes all of it back."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy

from tests.blender.conftest import PACKAGE, FilmAI, is_running

MENUS = (
    *("VIEW3D_MT_object", "IMAGE_MT_image", "SEQUENCER_MT_strip"),
    *("TOPBAR_MT_file_export", "TOPBAR_MT_file_import"),
)


def registered() -> dict[str, Any]:
    """Everything that an add-on could leave behind."""
    classes = {
        cls
        for kind in (
            *(bpy.types.Operator, bpy.types.Panel, bpy.types.Menu, bpy.types.UIList),
            *(bpy.types.PropertyGroup, bpy.types.AddonPreferences),
        )
        for cls in kind.__subclasses__()
        if cls.is_registered and cls.__module__.startswith(PACKAGE)
    }
    lists = {name: getattr(bpy.app.handlers, name) for name in dir(bpy.app.handlers)}
    handlers = {name: len(value) for name, value in lists.items() if isinstance(value, list)}
    menus = {menu: len(getattr(bpy.types, menu).draw._draw_funcs) for menu in MENUS}
    keys = sum(len(keymap.keymap_items) for keymap in bpy.context.window_manager.keyconfigs.addon.keymaps)
    threads = {thread.name for thread in threading.enumerate()}
    return {
        "classes": classes,
        "handlers": handlers,
        "menus": menus,
        "keys": keys,
        "threads": threads,
        "scene": hasattr(bpy.types.Scene, "filmai"),
    }


def test_installs_and_offers_its_panels_and_operators(filmai: FilmAI) -> None:
    assert PACKAGE in bpy.context.preferences.addons
    assert bpy.ops.filmai.generate_texture.poll()
    for space, name in (("VIEW_3D", "view3d"), ("IMAGE_EDITOR", "image")):
        panel = getattr(bpy.types, f"FILMAI_PT_texture_{name}")
        assert (panel.bl_space_type, panel.bl_category) == (space, "FilmAI")


def test_every_family_has_a_name_and_a_tooltip(filmai: FilmAI) -> None:
    items = bpy.types.Scene.bl_rna.properties["filmai"].fixed_type.properties["family"].enum_items
    families = filmai.module("contract").FAMILIES
    assert [item.identifier for item in items] == [family.id.upper() for family in families]
    assert all(item.name and item.description for item in items)


def test_twenty_cycles_leave_nothing_behind(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    registration = filmai.module("registration")
    registration.unregister()
    without = registered()
    for _cycle in range(20):
        registration.register()
        filmai.press(size=64)
        timer = filmai.pump._timer
        assert bpy.app.timers.is_registered(timer)
        registration.unregister()
        assert not bpy.app.timers.is_registered(timer)
    after = registered()
    registration.register()
    assert after == without
    assert without["classes"] == set()
    assert not without["scene"]
    assert len(registered()["classes"]) == len(registration.CLASSES)
    assert [worker for worker in filmai.workers if is_running(worker.pid)] == []


def test_enabling_loads_nothing_heavy_and_starts_nothing(filmai: FilmAI) -> None:
    script = (
        "import sys, bpy, addon_utils\n"
        f"before = set(sys.modules); addon_utils.enable({PACKAGE!r})\n"
        "names = sorted(set(sys.modules) - before)\n"
        "packages = {name.split('.')[0] for name in names}\n"
        "heavy = packages & {'numpy', 'onnxruntime', 'PIL'}\n"
        f"heavy |= set(names) & {{{PACKAGE + '.pump'!r}, {PACKAGE + '.ml.protocol'!r}}}\n"
        f"import threading; print('RESULT', {PACKAGE!r} in names, sorted(heavy), threading.active_count())\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert "RESULT True [] 1" in answer.stdout, answer.stdout + answer.stderr


def test_settings_are_saved_with_the_file(filmai: FilmAI, tmp_path: Path) -> None:
    settings = bpy.context.scene.filmai
    settings.family, settings.seed, settings.size, settings.custom_size = "MOSS", 99, "CUSTOM", 300
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.read_homefile(use_factory_startup=True)
    assert bpy.context.scene.filmai.family == "BRICK"
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    settings = bpy.context.scene.filmai
    assert (settings.family, settings.seed, settings.size, settings.custom_size) == (
        "MOSS",
        99,
        "CUSTOM",
        300,
    )


def test_the_dice_choose_another_seed(filmai: FilmAI) -> None:
    seeds = set()
    for _throw in range(5):
        bpy.ops.filmai.randomize_seed()
        seeds.add(bpy.context.scene.filmai.seed)
    assert len(seeds) > 1


def test_every_operator_and_property_has_a_tooltip(filmai: FilmAI) -> None:
    for cls in filmai.module("registration").CLASSES:
        if issubclass(cls, bpy.types.Operator):
            group, verb = cls.bl_idname.split(".")
            tooltip = getattr(getattr(bpy.ops, group), verb).get_rna_type().description
            assert tooltip, cls
            assert "\n" not in tooltip, cls
            assert not tooltip.endswith("."), "Blender adds the full stop"
        for prop in cls.bl_rna.properties if not issubclass(cls, bpy.types.Panel | bpy.types.Menu) else ():
            if prop.identifier not in bpy.types.Operator.bl_rna.properties and not prop.is_readonly:
                assert prop.description or prop.identifier in {"name", "bl_idname"}, (cls, prop.identifier)
