"""The zip: the same tree gives the same bytes, whenever and in whatever order it was written."""

import os
import zipfile
from pathlib import Path

import pytest

from tooling.archive import write_archive
from tooling.content import extension_files
from tooling.errors import BuildError


def _tree(folder: Path) -> Path:
    for name, text in {
        "filmai_addon/__init__.py": "",
        "filmai_addon/blender_manifest.toml": 'version = "1.2.3"\n',
        "filmai_addon/panels/texture.py": "x = 1\n",
        "filmai_addon/ruff.toml": "",
        "filmai_addon/__pycache__/x.cpython-311.pyc": "",
        "ml/__main__.py": "",
        "ml/protocol.py": "",
        "ml/train/loop.py": "",
        "ml/export/to_onnx.py": "",
        "ml/datagen/render.py": "",
        "ml/configs/dcgan.toml": "",
        "ml/nets/guided.py": "",
        "ml/train/start.py": "",
        "ml/train/classifier.py": "",
        "ml/configs/folder.toml": "",
        "ml/models/dcgan/1/model.onnx": "weights",
        "ml/models/dcgan/1/card.json": "{}",
        "tests/test_x.py": "",
        "LICENSE": "GPL",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_same_tree_same_bytes(tmp_path: Path) -> None:
    archives = []
    for number in (1, 2):
        tree = _tree(tmp_path / f"checkout {number}")
        for path in tree.rglob("*"):
            os.utime(path, (number * 10**8, number * 10**8))
        (tree / "LICENSE").chmod(0o600 if number == 1 else 0o755)
        files = extension_files(tree)
        # another order of names, as another file system would list them
        content: dict[str, Path | bytes] = dict(sorted(files.items(), reverse=number == 2))
        archives.append(tmp_path / f"{number}.zip")
        write_archive(archives[-1], content | {"blender_manifest.toml": b"made"})
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_another_content_gives_other_bytes(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.zip", {"x": b"1"})
    write_archive(tmp_path / "b.zip", {"x": b"2"})
    assert (tmp_path / "a.zip").read_bytes() != (tmp_path / "b.zip").read_bytes()


def test_the_archive_unpacks_to_what_went_in(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(bytes(range(256)) * 9000)
    write_archive(tmp_path / "a.zip", {"deep/in/file.bin": source, "text.txt": "grün".encode()})
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["deep/in/file.bin", "text.txt"]
        assert archive.read("deep/in/file.bin") == source.read_bytes()
        assert archive.getinfo("text.txt").external_attr >> 16 == 0o100644


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "a/../../b", "a\\b"])
def test_a_name_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for an archive"):
        write_archive(tmp_path / "a.zip", {name: b""})
    assert not (tmp_path / "a.zip").exists()


def test_the_package_holds_what_runs_and_what_trains_on_a_folder(tmp_path: Path) -> None:
    assert sorted(extension_files(_tree(tmp_path))) == [
        "LICENSE",
        "__init__.py",
        "blender_manifest.toml",
        "ml/__main__.py",
        "ml/configs/folder.toml",
        "ml/models/dcgan/1/card.json",
        "ml/models/dcgan/1/model.onnx",
        "ml/nets/guided.py",
        "ml/protocol.py",
        "ml/train/loop.py",
        "ml/train/start.py",
        "panels/texture.py",
    ]


@pytest.mark.parametrize("missing", ["LICENSE", "ml/__main__.py", "ml/models/dcgan/1/model.onnx"])
def test_a_missing_part_is_named(tmp_path: Path, missing: str) -> None:
    (_tree(tmp_path) / missing).unlink()
    with pytest.raises(BuildError, match=missing.split("/")[-1] if "models" not in missing else "no model"):
        extension_files(tmp_path)
