"""Benchmark of name screening: Kaname, its peers (rapidfuzz, nomenklatura) and the floor, in one run.

    PYTHONPATH=src python bench/names.py [--names 50000] [--queries 500] [--nomenklatura PYTHON]

Names are real (GLEIF, UN list variants; ../shared/data or KANAME_SHARED, see its README). PYTHON is an interpreter that
has nomenklatura (which is no dependency of this project); without one its last figures are kept, and marked so.
Prints a table and writes bench/results/names.json. Promises: every pair with Jaro-Winkler >= 0.9 found, 10 times as
many queries a second as exhaustive rapidfuzz; a candidate 1,000 times as fast as nomenklatura's logic-v2.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kaname.assess.names import Kind, Name
from kaname.assess.names.shelf import Shelf

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KANAME_SHARED", ROOT.parent / "shared"))
PLACE = ROOT / "bench" / "results" / "names.json"
THRESHOLD = 0.9
Words = tuple[str, ...]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--names", type=int, default=50_000)
    options.add_argument("--queries", type=int, default=500)
    options.add_argument("--nomenklatura", metavar="PYTHON")
    chosen = options.parse_args()
    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    say("machine", f"{results['machine']}, load {results['load_at_start']:.1f}")
    results["search"] = search(chosen.names, chosen.queries)
    results["pairs"] = pairs(chosen.nomenklatura)
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


def search(names: int, queries: int) -> dict[str, object]:
    """All pairs at or above the threshold among real names: ours by the whole score, rapidfuzz by one of its rules."""
    every = list_names()
    asked = queries_of(every[:names], queries)
    shelf, built = timed(lambda: Shelf([name.readings[0].words for name in every[:names]]))
    shelf.search(asked[:2], THRESHOLD)  # compiled
    ours = best(lambda: shelf.search(asked, THRESHOLD), 5)
    texts = ["".join(name.readings[0].words) for name in every[:names]]
    keys = ["".join(words) for words in asked]
    floor = floor_of(texts, keys)

    def exhaustively() -> np.ndarray:
        return process.cdist(
            keys, texts, scorer=JaroWinkler.similarity, score_cutoff=THRESHOLD, dtype=np.float64, workers=-1
        )

    exhaustive, their_work = best(exhaustively, 2), work(exhaustively)
    theirs = exhaustively()
    our_work = work(lambda: shelf.search(asked, THRESHOLD))
    found = shelf.search(asked, THRESHOLD)
    ours_found = set(zip(found.query.tolist(), found.reading.tolist(), strict=True))
    wanted = [(int(i), int(j)) for i, j in zip(*np.nonzero(theirs >= THRESHOLD), strict=True)]
    recall = sum(pair in ours_found for pair in wanted) / len(wanted)
    say("queries / names", f"{queries:,} / {names:,}; Jaro-Winkler >= {THRESHOLD}: {len(wanted):,} pairs")
    say("floor: signatures of all pairs compared", f"{floor:.3f} s")
    say("rapidfuzz, exhaustive, all cores", f"{exhaustive:.2f} s, {queries / exhaustive:,.0f} queries/s")
    say("Kaname, all three rules", f"{ours:.3f} s, {queries / ours:,.0f} queries/s; {len(ours_found):,} pairs")
    say("recall of those pairs", f"{recall:.3f} (promise: 1.000)")
    say("Kaname / rapidfuzz", f"{exhaustive / ours:.0f} times by the clock (promise: 10)")
    say("processor seconds", f"{their_work:.2f} / {our_work:.3f}: {their_work / our_work:.0f} times")
    say("shelf built in", f"{built:.2f} s")
    return {
        "queries": queries, "names": names, "pairs": len(wanted), "floor_s": floor, "rapidfuzz_s": exhaustive,
        "kaname_s": ours, "times_rapidfuzz": exhaustive / ours, "recall": recall,
        "rapidfuzz_cpu_s": their_work, "kaname_cpu_s": our_work, "times_rapidfuzz_cpu": their_work / our_work,
        "kaname_pairs": len(ours_found),
        "built_s": built, "growth": growth(every, asked),
    }  # fmt: skip


def growth(every: list[Name], asked: list[Words]) -> list[dict[str, float]]:
    """The same queries against lists of three sizes."""
    grown = []
    for size in (len(every) // 4, len(every) // 2, len(every)):
        shelf = Shelf([name.readings[0].words for name in every[:size]])
        seconds = best(partial(shelf.search, asked, THRESHOLD), 3)
        say(f"Kaname, {size:,} names", f"{seconds:.3f} s, {seconds / len(asked) / size * 1e9:.2f} ns a pair")
        grown.append({"names": size, "queries": len(asked), "seconds": seconds})
    return grown


def pairs(python: str | None) -> dict[str, object]:
    """Every name of the UN list against every variant: what a candidate costs, how many of the pairs are found."""
    with gzip.open(SHARED / "data/names/un_list_name_variants.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [(row["name_listed"], row["name_variant"]) for row in csv.DictReader(lines)]
    listed, variants = ([Name(text).of(Kind.LATIN)[0].words for text in side] for side in zip(*rows, strict=True))
    shelf = Shelf(listed)
    every = len(rows) ** 2
    shelf.search(variants[:2], 1e-9)
    scored = best(lambda: shelf.search(variants, 1e-9), 3) / every  # nothing is below: no bound helps
    blocked = best(lambda: shelf.search(variants, THRESHOLD), 5) / every
    found = shelf.search(variants, THRESHOLD)
    recall = len(set(found.query[found.query == found.reading].tolist())) / len(rows)
    say("Kaname, a candidate scored", f"{scored * 1e6:.3f} µs; with the bounds {blocked * 1e9:.1f} ns")
    say("Kaname, UN pairs found", f"{recall:.3f} at {THRESHOLD}")
    result: dict[str, object] = {
        "candidates": every, "kaname_scored_us": scored * 1e6, "kaname_blocked_us": blocked * 1e6, "recall": recall,
    }  # fmt: skip
    if python is None:
        last = json.loads(PLACE.read_text("utf-8"))["pairs"] if PLACE.exists() else {}
        return result | {k: v for k, v in last.items() if k.startswith("logic_v2")} | {"logic_v2_measured_now": False}
    told = subprocess.run(
        [python, ROOT / "bench" / "peers" / "logic_v2.py"],
        input=json.dumps(rows),
        capture_output=True,
        text=True,
        check=True,
    )
    peer = json.loads(told.stdout)
    result |= {"logic_v2_us": peer["us"], "logic_v2_recall": peer["recall"], "logic_v2_measured_now": True}
    say("nomenklatura logic-v2, a candidate", f"{peer['us']:.0f} µs; UN pairs found {peer['recall']:.3f} at 0.7")
    say("Kaname / logic-v2, scored", f"{peer['us'] / (scored * 1e6):,.0f} times (promise: 1,000)")
    say("Kaname / logic-v2, with the bounds", f"{peer['us'] / (blocked * 1e6):,.0f} times")
    return result


def list_names() -> list[Name]:
    table = pl.read_parquet(SHARED / "data/ownership/gleif_level1_bulk_names.parquet")
    names = (Name(text) for text in table["LegalName"].unique(maintain_order=True).to_list())
    return [name for name in names if name.readings and name.readings[0].kind is Kind.LATIN]


def queries_of(names: list[Name], count: int) -> list[Words]:
    """Half of them names of the list misspelt, half names of others."""
    rng = random.Random(20261126)
    table = pl.read_parquet(SHARED / "data/ownership/gleif_level1_sample.parquet")
    others = [Name(text) for text in rng.sample(table["LegalName"].drop_nulls().to_list(), count)]
    strange = [name.readings[0].words for name in others if name.readings and name.readings[0].kind is Kind.LATIN]
    return [misspelt(rng.choice(names).readings[0].words, rng) for _ in range(count // 2)] + strange[
        : count - count // 2
    ]


def misspelt(words: Words, rng: random.Random) -> Words:
    which = rng.randrange(len(words))
    word = words[which]
    at = rng.randrange(len(word))
    changed = rng.choice([word[:at] + word[at + 1 :], word[:at] + rng.choice("aeirstn") + word[at:]]) or word
    return (*words[:which], changed, *words[which + 1 :])


def floor_of(texts: list[str], keys: list[str]) -> float:
    """One pass over a word a pair: what looking at every pair costs at least."""
    signatures = np.arange(len(texts), dtype=np.uint64)
    out = np.empty_like(signatures)
    return best(lambda: [np.bitwise_and(signatures, np.uint64(len(key)), out=out) for key in keys], 3)


def timed(run: Callable[[], Shelf]) -> tuple[Shelf, float]:
    began = time.perf_counter()
    made = run()
    return made, time.perf_counter() - began


def best(run: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def work(run: Callable[[], object]) -> float:
    """Processor seconds of all threads: on a shared machine, what the clock cannot tell. The least of three."""
    seconds = []
    for _ in range(3):
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    return min(seconds)


def say(what: str, value: object) -> None:
    sys.stdout.write(f"{what:42} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
