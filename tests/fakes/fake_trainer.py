"""In the place of ``ml/train/start.py``: tells its progress and heeds what it is asked, and learns nothing."""

import json
import sys
import time
from pathlib import Path


def main(words: list[str]) -> int:
    folder = Path(words[words.index("--run") + 1])
    step = 500 if "--resume" in words else 0

    def tell(state: str, message: str = "") -> None:
        plain = {"state": state, "family": "user:x", "step": step, "steps": 1000, "minutes_left": 1.0}
        plain |= {"message": message, "notes": ["Height is guessed."], "sheet": str(folder / "sheet.png")}
        partial = folder / "progress.partial"
        partial.write_text(json.dumps(plain))
        partial.replace(folder / "progress.json")

    if "--die" in words:
        tell("training")
        print("out of luck", file=sys.stderr)
        return 3
    while step < 1000:
        step += 1
        tell("training")
        ask = folder / "ask"
        if ask.exists() and "--deaf" not in words:
            word = ask.read_text()
            ask.unlink()
            if word == "finish":
                tell("done", "/models/x/1")
                return 0
            tell("paused")
            return 3
        time.sleep(0.03)
    tell("done", "/models/x/1")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
