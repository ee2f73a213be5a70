"""Runs in parts: one process against two, one worker of a cluster against two, and a nation measured in part.

The scenarios are all firms of a made-up network, each lost alone (bench/make_network.py). A worker computes with one
thread. What two make of it is told by the time of the processor, since the clock of a machine at work says nothing: the
parts of the run with two, as long as each took, given out one after the other to whoever is free, and all that the one
who hands out and keeps parts took; that is what a clock shows where two cores are idle and the processes have started.
With their start, and by the clock, it stands beside. `--clock` measures workers of a Dask cluster too, by the clock,
on a machine with nothing else to do. Of 1 million firms and 8 million links some scenarios are computed; time for all
is extrapolated.

Run: python bench/cluster.py [--firms 20000] [--links 150000] [--clock] [--nation 1000000 8000000] [--sample 512]
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from make_network import made_up
from rich.console import Console
from rich.table import Table

from kaname.assess.network.net import Network
from kaname.assess.network.risk import Settings, systemic_risk
from kaname.assess.network.scenario import Scenarios
from kaname.cluster import Arrays, Checkpoint, run
from kaname.cluster.dask import Cluster
from kaname.cluster.here import Here
from kaname.cluster.run import Where
from kaname.cluster.works.risk import SystemicRisk

RESULTS = Path(__file__).parent / "results" / "cluster.json"


@dataclass(frozen=True, slots=True)
class Timed(SystemicRisk):
    """The same, each part with the seconds of the processor that it took."""

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        began = time.process_time()
        found = SystemicRisk.run(self, part, paths)
        return found | {"seconds": np.array(time.process_time() - began)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--firms", type=int, default=20_000)
    options.add_argument("--links", type=int, default=150_000)
    options.add_argument("--clock", action="store_true")
    options.add_argument("--nation", type=int, nargs=2, default=[1_000_000, 8_000_000], help="0 0: as measured before")
    options.add_argument("--sample", type=int, default=512)
    given = options.parse_args()
    found: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0], "firms": given.firms, "links": given.links,
    }  # fmt: skip
    systemic_risk(made_up(200, 1400), threads=1)  # compiled once, for all processes
    network = made_up(given.firms, given.links)
    many = Scenarios.each_firm(network)
    one, two = (in_parts(network, many, Here(processes)) for processes in (1, 2))
    bits = {one.digest, two.digest}
    # The same parts one after the other, too: a busy machine may have been slower while one process ran.
    alone = min(sum(one.parts) + one.handing_out, sum(two.parts) + two.handing_out)
    shared = shared_out(two.parts, 2) + two.handing_out
    found |= {
        "parts": len(one.parts), "one_cpu_s": alone, "two_s": shared, "times_two": alone / shared,
        "start_of_a_process_s": two.start / 2, "times_two_with_start": (alone + one.start) / (shared + two.start / 2),
        "handing_out_s": two.handing_out, "one_clock_s": one.clock, "two_clock_s": two.clock,
    }  # fmt: skip
    for workers in (1, 2) if given.clock else ():
        with cluster(workers) as where:
            told = in_parts(network, many, where)
        found[f"workers {workers}: clock, s"] = told.clock
        bits.add(told.digest)
    assert len(bits) == 1, "the results are not the same bits"
    before = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept = {name: value for name, value in before.items() if name.startswith("nation")}
    found |= nation(*given.nation, given.sample) if all(given.nation) else kept
    table = Table("what", "measured")
    for name, value in found.items():
        table.add_row(name, f"{value:,.2f}" if isinstance(value, float) else str(value))
    Console().print(table)
    rounded = {k: round(v, 3) if isinstance(v, float) else v for k, v in found.items()}
    RESULTS.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the processor of each part, of starting processes (the code loaded), of handing out and keeping;
    seconds by the clock; and a digest of every bit of the results."""

    parts: list[float]
    start: float
    handing_out: float
    clock: float
    digest: str


def in_parts(network: Network, many: Scenarios, where: Where) -> Took:
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        work = Timed.of(network, many, Settings(), folder)
        kept = Checkpoint(folder / "parts", work)
        clock, ours, theirs = time.perf_counter(), time.process_time(), children()
        run(work, where, kept)
        clock, ours, theirs = time.perf_counter() - clock, time.process_time() - ours, children() - theirs
        parts = []
        for part in range(kept.parts):
            found = dict(kept.read(part))
            parts.append(float(found.pop("seconds")))
            for name, values in sorted(found.items()):
                digest.update(name.encode() + np.ascontiguousarray(values).tobytes())
    return Took(parts, theirs - sum(parts), ours, clock, digest.hexdigest())


def children() -> float:
    """Seconds of the processor of all processes that have come and gone."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shared_out(parts: list[float], among: int) -> float:
    """When the last is done, if whoever is free takes the next part."""
    busy = [0.0] * among
    for part in parts:
        busy[busy.index(min(busy))] += part
    return max(busy)


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    """A scheduler and workers of one thread on this machine."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        begun = [_dask("scheduler", folder, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")]
        address = f"tcp://127.0.0.1:{port}"
        for n in range(workers):
            begun.append(_dask("worker", folder, address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                               "--local-directory", f"{folder}/{n}"))  # fmt: skip
        try:
            where = Cluster(address, at_first=60)
            while where.workers < workers:
                time.sleep(0.1)
            yield where
            where.close()
        finally:
            for one in begun:
                one.kill()
                one.wait()


def _dask(what: str, folder: str, *args: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *args]
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])  # where `Timed` is
    more = {"KANAME_CLUSTER_FOLDER": f"{folder}/inputs", "PYTHONPATH": path}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | more)


def nation(firms: int, links: int, sample: int) -> dict[str, float]:
    """Some firms of a large network, drawn evenly: seconds a firm, memory, hours for all on one core."""
    network = made_up(firms, links)
    chosen = np.sort(np.random.default_rng(0).permutation(firms)[:sample])
    many = Scenarios((), np.arange(sample + 1), chosen, np.ones(sample))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        work = SystemicRisk.of(network, many, Settings(), folder)
        size = (folder / "network.arrays").stat().st_size
        began = time.process_time()
        count = work.run(0, (folder / "network.arrays",))["total"].size
        seconds = time.process_time() - began
    each = seconds / count
    return {
        "nation: firms": firms, "nation: links": links, "nation: scenarios computed": count,
        "nation: ms a firm": each * 1e3, "nation: file, MB": size / 1e6,
        "nation: memory, GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "nation: core hours for all, extrapolated": each * firms / 3600,
    }  # fmt: skip


if __name__ == "__main__":
    main()
