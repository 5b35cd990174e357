"""Hands everything to Blender, and takes everything back in reverse order."""

import bpy

from . import character_view, paths, session, training_view
from .character_properties import FILMAI_PG_character
from .contract import CHARACTER_MODEL, ENLARGER_MODEL, PORTRAIT_MODEL
from .operators.blend_materials import FILMAI_OT_blend_materials
from .operators.cancel_job import FILMAI_OT_cancel_job
from .operators.caption_strips import FILMAI_OT_caption_strips
from .operators.choose_character import FILMAI_OT_choose_character
from .operators.choose_preview import FILMAI_OT_choose_preview
from .operators.detect_cuts import FILMAI_OT_detect_cuts
from .operators.edit_character import FILMAI_OT_edit_character
from .operators.edit_material import FILMAI_OT_edit_material
from .operators.end_training import FILMAI_OT_end_training
from .operators.export_shot_list import FILMAI_OT_export_shot_list
from .operators.generate_character import FILMAI_OT_generate_character
from .operators.generate_material import FILMAI_OT_generate_material
from .operators.generate_texture import FILMAI_OT_generate_texture
from .operators.import_captions import FILMAI_OT_import_captions
from .operators.mark_material_asset import FILMAI_OT_mark_material_asset
from .operators.mix_characters import FILMAI_OT_mix_characters
from .operators.open_log import FILMAI_OT_open_log
from .operators.pick_character import FILMAI_OT_pick_character
from .operators.pick_end import FILMAI_OT_pick_end
from .operators.preview_characters import FILMAI_OT_preview_characters
from .operators.preview_sheet import FILMAI_OT_preview_sheet
from .operators.randomize_seed import FILMAI_OT_randomize_seed
from .operators.redo_job import FILMAI_OT_redo_job
from .operators.release_memory import FILMAI_OT_release_memory
from .operators.save_material_maps import FILMAI_OT_save_material_maps
from .operators.show_character_menu import FILMAI_OT_show_character_menu
from .operators.show_error import FILMAI_OT_show_error
from .operators.show_preview_menu import FILMAI_OT_show_preview_menu
from .operators.show_training_sheet import FILMAI_OT_show_training_sheet
from .operators.test_runtime import FILMAI_OT_test_runtime
from .operators.train_on_folder import FILMAI_OT_train_on_folder
from .operators.vary_material import FILMAI_OT_vary_material
from .panels.character import (
    FILMAI_PT_character_body_image,
    FILMAI_PT_character_body_view3d,
    FILMAI_PT_character_image,
    FILMAI_PT_character_mix_image,
    FILMAI_PT_character_mix_view3d,
    FILMAI_PT_character_sheet_image,
    FILMAI_PT_character_sheet_view3d,
    FILMAI_PT_character_view3d,
)
from .panels.menus import MENU_ENTRIES, FILMAI_MT_main, FILMAI_MT_shots
from .panels.preview_sheet import (
    FILMAI_PT_studio_between_image,
    FILMAI_PT_studio_between_view3d,
    FILMAI_PT_studio_sheet_image,
    FILMAI_PT_studio_sheet_view3d,
)
from .panels.shots import (
    FILMAI_PT_jobs_sequencer,
    FILMAI_PT_shot_list,
    FILMAI_PT_shot_style,
    FILMAI_PT_shots,
    FILMAI_UL_shots,
)
from .panels.studio import (
    FILMAI_PT_studio_image,
    FILMAI_PT_studio_layout_image,
    FILMAI_PT_studio_layout_view3d,
    FILMAI_PT_studio_look_image,
    FILMAI_PT_studio_look_view3d,
    FILMAI_PT_studio_output_image,
    FILMAI_PT_studio_output_view3d,
    FILMAI_PT_studio_view3d,
)
from .panels.texture import (
    FILMAI_PT_jobs_image,
    FILMAI_PT_jobs_view3d,
    FILMAI_PT_texture_image,
    FILMAI_PT_texture_view3d,
)
from .preferences import FILMAI_AP_preferences
from .properties import FILMAI_PG_texture
from .sheet_properties import FILMAI_PG_sheet
from .shot_properties import FILMAI_PG_shot, FILMAI_PG_shots
from .studio_properties import FILMAI_PG_studio
from .translations import speaking

__all__ = ["CLASSES", "register", "unregister"]

CLASSES = (
    FILMAI_PG_texture,
    FILMAI_PG_studio,
    FILMAI_PG_sheet,
    FILMAI_PG_shot,
    FILMAI_PG_shots,
    FILMAI_PG_character,
    FILMAI_AP_preferences,
    FILMAI_OT_generate_material,
    FILMAI_OT_vary_material,
    FILMAI_OT_preview_sheet,
    FILMAI_OT_choose_preview,
    FILMAI_OT_show_preview_menu,
    FILMAI_OT_pick_end,
    FILMAI_OT_blend_materials,
    FILMAI_OT_edit_material,
    FILMAI_OT_save_material_maps,
    FILMAI_OT_mark_material_asset,
    FILMAI_OT_generate_texture,
    FILMAI_OT_generate_character,
    FILMAI_OT_preview_characters,
    FILMAI_OT_choose_character,
    FILMAI_OT_show_character_menu,
    FILMAI_OT_pick_character,
    FILMAI_OT_mix_characters,
    FILMAI_OT_edit_character,
    FILMAI_OT_caption_strips,
    FILMAI_OT_detect_cuts,
    FILMAI_OT_export_shot_list,
    FILMAI_OT_import_captions,
    FILMAI_OT_cancel_job,
    FILMAI_OT_redo_job,
    FILMAI_OT_randomize_seed,
    FILMAI_OT_release_memory,
    FILMAI_OT_open_log,
    FILMAI_OT_show_error,
    FILMAI_OT_test_runtime,
    FILMAI_OT_train_on_folder,
    FILMAI_OT_end_training,
    FILMAI_OT_show_training_sheet,
    FILMAI_MT_main,
    FILMAI_MT_shots,
    # panels stand in the order in which they are registered
    FILMAI_PT_studio_view3d,
    FILMAI_PT_studio_sheet_view3d,
    FILMAI_PT_studio_between_view3d,
    FILMAI_PT_studio_look_view3d,
    FILMAI_PT_studio_layout_view3d,
    FILMAI_PT_studio_output_view3d,
    FILMAI_PT_character_view3d,
    FILMAI_PT_character_sheet_view3d,
    FILMAI_PT_character_mix_view3d,
    FILMAI_PT_character_body_view3d,
    FILMAI_PT_texture_view3d,
    FILMAI_PT_jobs_view3d,
    FILMAI_PT_studio_image,
    FILMAI_PT_studio_sheet_image,
    FILMAI_PT_studio_between_image,
    FILMAI_PT_studio_look_image,
    FILMAI_PT_studio_layout_image,
    FILMAI_PT_studio_output_image,
    FILMAI_PT_character_image,
    FILMAI_PT_character_sheet_image,
    FILMAI_PT_character_mix_image,
    FILMAI_PT_character_body_image,
    FILMAI_PT_texture_image,
    FILMAI_PT_jobs_image,
    FILMAI_UL_shots,
    FILMAI_PT_shots,
    FILMAI_PT_shot_style,
    FILMAI_PT_shot_list,
    FILMAI_PT_jobs_sequencer,
)


def register() -> None:
    """Register every class, the scene's settings and the menu entries."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    bpy.types.Scene.filmai = bpy.props.PointerProperty(
        type=FILMAI_PG_texture, name="FilmAI", description="Settings of the next concept texture"
    )
    bpy.types.Scene.filmai_studio = bpy.props.PointerProperty(
        type=FILMAI_PG_studio, name="FilmAI Studio", description="Settings of the next material"
    )
    bpy.types.Scene.filmai_sheet = bpy.props.PointerProperty(
        type=FILMAI_PG_sheet, name="FilmAI Previews", description="Settings of the next preview sheet"
    )
    bpy.types.Scene.filmai_shots = bpy.props.PointerProperty(
        type=FILMAI_PG_shots,
        name="FilmAI Shots",
        description="Settings of captions and cuts, and the shot list",
    )
    bpy.types.Scene.filmai_character = bpy.props.PointerProperty(
        type=FILMAI_PG_character, name="FilmAI Character", description="Settings of the next character"
    )
    character_view.publish(paths.has_model(CHARACTER_MODEL), paths.has_model(ENLARGER_MODEL))
    for menu, draw in MENU_ENTRIES:
        getattr(bpy.types, menu).append(draw)
    character_view.publish_portraits(paths.has_model(PORTRAIT_MODEL))
    speaking.register()


def unregister() -> None:
    """End the worker and a training, then undo ``register``."""
    session.close()
    if training_view.report() is not None:
        # loads what talks to processes, which enabling the add-on does not
        from . import training_session

        training_session.close()
    speaking.unregister()
    for menu, draw in MENU_ENTRIES:
        getattr(bpy.types, menu).remove(draw)
    del bpy.types.Scene.filmai_character
    del bpy.types.Scene.filmai_sheet
    del bpy.types.Scene.filmai_shots
    del bpy.types.Scene.filmai_studio
    del bpy.types.Scene.filmai
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
