"""The bill of materials names all that is bundled, with licence and hash, and is the same each time."""

import json
import zipfile
from pathlib import Path

import pytest

from tooling.platforms import Target
from tooling.sbom import bill_of_materials, licence_of
from tooling.wheel_lock import LockedWheel

REPOSITORY = Path(__file__).resolve().parents[3]


def wheel_with(folder: Path, metadata: str) -> Path:
    path = folder / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "thing-1.0.dist-info/METADATA", f"Metadata-Version: 2.4\nName: thing\n{metadata}\n\nWords."
        )
    return path


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("License-Expression: BSD-3-Clause", {"expression": "BSD-3-Clause"}),
        (
            "Classifier: License :: OSI Approved :: Apache Software License",
            {"license": {"name": "Apache Software License"}},
        ),
        ("License: MIT License\n  and its whole text", {"license": {"name": "MIT License"}}),
        ("", {"license": {"name": "not stated"}}),
    ],
)
def test_a_licence_is_what_the_wheel_says(metadata: str, expected: dict[str, object], tmp_path: Path) -> None:
    assert licence_of(wheel_with(tmp_path, metadata)) == expected


def test_wheels_models_and_filmai_itself_are_named(tmp_path: Path) -> None:
    path = wheel_with(tmp_path, "License-Expression: MIT")
    wheel = LockedWheel("thing", "1.0", path.name, "a" * 64, (Target("cpu", "linux-x64", "3.11"),))
    cards = sorted((REPOSITORY / "ml" / "models").glob("*/*/card.json"))
    text = bill_of_materials("1.2.3", [wheel], {path.name: path}, cards)
    assert text == bill_of_materials("1.2.3", [wheel], {path.name: path}, reversed(cards))
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["metadata"]["component"]["version"]) == ("CycloneDX", "1.2.3")
    found = {part["name"]: part for part in bill["components"]}
    assert {"thing", "dcgan_texture", "texture_studio"} <= found.keys()
    assert found["thing"]["purl"] == f"pkg:pypi/thing@1.0?file_name={path.name}"
    assert found["texture_studio"]["licenses"] == [{"expression": "CC0-1.0"}]
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert all(len(part["hashes"][0]["content"]) == 64 for part in bill["components"])
