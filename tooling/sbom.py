"""The bill of materials of a package: what is bundled, under which licence, with which hash.

Its form is CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).

No time stamp and no random number is in it: the same package has the same bytes.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from .wheel_lock import LockedWheel

__all__ = ["SBOM_NAME", "bill_of_materials", "licence_of"]

SBOM_NAME = "sbom.cdx.json"
_CLASSIFIER = "License :: OSI Approved :: "


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
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    if expression := metadata.get("License-Expression"):
        return {"expression": expression}
    return {"license": {"name": _licence_name(metadata)}}


def _licence_name(metadata: Message) -> str:
    classified = [
        text.removeprefix(_CLASSIFIER) for text in metadata.get_all("Classifier", []) if _CLASSIFIER in text
    ]
    if classified:
        return ", ".join(classified)
    # some put the whole text there; its first line is the name
    return (metadata.get("License") or "not stated").strip().splitlines()[0][:100]


def _wheel(wheel: LockedWheel, path: Path) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": wheel.file,
        "name": wheel.name,
        "version": wheel.version,
        "purl": f"pkg:pypi/{wheel.name}@{wheel.version}?file_name={wheel.file}",
        "hashes": [{"alg": "SHA-256", "content": wheel.sha256}],
        "licenses": [licence_of(path)],
    }


def _model(card: Path) -> dict[str, Any]:
    about = json.loads(card.read_text(encoding="utf-8"))
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model/{about['name']}/{about['version']}",
        "name": about["name"],
        "version": about["version"],
        "hashes": [{"alg": "SHA-256", "content": about["sha256"]}],
        "licenses": [{"expression": about["licence"]}],
    }
