"""Preview sheets, asked of the fake and of the real worker alike."""

import hashlib
from dataclasses import replace
from pathlib import Path

from PIL import Image

from filmai_addon.contract import (
    Cancel,
    Cancelled,
    Failed,
    Finished,
    PreviewMaterials,
    PreviewSheet,
    Progress,
)
from filmai_addon.core.material_changes import neutral_settings
from tests.contract.conftest import Start


def sheet(folder: Path, job: str = "sheet", count: int = 3, out: str = "") -> PreviewMaterials:
    settings = replace(neutral_settings("brick"), variations=count, vary="look")
    return PreviewMaterials(job, settings.request(job, "cpu", out or str(folder), ""), 64)


def test_a_sheet_ends_in_pictures_that_are_what_the_result_says(start: Start, tmp_path: Path) -> None:
    talk = start()
    folder = tmp_path / "job"
    folder.mkdir()
    talk.send(sheet(folder))
    end = talk.end_of("sheet")
    assert isinstance(end, Finished), end
    assert isinstance(end.result, PreviewSheet)
    assert [(made.layout_seed, made.look_seed) for made in end.result.previews] == [(7, 7), (7, 8), (7, 9)]
    assert end.result.model in talk.ready().models
    for made in end.result.previews:
        assert hashlib.sha256(Path(made.path).read_bytes()).hexdigest() == made.sha256
        with Image.open(made.path) as picture:
            assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (64, 64))
            assert (made.width_px, made.height_px) == (64, 64)
    assert {path.name for path in folder.iterdir()} == {Path(made.path).name for made in end.result.previews}


def test_a_sheet_can_be_cancelled_while_it_is_painted(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    folder = tmp_path / "job"
    folder.mkdir()
    talk.send(sheet(folder, count=16))
    talk.until(Progress, lambda event: event.step > 0)
    talk.send(Cancel("sheet"))
    assert talk.end_of("sheet") == Cancelled("sheet")
    assert list(folder.iterdir()) == []


def test_a_failed_sheet_says_why_and_leaves_no_file(start: Start, tmp_path: Path) -> None:
    talk = start("fail")
    folder = tmp_path / "job"
    folder.mkdir()
    talk.send(sheet(folder, out=str(folder / "not there")))
    end = talk.end_of("sheet")
    assert isinstance(end, Failed), end
    assert end.code in ("FOLDER_NOT_WRITABLE", "DISK_FULL")
    assert list(folder.iterdir()) == []
