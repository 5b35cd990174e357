"""The add-on's end of the wire: starts the worker's process, talks to it, and notices when it dies.

No bpy and no numpy here: this package is tested without Blender. It knows lines and messages; which job an
event belongs to, and what it means for the scene, is decided elsewhere.
"""

from .launch import probe_command, training_command, worker_command
from .process import WorkerDied, WorkerProcess

__all__ = ["WorkerDied", "WorkerProcess", "probe_command", "training_command", "worker_command"]
