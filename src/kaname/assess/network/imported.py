"""Imports that fail, in a network of firms: what each firm loses at first, between two ends.

An input-output table says what a sector uses of each product and which part of it comes from abroad; it names no firm.
So every firm imports as its sector does, or, where its own imported part of all inputs is known, so many times more or
less of each. What a firm loses for want of it depends on whether something else takes its place: as for sectors,

- `low`: every input can be replaced by the others in proportion to its cost;
- `high`: goods and energy that are `least` of a sector's costs or more cannot be replaced: the scarcest counts.

From there the network itself passes the losses on.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import numpy as np

from kaname.assess.network.io_table import IoTable
from kaname.assess.network.leontief import domestic
from kaname.assess.network.net import F64, I64, Network
from kaname.assess.network.reading import Read
from kaname.assess.network.scenario import Scenario
from kaname.assess.network.sectors import LEAST, cuts_checked, replaceable_sectors, uses_of
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Importers:
    """Of each firm its sector of the table, and which part of its inputs it imports (NaN: as its sector does).

    `replaceable`: sectors whose goods others can make up for; None: services.
    """

    table: IoTable
    sector: I64
    imported: F64
    least: float = LEAST
    replaceable: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """What is lost at first, at least and at most. `through`: for each firm the sector of the table whose imports set
    its `high`, -1 where many small ones do. `own`: of the firms that lose, those whose imported part is known."""

    table: IoTable
    low: Scenario
    high: Scenario
    through: I64
    own: int

    def code(self, firm: int) -> str:
        """The sector whose imports a firm misses most, "" where none sets its pace."""
        return self.table.codes[self.through[firm]] if self.through[firm] >= 0 else ""

    def missed(self, firm: int) -> str:
        """The same as people call it."""
        return self.table.names[self.through[firm]] or self.code(firm) if self.code(firm) else ""

    @property
    def bound(self) -> Text:
        """How it was bound."""
        struck = self.high.firms.size
        return T(
            f"下の端は他の投入が費用に応じて代わる場合、上の端は財とエネルギーが何にも代えられない場合。輸入の割合は、"
            f"失う{struck:,}社のうち{self.own:,}社は自社のもの、他は部門のもの（どの買い手も同じ）",
            f"low: other inputs take the place of what fails, by cost; high: nothing takes the place of goods and"
            f" energy. Of {struck:,} firms that lose, the imported part of {self.own:,} is known; the others import"
            " as their sector does, the same for every buyer",
        )


def importers(read: Read, table: IoTable, least: float = LEAST, replaceable: frozenset[str] | None = None) -> Importers:
    """Firms set beside a table: by their `sector`, else by their industry; by code or name. Raises BadInput."""
    network = read.network
    of_industry = [network.industries[k] for k in network.industry.tolist()]
    told = [own or industry for own, industry in zip(read.sectors or [""] * network.count, of_industry, strict=True)]
    place = _places(table)
    if lacking := sorted({one for one in told if one not in place}):
        some = "、".join(lacking[:_SHOWN]), ", ".join(lacking[:_SHOWN])
        raise BadInput([Problem(table.name, 0, "sector", T(
            f"{len(lacking)}の産業（{some[0]}）がこの表の部門でない；企業の表に列 sector（{table.codes[0]} のような符号"
            "又は名称）が要る",
            f"{len(lacking)} industries are no sectors of this table ({some[1]}); expected a column sector in the table"
            f" of firms (a code such as {table.codes[0]}, or a name)",
        ))])  # fmt: skip
    imported = np.full(network.count, np.nan) if read.imported is None else read.imported
    return Importers(table, np.array([place[one] for one in told], np.int64), imported, least, replaceable)


def codes_of(table: IoTable, wanted: Iterable[str], at: str = "--lost") -> list[str]:
    """Sectors by code or name, as codes. Raises BadInput, at the option that named them."""
    place, wanted = _places(table), list(wanted)
    if lacking := [one for one in wanted if one not in place]:
        known = [name or code for code, name in zip(table.codes, table.names, strict=True)][:8]
        wrong = T(f"この表にない部門；{'、'.join(known)} のような部門が要る",
                  f"no such sector; expected a sector such as {', '.join(known)}")  # fmt: skip
        raise BadInput([Problem(at, 0, one[:40], wrong) for one in lacking])
    return [table.codes[place[one]] for one in wanted]


def names_of(table: IoTable) -> Set[str]:
    """Codes and names of its sectors."""
    return _places(table).keys()


def _places(table: IoTable) -> dict[str, int]:
    return {name: n for n, name in enumerate(table.names) if name} | {code: n for n, code in enumerate(table.codes)}


def imports_fail(network: Network, of: Importers, cuts: Mapping[str, float], name: str) -> Ends:
    """What firms lose once parts of the imports of some sectors fail, by code, 0 to 1. Raises BadInput."""
    table, sector = of.table, of.sector
    share = cuts_checked(table, cuts)
    made = domestic(table)
    of_output, needed = uses_of(made, of.least, replaceable_sectors(table, of.replaceable))
    more = _times(made.imported, made.flows, of)
    low, worst, small = np.zeros(network.count), np.zeros(network.count), np.zeros(network.count)
    through = np.full(network.count, -1)
    for i in np.flatnonzero(share > 0).tolist():
        lacking = share[i] * np.minimum(1.0, table.import_share[i] * more)  # of what each firm uses of this input
        lacking = np.where(of_output[i, sector] > 0, lacking, 0.0)
        by_cost = lacking * of_output[i, sector]
        low += by_cost
        scarce = np.where(needed[i, sector], lacking, 0.0)
        small += np.where(needed[i, sector], 0.0, by_cost)
        through[scarce > worst] = i
        worst = np.maximum(worst, scarce)
    low = np.minimum(low, 1.0)
    high = np.minimum(np.maximum.reduce([worst, small, low]), 1.0)
    through[worst < high] = -1
    hit = np.flatnonzero(high > 0)
    at_least, at_most = (Scenario.of(f"{name}:{end}", hit.tolist(), loss[hit].tolist(), _about(table, cuts))
                         for end, loss in (("low", low), ("high", high)))  # fmt: skip
    return Ends(table, at_least, at_most, through, int((~np.isnan(of.imported[hit])).sum()))


def _times(imported: F64, flows: F64, of: Importers) -> F64:
    """How many times what its sector imports each firm does."""
    costs = (imported + flows).sum(axis=0)
    usual = np.divide(imported.sum(axis=0), costs, out=np.zeros(costs.size), where=costs > 0)[of.sector]
    own = np.divide(of.imported, usual, out=np.zeros(usual.size), where=usual > 0)
    return np.where(np.isnan(of.imported), 1.0, own)


def _about(table: IoTable, cuts: Mapping[str, float]) -> Text:
    told = [(table.names[table.codes.index(code)] or code, part) for code, part in cuts.items()]
    return T("、".join(f"{name}の輸入が{part:.0%}減る" for name, part in told),
             "; ".join(f"imports of {name} fall by {part:.0%}" for name, part in told))  # fmt: skip
