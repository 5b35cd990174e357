"""Running networks: ONNX Runtime and numpy, never torch and never bpy.

``session`` is the only maker of inference sessions, ``models`` the only reader of the model folder.
"""
