"""Starts ``ml.train.folder`` by path with whatever Python the user points to, or says why it cannot.

Blender runs ``PYTHON -I .../ml/train/start.py OPTIONS``. Written so that an old Python can still read it: what is
wrong must be said, not end in a syntax error.
"""

import importlib.util
import json
import os
import sys

OLDEST = (3, 11)


def main(arguments: "list[str]") -> int:
    """Exit status as ``ml.train.folder``'s; 2 when this Python is too old."""
    if sys.version_info < OLDEST:
        return _refuse(
            arguments,
            "This Python is version {}.{}; training needs {}.{} or newer. Choose another one.".format(
                sys.version_info[0], sys.version_info[1], *OLDEST
            ),
        )
    _load_package()
    from ml.train.folder import main as train

    return train(arguments)


def _refuse(arguments: "list[str]", message: str) -> int:
    """Say it on the terminal and, for Blender, in the run's folder."""
    sys.stderr.write("error: " + message + "\n")
    if "--run" in arguments[:-1]:
        path = os.path.join(arguments[arguments.index("--run") + 1], "progress.json")  # noqa: PTH118
        with open(path, "w") as file:  # noqa: PTH123
            json.dump({"state": "failed", "family": "", "message": message}, file)
    return 2


def _load_package() -> None:
    """Make the package ``ml`` importable as the folder that holds this one, and nothing beside it."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    spec = importlib.util.spec_from_file_location(
        "ml",
        os.path.join(folder, "__init__.py"),  # noqa: PTH118
        submodule_search_locations=[folder],
    )
    assert spec is not None and spec.loader is not None  # noqa: PT018
    package = importlib.util.module_from_spec(spec)
    sys.modules["ml"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
