"""Line plots as SVG, without any package: a title, axes from nought, one coloured line for each series."""

from collections.abc import Mapping, Sequence
from html import escape

__all__ = ["line_plot"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 70, 20, 50, 50
COLOURS = ("#1f5fa8", "#c0501f", "#3a7d2c", "#7a3f98")
_TICKS = 5

Points = Sequence[tuple[float, float]]


def line_plot(title: str, across: str, up: str, series: Mapping[str, Points]) -> str:
    """The text of an SVG file. Raises ValueError when there is no point, or one that is negative."""
    points = [point for line in series.values() for point in line]
    if not points or min(min(point) for point in points) < 0:
        raise ValueError("a plot needs points, and none below nought")
    most_x, most_y = (max(values) or 1.0 for values in zip(*points, strict=True))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + x / most_x * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - y / most_y * (HEIGHT - TOP - BOTTOM),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, 20, title, "start", 15),
        _text(WIDTH / 2, HEIGHT - 8, across),
        _text(LEFT, TOP - 8, up, "end"),
    ]
    for tick in range(_TICKS + 1):
        share = tick / _TICKS
        x, y = place(share * most_x, share * most_y)
        parts += [
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            _text(LEFT - 6, y + 4, f"{share * most_y:.4g}", "end"),
            _text(x, HEIGHT - BOTTOM + 16, f"{share * most_x:.4g}"),
        ]
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in line)
        parts += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
            _text(WIDTH - RIGHT, 20 + 16 * number, name, "end", 12, colour),
        ]
    return "\n".join([*parts, "</svg>", ""])


def _text(x: float, y: float, text: str, anchor: str = "middle", size: int = 12, colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"
