"""What happens within a shot and is no cut: flashes, passers-by, titles, explosions, frozen frames, and more.

Each takes frames float32 (T, H, W, 3) in 0..1 and gives frames of the same shape.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

__all__ = ["DISTURBANCES", "disturb"]

Floats = npt.NDArray[np.floating]
Rng = np.random.Generator


def disturb(frames: Floats, share: float, rng: Rng) -> Floats:
    """One or two disturbances in that share of shots. Ends stay in 0..1."""
    if len(frames) < 4 or rng.random() >= share:
        return frames
    names = rng.choice(sorted(DISTURBANCES), size=1 + int(rng.random() < 0.3), replace=False)
    for name in names:
        frames = DISTURBANCES[str(name)](frames, rng)
    return _clipped(frames)


def _flash(frames: Floats, rng: Rng) -> Floats:
    """A lamp, lightning or a muzzle: one to four frames, over all of the picture or around a point, then gone."""
    strength = np.zeros(len(frames), np.float32)
    start = int(rng.integers(1, len(frames)))
    for _ in range(int(rng.choice((1, 1, 1, 2, 4)))):
        length = int(rng.integers(1, 5))
        end = min(start + length, len(frames))
        fading = np.linspace(1, rng.uniform(0.3, 1), length)[: max(end - start, 0)]
        strength[start:end] = np.maximum(strength[start:end], fading)
        start += length + int(rng.integers(1, 8))
    strength *= rng.uniform(0.3, 1)
    place = 1.0 if rng.random() < 0.5 else _glow(frames, rng)
    colour = np.ones(3) if rng.random() < 0.8 else rng.uniform(0.5, 1, 3)
    if rng.random() < 0.15:
        colour = np.zeros(3)  # a frame that dropped to black
    return _over(frames, colour, strength[:, None, None, None] * place)


def _exposure_jump(frames: Floats, rng: Rng) -> Floats:
    """A light is switched, or the camera's automatic exposure corrects itself."""
    start, length = rng.integers(0, len(frames)), rng.choice((1, 1, 2, 6, 20, 70))
    ramp = np.clip((np.arange(len(frames)) - start) / length, 0, 1)[:, None, None, None]
    gain = np.exp(rng.choice((-1, 1)) * rng.uniform(0.15, 0.8)) * rng.uniform(0.85, 1.15, 3)
    return _clipped(frames * (1 + ramp * (gain - 1)))


def _passer_by(frames: Floats, rng: Rng) -> Floats:
    """Something large and near crosses the picture within 4 to 40 frames, and may fill it for a moment."""
    height, width = frames.shape[1:3]
    rows = (np.arange(height) / height)[:, None]
    columns = (np.arange(width) / width)[None]
    length = float(np.exp(rng.uniform(np.log(4), np.log(40))))
    time = (np.arange(len(frames)) - rng.uniform(0, len(frames))) / length
    broad, slant, soft = rng.uniform(0.25, 1.2), rng.normal(0, 0.3), rng.uniform(0.02, 0.2)
    middle = (time * (1 + broad) * rng.choice((-1, 1)) + 0.5)[:, None, None]
    edge = np.abs(columns + slant * (rows - 0.5) - middle)
    mask = np.clip((broad / 2 - edge) / soft + 0.5, 0, 1)
    colour = rng.random(3) * rng.uniform(0.05, 1)
    texture = 1 + 0.3 * rng.standard_normal((1, height, width, 1)) * rng.random()
    # a plain thing, or one that looks like what is there already
    there = colour * texture if rng.random() < 0.6 else frames[:1, ::-1, ::-1] * rng.uniform(0.4, 1.3)
    return _clipped(frames + mask[..., None] * (there - frames))


def _titles(frames: Floats, rng: Rng) -> Floats:
    """Subtitles or a title come and go, at once or fading, once or several times: rows of marks, perhaps on a plate."""
    height, width = frames.shape[1:3]
    result = frames.copy()
    colour = np.ones(3) if rng.random() < 0.7 else rng.random(3)
    fade = int(rng.choice((1, 1, 5, 12, 24)))
    start = int(rng.integers(0, len(frames)))
    for _ in range(int(rng.integers(1, 4))):
        end = start + int(rng.integers(6, 70))
        time = np.arange(len(frames))
        shown = np.clip(np.minimum(time - start + 1, end - time) / fade, 0, 1)[:, None, None, None]
        large = rng.random() < 0.25
        line_height = max(1, int(height * (rng.uniform(0.1, 0.25) if large else rng.uniform(0.04, 0.08))))
        top = int(height * (rng.uniform(0.1, 0.7) if large else rng.uniform(0.75, 0.9)))
        left = int(width * rng.uniform(0.05, 0.35))
        plate = 0.9 if rng.random() < 0.2 else 0.0
        for line in range(int(rng.integers(1, 3))):
            upper = top + line * (line_height + 1)
            part = result[:, upper : upper + line_height, left : width - left]
            part *= 1 - plate * shown
            ink = rng.random((1, *part.shape[1:3], 1)) * rng.uniform(0.5, 1.2)
            part += np.clip(ink, 0, 1) * shown * (colour - part)
        start = end + int(rng.integers(0, 30))
    return result


def _explosion(frames: Floats, rng: Rng) -> Floats:
    """A burst of light that grows within a few frames, rolls, and thins out to smoke."""
    time = np.arange(len(frames)) - rng.integers(0, len(frames))
    rise, fall = rng.uniform(1, 5), rng.uniform(6, 40)
    strength = np.where(
        time < 0, 0, np.minimum((time + 1) / rise, np.exp(-np.maximum(time - rise, 0) / fall))
    )
    size = np.clip(time / rise, 0.2, 3)[:, None, None, None] ** 0.5
    glow = np.clip(_glow(frames, rng) * size * (1 + 0.4 * rng.standard_normal((*frames.shape[:3], 1))), 0, 1)
    hot, smoke = np.array((1.0, 0.8, 0.4)), np.full(3, rng.uniform(0.1, 0.5))
    cooled = np.exp(-np.maximum(time, 0) / (0.4 * fall))[:, None, None, None]
    return _over(frames, smoke + cooled * (hot - smoke), strength[:, None, None, None] * glow)


def _flicker(frames: Floats, rng: Rng) -> Floats:
    """A tube, a fire or an old print: brightness of every frame, or of every other one."""
    noise = rng.standard_normal((len(frames), 1, 1, 1))
    if rng.random() < 0.3:
        noise = np.where(np.arange(len(frames)) % 2, 1.0, -1.0)[:, None, None, None]
    return _clipped(frames * (1 + rng.uniform(0.02, 0.25) * noise))


def _repeated(frames: Floats, rng: Rng) -> Floats:
    """Frames shown twice or dropped: pulldown, animation on twos or threes, a stuttering recording."""
    index = np.arange(len(frames))
    kind = rng.integers(3)
    if kind == 0:
        hold = int(rng.integers(2, 5))
        index = index // hold * hold
    elif kind == 1:
        index = index - (index % 5 == 4)
    else:
        index = index + np.cumsum(rng.choice((0, 0, 0, 0, 0, 0, 0, 1, -1, 3), len(frames)))
        index = np.maximum.accumulate(index.clip(0, len(frames) - 1))
    return frames[index]


def _freeze(frames: Floats, rng: Rng) -> Floats:
    """The picture stands still for a while, or from a frame on."""
    start = int(rng.integers(0, len(frames)))
    index = np.arange(len(frames))
    index[start : start + int(rng.integers(4, 60))] = start
    return frames[index]


def _bars(frames: Floats, rng: Rng) -> Floats:
    """Letterbox bars appear or go, at once or growing."""
    height = frames.shape[1]
    start, length = rng.integers(0, len(frames)), rng.choice((1, 1, 8, 24))
    grown = np.clip((np.arange(len(frames)) - start) / length, 0, 1)
    if rng.random() < 0.4:
        grown = 1 - grown
    bar = rng.uniform(0.06, 0.16) * height * grown
    row = np.arange(height) + 0.5
    covered = np.clip(bar[:, None] - np.minimum(row, height - row)[None] + 0.5, 0, 1)
    return _clipped(frames * (1 - covered[:, :, None, None]))


def _focus(frames: Floats, rng: Rng) -> Floats:
    """The focus is pulled: the picture goes soft and comes back."""
    soft = frames.copy()
    for axis in (1, 2):
        for shift in (1, 2):
            soft = (2 * soft + np.roll(soft, shift, axis) + np.roll(soft, -shift, axis)) / 4
    middle, length = rng.uniform(0, len(frames)), rng.uniform(4, 30)
    share = np.exp(-(((np.arange(len(frames)) - middle) / length) ** 2))[:, None, None, None]
    return _clipped(frames + share * (soft - frames))


def _blinking_lamps(frames: Floats, rng: Rng) -> Floats:
    """Coloured light that changes to a beat, as on a stage."""
    beat = int(rng.integers(3, 20))
    colours = rng.uniform(0.65, 1.3, (len(frames) // beat + 1, 3))
    tint = colours[np.arange(len(frames)) // beat][:, None, None]
    return _clipped(frames * (1 + _glow(frames, rng) * (tint - 1)))


def _time_lapse(frames: Floats, rng: Rng) -> Floats:
    """Minutes between frames: light wanders, shadows wander over the picture, nothing stands quite still."""
    height, width = frames.shape[1:3]
    steps = rng.standard_normal((3, len(frames))) * rng.uniform(0.02, 0.15)
    light, across, down = np.cumsum(steps, axis=1)
    rows, columns = np.linspace(-1, 1, height)[:, None], np.linspace(-1, 1, width)[None]
    slope = across[:, None, None] * columns + down[:, None, None] * rows
    lapsed = frames * np.exp(np.clip(0.5 * light[:, None, None] + slope, -1, 0.7))[..., None]
    for index in np.flatnonzero(rng.random(len(frames)) < rng.uniform(0, 0.5)):
        lapsed[index] = np.roll(lapsed[index], tuple(rng.integers(-1, 2, 2)), (0, 1))
    return _clipped(lapsed)


def _shimmer(frames: Floats, rng: Rng) -> Floats:
    """Water, leaves, a crowd: within a part of the picture everything moves, and goes nowhere."""
    height, width = frames.shape[1:3]
    place = _glow(frames, rng) * rng.uniform(0.5, 1.0)
    rate, reach = rng.uniform(0.05, 0.8), max(1, height // 14)
    moved = np.zeros_like(frames)
    total = np.zeros((len(frames), height, width, 1), np.float32)
    for _ in range(3):
        phase = 2 * np.pi * (rate * np.arange(len(frames)) + rng.random())
        waves = phase[:, None, None] + rng.uniform(2, 25) * _glow(frames, rng)[0, ..., 0]
        weight = (1.1 + np.sin(waves))[..., None]
        shift = tuple(rng.integers(-reach, reach + 1, 2))
        moved += weight * np.roll(frames, shift, (1, 2))
        total += weight
    return _clipped(frames + place * (moved / total - frames))


DISTURBANCES: dict[str, Callable[[Floats, Rng], Floats]] = {
    "bars": _bars,
    "blinking_lamps": _blinking_lamps,
    "explosion": _explosion,
    "exposure_jump": _exposure_jump,
    "flash": _flash,
    "flicker": _flicker,
    "focus": _focus,
    "freeze": _freeze,
    "passer_by": _passer_by,
    "repeated": _repeated,
    "shimmer": _shimmer,
    "time_lapse": _time_lapse,
    "titles": _titles,
}
"""By name; slow zooms, whip pans, shake and fast action are the cameras' and the figures' own."""


def _glow(frames: Floats, rng: Rng) -> Floats:
    """(1, H, W, 1) in 0..1, brightest around a point."""
    height, width = frames.shape[1:3]
    rows = (np.arange(height) / height - rng.random())[:, None]
    columns = (np.arange(width) / width - rng.random())[None]
    size = rng.uniform(0.15, 1.0)
    glow: Floats = np.exp(-(rows**2 + columns**2) / size**2)[None, :, :, None].astype(np.float32)
    return glow


def _over(frames: Floats, colour: Floats, share: Floats) -> Floats:
    return _clipped(frames + share * (colour - frames))


def _clipped(frames: Floats) -> Floats:
    clipped: Floats = np.clip(frames, 0, 1).astype(np.float32, copy=False)
    return clipped
