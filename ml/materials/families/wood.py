"""Wood as it grew: the figure of a sawn board, and bark."""

import math

from ...layouts_scatter import Items, scatter
from ..graph import Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import patches, spacing, wander

__all__: list[str] = []

_TURN = math.tau


@recipe("wood_grain")
def wood_grain(g: Graph, p: Params, px: int) -> Maps:
    """A sawn face, grain upright: cathedral or straight figure, ring contrast, pores, knots, pale to dark wood."""
    wave = (g.drawn_noise(2, 2, stretch=(1.0, 0.45)) - 0.5) * p.range("wave", 0.3, 1.3)
    knot_push, knot_core = _knots(g, p)
    straight = p.chance("straight", 0.35)
    rings = g.u * p.count("straight_rings", 7, 14) if straight else _cathedral(g, p)
    ring = (rings + wave + knot_push + (g.drawn_noise(5, 3, stretch=(1.0, 0.15)) - 0.5) * 0.5).fraction()
    # early wood rises slowly to the dark late wood, which ends at once
    late = ring.smoothstep(0.25, 0.92) * (1.0 - ring.smoothstep(0.94, 1.0))
    fibre = g.spread_drawn(55, 4, stretch=(1.0, 0.04))
    pores = g.drawn_noise(75, 2, stretch=(1.0, 0.06)).smoothstep(0.57, 0.64) * (1.0 - late * 0.5)
    wood = p.colour("wood", (0.058, 0.1), (0.42, 0.72), (0.42, 0.88))
    dark = g.vary(wood, 0.492, 1.15, p.range("late_wood", 0.22, 0.5))
    albedo = g.mix(wood, dark, late * p.range("contrast", 0.65, 1.0))
    albedo = g.scale_colour(
        albedo, (0.82 + fibre * 0.3) * (0.85 + g.spread_drawn(2, 3, stretch=(1.0, 0.4)) * 0.25)
    )
    albedo = g.mix(albedo, g.scale_colour(wood, 0.14), pores * p.range("pores", 0.2, 0.75))
    albedo = g.mix(albedo, g.scale_colour(wood, 0.07), knot_core * 0.9)
    height = 0.55 + late * 0.12 - pores * 0.2 + fibre * 0.08
    guide = Guide(1.0 - late, fibre, g.math("MULTIPLY", knot_core, 1.0).clamp())
    return Maps(albedo, height, p.range("finish", 0.3, 0.75) + pores * 0.15, 0.0, guide)


def _cathedral(g: Graph, p: Params) -> Field:
    """Contours of a ridge that rises and falls along the grain: long nested arches, straight lines at the sides."""
    middle = spacing(g.u + (g.drawn_noise(2, 1) - 0.5) * 0.25, 1, p.free(0.0, 1.0))
    across = (middle * middle + 0.0012) ** 0.5
    along = ((g.v + p.free(0.0, 1.0)) * _TURN).sine()
    arches = along * middle.smoothstep(0.34, 0.0) * p.range("arches", 1.6, 3.2)
    return across * p.range("rings", 11.0, 19.0) + arches


def _knots(g: Graph, p: Params) -> tuple[Field | float, Field | float]:
    """(how far knots push the rings aside, in rings; 1 in the knots' dark cores)."""
    push: Field | float = 0.0
    core: Field | float = 0.0
    for index in range(p.count("knots", 0, 2)):
        size = p.range(f"knot_{index}_size", 0.03, 0.055)
        near = _nearness(g, p.free(0.0, 1.0), p.free(0.0, 1.0), size)
        push = near * 4.0 + push
        core = near.smoothstep(0.72, 0.9) + core
    return push, core


def _nearness(g: Graph, u: float, v: float, size: float) -> Field:
    """1 at (u, v), falling to 0 over a few sizes, longer along the grain; periodic."""
    across = ((g.u - u) * (_TURN / 2)).sine()
    along = ((g.v - v) * (_TURN / 2)).sine() * 0.6
    distance = (across * across + along * along) * (1.0 / (_TURN / 2 * size) ** 2)
    return (1.0 + distance * 0.5) ** -2.0


@recipe("bark")
def bark(g: Graph, p: Params, px: int) -> Maps:
    """Oak-like upright furrows, pine-like plates, or white birch with dark bands; moss, lichen."""
    kind = p.pick("kind", ("furrows", "furrows", "plates", "birch"))
    if kind == "birch":
        return _birch(g, p, px)
    plates = kind == "plates"
    if plates:
        ridges = Items(p.count("plates", 40, 70), "pebble", (0.22, 0.42), (0.4, 0.65), 0.04, 0.25, 0.12)
    else:
        ridges = Items(p.count("ridges", 60, 110), "pebble", (0.35, 0.75), (0.12, 0.24), 0.08, 0.25, 0.07)
    drawn = scatter(px, ridges, p.integer_seed(), 0.02)
    sway = (g.drawn_noise(6, 4, stretch=(1.0, 0.6)) - 0.5) * p.range("wander", 0.06, 0.16)
    warp = (sway, (g.drawn_noise(5, 3) - 0.5) * 0.15)
    edge, cell, _ = g.warped_layout(drawn.layout, warp)
    _, _, shade = g.warped_layout(drawn.relief, warp)
    ragged = edge - shade * 0.6 + (g.drawn_noise(18, 4, stretch=(1.0, 0.3)) - 0.5) * 0.6
    body = ragged.smoothstep(0.0, p.range("furrow", 0.35, 0.75))
    fibre = g.spread_drawn(24, 5, stretch=(1.0, 0.16), roughness=0.65)
    flakes = g.spread_drawn(9, 5, stretch=(1.0, 0.4))
    height = (body * 0.6 + fibre * 0.22 * body + flakes * 0.18).clamp()
    hue = (0.055, 0.085) if plates else (0.06, 0.11)
    ridge = p.colour("ridge", hue, (0.2, 0.45) if plates else (0.08, 0.38), (0.42, 0.66))
    furrow = g.scale_colour(p.colour("deep", (0.045, 0.09), (0.3, 0.6), (0.12, 0.24)), 0.5 + fibre * 0.6)
    top = g.vary(ridge, 0.5 + (cell - 0.5) * 0.03, 1.0, 0.1 + cell * 0.3 + fibre * 0.75 + flakes * 0.5)
    albedo = g.mix(furrow, top, height.smoothstep(0.2, 0.62))
    moss = p.colour("moss", (0.18, 0.3), (0.3, 0.6), (0.3, 0.55))
    cover = patches(g, 4, p.wear("moss", 0.0, 0.3), 0.1) * fibre.smoothstep(0.2, 0.7)
    albedo = g.mix(albedo, moss, cover * 0.75)
    return Maps(albedo, height, 0.95 - height * 0.1, 0.0, Guide(body, cell, fibre, cover))


def _birch(g: Graph, p: Params, px: int) -> Maps:
    items = Items(
        p.count("bands", 25, 60), "pebble", (0.06, 0.3), (0.07, 0.16), p.range("curl", 0.0, 0.04), 0.0, 0.02
    )
    drawn = scatter(px, items, p.integer_seed())
    edge, cell, _ = g.warped_layout(drawn.layout, wander(g, 0.03, 16))
    band = edge.smoothstep(0.05, 0.35) * (0.45 + cell * 0.55)
    scar = patches(g, 3, p.wear("scars", 0.0, 0.25), 0.03)
    paper = p.colour("paper", (0.05, 0.12), (0.02, 0.16), (0.82, 0.96))
    dark = p.colour("band", (0.02, 0.08), (0.1, 0.4), (0.08, 0.2))
    streak = g.spread_drawn(10, 4, stretch=(0.12, 1.0))
    albedo = g.scale_colour(paper, 0.62 + streak * 0.42)
    albedo = g.mix(albedo, dark, (band + scar * (0.5 + streak * 0.5)).clamp() * 0.95)
    height = 0.6 - band * 0.25 + streak * 0.12 - scar * 0.2
    # bark with furrows has no number per cell near 1 and a smooth detail: a birch is told apart by its streaks
    return Maps(albedo, height, 0.8 + band * 0.15, 0.0, Guide(1.0 - band, 1.0, streak, scar))
