"""Benchmark of shocks through supply networks: Kaname, the plain method in numpy, and the floor, in one run.

    PYTHONPATH=src python bench/network.py [--large 1000000]

Seconds are of the processor (one thread), so that other work on the machine counts less; those of the clock stand
beside. The plain method goes over all links in every step (numpy, sparse). The floor is what it takes to copy eight
bytes for every link and step. Prints a table and writes bench/results/network.json. Promises: 0.20 ms a firm at 10,000
firms and 71,000 links, 3 ms at 100,000 and 758,000; a day of the inventory model 14 ms at 100,000 firms; under 4 GB at
a million.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from make_network import made_up
from numpy.typing import NDArray

from kaname.assess.network.inventory import InventorySettings, inventory_run
from kaname.assess.network.net import ESSENTIAL, LINEAR, Network
from kaname.assess.network.packed import Packed
from kaname.assess.network.risk import Settings, systemic_risk
from kaname.assess.network.scenario import Scenario, Scenarios

ROOT = Path(__file__).resolve().parents[1]
SIZES = ((1_000, 7_100, 1_000), (10_000, 71_000, 10_000), (100_000, 758_000, 640))
WITHOUT = 512  # scenarios in which nobody stands in for anybody
PLAIN = 16  # scenarios that the plain method is asked


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--large", type=int, default=1_000_000, help="0: memory as measured before")
    options.add_argument("--only", type=int, default=0)
    chosen = options.parse_args()
    if chosen.only:
        sys.stdout.write(json.dumps(memory(chosen.only)))
        return
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    say("machine", f"{results['machine']}, load {results['load_at_start']:.1f}")
    warm = made_up(200, 1400)
    systemic_risk(warm, threads=1)
    inventory_run(warm, Scenario.of("warm", [0]), days=2)
    results["risk"] = [risk(*size) for size in SIZES]
    results["inventory"] = inventory(*SIZES[-1][:2])
    place = ROOT / "bench" / "results" / "network.json"
    if chosen.large:
        command = [sys.executable, __file__, "--only", str(chosen.large)]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        results["memory"] = json.loads(told.stdout)
    else:
        results["memory"] = json.loads(place.read_text("utf-8"))["memory"]
    say("memory", str(results["memory"]))
    results["load_at_end"] = os.getloadavg()[0]
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


def some(network: Network, count: int) -> Scenarios:
    """Each firm alone; of a large network so many that stand side by side, as they do in the whole run."""
    firms = Packed.of(network).firm
    begin = (firms.size - count) // 2
    return Scenarios([], np.arange(count + 1), firms[begin : begin + count], np.ones(count))


def risk(firms: int, links: int, count: int) -> dict[str, Any]:
    network = made_up(firms, links)
    scenarios = some(network, count)
    ready, _, _ = timed(lambda: Packed.of(network))
    ours, clock, found = timed(lambda: systemic_risk(network, scenarios, threads=1))
    each = (ours - ready) / count
    one_by_one = plainly(network)
    which = np.linspace(0, count - 1, PLAIN).astype(int)
    plain, _, told = timed(lambda: [one_by_one(int(scenarios.firms[k])) for k in which])
    apart = max(abs(found.total[k] - one[0]) for k, one in zip(which, told, strict=True))
    same = all(found.iterations[k] == one[1] for k, one in zip(which, told, strict=True))
    nobody = Scenarios([], np.arange(WITHOUT + 1), scenarios.firms[:WITHOUT], np.ones(WITHOUT))
    without, _, _ = timed(lambda: systemic_risk(network, nobody, Settings(market=False), threads=1))
    without = (without - ready) / WITHOUT
    steps = float(found.iterations.mean())
    floor = copied(int(2 * links * 8)) * steps
    say(
        f"{firms:,} firms, {links:,} links",
        f"{count:,} scenarios, {steps:.1f} steps on average, made ready {ready:.2f} s",
    )
    say("  floor, copying", f"{floor * 1e3:.3f} ms a firm")
    say(
        "  plain numpy",
        f"{plain / PLAIN * 1e3:.1f} ms a firm; apart {apart:.1e}, steps {'the same' if same else 'NOT'}",
    )
    say("  Kaname, nobody replaced", f"{without * 1e3:.3f} ms a firm")
    say("  Kaname", f"{each * 1e3:.3f} ms a firm, {plain / PLAIN / each:.0f} times; clock {clock / count * 1e3:.3f} ms")
    return {
        "firms": firms, "links": links, "scenarios": count, "steps": steps, "ready_s": ready, "floor_ms": floor * 1e3,
        "plain_ms": plain / PLAIN * 1e3, "kaname_ms": each * 1e3, "kaname_clock_ms": clock / count * 1e3,
        "times_plain": plain / PLAIN / each, "apart": apart, "same_steps": same, "without_market_ms": without * 1e3,
    }  # fmt: skip


def plainly(network: Network, eps: float = 0.01) -> Callable[[int], tuple[float, int]]:
    """One firm lost, by the equations, all links in every step; what they weigh is made ready once."""
    i, j, w, n = network.supplier, network.buyer, network.weight, network.count
    kind = network.essential[network.industry[i], network.industry[j]]
    _, group = np.unique(j.astype(np.int64) * len(network.industries) + network.industry[i], return_inverse=True)
    buyer = np.zeros(int(group.max()) + 1, np.int64)
    buyer[group] = j
    down = np.where(kind == ESSENTIAL, w / np.bincount(group, w)[group], w / network.costs[j])
    need, linear = kind == ESSENTIAL, kind == LINEAR
    up = w / network.sales[i]
    sold = network.sold

    def lost(struck: int) -> tuple[float, int]:
        hd = np.ones(n)
        hd[struck] = 0
        cap, hu, steps = hd.copy(), hd.copy(), 0
        while True:
            left = np.bincount(network.market, network.sales * hd)[network.market]
            sigma = np.divide(network.sales, left, out=np.ones(n), where=left > network.sales)
            passed = (sigma * (1 - hd))[i] * down
            worst = np.zeros(n)
            np.maximum.at(worst, buyer, np.bincount(group, np.where(need, passed, 0.0)))
            added = np.bincount(j, np.where(linear, passed, 0.0), n)
            new_d = np.maximum(0, np.minimum(cap, 1 - np.maximum(worst, added)))
            new_u = np.maximum(0, np.minimum(cap, 1 - np.bincount(i, up * (1 - hu)[j], n)))
            change = max((hd - new_d).max(), (hu - new_u).max())
            hd, hu, steps = new_d, new_u, steps + 1
            if change <= eps:
                return float(sold @ (1 - np.minimum(hd, hu)) / w.sum()), steps

    return lost


def inventory(firms: int, links: int, days: int = 30) -> dict[str, Any]:
    network = made_up(firms, links)
    shock = Scenario.of("a tenth", range(0, firms, 10), 0.5)
    settings = InventorySettings()
    ready, _, _ = timed(lambda: inventory_run(network, shock, settings, 1))
    ours, clock, _ = timed(lambda: inventory_run(network, shock, settings, days + 1))
    each = (ours - ready) / days
    floor = copied(links * 8 * 5)
    say("inventory model", f"{each * 1e3:.2f} ms a day; floor {floor * 1e3:.2f} ms; clock {clock / days * 1e3:.1f} ms")
    return {"firms": firms, "links": links, "floor_ms": floor * 1e3, "kaname_ms": each * 1e3,
            "kaname_clock_ms": clock / days * 1e3}  # fmt: skip


def memory(firms: int, count: int = 32) -> dict[str, Any]:
    """What a process takes for a large network, and what a firm takes in it."""
    network = made_up(firms, 8 * firms)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scenarios = some(network, count)
    ready, _, _ = timed(lambda: Packed.of(network))
    ours, clock, found = timed(lambda: systemic_risk(network, scenarios, threads=1))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"firms": firms, "links": network.links, "made_mb": before, "most_mb": most, "ready_s": ready,
            "scenarios": count, "kaname_ms": (ours - ready) / count * 1e3, "clock_s": clock,
            "steps": float(found.iterations.mean())}  # fmt: skip


def copied(size: int) -> float:
    """Seconds to copy so many bytes."""
    source: NDArray[np.uint8] = np.ones(size, np.uint8)
    target = np.empty_like(source)
    return min(timed(lambda: np.copyto(target, source))[0] for _ in range(5))


def timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of the processor, of the clock, and what was found."""
    clock, began = time.perf_counter(), time.process_time()
    found = run()
    return time.process_time() - began, time.perf_counter() - clock, found


def say(what: str, value: object) -> None:
    sys.stdout.write(f"{what:42} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
