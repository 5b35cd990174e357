"""What a worker does to its own lines that is in no contract: cuts them off, says them twice, in the wrong order.

The scenarios are the fake worker's, see there.
"""

import json
import random
from collections.abc import Iterator

__all__ = ["BAD_LINES", "bad_lines"]

BAD_LINES = ("truncate", "repeat", "reorder", "fuzz")
_OTHER_VALUES = (None, True, -1, 2**63, 1.5, "", "x" * 5000, "\udcff", [], {}, [[[]]])


def bad_lines(scenario: str, line: bytes, seed: int) -> Iterator[bytes]:
    """What goes over the wire in the place of ``line``; after an empty one the worker is to end."""
    kind = json.loads(line)["type"]
    if scenario == "truncate" and kind == "finished":
        yield line[: len(line) // 2]
        yield b""
    elif scenario == "repeat":
        yield from (line, line, line)
    elif scenario == "reorder" and kind == "finished":
        # the end before the beginning, twice, and about jobs that nobody knows
        stranger = json.dumps(json.loads(line) | {"job": "stranger"}).encode() + b"\n"
        again = {
            "v": 1,
            "type": "progress",
            "job": json.loads(line)["job"],
            "phase": "draw",
            "step": 0,
            "total": 9,
        }
        failed = {"v": 1, "type": "failed", "job": again["job"], "code": "LATE", "message": "", "detail": ""}
        yield from (stranger, line, json.dumps(again).encode() + b"\n", json.dumps(failed).encode() + b"\n")
    elif scenario == "fuzz" and kind == "progress":
        yield from (fuzzed(line, random.Random(f"{seed} {count}")) for count in range(50))
    else:
        yield line


def fuzzed(line: bytes, dice: random.Random) -> bytes:
    """The line with something wrong in it, as a line again."""
    plain = json.loads(line)
    match dice.randrange(5):
        case 0:
            del plain[dice.choice(list(plain))]
        case 1:
            plain[dice.choice(list(plain))] = dice.choice(_OTHER_VALUES)
        case 2:
            plain[f"further {dice.random()}"] = dice.choice(_OTHER_VALUES)
        case 3:
            at = dice.randrange(len(line) - 1)
            return (
                line[:at] + dice.randbytes(dice.randrange(1, 40)).replace(b"\n", b"") + line[at:-1]
            ) + b"\n"
        case _:
            plain["job"] = dice.choice(["", "stranger", "x" * 300])
    return json.dumps(plain).encode() + b"\n"
