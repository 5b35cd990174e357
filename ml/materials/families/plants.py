"""Growing things that cover the ground: leaves, moss, grass."""

import math

from ...layouts import voronoi
from ...layouts_scatter import Items, Shape, scatter
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import patches, wander

__all__: list[str] = []

_SHAPES: dict[str, Shape] = {"ovate": "ovate", "lobed": "lobed", "maple": "maple"}


@recipe("leaves")
def leaves(g: Graph, p: Params, px: int) -> Maps:
    """A carpet of overlapping leaves: ovate, oak-like or maple; green, autumn or dry; veins, spots, wetness."""
    shape = _SHAPES[p.pick("shape", ("ovate", "ovate", "lobed", "maple"))]
    large = p.range("length", 0.22, 0.4)
    count = int(p.range("cover", 7.0, 9.5) / large**2)
    items = Items(count, shape, (large * 0.6, large), (0.42, 0.62), p.range("curl", 0.0, 0.12))
    drawn = scatter(px, items, p.integer_seed(), 0.025)
    edge, cell, slope = g.layout(drawn.layout)
    depth, along, shade = g.layout(drawn.relief)
    vein = _maple_veins(along, slope) if shape == "maple" else _veins(along, slope)
    season = p.pick("season", ("autumn", "autumn", "green", "dry"))
    colour = g.ramp(cell, _season_colours(p, season))
    mottle = g.spread_drawn(14, 4)
    fold = 0.85 + slope.smoothstep(0.42, 0.58) * 0.3  # the halves of a leaf lie at different angles
    tone = fold * (0.7 + mottle * 0.35) * (0.55 + depth * 0.6)
    albedo = g.scale_colour(colour, tone)
    spots = patches(g, 18, p.wear("spots", 0.0, 0.4)) * 0.6
    albedo = g.mix(albedo, g.scale_colour(colour, 0.12), spots)
    albedo = g.mix(albedo, g.mix(colour, (0.8, 0.7, 0.4), 0.5), vein * 0.55)
    rim = edge.smoothstep(0.14, 0.0)
    dark = (shade * 1.5 + rim * 0.55).clamp()
    albedo = g.mix(albedo, g.scale_colour(colour, 0.06), dark * 0.9)
    albedo = g.mix((0.02, 0.013, 0.008), albedo, depth.smoothstep(0.0, 0.01))
    height = depth * 0.75 + vein * 0.06 + edge * 0.1
    wet = p.range("wet", 0.0, 0.5)
    guide = Guide(depth * (1.0 - dark * 0.7), cell, slope, spots)
    return Maps(albedo, height, 0.75 - wet * 0.5 + mottle * 0.1, 0.0, guide)


def _season_colours(p: Params, season: str) -> list[tuple[float, Colour]]:
    if season == "green":
        ranges = (((0.21, 0.33), (0.42, 0.7), (0.28, 0.62)),) * 4
    elif season == "dry":
        ranges = (((0.05, 0.11), (0.3, 0.6), (0.3, 0.7)),) * 4
    else:
        ranges = (
            ((0.0, 0.04), (0.7, 0.9), (0.45, 0.75)),
            ((0.05, 0.09), (0.75, 0.95), (0.7, 0.95)),
            ((0.1, 0.15), (0.65, 0.9), (0.7, 0.92)),
            ((0.04, 0.25), (0.4, 0.7), (0.3, 0.55)),
        )
    return [(index / 3.0, p.colour(f"leaf_{index}", *part)) for index, part in enumerate(ranges)]


def _veins(along: Field, slope: Field) -> Field:
    """1 on the midrib and on the side veins, which slant towards the tip."""
    side = (slope - 0.5).absolute()
    midrib = side.smoothstep(0.05, 0.02)
    ribs = ((along * 7.0 - side * 2.0).fraction() - 0.5).absolute().smoothstep(0.1, 0.03)
    return midrib.maximum(ribs * 0.55 * side.smoothstep(0.5, 0.4))


def _maple_veins(along: Field, slope: Field) -> Field:
    """1 on the five ribs that run from the middle into the lobes."""
    away = ((slope * 2.0 - 1.0) * (math.pi * 2.5)).sine().absolute()
    return (away * along).smoothstep(0.12, 0.04)


@recipe("moss")
def moss(g: Graph, p: Params, px: int) -> Maps:
    """Soft green cushions of many sizes, made of tiny shoots; bright tops, dark clefts, brown patches."""
    rows = p.count("cushions", 3, 6)
    layout = voronoi(px, rows, rows, p.integer_seed(), 1.0)
    edge, cell, _ = g.warped_layout(layout, wander(g, 0.14, 6, 4))
    shoots = scatter(
        px,
        Items(p.count("shoots", 1100, 1800), "ovate", (0.025, 0.06), (0.35, 0.6), 0.1),
        p.integer_seed(),
        0.012,
    )
    rim, number, _ = g.layout(shoots.layout)
    depth, along, shade = g.layout(shoots.relief)
    swell = (edge + (g.drawn_noise(9, 4) - 0.5) * 0.35).clamp() ** 0.6
    fuzz = depth * 0.35 + along * 0.3 + rim * 0.2 - shade * 0.5
    height = (swell * 0.65 + fuzz * 0.4).clamp()
    hue = p.range("hue", 0.17, 0.26)
    top = p.colour("top", (hue - 0.015, hue + 0.005), (0.5, 0.76), (0.5, 0.72))
    deep = p.colour("deep", (hue + 0.01, hue + 0.05), (0.5, 0.75), (0.13, 0.24))
    bright = g.vary(
        top, 0.5 + (cell - 0.5) * 0.04, 1.0, 0.6 + fuzz * 0.8 + (number - 0.5) * 0.25 + (cell - 0.5) * 0.3
    )
    albedo = g.mix(deep, bright, height.smoothstep(0.02, 0.78))
    brown = p.colour("brown", (0.07, 0.13), (0.45, 0.7), (0.3, 0.5))
    dead = patches(g, 3, p.wear("dead", 0.0, 0.35), 0.12)
    albedo = g.mix(albedo, g.scale_colour(brown, 0.2 + height), dead * 0.7)
    return Maps(albedo, height, 0.95, 0.0, Guide(swell, number, fuzz.clamp(), dead))


@recipe("grass")
def grass(g: Graph, p: Params, px: int) -> Maps:
    """Long bent blades in layers: combed or tousled, lush or dry, dense or with bare earth between."""
    long = p.range("length", 0.28, 0.5)
    items = Items(
        p.count("blades", 260, 480),
        "blade",
        (long * 0.5, long),
        (0.06, p.range("slimness", 0.075, 0.11)),
        p.range("bend", 0.1, 0.35),
        0.25,
        p.range("tousle", 0.2, 0.9),
    )
    drawn = scatter(px, items, p.integer_seed(), 0.018)
    edge, cell, slope = g.layout(drawn.layout)
    depth, along, shade = g.layout(drawn.relief)
    hue = p.range("hue", 0.2, 0.285)
    blade = p.colour("blade", (hue - 0.01, hue + 0.01), (0.48, 0.74), (0.48, 0.7))
    straw = p.colour("straw", (0.1, 0.15), (0.35, 0.6), (0.65, 0.85))
    fold = 0.8 + slope.smoothstep(0.35, 0.65) * 0.35
    tone = fold * (0.3 + depth * 0.75) * (0.65 + along * 0.5) * (0.75 + cell * 0.5)
    albedo = g.vary(blade, 0.5 + (cell - 0.5) * 0.07, 1.0, tone)
    share = p.wear("dry", 0.0, 0.35)
    dry = cell.smoothstep(1.0 - share, 1.02 - share) + patches(g, 3, share, 0.15) * 0.6
    albedo = g.mix(albedo, g.scale_colour(straw, tone), dry.clamp() * 0.85)
    earth = g.scale_colour(p.colour("earth", (0.05, 0.1), (0.3, 0.6), (0.12, 0.3)), g.spread_drawn(30, 4))
    dark = (shade * 1.4 + edge.smoothstep(0.25, 0.0) * 0.4).clamp()
    albedo = g.mix(albedo, g.scale_colour(blade, 0.04), dark * 0.9)
    albedo = g.mix(earth, albedo, depth.smoothstep(0.0, 0.004))
    height = (depth * 0.7 + along * 0.2 + edge * 0.1).clamp()
    guide = Guide(depth * (1.0 - dark * 0.7), cell, slope, dry.clamp())
    return Maps(albedo, height, 0.7 - along * 0.15, 0.0, guide)
