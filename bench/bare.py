"""The peers outside Blender: a bare session.run of the shipped model, a script that makes a PNG of it, torch eager.

Runs in the development environment. The session is made by ml.infer, thus with the worker's own settings; the
torch network is ml.nets.dcgan with the weights that are read back from the ONNX file.
"""

import argparse
import importlib.metadata
import json
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.measure import memory_mb_or_none, timed_ms
from ml.infer.devices import worker_threads
from ml.infer.session import make_session

__all__ = ["torch_generator"]

SIZES_PX = (1024, 2048)
WARM_UP = 5
RUNS_PER_REPEAT = 10
AGREEMENT = 1e-3

Floats = NDArray[np.float32]


def main() -> None:
    """Measure and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--repeats", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    latent = np.random.default_rng(7).standard_normal((1, 100, 1, 1)).astype(np.float32)
    runs = options.repeats * RUNS_PER_REPEAT
    (session_ms, image, memory) = _session(options.model, latent, runs)
    script_ms = {f"script_{size}_ms": _script(options.model, latent, size, options) for size in SIZES_PX}
    (torch_ms, torch_version) = _torch_eager(options.model, latent, image, runs)
    versions = {"onnxruntime": importlib.metadata.version("onnxruntime"), "torch": torch_version}
    facts = {"session_ms": session_ms, "torch_ms": torch_ms, "memory_mb": memory, "versions": versions}
    facts |= script_ms
    options.out.write_text(json.dumps(facts), encoding="utf-8")


def _session(model: Path, latent: Floats, runs: int) -> tuple[list[float], Floats, float | None]:
    """Times in milliseconds, the image (1, 3, 64, 64), and the memory of a process with nothing but this."""
    (session, _device) = make_session(model.read_bytes(), "cpu")
    inputs = {"latent": latent}
    image: Floats = session.run(None, inputs)[0]
    memory = memory_mb_or_none(os.getpid())
    timed_ms(lambda: session.run(None, inputs), WARM_UP)
    return timed_ms(lambda: session.run(None, inputs), runs), image, memory


def _script(model: Path, latent: Floats, size: int, options: argparse.Namespace) -> list[float]:
    """The shortest script that gets a picture of that size: the session, Pillow's resize, Pillow's PNG."""
    (session, _device) = make_session(model.read_bytes(), "cpu")
    path = options.out.with_suffix(".png")

    def work() -> None:
        image = session.run(None, {"latent": latent})[0][0].transpose(1, 2, 0)
        picture = Image.fromarray(((image + 1.0) * 127.5).astype(np.uint8))
        picture.resize((size, size), Image.Resampling.LANCZOS).save(path)

    timed_ms(work, 1)
    return timed_ms(work, options.repeats)


def _torch_eager(model: Path, latent: np.ndarray, expected: np.ndarray, runs: int) -> tuple[list[float], str]:
    import torch

    generator = torch_generator(model)
    torch.set_num_threads(worker_threads())
    tensor = torch.from_numpy(latent)
    with torch.inference_mode():
        difference = float(np.abs(generator(tensor).numpy() - expected).max())
        if difference > AGREEMENT:
            raise SystemExit(f"torch and onnxruntime differ by {difference}: these are not the same network")
        timed_ms(lambda: generator(tensor), WARM_UP)
        return timed_ms(lambda: generator(tensor), runs), torch.__version__


def torch_generator(model: Path):  # type: ignore[no-untyped-def]  # torch is imported late, see main
    """ml.nets.dcgan's Generator with the weights of that ONNX file, in evaluation mode.

    The export folds each BatchNorm into the convolution before it; here it comes back as a BatchNorm that
    only adds the folded offset, so that the network is the reference, layer by layer.
    """
    import onnx
    import torch
    from onnx import numpy_helper

    from ml.nets.dcgan import DCGANConfig, Generator

    weights = {each.name: numpy_helper.to_array(each) for each in onnx.load(model).graph.initializer}
    generator = Generator(DCGANConfig()).eval()
    with torch.no_grad():
        for name, module in generator.named_modules():
            if isinstance(module, torch.nn.ConvTranspose2d):
                module.weight.copy_(torch.from_numpy(weights[f"{name}.weight"].copy()))
            elif isinstance(module, torch.nn.BatchNorm2d):
                (prefix, number) = name.rsplit(".", 1)
                offset = weights[f"{prefix}.{int(number) - 1}.weight_bias"]
                assert module.running_var is not None
                module.running_var.fill_(1.0 - module.eps)
                module.bias.copy_(torch.from_numpy(offset.copy()))
    return generator


if __name__ == "__main__":
    main()
