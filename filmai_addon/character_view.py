"""Whether this package has the networks for characters and for portraits: published when the add-on is enabled, so
that drawing only reads.
"""

__all__ = ["WHY_NOT", "has_enlarger", "has_network", "has_portraits", "publish", "publish_portraits"]

WHY_NOT = "This FilmAI came without its network for characters"

_has_network = False
_has_enlarger = False
_has_portraits = False


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


def publish_portraits(has_portraits: bool) -> None:
    """The same of the network for heads and shoulders."""
    global _has_portraits
    _has_portraits = has_portraits


def has_portraits() -> bool:
    """True when portraits can be painted."""
    return _has_portraits
