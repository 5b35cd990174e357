"""The only code that reads and writes ``bpy.data``. Knows nothing of the worker."""
