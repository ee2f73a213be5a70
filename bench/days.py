"""Deadlines in bulk: a million periods by the scalar function (peer), by one numpy addition (floor), by `bulk.ends`.

Run: PYTHONPATH=src python bench/days.py [number of days]
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from kaname.days import FirstDay, Length, Move, bulk, days_n, end, months, period

SAMPLE = 50_000  # the scalar functions run on a sample and are scaled up
EXPLAINED = 2_000


def best(work: Callable[[], object], rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return min(times)


def measure(n: int, length: Length) -> tuple[float, float, float, float]:
    """Seconds for n days: floor, bulk, scalar, explained."""
    low, high = (int(np.datetime64(d, "D").astype(int)) for d in ("1955-01-01", "2090-01-01"))
    starts = np.random.default_rng(20240604).integers(low, high, n).astype("datetime64[D]")
    rule = (length, FirstDay.EXCLUDED, Move.AGENCY)
    some, few = starts[:SAMPLE].tolist(), starts[:EXPLAINED].tolist()
    bulk.ends(starts[:1], *rule)  # the table of open days is built on first use
    step = np.timedelta64(30, "D")
    return (
        best(lambda: starts + step),
        best(lambda: bulk.ends(starts, *rule)),
        best(lambda: [end(day, *rule) for day in some], 3) * n / len(some),
        best(lambda: [period(day, *rule) for day in few], 3) * n / len(few),
    )


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    table = Table("period", "floor ms", "bulk ms", "scalar ms", "explained ms", "bulk / floor", "scalar / bulk")
    results: dict[str, dict[str, float]] = {}
    for length in (days_n(14), days_n(30), months(3), Length(years=1, months=6), Length(months=3, days=10)):
        floor, ours, scalar, explained = (1000 * s for s in measure(n, length))
        figures = (f"{floor:.2f}", f"{ours:.2f}", f"{scalar:.0f}", f"{explained:.0f}")
        table.add_row(length.text.en, *figures, f"{ours / floor:.1f}", f"{scalar / ours:.0f}")
        results[length.text.en] = {"bulk_over_floor": round(ours / floor, 1), "scalar_over_bulk": round(scalar / ours)}
    Console().print(f"{n:,} agency deadlines, days of 1955-2089", table)
    place = Path(__file__).parent / "results"
    place.mkdir(exist_ok=True)
    (place / "days.json").write_text(json.dumps({"days": n, "periods": results}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
