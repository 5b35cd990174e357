"""Boards side by side, each with its own grain."""

from ...layouts import courses, spots, turned
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, outline, recipe
from .wear import cavity, per_cell

__all__: list[str] = []


@recipe("wood_planks")
def wood_planks(g: Graph, p: Params, px: int) -> Maps:
    """Upright or level boards from fresh pine to grey driftwood and old paint, with knots, nails and gaps."""
    boards = p.count("boards", 3, 7)
    joints = p.count("joints", 1, 2)
    upright = not p.chance("level", 0.25)
    drawn = courses(px, boards, joints, p.integer_seed(), p.range("width_jitter", 0.0, 0.25), 0.15)
    layout = turned(drawn) if upright else drawn
    edge, cell, slope = g.layout(layout)
    knot = _knots(g, p, px, boards, upright)
    rings, fibre = _grain(g, p, cell, knot, boards, upright)
    light, dark = _wood_colours(p)
    wood = g.mix(light, dark, (rings * 0.75 + fibre * 0.35).clamp())
    wood = g.mix(wood, g.scale_colour(dark, 0.35), knot.smoothstep(0.55, 0.85))
    wood = per_cell(g, wood, cell, p.range("variation", 0.3, 0.8), 0.02, 0.25)
    stain = g.spread_drawn(4, 5) * p.wear("stains", 0.0, 0.45)
    wood = g.scale_colour(wood, 1.0 - stain)
    gap = p.range("gap", 0.05, 0.12)
    body = edge.smoothstep(gap * 0.5, gap)
    worn_edge = edge.smoothstep(gap, gap + 0.2)
    wood = cavity(g, wood, worn_edge, p.range("edge_dirt", 0.25, 0.6))
    nail = _nails(edge, slope, joints, boards) if p.chance("nails", 0.6) else fibre * 0.0
    wood = g.mix(wood, (0.035, 0.03, 0.028), nail)
    albedo = g.mix(g.scale_colour(dark, 0.08), wood, body)
    height = body * (0.55 + cell * 0.12) + worn_edge * 0.12 - rings * 0.06 - fibre * 0.05 - nail * 0.05 + 0.1
    roughness = g.lerp(0.95, p.range("varnish", 0.3, 0.85) + fibre * 0.1, body)
    guide = Guide(outline(edge, gap), cell, (rings * 0.75 + fibre * 0.35).clamp(), stain)
    return Maps(albedo, height, roughness, nail * 0.8, guide)


def _wood_colours(p: Params) -> tuple[Colour, Colour]:
    """Light and dark wood of the same kind."""
    kind = p.pick("wood", ("pine", "oak", "walnut", "red", "grey"))
    hue, saturation, value = {
        "pine": ((0.085, 0.11), (0.4, 0.6), (0.72, 0.88)),
        "oak": ((0.07, 0.1), (0.4, 0.6), (0.52, 0.7)),
        "walnut": ((0.05, 0.08), (0.4, 0.6), (0.32, 0.48)),
        "red": ((0.025, 0.05), (0.4, 0.55), (0.42, 0.58)),
        "grey": ((0.07, 0.12), (0.05, 0.18), (0.48, 0.68)),
    }[kind]
    light = p.colour("light", hue, saturation, value)
    shade = p.range("grain_contrast", 0.28, 0.5)
    dark: Colour = (light[0] * shade, light[1] * shade * 0.85, light[2] * shade * 0.75)
    return light, dark


def _knots(g: Graph, p: Params, px: int, boards: int, upright: bool) -> Field:
    """1 in the middle of a knot, 0 beyond its reach."""
    layout = spots(
        px, 3, boards, p.integer_seed(), p.range("knot_size", 0.5, 0.8), 0.75, p.range("knots", 0.1, 0.5)
    )
    edge, _cell, _angle = g.layout(layout if upright else turned(layout))
    return edge


def _grain(g: Graph, p: Params, cell: Field, knot: Field, boards: int, upright: bool) -> tuple[Field, Field]:
    """Growth rings drawn out along the board and bent around knots, and fine fibres; both 0 to 1.

    Each board samples the noise at another place: its number shifts it around the torus.
    """
    long, across = p.range("grain_stretch", 0.1, 0.22), 1.0
    stretch = (across, long) if upright else (long, across)
    shift = ((cell * 5.3).fraction(), (cell * 9.1).fraction())
    waves = g.drawn_noise(boards * 1.1, 2, 0.45, stretch=stretch, warp=shift)
    rings = ((waves + knot * 0.25) * p.range("rings", 14.0, 26.0)).fraction()
    # a saw tooth: the late wood of a ring ends sharply
    late = rings.smoothstep(0.2, 0.85) * rings.smoothstep(1.0, 0.9)
    fine = (across * 1.0, 0.05) if upright else (0.05, across * 1.0)
    return late, g.spread_drawn(70, 3, stretch=fine, warp=shift)


def _nails(edge: Field, slope: Field, joints: int, boards: int) -> Field:
    """Two nail heads near each end of a board, told by the distances to its side and its end."""
    g = edge.graph
    from_end = slope.minimum(1.0 - slope) / joints - 0.065
    from_side = (edge - 0.23) * (0.5 / boards)
    distance = g.math("SQRT", from_end * from_end + from_side * from_side, 0.0)
    return distance.smoothstep(0.013, 0.009)
