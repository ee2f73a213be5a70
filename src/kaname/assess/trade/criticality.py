"""What a loss of supply would mean: governance of the suppliers, production and reserves of the world, supply risk."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from kaname.assess.trade import measures
from kaname.assess.trade.asked import Asked
from kaname.assess.trade.choices import bounds
from kaname.assess.trade.countries import UNKNOWN
from kaname.assess.trade.figures import Figures
from kaname.assess.trade.governance import SOURCE, Governance
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MICRO
from kaname.assess.trade.production import Production
from kaname.assess.trade.stated import NOBODY, REST
from kaname.assess.trade.tally import Amounts


class Criticality:
    """The figures of a year that need production or governance. `source`: of the trade."""

    def __init__(
        self, made: Figures, asked: Asked, materials: Sequence[Production], governance: Governance | None,
        source: str, notes: Notes,
    ) -> None:  # fmt: skip
        self._made, self._asked, self._notes = made, asked, notes
        self._materials, self._governance, self._source = materials, governance, source
        self._several = len([one for one in materials if one.kind == "production"]) > 1

    def year(self, year: int, imports: Amounts, exports: Amounts) -> None:
        sourced = self._governed(year, imports)
        reliance = self._demand(year, imports, exports)
        risks: dict[str, float] = {}
        for material in self._materials:
            world = self._world(year, material)
            if world is None or material.kind != "production" or self._governance is None:
                continue
            weighted = self._weighted(year, material, world)
            both = f"{self._source}; {material.source} ({material.name}); {SOURCE}"
            risk = self._risk(year, weighted, sourced, reliance, both, imports.records, self._of(material))
            if risk is not None:
                risks[material.title] = risk
            self._geopolitical(year, material, world, imports, both)
        if self._governance is not None and not risks:
            self._risk(year, None, sourced, None, f"{self._source}; {SOURCE}", imports.records)
        elif len(risks) > 1:
            self._made.add("worst_supply_risk", year, {"risks": risks}, imports.records, self._source)

    def worlds(self, year: int) -> None:
        """World production and reserves alone, where there is no trade."""
        for material in self._materials:
            world = self._world(year, material)
            if world is not None and material.kind == "production" and self._governance is not None:
                self._weighted(year, material, world)

    def _of(self, material: Production) -> str:
        return material.title if self._several and material.kind == "production" else ""

    def _governed(self, year: int, imports: Amounts) -> float | None:
        """Concentration of imports weighted by governance."""
        if self._governance is None:
            return None
        inputs = self._weights(year, imports.inputs())
        source = f"{self._source}; {SOURCE}"
        found = self._made.add("hhi_wgi", year, inputs, imports.records, source)
        plain = {name: inputs[name] for name in ("amounts", "weights")}
        self._made.add("supplier_risk", year, plain, imports.records, source)
        return found.value

    def _weights(self, year: int, amounts: dict[str, str]) -> dict[str, Any]:
        assert self._governance is not None
        weights = dict(zip(amounts, self._governance.weights(amounts, year, self._notes), strict=True))
        trade = {code: t for code, t in self._asked.trade.items() if code in amounts}
        return {"amounts": amounts, "weights": weights, "trade": trade}

    def _demand(self, year: int, imports: Amounts, exports: Amounts) -> float | None:
        """Import reliance and the parts of domestic demand; only weights can be set beside each other."""
        home = self._home(year)
        if home is None:
            return None
        source = "; ".join((self._source, *dict.fromkeys(f"{m.source} ({m.name})" for m in self._made_of(year))))
        records = imports.records + exports.records
        inputs = {"imports": float(imports.total), "exports": float(exports.total), "production": home}
        reliance = self._made.add("import_reliance", year, inputs, records, source)
        self._made.add("import_dependence", year, {"part": inputs["imports"], **inputs}, records, source)
        self._made.add("domestic_share", year, {"part": home, **inputs}, records, source)
        if largest := imports.ranked[:1]:
            part = float(imports.by_country[largest[0]])
            self._made.add("top_1_of_demand", year, {"part": part, **inputs}, records, source, partner=largest[0])
        return reliance.value

    def _made_of(self, year: int) -> list[Production]:
        return [one for one in self._materials if one.kind == "production" and one.by_country(year)]

    def _home(self, year: int) -> float | None:
        """What the importer produces itself, in kilograms, materials by their weights."""
        materials = self._made_of(year)
        if not materials or self._asked.by != "weight" or any(one.unit != "kg" for one in materials):
            return None
        who = self._asked.importer
        return float(sum(Decimal(one.by_country(year).get(who, 0)) * one.weight for one in materials) / MICRO)

    def _world(self, year: int, material: Production) -> dict[str, str] | None:
        """World production (or reserves) by country, and how concentrated it is; None where the year has none."""
        if material.kind == "reserves":
            stated = material.year(year)
            if stated is None:
                self._notes.add(Rule.NO_YEAR, found=f"{material.title} {year}")
                return None
            if stated != year:
                self._notes.add(Rule.OTHER_YEAR, found=f"{material.title} {year} -> {stated}")
            found, records = material.by_country(stated), material.records(stated)
        else:
            stated, found, records = year, material.by_country(year), material.records(year)
        if not any(found.values()):
            self._notes.add(Rule.NO_YEAR, found=f"{material.title} {year}")
            return None
        world = Amounts({NOBODY if code == UNKNOWN else code: Decimal(micro) / MICRO for code, micro in found.items()})
        if rest := material.beyond(stated):
            world.by_country[REST] = Decimal(rest) / MICRO
            self._notes.add(
                Rule.REMAINDER, found=f"{material.title} {stated}: {world.by_country[REST] / world.total:.4%}"
            )
        amounts, ranked, limits = world.inputs(), world.ranked, bounds(world.by_country)
        source = f"{material.source} ({material.name})"
        rows = [record + 1 for record in records]
        of = self._of(material)
        if material.kind == "production":
            for code in ranked[: self._asked.shown]:
                inputs = {"amounts": amounts, "partner": code}
                self._made.add("production_share", year, inputs, rows, source, partner=code, of=of)
        for name in ("hhi", "top_1", "top_3"):
            partner = ranked[0] if name == "top_1" and ranked else ""
            low, high = limits[name]
            self._made.add(f"{material.kind}_{name}", year, {"amounts": amounts}, rows, source, partner=partner, of=of,
                           low=low, high=high)  # fmt: skip
        return amounts

    def _weighted(self, year: int, material: Production, world: dict[str, str]) -> float | None:
        source = f"{material.source} ({material.name}); {SOURCE}"
        records = [record + 1 for record in material.records(year)]
        inputs = self._weights(year, world)
        return self._made.add("production_hhi_wgi", year, inputs, records, source, of=self._of(material)).value

    def _risk(
        self, year: int, world: float | None, sourced: float | None, reliance: float | None, source: str,
        records: Iterable[int], of: str = "",
    ) -> float | None:  # fmt: skip
        """The Commission's supply risk; without a reliance by weight all that is used counts as imported."""
        inputs = {
            "hhi_world": world, "hhi_area": sourced, "reliance": 1.0 if reliance is None else reliance,
            "recycled": float(self._asked.recycled), "substitution": float(self._asked.substitution),
        }  # fmt: skip
        return self._made.add("supply_risk", year, inputs, records, source, of=of).value

    def _geopolitical(
        self, year: int, material: Production, world: dict[str, str], imports: Amounts, source: str
    ) -> None:
        assert self._governance is not None
        home, codes = self._home(year), list(imports.by_country)
        stability = [self._governance.stability(code, year) for code in codes]
        if home is None or all(map(math.isnan, stability)):
            return
        unstable = dict(zip(codes, measures.instability(stability).tolist(), strict=True))
        inputs = {"producers": world, "imports": imports.inputs(), "instability": unstable, "production": home}
        self._made.add("geopolitical_risk", year, inputs, imports.records, source, of=self._of(material))
