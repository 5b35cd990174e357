"""Every bundled wheel brings its licence along, and a release names all that it holds."""

import zipfile
from pathlib import Path

import pytest

from tooling.errors import BuildError
from tooling.libraries import LIBRARIES, library_stem
from tooling.licences import licence_files, texts_in
from tooling.package import Package, Part, describe_sizes
from tooling.paths import LOCK_FILE, cache_folder
from tooling.platforms import Target
from tooling.sbom import licence_of
from tooling.wheel_lock import LockedWheel, read_lock

TARGET = Target("cpu", "linux-x64", "3.11")


def wheel_with(folder: Path, name: str, files: dict[str, str]) -> tuple[LockedWheel, Path]:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return LockedWheel(name, "1.0", path.name, "a" * 64, (TARGET,)), path


def test_texts_are_found_wherever_wheels_keep_them(tmp_path: Path) -> None:
    files = {
        "thing-1.0.dist-info/licenses/LICENSE.txt": "one",
        "thing-1.0.dist-info/METADATA": "Name: thing",
        "thing/ThirdPartyNotices.txt": "two",
        "thing/licences_of_films.py": "no text",
    }
    wheel, path = wheel_with(tmp_path, "thing", files)
    assert texts_in(path) == {"LICENSE.txt": b"one", "ThirdPartyNotices.txt": b"two"}
    packed = licence_files([wheel], {wheel.file: path})
    assert packed["licences/thing-1.0/LICENSE.txt"] == b"one"
    # our own models', and those of libraries within wheels
    assert {"licences/CC0-1.0.txt", "licences/LGPL-3.0.txt", "licences/GPL-2.0.txt"} <= packed.keys()


def test_a_wheel_without_a_licence_is_not_packaged(tmp_path: Path) -> None:
    wheel, path = wheel_with(tmp_path, "thing", {"thing/__init__.py": ""})
    with pytest.raises(BuildError, match=r"thing-1\.0-py3-none-any\.whl holds no text of its licence"):
        licence_files([wheel], {wheel.file: path})


def test_a_licence_that_the_wheel_forgot_is_kept_here(tmp_path: Path) -> None:
    wheel, path = wheel_with(tmp_path, "flatbuffers", {"flatbuffers/__init__.py": ""})
    text = licence_files([wheel], {wheel.file: path})["licences/flatbuffers-1.0/LICENSE"]
    assert b"Apache License" in text


@pytest.mark.parametrize(
    "wheel",
    [one for one in read_lock(LOCK_FILE) if any(target.runtime == "cpu" for target in one.targets)],
    ids=lambda one: one.file,
)
def test_no_bundled_wheel_lacks_a_licence(wheel: LockedWheel) -> None:
    # by its place alone: to check its hash is the build's business, and takes long
    path = cache_folder() / "wheels" / wheel.sha256 / wheel.file
    if not path.is_file():
        pytest.skip("not fetched on this machine; python build.py --all fetches it")
    assert "expression" in licence_of(path)
    texts = licence_files([wheel], {wheel.file: path})
    assert any(name.startswith(f"licences/{wheel.name}-") for name in texts)
    with zipfile.ZipFile(path) as archive:
        stems = {library_stem(name) for name in archive.namelist()} - {None}
    assert stems <= LIBRARIES.keys()


def test_the_sizes_of_a_release_stand_side_by_side() -> None:
    parts = (
        Part("the add-on", 2, 1000),
        Part("ml/ (backend)", 1, 500),
        Part("ml/models/a/1/", 2, 3000),
        Part("wheels/a.whl", 1, 7000),
        Part("licences/", 3, 200),
    )
    package = Package("/x/filmai-1.zip", "1", "linux-x64", "cpu", ("3.11",), 12000, "0", "nobody", parts)
    line = describe_sizes([package]).splitlines()[-1]
    assert line.split() == ["filmai-1.zip", "7.0", "kB", "3.0", "kB", "200", "B", "1.5", "kB", "12.0", "kB"]
