"""Training data that Blender renders: the only package of the backend that imports ``bpy``."""
