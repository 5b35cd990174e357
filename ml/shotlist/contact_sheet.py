"""The contact sheet: one HTML page with a picture of each shot, a timeline and statistics.

The page stands alone: pictures and style are in it, no script, nothing is loaded from elsewhere. Whatever
comes from outside (names, sentences) is escaped. Standard library only.
"""

import base64
from html import escape
from pathlib import Path

from ..shot_terms import FIELD_INDEX, FIELDS
from .entries import ListedShot, ShotList, value_label
from .statistics import Share, shares, summary
from .style import STYLE

__all__ = ["contact_sheet"]

_CHIPS = ("size", "angle", "movement", "light", "time", "subject", "action")
_SHARES = ("size", "movement", "light")
_MAX_PICTURE_BYTES = 1 << 20
_TEXTS = {
    "en": {
        "shots": "shots",
        "total": "total",
        "mean": "average shot length",
        "median": "median",
        "range": "shortest and longest",
        "uncertain": "uncertain",
        "timeline": "Timeline",
        "none": "The list has no shots.",
        "no_picture": "no picture",
        "made": "Made with FilmAI. Pale fields are uncertain.",
    },
    "zh": {
        "shots": "个镜头",
        "total": "总长",
        "mean": "平均镜头长度",
        "median": "中位数",
        "range": "最短与最长",
        "uncertain": "不确定",
        "timeline": "时间线",
        "none": "列表中没有镜头。",
        "no_picture": "无画面",
        "made": "由 FilmAI 生成。浅色字段表示不确定。",
    },
}


def contact_sheet(listed: ShotList) -> str:
    """The page as text, UTF-8 to be. A picture that cannot be read is left out of its card."""
    texts = _TEXTS[listed.language]
    title = escape(listed.title)
    body = [f"<h1>{title}</h1>"]
    if listed.shots:
        body += [_numbers(listed, texts), _timeline(listed, texts), _all_shares(listed, texts)]
        cards = "".join(_card(listed, shot, texts) for shot in listed.shots)
        body.append(f'<section class="cards">{cards}</section>')
    else:
        body.append(f"<p>{texts['none']}</p>")
    language = "zh-Hans" if listed.language == "zh" else "en"
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>{''.join(body)}"
        f"<footer>{texts['made']}</footer></body></html>\n"
    )


def _numbers(listed: ShotList, texts: dict[str, str]) -> str:
    about = summary(listed)
    tiles = (
        (str(about.shots), texts["shots"]),
        (_length(about.total_seconds), texts["total"]),
        (_length(about.mean_seconds), texts["mean"]),
        (_length(about.median_seconds), texts["median"]),
        (f"{_length(about.shortest_seconds)} / {_length(about.longest_seconds)}", texts["range"]),
    )
    return (
        '<section class="numbers">'
        + "".join(f"<div><b>{escape(number)}</b><span>{name}</span></div>" for number, name in tiles)
        + "</section>"
    )


def _length(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02} min"


def _timeline(listed: ShotList, texts: dict[str, str]) -> str:
    """A bar as long as the whole, divided as the shots are; gaps stay empty."""
    start = listed.shots[0].start_frame
    whole = max(shot.end_frame for shot in listed.shots) - start
    parts = []
    for shot in listed.shots:
        left = (shot.start_frame - start) / whole * 100
        width = (shot.end_frame - shot.start_frame) / whole * 100
        hint = escape(f"{shot.number}: {shot.sentence(listed.language)}", quote=True)
        parts.append(
            f'<a href="#shot{shot.number}" class="{_size_class(shot)}" title="{hint}" '
            f'style="left:{left:.3f}%;width:{width:.3f}%"></a>'
        )
    return f'<h2>{texts["timeline"]}</h2><div class="timeline">{"".join(parts)}</div>'


def _size_class(shot: ListedShot) -> str:
    guess = shot.guess("size")
    return f"size-{guess.value}" if guess is not None and guess.certain else "size-none"


def _all_shares(listed: ShotList, texts: dict[str, str]) -> str:
    columns = []
    for name in _SHARES:
        field = FIELDS[FIELD_INDEX[name]]
        rows = "".join(
            _share_row(name, share, listed.language, texts) for share in shares(listed.shots, name)
        )
        heading = field.zh if listed.language == "zh" else field.en
        columns.append(f"<div><h2>{heading}</h2><table>{rows}</table></div>")
    return f'<section class="shares">{"".join(columns)}</section>'


def _share_row(name: str, share: Share, language: str, texts: dict[str, str]) -> str:
    if share.value:
        field = FIELDS[FIELD_INDEX[name]]
        value = field.values[field.index(share.value)]
        label = value.zh if language == "zh" else value.en
    else:
        label = texts["uncertain"]
    colour = f"size-{share.value or 'none'}" if name == "size" else "other"
    percent = share.share * 100
    return (
        f'<tr><th>{escape(label)}</th><td><i class="{colour}" style="width:{percent:.1f}%"></i></td>'
        f"<td>{share.shots}</td><td>{percent:.0f} %</td></tr>"
    )


def _card(listed: ShotList, shot: ListedShot, texts: dict[str, str]) -> str:
    times = " \N{EN DASH} ".join(map(listed.timecode, (shot.start_frame, shot.end_frame)))
    chips = ""
    for name in _CHIPS:
        guess = shot.guess(name)
        if guess is not None:
            sure = "sure" if guess.certain else "unsure"
            field = FIELDS[FIELD_INDEX[name]]
            heading = field.zh if listed.language == "zh" else field.en
            hint = escape(f"{heading}, {guess.confidence * 100:.0f} %", quote=True)
            # an uncertain field says which one it is, since its value does not
            label = value_label(guess, listed.language) if guess.certain else f"{heading}?"
            chips += f'<span class="{sure}" title="{hint}">{escape(label)}</span>'
    return (
        f'<article id="shot{shot.number}">{_picture(shot, texts)}'
        f'<p class="when"><b>{shot.number}</b> {times} <em>{listed.duration_seconds(shot):.2f} s</em></p>'
        f'<p class="name">{escape(shot.name)}</p><p>{escape(shot.sentence(listed.language))}</p>'
        f'<p class="chips">{chips}</p></article>'
    )


def _picture(shot: ListedShot, texts: dict[str, str]) -> str:
    content = _bytes_or_none(shot.thumbnail)
    if content is None:
        return f'<div class="empty">{texts["no_picture"]}</div>'
    hint = escape(shot.name, quote=True)
    return f'<img alt="{hint}" src="data:image/jpeg;base64,{base64.b64encode(content).decode("ascii")}">'


def _bytes_or_none(path: str) -> bytes | None:
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            content = file.read(_MAX_PICTURE_BYTES + 1)
    except OSError:
        return None
    return content if content[:2] == b"\xff\xd8" and len(content) <= _MAX_PICTURE_BYTES else None
