"""The benches' plots are whole SVG files with every point in place, and growth is what it says."""

from xml.etree import ElementTree

import pytest

from bench import soak
from bench.plot import line_plot

SVG = "{http://www.w3.org/2000/svg}"


def test_a_plot_has_every_series_with_its_points_inside() -> None:
    series = {"blender": [(1.0, 300.0), (10.0, 310.0)], "worker <1>": [(1.0, 0.0)]}
    root = ElementTree.fromstring(line_plot("Memory", "jobs", "MB", series))
    lines = root.findall(f"{SVG}polyline")
    assert len(lines) == 2
    points = [tuple(map(float, one.split(","))) for one in lines[0].attrib["points"].split()]
    assert points[0][0] < points[1][0]
    assert points[0][1] > points[1][1], "SVG counts from the top"
    assert all(0 <= x <= 720 and 0 <= y <= 360 for x, y in points)
    assert {"Memory", "jobs", "MB", "worker <1>"} <= {text.text for text in root.findall(f"{SVG}text")}


@pytest.mark.parametrize("points", [[], [(1.0, -1.0)]])
def test_nothing_to_plot_is_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="needs points"):
        line_plot("Memory", "jobs", "MB", {"a": points})


def test_growth_leaves_the_start_out() -> None:
    flat = [*range(20), *[100.0] * 80]
    assert soak.growth_row("worker", flat, 100) == ("worker", "100", "100", "+0.00 MB", "100")
    rising = [float(number) for number in range(100)]
    assert soak.growth_row("worker", rising, 100)[3] == "+90.00 MB"


def test_too_few_jobs_and_a_missing_package_are_named(tmp_path: object) -> None:
    with pytest.raises(SystemExit, match="Ask for 10 or more"):
        soak.main(["--zip", "x.zip", "--jobs", "3"])
    with pytest.raises(SystemExit, match=r"Make it: python build\.py"):
        soak.main(["--zip", f"{tmp_path}/x.zip", "--out", f"{tmp_path}/out"])
