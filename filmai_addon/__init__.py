"""FilmAI for Blender: concept textures made by small networks that run in a process of their own.

The root of the extension. It can be imported without Blender, so that ``core`` and ``worker_client`` are
tested without it; everything that needs ``bpy`` is imported by ``register``.
"""

__all__ = ["register", "unregister"]


def register() -> None:
    """Called by Blender when the extension is enabled. Starts no process and imports nothing heavy."""
    from . import registration

    registration.register()


def unregister() -> None:
    """Called by Blender when the extension is disabled. Ends the worker and leaves nothing behind."""
    from . import registration

    registration.unregister()
