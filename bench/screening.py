"""Benchmark of patent screening: Kaname, its peers (DuckDB, Polars) and the floor, in one run.

    PYTHONPATH=src python bench/screening.py [--symbols 13000000] [--applications 1000000]

Symbols are resampled from real IPC symbols of jet-engine patents (../shared/data or KANAME_SHARED, see its README).
Prints a table and writes bench/results/screening.json. Promises: 25 times DuckDB, 80 million symbols a second,
5 times Polars, under 1 GB at five million applications, linear growth.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from kaname.assess.ipc import Symbol, Term
from kaname.regimes.patents.bulk import Bulk
from kaname.regimes.patents.docket import OUTPUT
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.items import VERSIONS
from kaname.regimes.patents.screening import LIMITS, TERMS

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KANAME_SHARED", ROOT.parent / "shared"))
VERSION = VERSIONS[-1]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--symbols", type=int, default=13_000_000)
    options.add_argument("--applications", type=int, default=1_000_000)
    options.add_argument("--only", choices=["masks", "command"])
    chosen = options.parse_args()
    place = ROOT / "bench" / "results" / "screening.json"
    results: dict[str, object] = json.loads(place.read_text("utf-8")) if chosen.only and place.exists() else {}
    results |= {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    say("machine", f"{results['machine']}, load {results['load_at_start']:.1f}")
    if chosen.only != "command":
        results["masks"] = masks(chosen.symbols)
    if chosen.only != "masks":
        results["command"] = command(chosen.applications)
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


def masks(symbols: int) -> dict[str, float]:
    """Raw strings to outcome masks."""
    cells, count = docket_cells(symbols)
    rows = len(cells)
    bulk = Bulk()
    filed_on = np.full(rows, np.datetime64("2025-06-02"))
    requirement, words = np.zeros(rows, np.uint8), np.zeros((len(LIMITS), rows), np.uint8)
    ours = best(lambda: bulk.decide(bulk.scan(cells), filed_on, words, requirement), 20)
    data = np.frombuffer(cells.buffers()[2], np.uint8)
    floor = best(lambda: int(np.add.reduce(data[: data.size // 8 * 8].view(np.uint64))), 5)
    theirs = duckdb_range_join(cells)
    say("symbols / applications", f"{count:,} / {rows:,}")
    say("floor: adding up the bytes", f"{floor:.3f} s")
    say("DuckDB range join, 1 thread", f"{theirs:.2f} s, {count / theirs / 1e6:.2f} M symbols/s")
    say("Kaname", f"{ours:.3f} s, {count / ours / 1e6:.1f} M symbols/s (promise: 80)")
    say("Kaname / DuckDB", f"{theirs / ours:.0f} times (promise: 25)")
    return {
        "symbols": count, "floor_s": floor, "duckdb_s": theirs, "kaname_s": ours,
        "million_symbols_per_s": count / ours / 1e6, "times_duckdb": theirs / ours,
    }  # fmt: skip


def duckdb_range_join(cells: pa.Array) -> float:
    """Each symbol to its 14 characters, joined with the ranges of the terms; one mask an application; items."""
    parts = [
        (TERMS.mask(part.terms), 1 << item.number) for item in VERSION.items for part in item.parts
    ]  # fmt: skip
    low, high, mask = zip(*term_ranges(), strict=True)
    docket = pa.table({"id": np.arange(len(cells)), "ipc": cells})
    base = duckdb.connect()
    base.execute("SET threads = 1")
    base.register("docket", docket)
    base.register("given", pa.table({"low": low, "high": high, "mask": mask}))
    base.execute("CREATE TABLE ranges AS SELECT * FROM given")
    items = " | ".join(f"CASE WHEN mask & {mask} = {mask} THEN {bit} ELSE 0 END" for mask, bit in parts)
    query = f"""
        WITH one AS (SELECT id, unnest(string_split(ipc, ';')) AS s FROM docket),
        keyed AS (
            SELECT id, s[:4] || lpad(split_part(s[5:], '/', 1), 4, '0') || rpad(split_part(s, '/', 2), 6, '0') AS key
            FROM one),
        met AS (SELECT id, bit_or(mask) AS mask FROM keyed JOIN ranges ON key BETWEEN low AND high GROUP BY id)
        SELECT count(*), bit_xor({items}) FROM met"""
    began = time.perf_counter()
    base.execute(query).fetchall()
    return time.perf_counter() - began


def term_ranges() -> list[tuple[str, str, int]]:
    """The places of the version as ranges of 14 characters, with the mask of their term."""
    rows = []
    for term in dict.fromkeys(t for item in VERSION.items for part in item.parts for t in part.terms):
        for place in term.places:
            symbol = place.symbol
            head = symbol.subclass + (f"{symbol.main:04d}" if symbol.main else "")
            low = head if place.subtree else f"{head}{symbol.sub:06d}"
            rows.append((low, low + "~" if place.subtree else low, TERMS.mask([term])))
    return rows


def command(applications: int) -> dict[str, object]:
    """The whole command, CSV to CSV, against Polars; then growth and memory at three sizes."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = [applications // 5, applications, applications * 5]
        files = [write_docket(Path(folder) / f"{size}.csv", size) for size in sizes]
        out = Path(folder) / "out.csv"
        floor = best(lambda: copy_csv(files[1], out), 2)
        theirs, their_memory = child([sys.executable, __file__, "--polars", str(files[1]), str(out)], 3)
        their_outcomes = outcomes(out)
        grown = []
        for file in files:
            run = [
                sys.executable,
                "-c",
                "from kaname.cli import main; main()",
                "assess",
                "patents",
                str(file),
                "-o",
                str(out),
            ]
            grown.append(child(run, 3 if file is not files[2] else 1))
            if file is files[1]:
                same = outcomes(out).equals(their_outcomes)
        ours = grown[1][0]
        say("applications", f"{applications:,}; Polars and Kaname give {'the same' if same else 'DIFFERENT'} outcomes")
        say("floor: pyarrow reads and writes the CSV", f"{floor:.2f} s")
        say("Polars", f"{theirs:.2f} s, {their_memory:,.0f} MB")
        say("Kaname, whole command", f"{ours:.2f} s; Polars / Kaname {theirs / ours:.1f} (promise: 5)")
        for size, (seconds, memory) in zip(sizes, grown, strict=True):
            say(f"Kaname, {size:,}", f"{seconds:.2f} s, {seconds / size * 1e6:.2f} µs each, {memory:,.0f} MB")
    growth = [{"applications": n, "seconds": s, "mb": mb} for n, (s, mb) in zip(sizes, grown, strict=True)]
    return {
        "applications": applications, "same_outcomes": same, "floor_s": floor, "polars_s": theirs,
        "polars_mb": their_memory, "kaname_s": ours, "times_polars": theirs / ours, "growth": growth,
    }  # fmt: skip


def polars_pipeline(source: str, target: str) -> None:
    """What one would write with Polars for the same columns and outcomes (without limiting words and requirements)."""
    parts = [(item.number, part) for item in VERSION.items for part in item.parts]
    terms = list(dict.fromkeys(term for _, part in parts for term in part.terms))
    docket = pl.read_csv(source, schema_overrides={"filing_date": pl.Date}).with_row_index("row")
    one = docket.select("row", s=pl.col("ipc").str.split(";")).explode("s")
    group = pl.col("s").str.extract(r"^[A-H]\d\d[A-Z] ?(\d+)/", 1).str.zfill(4)
    sub = pl.col("s").str.extract(r"/(\d+)", 1).str.pad_end(6, "0")
    one = one.with_columns(key=pl.col("s").str.slice(0, 4) + group + sub)
    one = one.with_columns(group=pl.col("key").str.slice(0, 8), exists=pl.col("key").is_in(existing_keys()))
    met, near = [f"m{n}" for n in range(len(terms))], [f"n{n}" for n in range(len(terms))]
    one = one.with_columns([term_met(t).alias(n) for t, n in zip(terms, met, strict=True)])
    one = one.with_columns([(term_near(t) & ~pl.col(m)).alias(n) for t, m, n in zip(terms, met, near, strict=True)])
    wrong = one.filter(~pl.col("exists")).group_by("row").agg(wrong=pl.col("s").str.join(", "))
    hits = one.filter(pl.any_horizontal(met + near))
    named = [
        pl.col("s").filter(pl.col(m) | pl.col(n)).str.join(", ").alias(f"s{m}") for m, n in zip(met, near, strict=True)
    ]
    by_row = hits.group_by("row").agg([pl.col(n).any() for n in met + near] + named)
    items, fields, free, missed, reasons = [], [], [], [], []
    for number, part in parts:
        used = [terms.index(t) for t in part.terms]
        is_met = pl.all_horizontal([met[u] for u in used])
        is_near = pl.all_horizontal([pl.col(met[u]) | pl.col(near[u]) for u in used]) & ~is_met
        symbols = pl.concat_str([f"sm{u}" for u in used], separator=", ")
        head = f"item {number} (field {part.field}, version {VERSION.since}): {{}}"
        items.append(pl.when(is_met).then(pl.lit(str(number))))
        fields.append(pl.when(is_met).then(pl.lit(str(part.field))))
        free.append(is_met & (not part.needs))
        missed.append(is_near)
        reasons.append(
            pl.when(is_met)
            .then(pl.format(head + " met.", symbols))
            .when(is_near)
            .then(pl.format(head + " near.", symbols))
        )
    found = by_row.select(
        "row",
        items=pl.concat_str(items, separator=";", ignore_nulls=True),
        fields=pl.concat_str(fields, separator=";", ignore_nulls=True),
        free=pl.any_horizontal(free),
        missed=pl.any_horizontal(missed),
        reasons_ja=pl.concat_str(reasons, separator=" ", ignore_nulls=True),
        reasons_en=pl.concat_str(reasons, separator=" ", ignore_nulls=True),
    )
    told = docket.join(found, on="row", how="left").join(wrong, on="row", how="left")
    outcome = (
        pl.when("free").then(pl.lit("in")).when(pl.col("items") != "").then(pl.lit("in_if_requirement"))
        .when("missed").then(pl.lit("near")).when(pl.col("wrong").is_not_null()).then(pl.lit("invalid")).otherwise(pl.lit("out"))
    )  # fmt: skip
    first = pl.col("filing_date").dt.offset_by("1d")
    dated = pl.col("outcome") != "out"
    result = told.with_columns(outcome=outcome).with_columns(
        send_by=pl.when(dated).then(first.dt.offset_by("3mo").dt.offset_by("-1d")),
        ban_ends_if_silent=pl.when(dated).then(first.dt.offset_by("3mo")),
        ban_ends_latest=pl.when(dated).then(first.dt.offset_by("10mo")),
        requirement_needed=pl.when("free").then(pl.lit("no")).when(pl.col("items") != "").then(pl.lit("yes")),
        reasons_ja=pl.concat_str(["reasons_ja", pl.col("wrong") + " is no symbol."], separator=" ", ignore_nulls=True),
        reasons_en=pl.concat_str(["reasons_en", pl.col("wrong") + " is no symbol."], separator=" ", ignore_nulls=True),
    )
    result.select(OUTPUT.names).write_csv(target)


def term_met(term: Term) -> pl.Expr:
    exact = [p.symbol.subclass + f"{p.symbol.main:04d}{p.symbol.sub:06d}" for p in term.places if not p.subtree]
    below = [p.symbol.subclass + (f"{p.symbol.main:04d}" if p.symbol.main else "") for p in term.places if p.subtree]
    tests = [pl.col("key").is_in(exact)] if exact else []
    return pl.any_horizontal([*tests, *(pl.col("key").str.starts_with(b) for b in below)])


def term_near(term: Term) -> pl.Expr:
    groups = [p.symbol.subclass + f"{p.symbol.main:04d}" for p in term.places if not p.subtree]
    spared = [p.symbol.subclass + f"{p.symbol.main:04d}{p.symbol.sub:06d}" for p in term.spared]
    return pl.col("group").is_in(groups) & ~pl.col("key").is_in(spared)


def existing_keys() -> list[str]:
    symbols = map(Symbol.from_key, shipped().keys.tolist())
    return [f"{s.subclass}{s.main:04d}{s.sub:06d}" for s in symbols if s.main]


def symbols_of_real_patents() -> pa.Array:
    source = SHARED / "data" / "patents" / "lens_jet_engine_biblio.csv.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return pa.array([s for row in csv.DictReader(lines) for s in row["IPCR Classifications"].split(";;") if s])


def docket_cells(symbols: int) -> tuple[pa.Array, int]:
    """Cells of one or more symbols, 2.6 on average as in the real file."""
    real, rng = symbols_of_real_patents(), np.random.default_rng(20250101)
    sizes = rng.poisson(1.6, symbols * 10 // 26) + 1
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    flat = real.take(pa.array(rng.integers(0, len(real), starts[-1])))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(starts), flat), ";"), int(starts[-1])


def write_docket(path: Path, applications: int) -> Path:
    cells = docket_cells(applications * 26 // 10)[0]
    rng = np.random.default_rng(7)
    days = np.datetime64("2025-01-01") + rng.integers(0, 600, len(cells)).astype("timedelta64[D]")
    numbers = pc.binary_join_element_wise("2025-", pc.cast(pa.array(np.arange(len(cells))), pa.string()), "")
    table = pa.table({"application_id": numbers, "filing_date": days, "ipc": cells})
    pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="none"))
    return path


def outcomes(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, columns=["application_id", "outcome"])


def copy_csv(source: Path, target: Path) -> None:
    pacsv.write_csv(pacsv.read_csv(source), target)


def best(run: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def child(arguments: list[str], times: int) -> tuple[float, float]:
    """Best time in seconds and largest memory in MB (as /proc tells it) of a program run by itself."""
    seconds, memory = [], [0.0]
    for _ in range(times):
        began = time.perf_counter()
        process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
            memory.append(int(peak[1]) / 1024 if peak else 0.0)
            time.sleep(0.01)
        seconds.append(time.perf_counter() - began)
    return min(seconds), max(memory)


def say(what: str, value: object) -> None:
    sys.stdout.write(f"{what:42} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--polars"]:
        polars_pipeline(sys.argv[2], sys.argv[3])
    else:
        main()
