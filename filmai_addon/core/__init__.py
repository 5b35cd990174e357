"""What the add-on knows and decides: pure Python, tested without Blender. Never imports bpy or numpy."""
