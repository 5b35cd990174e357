"""Thin laid pieces: ceramic tiles, roof tiles, terrazzo."""

from ...layouts import Layout, basket, grid, herringbone, hexagons, overlaps, voronoi
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, outline, recipe
from .wear import cavity, per_cell, stained

__all__: list[str] = []


@recipe("ceramic_tiles")
def ceramic_tiles(g: Graph, p: Params, px: int) -> Maps:
    """Glazed tiles in clear grout: squares (plain, chequered or with a motif), hexagons, herringbone, metro."""
    kind = p.pick(
        "kind", ("plain", "chequer", "chequer", "motif", "motif", "hexagon", "herringbone", "metro")
    )
    layout, rows = _tile_layout(kind, p, px)
    edge, cell, slope = g.layout(layout)
    glaze, second = _glazes(p)
    # grout must stand out from the glaze
    grout = p.colour("grout", (0.05, 0.15), (0.0, 0.1), (0.2, 0.42) if max(glaze) > 0.5 else (0.78, 0.92))
    gap = p.range("gap", 0.07, 0.15)
    body = edge.smoothstep(gap, gap + 0.05)
    cloud, speck = g.spread_drawn(6, 4), g.spread_drawn(60, 2)
    pattern: Field | float = 0.0
    if kind == "chequer":
        pattern = _chequer(g, rows)
    elif kind == "motif":
        pattern = _motif(g, p, rows)
    elif p.chance("mixed", 0.35):
        pattern = (cell * 3.7).fraction().smoothstep(0.6, 0.61)
    face = per_cell(g, g.mix(glaze, second, pattern), cell, p.range("variation", 0.05, 0.3), 0.015, 0.1)
    face = g.scale_colour(face, 0.88 + cloud * 0.14 + speck * 0.05)
    face = cavity(g, face, edge.smoothstep(gap, gap + 0.22), 0.25)
    worn = g.spread_drawn(5, 5) * p.wear("grime", 0.0, 0.5)
    joint = g.scale_colour(grout, 0.9 - worn * 0.6 + speck * 0.1)
    face = g.scale_colour(face, 1.0 - worn * 0.25)
    height = body * 0.5 + edge.smoothstep(gap, gap + 0.2) * 0.25 + 0.15
    roughness = g.lerp(0.9, p.range("gloss", 0.05, 0.35) + worn * 0.4, body)
    # the pattern is 0 or 1: what is left of the channel tells where on the tile
    guide = Guide(outline(edge, gap), cell, slope * 0.3 + g.math("MULTIPLY", pattern, 0.7), worn)
    return Maps(g.mix(joint, face, body), height, roughness, 0.0, guide)


def _tile_layout(kind: str, p: Params, px: int) -> tuple[Layout, int]:
    """The layout and its tiles per side."""
    if kind == "hexagon":
        columns = p.count("columns", 4, 7)
        return hexagons(px, columns, p.integer_seed()), columns
    if kind == "herringbone":
        weave = herringbone if p.chance("zigzag", 0.7) else basket
        return weave(px, 8, p.integer_seed()), 8
    if kind == "metro":
        rows = 2 * p.count("half_rows", 3, 4)
        return grid(px, rows, rows // 2, p.integer_seed(), 0.5), rows
    rows = 2 * p.count("half_rows", 1, 3) if kind == "chequer" else p.count("rows", 3, 6)
    return grid(
        px,
        max(rows, 4) if kind == "chequer" else rows,
        max(rows, 4) if kind == "chequer" else rows,
        p.integer_seed(),
        0.0,
    ), max(rows, 4) if kind == "chequer" else rows


def _glazes(p: Params) -> tuple[Colour, Colour]:
    """A glaze and another that stands out from it."""
    white = p.colour("white", (0.08, 0.14), (0.0, 0.12), (0.82, 0.95))
    strong = p.colour("glaze", (0.0, 1.0), (0.2, 0.65), (0.25, 0.6))
    dark = p.colour("dark", (0.5, 0.7), (0.0, 0.3), (0.06, 0.18))
    scheme = p.pick("scheme", ("white and strong", "strong and white", "white and dark", "strong and dark"))
    return {
        "white and strong": (white, strong),
        "strong and white": (strong, white),
        "white and dark": (white, dark),
        "strong and dark": (strong, dark),
    }[scheme]


def _chequer(g: Graph, rows: int) -> Field:
    """0 and 1 in turn over an even number of tiles."""
    columns_odd = (g.u * (rows / 2)).fraction().smoothstep(0.4999, 0.5001)
    rows_odd = (g.v * (rows / 2)).fraction().smoothstep(0.4999, 0.5001)
    return (columns_odd - rows_odd).absolute()


def _motif(g: Graph, p: Params, rows: int) -> Field:
    """A painted figure in the middle and at the corners of each square tile."""
    x = ((g.u * rows).fraction() - 0.5).absolute()
    y = ((g.v * rows).fraction() - 0.5).absolute()
    radius = g.math("SQRT", x * x + y * y, 0.0)
    from_corner = g.math("SQRT", (0.5 - x) * (0.5 - x) + (0.5 - y) * (0.5 - y), 0.0)
    figure = p.pick("figure", ("lozenge", "ring", "star", "quarters"))
    size = p.range("figure_size", 0.22, 0.36)
    if figure == "lozenge":
        return (x + y).smoothstep(size + 0.01, size) + from_corner.smoothstep(0.16, 0.15)
    if figure == "ring":
        return (radius - size).absolute().smoothstep(0.07, 0.06) + radius.smoothstep(0.1, 0.09)
    if figure == "star":
        return (x * y * 14.0 + radius * 0.6).smoothstep(size, size - 0.03) + from_corner.smoothstep(
            0.14, 0.13
        )
    return (from_corner - size).absolute().smoothstep(0.07, 0.06) + (x + y).smoothstep(0.16, 0.15)


@recipe("roof_tiles")
def roof_tiles(g: Graph, p: Params, px: int) -> Maps:
    """Overlapping rows in shadow of one another: clay pantiles, beaver tails, slate and shingles; moss, soot."""
    kind = p.pick("kind", ("pantile", "pantile", "beaver", "slate"))
    rows = 2 * p.count("half_rows", 2, 3)
    slate = kind == "slate"
    if slate:
        colour = p.colour("slate", (0.55, 0.68), (0.05, 0.2), (0.28, 0.45))
    else:
        colour = p.colour("clay", (0.028, 0.07), (0.45, 0.68), (0.5, 0.78))
    layout, columns = _roof_layout(kind, p, px, rows)
    edge, cell, slope = g.layout(layout)
    grain, blotch = g.spread_drawn(45, 5), g.spread_drawn(7, 5)
    tones = per_cell(g, colour, cell, p.range("variation", 0.25, 0.6), 0.02, 0.2)
    tones = g.scale_colour(tones, 0.75 + grain * 0.2 + blotch * 0.25)
    lifted = slope.smoothstep(p.range("shadow_start", 0.1, 0.25), p.range("shadow_end", 0.45, 0.7))
    open_sky = lifted * 0.75 + edge.smoothstep(0.0, 0.16) * 0.25
    if kind == "pantile":
        wave = 0.5 - 0.5 * g.math("COSINE", g.u * (columns * 6.283185307), 0.0)
        open_sky = open_sky * (0.25 + wave.smoothstep(0.05, 0.75) * 0.75)
        relief = wave * 0.5 + slope * 0.3
    else:
        relief = slope * 0.7
    tones = cavity(g, tones, open_sky, 0.85)
    tones = g.scale_colour(tones, 0.85 + slope.smoothstep(0.85, 1.0) * 0.3)
    moss = p.colour("moss", (0.18, 0.26), (0.35, 0.6), (0.2, 0.4))
    grown = stained(g, p.wear("moss_cover", 0.0, 0.35), 5)
    tones = g.mix(tones, g.scale_colour(moss, 0.4 + open_sky * 0.7), grown)
    height = relief + edge.smoothstep(0.0, 0.08) * 0.12 + grain * 0.05
    guide = Guide(relief * 0.65 + edge.smoothstep(0.0, 0.16) * 0.3, cell, slope, grown)
    return Maps(tones, height, 0.6 + grain * 0.2 + p.range("dullness", 0.0, 0.2), 0.0, guide)


def _roof_layout(kind: str, p: Params, px: int, rows: int) -> tuple[Layout, int]:
    seed = p.integer_seed()
    if kind == "pantile":
        return overlaps(px, rows, rows + 1, seed, "wave", 0.25, 0.0, 0.04), rows + 1
    if kind == "beaver":
        return overlaps(px, rows, rows, seed, "round", p.range("roundness", 0.35, 0.6), 0.5, 0.03), rows
    columns = max(2, round(rows * p.range("slate_width", 0.6, 1.1)))
    return overlaps(px, rows, columns, seed, "straight", 0.0, 0.5, p.range("unevenness", 0.02, 0.14)), columns


@recipe("terrazzo")
def terrazzo(g: Graph, p: Params, px: int) -> Maps:
    """Polished cement with angular chips of marble, large and small, in two to four colours."""
    rows = p.count("rows", 6, 9)
    layout = voronoi(px, rows, rows, p.integer_seed(), 0.95)
    edge, cell, _slope = g.layout(layout)
    small_edge, small_cell, _angle = g.layout(voronoi(px, rows * 2, rows * 2, p.integer_seed(), 0.95))
    light = p.chance("light_ground", 0.75)
    ground = p.colour("ground", (0.05, 0.15), (0.0, 0.15), (0.72, 0.92) if light else (0.15, 0.35))
    chips = [
        p.colour("chip_a", (0.0, 0.1), (0.3, 0.65), (0.35, 0.7)),
        p.colour("chip_b", (0.0, 1.0), (0.1, 0.5), (0.3, 0.6)),
        p.colour("chip_c", (0.06, 0.14), (0.1, 0.4), (0.55, 0.8)),
        p.colour("chip_d", (0.5, 0.7), (0.0, 0.2), (0.08, 0.25) if light else (0.7, 0.9)),
    ]
    grain = g.spread_drawn(60, 3)
    size = p.range("chip_gap", 0.16, 0.3)
    large = _chips(edge + (g.drawn_noise(16, 2) - 0.5) * 0.25, cell, size, 0.3)
    small = _chips(small_edge, small_cell, size + 0.05, p.range("fewer_small", 0.2, 0.5))
    stones = g.mix(_chip_colours(g, small_cell, chips), _chip_colours(g, cell, chips), large)
    stones = g.scale_colour(stones, 0.85 + g.spread_drawn(20, 5) * 0.3)
    cement = g.scale_colour(ground, 0.92 + grain * 0.12)
    covered = large.maximum(small)
    gloss = p.range("polish", 0.08, 0.3)
    guide = Guide(covered, g.lerp(small_cell, cell, large), large)
    return Maps(
        g.mix(cement, stones, covered), 0.5 + covered * 0.04, gloss + (1.0 - covered) * 0.1, 0.0, guide
    )


def _chips(edge: Field, cell: Field, gap: float, missing: float) -> Field:
    """1 on a chip: cells shrunk by different amounts, some left out."""
    number = (cell * 5.37).fraction()
    border = gap + number * 0.25
    inside = edge.graph.remap(edge - border, 0.0, 0.05, 0.0, 1.0, smooth=True)
    return inside * (cell * 11.9).fraction().smoothstep(missing - 0.001, missing)


def _chip_colours(g: Graph, cell: Field, colours: list[Colour]) -> Field:
    """One of four colours by the cell's number, in slightly different tones."""
    first = g.mix(colours[0], colours[1], cell.smoothstep(0.299, 0.301))
    second = g.mix(colours[2], colours[3], cell.smoothstep(0.749, 0.751))
    return per_cell(g, g.mix(first, second, cell.smoothstep(0.499, 0.501)), (cell * 17.3).fraction(), 0.35)
