"""The documents in both languages say the same, as far as that can be counted."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PAIRS = [("README.md", "README.zh.md"), ("docs/user-guide.md", "docs/user-guide.zh.md")]


def shape(text: str) -> list[str]:
    """Headings by their level, code word for word, and the first cell of tables' rows only as a row."""
    found: list[str] = []
    for part in re.split(r"(^```.*?^```$)", text, flags=re.DOTALL | re.MULTILINE):
        if part.startswith("```"):
            found.append(part)
            continue
        for line in part.splitlines():
            if line.startswith("#"):
                found.append(line.split(" ")[0])
            elif line.startswith("|"):
                found.append(f"a row of {line.count(' | ') + 1}")
            elif re.match(r"- |\d+\. ", line):
                found.append("an item")
    return found


def targets(text: str) -> list[str]:
    """Files and pages that are linked or shown, but for the one in the other language."""
    _title, _languages, rest = text.split("\n\n", 2)
    found = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", rest)
    # Chinese documents lead to Chinese documents and show Chinese panels, where there are any
    return sorted(target.replace(".zh.", ".") for target in found)


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_sections_tables_and_code_agree(english: str, chinese: str) -> None:
    texts = [(REPOSITORY / name).read_text(encoding="utf-8") for name in (english, chinese)]
    assert shape(texts[0]) == shape(texts[1])
    assert targets(texts[0]) == targets(texts[1])


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_each_links_to_the_other_at_its_top(english: str, chinese: str) -> None:
    for name, other in ((english, chinese), (chinese, english)):
        top = (REPOSITORY / name).read_text(encoding="utf-8").split("\n\n")[1]
        assert f"]({Path(other).name})" in top


def test_a_section_more_is_seen() -> None:
    text = "# A\n\n| a | b |\n\n```\nrun\n```\n"
    assert shape(text) == ["#", "a row of 2", "```\nrun\n```"]
    assert shape(text) != shape(text + "\n## More\n")
    assert shape(text) != shape(text.replace("run", "walk"))
