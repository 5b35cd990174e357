"""`python build.py bench`: runs the measuring processes one after another and writes bench/results/.

Standard library only. The peers outside Blender are measured before and after Blender, so that a machine that
warms up or slows down shows on both sides.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.first_texture import HEADERS, markdown, rows_of
from bench.measure import machine_lines
from tooling.console import table

__all__ = ["main"]

REPOSITORY = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure, print the table, write results/first_texture.md and .json."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dev-python", type=Path, required=True)
    parser.add_argument("--blender-python", type=Path, required=True)
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--repeats", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filmai-bench-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        before = _bare(options, scratch / "before.json")
        blender = _blender(options, scratch)
        after = _bare(options, scratch / "after.json")
    bare = before | {key: before[key] + after[key] for key in before if key.endswith("_ms")}
    rows = rows_of(blender, bare)
    versions = [f"Blender {blender['blender']} on Python {blender['python']}"]
    versions += [f"{name} {version}" for name, version in bare["versions"].items()]
    print(table(HEADERS, [row.cells() for row in rows]))
    options.out.mkdir(parents=True, exist_ok=True)
    page = markdown(rows, machine_lines(), versions, options.repeats)
    (options.out / "first_texture.md").write_text(page, encoding="utf-8", newline="\n")
    facts = {"machine": machine_lines(), "versions": versions, "repeats": options.repeats}
    facts |= {"blender": blender, "bare": bare}
    text = json.dumps(facts, indent=1) + "\n"
    (options.out / "first_texture.json").write_text(text, encoding="utf-8", newline="\n")
    print(f"\n{options.out / 'first_texture.md'}")


def _bare(options: argparse.Namespace, out: Path) -> dict[str, Any]:
    print("measuring the bare network ...", flush=True)
    arguments = ["--model", options.model, "--repeats", options.repeats, "--out", out]
    return _run(options.dev_python, "bench.bare", arguments, out, {})


def _blender(options: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    print("measuring in Blender ...", flush=True)
    out = scratch / "blender.json"
    arguments = ["--zip", options.zip, "--repeats", options.repeats, "--scratch", scratch, "--out", out]
    profile = {"BLENDER_USER_RESOURCES": str(scratch / "profile")}
    return _run(options.blender_python, "bench.in_blender", arguments, out, profile)


def _run(
    python: Path, module: str, arguments: list[object], out: Path, variables: dict[str, str]
) -> dict[str, Any]:
    command = [str(python), "-m", module, *(str(argument) for argument in arguments)]
    answer = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=dict(os.environ) | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if answer.returncode != 0:
        sys.exit(f"{answer.stdout}\n{module} failed with exit code {answer.returncode}")
    facts: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return facts


if __name__ == "__main__":
    main()
