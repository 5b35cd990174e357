"""The backend as a command: what it prints, where, and with which exit code."""

# ruff: noqa: RUF001

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ml.cli import main
from ml.protocol import FAMILIES, MaterialResult, TextureResult
from ml.protocol_characters import CharacterResult
from ml.protocol_preview import PreviewSheet
from ml.wire import from_plain
from tests.fakes.tiny_characters import write_tiny_characters, write_tiny_enlarger
from tests.fakes.tiny_model import write_tiny_model, write_tiny_own, write_tiny_studio

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command sets for its own process is taken back."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.fixture
def models(tmp_path: Path) -> str:
    write_tiny_model(tmp_path / "models")
    return str(tmp_path / "models")


def texture(models: str, out: Path, *more: str) -> list[str]:
    return ["texture", "--models", models, "--size", "64", "--seed", "7", "--out", str(out), *more]


def exit_code(arguments: list[str]) -> int:
    """Of the command, whether it returns or leaves."""
    try:
        return main(arguments)
    except SystemExit as left:
        return int(str(left.code))


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["--help"]) == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert "python -m ml texture --family brick" in said
    for command in ("material", "texture", "character", "probe", "families", "models", "worker"):
        assert command in said


def test_paths_come_on_stdout_and_the_rest_on_stderr(
    models: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(texture(models, tmp_path / "new" / "out", "--family", "brick", "--variations", "2")) == 0
    said = capsys.readouterr()
    paths = [Path(line) for line in said.out.splitlines()]
    assert len(paths) == 2
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)
    assert "cpu" in said.err.lower()


def test_json_is_a_result_of_the_contract(
    models: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(texture(models, tmp_path / "out", "--family", "moss", "--json")) == 0
    result = from_plain(TextureResult, json.loads(capsys.readouterr().out))
    assert (result.family, result.images[0].seed, result.images[0].width_px) == ("moss", 7, 64)
    assert Path(result.images[0].path).is_file()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--family", "gingerbread"],
        ["--family", "brick", "--size", "63"],
        ["--family", "brick", "--size", "huge"],
        ["--family", "brick", "--variations", "0"],
        ["--family", "brick", "--seed", "-1"],
        ["--family", "brick", "--device", "tpu"],
        [],
    ],
    ids=str,
)
def test_a_wrong_command_line_is_2_and_touches_nothing(
    models: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert exit_code(texture(models, tmp_path / "out", *wrong)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists()


def test_a_material_is_made_as_it_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_studio(tmp_path / "models")
    wish = [
        "material",
        "--models",
        str(tmp_path / "models"),
        "--family",
        "brick",
        "--width",
        "128",
        "--height",
        "64",
    ]
    look = ["--base", "#3060a0", "--wear", "0.5", "--mix", "moss", "0.25", "--maps", "basecolor", "height"]
    layout = ["--layout", "half_rows=3", "--across", "2", "--look-seed", "3", "--json"]
    assert main([*wish, *look, *layout, "--out", str(tmp_path / "out")]) == 0
    result = from_plain(MaterialResult, json.loads(capsys.readouterr().out))
    (material,) = result.materials
    assert (material.layout_seed, material.look_seed) == (0, 3)
    assert (material.width_px, material.height_px) == (128, 64)
    assert [Path(entry.path).name for entry in material.maps] == [
        "brick_0_3_basecolor.png",
        "brick_0_3_height.png",
    ]
    assert material.base.blue > material.base.red + 0.2
    assert main([*wish, "--out", str(tmp_path / "plain")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (["--base", "blue"], "blue"),
        (["--mix", "moss", "lots"], "lots"),
        (["--layout", "rows"], "NAME=VALUE"),
        (["--size", "100"], "multiple"),
        (["--size", "16384"], "16384"),
        (["--wear", "2"], "wear"),
        (["--maps", "smell"], "smell"),
    ],
)
def test_a_material_that_cannot_be_made_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], word: str
) -> None:
    assert exit_code(["material", "--family", "brick", "--out", str(tmp_path / "out"), *wrong]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_material_can_be_described_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_studio(tmp_path / "models")
    command = ["material", "--models", str(tmp_path / "models"), "--size", "64", "--maps", "basecolor"]
    command += ["--out", str(tmp_path / "out")]
    prompt = "mossy cobblestone, dark and wet, blargh"
    assert main([*command, "--prompt", prompt]) == 0
    said = capsys.readouterr()
    assert "cobblestone: material: Cobblestone" in said.err
    assert "wet: roughness -0.35" in said.err
    assert "Not understood: blargh" in said.err
    by_words = Path(said.out.strip())
    options = [
        "--family",
        "cobblestone",
        "--mix",
        "moss",
        "0.35",
        "--lightness",
        "-0.4",
        "--roughness",
        "-0.35",
    ]
    described = by_words.read_bytes()
    assert main([*command, *options]) == 0
    assert Path(capsys.readouterr().out.strip()).read_bytes() == described


def test_what_was_understood_is_in_the_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_studio(tmp_path / "models")
    command = ["material", "--models", str(tmp_path / "models"), "--size", "64", "--maps", "height"]
    command += [
        "--prompt",
        "大理石，白色，恐龙",
        "--base",
        "#102030",
        "--json",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    prompt = said.pop("prompt")
    assert prompt["not_understood"] == ["恐龙"]
    assert {"words": "大理石", "meaning": "material: Marble"} in prompt["understood"]
    result = from_plain(MaterialResult, said)
    assert result.family == "marble"
    assert result.materials[0].base.blue < 0.4, "the option beats the words"


@pytest.mark.parametrize(("more", "word"), [(["--prompt", "dark and wet"], "--family"), ([], "--prompt")])
def test_a_material_without_a_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], word: str
) -> None:
    assert exit_code(["material", *more, "--out", str(tmp_path / "out")]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_small_previews_and_looks_between_two_seeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tiny_studio(tmp_path / "models")
    command = [
        "material",
        "--models",
        str(tmp_path / "models"),
        "--family",
        "brick",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*command, "--preview", "64", "--variations", "2", "--json"]) == 0
    sheet = from_plain(PreviewSheet, json.loads(capsys.readouterr().out))
    assert [(made.layout_seed, made.width_px) for made in sheet.previews] == [(0, 64), (1, 64)]
    assert main([*command, "--preview", "64", "--towards", "5", "0.5"]) == 0
    assert Path(capsys.readouterr().out.strip()).is_file()
    for wrong, word in ((["--preview", "8"], "preview_px"), (["--towards", "5", "2"], "blend")):
        assert exit_code([*command, *wrong]) == 2
        assert word in capsys.readouterr().err


def test_an_out_folder_that_is_a_file_is_told(
    models: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("precious", encoding="utf-8")
    assert main(texture(models, tmp_path / "out", "--family", "brick")) == 1
    said = capsys.readouterr()
    assert str(tmp_path / "out") in said.err
    assert "Traceback" not in said.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "precious"


def test_a_missing_model_is_1_and_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(texture(str(tmp_path), tmp_path / "out", "--family", "brick")) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Install FilmAI again" in said.err


def test_families_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["families"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == [family.id for family in FAMILIES]


@pytest.mark.parametrize("damaged", [False, True])
def test_models_are_listed_and_checked(
    models: str, capsys: pytest.CaptureFixture[str], damaged: bool
) -> None:
    if damaged:
        (Path(models) / "dcgan_texture" / "1" / "model.onnx").write_bytes(b"damaged")
    assert main(["models", "--models", models, "--json"]) == int(damaged)
    found = json.loads(capsys.readouterr().out)
    assert [model["name"] for model in found["models"]] == ([] if damaged else ["dcgan_texture"])
    assert len(found["problems"]) == int(damaged)


@pytest.mark.parametrize("seconds", ["nan", "-1", "1e300", "inf", "soon"])
def test_an_idle_time_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], seconds: str) -> None:
    assert exit_code(["worker", "--idle-seconds", seconds]) == 2
    assert "idle-seconds" in capsys.readouterr().err


def test_probe_run_by_path_says_clean_json_and_the_truth(tmp_path: Path) -> None:
    program = str(REPOSITORY / "ml" / "__main__.py")
    done = subprocess.run(
        (sys.executable, "-I", program, "probe", "--json"),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["problems"] == []
    assert found["onnxruntime"]
    used = {device["choice"]: device["used"] for device in found["devices"]}
    assert set(used) == {"auto", "cuda", "cpu"}
    assert used["cpu"] == {"kind": "cpu", "reason": ""}
    assert (used["cuda"]["kind"] == "cuda") is (used["cuda"]["reason"] == "")


def test_it_runs_as_a_module_too(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "ml", "families", "--json"),
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"brick" in done.stdout


def test_a_family_of_ones_own_is_painted_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tiny_studio(tmp_path / "models")
    write_tiny_own(tmp_path / "own")
    folders = ["--models", str(tmp_path / "models"), "--own-models", str(tmp_path / "own")]
    wish = ["material", *folders, "--family", "user:my_slate", "--size", "64", "--layout", "family=noise"]
    assert exit_code([*wish, "--maps", "basecolor", "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.strip().endswith("my_slate_0_0_basecolor.png")
    assert exit_code(["models", *folders]) == 0
    assert "my_slate 1" in capsys.readouterr().out


def character(tmp_path: Path, *more: str) -> list[str]:
    out = ["--out", str(tmp_path / "out")]
    return [
        "character",
        "--models",
        str(tmp_path / "models"),
        "--archetype",
        "Knight",
        "--size",
        "192",
        *out,
        *more,
    ]


def test_a_character_is_painted_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_characters(tmp_path / "models")
    wish = [
        "--seed",
        "7",
        "--mix-with",
        "12",
        "--mix-archetype",
        "pirate",
        "--height",
        "2",
        "--build",
        "heavy",
    ]
    looks = ["--main", "#8a3b2a", "--truncation", "0.5", "--body", "legs=1", "head=0.25"]
    assert exit_code(character(tmp_path, *wish, *looks)) == 0
    said = capsys.readouterr()
    names = [Path(line).name for line in said.out.splitlines()]
    assert names == ["knight_7_12_front.png", "knight_7_12_side.png"]
    assert "1 done in" in said.err
    assert exit_code(character(tmp_path, *wish, *looks, "--json")) == 0
    result = from_plain(CharacterResult, json.loads(capsys.readouterr().out))
    assert result.characters[0].height_m == 2.0
    assert result.characters[0].main.red == pytest.approx(0x8A / 255, abs=1e-4)


def test_a_character_is_drawn_larger_unless_it_is_to_be_interpolated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tiny_characters(tmp_path / "models")
    assert exit_code(character(tmp_path)) == 0
    assert "without its network for larger pictures" in capsys.readouterr().err
    assert exit_code(character(tmp_path, "--interpolate")) == 0
    assert "without its network" not in capsys.readouterr().err
    write_tiny_enlarger(tmp_path / "models")
    assert exit_code(character(tmp_path, "--json")) == 0
    said = capsys.readouterr()
    result = from_plain(CharacterResult, json.loads(said.out))
    assert result.enlarger is not None
    assert "without its network" not in said.err


def test_characters_are_previewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_characters(tmp_path / "models")
    assert exit_code(character(tmp_path, "--variations", "3", "--vary", "body", "--preview", "64")) == 0
    names = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert names == [f"knight_{seed}_0_preview.png" for seed in range(3)]


def test_the_command_for_characters_has_help_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["character", "--help"]) == 0
    said = capsys.readouterr().out
    for word in ("examples:", "--archetype knight --seed 7", "monarch", "shoulders"):
        assert word in said


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (["--archetype", "dragon"], "dragon"),
        (["--seed", "seven"], "seven"),
        (["--seed", "-1"], "body_seed"),
        (["--height", "tall"], "tall"),
        (["--height", "9"], "height_m"),
        (["--height", "nan"], "height_m"),
        (["--truncation", "2"], "truncation"),
        (["--size", "64"], "height_px"),
        (["--preview", "8"], "preview_px"),
        (["--main", "red"], "no colour"),
        (["--body", "legs"], "NAME=PLACE"),
        (["--body", "legs=long"], "NAME=PLACE"),
        (["--body", "wings=1"], "wings"),
        (["--body", "legs=2"], "legs"),
        (["--mix-archetype", "monk"], "--mix-with"),
        (["--mix-with", "2147483648"], "look_seed"),
    ],
)
def test_a_wrong_wish_for_a_character_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], word: str
) -> None:
    assert exit_code(character(tmp_path, *more)) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_package_without_the_network_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(character(tmp_path)) == 1
    assert "without its network for characters" in capsys.readouterr().err
