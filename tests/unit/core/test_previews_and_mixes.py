"""What a sheet's pictures stand for, and materials between two others."""

from dataclasses import replace

import pytest

from filmai_addon.contract import MAX_SEED, Colour, MaterialPreview, PreviewMaterials, PreviewSheet
from filmai_addon.core.errors import SettingsError
from filmai_addon.core.job_rows import job_rows
from filmai_addon.core.jobs import Delivered, Finished, Job, JobState, apply
from filmai_addon.core.material_between import between, ends_of
from filmai_addon.core.material_settings import MaterialSettings
from filmai_addon.core.naming import material_title, sheet_title
from filmai_addon.core.preview_cells import preview_cells, sheet_after
from filmai_addon.core.snapshot import SheetTarget
from tests.unit.core.examples import CPU, MODEL, material_settings

RED = material_settings(look_seed=3, base=Colour(0.7, 0.2, 0.2), wear=0.2, contrast=1.5, width_px=512)
MOSS = material_settings(family="moss", mix_family="sand", mix=0.25, look_seed=9, roughness=0.5)


def sheet_job() -> tuple[Job, PreviewSheet]:
    settings = material_settings(variations=9)
    request = PreviewMaterials("one", settings.request("one", "auto", "/jobs/one", ""), 128)
    preview = MaterialPreview(8, 8, "/jobs/one/a.png", 128, 128, "b" * 64)
    result = PreviewSheet("previews", "brick", (preview,), (), MODEL, CPU, 0.5)
    return Job("one", sheet_title(settings), request, 10.0, SheetTarget(settings)), result


def test_a_picture_stands_for_one_material_with_its_own_seeds() -> None:
    job, result = sheet_job()
    assert isinstance(job.target, SheetTarget)
    (cell,) = preview_cells(job.target.settings, result.previews, (5,))
    assert (cell.title, cell.icon_id) == ("Brick 8", 5)
    assert cell.settings == material_settings(layout_seed=8, look_seed=8)


def test_a_sheet_is_delivered_and_listed_and_cannot_be_redone() -> None:
    job, result = sheet_job()
    delivering = apply(job, Finished("one", result), 11.0)
    assert delivering.state is JobState.DELIVERING
    (row,) = job_rows((apply(delivering, Delivered(), 12.0),), 13.0)
    assert (row.kind, row.title, row.can_redo) == ("SHEET", "9 previews of Brick", False)
    assert row.status == "2.0 s, CPU"


@pytest.mark.parametrize(("vary", "seeds"), [("both", (16, 16)), ("layout", (16, 7)), ("look", (7, 16))])
def test_the_next_sheet_goes_on_with_the_next_seeds(vary: str, seeds: tuple[int, int]) -> None:
    following = sheet_after(material_settings(variations=9, vary=vary))
    assert (following.layout_seed, following.look_seed) == seeds
    last = sheet_after(material_settings(variations=9, look_seed=MAX_SEED))
    assert last.look_seed == 8


@pytest.mark.parametrize(
    ("blend", "layout_from", "family", "stored"),
    [
        (0.3, "NEARER", "brick", 0.3),
        (0.8, "NEARER", "moss", 0.2),
        (0.8, "FIRST", "brick", 0.8),
        (0.3, "SECOND", "moss", 0.7),
        (0.5, "NEARER", "brick", 0.5),
    ],
)
def test_the_layout_is_the_nearer_ones_or_the_chosen_ones(
    blend: float, layout_from: str, family: str, stored: float
) -> None:
    made = between(RED, MOSS, blend, layout_from)  # type: ignore[arg-type]
    assert made.between is not None
    assert (made.family, made.between.blend) == (family, pytest.approx(stored))
    assert {made.family, made.between.family} == {"brick", "moss"}
    request = made.request("a", "auto", "/jobs/a", "")
    assert request.between == made.between


def test_its_ends_can_be_told_again() -> None:
    made = between(RED, MOSS, 0.3, "FIRST")
    ends = ends_of(made)
    assert ends is not None
    assert ends[0] == RED
    paint = replace(MOSS, width_px=RED.width_px, width_m=RED.width_m, depth_m=RED.depth_m)
    assert ends[1] == paint
    assert between(*ends, 0.3, "FIRST") == made
    assert ends_of(RED) is None


def test_a_mix_of_a_mix_is_refused() -> None:
    made = between(RED, MOSS, 0.3, "FIRST")
    for pair in ((made, RED), (RED, made)):
        with pytest.raises(SettingsError, match="between two others"):
            between(*pair, 0.5, "NEARER")


def test_a_mix_is_noted_with_the_material_and_named() -> None:
    made = between(RED, MOSS, 0.3, "FIRST")
    assert MaterialSettings.from_json(made.to_json()) == made
    assert material_title(made) == "Brick 7-3, 30% to Moss 9"


def test_notes_from_before_there_were_mixes_are_read() -> None:
    noted = RED.to_json().replace(',"between":null', "")
    assert "between" not in noted
    assert MaterialSettings.from_json(noted) == RED
