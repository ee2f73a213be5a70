"""How much a test tries: fewer worlds, kills and flips while one works, all that is promised where everything is asked.

KILLS = tries(8, ci=60, soak=2_000)

def test_...():
    for seed in seeds(KILLS): ...

`.ci/run` asks for everything (KANAME_REQUIRE_ALL=1); so does anybody who sets that. Each test that tries fewer plants a
fault of its own which the fewer still find. Of several looks at a thing `turn` takes one, by the thing's name, so the
same in every run. The rule: docs/tests.md. `make soak` (KANAME_SOAK=1, docs/soak.md) asks for the long run: it runs the
files whose figures name a `soak`, and each test that walks through `seeds` gets others every time.
"""

import json
import math
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import pytest

SOAK = bool(os.environ.get("KANAME_SOAK"))
EVERYTHING = SOAK or bool(os.environ.get("KANAME_REQUIRE_ALL"))

# Inputs that once failed: a seed a line under the name of its test; `seeds` gives them first, in every run.
KEPT = Path(__file__).parent / "regressions"
FEWEST = 40  # what a walk tries even when the time is over: a planted fault must still be found
T = TypeVar("T")
reached: dict[str, int] = {}  # test -> the seed it is at
walks: set[str] = set()  # tests of this run that walk through `seeds` (conftest) and have not begun
_ends: dict[str, float] = {}  # test -> when its walk is to end, seconds of the epoch


def tries(usual: int, *, ci: int, soak: int | None = None) -> int:
    """The figure of this run."""
    if SOAK and soak is not None:
        return soak
    return ci if EVERYTHING else usual


def turn(name: str, of: Iterable[T]) -> list[T]:
    """All of them where everything is asked; while one works that one which it is the turn of, by the name of what is
    looked at: over many names each gets about as many turns."""
    whole = list(of)
    return whole if EVERYTHING or not whole else [whole[crc32(name.encode()) % len(whole)]]


def seeds(count: int, fewest: int = FEWEST, each: int = 1, part: int = 0) -> Iterator[int]:
    """Those that failed once, then `count` more: the same ones in every run, others in the soak, which also ends them
    when the time of the test is over and writes down how many there were. `fewest` are tried all the same: less than
    `FEWEST` where a seed stands for many inputs, of which `each` are counted. `part`: of a test `in_parts`."""
    test = _test()
    first, end = int(os.environ.get("KANAME_SOAK_SEED", "0")), _end_of(test)
    done = 0
    try:
        for seed in (*(() if part else kept(test)), *range(first + part * count, first + (part + 1) * count)):
            if time.time() > end and done >= fewest:
                break
            reached[test] = seed
            yield seed
            done += 1
        reached.pop(test, None)
    finally:
        _tell(test, count * each, done * each)


def as_many(count: int, seconds: float, fewest: int = 1) -> int:
    """So many as the time of the test has room for, where each takes so many seconds of the clock."""
    test = _test()
    if (end := _end_of(test)) == math.inf:
        return count
    many = min(count, max(fewest, int((end - time.time()) / seconds)))
    _tell(test, count, many)
    return many


def _end_of(test: str) -> float:
    """The time of the file is shared by the walks in it: what one does not use goes to those after it."""
    if not (until := os.environ.get("KANAME_SOAK_UNTIL")):
        return math.inf
    if test not in _ends:
        walks.discard(test)
        now = time.time()
        _ends[test] = now + (float(until) - now) / (len(walks) + 1)
    return _ends[test]


def _tell(test: str, asked: int, tried: int) -> None:
    if log := os.environ.get("KANAME_SOAK_LOG"):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": test, "asked": asked, "tried": tried}) + "\n")


def in_parts(count: int) -> Any:
    """The parts of a test, each with seeds of its own: `def test(part): for seed in seeds(WORLDS // PARTS, part=part)`.
    What failed is kept without its part, and tried again in the first."""
    return pytest.mark.parametrize("part", range(count), ids="part{}".format)


def kept(test: str) -> list[int]:
    file = _file(test)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [int(line.rpartition(" ")[2]) for line in lines if line.rpartition(" ")[0] == _name(test)]


def keep(test: str) -> None:
    """Called where a test of the soak failed: the seed it was at becomes one of every later run."""
    seed = reached.pop(test, None)
    if seed is None or seed in kept(test):
        return
    KEPT.mkdir(exist_ok=True)
    with _file(test).open("a", encoding="utf-8") as file:
        file.write(f"{_name(test)} {seed}\n")


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "none::none").rpartition(" ")[0]


def _name(test: str) -> str:
    return re.sub(r"\[part\d+\]$", "", test.partition("::")[2])


def _file(test: str) -> Path:
    return KEPT / f"{Path(test.partition('::')[0]).stem}.txt"
