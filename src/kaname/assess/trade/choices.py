"""Choices between rows: one revision of the HS, one level of codes; and bounds for what nobody named supplied."""

from decimal import Decimal
from typing import Any

import numpy as np

from kaname.assess.trade.figures import NOBODY, REST
from kaname.assess.trade.flows import EXPORTER, Flows
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.products import Bundle


def one_revision(flows: Flows, bundle: Bundle, notes: Notes) -> Any:
    """Rows of one revision of the HS a year and part: the one asked for, else the newest."""
    kept = np.ones(flows.year.size, np.bool_)
    used = set()
    for part, one in enumerate(bundle.parts):
        for year in np.unique(flows.year).tolist():
            here = (flows.part == part) & (flows.year == year)
            stated = sorted({revision for revision in flows.revision[here].tolist() if revision})
            if not stated:
                continue
            wanted = one.revision or stated[-1]
            used.add(wanted)
            dropped = here & (flows.revision != wanted) & (flows.revision != "")
            kept &= ~dropped
            if dropped.any():
                notes.add(Rule.REVISIONS, (flows.record[dropped] + 1).tolist(), f"{year}: {' '.join(stated)}")
    if len(used) > 1:
        notes.add(Rule.ACROSS, found=" ".join(sorted(used)))
    return np.flatnonzero(kept)


def one_level(flows: Flows, notes: Notes) -> Any:
    """Rows of the code itself or, where it has none in a year for a reporter, of the least deep level."""
    if np.unique(flows.digits).size < 2:
        return np.arange(flows.digits.size)
    reporter = np.where(flows.side == EXPORTER, flows.exporter, flows.importer)
    least: dict[tuple[int, ...], int] = {}
    keys = list(zip(flows.year.tolist(), flows.part.tolist(), reporter.tolist(), flows.side.tolist(), strict=True))
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
