"""Imports that fail, through the sectors of a country: what output and value added they take, between two bounds.

A cut of the imports of sector i leaves its buyers with less of that input. How much less they make depends on whether
something else can take its place, which no table says. So two answers are given, and the truth lies between:

- `low`: every input can be replaced by the others in proportion to its cost, and buyers keep their shares (Ghosh);
- `high`: goods and energy that are `least` of a sector's costs or more cannot be replaced at all: the scarcest sets the
  pace (Leontief). Smaller inputs, a sector's own goods, and those of sectors named as `replaceable` (services, unless
  told otherwise) count by their cost; so Pichler and others (2022) treat what their survey found not critical.

Both are after the shock has gone through all rounds, before anybody finds another source, draws on stocks or raises
prices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.io_table import F64, IoTable
from kaname.assess.network.leontief import Domestic, domestic
from kaname.files.problems import BadInput, Problem
from kaname.law import T

LEAST = 0.01  # of a sector's costs of inputs: what is smaller is taken as replaceable
_ROUNDS, _STILL = 10_000, 1e-12
_THIRTEEN, _OECD, _OECD_GOODS = 13, 45, 23  # sectors of a table; up to which code the OECD's are goods and energy


@dataclass(frozen=True, slots=True)
class Step:
    """One link of an explanation: sector `to` loses `part` of its output through `source` ("" from abroad)."""

    source: int
    to: int
    part: float
    abroad: bool


@dataclass(frozen=True, slots=True)
class Sectors:
    """Losses of sectors, as parts of their output from 0 to 1, in the order of the table."""

    table: IoTable
    cuts: Mapping[str, float]
    first: F64
    low: F64
    high: F64
    through: tuple[int, ...]  # of `high`: the input that sets each sector's pace, -1 where none does
    from_abroad: tuple[bool, ...]

    @property
    def output_lost(self) -> tuple[float, float]:
        """In the unit of the table."""
        return float(self.low @ self.table.output), float(self.high @ self.table.output)

    @property
    def value_added_lost(self) -> tuple[float, float]:
        return float(self.low @ self.table.value_added), float(self.high @ self.table.value_added)

    @property
    def of_value_added(self) -> tuple[float, float]:
        """Of all value added, that of the whole table."""
        whole = float(self.table.value_added.sum())
        low, high = self.value_added_lost
        return low / whole, high / whole

    def ranked(self) -> list[int]:
        """Sectors by the value added that they lose at most, the largest first."""
        lost = self.high * self.table.value_added
        return [int(n) for n in np.argsort(-lost, kind="stable")]

    def path(self, to: int) -> list[Step]:
        """How the loss of a sector came about at most: from the import that failed, step by step."""
        steps: list[Step] = []
        seen = {to}
        while self.through[to] >= 0:
            source, abroad = self.through[to], self.from_abroad[to]
            steps.append(Step(source, to, float(self.high[to]), abroad))
            if abroad or source in seen:
                break
            seen.add(source)
            to = source
        return steps[::-1]


def services(table: IoTable) -> frozenset[str]:
    """Sectors whose products are taken as replaceable unless somebody says otherwise: all but goods and energy.

    Known of Japan's tables (whose finer codes begin with those of 37 sectors) and of the OECD's; of others, none.
    """
    if len(table) == _OECD and table.codes[0] == "01":
        return frozenset(code for code in table.codes if int(code) > _OECD_GOODS)
    if len(table) == _THIRTEEN:
        return frozenset(table.codes) - {"01", "02", "03", "05"}
    if "41" in {code[:2] for code in table.codes}:
        return frozenset(code for code in table.codes if code[:2] >= "41" and code[:2] != "46")
    return frozenset()


def cut(
    table: IoTable, cuts: Mapping[str, float], least: float = LEAST, replaceable: frozenset[str] | None = None
) -> Sectors:  # fmt: skip
    """What it takes when `cuts` of the imports of sectors fail, by code, 0 to 1. Raises BadInput."""
    share = cuts_checked(table, cuts)
    made = domestic(table)
    low = _ghosh(made, share)
    uses = uses_of(made, least, replaceable_sectors(table, replaceable))
    high, through, abroad, first = _leontief(made, share, low, *uses)
    return Sectors(table, dict(cuts), first, low, high, through, abroad)


def replaceable_sectors(table: IoTable, wanted: frozenset[str] | None) -> NDArray[np.bool_]:
    """Which sectors' products others can make up for; None: services. Raises BadInput."""
    spared = services(table) if wanted is None else wanted
    cuts_checked(table, dict.fromkeys(spared, 0.0))
    return np.array([code in spared for code in table.codes])


def uses_of(made: Domestic, least: float, at_will: NDArray[np.bool_]) -> tuple[F64, NDArray[np.bool_]]:
    """What a sector (column) uses of each input for a unit of output, and which of them nothing replaces. BadInput."""
    if not 0 <= least <= 1:
        raise BadInput([Problem("--least", 0, "", T("0から1までの数が要る", "expected a number from 0 to 1"))])
    whole = made.flows + made.imported
    costs = whole.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_costs = np.where(costs > 0, whole / costs, 0.0)
        of_output = np.where(made.output > 0, whole / made.output, 0.0)
    needed = (of_costs >= least) & (whole > 0) & ~at_will[:, None]
    np.fill_diagonal(needed, False)  # what a sector uses of its own goods is not one good: it would starve itself
    return of_output, needed


def cuts_checked(table: IoTable, cuts: Mapping[str, float]) -> F64:
    """The part of each sector's imports that fails, by the order of the table. Raises BadInput."""
    share, wrong = np.zeros(len(table)), list[Problem]()
    for code, part in cuts.items():
        if code not in table.codes:
            known = ", ".join(table.codes[:8])
            wrong.append(Problem(table.name, 0, code, T(f"この表にない部門；{known} のような符号が要る",
                                 f"no such sector; expected a code such as {known}")))  # fmt: skip
        elif not 0 <= part <= 1:
            wrong.append(Problem(table.name, 0, code, T(f"{part:g} は割合でない；0から1までの数が要る",
                                 f"{part:g} is no share; expected a number from 0 to 1")))  # fmt: skip
        else:
            share[table.codes.index(code)] = part
    if wrong:
        raise BadInput(wrong)
    return share


def _ghosh(made: Domestic, share: F64) -> F64:
    """The part of each sector's output that its lost imports, as primary inputs, carried."""
    lost = made.output_from(share @ made.imported)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(made.output > 0, lost / made.output, 0.0)
    return np.clip(found, 0.0, 1.0)


def _leontief(
    made: Domestic, share: F64, low: F64, of_output: F64, needed: NDArray[np.bool_]
) -> tuple[F64, tuple[int, ...], tuple[bool, ...], F64]:
    """The largest losses that are consistent with each other, from none upward; never below `low`."""
    imported = made.table.import_share
    abroad = share * imported
    loss = first = np.zeros(len(share))
    for round_ in range(_ROUNDS):
        lacking = abroad + (1 - imported) * loss  # of each input, imported and domestic
        small = np.where(needed, 0.0, of_output * lacking[:, None]).sum(axis=0)
        scarce = np.where(needed, lacking[:, None], 0.0)
        new = np.clip(np.maximum.reduce([scarce.max(axis=0), small, low if round_ else small, loss]), 0.0, 1.0)
        if not round_:
            first = new
        moved = float(np.abs(new - loss).max())
        loss = new
        if round_ and moved < _STILL:
            break
    at = scarce.argmax(axis=0)
    set_by = scarce.max(axis=0) >= loss - 1e-9
    through = tuple(int(at[j]) if loss[j] > 0 and set_by[j] else -1 for j in range(len(loss)))
    from_abroad = tuple(s >= 0 and bool(abroad[s] >= (1 - imported[s]) * loss[s]) for s in through)
    return loss, through, from_abroad, first


def cuts_of(table: IoTable, wanted: Sequence[str]) -> dict[str, float]:
    """`CODE=PART` texts (06=0.3, 06=30%), as people type them. Raises BadInput."""
    found: dict[str, float] = {}
    wrong = []
    for text in wanted:
        code, _, part = text.partition("=")
        try:
            plain = part.strip()
            found[code.strip()] = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
        except ValueError:
            wrong.append(
                Problem("--cut", 0, text[:40], T("部門=割合（06=0.5）が要る", "expected SECTOR=PART (06=0.5)"))
            )
    if wrong:
        raise BadInput(wrong)
    cuts_checked(table, found)
    return found
