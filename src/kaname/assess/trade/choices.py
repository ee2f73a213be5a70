"""Choices between rows: years or months, one revision of the HS, one level of codes; and bounds for what nobody named
supplied."""

from decimal import Decimal
from typing import Any

import numpy as np

from kaname.assess.trade.countries import WORLD
from kaname.assess.trade.flows import EXPORTER, Flows
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.stated import NOBODY, REST

MONTHS = 12


def whole_years(flows: Flows) -> Any:
    """Rows of whole years, and of months where a reporter has none of the whole year."""
    monthly = flows.month > 0
    if not monthly.any():
        return np.arange(monthly.size)
    keys = _keys(flows)
    yearly = {key for key, one in zip(keys, monthly.tolist(), strict=True) if not one}
    both = monthly & np.array([key in yearly for key in keys], np.bool_)
    added = monthly & ~both
    flows.notes.add(Rule.MONTHS, (flows.record[added] + 1).tolist())
    if both.any():
        flows.notes.add(Rule.BOTH_PERIODS, (flows.record[both] + 1).tolist())
    return np.flatnonzero(~both)


def one_revision(flows: Flows, bundle: Bundle, notes: Notes) -> Any:
    """Rows of one revision of the HS for each year, part and reporter: the one asked for, or else the newest.

    Where a concordance brought all rows into one, a reporter's newest still stands for what it reports twice.
    """
    there: dict[tuple[int, ...], set[str]] = {}
    keys, revisions = _keys(flows), flows.revision.tolist()
    for key, revision in zip(keys, revisions, strict=True):
        there.setdefault(key, set()).add(revision)
    chosen = {
        key: _chosen(stated, "" if flows.converted else bundle.parts[key[1]].revision) for key, stated in there.items()
    }
    wanted = [chosen[key] for key in keys]
    kept = np.array([one in ("", wish) for one, wish in zip(revisions, wanted, strict=True)], np.bool_)
    for year in sorted(set(flows.year[~kept].tolist())):
        here = flows.year == year
        stated = " ".join(sorted(set(flows.revision[here].tolist()) - {""}))
        notes.add(Rule.REVISIONS, (flows.record[here & ~kept] + 1).tolist(), f"{year}: {stated}")
    used = sorted(set(flows.revision[kept].tolist()) - {""})
    if len(used) > 1 and not flows.converted:
        notes.add(Rule.ACROSS, found=" ".join(used))
    _read_as(flows, bundle, kept, notes)
    return np.flatnonzero(kept)


def _chosen(stated: set[str], asked: str) -> str:
    return asked if asked and asked in stated else max(stated)


def _read_as(flows: Flows, bundle: Bundle, kept: Any, notes: Notes) -> None:
    """Tells of codes that are read in another revision than asked for."""
    asked = np.array([part.revision for part in bundle.parts], object)[flows.part]
    other = kept & (asked != "") & (flows.revision != "") & (flows.revision != asked)
    if other.any() and not flows.converted:
        which = sorted(set(zip(asked[other].tolist(), flows.revision[other].tolist(), strict=True)))
        found = ", ".join(f"{one} -> {two}" for one, two in which)
        notes.add(Rule.READ_AS, (flows.record[other] + 1).tolist(), found)


def _keys(flows: Flows) -> list[tuple[int, ...]]:
    """Year, part, reporter and side of each row, and whether it is a world total: these only check, so a heading of
    which the total alone is stated does not take the place of partners stated under its codes."""
    sold = flows.side == EXPORTER
    reporter, partner = np.where(sold, flows.exporter, flows.importer), np.where(sold, flows.importer, flows.exporter)
    total = partner == flows.number(WORLD)
    columns = (flows.year, flows.part, reporter, flows.side, total)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def one_level(flows: Flows, notes: Notes) -> Any:
    """Rows of the code itself or, where it has none in a year for a reporter, of the least deep level."""
    if np.unique(flows.digits).size < 2:
        return np.arange(flows.digits.size)
    least: dict[tuple[int, ...], int] = {}
    keys = _keys(flows)
    for key, digits in zip(keys, flows.digits.tolist(), strict=True):
        least[key] = min(digits, least.get(key, digits))
    kept = np.array([digits == least[key] for key, digits in zip(keys, flows.digits.tolist(), strict=True)], np.bool_)
    if not kept.all():
        notes.add(Rule.BOTH_LEVELS, (flows.record[~kept] + 1).tolist())
    return np.flatnonzero(kept)


def bounds(amounts: dict[str, Decimal]) -> dict[str, tuple[float, float]]:
    """What HHI and the largest shares can be, whoever stands behind the amounts of nobody in particular.

    At least: spread over countless small partners. At most: the unspecified is all the largest partner's, and the rest
    of a world total one further partner's.
    """
    stated = sorted((a for code, a in amounts.items() if code not in (REST, NOBODY)), reverse=True)
    rest, nobody = amounts.get(REST, Decimal(0)), amounts.get(NOBODY, Decimal(0))
    total = sum(stated, Decimal(0)) + rest + nobody
    if total <= 0:
        return dict.fromkeys(("hhi", "top_1", "top_3"), (0.0, 0.0))
    least = [float(a / total) for a in stated]
    most = sorted([*stated, rest], reverse=True)
    most = [most[0] + nobody, *most[1:]]
    full = [float(a / total) for a in most]
    return {
        "hhi": (sum(s * s for s in least), sum(s * s for s in full)),
        "top_1": (sum(least[:1]), sum(full[:1])),
        "top_3": (sum(least[:3]), sum(full[:3])),
    }
