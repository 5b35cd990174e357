"""Fire and frost: lava, ice."""

import math

from ...layouts import voronoi
from ...layouts_scatter import Items, scatter
from ..graph import Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import cracks, patches, wander

__all__: list[str] = []


@recipe("lava")
def lava(g: Graph, p: Params, px: int) -> Maps:
    """Black crust plates, ropy or clinker, over glowing melt; narrow cracks or wide rivers, hot or cooling."""
    rows = p.count("plates", 2, 5)
    layout = voronoi(px, rows, rows, p.integer_seed(), 0.95)
    bend = wander(g, p.range("bend", 0.1, 0.3), 4, 5)
    edge, cell, _ = g.warped_layout(layout, bend)
    ragged = edge + (g.drawn_noise(12, 5) - 0.5) * 0.35
    ropes = ((g.spread_drawn(3, 2, warp=bend) * p.range("ropes", 5, 12) + cell * 3.0) * math.tau).sine()
    rough = g.spread_drawn(14, 6, roughness=0.65)
    width = p.range("river", 0.16, 0.62)
    heat = (1.0 - ragged.smoothstep(0.02, width)) * (0.7 + g.drawn_noise(3, 3) * 0.6)
    ember = patches(g, 9, p.range("embers", 0.0, 0.3)) * 0.3
    heat = (heat + ember * (1.0 - rough)).clamp()
    crust = p.colour("crust", (0.0, 0.07), (0.02, 0.25), (0.1, 0.24))
    relief = (0.35 + rough * 0.5 + ropes * p.range("ropy", 0.0, 0.2)).clamp()
    rock = g.scale_colour(crust, 0.25 + relief * 1.6)
    hue = p.range("glow_hue", -0.006, 0.012)
    glow = g.ramp(
        heat,
        (
            (0.0, (0.05, 0.002, 0.0)),
            (0.3, (0.42, 0.018 + hue, 0.002)),
            (0.58, (0.95, 0.14 + hue, 0.008)),
            (0.82, (1.0, 0.42 + hue, 0.03)),
            (1.0, (1.0, 0.8, 0.25)),
        ),
    )
    albedo = g.mix(rock, glow, heat.smoothstep(0.1, 0.35))
    height = relief * 0.4 + ragged.smoothstep(0.05, 0.4) * 0.5
    guide = Guide(1.0 - heat, cell, (ropes * 0.5 + 0.5) * rough)
    return Maps(albedo, height, 0.9 - heat * 0.5, 0.0, guide)


@recipe("ice")
def ice(g: Graph, p: Params, px: int) -> Maps:
    """Lake ice: blue depths, white fracture planes of two sizes, bubbles, frost patches."""
    hue = p.range("hue", 0.5, 0.59)
    deep = p.colour("deep", (hue - 0.01, hue + 0.01), (0.65, 0.9), (0.3, 0.55))
    shallow = p.colour("shallow", (hue - 0.02, hue), (0.25, 0.5), (0.75, 0.92))
    depth = g.spread_drawn(p.range("depth_scale", 1.5, 3), 4)
    albedo = g.mix(deep, shallow, depth)
    plates = voronoi(px, 2, p.count("plates", 2, 3), p.integer_seed(), 0.95)
    edge, cell, _ = g.warped_layout(plates, wander(g, 0.1, 5, 5))
    albedo = g.scale_colour(albedo, 0.75 + cell * 0.5)
    main = edge.smoothstep(p.range("crack_width", 0.03, 0.07), 0.01)
    # a fracture runs down slantwise: beside the line it glows a little
    veil = edge.smoothstep(0.35, 0.0) * g.spread_drawn(7, 5, warp=wander(g, 0.2, 4)) * 0.55
    fine = cracks(g, p, px, p.count("fine_cells", 4, 6), 0.07, 0.62)
    bubbles = _bubbles(g, p, px)
    frost = patches(g, 4, p.wear("frost", 0.0, 0.5), 0.15) * (0.4 + g.spread_drawn(30, 4) * 0.5)
    white = (main + veil + fine * 0.65 + bubbles * 0.75 + frost).clamp()
    snow = p.colour("snow", (0.5, 0.58), (0.0, 0.08), (0.93, 1.0))
    albedo = g.mix(albedo, snow, white * 0.95)
    height = 0.6 - main * 0.25 - fine * 0.1 + frost * 0.2
    guide = Guide(1.0 - white, depth, cell, frost)
    return Maps(albedo, height, p.range("polish", 0.03, 0.2) + frost * 0.6 + main * 0.2, 0.0, guide)


def _bubbles(g: Graph, p: Params, px: int) -> Field:
    """1 on the rims of trapped gas bubbles, fainter inside."""
    items = Items(p.count("bubbles", 8, 50), "pebble", (0.012, 0.06), (0.75, 1.1))
    edge, cell, _ = g.layout(scatter(px, items, p.integer_seed()).layout)
    return edge.smoothstep(0.0, 0.2) * (0.35 + edge.smoothstep(0.6, 0.1) * 0.65) * (0.4 + cell * 0.6)
