"""Threads: woven and knitted cloth."""

from ...layouts import knit as knit_layout
from ...layouts import warped, weave
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .wear import cavity, per_cell

__all__: list[str] = []


@recipe("fabric_weave")
def fabric_weave(g: Graph, p: Params, px: int) -> Maps:
    """Plain, basket and twill weaves of thick yarn in one or two colours: linen, denim, canvas, tweed."""
    over, under = {"plain": (1, 1), "twill": (2, 2), "denim": (2, 1)}[
        p.pick("weave", ("plain", "twill", "denim"))
    ]
    threads = (over + under) * round(p.range("threads", 10, 16) / (over + under))
    straight = weave(px, threads, p.integer_seed(), over, under)
    layout = warped(straight, p.range("irregularity", 0.0005, 0.003), 8, p.integer_seed())
    edge, cell, slope = g.layout(layout)
    warp_colour, weft_colour = _yarns(p)
    level = cell.smoothstep(0.4999, 0.5001)
    yarn = g.mix(warp_colour, weft_colour, level)
    number = (cell * 2.0).fraction()
    yarn = per_cell(g, yarn, number, p.range("variation", 0.1, 0.45), 0.02)
    # twist: fine oblique fibres, in whole numbers of periods
    fibres = 0.5 + 0.5 * ((g.u + g.v) * (6.283185307 * threads * 3)).sine()
    fuzz = g.spread_drawn(70, 3)
    yarn = g.scale_colour(yarn, 0.82 + fibres * 0.16 + fuzz * 0.14)
    round_back = edge.smoothstep(0.0, 0.75)
    bow = (slope * (1.0 - slope) * 4.0).clamp()
    openness = round_back * (0.35 + bow * 0.65)
    albedo = cavity(g, yarn, openness, p.range("depth", 0.72, 0.9))
    faded = g.spread_drawn(3, 4) * p.wear("fading", 0.0, 0.25)
    albedo = g.scale_colour(albedo, 1.0 - faded)
    guide = Guide(openness, number, level, faded * 4.0)
    return Maps(albedo, openness * 0.8 + fibres * 0.06 + 0.05, 0.8 + fuzz * 0.15, 0.0, guide)


def _yarns(p: Params) -> tuple[Colour, Colour]:
    kind = p.pick("colours", ("linen", "denim", "single", "two"))
    if kind == "linen":
        pale = p.colour("yarn", (0.08, 0.13), (0.1, 0.35), (0.7, 0.88))
        return pale, pale
    if kind == "denim":
        return p.colour("yarn", (0.58, 0.64), (0.45, 0.7), (0.28, 0.5)), (0.6, 0.62, 0.66)
    yarn = p.colour("yarn", (0.0, 1.0), (0.15, 0.5), (0.3, 0.75))
    if kind == "single":
        return yarn, yarn
    return yarn, p.colour("other_yarn", (0.05, 0.15), (0.0, 0.25), (0.12, 0.9))


@recipe("knit")
def knit(g: Graph, p: Params, px: int) -> Maps:
    """Stocking stitch of wool: plain, striped or flecked, tight or loose, fluffy."""
    rows = 2 * p.count("half_rows", 3, 5)
    columns = max(4, round(rows * p.range("stitch_width", 0.6, 0.85)))
    slant = p.range("slant", 0.7, 1.1)
    layout = knit_layout(px, rows, columns, p.integer_seed(), slant)
    edge, cell, slope = g.layout(layout)
    wool = p.colour("wool", (0.0, 1.0), (0.08, 0.5), (0.4, 0.88))
    other = p.colour("other_wool", (0.0, 1.0), (0.0, 0.45), (0.15, 0.92))
    pattern = _pattern(g, p, cell, slope, rows, slant)
    yarn = per_cell(g, wool, cell, 0.5, 0.03, 0.3) if pattern is None else g.mix(wool, other, pattern)
    # twist of the yarn: lines across the leg
    twist = 0.5 + 0.5 * ((g.v * rows + slope * 1.3) * (6.283185307 * 3.0)).sine()
    fuzz, fluff = g.spread_drawn(55, 4), g.drawn_noise(30, 3) - 0.5
    openness = (edge + fluff * p.range("fluff", 0.05, 0.3)).smoothstep(0.0, 0.85)
    yarn = g.scale_colour(yarn, 0.8 + twist * 0.14 + fuzz * 0.2)
    albedo = cavity(g, yarn, openness, p.range("depth", 0.7, 0.88))
    guide = Guide(openness, cell, g.math("MULTIPLY", 0.0 if pattern is None else pattern, 1.0))
    return Maps(albedo, openness * 0.8 + twist * 0.05 + fuzz * 0.08, 0.85 + fuzz * 0.1, 0.0, guide)


def _pattern(g: Graph, p: Params, cell: Field, slope: Field, rows: int, slant: float) -> Field | float | None:
    """Where the other wool is, 0 or 1; None for one wool whose stitches differ."""
    kind = p.pick("pattern", ("plain", "plain", "melange", "stripes", "flecked"))
    if kind == "plain":
        return 0.0
    if kind == "melange":
        return None
    if kind == "flecked":
        return cell.smoothstep(0.82, 0.821)
    row = g.math("FLOOR", (1.0 - g.v) * rows + slope * slant, 0.0)
    band = (row / rows * p.count("stripes", 1, 2) + 0.001).fraction()
    return band.smoothstep(0.499, 0.501)
