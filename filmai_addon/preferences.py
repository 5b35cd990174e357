"""The add-on's preferences: values only, and how they are shown."""

from pathlib import Path

import bpy

from . import job_view, training_view
from .core.errors import SettingsError
from .core.settings import AddonSettings
from .core.training_wish import TrainingWish
from .studio_choices import TRAINED_LAYOUT_ITEMS
from .translations.speaking import said

__all__ = ["FILMAI_AP_preferences", "addon_settings", "chosen_images_folder", "training_wish"]

_DEFAULTS = AddonSettings()


class FILMAI_AP_preferences(bpy.types.AddonPreferences):
    """Preferences of FilmAI."""

    bl_idname = __package__

    device: bpy.props.EnumProperty(
        name="Device",
        description="What the networks run on",
        items=(
            ("auto", "Automatic", "The graphics card where it can be used, else the processor"),
            (
                "cuda",
                "CUDA",
                "An NVIDIA graphics card; needs a runtime with CUDA. Falls back to the processor",
            ),
            ("cpu", "CPU", "The processor: works everywhere"),
        ),
        default=_DEFAULTS.device,
    )
    runtime: bpy.props.EnumProperty(
        name="Runtime",
        description="Which Python runs the networks, in a process of its own",
        items=(
            ("BUNDLED", "Bundled", "What came with the extension: works at once"),
            ("EXTERNAL", "External Python", "A Python of yours with onnxruntime-gpu, numpy and pillow"),
        ),
        default=_DEFAULTS.runtime,
    )
    external_python: bpy.props.StringProperty(
        name="Python",
        description="The interpreter of an environment that has onnxruntime-gpu, numpy and pillow",
        subtype="FILE_PATH",
        default=_DEFAULTS.external_python,
    )
    image_storage: bpy.props.EnumProperty(
        name="Images",
        description="Where the finished pictures are kept",
        items=(
            ("PACKED", "Packed", "Inside the .blend file"),
            ("FOLDER", "Folder", "As PNG files in a folder of yours"),
        ),
        default=_DEFAULTS.image_storage,
    )
    images_folder: bpy.props.StringProperty(
        name="Folder",
        description="Where the PNG files go; // stands for the folder of the .blend file",
        subtype="DIR_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
        default=_DEFAULTS.images_folder,
    )
    idle_seconds: bpy.props.FloatProperty(
        name="Idle Time",
        description="Models that were not used for that long are dropped from memory",
        subtype="TIME_ABSOLUTE",
        unit="TIME_ABSOLUTE",
        min=10.0,
        max=24 * 3600.0,
        default=float(_DEFAULTS.idle_seconds),
    )

    train_python: bpy.props.StringProperty(
        name="Python",
        description="The interpreter of an environment that has torch, numpy and pillow; 3.11 or newer",
        subtype="FILE_PATH",
    )
    train_folder: bpy.props.StringProperty(
        name="Pictures",
        description="A folder of photographs or renders of one material: PNG, JPEG or TIFF",
        subtype="DIR_PATH",
    )
    train_name: bpy.props.StringProperty(
        name="Name", description="What the material is called in the Texture Studio's list", maxlen=40
    )
    train_layout: bpy.props.EnumProperty(
        name="Painted On",
        description="Which layouts the material is painted on, unless you choose others later",
        items=TRAINED_LAYOUT_ITEMS,
    )
    train_turn: bpy.props.BoolProperty(
        name="Has No Up", description="It looks the same turned by quarters, so it also learns from that"
    )

    def draw(self, _context: bpy.types.Context) -> None:
        """The page in Blender's preferences."""
        layout = self.layout
        layout.use_property_split = True
        layout.use_property_decorate = False
        layout.row().prop(self, "device", expand=True)
        layout.row().prop(self, "runtime", expand=True)
        if self.runtime == "EXTERNAL":
            layout.prop(self, "external_python")
        layout.operator("filmai.test_runtime", icon="CHECKMARK")
        chosen = bpy.path.abspath(self.external_python) if self.runtime == "EXTERNAL" else None
        # what was found in another Python says nothing about this one
        for line in job_view.probe_lines() if job_view.probed_python() == chosen else ():
            layout.label(text=line)
        layout.row().prop(self, "image_storage", expand=True)
        if self.image_storage == "FOLDER":
            layout.prop(self, "images_folder")
        layout.prop(self, "idle_seconds")
        _draw_training(layout.box(), self)


def addon_settings(context: bpy.types.Context) -> AddonSettings:
    """The preferences as frozen data; the defaults when the add-on runs without being enabled."""
    addon = context.preferences.addons.get(__package__)
    if addon is None or addon.preferences is None:
        return _DEFAULTS
    values = addon.preferences
    return AddonSettings(
        device=values.device,
        runtime=values.runtime,
        external_python=bpy.path.abspath(values.external_python),
        image_storage=values.image_storage,
        images_folder=values.images_folder,
        idle_seconds=round(values.idle_seconds),
    )


def training_wish(context: bpy.types.Context) -> TrainingWish:
    """What the preferences say on training; empty when the add-on runs without being enabled."""
    addon = context.preferences.addons.get(__package__)
    if addon is None or addon.preferences is None:
        return TrainingWish("", "", "", "pictures", False)
    values = addon.preferences
    return TrainingWish(
        python=bpy.path.abspath(values.train_python),
        folder=bpy.path.abspath(values.train_folder),
        name=values.train_name.strip(),
        layout=values.train_layout.lower(),
        turn=values.train_turn,
    )


def chosen_images_folder(settings: AddonSettings) -> str:
    """Absolute path of the folder that pictures are copied to; empty when they are packed.

    Raises SettingsError when the folder is given relative to a file that was never saved.
    """
    if settings.image_storage == "PACKED":
        return ""
    if settings.images_folder.startswith("//") and not bpy.data.filepath:
        raise SettingsError(
            "The folder for images is relative to the .blend file, and this file was never saved.",
            "Save the file first, or choose packed images in the preferences of FilmAI.",
        )
    folder: str = bpy.path.abspath(settings.images_folder)
    if not folder or not Path(folder).is_absolute():
        raise SettingsError(
            f"The folder for images is not a full path: {settings.images_folder!r}.",
            "Choose another one in the preferences of FilmAI.",
        )
    return folder


def _draw_training(box: bpy.types.UILayout, values: bpy.types.AddonPreferences) -> None:
    """Training on the user's own pictures: what it needs, where it is, and the buttons that fit that."""
    box.label(text="Train on a Folder")
    report = training_view.report()
    running = report is not None and report.is_running
    wishes = box.column()
    wishes.enabled = not running
    for name in ("train_python", "train_folder", "train_name", "train_layout", "train_turn"):
        wishes.prop(values, name)
    if report is not None and (running or report.state == "paused"):
        box.progress(text=f"{report.fraction:.0%}", factor=report.fraction)
    for line in training_view.lines():
        box.label(text=line)
    buttons = box.row(align=True)
    if running:
        for how, text in (("PAUSE", "Pause"), ("FINISH", "Finish Now"), ("STOP", "Stop")):
            buttons.operator("filmai.end_training", text=said(text)).how = how
    else:
        buttons.operator("filmai.train_on_folder", text="Start", icon="PLAY")
        buttons.operator("filmai.train_on_folder", text="Resume").resume = True
    box.operator("filmai.show_training_sheet", icon="IMAGE_DATA")
