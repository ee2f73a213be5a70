"""Drawing the error of trade reports again and again: each part some blocks of draws of one year's suppliers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kaname.assess.trade.resample import MEASURES, SEED, Resampled, between, blocks, drawn
from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.work import Arrays, Input
from kaname.files import arrays

_PART = 10  # blocks: half a second or so, so that a file and a message for each cost little beside it

Supplied = tuple[Sequence[float], float]  # what each supplier is known to supply, and what nobody is named for


@dataclass(frozen=True, slots=True)
class Resampling:
    """`amounts`: the file with what each of `flows` (an importer's year) consists of; `draws` for each of them."""

    amounts: Input
    flows: int
    error: float
    draws: int
    seed: int

    @classmethod
    def of(
        cls, flows: Sequence[Supplied], error: float, draws: int, folder: Path, seed: int = SEED
    ) -> "Resampling":  # fmt: skip
        """Lay the amounts out as a file in `folder`. Each flow has an amount above 0. Raises OSError."""
        place, sizes = folder / "amounts.arrays", [len(known) for known, _ in flows]
        arrays.write(place, {
            "start": np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]),
            "amount": np.array([amount for known, _ in flows for amount in known], np.float64),
            "rest": np.array([rest for _, rest in flows], np.float64),
        })  # fmt: skip
        return cls(Input.of(place), len(flows), error, draws, seed)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.amounts,)

    @property
    def of_flow(self) -> int:
        """Parts of one flow."""
        return -(-blocks(self.draws) // _PART)

    @property
    def parts(self) -> int:
        return self.flows * self.of_flow

    def about(self) -> dict[str, Any]:
        return {
            "name": "resampling/1", "flows": self.flows, "error": self.error, "draws": self.draws, "seed": self.seed,
        }  # fmt: skip

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        held = arrays.mapped(paths[0]).arrays
        flow, nth = divmod(part, self.of_flow)
        known = np.array(held["amount"][held["start"][flow] : held["start"][flow + 1]])
        rest, end = float(held["rest"][flow]), blocks(self.draws)
        found = [
            drawn(known, self.error, block, self.draws, self.seed, rest)
            for block in range(nth * _PART, min((nth + 1) * _PART, end))
        ]
        return {name: np.concatenate([block[name] for block in found]) for name in MEASURES}


def resampled_each(work: Resampling, kept: Checkpoint) -> list[Resampled]:
    """What 90 % of the draws of each flow lie between, in the order of the flows."""
    of = work.of_flow
    return [between([kept.read(flow * of + nth) for nth in range(of)]) for flow in range(work.flows)]
