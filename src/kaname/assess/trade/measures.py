"""The formulas, on plain arrays and numbers. Shares and indices run from 0 to 1; nothing here knows a file.

None where a figure has no meaning (no imports at all, say): never zero in its place.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]
EU_CRITICAL = (1.0, 2.8)  # supply risk and economic importance from which the Commission calls a material critical
US_CRITICAL = 0.40
FLAGS = (0.4, 0.5, 1.0)  # concentration, scarcity, substitutability of the Commission's indicators of 2021
CONCENTRATED = 0.4
NO_EXPORTS = 9999.0  # stands for imports / exports where nothing is exported
COPPER = 0.4094  # reference of the geopolitical supply risk


def shares(amounts: ArrayLike) -> F64:
    """Each amount over their sum; empty where the sum is zero."""
    amounts = np.asarray(amounts, np.float64)
    total = amounts.sum()
    return amounts / total if total > 0 else np.zeros(0)


def summed(partners: Sequence[str], amounts: Sequence[Any]) -> dict[str, Any]:
    """One amount a partner: rows of the same partner are added, exactly where the amounts are exact."""
    found: dict[str, Any] = {}
    for partner, amount in zip(partners, amounts, strict=True):
        found[partner] = found.get(partner, 0) + amount
    return found


def hhi(amounts: ArrayLike) -> float | None:
    """Herfindahl-Hirschman: the sum of squared shares, one amount a partner."""
    part = shares(amounts)
    return float(part @ part) if part.size else None


def top(amounts: ArrayLike, n: int) -> float | None:
    """The share of the n largest."""
    part = shares(amounts)
    return float(np.sort(part)[::-1][:n].sum()) if part.size else None


def share_of(amounts: ArrayLike, chosen: ArrayLike) -> float | None:
    """The share of the chosen partners."""
    part = shares(amounts)
    return float(part[np.asarray(chosen, np.bool_)].sum()) if part.size else None


def import_reliance(imports: float, exports: float, production: float, clip: bool = True) -> float | None:
    """Net imports over apparent use. A net exporter has 0, or the negative figure without `clip`."""
    net, used = imports - exports, production + imports - exports
    if used <= 0:  # nothing used, or more sent out than there was: no ratio, and a net exporter all the same
        return 0.0 if clip and net < 0 else None
    return max(net / used, 0.0) if clip else net / used


def part_of_demand(part: float, imports: float, exports: float, production: float) -> float | None:
    """A part of apparent domestic demand; None where nothing is left to be used."""
    used = production + imports - exports
    return part / used if used > 0 else None


def trend(years: Sequence[int], values: Sequence[float]) -> float | None:
    """The slope of a straight line through the years, by least squares; None for fewer than three."""
    if len(years) < 3:
        return None
    at = np.asarray(years, np.float64) - float(np.mean(years))
    return float(at @ (np.asarray(values, np.float64) - float(np.mean(values))) / (at @ at))


def governance(estimates: ArrayLike) -> Any:
    """From the six World Bank estimates (-2.5 to 2.5) along the last axis to 0, best, .. 10, worst."""
    return (2.5 - np.mean(np.asarray(estimates, np.float64), axis=-1)) * 2.0


def weighted_hhi(amounts: ArrayLike, weights: ArrayLike, trade: ArrayLike = 1.0) -> float | None:
    """Concentration weighted by governance and the trade parameter: sum of S^2 * WGI * t."""
    part = shares(amounts)
    if not part.size:
        return None
    return float(np.sum(part * part * np.asarray(weights, np.float64) * np.asarray(trade, np.float64)))


def supplier_risk(amounts: ArrayLike, weights: ArrayLike) -> float | None:
    """The mean governance of the suppliers, by what each supplies."""
    part = shares(amounts)
    return float(part @ np.asarray(weights, np.float64)) if part.size else None


def supply_risk(
    hhi_world: float | None, hhi_area: float | None, reliance: float, recycled: float, substitution: float,
) -> float | None:  # fmt: skip
    """The Commission's supply risk. Where one of the two concentrations is None, the other stands alone."""
    if hhi_world is None and hhi_area is None:
        return None
    if hhi_area is None:
        mixed = hhi_world
    elif hhi_world is None:
        mixed = hhi_area
    else:
        half = max(reliance, 0.0) / 2
        mixed = hhi_world * half + hhi_area * (1 - half)
    assert mixed is not None
    return mixed * (1 - recycled) * substitution


def supply_risk_bounds(
    hhi_world: float | None, hhi_area: float | None, reliance: float, recycled: float, substitution: float,
    steps: tuple[float, float, float, float] = (0.1, 0.01, 0.01, 0.1),
) -> tuple[float, float] | None:  # fmt: skip
    """What supply risk can be when its inputs were printed in steps (HHI, reliance, recycled, substitution)."""
    h, r, e, s = (step / 2 for step in steps)
    ends = [
        supply_risk(
            None if hhi_world is None else hhi_world + a * h,
            None if hhi_area is None else hhi_area + a * h,
            reliance + b * r,
            recycled - a * e,
            substitution + a * s,
        )
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    known = [end for end in ends if end is not None]
    return (max(min(known), 0.0), max(known)) if known else None


def material_risk(stages: Sequence[float | None]) -> float | None:
    """The larger risk of extraction and processing is the material's."""
    return max((risk for risk in stages if risk is not None), default=None)


def economic_importance(
    use: ArrayLike, value_added: ArrayLike, substitution: float, largest: float | None = None
) -> float:
    """Uses by the value added of their sectors, 0 to 10. A use in no sector (nan) has no value added."""
    added = np.nan_to_num(np.asarray(value_added, np.float64))
    most = float(added.max()) if largest is None else largest
    return float(10 * substitution * np.sum(np.asarray(use, np.float64) * added) / most)


def one_decimal(value: float) -> Decimal:
    """Rounded once, at the end, halves up; noise of the last digits of a float does not count."""
    return Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def eu_critical(risk: float, importance: float) -> bool:
    """Critical on the values as they are printed."""
    return one_decimal(risk) >= Decimal("1.0") and one_decimal(importance) >= Decimal("2.8")


def substitution_risk(substitutes: Sequence[tuple[float, float, float, Sequence[tuple[float, float]]]]) -> float:
    """SI of supply risk: for each substitute production, criticality and co-production scores, and (subshare, share) of
    each application."""
    return float(
        sum(
            (production * critical * together) ** (1 / 3) * sum(sub * share for sub, share in uses)
            for production, critical, together, uses in substitutes
        )
    )


def substitution_importance(parts: Sequence[tuple[float, float, float]]) -> float:
    """SI of economic importance: cost-performance score, subshare and share of each substitute in each application."""
    return float(sum(score * sub * share for score, sub, share in parts))


def bottom_up(outside: ArrayLike, inside: float, exports: float) -> tuple[float | None, float | None, float | None]:
    """The Commission's three indicators: concentration of suppliers from outside the area, scarcity, substitutability.

    `outside`: imports by supplier outside the area; `inside`: imports from within it; `exports`: all of the area's.
    """
    amounts = np.asarray(outside, np.float64)
    total = float(amounts.sum())
    scarce = total / (total + inside) if total + inside > 0 else None
    return hhi(amounts), scarce, total / exports if exports > 0 else (NO_EXPORTS if total > 0 else None)


def dependent(indicators: Sequence[float | None], lines: Sequence[float] = FLAGS) -> bool:
    """Foreign-dependent where every indicator is over its line; the lines may be chosen."""
    return all(found is not None and found > line for found, line in zip(indicators, lines, strict=True))


def exposed(importer_hhi: float | None, world_hhi: float | None, imports: float, exports: float) -> bool:
    """One year of the geographic-dependence screen: concentrated imports, concentrated world exports, net importer."""
    ratio = imports / exports if exports > 0 else NO_EXPORTS if imports > 0 else 0.0
    return dependent((importer_hhi, world_hhi, ratio), (CONCENTRATED, CONCENTRATED, 1.0))


def lasting(years: Sequence[bool]) -> bool:
    """Exposed in at least two of three consecutive years."""
    return any(sum(years[at : at + 3]) >= 2 for at in range(max(len(years) - 2, 0)))


def geopolitical_risk(
    producers: ArrayLike, imports: ArrayLike, instability: ArrayLike, production: float
) -> float | None:
    """World concentration of production times the import-weighted instability (0 best, 1 worst, 0.5 unknown)."""
    bought = np.asarray(imports, np.float64)
    used = production + float(bought.sum())
    world = hhi(producers)
    return None if world is None or used <= 0 else world * float(bought @ np.asarray(instability, np.float64)) / used


def instability(stability: ArrayLike) -> F64:
    """Political stability (-2.5 .. 2.5, nan unknown) as 0, best, .. 1, worst."""
    return np.nan_to_num((2.5 - np.asarray(stability, np.float64)) / 5.0, nan=0.5)


def characterisation(risk: float, price: float) -> float:
    """The geopolitical risk of a dollar's worth, beside that of copper."""
    return risk * price / COPPER


def time_to_recover(days_of_stock: float, replaceable: float) -> float | None:
    """Days that a stock lasts while a part of the lost supply is replaced; None where all of it is."""
    return days_of_stock / (1 - replaceable) if replaceable < 1 else None


def us_supply_risk(disruption: float, exposure: float, vulnerability: float) -> float:
    """The geometric mean of three scores from 0 to 1 (Nassar and Fortier)."""
    return float(np.cbrt(disruption * exposure * vulnerability))


def us_critical(risk: float, domestic_producers: int | None = None) -> bool:
    """Critical from 0.40, or with a single domestic producer."""
    return risk >= US_CRITICAL or domestic_producers == 1
