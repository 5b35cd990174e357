"""Toning by tables, as maps are written, against toning in floats, as means are found."""

import numpy as np
import pytest

from ml.infer.toning import Tone, toned, toned_bytes


@pytest.mark.parametrize(
    "tone",
    [
        Tone(),
        Tone(base_shift=(0.1, 0.03, -0.02), second_shift=(-0.2, 0.0, 0.05), contrast=1.8, middle=0.5),
        Tone(base_shift=(-0.6, 0.1, 0.1), contrast=0.2, middle=0.3),
    ],
)
def test_tables_are_right_to_the_last_digit(tone: Tone) -> None:
    rng = np.random.default_rng(0)
    albedo = rng.integers(0, 65536, (64, 64, 3), np.uint16)
    albedo[0] = np.arange(64)[:, None] * 8
    out = rng.random((64, 64), np.float32)
    exact = toned(albedo.astype(np.float32) / 65535, out, tone) * 255
    assert np.abs(toned_bytes(albedo, out, tone) - exact).max() < 0.5 + 0.06
