"""The version fence: every difference between Blender 4.5 and 5.2 that FilmAI meets, and why.

Tests for features, not for version numbers. Dropping an old Blender deletes code here and nowhere else.
"""

import bpy

__all__ = ["ensure_node_tree"]


def ensure_node_tree(material: bpy.types.Material) -> bpy.types.NodeTree:
    """The node tree of a material.

    Blender 5.0 gives every new material one and deprecates ``use_nodes``; before, it has to be asked for.
    """
    if material.node_tree is None:
        material.use_nodes = True
    return material.node_tree
