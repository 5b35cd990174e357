"""Shows an image in an Image Editor that is open."""

import bpy

__all__ = ["show_in_image_editor"]


def show_in_image_editor(image: bpy.types.Image) -> bool:
    """Show ``image`` in the first Image Editor that is open and not pinned; False when there is none."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            space = area.spaces.active
            if area.ui_type == "IMAGE_EDITOR" and not space.use_image_pin:
                space.image = image
                return True
    return False
