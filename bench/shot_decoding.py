"""How fast a sentence is spoken: the exported step with its cache, against torch eager without one.

One command, one table, in the development environment. The torch network is that of the recipe with random weights
(time does not depend on them); all speak the same number of words, in turns, so that a machine that warms up or slows
down does so for each. Without a shipped model the network is exported into a temporary folder first. Where the package
transformers is installed (pip install transformers), an encoder-decoder of Hugging Face's of the same size speaks too,
by its own generate(), of tokens that are there as they are for the others.

    python -m bench.shot_decoding
    python -m bench.shot_decoding --words 24 --repeats 20 --threads 1
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
import torch

from bench.measure import machine_lines
from ml.export.shot_onnx import export_parts
from ml.infer.session import make_session
from ml.nets.shot_transformer import INSTANTS, MOTIONS, ShotTransformer
from ml.shot_terms import FIELDS
from ml.train.shot_recipe import load_shot_recipe, shot_config
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
RECIPE = REPOSITORY / "ml" / "configs" / "shot_describer.toml"
MODEL = REPOSITORY / "ml" / "models" / "shot_describer" / "1"
VOCABULARY = 421
TARGET = 3.0
TOKENS = INSTANTS * 6 + MOTIONS + 1
"""What the decoder looks at: six areas of every frame, every motion, and the shot's facts."""
HEADERS = ("way", "median ms", "fastest ms", "against torch eager", "target", "met")

Speak = Callable[[int], object]
"""Speak so many words."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 0."""
    options = _parser().parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory(prefix="filmai-bench-") as scratch:
        vocabulary, folder = _model(options.model, Path(scratch))
        network = ShotTransformer(shot_config(load_shot_recipe(RECIPE), vocabulary)).eval()
        if folder is None:
            folder = Path(scratch)
            export_parts(network, folder)
        ways: dict[str, Speak] = {
            "torch eager, no cache": _eager(network),
            "torch eager, cache": _cached(network),
            "exported step, cache": _exported(network, folder, 1),
            "exported step, cache, 4 beams": _exported(network, folder, 4),
        }
        peer = _hugging_face(network)
        if peer is not None:
            ways["Hugging Face transformers, generate()"] = peer
        times = _measure(ways, options.words, options.repeats)
    base = median(times["torch eager, no cache"])
    rows = [_row(name, measured, base) for name, measured in times.items()]
    print(f"{options.words} words, {options.repeats} repeats, torch on {torch.get_num_threads()} threads")
    print("\n".join(machine_lines()))
    print(table(HEADERS, rows))
    return 0


def _row(name: str, measured: list[float], base: float) -> tuple[str, ...]:
    ratio = base / median(measured)
    counts = name == "exported step, cache"
    return (
        name,
        f"{1000 * median(measured):.1f}",
        f"{1000 * min(measured):.1f}",
        f"{ratio:.2f} x",
        f"{TARGET:.0f} x" if counts else "",
        ("yes" if ratio >= TARGET else "no") if counts else "",
    )


def _model(folder: Path, scratch: Path) -> tuple[int, Path | None]:
    """Number of words and folder of the shipped model; without one the grammar's, and None."""
    card = folder / "card.json"
    if not card.is_file():
        print(f"no model in {folder}: the recipe's network is exported with random weights", file=sys.stderr)
        return VOCABULARY, None
    return len(json.loads(card.read_text(encoding="utf-8"))["vocabulary"]), folder


def _measure(ways: dict[str, Speak], words: int, repeats: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(repeats + 2):
        for name, speak in ways.items():
            start = time.perf_counter()
            speak(words)
            if number >= 2:  # the first ones warm up
                times[name].append(time.perf_counter() - start)
    return times


@torch.no_grad()
def _cross(network: ShotTransformer) -> tuple[torch.Tensor, torch.Tensor]:
    tokens = torch.zeros(1, TOKENS, network.config.width)
    return network.decoder.remember(tokens, torch.ones(1, len(FIELDS), dtype=torch.int64))


def _eager(network: ShotTransformer) -> Speak:
    """Every word looks at the whole sentence again, and the memory is made anew for it, as without any cache."""
    tokens = torch.zeros(1, TOKENS, network.config.width)
    codes = torch.ones(1, len(FIELDS), dtype=torch.int64)

    @torch.no_grad()
    def speak(count: int) -> list[int]:
        words = [2]
        for _ in range(count):
            cross = network.decoder.remember(tokens, codes)
            logits = network.decoder(torch.tensor([words]), *cross)
            words.append(int(logits[0, -1].argmax()))
        return words

    return speak


def _cached(network: ShotTransformer) -> Speak:
    cross_keys, cross_values = _cross(network)
    layers, _, heads, _, depth = cross_keys.shape

    @torch.no_grad()
    def speak(count: int) -> int:
        keys = values = torch.zeros(layers, 1, heads, network.config.max_words, depth)
        word = torch.tensor([2])
        for place in range(count):
            logits, keys, values = network.decoder.step(
                word, torch.tensor([place]), keys, values, cross_keys, cross_values
            )
            word = logits.argmax(dim=1)
        return int(word[0])

    return speak


def _exported(network: ShotTransformer, folder: Path, beams: int) -> Speak:
    session, _ = make_session((folder / "step.onnx").read_bytes(), "cpu")
    cross_keys, cross_values = (np.repeat(one.numpy(), beams, axis=1) for one in _cross(network))
    layers, _, heads, _, depth = cross_keys.shape

    def speak(count: int) -> int:
        keys = np.zeros((layers, beams, heads, network.config.max_words, depth), np.float32)
        values = keys.copy()
        word = np.full(beams, 2)
        for place in range(count):
            logits, keys, values = session.run(
                None,
                {
                    "word": word,
                    "place": np.array([place]),
                    "self_keys": keys,
                    "self_values": values,
                    "cross_keys": cross_keys,
                    "cross_values": cross_values,
                },
            )
            word = logits.argmax(axis=1)
        return int(word[0])

    return speak


def _hugging_face(network: ShotTransformer) -> Speak | None:
    """BART with our widths and layers, greedy, with its cache; None where the package is not installed."""
    try:
        from transformers import BartConfig, BartForConditionalGeneration
        from transformers.modeling_outputs import BaseModelOutput
    except ImportError:
        print(
            "transformers is not installed: its row is left out (pip install transformers)", file=sys.stderr
        )
        return None
    ours = network.config
    config = BartConfig(
        vocab_size=ours.vocabulary,
        d_model=ours.width,
        encoder_layers=ours.encoder_layers,
        decoder_layers=ours.decoder_layers,
        encoder_attention_heads=ours.heads,
        decoder_attention_heads=ours.heads,
        encoder_ffn_dim=4 * ours.width,
        decoder_ffn_dim=4 * ours.width,
        max_position_embeddings=ours.max_words,
    )
    peer = BartForConditionalGeneration(config).eval()
    seen = BaseModelOutput(last_hidden_state=torch.zeros(1, TOKENS, ours.width))

    @torch.no_grad()
    def speak(count: int) -> object:
        spoken: object = peer.generate(
            encoder_outputs=seen, min_new_tokens=count, max_new_tokens=count, num_beams=1, do_sample=False
        )
        return spoken

    return speak


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.shot_decoding", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL, help="version folder of the describer")
    parser.add_argument("--words", type=int, default=32)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--threads", type=int, help="of torch; all physical cores when left out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
