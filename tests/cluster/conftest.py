"""A cluster of this machine's processes, with a scheduler and workers that a test may kill."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kaname.cluster import Input
from kaname.files import arrays

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # spawned processes and workers find the works by the same name


class Machines:
    """`scheduler()` and `worker(folder)` start a process each; all are gone at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes, self._count = folder, [], 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"

    def scheduler(self) -> subprocess.Popen:
        return self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show")

    def worker(self, inputs: Path | None = None) -> subprocess.Popen:
        """`inputs`: the folder for inputs of a machine of its own, to which the files of the others are unknown."""
        self._count += 1
        more = {"KANAME_CLUSTER_FOLDER": str(inputs or self.folder / "inputs")}
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--name", f"w{self._count}",
            "--local-directory", str(self.folder / f"w{self._count}"), **more,
        )  # fmt: skip

    def _start(self, what: str, *args: str, **more: str) -> subprocess.Popen:
        path = os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])
        log = (self.folder / f"{what}{len(self.processes)}.log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + what, *args], stdout=log, stderr=subprocess.STDOUT,
            env=os.environ | more | {"PYTHONPATH": path, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"},
        )  # fmt: skip
        self.processes.append(process)
        return process

    def ends(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path):
    made = Machines(tmp_path)
    yield made
    made.ends()


@pytest.fixture
def numbers(tmp_path) -> Input:
    place = tmp_path / "numbers.arrays"
    arrays.write(place, {"values": np.random.default_rng(7).normal(size=24_000)})
    return Input.of(place)


def until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)
