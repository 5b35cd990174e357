"""The command lines that Blender starts."""

import os
from pathlib import Path

from filmai_addon.worker_client import probe_command, training_command, worker_command

PYTHON = Path("/blender/python/bin/python3.11")
ROOT = Path("/extensions/filmai")


def test_the_worker_is_isolated_told_where_everything_is_and_whose_it_is() -> None:
    sites = (Path("/wheels"), Path("/blender/site-packages"))
    assert worker_command(PYTHON, ROOT, sites, Path("/models of mine"), 300) == (
        str(PYTHON),
        "-I",
        str(ROOT / "ml" / "__main__.py"),
        "worker",
        "--site",
        str(Path("/wheels")),
        "--site",
        str(Path("/blender/site-packages")),
        "--models",
        str(Path("/models of mine")),
        "--idle-seconds",
        "300",
        "--parent-pid",
        str(os.getpid()),
    )


def test_the_probe_asks_for_json() -> None:
    command = probe_command(PYTHON, ROOT, ())
    assert command[:2] == (str(PYTHON), "-I")
    assert command[3:] == ("probe", "--json")


def test_the_worker_is_told_of_the_users_own_models() -> None:
    command = worker_command(PYTHON, ROOT, (), Path("/shipped"), 300, Path("/mine"))
    assert command[command.index("--own-models") + 1] == str(Path("/mine"))


def test_what_is_started_is_there() -> None:
    repository = Path(__file__).parents[3]
    assert Path(training_command(PYTHON, repository, ())[2]).is_file()
    assert Path(worker_command(PYTHON, repository, (), ROOT, 1)[2]).is_file()
