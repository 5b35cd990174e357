"""Metals: brushed, rusted, diamond plate, and the panels of space ships."""

from ...layouts import lozenges, panels, spots
from ..graph import Colour, Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, outline, recipe
from .wear import per_cell

__all__: list[str] = []

_TINTS = {
    "steel": ((0.55, 0.65), (0.0, 0.08), (0.5, 0.78)),
    "dark": ((0.55, 0.7), (0.0, 0.12), (0.25, 0.4)),
    "brass": ((0.12, 0.14), (0.3, 0.48), (0.65, 0.85)),
    "copper": ((0.04, 0.06), (0.4, 0.55), (0.6, 0.8)),
}


def _metal_colour(p: Params, kinds: tuple[str, ...]) -> Colour:
    return p.colour("metal", *_TINTS[p.pick("metal", kinds)])


@recipe("brushed_metal")
def brushed_metal(g: Graph, p: Params, px: int) -> Maps:
    """Level brushing from coarse to satin on steel, brass or copper; scratches, smudges."""
    metal = _metal_colour(p, ("steel", "steel", "steel", "dark", "brass", "copper"))
    length = p.range("stroke_length", 0.01, 0.04)
    fine = g.spread_drawn(130, 3, stretch=(length, 1.0))
    middle = g.spread_drawn(p.range("middle_scale", 24, 45), 3, stretch=(length, 1.0))
    broad = g.spread_drawn(p.range("broad_scale", 4, 9), 2, stretch=(0.05, 1.0))
    strokes = fine * 0.3 + middle * 0.45 + broad * 0.35
    contrast = p.range("contrast", 0.9, 1.5)
    scratch = g.drawn_noise(60, 2, stretch=(0.06, 1.0)).smoothstep(0.68, 0.72) * p.range(
        "scratches", 0.0, 0.6
    )
    smudge = g.spread_drawn(3, 5) * p.wear("smudges", 0.0, 0.25)
    tone = 1.0 + (strokes - 0.55) * contrast + scratch * 0.4 - smudge * 0.5
    roughness = p.range("roughness", 0.18, 0.4) + fine * 0.15 + smudge * 0.4
    height = 0.5 + (strokes - 0.5) * 0.15 - scratch * 0.1
    guide = Guide(strokes.clamp(), broad, scratch, smudge * 4.0)
    return Maps(g.scale_colour(metal, tone), height, roughness, 1.0, guide)


@recipe("rusted_metal")
def rusted_metal(g: Graph, p: Params, px: int) -> Maps:
    """Painted or bare steel eaten by rust: from first patches to all over, with flaking rims and dark pits."""
    painted = p.chance("painted", 0.6)
    paint = ((0.05, 0.65), (0.1, 0.42), (0.4, 0.75))
    coat = p.colour("paint", *paint) if painted else _metal_colour(p, ("steel", "dark"))
    bright = p.colour("rust_bright", (0.045, 0.075), (0.75, 0.92), (0.58, 0.8))
    deep = p.colour("rust_deep", (0.02, 0.045), (0.6, 0.8), (0.2, 0.36))
    area = g.drawn_noise(p.range("patch_scale", 2.5, 5.0), 6, 0.65) * 0.75 + g.drawn_noise(16, 4, 0.6) * 0.25
    limit = 0.5 - p.wear("coverage", -0.06, 0.08)
    rust = area.smoothstep(limit, limit + 0.025)
    rim = area.smoothstep(limit - 0.06, limit)
    crust, grain, pits = g.spread_drawn(12, 6, roughness=0.7), g.spread_drawn(50, 4), g.spread_drawn(25, 3)
    corroded = g.mix(deep, bright, (crust * 0.9 + grain * 0.35 - 0.1).clamp())
    corroded = g.mix(corroded, (0.02, 0.012, 0.01), pits.smoothstep(0.25, 0.02) * 0.8)
    worn = g.scale_colour(coat, 0.85 + g.spread_drawn(6, 5) * 0.2)
    stained = g.mix(worn, bright, rim * p.range("bleeding", 0.3, 0.75))
    height = 0.55 - rust * 0.2 + rust * crust * 0.25 + rim * (1.0 - rust) * 0.1
    roughness = g.lerp(p.range("coat_roughness", 0.25, 0.55), 0.8 + grain * 0.15, rust)
    metallic = (1.0 - rust) * (0.0 if painted else 1.0)
    return Maps(g.mix(stained, corroded, rust), height, roughness, metallic, Guide(crust, rim, pits, rust))


@recipe("diamond_plate")
def diamond_plate(g: Graph, p: Params, px: int) -> Maps:
    """Tread plate: raised bars at +-45 degrees, bare or painted, worn bright on top, grimy between."""
    bars = 2 * p.count("half_bars", 3, 4)
    layout = lozenges(
        px, bars, bars, p.integer_seed(), p.range("length", 0.78, 0.95), p.range("width", 0.24, 0.34)
    )
    edge, cell, slope = g.layout(layout)
    painted = p.chance("painted", 0.12)
    base = (
        p.colour(
            "paint", (0.08, 0.14) if p.chance("yellow", 0.5) else (0.55, 0.63), (0.35, 0.75), (0.45, 0.75)
        )
        if painted
        else _metal_colour(p, ("steel", "steel", "dark"))
    )
    bar = edge.smoothstep(0.0, 0.18)
    top = edge.smoothstep(0.15, 0.6)
    # the layout is 0 off the bars: a soft ring of grime around them comes from the lower threshold
    grime = g.spread_drawn(5, 6, roughness=0.65)
    grain = g.spread_drawn(60, 3)
    dirt = p.wear("dirt", 0.15, 0.7)
    floor = g.scale_colour(base, p.range("floor_tone", 0.38, 0.6) + grain * 0.12 - grime * dirt * 0.25)
    bright = g.mix(base, (0.72, 0.73, 0.75), p.range("wear", 0.35, 0.85))
    raised = g.mix(g.scale_colour(base, 0.22), bright, top)
    raised = g.scale_colour(raised, 0.9 + grain * 0.15 + (cell - 0.5) * 0.15)
    rust = grime.smoothstep(1.1 - p.range("rust", 0.0, 0.4), 1.3) * (1.0 - top)
    albedo = g.mix(g.mix(floor, raised, bar), (0.16, 0.055, 0.02), rust)
    metallic = (1.0 - rust) * ((top * 0.8 if painted else 1.0) if painted else 1.0)
    roughness = 0.3 + grime * dirt * 0.35 + rust * 0.3 - top * 0.1
    guide = Guide(edge, cell, slope, (grime * dirt).maximum(rust))
    return Maps(albedo, 0.25 + edge.smoothstep(0.0, 0.8) * 0.55, roughness, metallic, guide)


@recipe("scifi_panel")
def scifi_panel(g: Graph, p: Params, px: int) -> Maps:
    """Hull plates cut by seams: two greys and an accent, vents, rivets, small lights, chipped paint."""
    splits = p.count("splits", 4, 5)
    layout = panels(px, p.integer_seed(), splits, 16, 2)
    edge, cell, slope = g.layout(layout)
    hull = p.colour("hull", (0.52, 0.66), (0.02, 0.2), (0.3, 0.72))
    accent = p.colour(
        "accent", (-0.02, 0.1) if p.chance("warm_accent", 0.6) else (0.54, 0.62), (0.5, 0.8), (0.35, 0.75)
    )
    light = p.colour(
        "light", (0.48, 0.56) if p.chance("cold_light", 0.65) else (0.03, 0.12), (0.6, 0.85), (0.95, 1.0)
    )
    second, third = (cell * 7.31).fraction(), (cell * 13.77).fraction()
    grain, grime = g.spread_drawn(50, 3), g.spread_drawn(5, 6, roughness=0.65)
    seam = edge.smoothstep(0.03, 0.1)
    plates = per_cell(g, hull, cell, p.range("variation", 0.5, 1.0))
    dark = third.smoothstep(0.74, 0.741)
    plates = g.mix(plates, g.scale_colour(hull, 0.22), dark)
    is_accent = second.smoothstep(0.9 - 0.002, 0.9)
    plates = g.mix(plates, accent, is_accent)
    vent = _vents(g, p, edge, third)
    strip = _strips(edge, slope, second)
    rivet = _rivets(g, p, px, edge)
    dirt = grime * p.wear("grime", 0.1, 0.4)
    plates = g.scale_colour(plates, (0.85 + grain * 0.1 - dirt) * (1.0 - vent * 0.8))
    plates = g.scale_colour(plates, 0.75 + edge.smoothstep(0.08, 0.25) * 0.25)
    rim = edge.smoothstep(0.07, 0.11) * edge.smoothstep(0.18, 0.13)
    plates = g.mix(plates, (0.55, 0.57, 0.6), rim * p.range("worn_rims", 0.1, 0.6))
    plates = g.scale_colour(plates, 1.0 - rivet * 0.55)
    albedo = g.mix(g.mix((0.012, 0.014, 0.018), plates, seam), light, strip)
    height = seam * (0.45 + cell * 0.25) - vent * 0.2 + rivet * 0.08 - strip * 0.05 + 0.1
    roughness = 0.3 + grime * 0.3 + (1.0 - seam) * 0.3
    metallic = seam * (1.0 - strip) * p.range("metallic", 0.5, 1.0)
    # what kind of plate it is: dark 0, hull 0.2 to 0.8, accent 1
    plate = g.lerp((cell * 0.6 + 0.2) * (1.0 - dark), 1.0, is_accent)
    parts = (strip + vent * 0.6 + rivet * 0.3).clamp()
    return Maps(albedo, height, roughness, metallic, Guide(outline(edge, 0.065), plate, parts, dirt * 2.0))


def _vents(g: Graph, p: Params, edge: Field, number: Field) -> Field:
    """Level slots in some of the panels, away from their edges."""
    slots = 8 * p.count("slots", 2, 3)
    wave = (g.v * slots).fraction()
    slot = wave.smoothstep(0.3, 0.36) * wave.smoothstep(0.8, 0.74)
    chosen = number.smoothstep(0.5, 0.501) * number.smoothstep(0.741, 0.74)
    return slot * chosen * edge.smoothstep(0.2, 0.24)


def _strips(edge: Field, slope: Field, number: Field) -> Field:
    """A lit line down the middle of a few panels."""
    chosen = number.smoothstep(0.66, 0.661) * number.smoothstep(0.821, 0.82)
    return chosen * (slope - 0.5).absolute().smoothstep(0.09, 0.06) * edge.smoothstep(0.16, 0.2)


def _rivets(g: Graph, p: Params, px: int, edge: Field) -> Field:
    """Round heads on a raster of their own, only in a band along the seams."""
    count = 16
    head, _cell, _angle = g.layout(
        spots(px, count, count, p.integer_seed(), 0.28, 0.0, p.range("rivets", 0.2, 0.7))
    )
    return head.smoothstep(0.05, 0.3) * edge.smoothstep(0.1, 0.14)
