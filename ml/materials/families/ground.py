"""Loose ground: sand, soil, snow."""

import math

from ...layouts_scatter import Items, scatter
from ..graph import Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import patches, wander

__all__: list[str] = []


@recipe("sand")
def sand(g: Graph, p: Params, px: int) -> Maps:
    """Wind or water ripples, upright, level or slanted, forking; tan, white, golden or red; grains, pebbles."""
    ripples = p.count("ripples", 4, 9)
    slant = p.count("slant", -3, 3)
    along, across = (g.u, g.v) if p.chance("level", 0.7) else (g.v, g.u)
    sway = (g.drawn_noise(2, 2) - 0.5) * p.range("sway", 0.5, 2.2) + (g.drawn_noise(6, 3) - 0.5) * p.range(
        "fork", 0.3, 1.0
    )
    phase = (across * ripples + along * slant + sway) * math.tau
    # leaning waves: the lee side of a ripple is the steeper one
    wave = (phase + phase.sine() * p.range("lean", 0.2, 0.7)).sine() * 0.5 + 0.5
    strong = p.range("ripple_height", 0.45, 1.0) * g.spread_drawn(2, 2).smoothstep(-0.5, 0.6)
    grain, dune = g.spread_drawn(70, 3, roughness=0.7), g.spread_drawn(2, 3)
    height = wave * strong * 0.6 + dune * 0.2 + grain * 0.12
    tan = p.colour("sand", (0.06, 0.125), (0.2, 0.55), (0.72, 0.95))
    shadow = g.vary(tan, 0.495, 1.15, 0.3)
    lit = (1.0 - (1.0 - wave) * strong * 0.8).clamp()
    albedo = g.mix(shadow, tan, lit.smoothstep(0.0, 1.0))
    albedo = g.scale_colour(albedo, 0.72 + grain * 0.42 + (dune - 0.5) * 0.2)
    dark_grains = g.drawn_noise(55, 2).smoothstep(0.62, 0.68) * p.range("dark_grains", 0.0, 0.6)
    albedo = g.mix(albedo, g.scale_colour(tan, 0.12), dark_grains)
    wet = patches(g, 2, p.wear("wet", 0.0, 0.4), 0.2)
    albedo = g.scale_colour(albedo, 1.0 - wet * 0.5)
    return Maps(albedo, height, 0.92 - wet * 0.5, 0.0, Guide(lit, dune, dark_grains, wet))


@recipe("soil")
def soil(g: Graph, p: Params, px: int) -> Maps:
    """Dug earth: clods of many sizes, crumbs, pale pebbles, thin roots; dry, dark or reddish."""
    clods = Items(p.count("clods", 260, 480), "pebble", (0.018, p.range("clod", 0.09, 0.2)), (0.6, 1.0), 0.08)
    drawn = scatter(px, clods, p.integer_seed(), 0.03)
    edge, cell, _ = g.warped_layout(drawn.layout, (warp := wander(g, 0.09, 18, 5)))
    depth, _, shade = g.warped_layout(drawn.relief, warp)
    crumbs = g.spread_drawn(16, 5, roughness=0.65)
    grain = g.spread_drawn(50, 4)
    swell = edge.smoothstep(0.0, 0.8)
    height = (depth * 0.4 + swell * 0.25 + crumbs * 0.35 - shade * 0.3).clamp()
    hue = p.range("hue", 0.055, 0.095)
    earth = p.colour("earth", (hue - 0.01, hue + 0.01), (0.38, 0.64), (0.28, 0.46))
    deep = g.scale_colour(earth, 0.1)
    top = g.vary(
        earth, 0.5 + (cell - 0.5) * 0.02, 1.0, 0.4 + swell * 0.3 + cell * 0.35 + grain * 0.3 + crumbs * 0.35
    )
    albedo = g.mix(deep, top, height.smoothstep(0.0, 0.6))
    damp = patches(g, 2, p.wear("damp", 0.0, 0.6), 0.2)
    albedo = g.scale_colour(albedo, 1.0 - damp * 0.5)
    albedo, height, stones = _pebbles(g, p, px, albedo, height)
    albedo, height, roots = _roots(g, p, px, albedo, height)
    guide = Guide(height, cell, (stones + roots * 0.6).clamp(), damp)
    return Maps(albedo, height, 0.97 - damp * 0.35, 0.0, guide)


def _pebbles(g: Graph, p: Params, px: int, albedo: Field, height: Field) -> tuple[Field, Field, Field]:
    """Albedo and height with pebbles, and where these are."""
    items = Items(p.count("pebbles", 4, 26), "pebble", (0.025, 0.08), (0.65, 1.0))
    edge, cell, _ = g.warped_layout(scatter(px, items, p.integer_seed()).layout, wander(g, 0.02, 10))
    stone = p.colour("pebble", (0.05, 0.12), (0.05, 0.22), (0.5, 0.72))
    inside = edge.smoothstep(0.02, 0.12)
    tone = (0.35 + edge.smoothstep(0.0, 0.7) * 0.65) * (0.4 + cell * 0.75)
    albedo = g.mix(albedo, g.scale_colour(stone, tone), inside)
    return albedo, g.lerp(height, 0.5 + edge * 0.4, inside), inside


def _roots(g: Graph, p: Params, px: int, albedo: Field, height: Field) -> tuple[Field, Field, Field | float]:
    """Albedo and height with roots, and where these are."""
    items = Items(p.count("roots", 0, 9), "stroke", (0.2, 0.6), (0.018, 0.035), 0.25)
    if items.count == 0:
        return albedo, height, 0.0
    edge, cell, _ = g.warped_layout(scatter(px, items, p.integer_seed()).layout, wander(g, 0.06, 5))
    root = p.colour("root", (0.06, 0.1), (0.25, 0.45), (0.5, 0.72))
    inside = edge.smoothstep(0.05, 0.4)
    albedo = g.mix(albedo, g.scale_colour(root, 0.4 + cell * 0.6), inside * 0.9)
    return albedo, g.lerp(height, 0.8, inside), inside


@recipe("snow")
def snow(g: Graph, p: Params, px: int) -> Maps:
    """Soft drifts, blue in the hollows; dents of feet and fallen clumps, sparkles, twigs and dirt."""
    white = p.colour("white", (0.54, 0.6), (0.0, 0.05), (0.94, 1.0))
    blue = p.colour("hollow", (0.555, 0.605), (0.2, 0.4), (0.6, 0.78))
    bow = wander(g, 0.3, 3, 2)
    drift = g.spread_drawn(
        p.range("drift_scale", 4, 8), 1.5, stretch=(p.range("wind", 0.3, 0.8), 1.0), warp=bow
    )
    crust = g.spread_drawn(9, 4)
    powder = g.spread_drawn(60, 3, roughness=0.7)
    dents, rims = _dents(g, p, px)
    height = (drift * 0.6 + crust * 0.15 + powder * 0.08 + 0.12 - dents * 0.4 + rims * 0.1).clamp()
    albedo = g.mix(blue, white, (height + powder * 0.1).smoothstep(0.0, p.range("softness", 0.75, 1.0)))
    albedo = g.scale_colour(albedo, 0.93 + powder * 0.09)
    sparkle = g.drawn_noise(80, 1).smoothstep(0.66, 0.7)
    albedo = g.mix(albedo, (1.0, 1.0, 1.0), sparkle)
    dirt = p.colour("dirt", (0.05, 0.1), (0.3, 0.6), (0.15, 0.35))
    litter = Items(p.count("litter", 1, 12), "stroke", (0.02, 0.07), (0.1, 0.3), 0.1)
    twig, _, _ = g.layout(scatter(px, litter, p.integer_seed()).layout)
    albedo = g.mix(albedo, dirt, twig.smoothstep(0.05, 0.4) * 0.85)
    slush = patches(g, 5, p.wear("dirty", 0.0, 0.2), 0.2)
    albedo = g.mix(albedo, dirt, slush * 0.35)
    guide = Guide(height, crust, twig.smoothstep(0.05, 0.4), slush)
    return Maps(albedo, height, 0.75 - sparkle * 0.4, 0.0, guide)


def _dents(g: Graph, p: Params, px: int) -> tuple[Field, Field]:
    """(depth of the dents, height of the snow pushed up around them)."""
    items = Items(p.count("dents", 1, 8), "pebble", (0.12, 0.24), (0.7, 1.0), 0.1)
    edge, _, _ = g.warped_layout(scatter(px, items, p.integer_seed()).layout, wander(g, 0.03, 8))
    return edge.smoothstep(0.0, 1.0) * 0.75, edge.smoothstep(0.0, 0.1) * edge.smoothstep(0.4, 0.15)
