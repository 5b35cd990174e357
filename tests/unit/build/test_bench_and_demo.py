"""The bench's table says what was measured, and the demo says what it lacks."""

import pytest

from bench.first_texture import markdown, rows_of
from tooling import demo
from tooling.errors import BuildError


def _facts() -> tuple[dict[str, object], dict[str, object]]:
    times = {
        f"{name}_{size}_ms": [value, value + 2, value + 1]
        for size in (1024, 2048)
        for name, value in (("click", 100.0), ("worker", 50.0), ("stall", 8.0), ("stall_peer", 4.0))
    }
    blender: dict[str, object] = {
        "register_ms": [3.0, 1.0, 2.0],
        "register_peer_ms": [4.0, 4.0, 4.0],
        "start_ms": [500.0],
        "start_peer_ms": [250.0],
        "memory_worker_mb": 120.0,
        "memory_blender_mb": None,
        "memory_blender_alone_mb": None,
        **times,
    }
    scripts = {"script_1024_ms": [90.0], "script_2048_ms": [200.0]}
    return blender, {"session_ms": [2.0], "torch_ms": [4.0], "memory_mb": 80.0, **scripts}


def test_a_row_is_the_median_over_the_peers_median() -> None:
    rows = {(row.what, row.peer): row for row in rows_of(*_facts())}
    row = rows["register() + unregister()", "Node Wrangler's"]
    assert (row.value, row.low, row.high, row.ratio) == (2.0, 1.0, 3.0, 0.5)
    assert rows["bare session.run, 64 px", "torch eager, 64 px"].ratio == 0.5


def test_what_the_system_does_not_tell_is_left_out_and_not_made_up() -> None:
    assert [row.what for row in rows_of(*_facts()) if row.unit == "MB"] == [
        "memory of the worker after 2048 px"
    ]


def test_the_page_has_every_row_and_the_machine() -> None:
    rows = rows_of(*_facts())
    page = markdown(rows, ["processor: one"], ["Blender 5.2"], 3)
    assert all(" | ".join(row.cells()) in page for row in rows)
    assert "- processor: one" in page
    assert "- Blender 5.2" in page


def test_the_demo_takes_the_newest_blender_that_has_a_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        demo, "blender_python_or_none", lambda version: "python" if version == "4.5" else None
    )
    assert demo.choose_blender(None) == "4.5"
    with pytest.raises(BuildError, match=r"needs Python 3\.13 \(Blender 5\.2\)") as caught:
        demo.choose_blender("5.2")
    assert "uv python install 3.13" in caught.value.remedy
