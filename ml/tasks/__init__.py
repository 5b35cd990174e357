"""One file for each kind of job, and the table that says which is whose.

A task takes a request and a ``TaskContext`` and returns a result of the contract, or raises TaskError. The
worker and the command line run the same functions. Tasks import numpy and the runtime only when they run.
"""

from .context import TaskContext, make_networks
from .dispatch import NEEDED_MODELS, job_folder, run_task
from .job_files import leave_no_folder

__all__ = ["NEEDED_MODELS", "TaskContext", "job_folder", "leave_no_folder", "make_networks", "run_task"]
