"""Skins: leather, scales, fur."""

from ...layouts import scales as scale_layout
from ...layouts import voronoi, warped
from ...layouts_scatter import Items, scatter
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .wear import cavity, per_cell

__all__: list[str] = []


@recipe("leather")
def leather(g: Graph, p: Params, px: int) -> Maps:
    """Pebbled skin with dark creases: brown, tan, black, oxblood, cream; worn pale where it rubs."""
    rows = p.count("rows", 13, 19)
    layout = warped(
        voronoi(px, rows, rows, p.integer_seed(), 0.95), p.range("stretch", 0.004, 0.012), 4, p.integer_seed()
    )
    edge, cell, slope = g.layout(layout)
    hide = _hide_colour(p)
    crease = (g.drawn_noise(p.range("fold_scale", 3, 6), 2, 0.4) - 0.5).absolute().smoothstep(0.016, 0.002)
    crease = crease * p.range("folds", 0.4, 1.0)
    pores = g.spread_drawn(70, 2)
    pebble = edge.smoothstep(-0.1, p.range("pebble", 0.25, 0.45))
    openness = pebble * (1.0 - crease * 0.8)
    tone = per_cell(g, hide, cell, 0.12)
    worn = g.spread_drawn(3, 5).smoothstep(0.5, 1.0) * p.wear("wear", 0.0, 0.7)
    tone = g.mix(tone, g.vary(hide, 0.51, 0.75, 1.7), worn * pebble)
    tone = g.scale_colour(tone, 0.9 + pores * 0.15)
    albedo = cavity(g, tone, openness, p.range("creasing", 0.62, 0.85))
    roughness = p.range("roughness", 0.3, 0.6) + (1.0 - openness) * 0.25 + pores * 0.05
    guide = Guide(openness, cell, slope, worn)
    return Maps(albedo, 0.15 + openness * 0.7 + pores * 0.03, roughness, 0.0, guide)


def _hide_colour(p: Params) -> Colour:
    kind = p.pick("hide", ("brown", "brown", "tan", "black", "oxblood", "cream"))
    hue, saturation, value = {
        "brown": ((0.04, 0.07), (0.5, 0.75), (0.32, 0.5)),
        "tan": ((0.06, 0.085), (0.5, 0.7), (0.58, 0.75)),
        "black": ((0.0, 0.1), (0.0, 0.15), (0.2, 0.32)),
        "oxblood": ((-0.02, 0.015), (0.6, 0.8), (0.3, 0.48)),
        "cream": ((0.09, 0.12), (0.15, 0.3), (0.75, 0.88)),
    }[kind]
    return p.colour("hide", hue, saturation, value)


@recipe("scales")
def scales(g: Graph, p: Params, px: int) -> Maps:
    """Overlapping scales of fish, snake or dragon: round to pointed, keeled, two-toned, sometimes iridescent."""
    rows = 2 * p.count("half_rows", 3, 5)
    columns = max(3, round(rows * p.range("width", 0.5, 0.75)))
    layout = scale_layout(px, rows, columns, p.integer_seed(), p.range("pointed", 0.0, 0.7))
    edge, cell, slope = g.layout(layout)
    body = p.colour("body", (0.0, 0.65), (0.3, 0.75), (0.35, 0.7))
    rim = p.colour("rim", (0.05, 0.6), (0.15, 0.5), (0.6, 0.9))
    deep: Colour = (body[0] * 0.12, body[1] * 0.12, body[2] * 0.12)
    grown = slope.smoothstep(0.1, 0.8)
    skin = g.mix(deep, per_cell(g, body, cell, p.range("variation", 0.2, 0.7), 0.06, 0.3), grown)
    ridges = 0.5 + 0.5 * (edge * 40.0).sine()
    tip = slope.smoothstep(0.55, 1.0) * p.range("pale_tip", 0.3, 0.9)
    skin = g.mix(skin, rim, tip)
    patch = g.spread_drawn(3, 4).smoothstep(0.45, 0.7) * p.wear("pattern", 0.0, 0.6)
    skin = g.scale_colour(skin, 1.0 - patch)
    skin = g.scale_colour(skin, 0.9 + ridges * 0.1 + g.spread_drawn(50, 3) * 0.1)
    rim_free = edge.smoothstep(0.0, 0.2)
    albedo = cavity(g, skin, rim_free, 0.85)
    height = slope * 0.6 + rim_free * 0.25 + ridges * 0.04
    guide = Guide(rim_free * (0.3 + slope * 0.7), cell, slope, patch)
    metallic = p.range("sheen", 0.0, 0.6) if p.chance("metallic", 0.4) else 0.0
    return Maps(albedo, height, p.range("roughness", 0.2, 0.5) + (1.0 - rim_free) * 0.3, metallic, guide)


@recipe("fur")
def fur(g: Graph, p: Params, px: int) -> Maps:
    """Long hair lying downwards in tufts: plain, spotted, striped or mottled coats."""
    length = p.range("length", 0.16, 0.3)
    hair = scatter(
        px,
        Items(
            p.count("hairs", 700, 1000),
            "blade",
            (length * 0.7, length),
            (0.05, 0.1),
            0.12,
            -0.25,
            p.range("mess", 0.06, 0.18),
        ),
        p.integer_seed(),
        0.02,
    )
    swirl, seed = p.range("swirl", 0.0, 0.03), p.integer_seed()
    drawn = warped(hair.layout, swirl, 2, seed)
    relief = warped(hair.relief, swirl, 2, seed)
    edge, cell, _slope = g.layout(drawn)
    depth, along, shade = g.layout(relief)
    coat, dark = _coat(p)
    kind = p.pick("pattern", ("plain", "plain", "mottled", "spots", "stripes"))
    mark = _marks(g, kind)
    hairs = per_cell(g, g.mix(coat, dark, mark), cell, p.range("variation", 0.4, 0.8), 0.02, 0.2)
    hairs = g.scale_colour(hairs, 0.6 + along * 0.6)
    openness = (edge.smoothstep(0.0, 0.6) * 0.4 + 0.6) * (1.0 - shade * 0.55) * (0.7 + depth * 0.5)
    albedo = g.scale_colour(hairs, openness * 1.35)
    guide = Guide(openness * 0.8, cell, along, g.math("MULTIPLY", mark, 1.0))
    return Maps(albedo, depth * 0.6 + edge * 0.3, 0.65 + along * 0.15, 0.0, guide)


def _coat(p: Params) -> tuple[Colour, Colour]:
    """The coat's colour and that of its marks."""
    kind = p.pick("coat", ("brown", "ginger", "grey", "white", "dark", "blond"))
    hue, saturation, value = {
        "brown": ((0.05, 0.08), (0.38, 0.55), (0.48, 0.66)),
        "ginger": ((0.055, 0.08), (0.5, 0.65), (0.65, 0.82)),
        "grey": ((0.05, 0.12), (0.0, 0.1), (0.45, 0.65)),
        "white": ((0.08, 0.13), (0.02, 0.12), (0.85, 0.97)),
        "dark": ((0.04, 0.07), (0.2, 0.4), (0.3, 0.4)),
        "blond": ((0.09, 0.12), (0.3, 0.5), (0.75, 0.9)),
    }[kind]
    coat = p.colour("coat", hue, saturation, value)
    return coat, (coat[0] * 0.1, coat[1] * 0.085, coat[2] * 0.08)


def _marks(g: Graph, kind: str) -> Field | float:
    """1 where the coat is dark."""
    if kind == "spots":
        return g.drawn_noise(9, 1).smoothstep(0.53, 0.56)
    if kind == "stripes":
        return g.drawn_noise(9, 1, stretch=(0.3, 1.0)).smoothstep(0.51, 0.54)
    if kind == "mottled":
        return g.spread_drawn(3, 4) * 0.8
    return 0.0
