"""One-shot clips for the cut detector's films: invented scenes seen by a moving camera, and rendered clips.

Only what FilmAI itself drew or rendered: pictures of materials are painted into scenes of surfaces, gradients and
shapes, which a camera pans, zooms, rolls, shakes or whips over, with figures in front that move by themselves. A
scene can be looked at again from elsewhere: cuts between such shots are the hard ones. Clips of rendered shots, where
a folder has them, are seen through the same camera.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from .cut_camera import CameraPath, camera_path, own_path
from .data import DataError

__all__ = ["Bytes", "ClipScene", "Floats", "PaintedScene", "Scene", "SceneSource"]

Floats = npt.NDArray[np.floating]
Bytes = npt.NDArray[np.uint8]

CANVAS = (108, 192)
PALETTE = 4
SCENES = 3000
"""So many different scenes are painted, each when it is first needed."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A picture RGBA (4, h, w) that the camera sees; the first layer of a scene fills the frame."""

    pixels: Bytes
    depth: float
    """How much faster than the background it passes by."""
    place: tuple[float, float]
    size: float
    """Of its height, in heights of the background's canvas."""
    life: str
    """still, drift, bounce or wild: how it moves by itself."""


@dataclass(frozen=True, slots=True)
class PaintedScene:
    """Layers from back to front."""

    layers: tuple[_Layer, ...]

    def shoot(self, frames: int, size: tuple[int, int], rng: np.random.Generator) -> Floats:
        """A shot of so many frames, float32 (T, height, width, 3) in 0..1; each call is another camera."""
        path = camera_path(frames, rng)
        mirrored = rng.random() < 0.5
        picture = _view(self.layers[0], path, None, size)[:, :3]
        for layer in self.layers[1:]:
            if rng.random() < 0.85:
                seen = _view(layer, path, own_path(layer.life, frames, rng), size)
                picture = torch.lerp(picture, seen[:, :3], seen[:, 3:])
        return _finished(picture, path, mirrored)


@dataclass(frozen=True, slots=True)
class ClipScene:
    """A rendered clip, uint8 (T, 27, 48, 3); seen again it is mirrored, closer, or earlier or later."""

    pixels: Bytes

    def shoot(self, frames: int, size: tuple[int, int], rng: np.random.Generator) -> Floats:
        """As ``PaintedScene.shoot``: the clip at half to three times its speed, there and back when it is short."""
        speed = float(np.exp(rng.uniform(np.log(0.5), np.log(3.0))))
        last = len(self.pixels) - 1
        time = rng.uniform(0, max(last, 1)) + speed * np.arange(frames)
        time = last - np.abs(time % max(2 * last, 1) - last)  # there and back
        before = np.floor(time).astype(int).clip(0, last)
        share = torch.from_numpy((time - before).astype(np.float32))[:, None, None, None]
        clip = torch.from_numpy(self.pixels).permute(0, 3, 1, 2).float() / 255
        picture = torch.lerp(clip[before], clip[np.minimum(before + 1, last)], share)
        # its own camera moves already: ours only chooses the part that is seen, and sometimes drifts
        path = camera_path(frames, rng, closest=0.45, calm=True)
        grid = _grid(path.x * 0.6, path.y * 0.6, path.width.clip(0.4, 1.0), path.roll * 0.3, size, CANVAS)
        picture = functional.grid_sample(picture, grid, padding_mode="reflection", align_corners=False)
        return _finished(picture, path, rng.random() < 0.5)


Scene = PaintedScene | ClipScene


class SceneSource:
    """Invents scenes from pictures, and takes some from clips."""

    def __init__(
        self, pictures: Sequence[Bytes], clips: Sequence[Bytes] = (), clip_share: float = 0.5
    ) -> None:
        """``pictures`` are (H, W, 3), ``clips`` (T, 27, 48, 3)."""
        if not pictures:
            raise DataError("there are no pictures to paint scenes from")
        self._pictures = pictures
        self._clips = clips
        self._clip_share = clip_share if clips else 0.0
        self._painted: dict[int, PaintedScene] = {}

    @property
    def count(self) -> int:
        """Pictures and clips."""
        return len(self._pictures) + len(self._clips)

    def scene(self, rng: np.random.Generator) -> Scene:
        """A new scene."""
        if rng.random() < self._clip_share:
            return ClipScene(self._clips[int(rng.integers(len(self._clips)))])
        # painting takes longer than shooting: cameras, grades and figures' ways make a scene new each time
        number = int(rng.integers(SCENES))
        if number not in self._painted:
            self._painted[number] = self._paint(np.random.default_rng((1, number)))
        return self._painted[number]

    def _paint(self, rng: np.random.Generator) -> PaintedScene:
        palette = _faded(rng.random((PALETTE, 3), np.float32), float(rng.uniform(0, 1)))
        layers = [_Layer(self._background(palette, rng), 1.0, (0.0, 0.0), 1.0, "still")]
        for _ in range(rng.choice(5, p=(0.2, 0.3, 0.25, 0.15, 0.1))):
            place = (float(rng.uniform(-1.0, 1.0)), float(rng.uniform(-0.5, 0.5)))
            life = str(rng.choice(("still", "drift", "bounce", "wild"), p=(0.35, 0.3, 0.2, 0.15)))
            size = float(np.exp(rng.uniform(np.log(0.12), np.log(1.0))))
            layers.append(_Layer(self._figure(palette, rng), float(rng.uniform(1, 2.2)), place, size, life))
        return PaintedScene(tuple(layers))

    def _background(self, palette: Floats, rng: np.random.Generator) -> Bytes:
        height, width = CANVAS
        rows, columns = _axes(height, width)
        canvas = self._fill(height, width, palette, rng)
        if rng.random() < 0.5:  # a horizon, or a wall and a floor
            line = rng.uniform(-0.4, 0.6) + rng.normal(0, 0.1) * columns
            soft = float(np.exp(rng.uniform(np.log(0.01), np.log(0.3))))
            ground = np.clip((rows - line) / soft + 0.5, 0, 1)[None]
            canvas += ground * (self._fill(height, width, palette, rng) - canvas)
        for _ in range(int(rng.integers(2, 19))):
            mask = _shape(rows, columns, rng)
            canvas += mask * (self._fill(height, width, palette, rng) - canvas)
        light = 1 + rng.uniform(-0.7, 0.7) * rows + rng.uniform(-0.7, 0.7) * columns
        lit = canvas * np.clip(light, 0.1, 2)
        # most pictures use much of the range between black and white
        dark, bright = np.quantile(lit[:, ::4, ::4], (0.03, 0.97))
        low, high = rng.uniform(0, 0.25), rng.uniform(0.45, 1.0)
        lit = np.clip(low + (lit - dark) * float((high - low) / max(bright - dark, 0.1)), 0, 1)
        return _as_bytes(np.concatenate([lit, np.ones((1, height, width), np.float32)]))

    def _figure(self, palette: Floats, rng: np.random.Generator) -> Bytes:
        """Something like a body: blobs that hang together."""
        side = 64
        rows, columns = _axes(side, side)
        mask = np.zeros((side, side), np.float32)
        for _ in range(int(rng.integers(1, 5))):
            x, y = rng.uniform(-0.4, 0.4, 2)
            wide, high = rng.uniform(0.1, 0.5, 2)
            distance = np.hypot((columns - x) / wide, (rows - y) / high)
            mask = np.maximum(mask, np.clip((1 - distance) * 6, 0, 1))
        fill = self._fill(side, side, palette, rng)
        fill = np.where(rows > rng.uniform(-0.5, 0.5), fill, self._fill(side, side, palette, rng))
        shade = np.clip(1 + rng.uniform(-0.6, 0.6) * columns, 0.2, 1.6)
        return _as_bytes(np.concatenate([np.clip(fill * shade, 0, 1), mask[None]]))

    def _fill(self, height: int, width: int, palette: Floats, rng: np.random.Generator) -> Floats:
        """(3, height, width): a flat colour, a gradient, a soft noise, or a part of a picture in a colour."""
        first, second = palette[rng.integers(PALETTE, size=2)][:, :, None, None]
        kind = rng.choice(4, p=(0.15, 0.2, 0.2, 0.45))
        if kind == 0:
            return np.broadcast_to(first, (3, height, width)).copy()
        if kind == 1:
            rows, columns = _axes(height, width)
            angle = rng.uniform(0, 2 * np.pi)
            share = np.clip(0.5 + 0.5 * (np.cos(angle) * rows + np.sin(angle) * columns), 0, 1)
        elif kind == 2:
            cells = int(rng.integers(2, 20))
            noise = torch.from_numpy(rng.random((1, 1, cells, 2 * cells), np.float32))
            share = functional.interpolate(noise, (height, width), mode="bicubic")[0, 0].clamp(0, 1).numpy()
        else:
            part = self._part(height, width, rng)
            return _toned(part, first, float(rng.choice((0.0, 0.5, 0.9))))
        filled: Floats = first + share * (second - first)
        return filled

    def _part(self, height: int, width: int, rng: np.random.Generator) -> Floats:
        picture = self._pictures[int(rng.integers(len(self._pictures)))]
        side = int(rng.integers(24, min(picture.shape[:2]) + 1))
        top, left = rng.integers(0, np.array(picture.shape[:2]) - side + 1)
        crop = (
            torch.from_numpy(picture[top : top + side, left : left + side].copy())
            .permute(2, 0, 1)[None]
            .float()
            / 255
        )
        if rng.random() < 0.5:
            crop = crop.transpose(2, 3)
        resized: Floats = functional.interpolate(crop, (height, width), mode="bilinear")[0].numpy()
        return resized


def _view(
    layer: _Layer, path: CameraPath, own: tuple[Floats, Floats] | None, size: tuple[int, int]
) -> torch.Tensor:
    """What the camera sees of a layer: (T, 4, height, width)."""
    canvas = torch.from_numpy(layer.pixels)[None].float() / 255
    if own is None:
        grid = _grid(path.x, path.y, path.width, path.roll, size, layer.pixels.shape[1:])
        padding = "reflection"
    else:
        # the layer's own frame: shifted by its place and its motion, larger by its size
        x = (path.x * layer.depth - layer.place[0] - own[0]) / layer.size
        y = (path.y * layer.depth - layer.place[1] - own[1]) / layer.size
        grid = _grid(x, y, path.width / layer.size, path.roll, size, layer.pixels.shape[1:])
        padding = "zeros"
    # a wide view of a fine picture would flicker: pixels of the canvas are averaged first
    coarse = max(1, round(float(path.width.mean()) / layer.size * canvas.shape[2] / size[0] * 0.7))
    if coarse > 1:
        canvas = functional.avg_pool2d(canvas, min(coarse, *canvas.shape[2:]), ceil_mode=True)
    canvas = canvas.expand(len(path.x), -1, -1, -1)
    return functional.grid_sample(canvas, grid, padding_mode=padding, align_corners=False)


def _grid(
    x: Floats, y: Floats, width: Floats, roll: Floats, size: tuple[int, int], canvas: Sequence[int]
) -> torch.Tensor:
    """Where each pixel looks: (T, height, width, 2). x, y and width are in half heights of the canvas."""
    rows, columns = _axes(*size)
    aspect = size[1] / size[0]
    cos, sin = np.cos(roll)[:, None, None], np.sin(roll)[:, None, None]
    across, down = columns[None] * aspect, np.broadcast_to(rows[None], (1, *size))
    scale = width[:, None, None]
    horizontal = x[:, None, None] + scale * (cos * across - sin * down)
    vertical = y[:, None, None] + scale * (sin * across + cos * down)
    grid = np.stack([horizontal * (canvas[0] / canvas[1]), vertical], axis=-1)
    return torch.from_numpy(grid.astype(np.float32))


def _finished(picture: torch.Tensor, path: CameraPath, mirrored: bool) -> Floats:
    if mirrored:
        picture = picture.flip(3)
    if path.blur > 1:
        # an open shutter: frames of a fast pan are smeared along the way
        side = 2 * (path.blur // 2) + 1
        smeared = functional.avg_pool2d(picture, (1, side), 1, (0, side // 2), count_include_pad=False)
        picture = torch.lerp(picture, smeared, torch.from_numpy(path.fast)[:, None, None, None])
    frames: Floats = picture.permute(0, 2, 3, 1).contiguous().numpy()
    return frames


def _axes(height: int, width: int) -> tuple[Floats, Floats]:
    """Rows and columns of a picture's pixels from -1 to 1, as (height, 1) and (1, width)."""
    rows = (np.arange(height, dtype=np.float32) * 2 + 1) / height - 1
    columns = (np.arange(width, dtype=np.float32) * 2 + 1) / width - 1
    return rows[:, None], columns[None]


def _shape(rows: Floats, columns: Floats, rng: np.random.Generator) -> Floats:
    """A mask (H, W) in 0..1: an ellipse or a box anywhere, of any size, turned, crisp or out of focus."""
    x, y, angle = rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0, np.pi) * (rng.random() < 0.4)
    wide, high = (float(np.exp(rng.uniform(np.log(0.04), np.log(0.8)))) for _ in range(2))
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    across = np.abs((columns - x) * cos - (rows - y) * sin) / wide
    down = np.abs((columns - x) * sin + (rows - y) * cos) / high
    distance = np.maximum(across, down) if rng.random() < 0.5 else np.hypot(across, down)
    soft = float(np.exp(rng.uniform(np.log(0.03), np.log(1.0))))
    mask: Floats = np.clip((1 - distance) / soft, 0, 1)
    return mask


def _toned(part: Floats, colour: Floats, share: float) -> Floats:
    """``part`` with its hues drawn towards a colour, its light and dark kept."""
    grey = part.mean(0, keepdims=True)
    toned: Floats = part + share * (np.clip(grey * 2 * colour, 0, 1) - part)
    return toned


def _as_bytes(picture: Floats) -> Bytes:
    return (picture * 255).round().astype(np.uint8)


def _faded(palette: Floats, share: float) -> Floats:
    faded: Floats = palette + share * (palette.mean(1, keepdims=True) - palette)
    return faded
