"""Runs in parts: one process against two, one worker of a cluster against two, and a nation measured in part.

The scenarios are all firms of a made-up network, each lost alone (bench/make_network.py). A worker computes with one
thread. Of 1 million firms and 8 million links some thousands of scenarios are computed; time for all is extrapolated.

Run: python bench/cluster.py [--firms 20000] [--links 150000] [--nation 1000000 8000000] [--sample 2048]
"""

import argparse
import hashlib
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from make_network import made_up
from rich.console import Console
from rich.table import Table

from kaname.assess.network.net import Network
from kaname.assess.network.risk import Settings
from kaname.assess.network.scenario import Scenarios
from kaname.cluster import Checkpoint, run
from kaname.cluster.dask import Cluster
from kaname.cluster.here import Here
from kaname.cluster.run import Where
from kaname.cluster.works.risk import SystemicRisk

RESULTS = Path(__file__).parent / "results" / "cluster.json"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--firms", type=int, default=20_000)
    options.add_argument("--links", type=int, default=150_000)
    options.add_argument("--nation", type=int, nargs=2, default=[1_000_000, 8_000_000])
    options.add_argument("--sample", type=int, default=2048)
    given = options.parse_args()
    found: dict[str, Any] = {"load_at_start": os.getloadavg()[0], "firms": given.firms, "links": given.links}
    network = made_up(given.firms, given.links)
    many = Scenarios.each_firm(network)
    bits = set()
    for processes in (1, 2):
        seconds, digest = timed(network, many, Here(processes))
        found[f"processes {processes}"] = seconds
        bits.add(digest)
    for workers in (1, 2):
        with cluster(workers) as where:
            seconds, digest = timed(network, many, where)
        found[f"workers {workers}"] = seconds
        bits.add(digest)
    assert len(bits) == 1, "the results are not the same bits"
    found |= nation(*given.nation, given.sample)
    table = Table("what", "measured")
    for name, value in found.items():
        table.add_row(name, f"{value:,.2f}" if isinstance(value, float) else f"{value:,}")
    Console().print(table)
    RESULTS.write_text(json.dumps({k: round(v, 3) for k, v in found.items()}, indent=1) + "\n", "utf-8")


def timed(network: Network, many: Scenarios, where: Where) -> tuple[float, str]:
    """Seconds by the clock once the workers are warm, and a digest of every bit of the results."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small = Scenarios(many.names, many.start[:9], many.firms[:8], many.loss[:8])
        warm = SystemicRisk.of(network, small, Settings(), folder)
        run(warm, where, Checkpoint(folder / "warm", warm))
        work = SystemicRisk.of(network, many, Settings(), folder)
        kept = Checkpoint(folder / "parts", work)
        began = time.perf_counter()
        run(work, where, kept)
        seconds = time.perf_counter() - began
        for part in range(kept.parts):
            for name, values in sorted(kept.read(part).items()):
                digest.update(name.encode() + np.ascontiguousarray(values).tobytes())
    return seconds, digest.hexdigest()


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
    more = {"KANAME_CLUSTER_FOLDER": f"{folder}/inputs"}
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
        work.run(0, (folder / "network.arrays",))
        seconds = time.process_time() - began
    each = seconds / min(sample, 2048)
    return {
        "nation: firms": firms, "nation: links": links, "nation: scenarios computed": min(sample, 2048),
        "nation: ms a firm": each * 1e3, "nation: file, MB": size / 1e6,
        "nation: memory, GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "nation: core hours for all, extrapolated": each * firms / 3600,
    }  # fmt: skip


if __name__ == "__main__":
    main()
