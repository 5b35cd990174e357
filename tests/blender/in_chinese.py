"""Run by a Blender that has translations: installs FilmAI and checks what a user in China would read."""

import re
import sys
import zipfile
from pathlib import Path

import bpy

PACKAGE = "bl_ext.user_default.filmai"
PIECES = {
    # context, English, Chinese
    "a panel": ("*", "Texture Studio", "材质工坊"),
    "a button": ("Operator", "Caption Strips", "为片段配字幕"),
    "a tooltip": ("*", "Choose another seed at random", "随机选择另一个种子"),
    "a family": ("FilmAI", "Brick", "砖墙"),
    "a field's value": ("FilmAI", "close-up", "特写"),
    "a word that Blender means otherwise": ("FilmAI", "Look", "外观"),
}


def main(archive: str) -> None:
    """Fails with an AssertionError, which ends Blender with an exit code."""
    assert bpy.app.build_options.international, "this Blender has no translations"
    view = bpy.context.preferences.view
    view.language = "zh_HANS"
    view.use_translate_interface = view.use_translate_tooltips = view.use_translate_reports = True
    # unpacked rather than installed: translations need none of the wheels, which this Python may not fit
    folder = Path(bpy.utils.user_resource("EXTENSIONS", path="user_default/filmai", create=True))
    zipfile.ZipFile(archive).extractall(folder)
    manifest = folder / "blender_manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        re.sub(r"^wheels = \[.*?\]$", "", text, flags=re.DOTALL | re.MULTILINE), encoding="utf-8"
    )
    bpy.ops.preferences.addon_enable(module=PACKAGE)
    speaking = sys.modules[f"{PACKAGE}.translations.speaking"]
    look_up = bpy.app.translations.pgettext
    for what, (context, english, chinese) in PIECES.items():
        assert look_up(english, context) == chinese, (what, look_up(english, context))
    assert speaking.said("Queued: Brick and Moss 7") == "已排队：砖墙和苔藓 7"
    assert reported() == "没有选择文件夹。请选择一个。", reported()
    assert all_chinese() == []
    view.language = "en_US"
    assert speaking.said("Queued: Brick 7") == "Queued: Brick 7"
    assert reported() == "No folder is chosen. Choose one."
    view.language = "zh_HANS"
    bpy.ops.preferences.addon_disable(module=PACKAGE)
    for what, (context, english, _chinese) in PIECES.items():
        assert look_up(english, context) == english, what
    print("shown in Chinese and taken back")


def reported() -> str:
    """What an operator says that is called without its folder."""
    material = bpy.data.materials.get("FilmAI stand-in") or bpy.data.materials.new("FilmAI stand-in")
    material["filmai_material"] = "{}"
    bpy.context.view_layer.objects.active.active_material = material
    try:
        bpy.ops.filmai.save_material_maps(directory="")
    except RuntimeError as error:
        return str(error).removeprefix("Error: ").removeprefix("错误: ").strip()
    return ""


def all_chinese() -> list[str]:
    """Labels of operators that Blender would show in English."""
    operators = (getattr(bpy.ops.filmai, name) for name in dir(bpy.ops.filmai))
    names = [operator.get_rna_type().name for operator in operators]
    return [name for name in names if bpy.app.translations.pgettext(name, "Operator") == name]


if __name__ == "__main__":
    main(sys.argv[sys.argv.index("--") + 1])
