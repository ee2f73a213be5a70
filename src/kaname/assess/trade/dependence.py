"""On whom a country depends: its suppliers, how few they are, and what its own exports and the world's say of it."""

from collections.abc import Mapping
from dataclasses import replace

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.choices import bounds
from kaname.assess.trade.figures import Figures
from kaname.assess.trade.resample import MEASURES, Resampled, resampled
from kaname.assess.trade.stated import REST
from kaname.assess.trade.tally import Amounts


def suppliers(made: Figures, asked: Asked, year: int, imports: Amounts, source: str) -> None:
    """What each supplies, and how concentrated that is, with bounds and the error of reports."""
    amounts, records = imports.inputs(), imports.records
    made.add("imports", year, {"amounts": amounts}, records, source)
    ranked = imports.ranked
    follow = sorted(asked.follow - set(ranked[: asked.shown]))
    for code in ranked[: asked.shown] + follow:
        made.add("share", year, {"amounts": amounts, "partner": code}, records, source, partner=code)
    if len(asked.follow) > 1:
        inputs = {"amounts": amounts, "partners": sorted(asked.follow)}
        for measure in ("share_together", "imports_together"):
            made.add(measure, year, inputs, records, source, partner="+".join(sorted(asked.follow)))
    known, rest = _supplied(amounts)
    drawn = resampled(known, asked.error, asked.draws, rest=rest) if asked.draws else None
    limits = bounds(imports.by_country)
    for measure in MEASURES:
        low, high = limits[measure]
        largest = ranked[0] if measure == "top_1" and ranked else ""
        made.add(measure, year, {"amounts": amounts}, records, source, partner=largest, low=low, high=high,
                 drawn=getattr(drawn, measure) if drawn else None)  # fmt: skip


def supplied(made: Figures) -> dict[int, tuple[list[float], float]]:
    """Of each year the amounts that its concentration is drawn from, and what is in the total but nobody's."""
    return {one.year: _supplied(one.inputs["amounts"]) for one in made if one.measure == MEASURES[0] and one.inputs}


def put_drawn(made: Figures, drawn: Mapping[int, Resampled]) -> None:
    """Set beside the figures of these years what was drawn elsewhere."""
    for at, one in enumerate(made):
        if one.measure in MEASURES and one.year in drawn:
            made[at] = replace(one, drawn=getattr(drawn[one.year], one.measure))


def _supplied(amounts: Mapping[str, str]) -> tuple[list[float], float]:
    return [float(amount) for code, amount in amounts.items() if code != REST], float(amounts.get(REST, 0))


def against_exports(made: Figures, asked: Asked, year: int, imports: Amounts, exports: Amounts, source: str) -> None:
    """Imports beside exports; with an area, the Commission's three indicators."""
    records = imports.records + exports.records
    bought, sold = float(imports.total), float(exports.total)
    if exports.by_country:
        made.add("exports", year, {"amounts": exports.inputs()}, exports.records, source)
    made.add("imports_over_exports", year, {"imports": bought, "exports": sold}, records, source)
    if not asked.area:
        return
    outside = Amounts({code: one for code, one in imports.by_country.items() if code not in asked.area})
    far = float(outside.total)
    concentration = made.add("outside_hhi", year, {"amounts": outside.inputs()}, imports.records, source)
    scarcity = made.add(
        "scarcity", year, {"outside": far, "inside": float(imports.total - outside.total)}, imports.records, source
    )
    substitutability = made.add("substitutability", year, {"imports": far, "exports": sold}, records, source)
    inputs = {"concentration": concentration.value, "scarcity": scarcity.value,
              "substitutability": substitutability.value}  # fmt: skip
    made.add("dependent", year, inputs, records, source)


def beside_the_world(
    made: Figures, year: int, imports: Amounts, exports: Amounts, world: Amounts, source: str
) -> None:  # fmt: skip
    """How concentrated the world's exports are, and whether the country is exposed to that."""
    if not world.by_country:
        return
    low, high = bounds(world.by_country)["hhi"]
    found = made.add("world_export_hhi", year, {"amounts": world.inputs()}, world.records, source, low=low, high=high)
    inputs = {"importer_hhi": made.value("hhi", year), "world_hhi": found.value, "imports": float(imports.total),
              "exports": float(exports.total)}  # fmt: skip
    made.add("exposed", year, inputs, (*imports.records, *world.records), source)


def lasting(made: Figures) -> None:
    """Exposure over the years asked for, if they are three or more without a gap."""
    yearly = [one for one in made if one.measure == "exposed"]
    years = [one.year for one in yearly]
    if len(years) >= 3 and years == list(range(years[0], years[0] + len(years))):
        records = dict.fromkeys(record for one in yearly for record in one.records)
        made.add("lasting", years[-1], {"years": [one.value for one in yearly]}, records, yearly[-1].source)


_COMPARED = ("hhi", "top_1", "import_reliance", "supply_risk")


def changes(made: Figures) -> None:
    """Each compared figure against the year before, and its slope over three years or more."""
    for measure in _COMPARED:
        by_year = {
            one.year: one for one in made if one.measure == measure and one.value is not None and not one.of
        }  # fmt: skip
        years = sorted(by_year)
        for year in years:
            now, before = by_year[year], by_year.get(year - 1)
            if before is not None:
                inputs = {"now": now.value, "before": before.value}
                made.add("change", year, inputs, (*before.records, *now.records), now.source, of=measure)
        if len(years) >= 3:
            values = [by_year[year].value for year in years]
            records = dict.fromkeys(record for year in years for record in by_year[year].records)
            made.add("trend", years[-1], {"years": years, "values": values}, records, by_year[years[-1]].source,
                     of=measure)  # fmt: skip
