"""Timecodes as edit lists write them (SMPTE ST 12-1). Standard library only."""

from fractions import Fraction

__all__ = ["frames_of", "is_drop_frame", "timecode"]

_NTSC = Fraction(1000, 1001)


def is_drop_frame(rate: Fraction) -> bool:
    """True for 29.97 and 59.94: their timecodes leave out numbers so that they keep to the clock."""
    return any(abs(rate - nominal * _NTSC) < Fraction(1, 1000) for nominal in (30, 60))


def timecode(frame: int, rate: Fraction) -> str:
    """``HH:MM:SS:FF`` of a frame counted from 0; with ``;`` before the frames when numbers are left out.

    Rates that are no whole number count frames as the next whole one does, 23.976 as 24. Frames before 0 have a
    minus.
    """
    if frame < 0:
        return f"-{timecode(-frame, rate)}"
    nominal = _nominal(rate)
    drop = is_drop_frame(rate)
    if drop:
        frame += _left_out(frame, nominal)
    seconds, frames = divmod(frame, nominal)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if drop else ':'}{frames:02}"


def frames_of(text: str, rate: Fraction) -> int:
    """The frame of a timecode; the other way round. Raises ValueError for anything else."""
    parts = text.replace(";", ":").split(":")
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        raise ValueError(f"{text!r:.40} is no timecode; write HH:MM:SS:FF")
    hours, minutes, seconds, frames = (int(part) for part in parts)
    nominal = _nominal(rate)
    if minutes > 59 or seconds > 59 or frames >= nominal:
        raise ValueError(f"{text!r:.40} is no timecode at {float(rate):g} frames per second")
    count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
    if is_drop_frame(rate):
        all_minutes = hours * 60 + minutes
        count -= _dropped_a_minute(nominal) * (all_minutes - all_minutes // 10)
    return count


def _nominal(rate: Fraction) -> int:
    return max(1, round(rate))


def _dropped_a_minute(nominal: int) -> int:
    return nominal // 15


def _left_out(frame: int, nominal: int) -> int:
    """Two numbers (at 59.94 four) are left out each minute, but for every tenth."""
    dropped = _dropped_a_minute(nominal)
    a_minute = nominal * 60 - dropped
    ten_minutes = a_minute * 10 + dropped
    tens, rest = divmod(frame, ten_minutes)
    minutes = 0 if rest < nominal * 60 else 1 + (rest - nominal * 60) // a_minute
    return dropped * (tens * 9 + minutes)
