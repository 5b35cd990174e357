"""Natural stone: rock, marble, granite."""

import math

from ...layouts import voronoi
from ..graph import Field, Graph
from ..params import Params
from ..recipe import Guide, Maps, recipe
from .weathering import patches, wander

__all__: list[str] = []


@recipe("marble")
def marble(g: Graph, p: Params, px: int) -> Maps:
    """Pale or dark polished ground with folded veins, coarse and fine, and smoky clouds."""
    dark = p.chance("dark", 0.25)
    if dark:
        ground = p.colour("ground", (0.05, 0.45), (0.05, 0.35), (0.08, 0.2))
        vein = p.colour("vein", (0.08, 0.14), (0.0, 0.35), (0.75, 0.95))
    else:
        ground = p.colour("ground", (0.04, 0.12), (0.0, 0.14), (0.85, 0.97))
        vein = p.colour("vein", (0.05, 0.65), (0.05, 0.3), (0.2, 0.42))
    fold = p.range("fold", 0.15, 0.4)
    warp, warp_other = wander(g, fold, 2), wander(g, fold, 2)
    stretch = (1.0, p.range("stretch", 0.35, 0.9))
    coarse = (
        g.drawn_noise(p.range("vein_scale", 2.2, 4.0), 5, 0.45, stretch=stretch, warp=warp) - 0.5
    ).absolute()
    fine = (g.drawn_noise(p.range("fine_scale", 4, 7), 5, 0.5, warp=warp_other) - 0.5).absolute()
    width = p.range("vein_width", 0.012, 0.03)
    lines = coarse.smoothstep(width, 0.0)
    halo = coarse.smoothstep(width * 3.5, 0.0) * 0.3
    threads = fine.smoothstep(0.012, 0.0) * p.range("threads", 0.2, 0.7)
    veins = (lines + halo + threads).clamp() * p.range("contrast", 0.65, 1.0)
    cloud = g.spread_drawn(3, 5, warp=warp)
    smoke = p.range("smoke", 0.1, 0.45)
    albedo = g.mix(g.scale_colour(ground, 1.0 - cloud * smoke), vein, veins)
    guide = Guide(1.0 - (lines + halo).clamp(), cloud, threads)
    return Maps(albedo, 0.5 - lines * 0.06, p.range("polish", 0.06, 0.35) + lines * 0.1, 0.0, guide)


@recipe("rock")
def rock(g: Graph, p: Params, px: int) -> Maps:
    """Broken rock face: facets of two sizes, strata, cracks, lichen; grey, brown, red or dark."""
    rows = p.count("facets", 2, 4)
    big = voronoi(px, rows, rows + p.count("extra_columns", 0, 1), p.integer_seed(), 0.95)
    small = voronoi(px, rows * 3, rows * 2, p.integer_seed(), 0.95)
    edge, cell, _ = g.warped_layout(big, wander(g, 0.14, 4))
    small_edge, small_cell, _ = g.warped_layout(small, wander(g, 0.06, 8))
    # each facet looks up the noise at a place of its own, so that neighbouring facets tilt differently
    tilt = g.drawn_noise(2.5, 1, warp=(cell * 3.7, cell * 5.3)).smoothstep(0.36, 0.64)
    chip = g.drawn_noise(4, 1, warp=(small_cell * 3.1, small_cell * 4.7)).smoothstep(0.36, 0.64)
    grain = g.spread_drawn(26, 5, roughness=0.65)
    cracks = edge.smoothstep(p.range("crack", 0.06, 0.14), 0.0) * g.drawn_noise(3, 2).smoothstep(0.48, 0.62)
    fissures = small_edge.smoothstep(0.1, 0.0) * g.drawn_noise(4, 2).smoothstep(0.54, 0.66)
    gaps = (cracks + fissures * 0.7).clamp()
    relief = tilt * 0.45 + chip * p.range("chips", 0.25, 0.4) + grain * 0.27
    relief = relief + _strata(g, p) * p.range("strata", 0.0, 0.1)
    height = (relief * (1.0 - gaps * 0.85)).clamp()
    stone = p.colour("stone", (0.05, 0.115), (0.03, 0.27), (0.45, 0.74))
    lit = g.vary(stone, 0.5 + (tilt - 0.5) * 0.04, 1.0, 0.22 + height.smoothstep(-0.05, 0.95) * 1.05)
    albedo = g.mix(lit, g.scale_colour(stone, 0.07), gaps * 0.9)
    lichen = p.colour("lichen", (0.12, 0.24), (0.12, 0.36), (0.45, 0.66))
    cover = patches(g, 5, p.wear("lichen_cover", 0.0, 0.32)) * (1.0 - gaps) * height.smoothstep(0.2, 0.6)
    albedo = g.mix(albedo, g.scale_colour(lichen, 0.6 + grain * 0.5), cover * 0.7)
    wet = p.range("wet", 0.0, 0.4)
    guide = Guide((1.0 - gaps) * (0.25 + relief.clamp() * 0.75), tilt, chip, cover)
    return Maps(g.scale_colour(albedo, 1.0 - wet * 0.5), height, 0.9 - wet * 0.6 - grain * 0.1, 0.0, guide)


def _strata(g: Graph, p: Params) -> Field:
    """Layers of a sedimentary rock, slanted by whole periods."""
    layers, slant = p.count("layers", 5, 9), p.count("slant", -2, 2)
    bend = wander(g, 0.2, 2)[0]
    return ((g.v * layers + g.u * slant + bend * layers) * math.tau).sine()


@recipe("granite")
def granite(g: Graph, p: Params, px: int) -> Maps:
    """Interlocked crystals of three minerals: feldspar (white, grey, pink, red), quartz, black mica."""
    rows = p.count("crystals", 19, 28)
    layout = voronoi(px, rows, rows, p.integer_seed(), 1.0)
    edge, cell, _ = g.warped_layout(layout, wander(g, 0.05, 24))
    # minerals gather: the same noise moves the shares of neighbouring crystals together
    place = cell + (g.drawn_noise(5, 3) - 0.5) * 0.6
    pink = p.chance("pink", 0.45)
    feldspar = p.colour(
        "feldspar", (0.0, 0.07) if pink else (0.06, 0.14), (0.25, 0.5) if pink else (0.0, 0.1), (0.65, 0.88)
    )
    quartz = p.colour("quartz", (0.05, 0.6), (0.0, 0.1), (0.45, 0.66))
    pale = p.colour("pale", (0.05, 0.12), (0.0, 0.12), (0.85, 0.95))
    mica = p.colour("mica", (0.0, 0.6), (0.0, 0.25), (0.05, 0.13))
    dark_share = p.range("mica_share", 0.2, 0.42)
    light = g.mix(feldspar, quartz, place.smoothstep(0.52, 0.56))
    light = g.mix(light, pale, place.smoothstep(0.78, 0.82))
    grain = g.spread_drawn(60, 3)
    speck = g.drawn_noise(34, 2).smoothstep(0.62, 0.68)
    dark = (1.0 - place.smoothstep(dark_share - 0.02, dark_share + 0.02)).maximum(speck)
    albedo = g.mix(g.scale_colour(light, 0.75 + grain * 0.4), mica, dark)
    albedo = g.scale_colour(albedo, 0.75 + edge.smoothstep(0.0, 0.25) * 0.25)
    polish = p.range("polish", 0.1, 0.75)
    guide = Guide(edge, place.clamp(), dark)
    return Maps(albedo, 0.5 + (cell - 0.5) * polish * 0.4 + grain * 0.05, polish + dark * 0.1, 0.0, guide)
