"""Replicas of the network power index: the same walk from other seeds, so that its error can be stated."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kaname.assess.ownership.graph import F64
from kaname.assess.ownership.network import Network
from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.work import Arrays, Input
from kaname.files import arrays


@dataclass(frozen=True, slots=True)
class Power:
    """`steps` of the walk in each of `replicas`; replica r starts from the r-th child of `seed`."""

    holdings: Input
    count: int
    replicas: int
    steps: int
    seed: int

    @classmethod
    def of(cls, network: Network, folder: Path, replicas: int, steps: int, seed: int) -> "Power":
        """Lay the holdings out as a file in `folder`: what is sure of them. Who is held counts 1. Raises OSError."""
        place, worth = folder / "holdings.arrays", np.zeros(network.count)
        worth[network.company] = 1
        columns = {"holder": network.holder, "company": network.company, "units": network.low, "worth": worth}
        arrays.write(place, columns)
        return cls(Input.of(place), network.count, replicas, steps, seed)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.holdings,)

    @property
    def parts(self) -> int:
        return self.replicas

    def about(self) -> dict[str, Any]:
        return {"name": "power/1"} | {k: v for k, v in asdict(self).items() if k != "holdings"}

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        from kaname.assess.ownership.power import power_index  # brings a compiler along

        held = {name: np.array(column) for name, column in arrays.mapped(paths[0]).arrays.items()}
        seed = int(np.random.SeedSequence(self.seed, spawn_key=(part,)).generate_state(1)[0])
        found = power_index(
            self.count, held["holder"], held["company"], held["units"], held["worth"], steps=self.steps, seed=seed
        )
        return {"index": found}


def summed(kept: Checkpoint) -> tuple[F64, F64]:
    """The mean over the replicas, and its standard error (nan with one), in the order of the replicas."""
    mean, spread = np.zeros(0), np.zeros(0)
    for replica in range(kept.parts):
        found = kept.read(replica)["index"]
        if replica == 0:
            mean, spread = np.zeros(found.size), np.zeros(found.size)
        off = found - mean
        mean += off / (replica + 1)
        spread += off * (found - mean)
    n = kept.parts
    return mean, np.sqrt(spread / (n - 1) / n) if n > 1 else np.full(mean.size, np.nan)
