"""``ml.controls`` once more in torch, so that a generator can be taught to obey: the same numbers, with gradients."""

import torch
from torch import Tensor

from ..colour import LAB_OF_ROOTS, LMS_OF_LINEAR
from ..controls import CENTRES, REGION_FROM, REGION_TO, SCALES, SMALLEST_REGION

__all__ = ["measured_controls"]

_LMS = torch.tensor(LMS_OF_LINEAR, dtype=torch.float32)
_LAB = torch.tensor(LAB_OF_ROOTS, dtype=torch.float32)


def measured_controls(maps: Tensor, guide: Tensor) -> Tensor:
    """(B, 9): every control but the zoom, scaled. maps (B, 6, H, W) and guide (B, 4, H, W), 0 to 1."""
    encoded = maps[:, :3].clamp(1e-4, 1)
    linear = torch.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    roots = torch.einsum("rc,bchw->brhw", _LMS, linear).clamp_min(1e-6) ** (1 / 3)
    oklab = torch.einsum("rc,bchw->brhw", _LAB, roots)  # (B, 3, H, W)
    place = ((guide[:, :1] - REGION_FROM) / (REGION_TO - REGION_FROM)).clamp(0, 1)
    out = place * place * (3 - 2 * place)  # (B, 1, H, W)
    base = _mean_or(oklab, out, oklab.mean((2, 3)))
    second = _mean_or(oklab, 1 - out, base)
    weight = torch.where(out.mean((2, 3), keepdim=True) >= SMALLEST_REGION, out, torch.ones_like(out))
    away = (oklab[:, :1] - base[:, :1, None, None]).square()
    contrast = ((away * weight).sum((1, 2, 3)) / weight.sum((1, 2, 3)) + 1e-8).sqrt()
    numbers = torch.cat([base, second, contrast[:, None], maps[:, 4:6].mean((2, 3))], dim=1)
    return (numbers - torch.from_numpy(CENTRES[:9])) / torch.from_numpy(SCALES[:9])


def _mean_or(oklab: Tensor, weight: Tensor, otherwise: Tensor) -> Tensor:
    """(B, 3): the weighted mean, unless the weights cover next to nothing."""
    area = weight.mean((2, 3))  # (B, 1)
    mean = (oklab * weight).mean((2, 3)) / area.clamp_min(1e-6)
    return torch.where(area >= SMALLEST_REGION, mean, otherwise)
