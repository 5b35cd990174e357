"""Gets locked wheels into the user's cache folder, and trusts no file whose SHA-256 is not the locked one."""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .console import Console
from .errors import BuildError
from .paths import cache_folder
from .pip import pip_or_error, target_options
from .platforms import Target
from .wheel_lock import REFRESH, LockedWheel

__all__ = ["cached_wheel_or_none", "fetch_wheels", "sha256_of"]


def fetch_wheels(
    wheels: Iterable[LockedWheel], targets: Iterable[Target], console: Console
) -> dict[str, Path]:
    """The paths of those wheels by file name; what the cache lacks is downloaded, one target after another.

    Raises BuildError when a wheel cannot be fetched or is not the locked file.
    """
    wheels = tuple(wheels)
    for target in targets:
        missing = [
            wheel for wheel in wheels if target in wheel.targets and cached_wheel_or_none(wheel) is None
        ]
        if missing:
            with console.step(f"Fetching {len(missing)} wheels for {target}"):
                _download(missing, target, console)
    paths = {wheel.file: cached_wheel_or_none(wheel) for wheel in wheels}
    if lacking := [file for file, path in paths.items() if path is None]:
        raise BuildError(f"Not fetched: {', '.join(lacking)}", REFRESH)
    return {file: path for file, path in paths.items() if path is not None}


def cached_wheel_or_none(wheel: LockedWheel) -> Path | None:
    """Where the cache has that wheel, or None. A damaged copy is removed and counts as missing."""
    path = _place(wheel)
    if not path.exists():
        return None
    if sha256_of(path) != wheel.sha256:
        path.unlink()
        return None
    return path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(wheel: LockedWheel) -> Path:
    return cache_folder() / "wheels" / wheel.sha256 / wheel.file


def _download(wheels: list[LockedWheel], target: Target, console: Console) -> None:
    cache = cache_folder() / "wheels"
    cache.mkdir(parents=True, exist_ok=True)
    # inside the cache, so that the last step is a rename on one disk
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as name:
        folder = Path(name)
        requirements = folder / "requirements.txt"
        lines = [f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n" for wheel in wheels]
        requirements.write_text("".join(lines), encoding="utf-8")
        arguments: list[str | Path] = ["download", "--no-deps", "--require-hashes", "-d", folder]
        arguments += [*target_options(target), "-r", requirements]
        if (problem := pip_or_error(arguments, console)) is not None:
            raise BuildError(
                f"pip could not fetch the wheels for {target}:\n{problem}",
                "If the network broke off, try again. A hash that does not match means that the index serves "
                "another file than the locked one: do not use it, look at requirements/wheels.lock.json.",
            )
        for wheel in wheels:
            keep_wheel(folder / wheel.file, wheel)


def keep_wheel(fetched: Path, wheel: LockedWheel) -> Path:
    """Move a fetched file to its place in the cache. Raises BuildError when it is not the locked file."""
    if not fetched.exists():
        raise BuildError(f"pip fetched another file than {wheel.file}.", REFRESH)
    if (found := sha256_of(fetched)) != wheel.sha256:
        raise BuildError(
            f"{wheel.file} has SHA-256 {found}, and {wheel.sha256} is locked.",
            "The file was changed or damaged on its way: do not use it, and try another network or index.",
        )
    place = _place(wheel)
    place.parent.mkdir(parents=True, exist_ok=True)
    return fetched.replace(place)
