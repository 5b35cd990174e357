"""The lock file and the cache: what is bundled is exactly what was locked."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tooling.closure import check_closure
from tooling.errors import BuildError
from tooling.fetch import cached_wheel_or_none, keep_wheel
from tooling.paths import LOCK_FILE
from tooling.platforms import PLATFORMS, PYTHONS, RUNTIMES, Target
from tooling.wheel_lock import LockedWheel, read_lock, wheels_for, write_lock

CPU_311 = Target("cpu", "linux-x64", "3.11")
CPU_313 = Target("cpu", "linux-x64", "3.13")


def _wheel(content: bytes = b"a wheel", targets: tuple[Target, ...] = (CPU_311,)) -> LockedWheel:
    digest = hashlib.sha256(content).hexdigest()
    return LockedWheel("thing", "1.0", "thing-1.0-py3-none-any.whl", digest, targets)


def test_the_lock_file_survives_a_round_trip(tmp_path: Path) -> None:
    wheels = (_wheel(targets=(CPU_311, CPU_313)),)
    write_lock(tmp_path / "lock.json", wheels)
    assert read_lock(tmp_path / "lock.json") == wheels


def test_the_shipped_lock_covers_every_target_and_never_numpy() -> None:
    lock = read_lock(LOCK_FILE)
    for runtime in RUNTIMES:
        for platform in PLATFORMS.values():
            for python in PYTHONS:
                if runtime in platform.runtimes:
                    names = {wheel.name for wheel in wheels_for(lock, [Target(runtime, platform.id, python)])}
                    engine = {"cpu": "onnxruntime", "cuda": "onnxruntime-gpu"}[runtime]
                    assert names >= {engine, "pillow", "protobuf", "flatbuffers", "packaging"}
                    assert "numpy" not in names


def test_wheels_of_two_pythons_are_listed_once() -> None:
    shared = _wheel(targets=(CPU_311, CPU_313))
    assert wheels_for([shared], [CPU_311, CPU_313]) == (shared,)


def test_an_unlocked_target_is_an_error_with_its_remedy() -> None:
    with pytest.raises(BuildError, match=r"no wheels for cpu/linux-x64/3\.13") as caught:
        wheels_for([_wheel()], [CPU_313])
    assert "build.py lock" in caught.value.remedy


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "beef"},
        {"name": "numpy"},
        {"file": "../thing.whl"},
        {"targets": ["cpu/amiga/3.11"]},
        {"file": "thing-1.0-cp311-cp311-win_amd64.whl"},
    ],
)
def test_a_damaged_lock_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "lock.json"
    write_lock(path, [_wheel()])
    plain = json.loads(path.read_text(encoding="utf-8"))
    plain["wheels"][0] |= change
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(BuildError, match="damaged"):
        read_lock(path)


def test_a_missing_lock_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no lock file") as caught:
        read_lock(tmp_path / "lock.json")
    assert "build.py lock" in caught.value.remedy


def test_a_fetched_file_with_another_hash_is_refused_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMAI_CACHE", str(tmp_path / "cache"))
    fetched = tmp_path / "thing-1.0-py3-none-any.whl"
    fetched.write_bytes(b"something else")
    with pytest.raises(BuildError, match="is locked"):
        keep_wheel(fetched, _wheel())
    assert cached_wheel_or_none(_wheel()) is None


def test_a_cached_file_that_was_damaged_later_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMAI_CACHE", str(tmp_path / "cache"))
    fetched = tmp_path / "thing-1.0-py3-none-any.whl"
    fetched.write_bytes(b"a wheel")
    kept = keep_wheel(fetched, _wheel())
    assert cached_wheel_or_none(_wheel()) == kept
    kept.write_bytes(b"a wheel cut sh")
    assert cached_wheel_or_none(_wheel()) is None


def test_a_wheel_that_needs_what_nobody_brings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thing-1.0-py3-none-any.whl"
    wanted = ["numpy>=1.21", "other_thing>=2; python_version > '3'", "sympy; extra == 'symbolic'"]
    metadata = "Metadata-Version: 2.1\nName: thing\n" + "".join(f"Requires-Dist: {each}\n" for each in wanted)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thing-1.0.dist-info/METADATA", metadata)
    with pytest.raises(BuildError, match="needs other-thing, which"):
        check_closure([_wheel()], {path.name: path}, [CPU_311])
    other = LockedWheel("other-thing", "2", "other_thing-2-py3-none-any.whl", "0" * 64, (CPU_311,))
    empty = tmp_path / other.file
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("other_thing-2.dist-info/METADATA", "Name: other_thing\n")
    check_closure([_wheel(), other], {path.name: path, other.file: empty}, [CPU_311])
