"""``python -m ml``, or by path with ``python -I .../ml/__main__.py``: the worker and the command line.

Run by path, the package is not importable yet: it is loaded here from where this file lies, without putting
that folder on the path, since the extension's other modules live there too.
"""

import importlib.util
import sys
from pathlib import Path


def _load_package() -> None:
    """Make the package ``ml`` importable as the folder that holds this file."""
    folder = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        "ml", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["ml"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    if not __package__:
        _load_package()
    from ml.cli import main

    sys.exit(main(sys.argv[1:]))
