"""Benchmark of ownership: Kaname, its peers (scipy's Neumann series, networkx) and the floor, in one run.

    PYTHONPATH=src python bench/ownership.py [--entities 1000000] [--controlled 300000]

The networks are made up: two in five are persons and states, companies have one to five holders, most holdings are
round percentages, and one company in sixty is in a ring of cross-holdings of up to 93 %. Prints a table and writes
bench/results/ownership.json. Promises: foreign share of all 100 times scipy's Neumann series, control closure for all
controllers 30 times networkx with its graph built.
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
from numpy.typing import NDArray

from kaname.assess.ownership.graph import Graph, control
from kaname.assess.ownership.shares import UNIT

ROOT = Path(__file__).resolve().parents[1]
PERCENT = UNIT // 100
Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--entities", type=int, default=1_000_000)
    options.add_argument("--controlled", type=int, default=300_000)
    chosen = options.parse_args()
    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    say("machine", f"{results['machine']}, load {results['load_at_start']:.1f}")
    warm = made_up(1000)
    Graph.of(1000, *warm).ultimate(np.zeros(1000))
    control(1000, *warm)
    results["foreign"] = foreign(chosen.entities)
    results["control"] = closure(chosen.controlled)
    place = ROOT / "bench" / "results" / "ownership.json"
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


def made_up(entities: int) -> Edges:
    """Holdings (holder, company, units) of made-up entities, in no order; the same for one number."""
    rng = np.random.default_rng(entities)
    persons = entities * 2 // 5
    companies = np.arange(persons, entities)
    ring = _rings(companies, rng)
    many = rng.integers(1, 6, companies.size)
    company = np.repeat(companies, many)
    back = company - rng.integers(1, np.maximum(2, company - persons + 1))  # holders before what they hold: no circle
    by_company = (rng.random(company.size) < 0.4) & (back >= persons)
    holder = np.where(by_company, back, rng.integers(0, persons, company.size))
    weight = rng.random(company.size)
    left = np.full(entities, 100)
    left[ring[1]] -= ring[2]
    share = np.floor(weight / np.bincount(company, weight, entities)[company] * left[company])
    holder, company, share = (np.concatenate(pair) for pair in zip((holder, company, share), ring, strict=True))
    _, first = np.unique(holder * entities + company, return_index=True)
    first = first[share[first] > 0]
    mixed = rng.permutation(entities)
    first = rng.permutation(first)
    return mixed[holder[first]], mixed[company[first]], share[first].astype(np.int64) * PERCENT


def _rings(companies: NDArray[np.int64], rng: np.random.Generator) -> Edges:
    """Rings of two to eight companies each holding the next, 30 to 93 %."""
    holder, company = [], []
    for begin in rng.permutation(np.arange(0, companies.size - 8, 8))[: max(companies.size // 300, 1)]:
        members = companies[begin : begin + rng.integers(2, 9)]
        holder.append(members)
        company.append(np.roll(members, -1))
    share = np.repeat(rng.integers(30, 94, len(holder)), [len(m) for m in holder])
    return np.concatenate(holder), np.concatenate(company), share


def foreign(entities: int) -> dict[str, Any]:
    """The foreign share of every company."""
    growth = []
    for size in (entities // 9, entities // 3, entities):
        holder, company, units = made_up(size)
        mark = (np.random.default_rng(7).random(size) < 0.3).astype(float)
        build, graph = timed(lambda h=holder, c=company, u=units, n=size: Graph.of(n, h, c, u))
        ours, share = best(lambda g=graph, m=mark: g.ultimate(m), 5)
        growth.append({"entities": size, "build_s": build, "seconds": ours})
    floor, _ = best(lambda: (int(np.add.reduce(graph.units)), float(np.add.reduce(mark))), 5)
    told, series = peer(
        "neumann", entities=np.array(entities), holder=holder, company=company, share=units / UNIT,
        given=np.where(graph.sources, mark, 0.0),
    )  # fmt: skip
    theirs, terms = told["seconds"], int(told["terms"])
    apart = float(np.abs(series - share).max())
    inside = int((graph.circle >= 0).sum())
    say("entities / holdings / in circles", f"{entities:,} / {holder.size:,} / {inside:,}")
    say("floor: adding up the shares", f"{floor:.4f} s")
    say("scipy, Neumann series", f"{theirs:.2f} s, {terms} terms; largest difference {apart:.1e}")
    say("Kaname", f"{ours:.4f} s; scipy / Kaname {theirs / ours:.0f} (promise: 100)")
    say("Kaname, graph built from the holdings too", f"{build + ours:.3f} s; {theirs / (build + ours):.1f} times")
    for grown in growth:
        say(f"Kaname, {grown['entities']:,}", f"{grown['seconds']:.4f} s; graph {grown['build_s']:.3f} s")
    return {
        "entities": entities, "holdings": int(holder.size), "in_circles": inside, "terms": terms, "apart": apart,
        "floor_s": floor, "scipy_s": theirs, "kaname_s": ours, "build_s": build, "times_scipy": theirs / ours,
        "times_scipy_with_build": theirs / (build + ours), "growth": growth,
    }  # fmt: skip


def peer(job: str, **arrays: NDArray[Any]) -> tuple[dict[str, float], NDArray[Any]]:
    """What the peer took, in its own environment (`make bench` makes it), and what it answered."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "given.npz", Path(folder) / "out.npy"
        np.savez(given, **arrays)
        python, program = ROOT / ".venv-peers" / "bin" / "python", ROOT / "bench" / "peers" / "ownership.py"
        told = subprocess.run([python, program, job, given, out], stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(told.stdout), np.load(out)


def closure(entities: int) -> dict[str, Any]:
    """Who controls whom, for everybody, from the holdings as they come."""
    holder, company, units = made_up(entities)
    floor, _ = best(lambda: np.bincount(company, units, entities), 3)
    ours, found = best(lambda: control(entities, holder, company, units), 3)
    told, pairs = peer("networkx", holder=holder, company=company, units=units, unit=np.array(UNIT))
    theirs = told["seconds"]
    same = set(zip(*(side.tolist() for side in found.pairs), strict=True)) == set(map(tuple, pairs.tolist()))
    say(
        "entities, holdings, pairs", f"{entities:,} / {holder.size:,} / {len(pairs):,}, {'the same' if same else 'NOT'}"
    )
    say("floor: adding up the votes of each company", f"{floor:.4f} s")
    say("networkx, graph and work list", f"{theirs:.2f} s")
    say("Kaname, graph and closure", f"{ours:.3f} s; networkx / Kaname {theirs / ours:.0f} (promise: 30)")
    return {
        "entities": entities, "holdings": int(holder.size), "pairs": len(pairs), "same": same, "floor_s": floor,
        "networkx_s": theirs, "kaname_s": ours, "times_networkx": theirs / ours,
    }  # fmt: skip


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = run()
    return time.perf_counter() - began, found


def best(run: Callable[[], Any], times: int) -> tuple[float, Any]:
    return min((timed(run) for _ in range(times)), key=lambda pair: pair[0])


def say(what: str, value: object) -> None:
    sys.stdout.write(f"{what:42} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
