"""The commands describe and cuts, as people type them, with stand-ins for the networks."""

import csv
import json
from pathlib import Path

import pysubs2
import pytest

from ml import cli_describe
from ml.cli import main
from ml.shotlist.entries import Caption, ShotList, ShotListError
from ml.shotlist.files import write_list
from ml.tasks import cuts, describe
from tests.fakes.films import numbered, write_film
from tests.fakes.shot_stand_ins import PlainCutFinder, PlainTeller
from tests.unit.ml.test_shot_tasks import three_shots

FOLDER = "folder.html"


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describe, "load_teller", lambda *_: PlainTeller())
    monkeypatch.setattr(describe, "load_cut_finder", lambda *_: PlainCutFinder())
    monkeypatch.setattr(cuts, "load_cut_finder", lambda *_: PlainCutFinder())


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "片 three.mp4", three_shots())


def test_a_film_is_described_in_words(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(film), "--cuts"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "片 three.mp4  0:00:00.0 - 0:00:01.0  A shot: static.",
        "片 three.mp4  0:00:01.0 - 0:00:02.0  A shot: pan_left.",
        "片 three.mp4  0:00:02.0 - 0:00:03.0  A shot: pan_right.",
    ]
    assert "3 shots in" in shown.err


def test_json_is_all_that_is_printed(film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(film), "--cuts", "--json", "--thumbnails", str(tmp_path / "thumbs")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [shot["clip"] for shot in result["shots"]] == ["0", "0", "0"]
    assert all(Path(shot["thumbnail"]).is_file() for shot in result["shots"])


def test_lists_are_written_beside_each_other(film: Path, tmp_path: Path) -> None:
    paths = {name: tmp_path / f"out.{name}" for name in ("srt", "vtt", "ass", "csv", "edl", "otio", "html")}
    options = [word for name, path in paths.items() for word in (f"--{name}", str(path))]
    assert main(["describe", str(film), "--cuts", "--language", "zh", *options]) == 0
    for name in ("srt", "vtt", "ass"):
        captions = pysubs2.load(str(paths[name]))
        assert [(line.start, line.end) for line in captions] == [
            pytest.approx(pair, abs=10) for pair in ((0, 1000), (1000, 2000), (2000, 3000))
        ]
        assert captions[1].plaintext == "镜头：pan_left。"  # noqa: RUF001
    rows = list(csv.reader(paths["csv"].read_text(encoding="utf-8-sig").splitlines()))
    assert [row[2] for row in rows[1:]] == ["00:00:00:00", "00:00:01:00", "00:00:02:00"]
    assert all(path.stat().st_size > 100 for path in paths.values())


def test_a_folder_of_films_is_described_in_order(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b.mp4", "a.mkv"):
        write_film(tmp_path / name, numbered(24))
    (tmp_path / "notes.txt").write_text("no film", encoding="utf-8")
    assert main(["describe", str(tmp_path), str(film), "--csv", str(tmp_path / "all.csv")]) == 0
    rows = list(csv.reader((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["a.mkv", "b.mp4", "片 three.mp4"]
    assert [row[2] for row in rows[1:]] == ["00:00:00:00", "00:00:01:00", "00:00:02:00"]
    assert "3 shots" in capsys.readouterr().err


def test_a_broken_file_is_said_and_the_others_are_described(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", str(tmp_path / "gone.mp4"), str(film)]) == 1
    shown = capsys.readouterr()
    assert "gone.mp4: the file" in shown.err
    assert "[MEDIA_MISSING]" in shown.err
    assert "A shot:" in shown.out


def test_a_part_of_a_film_can_be_described(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(film), "--from", "1", "--to", "2"]) == 0
    assert capsys.readouterr().out == "片 three.mp4  0:00:01.0 - 0:00:02.0  A shot: pan_left.\n"


def test_cuts_are_listed_and_printed_as_json(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cuts", str(film)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "片 three.mp4  0:00:01.0  cut  0.75",
        "片 three.mp4  0:00:02.0  cut  0.75",
    ]
    assert main(["cuts", str(film), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clips"][0]["frames"] == 72


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--srt", "out.txt"], "ends in .srt"),
        (["--csv", "."], "ends in .csv"),
        (["--html", FOLDER], "is a folder"),
        (["--from", "5", "--to", "2"], "has no length"),
        (["--from", "-1"], "start_seconds"),
        (["--from", "nan"], "start_seconds"),
    ],
)
def test_a_wrong_command_line_is_said_before_anything_is_done(
    film: Path, tmp_path: Path, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    options = [str(folder) if word == FOLDER else word for word in options]
    assert main(["describe", str(film), *options]) == 2
    assert words in capsys.readouterr().err


def test_subtitles_of_several_films_are_refused(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", str(film), str(film), "--srt", str(tmp_path / "out.srt")]) == 2
    assert "of one film" in capsys.readouterr().err


def test_wrong_sensitivities_and_empty_folders_are_refused(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cuts", str(film), "--sensitivity", "3"]) == 2
    assert "sensitivity" in capsys.readouterr().err
    assert main(["describe", str(tmp_path)]) == 1
    assert "There is no film in the folder" in capsys.readouterr().err


def test_a_list_that_cannot_be_written_is_said(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", str(film), "--csv", str(tmp_path / "none" / "out.csv")]) == 1
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "shot" not in said, "it is said before any time is spent"
    assert "Traceback" not in said


def test_a_list_that_fails_at_last_takes_no_other_along(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def edl_is_full(listed: ShotList, path: Path, captions: tuple[Caption, ...]) -> None:
        if path.suffix == ".edl":
            raise ShotListError(f"{path} holds too much.")
        write_list(listed, path, captions)

    monkeypatch.setattr(cli_describe, "write_list", edl_is_full)
    lists = ["--edl", str(tmp_path / "a.edl"), "--otio", str(tmp_path / "a.otio")]
    assert main(["describe", str(film), *lists]) == 1
    assert "a.edl holds too much" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.otio"]


def test_pictures_that_are_not_kept_are_not_named(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(film), "--json"]) == 0
    shown = capsys.readouterr()
    assert [shot["thumbnail"] for shot in json.loads(shown.out)["shots"]] == [""]
    assert shown.err.startswith("1 shot in")


@pytest.mark.parametrize("command", ["describe", "cuts"])
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"python -m ml {command} film.mp4" in capsys.readouterr().out
