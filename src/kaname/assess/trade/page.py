"""The page of a product: every figure of an importer and its years, each explained, and the notes of what was done.

Rules that need more than one row are settled here: which side's report counts, which level and revision of the HS, what
a world total leaves over. Amounts stay exact until a share is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from kaname.assess.trade import measures
from kaname.assess.trade.choices import bounds, one_level, one_revision
from kaname.assess.trade.countries import UNKNOWN, WORLD
from kaname.assess.trade.figures import NOBODY, REST, Figure, figure
from kaname.assess.trade.flows import EXPORTER, IMPORTER, Flows, weigh
from kaname.assess.trade.governance import SOURCE as GOVERNANCE_SOURCE
from kaname.assess.trade.governance import Governance
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MICRO, MISSING
from kaname.assess.trade.production import Production
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.resample import DRAWS, ERROR, resampled
from kaname.assess.trade.uses import Uses

_COMPARED = ("hhi", "top_1", "import_reliance", "supply_risk")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is of. `by`: value or weight; `area`: countries whose trade with the importer is not foreign."""

    importer: str
    years: tuple[int, ...]
    by: str = "value"
    reported: int = IMPORTER
    area: frozenset[str] = frozenset()
    recycled: Decimal = Decimal(0)
    substitution: Decimal = Decimal(1)
    trade: dict[str, float] = field(default_factory=dict)  # the trade parameter t of a country
    error: float = ERROR
    draws: int = DRAWS
    shown: int = 10  # suppliers
    follow: frozenset[str] = frozenset()  # suppliers shown in any case


@dataclass(slots=True)
class Amounts:
    """What came from whom: exact amounts in whole units, and the records they stand in."""

    by_country: dict[str, Decimal] = field(default_factory=dict)
    records: list[int] = field(default_factory=list)

    def inputs(self) -> dict[str, str]:
        return {code: format(amount.normalize(), "f") for code, amount in self.by_country.items()}

    @property
    def total(self) -> Decimal:
        return sum(self.by_country.values(), Decimal(0))


class Page:
    """The figures of one product and importer."""

    def __init__(
        self, flows: Flows, bundle: Bundle, asked: Asked, production: Production | None = None,
        governance: Governance | None = None,
    ) -> None:  # fmt: skip
        self.notes = Notes()
        self.notes.take(flows.notes)
        self.asked, self._production, self._governance = asked, production, governance
        for part, one in enumerate(bundle.parts):
            if not (flows.part == part).any():
                self.notes.add(Rule.NO_ROWS, found=one.code)
        self._flows = flows.take(one_revision(flows, bundle, self.notes))
        self._flows = self._flows.take(one_level(self._flows, self.notes))
        self._amount = weigh(self._flows, bundle, asked.by)
        self._code = np.array(self._flows.countries, object)
        self.figures: list[Figure] = []
        for year in asked.years:
            self._year(year)
        self.figures += self._changes()
        self._lasting()

    def _year(self, year: int) -> None:
        imports = self._trade(year, self.asked.importer, bought=True)
        exports = self._trade(year, self.asked.importer, bought=False)
        if not imports.by_country:
            self.notes.add(Rule.NO_YEAR, found=str(year))
            self.figures.append(Figure("imports", year, None, {}, self._flows.source))
            return
        self._dependence(year, imports)
        self._against_exports(year, imports, exports)
        world = self._world_exports(year)
        if world.by_country:
            low, high = bounds(world.by_country)["hhi"]
            found = self._add("world_export_hhi", year, {"amounts": world.inputs()}, world.records, low=low, high=high)
            inputs = {
                "importer_hhi": self._value("hhi", year), "world_hhi": found.value, "imports": float(imports.total),
                "exports": float(exports.total),
            }  # fmt: skip
            self._add("exposed", year, inputs, (*imports.records, *world.records))
        if self._governance is not None:
            self._governed(year, imports)
        if self._production is not None:
            self._produced(year, imports, exports)

    def _add(self, measure: str, year: int, inputs: dict[str, Any], records: Iterable[int] = (), **more: Any) -> Figure:
        source = more.pop("source", self._flows.source)
        made = figure(measure, year, inputs, source, records=tuple(records), **more)
        self.figures.append(made)
        return made

    def _dependence(self, year: int, imports: Amounts) -> None:
        amounts, records = imports.inputs(), imports.records
        self._add("imports", year, {"amounts": amounts}, records)
        ranked = sorted((code for code in amounts if code not in (REST, NOBODY)), key=lambda c: -imports.by_country[c])
        follow = sorted(self.asked.follow - set(ranked[: self.asked.shown]))
        for code in ranked[: self.asked.shown] + follow:
            self._add("share", year, {"amounts": amounts, "partner": code}, records, partner=code)
        known = [float(a) for code, a in imports.by_country.items() if code != REST]
        rest = float(imports.by_country.get(REST, 0))
        drawn = resampled(known, self.asked.error, self.asked.draws, rest=rest)
        limits = bounds(imports.by_country)
        largest = max(ranked, key=lambda c: imports.by_country[c], default="")
        for measure in ("hhi", "top_1", "top_3"):
            low, high = limits[measure]
            self._add(
                measure, year, {"amounts": amounts}, records, partner=largest if measure == "top_1" else "", low=low,
                high=high, drawn=getattr(drawn, measure) if drawn else None,
            )  # fmt: skip

    def _against_exports(self, year: int, imports: Amounts, exports: Amounts) -> None:
        records = imports.records + exports.records
        bought, sold = float(imports.total), float(exports.total)
        if exports.by_country:
            self._add("exports", year, {"amounts": exports.inputs()}, exports.records)
        self._add("imports_over_exports", year, {"imports": bought, "exports": sold}, records)
        if self.asked.area:
            outside = {code: a for code, a in imports.by_country.items() if code not in self.asked.area}
            far = Amounts(outside, imports.records)
            self._add("outside_hhi", year, {"amounts": far.inputs()}, far.records)
            inside = float(imports.total - far.total)
            self._add("scarcity", year, {"outside": float(far.total), "inside": inside}, imports.records)
            self._add("substitutability", year, {"imports": float(far.total), "exports": sold}, records)
            inputs = {
                "concentration": self._value("outside_hhi", year), "scarcity": self._value("scarcity", year),
                "substitutability": self._value("substitutability", year),
            }  # fmt: skip
            self._add("dependent", year, inputs, records)

    def _governed(self, year: int, imports: Amounts) -> None:
        assert self._governance is not None
        codes = list(imports.by_country)
        weights = dict(zip(codes, self._governance.weights(codes, year, self.notes), strict=True))
        source = f"{self._flows.source}; {GOVERNANCE_SOURCE}"
        amounts, records = imports.inputs(), imports.records
        trade = {code: t for code, t in self.asked.trade.items() if code in amounts}
        inputs = {"amounts": amounts, "weights": weights, "trade": trade}
        found = self._add("hhi_wgi", year, inputs, records, source=source)
        self._add("supplier_risk", year, {"amounts": amounts, "weights": weights}, records, source=source)
        if self._production is None:
            self._risk(year, None, found.value, 1.0, source, records)

    def _produced(self, year: int, imports: Amounts, exports: Amounts) -> None:
        made = self._production
        assert made is not None
        found = made.by_country(year)
        records = [record + 1 for record in made.records(year)]
        source = f"{made.source} ({made.name})"
        if not found:
            self.notes.add(Rule.NO_YEAR, found=f"{made.name} {year}")
            if self._governance is not None:
                governed = f"{self._flows.source}; {GOVERNANCE_SOURCE}"
                self._risk(year, None, self._value("hhi_wgi", year), 1.0, governed, imports.records)
            return
        amounts = {code: format((Decimal(micro) / MICRO).normalize(), "f") for code, micro in found.items()}
        self._add("production_hhi", year, {"amounts": amounts}, records, source=source)
        both = f"{self._flows.source}; {source}"
        reliance = None
        home = float(found.get(self.asked.importer, 0)) / MICRO
        if made.unit == "kg" and self.asked.by == "weight":
            inputs: dict[str, Any] = {
                "imports": float(imports.total),
                "exports": float(exports.total),
                "production": home,
            }
            reliance = self._add("import_reliance", year, inputs, imports.records, source=both).value
        if self._governance is None:
            return
        codes = list(amounts)
        weights = dict(zip(codes, self._governance.weights(codes, year, self.notes), strict=True))
        trade = {code: t for code, t in self.asked.trade.items() if code in amounts}
        inputs = {"amounts": amounts, "weights": weights, "trade": trade}
        governed = f"{both}; {GOVERNANCE_SOURCE}"
        world = self._add("production_hhi_wgi", year, inputs, records, source=governed)
        sourced = self._value("hhi_wgi", year)
        self._risk(year, world.value, sourced, 1.0 if reliance is None else reliance, governed, imports.records)
        when = self._governance.year(year)
        if made.unit == "kg" and self.asked.by == "weight" and when is not None:
            stability = [self._governance.stability(code, when) for code in imports.by_country]
            unstable = dict(zip(imports.by_country, measures.instability(stability).tolist(), strict=True))
            inputs = {"producers": amounts, "imports": imports.inputs(), "instability": unstable, "production": home}
            self._add("geopolitical_risk", year, inputs, imports.records, source=governed)

    def _risk(
        self,
        year: int,
        world: float | None,
        sourced: float | None,
        reliance: float,
        source: str,
        records: Sequence[int],
    ) -> None:
        inputs = {
            "hhi_world": world, "hhi_area": sourced, "reliance": reliance, "recycled": float(self.asked.recycled),
            "substitution": float(self.asked.substitution),
        }  # fmt: skip
        self._add("supply_risk", year, inputs, records, source=source)

    def _value(self, measure: str, year: int) -> float | None:
        return next(f.value for f in reversed(self.figures) if (f.measure, f.year) == (measure, year))

    def _lasting(self) -> None:
        """Dependence over the years asked for, if they are three or more without a gap."""
        yearly = [f for f in self.figures if f.measure == "exposed"]
        years = [f.year for f in yearly]
        if len(years) >= 3 and years == list(range(years[0], years[0] + len(years))):
            records = dict.fromkeys(record for f in yearly for record in f.records)
            self._add("lasting", years[-1], {"years": [f.value for f in yearly]}, records)

    def importance(self, uses: Uses, substitution: Decimal, largest: Decimal | None) -> None:
        """Add the economic importance of the product's uses."""
        inputs = {
            "use": uses.share, "value_added": uses.value_added, "substitution": float(substitution),
            "largest": None if largest is None else float(largest),
        }  # fmt: skip
        self._add("economic_importance", self.asked.years[-1], inputs, uses.records, source=uses.name)

    def _trade(self, year: int, who: str, bought: bool) -> Amounts:
        """What a country bought (or sold) in a year by partner, by its own report or else by its partners'."""
        flows = self._flows
        me = flows.number(who)
        mine, other = (flows.importer, flows.exporter) if bought else (flows.exporter, flows.importer)
        here = (flows.year == year) & (mine == me)
        own = IMPORTER if bought else EXPORTER
        preferred = own if self.asked.reported == IMPORTER else 1 - own
        chosen = here & (flows.side != 1 - preferred)
        if not chosen.any() and (here & (flows.side == 1 - preferred)).any():
            chosen = here & (flows.side == 1 - preferred)
            self.notes.add(Rule.MIRRORED, (flows.record[chosen] + 1).tolist(), f"{who} {year}")
        return self._by_partner(np.flatnonzero(chosen), other)

    def _by_partner(self, rows: Any, other: Any) -> Amounts:
        found, whole, totals, seen = Amounts(), None, list[int](), set[tuple[str, int]]()
        for row in rows.tolist():
            amount, code = self._amount[row], self._code[other[row]]
            if amount == MISSING:
                if self.asked.by == "weight" and self._flows.value[row] > 0:
                    self.notes.add(Rule.NO_WEIGHT, [int(self._flows.record[row]) + 1], code)
                continue
            if code == WORLD:
                whole = (whole or Decimal(0)) + amount
                totals.append(int(self._flows.record[row]) + 1)
                continue
            code = NOBODY if code == UNKNOWN else code
            record, part = int(self._flows.record[row]) + 1, int(self._flows.part[row])
            if (code, part) in seen:
                self.notes.add(Rule.ADDED, [record], code)
            seen.add((code, part))
            found.by_country[code] = found.by_country.get(code, Decimal(0)) + amount
            found.records.append(record)
        if whole is not None:
            self._checked(found, whole)
        if REST in found.by_country:
            found.records += totals
        return found

    def _checked(self, found: Amounts, whole: Decimal) -> None:
        """Beside the world total: what is missing is somebody's, what is too much is told."""
        rest = whole - found.total
        if rest > whole / 10**6:
            found.by_country[REST] = rest
            self.notes.add(Rule.REMAINDER, found=f"{rest / whole:.4%}")
        elif -rest > whole / 10**6:
            self.notes.add(Rule.EXCEEDS, found=f"{-rest:f}")

    def _world_exports(self, year: int) -> Amounts:
        """What each country exported to the world: as exporters report it or, where none do, as importers do."""
        flows = self._flows
        here = flows.year == year
        chosen = here & (flows.side != IMPORTER)
        if not chosen.any():
            chosen = here
        partners, whole = Amounts(), Decimal(0)
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
            into[seller] = into.get(seller, Decimal(0)) + amount
            partners.records.append(int(flows.record[row]) + 1)
        sellers = set(sold) | set(totals)
        partners.by_country = {code: sold.get(code, totals.get(code, Decimal(0))) for code in sorted(sellers)}
        if whole:
            self._checked(partners, whole)
        several = len(set(flows.importer[chosen].tolist()) - {flows.number(WORLD)}) > 1
        return partners if several or totals else Amounts()

    def _changes(self) -> list[Figure]:
        found = []
        for measure in _COMPARED:
            by_year = {f.year: f for f in self.figures if f.measure == measure and f.value is not None}
            for year in sorted(by_year):
                now, before = by_year[year], by_year.get(year - 1)
                if before is not None:
                    inputs = {"now": now.value, "before": before.value}
                    records = (*before.records, *now.records)
                    found.append(figure("change", year, inputs, now.source, of=measure, records=records))
        return found
