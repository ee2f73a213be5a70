"""Flows of trade: who bought what from whom in which year, as whole columns.

Amounts are millionths of the currency and of a kilogram, exact.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade.notes import Notes
from kaname.assess.trade.numbers import MICRO, MISSING
from kaname.assess.trade.products import Bundle
from kaname.files.batches import Fault

IMPORTER, EXPORTER, BOTH = 0, 1, 2  # who reported a flow; BOTH: figures reconciled by the publisher, or given as facts


@dataclass(slots=True)
class Flows:
    """Rows of trade, one each. `exporter` and `importer` are numbers of `countries`; records count from 0."""

    name: str
    source: str
    currency: str
    countries: list[str]
    year: NDArray[np.int64]
    part: NDArray[np.int64]  # which part of the bundle
    factor: NDArray[Any]  # how much of the row is the part's, Decimal
    digits: NDArray[np.int64]  # of the code
    revision: NDArray[Any]
    exporter: NDArray[np.int64]
    importer: NDArray[np.int64]
    side: NDArray[np.int64]
    value: NDArray[np.int64]
    weight: NDArray[np.int64]
    record: NDArray[np.int64]
    month: NDArray[np.int64]  # 0 of a row of a whole year
    rows: int = 0  # in the file
    faults: list[Fault] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    seen: tuple[str, ...] = ()  # products of the file, where none was found
    absent: bool = False  # there is no trade at all, only production
    converted: bool = False  # a concordance brought all rows into the revisions of the bundle

    def number(self, code: str) -> int:
        return self.countries.index(code) if code in self.countries else -1

    def take(self, kept: NDArray[Any]) -> "Flows":
        found = {name: getattr(self, name)[kept] for name in COLUMNS}
        rest = {
            name: getattr(self, name) for name in ("name", "source", "currency", "countries", "rows", "faults", "notes")
        }
        return Flows(**rest, **found, seen=self.seen, converted=self.converted)

    @classmethod
    def none(cls, name: str, source: str) -> "Flows":
        """No trade: of a page of production alone."""
        empty: dict[str, Any] = {column: np.zeros(0, np.int64) for column in COLUMNS}
        return cls(name, source, "", [], **empty, absent=True)


COLUMNS = ("year", "part", "factor", "digits", "revision", "exporter", "importer", "side", "value", "weight", "record",
           "month")  # fmt: skip


def weigh(flows: Flows, bundle: Bundle, by: str) -> list[Any]:
    """The amount of each row in whole units: exact, weighted as bundle and concordance say; MISSING stays."""
    column = (flows.value if by == "value" else flows.weight).tolist()
    weights = [part.weight for part in bundle.parts]
    return [
        one if one == MISSING else one * weights[part] * factor / MICRO
        for one, part, factor in zip(column, flows.part, flows.factor, strict=True)
    ]
