"""No file and no text that comes from elsewhere is run: read in the sources that go into the zip, and in the zip."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.unit.forbidden_code import forbidden
from tooling.content import extension_files

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import torch, pickle as p",
        "from pickle import loads",
        "import yaml",
        "from multiprocessing import Queue",
        "eval(text)",
        "exec(text)",
        "__import__(name)",
        "import numpy as np\nnp.load(path)",
        "np.load(path, allow_pickle=True)",
        "np.savez(path, allow_pickle=wanted)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "os.system(text)",
        "subprocess.run(text, shell=True)",
        "options.register_custom_ops_library(path)",
    ],
)
def test_each_way_to_run_a_file_is_found(source: str) -> None:
    assert forbidden(source)


@pytest.mark.parametrize(
    "source",
    [
        "from pickle import UnpicklingError",
        "np.load(path, allow_pickle=False)",
        "torch.load(path, weights_only=True)",
        "model.eval()\nre.compile(text)",
        "subprocess.Popen(words)",
        "json.loads(text)",
    ],
)
def test_what_runs_nothing_is_left_alone(source: str) -> None:
    assert forbidden(source) == []


def test_the_sources_of_the_extension_run_nothing() -> None:
    files = {name: path for name, path in extension_files(REPOSITORY).items() if name.endswith(".py")}
    assert len(files) > 200, "they are all there"
    found = {name: forbidden(path.read_text(encoding="utf-8")) for name, path in files.items()}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.skipif("FILMAI_ZIP" not in os.environ, reason="FILMAI_ZIP names no packaged extension")
def test_the_zip_holds_nothing_else_that_could_be_run() -> None:
    with zipfile.ZipFile(os.environ["FILMAI_ZIP"]) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        sources = {name: archive.read(name).decode() for name in names if name.endswith(".py")}
    assert {name: what for name, source in sources.items() if (what := forbidden(source))} == {}
    endings = {Path(name).suffix for name in names}
    known = {".py", ".toml", ".json", ".onnx", ".png", ".po", ".whl", ".md", ".txt", ".csv", ""}
    assert endings <= known, "what is that for?"
    assert all(not name.startswith("/") and ".." not in Path(name).parts for name in names)
