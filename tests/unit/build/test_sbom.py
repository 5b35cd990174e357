"""The bill of materials names all that is bundled, with licence and hash, and is the same each time."""

import json
import zipfile
from pathlib import Path

import pytest

from tooling.errors import BuildError
from tooling.libraries import library_stem
from tooling.platforms import Target
from tooling.sbom import bill_of_materials, libraries_in, licence_of
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
            {"expression": "Apache-2.0"},
        ),
        ("License: MIT License\n  and its whole text", {"expression": "MIT"}),
        ("License: Home-made", {"license": {"name": "Home-made"}}),
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
    assert [part["name"] for part in found["shot_describer"]["components"]] == [
        "encoder.onnx",
        "memory.onnx",
        "step.onnx",
    ]
    for card in cards:
        assert "card.json" in found[card.parts[-3]]["pedigree"]["notes"]
        assert json.loads(card.read_text(encoding="utf-8"))["training"]["recipe"]["name"]
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert all(len(part["hashes"][0]["content"]) == 64 for part in bill["components"])


def test_the_source_is_the_address_that_the_wheel_names_for_it(tmp_path: Path) -> None:
    addresses = "Project-URL: Homepage, https://a.example\nProject-URL: Source, https://b.example"
    path = wheel_with(tmp_path, f"License-Expression: MIT\n{addresses}")
    wheel = LockedWheel("thing", "1.0", path.name, "a" * 64, (Target("cpu", "linux-x64", "3.11"),))
    (part,) = json.loads(bill_of_materials("1", [wheel], {path.name: path}, []))["components"]
    assert part["externalReferences"] == [{"type": "website", "url": "https://b.example"}]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("av.libs/libavcodec-5e6b81c2.so.62.28.102", "avcodec"),
        ("av.libs/avcodec-62-984de33114b7fa384296817dec999c9d.dll", "avcodec"),
        ("av.libs/libx264-165-f3a909470ddc2d85ed21eda3d0fb7954.dll", "x264"),
        ("av/.dylibs/libx264.165.dylib", "x264"),
        ("PIL/.dylibs/libpng16.16.dylib", "png16"),
        ("pillow.libs/libz-4ed7e4f2.so.1.3.1.zlib-ng", "z"),
        ("av/_core.abi3.so", None),
        ("av.libs/.load-order-av", None),
    ],
)
def test_a_shared_library_is_known_by_its_plain_name(name: str, stem: str | None) -> None:
    assert library_stem(name) == stem


def test_a_library_of_unknown_licence_stops_the_package(tmp_path: Path) -> None:
    path = wheel_with(tmp_path, "License-Expression: MIT")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("thing.libs/libdav1d-0123abcd.so.7", "code")
    (library,) = libraries_in(path)
    assert (library["name"], library["licenses"]) == ("dav1d", [{"expression": "BSD-2-Clause"}])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("thing.libs/libmystery-0123abcd.so.1", "code")
    with pytest.raises(BuildError, match="libmystery") as caught:
        libraries_in(path)
    assert "tooling/libraries.py" in caught.value.remedy
