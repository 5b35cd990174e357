"""The bill of materials of a package: what is bundled, under which licence, with which hash, from which source.

Its form is CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).

No time stamp and no random number is in it: the same package has the same bytes.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from .errors import BuildError
from .libraries import LIBRARIES, library_stem
from .wheel_lock import LockedWheel

__all__ = ["SBOM_NAME", "bill_of_materials", "libraries_in", "licence_of"]

SBOM_NAME = "sbom.cdx.json"
_CLASSIFIER = "License :: OSI Approved :: "
_SPDX = {
    "MIT License": "MIT",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
}
"""Licences that wheels without an SPDX expression name in words of their own."""
_SOURCES = ("source", "source code", "homepage", "home-page")
"""Labels of addresses in a wheel's metadata, the best first."""


def bill_of_materials(
    version: str, wheels: Iterable[LockedWheel], paths: Mapping[str, Path], cards: Iterable[Path]
) -> bytes:
    """FilmAI itself, its models by their ``card.json``, and each bundled wheel.

    paths: file name of a wheel -> where it lies.
    """
    components = [_model(card) for card in sorted(cards)]
    components += [_wheel(wheel, paths[wheel.file]) for wheel in sorted(wheels, key=lambda wheel: wheel.file)]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "filmai",
                "version": version,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            }
        },
        "components": components,
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def licence_of(wheel: Path) -> dict[str, Any]:
    """What the wheel's own metadata says: an SPDX expression, or a name where it has none."""
    metadata = _metadata(wheel)
    if expression := metadata.get("License-Expression"):
        return {"expression": expression}
    name = _licence_name(metadata)
    return {"expression": _SPDX[name]} if name in _SPDX else {"license": {"name": name}}


def libraries_in(wheel: Path) -> list[dict[str, Any]]:
    """The shared libraries of others that lie inside the wheel. Raises BuildError for one of unknown licence."""
    found = []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if (stem := library_stem(name)) is None:
                continue
            if stem not in LIBRARIES:
                raise BuildError(
                    f"{wheel.name} holds {name}, whose licence is not known.",
                    "Look up its licence, and add it to tooling/libraries.py.",
                )
            part = {"type": "library", "bom-ref": f"{wheel.name}/{name}", "name": stem}
            digest = hashlib.sha256(archive.read(name)).hexdigest()
            found.append(part | _hash(digest) | {"licenses": [{"expression": LIBRARIES[stem]}]})
    return found


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        return HeaderParser().parsestr(archive.read(name).decode("utf-8"))


def _licence_name(metadata: Message) -> str:
    classified = [
        text.removeprefix(_CLASSIFIER) for text in metadata.get_all("Classifier", []) if _CLASSIFIER in text
    ]
    if classified:
        return ", ".join(classified)
    # some put the whole text there; its first line is the name
    return (metadata.get("License") or "not stated").strip().splitlines()[0][:100]


def _source_or_none(metadata: Message) -> str | None:
    pairs = [text.partition(",") for text in metadata.get_all("Project-URL", [])]
    addresses = {label.strip().lower(): address.strip() for label, _, address in pairs}
    addresses |= {"home-page": metadata["Home-page"]} if metadata["Home-page"] else {}
    return next((addresses[label] for label in _SOURCES if label in addresses), None)


def _hash(digest: str) -> dict[str, Any]:
    return {"hashes": [{"alg": "SHA-256", "content": digest}]}


def _wheel(wheel: LockedWheel, path: Path) -> dict[str, Any]:
    part = {
        "type": "library",
        "bom-ref": wheel.file,
        "name": wheel.name,
        "version": wheel.version,
        "purl": f"pkg:pypi/{wheel.name}@{wheel.version}?file_name={wheel.file}",
        **_hash(wheel.sha256),
        "licenses": [licence_of(path)],
    }
    if source := _source_or_none(_metadata(path)):
        part["externalReferences"] = [{"type": "website", "url": source}]
    if libraries := libraries_in(path):
        part["components"] = libraries
    return part


def _model(card: Path) -> dict[str, Any]:
    about = json.loads(card.read_text(encoding="utf-8"))
    reference = f"model/{about['name']}/{about['version']}"
    parts = [
        {"type": "file", "bom-ref": f"{reference}/{file.name}", "name": file.name}
        | _hash(hashlib.sha256(file.read_bytes()).hexdigest())
        for file in sorted(card.parent.glob("*.onnx"))
    ]
    return {
        "type": "machine-learning-model",
        "bom-ref": reference,
        "name": about["name"],
        "version": about["version"],
        **_hash(about["sha256"]),
        "licenses": [{"expression": about["licence"]}],
        "pedigree": {"notes": "Trained by this project on its own renders, by the recipe in its card.json."},
        "components": parts,
    }
