"""CSV for spreadsheets and JSON for programs. Standard library only."""

import csv
import io
import json
from typing import Any

from ..shot_terms import FIELDS
from .entries import ListedShot, ShotList, value_label

__all__ = ["csv_text", "json_text"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(listed: ShotList) -> str:
    """A row a shot, with a heading; times as timecode and in seconds, each field with its confidence in percent.

    Written with a byte order mark, without which a spreadsheet takes Chinese for something else.
    """
    chinese = listed.language == "zh"
    stream = io.StringIO(newline="")
    rows = csv.writer(stream)
    headings = ["number", "name", "in", "out", "seconds"]
    for field in FIELDS:
        headings += [field.zh if chinese else field.en, f"{field.id} %"]
    rows.writerow([*headings, "description", "media"])
    for shot in listed.shots:
        row: list[object] = [shot.number, _cell(shot.name), *_in_and_out(listed, shot)]
        row.append(f"{listed.duration_seconds(shot):.3f}")
        for field in FIELDS:
            guess = shot.guess(field.id)
            row += (
                ["", ""]
                if guess is None
                else [value_label(guess, listed.language), round(guess.confidence * 100)]
            )
        rows.writerow([*row, _cell(shot.sentence(listed.language)), _cell(shot.media)])
    return "\ufeff" + stream.getvalue()


def json_text(listed: ShotList) -> str:
    """Everything that is known, ids for values; ``version`` changes when a field changes its meaning."""
    plain = {
        "version": 1,
        "title": listed.title,
        "rate": [listed.rate.numerator, listed.rate.denominator],
        "first_frame": listed.first_frame,
        "start_timecode": listed.timecode(listed.first_frame),
        "shots": [_plain_shot(listed, shot) for shot in listed.shots],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain_shot(listed: ShotList, shot: ListedShot) -> dict[str, Any]:
    start, end = _in_and_out(listed, shot)
    return {
        "number": shot.number,
        "name": shot.name,
        "media": shot.media,
        "in": start,
        "out": end,
        "start_frame": shot.start_frame,
        "end_frame": shot.end_frame,
        "start_seconds": round(listed.seconds(shot.start_frame), 6),
        "end_seconds": round(listed.seconds(shot.end_frame), 6),
        "media_start_seconds": round(shot.media_start_seconds, 6),
        "fields": {
            guess.field: {
                "value": guess.value,
                "confidence": round(guess.confidence, 4),
                "certain": guess.certain,
                "fixed": guess.fixed,
            }
            for guess in shot.fields
        },
        "en": shot.en,
        "zh": shot.zh,
    }


def _in_and_out(listed: ShotList, shot: ListedShot) -> tuple[str, str]:
    return listed.timecode(shot.start_frame), listed.timecode(shot.end_frame)


def _cell(text: str) -> str:
    """A name from elsewhere must not become a formula when a spreadsheet opens the file."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
