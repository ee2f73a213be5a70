"""A file of trade read into flows, whatever its layout.

Only the rows of the products asked for are read in full. What is wrong in one of them becomes a fault and the row is
left out; what a rule settles becomes a note.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaname.assess.trade import parties, worth
from kaname.assess.trade.choices import whole_years
from kaname.assess.trade.concordance import Concordance
from kaname.assess.trade.flows import COLUMNS, EXPORTER, Flows
from kaname.assess.trade.goods import Chosen, Goods
from kaname.assess.trade.layouts import ATLAS, Layout, layout_of
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.products import Bundle, revision_of
from kaname.assess.trade.rows import Rows
from kaname.files.batches import Batch, Fault, Reader
from kaname.files.tables import open_reader, read

_TOTALS = {"transport": ("0", ""), "procedure": ("C00", ""), "second": ("0", "W00", "")}  # of a breakdown
_FLOW = frozenset(("year", "flow", "reporter", "partner", "product", "revision"))  # what makes a flow one
_SEEN = 10


@contextmanager
def open_flows(
    name: str, bundle: Bundle, form: str | None = None, encoding: str = "utf-8", concordance: Concordance | None = None,
    revision: str = "",
) -> Iterator[tuple[Flows, Reader]]:  # fmt: skip
    """The flows of a file or `-` that belong to a bundle. `revision`: of rows that state none. Raises BadInput."""
    with open_reader(name, form, encoding) as reader:
        layout, columns = layout_of(name, reader.names)
        filling = _Filling(reader, layout, columns, bundle, concordance, revision or layout.revision)
        for batch in read(reader, columns):
            filling.add(batch)
        yield filling.flows(), reader


class _Filling:
    """Flows as they fill, batch by batch."""

    def __init__(
        self, reader: Reader, layout: Layout, columns: dict[str, str], bundle: Bundle, concordance: Concordance | None,
        revision: str,
    ) -> None:  # fmt: skip
        self._reader, self._layout, self._source, self._revision = reader, layout, columns, revision
        self._notes, self._faults = Notes(), list[Fault]()
        self._goods = Goods(bundle, layout, self._notes, concordance, revision)
        self._currency = worth.Currency.of(layout, columns["value"])
        self._countries = parties.Numbers()
        self._parts: list[dict[str, NDArray[Any]]] = []
        self._rows = 0
        self._once = Once()

    def add(self, batch: Batch) -> None:
        """The rows of the product in a batch. One that belongs to several parts of it stands once for each."""
        self._faults += batch.faults
        self._rows += len(batch)
        chosen = self._goods.of(batch)
        if not chosen.row.size:
            return
        once, line = np.unique(chosen.row, return_inverse=True)
        columns = {name: column.take(pa.array(once)) for name, column in batch.columns.items()}
        rows = Rows(columns, self._source, batch.first + once, self._notes, self._faults)
        if self._layout.repeats:
            self._once.only(rows)
        whole_flows(rows)
        year, month = parties.years(rows)
        side = parties.sides(rows, self._layout)
        exporter, importer = parties.partners(rows, self._layout, side, self._countries)
        value = worth.values(rows, self._currency)
        found: dict[str, Any] = {
            "year": year, "revision": self._revisions(rows), "exporter": exporter, "importer": importer, "side": side,
            "value": value, "weight": worth.weights(rows, self._layout, value), "record": rows.records,
            "month": month,
        }  # fmt: skip
        self._keep(found, rows.good, chosen, line)
        if self._layout.name == ATLAS:  # a row states both directions, each from the side of the location
            sold = worth.values(rows, self._currency, "exported")
            found |= {"exporter": importer, "importer": exporter, "value": sold, "side": np.full(len(rows), EXPORTER)}
            self._keep(found, rows.good & (sold > 0), chosen, line)

    def _keep(
        self, found: dict[str, NDArray[Any]], good: NDArray[np.bool_], chosen: Chosen, line: NDArray[np.int64]
    ) -> None:
        kept = good[line]
        part = {name: column[line][kept] for name, column in found.items()}
        part |= {name: getattr(chosen, name)[kept] for name in ("part", "digits", "factor")}
        self._parts.append(part)

    def flows(self) -> Flows:
        self._currency.tell(self._notes)
        empty: dict[str, Any] = {name: np.zeros(0, np.int64) for name in COLUMNS}
        found: dict[str, Any] = {
            name: np.concatenate([part[name] for part in self._parts]) if self._parts else empty[name] for name in empty
        }
        made = Flows(
            self._reader.name, self._layout.source or self._reader.name, self._currency.code, list(self._countries),
            **found, rows=self._rows, faults=self._faults, notes=self._notes, seen=tuple(self._goods.seen)[:_SEEN],
            converted=self._goods.concordance is not None,
        )  # fmt: skip
        return made.take(whole_years(made))

    def _revisions(self, rows: Rows) -> NDArray[Any]:
        if "revision" not in rows:
            return np.full(len(rows), self._revision, object)
        texts = rows.texts("revision")
        known = {text: revision_of(text) or self._revision for text in set(texts)}
        return np.array([known[text] for text in texts], object)


class Once:
    """Records that came before fall out, cell by cell."""

    def __init__(self) -> None:
        self._met: set[tuple[Any, ...]] = set()

    def only(self, rows: Rows) -> None:
        again = np.zeros(len(rows), np.bool_)
        for row, record in enumerate(zip(*(column.to_pylist() for column in rows.columns.values()), strict=True)):
            again[row] = record in self._met
            self._met.add(record)
        rows.note(Rule.REPEATED, again)
        rows.good &= ~again


def whole_flows(rows: Rows) -> None:
    """Rows that break a flow down which also has its total fall out."""
    kinds = [name for name in _TOTALS if name in rows]
    if not kinds:
        return
    same = [name for name in rows.columns if name in _FLOW]
    flow = list(zip(*(rows.texts(name) for name in same), strict=True))
    broken = np.zeros(len(rows), np.bool_)
    for name in kinds:
        total = [text in _TOTALS[name] for text in rows.texts(name)]
        having = {key for key, is_total in zip(flow, total, strict=True) if is_total}
        broken |= np.array(
            [key in having and not is_total for key, is_total in zip(flow, total, strict=True)], np.bool_
        )
    rows.note(Rule.BREAKDOWN, broken)
    rows.good &= ~broken
