"""The workflow of continuous integration asks for nothing that build.py and the platforms do not have."""

import re
from pathlib import Path

import pytest

from tooling import cli
from tooling.envs import BLENDERS
from tooling.platforms import DEFAULT_PYTHONS

REPOSITORY = Path(__file__).resolve().parents[3]
WORKFLOW = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^ +- run: python build\.py ?(.*)$", WORKFLOW, re.MULTILINE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one_that_build_py_knows(command: str) -> None:
    # argparse ends the program on a word that it does not know
    options = cli._parser().parse_args(command.split())
    assert options.command in {"check", "test"} or options.all


def test_checks_tests_and_packages_are_all_there() -> None:
    assert {"check", "--all"} <= set(COMMANDS)
    parts = {part for command in COMMANDS for part in command.split() if "," in part or part == "blender"}
    assert {part for words in parts for part in words.split(",")} == {"unit", "contract", "ml", "blender"}
    assert {word for command in COMMANDS for word in command.split() if word in BLENDERS} == set(BLENDERS)


def test_it_has_both_pythons_and_what_blender_needs_of_the_system() -> None:
    blocks = re.findall(r"python-version: \|\n((?: +3\.\d+\n)+)", WORKFLOW)
    assert len(blocks) == 2
    assert all(tuple(block.split()) == DEFAULT_PYTHONS for block in blocks)
    assert WORKFLOW.count("python-version") == len(blocks)
    packages = re.search(r"apt install (.+)", next(iter(BLENDERS.values())).proof_remedy)
    assert packages is not None
    wanted = set(re.findall(r"lib[a-z0-9-]+", packages[1]))
    for line in re.findall(r"apt-get install -y (.+)", WORKFLOW):
        assert wanted <= set(line.split())


def test_what_is_kept_is_what_the_build_writes() -> None:
    assert "dist/*.zip" in WORKFLOW
    assert "\t" not in WORKFLOW
    assert all((len(line) - len(line.lstrip())) % 2 == 0 for line in WORKFLOW.splitlines())
