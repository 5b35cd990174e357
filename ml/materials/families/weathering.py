"""What many materials share: wandering edges, patches, cracks, pores. Periodic, like everything of a tile."""

from ...layouts import voronoi
from ...layouts_scatter import Items, scatter
from ..graph import Field, Graph
from ..params import Params

__all__ = ["cracks", "patches", "pores", "spacing", "wander"]


def wander(g: Graph, amount: float, scale: float, detail: float = 3.0) -> tuple[Field, Field]:
    """A displacement of (u, v) that makes straight edges wander by about ``amount`` / 2 of the tile."""
    return (g.drawn_noise(scale, detail) - 0.5) * amount, (g.drawn_noise(scale, detail) - 0.5) * amount


def patches(g: Graph, scale: float, share: float, softness: float = 0.06) -> Field:
    """1 inside ragged patches that cover about ``share`` of the tile (0 to 1), 0 outside."""
    limit = 0.68 - 0.36 * share
    return g.drawn_noise(scale, 5, 0.6).smoothstep(limit, limit + softness)


def cracks(g: Graph, p: Params, px: int, rows: int, width: float, lost: float = 0.5) -> Field:
    """1 on a net of cracks around cells, about ``rows`` to the tile, of which about the share ``lost`` is whole.

    width: of the crack, as a fraction of the distance from a cell's border to its middle.
    """
    # only the smooth distance is used, so half the size is enough
    net = voronoi(max(64, px // 2), rows, rows, p.integer_seed(), 0.9)
    edge, _, _ = g.warped_layout(net, wander(g, 0.16, 5, 4))
    kept = g.drawn_noise(rows, 2).smoothstep(0.25 + lost * 0.3, 0.4 + lost * 0.3)
    return edge.smoothstep(width, width * 0.25) * kept


def pores(g: Graph, p: Params, px: int, count: int, length: tuple[float, float]) -> Field:
    """1 in small round holes."""
    drawn = scatter(px, Items(count, "pebble", length, (0.7, 1.2)), p.integer_seed())
    edge, _, _ = g.layout(drawn.layout)
    return edge.smoothstep(0.0, 0.5)


def spacing(along: Field, lines: int, offset: float = 0.0) -> Field:
    """Distance, in tiles, to the nearest of ``lines`` evenly spaced lines across that axis (0 to 1)."""
    return ((along * lines + (0.5 + offset)).fraction() - 0.5).absolute() * (1.0 / lines)
