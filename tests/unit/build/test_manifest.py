"""What the package adds to the manifest, and what it refuses."""

import tomllib
from pathlib import Path

import pytest

from tooling.errors import BuildError
from tooling.manifest import inject, read_version

MANIFEST = """\
schema_version = "1.0.0"
id = "filmai"
version = "1.2.3"  # the only place
tags = [
  "Material",
]

[permissions]
files = "Load pictures"
"""
WHEELS = ["./wheels/a-1-py3-none-any.whl", "./wheels/b-2-cp311-cp311-win_amd64.whl"]


def test_wheels_and_platforms_are_added_and_the_rest_stays() -> None:
    result = inject(MANIFEST, WHEELS, ["windows-x64"])
    assert tomllib.loads(result) == tomllib.loads(MANIFEST) | {"wheels": WHEELS, "platforms": ["windows-x64"]}
    assert "# the only place" in result


def test_a_manifest_without_a_table_or_a_last_newline() -> None:
    result = inject('id = "filmai"', WHEELS, ["linux-x64"])
    assert tomllib.loads(result) == {"id": "filmai", "wheels": WHEELS, "platforms": ["linux-x64"]}


def test_a_manifest_that_already_has_them_is_refused() -> None:
    with pytest.raises(BuildError, match="already has wheels"):
        inject('wheels = []\nid = "filmai"\n', WHEELS, ["linux-x64"])


def test_a_list_that_looks_like_a_table_is_not_torn_apart() -> None:
    with pytest.raises(BuildError, match="laid out"):
        inject('tags = [\n["Material"],\n["Scene"],\n]\n', WHEELS, ["linux-x64"])


def test_the_version_is_read(tmp_path: Path) -> None:
    manifest = tmp_path / "blender_manifest.toml"
    manifest.write_text(MANIFEST, encoding="utf-8")
    assert read_version(manifest) == "1.2.3"


@pytest.mark.parametrize("text", ["", 'version = "latest"', "version = 1", "version = "])
def test_a_bad_version_is_refused_with_its_remedy(tmp_path: Path, text: str) -> None:
    manifest = tmp_path / "blender_manifest.toml"
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        read_version(manifest)
    assert "blender_manifest.toml" in caught.value.remedy
