"""Works of the tests; workers find them, since `tests/cluster` is on their path."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kaname.cluster import Arrays, Input
from kaname.cluster.works.resampling import Resampling
from kaname.files import arrays


@dataclass(frozen=True)
class Sums:
    """Sums over slices of a file. `deadly`: in this part the process that computes it is killed, the first `deaths`
    times (counted in `marks`); `slow`: seconds a part."""

    numbers: Input
    size: int = 12
    slow: float = 0.0
    deadly: int = -1
    deaths: int = 0
    marks: str = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.numbers,)

    @property
    def parts(self) -> int:
        return self.size

    def about(self) -> dict[str, Any]:
        return {"name": "sums", "size": self.size}

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        values = arrays.mapped(paths[0]).arrays["values"]
        if part == self.deadly:
            before = len(list(Path(self.marks).iterdir()))
            if before < self.deaths:
                (Path(self.marks) / f"{before}").touch()
                os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self.slow)
        mine = values[part :: self.size]
        return {
            "sum": np.array([mine.sum()]),
            "cube": np.cumsum(mine**3),
            "name": np.frombuffer(b"%d" % part, np.uint8),
        }


@dataclass(frozen=True)
class Elsewhere(Sums):
    """The same, whose file the other machines do not have under its name."""

    def __reduce__(self) -> Any:
        nowhere = Input("/nowhere/numbers.arrays", self.numbers.digest)
        return Sums, (nowhere, self.size, self.slow)


@dataclass(frozen=True)
class DeadlyDraws(Resampling):
    """Draws of errors; the process that has part 2 first is killed (`marks`, a folder, says when)."""

    marks: str = ""

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        mark = Path(self.marks) / "killed"
        if part == 2 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Resampling.run(self, part, paths)
