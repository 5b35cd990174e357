"""What a render shows and a guide does not: faces, buckles, rivets, emblems, gauges and stitches."""

from ...characters.character import Character
from ...characters.sculpture import Sculpture
from .details_cloth import CLOTH
from .details_face import FACES
from .details_metal import METAL

__all__ = ["add_details"]


def add_details(s: Sculpture, c: Character) -> None:
    """Adds the details of every mark."""
    for mark in list(s.marks):
        _DETAILS[mark.kind](s, c, mark)


_DETAILS = FACES | METAL | CLOTH
