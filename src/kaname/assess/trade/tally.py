"""What came from whom: the rows of a country and year added up by partner, each side's report apart.

Which side's report counts, and what a world total leaves over, is settled here. Amounts stay exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.choices import MONTHS, one_level, one_revision
from kaname.assess.trade.countries import UNKNOWN, WORLD
from kaname.assess.trade.flows import EXPORTER, IMPORTER, Flows, weigh
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MISSING
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.stated import NOBODY, REST

_NOTHING = Decimal(0)
_FEW = 20  # reporters, below which a file is not taken for the world without a word
_CLOSE = 10**6  # a world total is met by its partners where less than one part of these is missing


@dataclass(slots=True)
class Amounts:
    """What came from whom: exact amounts in whole units, and the records (from 1) they stand in."""

    by_country: dict[str, Decimal] = field(default_factory=dict)
    records: list[int] = field(default_factory=list)

    def inputs(self) -> dict[str, str]:
        return {code: format(amount.normalize(), "f") for code, amount in self.by_country.items()}

    @property
    def total(self) -> Decimal:
        return sum(self.by_country.values(), _NOTHING)

    @property
    def ranked(self) -> list[str]:
        """Countries, the largest first; nobody in particular is none."""
        named = (code for code in self.by_country if code not in (REST, NOBODY))
        return sorted(named, key=lambda code: (-self.by_country[code], code))


class Tally:
    """The flows of a bundle as they are asked for; what had to be settled is noted."""

    def __init__(self, flows: Flows, bundle: Bundle, asked: Asked, notes: Notes) -> None:
        self._asked, self._notes = asked, notes
        if bundle.unverified:
            notes.add(Rule.UNVERIFIED, found=bundle.name)
        for part, one in () if flows.absent else enumerate(bundle.parts):
            if not (flows.part == part).any():
                notes.add(Rule.NO_ROWS, found=one.code)
        flows = flows.take(one_revision(flows, bundle, notes))
        self.flows = flows = flows.take(one_level(flows, notes))
        self._amount = weigh(flows, bundle, asked.by)
        self._code = np.array(flows.countries, object)

    def bought(self, year: int) -> Amounts:
        """Imports of the importer by supplier."""
        return self._trade(year, self.flows.importer, self.flows.exporter, IMPORTER)

    def sold(self, year: int) -> Amounts:
        """Exports of the importer by customer."""
        return self._trade(year, self.flows.exporter, self.flows.importer, EXPORTER)

    def _trade(self, year: int, mine: Any, other: Any, own: int) -> Amounts:
        """By the country's own report or, where it has none, by its partners' (or the other way round, if asked)."""
        flows, who = self.flows, self._asked.importer
        here = (flows.year == year) & (mine == flows.number(who))
        preferred = own if self._asked.reported == IMPORTER else 1 - own
        mirror = here & (flows.side == 1 - preferred)
        chosen = here & ~mirror
        if chosen.any() and mirror.any():
            self._notes.add(Rule.BOTH_REPORTED, self._records(np.flatnonzero(mirror)), f"{who} {year}")
        elif mirror.any():
            chosen = mirror
            self._notes.add(Rule.MIRRORED, self._records(np.flatnonzero(chosen)), f"{who} {year}")
        months = np.unique(flows.month[chosen])
        if months.any() and months.size < MONTHS:
            self._notes.add(Rule.PART_YEAR, found=f"{who} {year}: {months.size}")
        return self._by_partner(np.flatnonzero(chosen), other)

    def _by_partner(self, rows: Any, other: Any) -> Amounts:
        found, seen = Amounts(), set[tuple[str, int, int]]()
        whole: dict[int, Decimal] = {}  # of each part of the bundle
        stated: dict[int, Decimal] = {}
        totals: list[int] = []
        for row in rows.tolist():
            amount, code, part = self._amount[row], self._code[other[row]], int(self.flows.part[row])
            record = int(self.flows.record[row]) + 1
            if amount == MISSING:
                if self._asked.by == "weight" and self.flows.value[row] > 0:
                    self._notes.add(Rule.NO_WEIGHT, [record], code)
                continue
            if code == WORLD:
                whole[part] = whole.get(part, _NOTHING) + amount
                totals.append(record)
                continue
            code = NOBODY if code == UNKNOWN else code
            if (code, part, int(self.flows.digits[row])) in seen:
                self._notes.add(Rule.ADDED, [record], code)
            seen.add((code, part, int(self.flows.digits[row])))
            found.by_country[code] = found.by_country.get(code, _NOTHING) + amount
            stated[part] = stated.get(part, _NOTHING) + amount
            found.records.append(record)
        for part, total in whole.items():
            self._checked(found, total, stated.get(part, _NOTHING))
        if REST in found.by_country:
            found.records += totals
        return found

    def _checked(self, found: Amounts, whole: Decimal, stated: Decimal) -> None:
        """Beside the world total: what is missing is somebody's, what is too much is told."""
        rest = whole - stated
        if rest > whole / _CLOSE:
            found.by_country[REST] = found.by_country.get(REST, _NOTHING) + rest
            self._notes.add(Rule.REMAINDER, found=f"{rest / whole:.4%}")
        elif -rest > whole / _CLOSE:
            self._notes.add(Rule.EXCEEDS, found=f"{-rest:f}")

    def world(self, year: int) -> Amounts:
        """What each country exported to the world: as exporters report it or, where none do but one, as importers do.

        One country's exports are not the world's: nothing is told of the world where the file has no other report.
        """
        flows = self.flows
        here = flows.year == year
        chosen = here & (flows.side != IMPORTER)
        if self._reporters(chosen) < 2:
            chosen = here & (flows.side != EXPORTER)
        reporters = self._reporters(chosen)
        if reporters < 2:
            return Amounts()
        found, whole = Amounts(), _NOTHING
        sold: dict[str, Decimal] = {}
        totals: dict[str, Decimal] = {}
        for row in np.flatnonzero(chosen).tolist():
            amount, seller, buyer = self._amount[row], self._code[flows.exporter[row]], self._code[flows.importer[row]]
            if amount == MISSING:
                continue
            if seller == WORLD:
                whole += amount
                continue
            into = totals if buyer == WORLD else sold
            seller = NOBODY if seller == UNKNOWN else seller
            into[seller] = into.get(seller, _NOTHING) + amount
            found.records.append(int(flows.record[row]) + 1)
        sellers = set(sold) | set(totals)
        found.by_country = {code: max(sold.get(code, _NOTHING), totals.get(code, _NOTHING)) for code in sorted(sellers)}
        if whole:
            self._checked(found, whole, found.total)
        if totals:  # of several exporters: meant for the world's
            return found
        buyers = len(set(flows.importer[chosen].tolist()) - {flows.number(WORLD), flows.number(UNKNOWN)})
        if buyers < 2:
            return Amounts()
        if min(reporters, buyers) < _FEW:
            self._notes.add(Rule.FEW, found=f"{year}: {min(reporters, buyers)}")
        return found

    def _reporters(self, rows: Any) -> int:
        """How many countries say what these rows say; of figures that both sides agree on, how many bought."""
        flows = self.flows
        sold = (flows.side == EXPORTER) | (flows.importer == flows.number(WORLD))
        who = np.where(sold, flows.exporter, flows.importer)[rows]
        return len(set(who.tolist()) - {flows.number(WORLD), flows.number(UNKNOWN)})

    def _records(self, rows: Iterable[int]) -> list[int]:
        return [int(self.flows.record[row]) + 1 for row in rows]
