"""Whether this package has the network for characters: published when the add-on is enabled, so that drawing only
reads.
"""

__all__ = ["WHY_NOT", "has_network", "publish"]

WHY_NOT = "This FilmAI came without its network for characters"

_has_network = False


def publish(has_network: bool) -> None:
    """Say whether it is there."""
    global _has_network
    _has_network = has_network


def has_network() -> bool:
    """True when characters can be painted."""
    return _has_network
