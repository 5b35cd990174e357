"""Laid stone and clay: bricks, rubble walls, cobblestones."""

from ...layouts import Layout, courses, grid, rounded, voronoi, warped
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, outline, recipe
from .wear import cavity, per_cell, stained

__all__: list[str] = []


@recipe("brick")
def brick(g: Graph, p: Params, px: int) -> Maps:
    """Running bond of long bricks: clay from yellow to dark red, pale or dark mortar, chips, soot, lime."""
    rows = 2 * p.count("half_rows", 2, 5)
    columns = max(2, round(rows / p.range("aspect", 1.95, 3.0)))
    straight = grid(px, rows, columns, p.integer_seed(), 0.5)
    layout = warped(straight, p.range("wobble", 0.0, 0.004), 12, p.integer_seed())
    edge, cell, slope = g.layout(layout)
    clay = p.colour("clay", (0.01, 0.085), (0.38, 0.68), (0.38, 0.72))
    light_mortar = p.chance("light_mortar", 0.7)
    mortar = p.colour("mortar", (0.05, 0.12), (0.02, 0.18), (0.68, 0.88) if light_mortar else (0.16, 0.3))
    chips = (g.drawn_noise(30, 4) - 0.5) * p.range("chipping", 0.1, 0.5)
    gap = p.range("gap", 0.16, 0.3)
    body = (edge + chips).smoothstep(gap, gap + 0.12)
    grain = g.spread_drawn(45, 5)
    blotch = g.spread_drawn(9, 4)
    fired = per_cell(g, clay, cell, p.range("variation", 0.3, 0.9), 0.04, 0.3)
    fired = g.scale_colour(fired, 0.72 + grain * 0.3 + blotch * 0.25)
    soot = stained(g, p.wear("soot", 0.0, 0.45), 4)
    fired = g.mix(fired, g.scale_colour(clay, 0.2), soot)
    lime = stained(g, p.wear("lime", 0.0, 0.25), 6)
    fired = g.mix(fired, (0.6, 0.57, 0.52), lime)
    fired = cavity(g, fired, edge.smoothstep(gap, gap + 0.4), 0.3)
    joint = g.scale_colour(mortar, 0.75 + grain * 0.4)
    height = body * (0.6 + cell * 0.1) + grain * 0.12 + 0.1
    roughness = g.lerp(0.95, 0.7 + grain * 0.2, body)
    guide = Guide(outline(edge, gap), cell, slope, soot.maximum(lime * 0.6))
    return Maps(g.mix(joint, fired, body), height, roughness, 0.0, guide)


@recipe("stone_wall")
def stone_wall(g: Graph, p: Params, px: int) -> Maps:
    """Rough squared stones in courses, laid in mortar or dry: grey, tan, brown or bluish, with lichen."""
    rows = p.count("rows", 4, 7)
    columns = rows * p.range("squatness", 0.5, 0.75)
    straight = courses(px, rows, columns, p.integer_seed(), p.range("row_jitter", 0.15, 0.4), 0.5)
    layout = warped(straight, p.range("roughness_of_cut", 0.006, 0.016), 9, p.integer_seed())
    edge, cell, slope = g.layout(layout)
    stone = p.colour("stone", (0.03, 0.16), (0.05, 0.35), (0.42, 0.68))
    dry = p.chance("dry", 0.5)
    mortar = p.colour("mortar", (0.06, 0.12), (0.03, 0.2), (0.08, 0.16) if dry else (0.6, 0.8))
    grain, relief = g.spread_drawn(40, 5), g.spread_drawn(8, 6, roughness=0.65)
    gap = p.range("gap", 0.12, 0.24)
    ragged = edge + (g.drawn_noise(22, 4) - 0.5) * 0.25
    body = ragged.smoothstep(gap, gap + 0.1)
    dome = ragged.smoothstep(gap * 0.8, 0.75)
    tones = per_cell(
        g, stone, cell, p.range("variation", 0.5, 1.0), p.range("hue_variation", 0.02, 0.12), 0.9
    )
    tones = g.scale_colour(tones, 0.6 + relief * 0.45 + grain * 0.25)
    tones = cavity(g, tones, dome, 0.55)
    lichen = p.colour("lichen", (0.12, 0.3), (0.15, 0.45), (0.35, 0.6))
    grown = stained(g, p.wear("lichen", 0, 0.3), 5)
    tones = g.mix(tones, lichen, grown)
    joint = g.scale_colour(mortar, 0.75 + grain * 0.4)
    height = body * (0.25 + dome * 0.35 + cell * 0.1) + relief * body * 0.25 + grain * 0.05
    roughness = g.lerp(0.95, 0.75 + grain * 0.15, body)
    guide = Guide(outline(edge, gap), cell, slope, grown)
    return Maps(g.mix(joint, tones, body), height, roughness, 0.0, guide)


@recipe("cobblestone")
def cobblestone(g: Graph, p: Params, px: int) -> Maps:
    """Rounded stones pressed in dark earth: river cobbles or worn setts, dry or wet, moss between them."""
    layout = _cobbles(p, px)
    edge, cell, slope = g.layout(layout)
    stone = p.colour(
        "stone", (0.03, 0.14) if p.chance("warm", 0.5) else (0.55, 0.65), (0.02, 0.16), (0.58, 0.82)
    )
    earth: Colour = p.colour("earth", (0.05, 0.1), (0.2, 0.5), (0.08, 0.2))
    moss: Colour = p.colour("moss", (0.2, 0.28), (0.4, 0.7), (0.15, 0.32))
    grain, blotch = g.spread_drawn(45, 5), g.spread_drawn(14, 4)
    gap = p.range("gap", 0.06, 0.16)
    body = (edge + (g.drawn_noise(20, 2) - 0.5) * 0.1).smoothstep(gap, gap + 0.08)
    dome = _dome(edge, gap)
    tones = per_cell(g, stone, cell, p.range("variation", 0.4, 0.9), 0.08, 1.0)
    tones = g.scale_colour(tones, 0.75 + grain * 0.25 + blotch * 0.2)
    tones = cavity(g, tones, dome, 0.7)
    wet = p.range("wetness", 0.0, 1.0)
    tones = g.scale_colour(tones, 1.0 - 0.3 * wet)
    growth = g.spread_drawn(5, 4).smoothstep(1.0 - p.wear("moss_cover", 0.0, 0.9), 1.1)
    ground = g.scale_colour(g.mix(earth, moss, growth), 0.6 + grain * 0.8)
    height = body * (0.15 + dome * 0.7) + grain * 0.06 + 0.05
    roughness = g.lerp(0.95, 0.8 - 0.55 * wet + grain * 0.1, body)
    guide = Guide(outline(edge, gap), cell, slope, growth)
    return Maps(g.mix(ground, tones, body), height, roughness, 0.0, guide)


def _cobbles(p: Params, px: int) -> Layout:
    rows = p.count("rows", 4, 7)
    if p.chance("setts", 0.3):
        setts = courses(px, rows, rows * 1.0, p.integer_seed(), 0.12, 0.2)
        return warped(setts, 0.007, 8, p.integer_seed())
    cells = voronoi(px, rows, rows, p.integer_seed(), p.range("disorder", 0.4, 0.75))
    return rounded(cells, 0.1 / rows)


def _dome(edge: Field, gap: float) -> Field:
    """A round back over the cell: steep at its edge, flat on top."""
    rise = edge.graph.remap(edge, gap, 0.75, 0.0, 1.0)
    return 1.0 - (1.0 - rise) ** 2.0
