"""How the promises were kept over time: every measurement as data, and a page of charts drawn from it.

Run: python bench/history.py            takes the present results in and draws docs/performance_over_time.html
     python bench/history.py --from-git makes the history anew, out of all results that were ever committed

`bench/results/history.jsonl` has a line for each measurement of a benchmark: day, machine, load, and of each promise
what was measured. A result that is as it was is not taken in again.
"""

import argparse
import io
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import history_page
import table

ROOT = Path(__file__).resolve().parents[1]
HISTORY, PAGE = table.RESULTS / "history.jsonl", ROOT / "docs" / "performance_over_time.html"
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was promised and measured. `over`: how many times as good as promised (1: just kept)."""

    name: str
    promise: str
    measured: str
    kept: bool

    @property
    def over(self) -> float:
        """Raises ValueError where a promise is not one of those that are understood."""
        if limit := re.search(rf"(?:under|at most|in) {_NUMBER} ?(?:(?:s|ms|MB|GB)\b|$)", self.promise):
            last = re.findall(_NUMBER, self.measured)[-1]
            return _number(limit[1]) / max(_number(last), _number(limit[1]) / 100)  # nothing at all: a hundred times
        least = re.search(_NUMBER, self.promise.replace("half", "0.5"))
        if least is None:
            raise ValueError(f"{self.name}: promise {self.promise!r} has no number")
        return _number(re.findall(_NUMBER, self.measured)[0]) / _number(least[1])


def figures() -> Iterator[tuple[str, Figure]]:
    """The promises of the table as it stands, by benchmark. A row without a name goes on with the one above it."""
    above = ""
    for bench, (what, _, _, _, promise, measured, kept) in table.rows():
        above = "; ".join(part for part in re.split(r"[;,] (?:slowest|load)\b.*", what) if part) or above
        if promise:
            yield bench, Figure(above, promise, measured, kept == "yes")


def measurements(day: str, commit: str, before: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A line for each benchmark whose figures are not those of its last line."""
    last = {line["bench"]: line["figures"] for line in before}
    found: dict[str, dict[str, list[Any]]] = {}
    for bench, one in figures():
        over = float(f"{one.over:.4g}")
        found.setdefault(bench, {})[f"{one.name} | {one.promise}"] = [one.measured, over, one.kept]
    for bench, by_name in found.items():
        if last.get(bench) != by_name:
            machine, load = _where(json.loads((table.RESULTS / f"{bench}.json").read_text("utf-8")))
            yield {"day": day, "commit": commit, "bench": bench, "machine": machine, "load": load, "figures": by_name}


def lines() -> list[dict[str, Any]]:
    if not HISTORY.exists():
        return []
    return [json.loads(line) for line in HISTORY.read_text("utf-8").splitlines()]


def from_git() -> list[dict[str, Any]]:
    """Every state of the results in the history of the repository, the oldest first."""
    found: list[dict[str, Any]] = []
    told = _git("log", "--reverse", "--format=%h %ad", "--date=short", "--", "bench/results").decode()
    shipped = table.RESULTS
    for commit, day in (line.split() for line in told.splitlines()):
        with (
            tempfile.TemporaryDirectory() as place,
            tarfile.open(fileobj=io.BytesIO(_git("archive", commit, "bench/results"))) as packed,
        ):
            packed.extractall(place, filter="data")
            table.RESULTS = Path(place) / "bench" / "results"
            _drop_what_cannot_be_read(table.RESULTS)
            found += measurements(day, commit, found)
    table.RESULTS = shipped
    return found


def _drop_what_cannot_be_read(results: Path) -> None:
    """Results of an older form say nothing to the table of today."""
    for name, made in table._ROWS:
        with suppress(FileNotFoundError):
            try:
                list(made())
            except (KeyError, TypeError, ValueError, StopIteration, RuntimeError, IndexError, AttributeError):
                (results / f"{name}.json").unlink()


def _where(results: Any) -> tuple[str, float | None]:
    """The machine and its load, as a benchmark states them, somewhere."""
    machine, load = "", None
    waiting = [results]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            machine = machine or str(one.get("machine", ""))
            stated = next(
                (one[key] for key in ("load_at_start", "load") if isinstance(one.get(key), (int, float))), None
            )
            load = stated if load is None else load
            waiting += one.values()
    return machine, None if load is None else round(load, 1)


def _number(text: str) -> float:
    return float(text.replace(",", "")) or 1e-9


def _git(*args: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *args], stdout=subprocess.PIPE, check=True).stdout


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--from-git", action="store_true")
    found = from_git() if options.parse_args().from_git else lines()
    found += measurements(datetime.now(UTC).date().isoformat(), "", found)
    HISTORY.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found), "utf-8")
    PAGE.write_text(history_page.page(found), "utf-8")


if __name__ == "__main__":
    main()
