"""Cuts a stream of bytes into lines, in bounded memory however long a line is.

Part of the contract, since both ends of the wire need it. Standard library only.
"""

__all__ = ["LineSplitter"]


class LineSplitter:
    """Feed it chunks as they are read; get whole lines back.

    A line longer than ``limit`` bytes (its newline included) is never held: it comes back once, as None, and
    its bytes are dropped as they arrive.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pending = bytearray()
        self._skipping = False

    def feed(self, chunk: bytes) -> list[bytes | None]:
        """The lines that ``chunk`` completes, each with its newline; None for one over the limit."""
        lines: list[bytes | None] = []
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            self._take(chunk[start : end + 1], lines)
            self._skipping = False
            start = end + 1
        self._take(chunk[start:], lines)
        return lines

    def rest(self) -> bytes:
        """What came after the last newline, for use at the end of the stream."""
        return bytes(self._pending)

    def _take(self, piece: bytes, lines: list[bytes | None]) -> None:
        if self._skipping or not piece:
            return
        self._pending += piece
        if len(self._pending) > self._limit:
            self._skipping = True
            self._pending.clear()
            lines.append(None)
        elif piece.endswith(b"\n"):
            lines.append(bytes(self._pending))
            self._pending.clear()
