"""Makes the extension's zip for one or more systems, validates it, and tells what is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .archive import write_archive
from .closure import check_closure
from .console import Console, readable_size, table
from .content import extension_files
from .errors import BuildError
from .fetch import fetch_wheels, sha256_of
from .licences import licence_files
from .manifest import MANIFEST_NAME, inject, read_version
from .paths import DIST, LOCK_FILE, REPOSITORY
from .platforms import PLATFORMS, Runtime, Target
from .sbom import SBOM_NAME, bill_of_materials
from .validator import validate
from .wheel_lock import read_lock, wheels_for

__all__ = ["Package", "build_package", "describe", "describe_sizes"]


@dataclass(frozen=True, slots=True)
class Part:
    """One line of what is in a package."""

    name: str
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Package:
    """One finished zip."""

    path: str
    version: str
    platform: str
    runtime: Runtime
    pythons: tuple[str, ...]
    size_bytes: int
    sha256: str
    validated_by: str
    parts: tuple[Part, ...]

    def as_plain(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def build_package(platform: str, pythons: Sequence[str], runtime: Runtime, console: Console) -> Package:
    """Package the extension for one system into dist/.

    Raises BuildError when a part is missing, a wheel cannot be had, or Blender refuses the result.
    """
    if runtime not in PLATFORMS[platform].runtimes:
        raise BuildError(f"There is no {runtime} runtime for {platform}.", "Package it with: --runtime cpu")
    version = read_version(REPOSITORY / "filmai_addon" / MANIFEST_NAME)
    files = extension_files(REPOSITORY)
    targets = [Target(runtime, platform, python) for python in pythons]
    wheels = wheels_for(read_lock(LOCK_FILE), targets)
    paths = fetch_wheels(wheels, targets, console)
    check_closure(wheels, paths, targets)

    content: dict[str, Path | bytes] = dict(files)
    content |= {f"wheels/{file}": path for file, path in paths.items()}
    content |= licence_files(wheels, paths)
    manifest = files[MANIFEST_NAME].read_text(encoding="utf-8")
    wheel_names = [f"./wheels/{file}" for file in sorted(paths)]
    content[MANIFEST_NAME] = inject(manifest, wheel_names, [platform]).encode()
    cards = [
        path for name, path in files.items() if name.startswith("ml/models/") and path.name == "card.json"
    ]
    content[SBOM_NAME] = bill_of_materials(version, wheels, paths, cards)

    DIST.mkdir(exist_ok=True)
    suffix = "" if runtime == "cpu" else f"-{runtime}"
    archive = DIST / f"filmai-{version}-{platform}{suffix}.zip"
    with console.step(f"Writing {archive.relative_to(REPOSITORY)}"):
        write_archive(archive, content)
    return Package(
        path=str(archive),
        version=version,
        platform=platform,
        runtime=runtime,
        pythons=tuple(pythons),
        size_bytes=archive.stat().st_size,
        sha256=sha256_of(archive),
        validated_by=validate(archive, console),
        parts=_parts(content),
    )


def describe(package: Package) -> str:
    """What is in a package and how large, as a table with a closing line."""
    rows = [[part.name, str(part.files), readable_size(part.size_bytes)] for part in package.parts]
    total = sum(part.files for part in package.parts)
    rows.append(["total", str(total), readable_size(package.size_bytes)])
    return (
        f"\n{table(['in the package', 'files', 'size'], rows)}\n\n{package.path}\n"
        f"FilmAI {package.version} for {package.platform}, {package.runtime}, "
        f"Python {', '.join(package.pythons)}; "
        f"valid by {package.validated_by}\nsha256 {package.sha256}"
    )


def describe_sizes(packages: Sequence[Package]) -> str:
    """Several packages side by side: how large each is, and of what."""
    headers = ["package", "wheels", "models", "licences", "code and the rest", "size"]
    rows = []
    for package in packages:
        sizes = dict.fromkeys(headers[1:-1], 0)
        for part in package.parts:
            sizes[_column(part.name)] += part.size_bytes
        cells = [readable_size(size) for size in sizes.values()]
        rows.append([Path(package.path).name, *cells, readable_size(package.size_bytes)])
    return f"\n{table(headers, rows)}"


def _column(part: str) -> str:
    for start, column in (("wheels/", "wheels"), ("ml/models/", "models"), ("licences/", "licences")):
        if part.startswith(start):
            return column
    return "code and the rest"


def _parts(content: Mapping[str, Path | bytes]) -> tuple[Part, ...]:
    groups: dict[str, list[int]] = {}
    for name in sorted(content):
        source = content[name]
        size_bytes = len(source) if isinstance(source, bytes) else source.stat().st_size
        groups.setdefault(_group(name), []).append(size_bytes)
    return tuple(Part(name, len(sizes), sum(sizes)) for name, sizes in groups.items())


def _group(name: str) -> str:
    if name.startswith("wheels/"):
        return name
    if name.startswith("ml/models/"):
        # the model's own folder: ml/models/<name>/<version>
        return "/".join(name.split("/")[:4]) + "/"
    if name.startswith("licences/"):
        return "licences/"
    if name.startswith("ml/"):
        return "ml/ (backend)"
    return "the add-on"
