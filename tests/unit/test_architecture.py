"""The layers of the design, held by reading every import; nothing of the product is imported here.

A module may import the standard library, its own layer, and what LAYERS grants it. A module without a layer
is a failure too, so that a new file has to say where it belongs.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tooling.content import LEFT_OUT_OF_ML, TRAINS_ON_A_FOLDER

REPOSITORY = Path(__file__).resolve().parents[2]
MAX_LINES = 300
BLENDER = ("bpy", "bmesh", "bpy_extras", "mathutils")
RUNTIME = ("numpy", "PIL", "onnxruntime")
CONTRACT = (
    *("ml.families", "ml.limits", "ml.lines", "ml.protocol", "ml.protocol_*", "ml.wire", "ml.shot_terms"),
    *("ml.word_lists*", "ml.words*", "ml.own_families", "ml.shot_sense", "ml.character_terms"),
    *("ml.caption_cards", "ml.timecode"),
)
BACKEND_BASE = (*CONTRACT, "ml.errors")


@dataclass(frozen=True, slots=True)
class Layer:
    """Modules (patterns of dotted names) and what they may import beside the standard library."""

    modules: tuple[str, ...]
    packages: tuple[str, ...] = ()
    """Top-level names of other people's packages."""
    own: tuple[str, ...] = ()
    """Patterns of FilmAI's modules outside this layer."""


# the first layer that matches counts
LAYERS = (
    Layer(("ml", *CONTRACT, "ml.errors")),
    Layer(
        ("ml.shotlist", "ml.shotlist.*"),
        ("pysubs2",),
        (
            *("ml.protocol_lists", "ml.protocol_shots", "ml.shot_terms", "ml.limits"),
            *("ml.caption_cards", "ml.timecode"),
        ),
    ),
    Layer(("ml.bilinear",), ("numpy",)),
    Layer(("ml.shapes", "ml.shapes_curved"), ("numpy",)),
    # drawn for training and, at work, for the network
    Layer(
        ("ml.characters", "ml.characters.*"), ("numpy",), ("ml.shapes*", "ml.materials.params", "ml.colour")
    ),
    Layer(("ml.layouts", "ml.layouts.*", "ml.layouts_*"), ("numpy",), ("ml.bilinear",)),
    Layer(("ml.colour", "ml.controls"), ("numpy",), ("ml.colour",)),
    # the only one that decodes films
    Layer(("ml.media", "ml.media.*"), ("numpy", "PIL", "av"), BACKEND_BASE),
    Layer(
        ("ml.infer", "ml.infer.*"),
        RUNTIME,
        (
            *BACKEND_BASE,
            "ml.bilinear",
            "ml.colour",
            "ml.controls",
            "ml.characters.network_inputs",
            "ml.characters.portraits",
        ),
    ),
    Layer(
        ("ml.tasks", "ml.tasks.*"),
        RUNTIME,
        (
            *BACKEND_BASE,
            "ml.infer",
            "ml.infer.*",
            "ml.media",
            "ml.media.*",
            "ml.shotlist.*",
            "ml.colour",
            "ml.controls",
            "ml.materials",
            "ml.materials.*",
            "ml.characters.*",
        ),
    ),
    Layer(
        (
            *("ml.__main__", "ml.cli*", "ml.terminal", "ml.version"),
            *("ml.job_queue", "ml.parent_watch", "ml.wire_io", "ml.worker"),
        ),
        RUNTIME,
        (*BACKEND_BASE, "ml.infer", "ml.infer.*", "ml.tasks", "ml.tasks.*", "ml.shotlist", "ml.shotlist.*"),
    ),
    Layer(("ml.nets", "ml.nets.*"), ("torch",), ("ml.families", "ml.shot_terms")),
    # one recipe leads from the data to the card, so training and export share their configuration
    Layer(
        ("ml.train", "ml.train.*", "ml.export", "ml.export.*"),
        ("torch", "numpy", "PIL", "matplotlib", "tqdm", "onnx", "onnxruntime", "tokenizers"),
        (
            *(*BACKEND_BASE, "ml.nets", "ml.nets.*", "ml.infer.*", "ml.colour", "ml.controls"),
            *("ml.tasks", "ml.tasks.*", "ml.media", "ml.media.*"),
            # a family of the user's is trained on layouts that the worker draws, and ends with Blender
            *("ml.materials.*", "ml.parent_watch"),
            # guides of characters that nobody rendered: for samples, parity and figures
            "ml.characters.*",
        ),
    ),
    Layer(("ml.materials", "ml.materials.*"), ("numpy",), ("ml.families", "ml.layouts*", "ml.bilinear")),
    # motion without pictures is summed up by the same numbers as that of film
    Layer(
        ("ml.datagen.shots.flows",),
        ("numpy", "tqdm"),
        ("ml.datagen.shots.*", "ml.media.inputs", "ml.media.motion", "ml.shapes", "ml.shot_terms"),
    ),
    Layer(
        ("ml.datagen", "ml.datagen.*"),
        (*BLENDER, "numpy", "PIL", "tqdm"),
        (
            *("ml.families", "ml.layouts*", "ml.materials.*", "ml.materials", "ml.shot_terms"),
            *("ml.characters.*", "ml.shapes*"),
        ),
    ),
    # the fence of the contract: the only module that knows where ml/ lies
    Layer(("filmai_addon.contract",), (), ("ml", *CONTRACT, "filmai_addon.ml", "filmai_addon.ml.protocol")),
    Layer(("filmai_addon.core", "filmai_addon.core.*"), (), ("filmai_addon.contract",)),
    Layer(
        ("filmai_addon.worker_client", "filmai_addon.worker_client.*"),
        (),
        ("filmai_addon.contract", "filmai_addon.core.errors"),
    ),
    # icons are Blender's, and what panels draw
    Layer(
        ("filmai_addon.scene.preview_sheet",),
        (*BLENDER, "numpy"),
        ("filmai_addon.contract", "filmai_addon.core.*", "filmai_addon.sheet_view"),
    ),
    Layer(
        ("filmai_addon.scene", "filmai_addon.scene.*"),
        (*BLENDER, "numpy"),
        ("filmai_addon.contract", "filmai_addon.core.*", "filmai_addon.scene.preview_sheet"),
    ),
    # texts in other languages; only what speaks knows Blender
    Layer(
        (
            "filmai_addon.translations",
            "filmai_addon.translations.catalogue",
            "filmai_addon.translations.wording",
        )
    ),
    Layer(
        ("filmai_addon.translations.*",),
        ("bpy",),
        (
            *("filmai_addon.contract", "filmai_addon.properties", "filmai_addon.shot_properties"),
            "filmai_addon.character_properties",
            *("filmai_addon.studio_choices", "filmai_addon.translations.*"),
        ),
    ),
    # what panels read: values, and views of the jobs and of the sheet that cannot change them
    Layer(
        (
            "filmai_addon.properties",
            "filmai_addon.preferences",
            "filmai_addon.job_view",
            "filmai_addon.sheet_view",
            "filmai_addon.training_view",
            "filmai_addon.character_view",
            "filmai_addon.studio_choices",
        ),
        ("bpy",),
        ("filmai_addon.contract", "filmai_addon.core.*", "filmai_addon.translations.speaking"),
    ),
    Layer(
        ("filmai_addon.panels", "filmai_addon.panels.*"),
        ("bpy",),
        (
            "filmai_addon.contract",
            "filmai_addon.properties",
            "filmai_addon.preferences",
            "filmai_addon.job_view",
            "filmai_addon.sheet_view",
            "filmai_addon.character_view",
            "filmai_addon.core.*",
            "filmai_addon.translations.speaking",
            # which scene the sequencer shows differs between Blender's versions
            "filmai_addon.scene.compat",
        ),
    ),
    Layer(("filmai_addon", "filmai_addon.registration"), ("bpy",), ("filmai_addon.*",)),
    # operators, the pump and what they share: everything but the panels
    Layer(
        ("filmai_addon.*",),
        ("bpy", "numpy"),
        (
            "filmai_addon.contract",
            "filmai_addon.core.*",
            "filmai_addon.scene.*",
            "filmai_addon.scene",
            "filmai_addon.worker_client",
            "filmai_addon.worker_client.*",
            "filmai_addon.properties",
            "filmai_addon.preferences",
            "filmai_addon.job_view",
            "filmai_addon.sheet_view",
            "filmai_addon.training_view",
            "filmai_addon.character_view",
            "filmai_addon.studio_choices",
            "filmai_addon.translations.speaking",
        ),
    ),
    Layer(("tooling.demo_scene",), (*BLENDER, "PIL")),
    Layer(
        ("tooling.demo_captions", "tooling.demo_cut"), BLENDER, ("tooling.demo_scene", "tooling.film_recipe")
    ),
    Layer(("tooling.demo_characters",), BLENDER, ("tooling.demo_scene", "tooling.demo_captions")),
    # the demo's film is of the generator's own shots
    Layer(("tooling.demo_film",), ("PIL",), ("ml.datagen.shots.*", "tooling.film_recipe")),
    Layer(("tooling", "tooling.*", "build")),
)
# torch.load raises pickle.UnpicklingError for a file that is none of ours
MAY_NAME_PICKLE = ("ml.train.checkpoint",)
MAY_PRINT = ("ml.__main__", "ml.cli*", "ml.train.*", "ml.export.*", "ml.datagen.*")


def _module_name(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _sources() -> dict[str, Path]:
    files = [REPOSITORY / "build.py"]
    for folder in ("ml", "filmai_addon", "tooling"):
        files += sorted((REPOSITORY / folder).rglob("*.py"))
    return {_module_name(path): path for path in files}


SOURCES = _sources()
PACKAGES = {name for name, path in SOURCES.items() if path.name == "__init__.py"}


def imported_modules(module: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every module that ``module`` imports, wherever in the file it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                # 'from . import x' names a module even before x is written
                yield node.lineno, inner if inner in SOURCES or node.module is None else base
        elif isinstance(node, ast.Call) and _dotted(node.func) in ("importlib.import_module", "__import__"):
            yield from (
                (node.lineno, str(arg.value)) for arg in node.args[:1] if isinstance(arg, ast.Constant)
            )


def _dotted(node: ast.expr) -> str:
    """``a.b.c`` of an attribute chain; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return str(node.module)
    # a package's own __init__ counts itself as the first level
    parts = module.split(".") if module in PACKAGES else module.split(".")[:-1]
    parts = parts[: len(parts) - (node.level - 1)]
    return ".".join([*parts, node.module] if node.module else parts)


def import_violations(module: str, source: str) -> list[str]:
    """What that module imports against its layer."""
    layer = _layer_or_none(module)
    if layer is None:
        return [f"{module} belongs to no layer: give it one in {Path(__file__).name}"]
    found = []
    for line, name in imported_modules(module, ast.parse(source)):
        top = name.split(".")[0]
        granted = top in sys.stdlib_module_names or top in layer.packages
        if top == "pickle":
            granted = module in MAY_NAME_PICKLE
        if not granted and _layer_or_none(name) is not layer and not _matches(name, layer.own):
            found.append(f"{module}:{line} may not import {name}")
    # several names of one import statement are one finding
    return list(dict.fromkeys(found))


def habit_violations(module: str, source: str) -> list[str]:
    """Calls that the design forbids, and length."""
    found = []
    if (length := source.count("\n")) > MAX_LINES:
        found.append(f"{module} has {length} lines; {MAX_LINES} is the limit")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _dotted(node).startswith("bpy.ops.sequencer"):
            found.append(f"{module}:{node.lineno} calls bpy.ops.sequencer; strips.new_* needs no open editor")
        if not isinstance(node, ast.Call):
            continue
        called = _dotted(node.func)
        if called == "print" and module.split(".")[0] != "tooling" and not _matches(module, MAY_PRINT):
            found.append(f"{module}:{node.lineno} prints; the worker's stdout belongs to the protocol")
        if called in ("eval", "exec", "pickle.load", "pickle.loads"):
            found.append(f"{module}:{node.lineno} calls {called}")
    return found


def _layer_or_none(module: str) -> Layer | None:
    return next((layer for layer in LAYERS if _matches(module, layer.modules)), None)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_module_keeps_to_its_layer(module: str) -> None:
    source = SOURCES[module].read_text(encoding="utf-8")
    assert import_violations(module, source) + habit_violations(module, source) == []


def test_the_package_trains_on_a_folder_with_what_is_in_it() -> None:
    reached: set[str] = set()
    waiting = ["ml.train.start", "ml.train.folder"]
    while waiting:
        module = waiting.pop()
        if module not in SOURCES or module in reached:
            continue
        reached.add(module)
        waiting += [".".join(module.split(".")[:end]) for end in range(1, module.count(".") + 1)]
        source = SOURCES[module].read_text(encoding="utf-8")
        waiting += [name for _, name in imported_modules(module, ast.parse(source))]
    needed = {
        SOURCES[module].relative_to(REPOSITORY / "ml").as_posix() for module in reached if "." in module
    }
    left_out = {path for path in needed if path.split("/")[0] in LEFT_OUT_OF_ML}
    assert left_out == set(TRAINS_ON_A_FOLDER) - {"configs/folder.toml"}


def test_the_layers_are_about_modules_that_exist() -> None:
    assert {"ml.protocol", "ml.worker", "filmai_addon.contract", "filmai_addon.registration"} <= set(SOURCES)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ml.infer.session", "import torch"),
        ("ml.worker", "def run():\n    import bpy\n"),
        ("ml.protocol", "from . import worker"),
        ("ml.tasks.texture", "from ..nets.dcgan import Generator"),
        ("ml.nets.dcgan", "from ..infer.session import make_session"),
        ("ml.wire", "import importlib\nimportlib.import_module('numpy')"),
        ("filmai_addon.core.jobs", "import bpy"),
        ("filmai_addon.core.jobs", "from ..worker_client import process"),
        ("filmai_addon.core.jobs", "from ml.protocol import Ready"),
        ("filmai_addon.worker_client.process", "from ..core.jobs import Job"),
        ("filmai_addon.scene.images", "from ..operators import cancel_job"),
        ("filmai_addon.panels.texture", "from .. import pump"),
        ("filmai_addon.panels.texture", "from ..worker_client import WorkerProcess"),
        ("filmai_addon.pump", "from .panels import texture"),
        ("filmai_addon.pump", "import onnxruntime"),
        ("ml.infer.session", "import pickle"),
        ("ml.tasks.describe", "import av"),
        ("ml.media.movie", "import onnxruntime"),
        ("tooling.package", "import numpy"),
        ("elsewhere", "import os"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert import_violations(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ml.worker", "print('hello')"),
        ("filmai_addon.scene.strips", "bpy.ops.sequencer.effect_strip_add(type='TEXT')"),
        ("ml.families", "\n" * (MAX_LINES + 1)),
        ("ml.train.loop", "exec('x = 1')"),
    ],
)
def test_a_forbidden_habit_is_found(module: str, source: str) -> None:
    assert habit_violations(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "ml.tasks.texture",
            "import numpy as np\nfrom ..infer.session import Session\nfrom ..protocol import Ready",
        ),
        (
            "filmai_addon.core.jobs",
            "import json\nfrom ..contract import Ready\nfrom .errors import FilmAIError",
        ),
        ("filmai_addon.pump", "import bpy\nfrom .scene.images import load\nfrom . import job_view"),
        ("ml.cli_texture", "print('done')"),
    ],
)
def test_what_the_design_grants_is_accepted(module: str, source: str) -> None:
    assert import_violations(module, source) + habit_violations(module, source) == []
