"""The table of "First texture": rows from the facts that the measuring processes left. Computes, measures nothing."""

from dataclasses import dataclass
from typing import Any

from bench.measure import median

__all__ = ["Row", "markdown", "rows_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what, how much, the peer of the same run, and what the design allows."""

    what: str
    value: float
    low: float
    high: float
    unit: str
    peer: str
    peer_value: float | None
    budget: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's; below 1 is better than the peer."""
        return None if not self.peer_value else self.value / self.peer_value

    def cells(self) -> list[str]:
        """As text, for a table."""
        spread = f"{self.low:.1f} to {self.high:.1f}"
        peer = "" if self.peer_value is None else f"{self.peer_value:.1f} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return [self.what, f"{self.value:.1f} {self.unit}", spread, self.peer, peer, ratio, self.budget]


HEADERS = ["what", "median", "lowest to highest", "peer in the same run", "peer", "ratio", "budget"]


def rows_of(blender: dict[str, Any], bare: dict[str, Any]) -> list[Row]:
    """The rows. ``blender`` is what bench.in_blender wrote, ``bare`` what bench.bare wrote."""
    rows = [
        _row(
            "register() + unregister()",
            blender["register_ms"],
            "Node Wrangler's",
            blender["register_peer_ms"],
            "20 ms",
        ),
        _row(
            "worker start to Ready",
            blender["start_ms"],
            "bare Python importing numpy and onnxruntime",
            blender["start_peer_ms"],
            "1000 ms",
        ),
    ]
    for size in (1024, 2048):
        click = blender[f"click_{size}_ms"]
        budget = "ratio 1.3" if size == 1024 else ""
        rows += [
            _row(
                f"click to image, {size} px, warm worker",
                click,
                "bare session.run, 64 px",
                bare["session_ms"],
                budget,
            ),
            _row(f"click to image, {size} px, warm worker", click, "torch eager, 64 px", bare["torch_ms"]),
            _row(
                f"click to image, {size} px, warm worker",
                click,
                "bare session.run, Pillow's resize and PNG",
                bare[f"script_{size}_ms"],
            ),
            _row(
                f"... over what the worker itself took, {size} px",
                click,
                "the job inside the worker",
                blender[f"worker_{size}_ms"],
            ),
            _row(
                f"longest stall of the main thread, {size} px",
                blender[f"stall_{size}_ms"],
                "images.load() + pack() of the same file",
                blender[f"stall_peer_{size}_ms"],
                "50 ms",
            ),
        ]
    rows.append(_row("bare session.run, 64 px", bare["session_ms"], "torch eager, 64 px", bare["torch_ms"]))
    rows += _memory_rows(blender, bare)
    return rows


def markdown(rows: list[Row], machine: list[str], versions: list[str], repeats: int) -> str:
    """The result as a page."""
    lines = [
        "# First texture: measured",
        "",
        f"Made by `python build.py bench`: medians of {repeats} measurements or more. Peers in Blender are measured",
        "in turn with ours, the bare network and torch before and after them, in the same run.",
        "",
        "The network draws 64 x 64 pixels in a few milliseconds; a click also enlarges the picture, writes a PNG,",
        "loads it into Blender and builds the material. So the ratio of a click over the bare network says what all",
        "of that costs, not how well the network runs; the row below it says what the add-on adds to its worker.",
        "",
        f"| {' | '.join(HEADERS)} |",
        f"| {' | '.join(['---', *['---:'] * 2, '---', *['---:'] * 3])} |",
        *(f"| {' | '.join(row.cells())} |" for row in rows),
        "",
        *(f"- {line}" for line in [*machine, *versions]),
        "",
    ]
    return "\n".join(lines)


def _row(what: str, ours: list[float], peer: str, peers: list[float], budget: str = "") -> Row:
    return Row(what, median(ours), min(ours), max(ours), "ms", peer, median(peers), budget)


def _memory_rows(blender: dict[str, Any], bare: dict[str, Any]) -> list[Row]:
    rows = []
    for what, key, peer, peer_value, budget in (
        (
            "memory of the worker after 2048 px",
            "memory_worker_mb",
            "bare session",
            bare["memory_mb"],
            "1500 MB",
        ),
        (
            "memory of Blender after all jobs",
            "memory_blender_mb",
            "Blender alone",
            blender["memory_blender_alone_mb"],
            "",
        ),
    ):
        value = blender[key]
        if value is not None:
            rows.append(Row(what, value, value, value, "MB", peer, peer_value, budget))
    return rows
