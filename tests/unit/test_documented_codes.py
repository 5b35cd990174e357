"""The pages name every error code that can be raised, and none that cannot."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ml.errors import ErrorCode
from ml.media.errors import MediaCode

REPOSITORY = Path(__file__).resolve().parents[2]
RAISED_BY = ("TaskError", "MediaError", "Failure", "Failed")


def codes_in(source: str) -> Iterator[str]:
    """Codes that are written out where an error is made."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED_BY:
            for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if isinstance(value, ast.Constant) and re.fullmatch(r"[A-Z_]+", str(value.value)):
                    yield str(value.value)


def all_codes() -> set[str]:
    files = [path for part in ("ml", "filmai_addon") for path in (REPOSITORY / part).rglob("*.py")]
    written = {code for path in files for code in codes_in(path.read_text(encoding="utf-8"))}
    return written | {*get_args(ErrorCode), *get_args(MediaCode)}


def test_codes_are_found_where_errors_are_made() -> None:
    assert list(codes_in('raise TaskError("DISK_FULL", "The disk is full.")')) == ["DISK_FULL"]
    assert {"DISK_FULL", "NO_VIDEO", "WORKER_DIED", "NOT_DELIVERED", "BUG"} <= all_codes()


@pytest.mark.parametrize(
    ("page", "pattern"),
    [("troubleshooting.md", r"^### `([A-Z_]+)`$"), ("protocol.md", r"^\| `([A-Z_]+)` \|")],
)
def test_each_page_has_all_codes_and_no_stale_one(page: str, pattern: str) -> None:
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(pattern, text, re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) == all_codes()
