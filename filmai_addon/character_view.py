"""Whether this package has the networks for characters: published when the add-on is enabled, so that drawing only
reads.
"""

__all__ = ["WHY_NOT", "has_enlarger", "has_network", "publish"]

WHY_NOT = "This FilmAI came without its network for characters"

_has_network = False
_has_enlarger = False


def publish(has_network: bool, has_enlarger: bool = False) -> None:
    """Say which are there."""
    global _has_network, _has_enlarger
    _has_network, _has_enlarger = has_network, has_enlarger


def has_network() -> bool:
    """True when characters can be painted."""
    return _has_network


def has_enlarger() -> bool:
    """True when a second network can draw their pictures larger."""
    return _has_enlarger
