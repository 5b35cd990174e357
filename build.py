#!/usr/bin/env python3
"""FilmAI's one command: package the extension, show it at work, test it.

Standard library only. It holds no logic of its own, so that any Python, however old, gets far enough to say
which Python is needed; the work is in tooling/.
"""

import sys

MINIMUM_PYTHON = (3, 11)


def python_problem(version):  # type: ignore[no-untyped-def]
    """None when that ``(major, minor, ...)`` can run the tooling, else a sentence with the remedy."""
    # no annotations, no f-string: this function must parse and run on any Python that people still have
    if tuple(version[:2]) >= MINIMUM_PYTHON:
        return None
    return (
        "FilmAI's build.py needs Python %d.%d or newer, and this is Python %d.%d (%s).\n"
        "Run it with a newer one, for example: python3.11 build.py   (Windows: py -3.11 build.py)\n"
        "python.org, your system's packages, pyenv or uv ('uv python install 3.13') give you one."
    ) % (MINIMUM_PYTHON[0], MINIMUM_PYTHON[1], version[0], version[1], sys.executable)


if __name__ == "__main__":
    problem = python_problem(sys.version_info)  # type: ignore[no-untyped-call]
    if problem is not None:
        sys.exit(problem)
    from tooling.cli import main

    sys.exit(main(sys.argv[1:]))
