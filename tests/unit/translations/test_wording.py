"""Finished English sentences are translated by the templates that they were made of."""

import pytest

from filmai_addon.translations.catalogue import ANYWHERE, OWN, read_catalogue, templates
from filmai_addon.translations.wording import Wording

CATALOGUE = read_catalogue()
FAMILIES = {"Brick": "砖墙", "Moss": "苔藓", "herringbone": "人字纹"}


def look_up(text: str) -> str:
    return CATALOGUE.get((OWN, text)) or CATALOGUE.get((ANYWHERE, text)) or FAMILIES.get(text, text)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(templates(), look_up)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Completed", "已完成"),
        ("paint, 12 s left", "绘制材质，剩余 12 秒"),
        ("Queued: Brick 7", "已排队：砖墙 7"),
        ("Brick and Moss 7-12, herringbone, 4 variations", "砖墙和苔藓 7-12，人字纹，4 个变体"),
        ("9 previews of Brick", "砖墙的 9 个预览"),
        ("Caption shot.mp4 and 2 more", "为 shot.mp4 和另外 2 个片段 配字幕"),
        (
            "There is no Python at /opt/a b/python. Choose another one.",
            "/opt/a b/python 处没有 Python。请另选一个。",
        ),
        (
            "The model brick (version 3) is damaged. Install FilmAI again.",
            "模型 brick（版本 3） 已损坏。请重新安装 FilmAI。",
        ),
        (
            "clip.mp4: the file /a/clip.mp4 is missing. Find it again, or remove the strip.",
            "clip.mp4：文件 /a/clip.mp4 缺失。请重新找到它，或移除片段。",
        ),
        (
            (
                "there are no pictures from 5.0 s to 9.0 s of the file. It is 2.0 s long. "
                "Trim the strip to what the file has."
            ),
            "文件在 5.0 秒到 9.0 秒之间没有画面。文件长 2.0 秒。请把片段裁剪到文件实际的长度。",
        ),
        (
            "2 cuts found. Music: locked, so it cannot be split",
            "找到 2 个剪辑点。Music：已锁定，无法拆分",
        ),
        (
            "Automatic: runs on CPU (CUDA libraries are missing: libcudnn.so.9)",
            "自动：在 CPU 上运行（缺少 CUDA 库：libcudnn.so.9）",
        ),
        ("Waiting for the render to end", "等待渲染结束"),
        ("red: colour: red #9e2b25, as Brick has it", "red：颜色：red #9e2b25，按砖墙的样子"),
    ],
)
def test_what_users_read(wording: Wording, english: str, chinese: str) -> None:
    assert wording.of(english) == chinese


@pytest.mark.parametrize(
    "text",
    [
        "ValueError: tensor has 3 axes, and 4 were wanted",
        "/home/me/Brick and co, 2026. Take 1.mp4x",
        "{0} and {unknown}",
        "...",
        " ",
    ],
)
def test_what_nothing_is_known_of_stays(text: str) -> None:
    assert Wording(templates(), lambda known: known).of(text) == text


def test_names_with_braces_go_through_as_they_are(wording: Wording) -> None:
    assert wording.of("Export {1} {x}.srt") == "导出 {1} {x}.srt"


def test_sentences_within_sentences_come_to_an_end(wording: Wording) -> None:
    # each level would fit the template again
    assert wording.of("a: " * 500 + "Completed").endswith("Completed")
