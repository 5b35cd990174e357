"""Cast, spread and rolled masses: concrete, plaster, asphalt."""

from ...layouts import courses, voronoi
from ...layouts_scatter import Items, scatter
from ..graph import Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import cracks, patches, pores, spacing, wander

__all__: list[str] = []


@recipe("concrete")
def concrete(g: Graph, p: Params, px: int) -> Maps:
    """Grey casting: panels with joints and tie holes, board marks, or plain and cracked; pores, run-off stains."""
    grey = p.colour("grey", (0.08, 0.16), (0.0, 0.1), (0.52, 0.78))
    kind = p.pick("kind", ("panels", "panels", "boards", "plain"))
    tone: Field | float = 1.0
    if kind == "panels":
        gaps = _panel_joints(g, p)
    elif kind == "boards":
        layout = courses(px, p.count("boards", 5, 9), 1.4, p.integer_seed(), 0.15, 0.2)
        edge, cell, _ = g.layout(layout)
        gaps = edge.smoothstep(0.16, 0.02) * 0.8
        tone = 0.75 + cell * 0.35 + (g.drawn_noise(26, 4, stretch=(0.06, 1.0)) - 0.5) * 0.5
    else:
        gaps = cracks(g, p, px, 2, 0.045, 0.35)
    holes = pores(g, p, px, p.count("pores", 25, 110), (0.008, 0.028))
    mottle, grain = g.spread_drawn(3, 5), g.spread_drawn(40, 4)
    runs = g.drawn_noise(9, 4, stretch=(1.0, 0.1)).smoothstep(0.48, 0.7) * g.drawn_noise(2, 2).smoothstep(
        0.4, 0.6
    )
    shade = (0.72 + mottle * 0.4) * (0.88 + grain * 0.24) * tone
    stains = runs * p.wear("stains", 0.1, 0.6)
    albedo = g.scale_colour(grey, shade * (1.0 - stains))
    low = (gaps + holes * 0.8).clamp()
    albedo = g.mix(albedo, g.scale_colour(grey, 0.1), low * 0.9)
    height = 0.75 + grain * 0.08 - low * 0.5
    boards = g.math("MULTIPLY", tone, 0.8)
    return Maps(albedo, height, 0.8 + grain * 0.12, 0.0, Guide(1.0 - low, mottle, boards.clamp(), stains))


def _panel_joints(g: Graph, p: Params) -> Field:
    """Joints around shuttering panels, and the holes of the ties that held them, in rows."""
    columns, rows = p.count("panel_columns", 1, 2), p.count("panel_rows", 1, 2)
    shake = wander(g, 0.006, 20)
    u, v = g.u + shake[0], g.v + shake[1]
    joint = spacing(u, columns).minimum(spacing(v, rows)).smoothstep(0.014, 0.004)
    across, up = spacing(u, columns * 2, 0.5), spacing(v, rows * 2, 0.5)
    hole = ((across * across + up * up) ** 0.5).smoothstep(p.range("tie_hole", 0.024, 0.034), 0.018)
    return joint.maximum(hole)


@recipe("plaster")
def plaster(g: Graph, p: Params, px: int) -> Maps:
    """Painted stucco: overlapping trowel strokes, pastel or earthy paint, peeled patches, hair cracks."""
    strokes = Items(
        p.count("strokes", 60, 130),
        "stroke",
        (0.2, 0.42),
        (0.3, 0.5),
        p.range("bend", 0.1, 0.4),
        heading_spread=p.range("spread", 0.4, 1.0),
    )
    drawn = scatter(px, strokes, p.integer_seed())
    edge, cell, slope = g.warped_layout(drawn.layout, wander(g, 0.025, 14))
    ridge = slope.smoothstep(0.82, 1.0) + slope.smoothstep(0.14, 0.0) * 0.5
    grain = g.spread_drawn(45, 4)
    body = cell * 0.35 + slope * 0.3 + ridge * 0.35
    hollow = edge.smoothstep(0.16, 0.0) * (1.0 - ridge.clamp() * 0.6)
    paint = p.colour(
        "paint",
        *((0.02, 0.15), (0.05, 0.5), (0.78, 0.96))
        if p.chance("warm", 0.75)
        else ((0.3, 0.62), (0.06, 0.22), (0.7, 0.92)),
    )
    depth = p.range("trowel_depth", 0.5, 0.95)
    shade = (1.0 - depth * 0.75) + body * depth + (grain - 0.5) * 0.12 - hollow * depth * 0.5
    albedo = g.scale_colour(paint, shade)
    fade = g.spread_drawn(2, 4)
    albedo = g.mix(albedo, g.scale_colour(paint, 0.5), fade * p.range("fade", 0.0, 0.45))
    peeled, rim = _peeling(g, p)
    base = p.colour("base", (0.03, 0.1), (0.1, 0.45), (0.4, 0.62))
    albedo = g.mix(albedo, g.scale_colour(base, 0.6 + grain * 0.6), peeled)
    split = cracks(g, p, px, 2, 0.03, 0.45) * (1.0 if p.chance("cracked", 0.5) else 0.0)
    albedo = g.mix(albedo, g.scale_colour(base, 0.12), (split * 0.8 + rim * 0.7).clamp())
    height = 0.45 + body * 0.4 + grain * 0.05 - peeled * 0.35 - split * 0.3
    guide = Guide(body * (1.0 - hollow * 0.6), cell, (split + rim).clamp(), g.math("MULTIPLY", peeled, 1.0))
    return Maps(albedo, height, 0.85 + grain * 0.1, 0.0, guide)


def _peeling(g: Graph, p: Params) -> tuple[Field | float, Field | float]:
    """(1 where the coat has fallen off, 1 along the broken rim)."""
    if not p.chance("peeling", 0.45):
        return 0.0, 0.0
    field = g.drawn_noise(p.range("peel_scale", 2, 4), 5, 0.6)
    limit = p.range("peel_limit", 0.53, 0.6)
    peeled = field.smoothstep(limit, limit + 0.012)
    rim = (field - (limit + 0.012)).absolute().smoothstep(0.022, 0.0)
    return peeled, rim


@recipe("asphalt")
def asphalt(g: Graph, p: Params, px: int) -> Maps:
    """Dark bitumen full of pale chippings; cracks, sealed or open, worn paint lines, oil, puddles."""
    rows = p.count("chippings", 18, 26)
    layout = voronoi(px, rows, rows, p.integer_seed(), 1.0)
    edge, cell, _ = g.warped_layout(layout, wander(g, 0.03, 30))
    shown = (edge + (g.drawn_noise(30, 3) - 0.5) * 0.4).smoothstep(0.22, 0.42)
    shown = shown * cell.smoothstep(p.range("covered", 0.1, 0.45), 1.0)
    bitumen = p.colour("bitumen", (0.55, 0.72), (0.02, 0.14), (0.14, 0.27))
    stone = p.colour("stone", (0.05, 0.14), (0.0, 0.12), (0.5, 0.78))
    grain, worn = g.spread_drawn(60, 3), g.spread_drawn(3, 5)
    dark = g.scale_colour(bitumen, 0.6 + grain * 0.6)
    albedo = g.mix(dark, g.scale_colour(stone, 0.5 + cell * 0.6), shown * (0.55 + worn * 0.4))
    height = 0.45 + shown * 0.25 + grain * 0.1
    line = _paint_line(g, p) * (1.0 - patches(g, 16, p.range("paint_wear", 0.15, 0.6)))
    paint = p.colour(
        "paint", (0.1, 0.15), (0.0, 0.75) if p.chance("yellow", 0.4) else (0.0, 0.06), (0.8, 0.95)
    )
    albedo = g.mix(albedo, g.scale_colour(paint, 0.7 + grain * 0.3), line * 0.95)
    split = cracks(g, p, px, p.count("crack_cells", 2, 3), p.range("crack_width", 0.04, 0.09), 0.45)
    split = split * (1.0 if p.chance("cracked", 0.65) else 0.0)
    albedo = g.mix(albedo, (0.006, 0.006, 0.007), split)
    wet = patches(g, 2, p.wear("wet", 0.0, 0.5), 0.12)
    albedo = g.scale_colour(albedo, 1.0 - wet * 0.45)
    guide = Guide(shown * (0.9 - split * 0.8) + 0.1, cell, line, wet)
    return Maps(albedo, height - split * 0.35, 0.92 - wet * 0.75 - grain * 0.05, 0.0, guide)


def _paint_line(g: Graph, p: Params) -> Field | float:
    """1 inside a road marking that runs straight through the tile."""
    if not p.chance("marked", 0.35):
        return 0.0
    axis = g.u if p.chance("upright", 0.5) else g.v
    width = p.range("line_width", 0.05, 0.1)
    return spacing(axis, 1, p.free(0.0, 1.0)).smoothstep(width + 0.008, width - 0.008)
