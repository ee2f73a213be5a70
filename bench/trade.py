"""Benchmark of trade: concentration of every importer and product of a year, a product's page, resampling, in one run.

    PYTHONPATH=src python bench/trade.py [--rows 11000000] [--data FOLDER]

The year is made up in the order of BACI (exporter, importer, product), 226 countries and 5,000 products. Peers (DuckDB,
Polars, one thread each) sum the rows of a supplier first, as we do. The page is of real files, where FOLDER has them.
Prints a table and writes bench/results/trade.json.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.cube import Cube, concentration
from kaname.assess.trade.governance import read_governance
from kaname.assess.trade.page import Page
from kaname.assess.trade.production import read_production
from kaname.assess.trade.products import bundle
from kaname.assess.trade.reading import open_flows
from kaname.assess.trade.resample import DRAWS, resampled

ROOT = Path(__file__).resolve().parents[1]
COUNTRIES, PRODUCTS = 226, 5000
SHAPE = (COUNTRIES, PRODUCTS, COUNTRIES)
YEARS = tuple(range(2019, 2024))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=11_000_000)
    options.add_argument(
        "--data", type=Path, default=Path(os.environ.get("KANAME_SHARED", ROOT.parent / "shared")) / "data"
    )
    chosen = options.parse_args()
    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    say("machine", f"{results['machine']}, load {results['load_at_start']:.1f}")
    results["cube"] = cube(chosen.rows)
    results["resample"] = resampling()
    results["page"] = page(chosen.data)
    results["load_at_end"] = os.getloadavg()[0]
    place = ROOT / "bench" / "results" / "trade.json"
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


def made_up(rows: int) -> dict[str, NDArray[Any]]:
    """Flows in the order of BACI: each exporter's importers, each of theirs' products; amounts in thousandths."""
    rng = np.random.default_rng(rows)
    key = np.sort(rng.choice(COUNTRIES * COUNTRIES * PRODUCTS, rows, replace=False))
    value = (rng.lognormal(8, 3, rows) * 1000).astype(np.int64) + 1
    return {
        "importer": (key // PRODUCTS % COUNTRIES).astype(np.uint8), "product": (key % PRODUCTS).astype(np.int16),
        "exporter": (key // (PRODUCTS * COUNTRIES)).astype(np.uint8), "value": value,
    }  # fmt: skip


def cube(rows: int) -> dict[str, Any]:
    """HHI, top 1 and top 3 of every cell, by us and by the peers; and what they differ by."""
    found = made_up(rows)
    columns = found["importer"], found["product"], found["exporter"], found["value"]
    concentration(*(column[:1000] for column in columns), SHAPE)
    floor, _ = best(lambda: [column.sum() for column in columns], 3)
    ours, answer = best(lambda: concentration(*columns, SHAPE), 5)
    work, _ = best(lambda: concentration(*columns, SHAPE), 5, time.process_time)
    told, busy, apart = {}, {}, 0.0
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.table(found), Path(folder) / "year.parquet")
        for name in ("duckdb", "polars"):
            told[name], busy[name], theirs = peer(name, Path(folder))
            apart = max(apart, differ(answer, theirs))
    say("rows, cells with trade", f"{rows:,} / {int((answer.total > 0).sum()):,}")
    say("floor: adding up the columns", f"{floor:.4f} s")
    say("Kaname", f"{ours:.3f} s ({work:.3f} s of processor; promise: 0.25 on a core)")
    for name, times in (("duckdb", 5), ("polars", 40)):
        say(name, f"{told[name]:.2f} s ({busy[name]:.2f} s of processor); {told[name] / ours:.1f} times ours"
                  f" ({busy[name] / work:.1f} of processor; promise: {times})")  # fmt: skip
    say("largest difference", f"{apart:.1e}")
    return {
        "rows": rows, "cells": int((answer.total > 0).sum()), "floor_s": floor, "kaname_s": ours, "kaname_cpu_s": work,
        "duckdb_s": told["duckdb"], "polars_s": told["polars"], "duckdb_cpu_s": busy["duckdb"],
        "polars_cpu_s": busy["polars"], "times_duckdb": told["duckdb"] / ours, "times_polars": told["polars"] / ours,
        "apart": apart,
    }  # fmt: skip


def peer(name: str, folder: Path) -> tuple[float, float, NDArray[Any]]:
    """What the peer took, in a process of its own with one thread, and what it answered."""
    python, program = sys.executable, ROOT / "bench" / "peers" / "trade.py"
    out = folder / "out.npy"
    env = {**os.environ, "POLARS_MAX_THREADS": "1"}
    told = subprocess.run(
        [python, program, name, folder / "year.parquet", out], stdout=subprocess.PIPE, text=True, check=True, env=env
    )
    found = json.loads(told.stdout)
    return found["seconds"], found["cpu"], np.load(out)


def differ(ours: Cube, theirs: NDArray[Any]) -> float:
    """The largest difference over all cells; infinite where other cells have trade."""
    at = theirs[0].astype(int), theirs[1].astype(int)
    if len(at[0]) != int((ours.total > 0).sum()):
        return float("inf")
    mine = np.stack([ours.hhi[at], ours.top_1[at], ours.top_3[at]])
    return float(np.abs(mine - theirs[2:]).max())


def resampling() -> dict[str, Any]:
    """The draws for a product with every country as a supplier."""
    amounts = np.random.default_rng(3).lognormal(8, 3, COUNTRIES)
    seconds, _ = best(lambda: resampled(amounts), 3)
    say(f"resampling, {DRAWS:,} draws, {COUNTRIES} suppliers", f"{seconds:.3f} s (promise: 2)")
    return {"draws": DRAWS, "suppliers": COUNTRIES, "seconds": seconds}


def page(data: Path) -> dict[str, Any]:
    """Japan's nickel over five years, with production and governance: from the files, and once they are read."""
    trade, mined, governed = (
        data / name
        for name in (
            "trade/comtrade_nickel_260400_bilateral.csv.gz", "minerals/bgs_production_by_country.csv.gz",
            "trade/wgi_1996_2023.csv.gz",
        )
    )  # fmt: skip
    if not trade.exists():
        say("page", f"no data in {data}")
        return {}
    call = [
        sys.executable, "-m", "kaname", "assess", "trade", trade, "--product", "2604", "--importer", "JPN", "--year",
        "2019..2023", "--by", "weight", "--production", mined, "--material", "nickel, mine", "--governance", governed,
        "-o", os.devnull,
    ]  # fmt: skip
    cold, _ = best(lambda: subprocess.run(call, check=True, capture_output=True), 3)
    wanted = bundle(["2604"])
    with open_flows(str(trade), wanted) as (flows, _):
        made, estimates = read_production(str(mined), "nickel, mine"), read_governance(str(governed))
        asked = Asked("JPN", YEARS, by="weight")
        warm, shown = best(lambda: Page(flows, wanted, asked, [made], estimates), 5)
        busy, _ = best(lambda: Page(flows, wanted, asked, [made], estimates), 5, time.process_time)
    say("page, from the files, whole command", f"{cold:.2f} s, {len(shown.figures)} figures (promise: 2)")
    say("page, files read", f"{warm * 1000:.0f} ms ({busy * 1000:.0f} ms of processor; promise: 50)")
    return {"figures": len(shown.figures), "cold_s": cold, "warm_s": warm, "warm_cpu_s": busy}


def best(run: Callable[[], Any], times: int, clock: Callable[[], float] = time.perf_counter) -> tuple[float, Any]:
    def timed() -> tuple[float, Any]:
        began = clock()
        found = run()
        return clock() - began, found

    return min((timed() for _ in range(times)), key=lambda pair: pair[0])


def say(what: str, value: object) -> None:
    sys.stdout.write(f"{what:42} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
