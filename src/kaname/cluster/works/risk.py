"""The systemic risk of many scenarios on one network: each part a run of them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kaname.assess.network.net import Network
from kaname.assess.network.packed import Packed
from kaname.assess.network.risk import Scores, Settings, Stop, systemic_risk
from kaname.assess.network.scenario import Scenarios
from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.work import Arrays, Input
from kaname.files import arrays

_PART = 1024  # scenarios: so few that nobody waits long for the last part, so many that a file for each costs nothing
_COLUMNS = (
    "supplier",
    "buyer",
    "weight",
    "industry",
    "essential",
    "market",
    "sales",
    "costs",
    "passes",
    "spare",
    "stock",
)
_OF_SCENARIO = ("total", "down", "up", "iterations", "converged")


@dataclass(frozen=True, slots=True)
class SystemicRisk:
    """`network`: the file with links, firms, what each counts, and the scenarios."""

    network: Input
    scenarios: int
    market: bool
    eps: float
    stop: str
    limit: int

    @classmethod
    def of(cls, network: Network, many: Scenarios, settings: Settings, folder: Path) -> "SystemicRisk":
        """Lay a network and the scenarios out as a file in `folder`. Raises OSError, NetworkError."""
        place = folder / "network.arrays"
        columns = {column: getattr(network, column) for column in _COLUMNS}
        asked = {"start": many.start, "firms": many.firms, "loss": many.loss}
        arrays.write(place, columns | asked | {"counts": settings.weights_of(network)})
        return cls(Input.of(place), len(many), settings.market, settings.eps, settings.stop.value, settings.limit)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.network,)

    @property
    def parts(self) -> int:
        return -(-self.scenarios // _PART)

    def about(self) -> dict[str, Any]:
        return {
            "name": "systemic risk/1", "scenarios": self.scenarios, "market": self.market, "eps": self.eps,
            "stop": self.stop, "limit": self.limit,
        }  # fmt: skip

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        network, packed, held = _opened(paths[0], self.network.digest)
        first, last = part * _PART, min((part + 1) * _PART, self.scenarios)
        start = held["start"][first : last + 1]
        hit = slice(int(start[0]), int(start[-1]))
        some = Scenarios((), start - start[0], held["firms"][hit], held["loss"][hit])  # nameless: names stay behind
        settings = Settings(self.market, self.eps, Stop(self.stop), self.limit, held["counts"])
        found = systemic_risk(network, some, settings, threads=1, packed=packed)
        return {name: getattr(found, name) for name in _OF_SCENARIO}


@lru_cache(maxsize=1)
def _opened(path: Path, digest: str) -> tuple[Network, Packed, dict[str, Any]]:
    """The network as the machine maps it, and made ready for the loops, once a process.

    `digest`: another file may have come under the same name.
    """
    held = arrays.mapped(path).arrays
    c = {name: held[name] for name in _COLUMNS}
    n, kinds = c["industry"].size, c["essential"].shape[0]
    network = Network(
        (), c["supplier"], c["buyer"], c["weight"], c["industry"], tuple(map(str, range(kinds))),
        c["essential"], c["market"], c["sales"], c["costs"], np.full(n, -1, np.int32), (), c["passes"], c["spare"],
        c["stock"],
    )  # fmt: skip
    return network, Packed.of(network), held


def scores(kept: Checkpoint, many: Scenarios, firms: int) -> Scores:
    """The scores of all scenarios, in their order."""
    parts = [kept.read(part) for part in range(kept.parts)]
    total, down, up, iterations, converged = (np.concatenate([p[name] for p in parts]) for name in _OF_SCENARIO)
    nobody = np.ones((0, firms))
    return Scores(many.names, total, down, up, iterations, converged, nobody, nobody)
