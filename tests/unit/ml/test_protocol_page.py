"""docs/protocol.md names every message of the wire with its fields, and no message that does not exist."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from ml import protocol

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")
MESSAGES = protocol._REQUEST_TYPES | protocol._EVENT_TYPES


def test_every_message_has_a_heading_and_no_heading_is_stale() -> None:
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    named = [name for heading in headings for name in re.findall(r"`(\w+)`", heading)]
    assert sorted(named) == sorted(MESSAGES)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_field_is_named_under_its_message(name: str) -> None:
    (section,) = (part for part in PAGE.split("\n### ")[1:] if f"`{name}`" in part.split("\n")[0])
    wanted = {field.name for field in fields(MESSAGES[name])} - {"job"}
    assert wanted <= set(re.findall(r"`(\w+)`", section))


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{protocol.MAX_LINE_BYTES // 2**20} MiB" in PAGE
    assert f"0 to {protocol.MAX_SEED}" in PAGE
    assert f"{protocol.MIN_MATERIAL_SIZE_PX} to {protocol.MAX_MATERIAL_SIZE_PX}" in PAGE
    assert f"{protocol.MIN_TEXTURE_SIZE_PX} to {protocol.MAX_TEXTURE_SIZE_PX} pixels" in PAGE
