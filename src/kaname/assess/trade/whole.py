"""A whole file of trade at once: every importer and product of a year, for the cube.

The rules for rows are those of a product's page. World totals only check and are left out; who is not specified is one
supplier, and no importer. An importer that reports nothing in a year is seen by what its partners report. Codes of two
revisions of the HS are two products, and so are a heading and its codes.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade import parties, worth
from kaname.assess.trade.choices import MONTHS
from kaname.assess.trade.countries import UNKNOWN, WORLD
from kaname.assess.trade.cube import concentration
from kaname.assess.trade.flows import BOTH, EXPORTER
from kaname.assess.trade.goods import digits_of
from kaname.assess.trade.layouts import ATLAS, Layout, layout_of
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MICRO, MISSING
from kaname.assess.trade.products import code_of, not_hs, revision_of
from kaname.assess.trade.reading import Once, whole_flows
from kaname.assess.trade.rows import Rows
from kaname.files.batches import Batch, Fault, Reader
from kaname.files.tables import open_reader, read

if TYPE_CHECKING:
    from kaname.files.named import Table

_ROOM = 4e18
_COLUMNS = ("year", "month", "importer", "exporter", "product", "side", "amount")


@dataclass(slots=True)
class Whole:
    """Columns of numbers; countries and products by name. `unit`: of the amounts, whole millionths of it."""

    source: str
    unit: str
    countries: parties.Numbers
    products: parties.Numbers
    columns: dict[str, NDArray[np.int64]]
    size: int
    faults: list[Fault]
    notes: Notes

    def rows(self, year: int, reported: int, importers: Sequence[str], products: Sequence[str]) -> list[Any]:
        """Columns of the cube: year, importer, product, total, HHI, top 1, top 3, in the order of names."""
        kept = self._chosen(year, reported)
        of = {name: column[kept] for name, column in self.columns.items()}
        shape = len(self.countries), len(self.products), len(self.countries)
        scale = _scale(of["amount"])
        cube = concentration(of["importer"], of["product"], of["exporter"], of["amount"] // scale, shape)
        buyer, what = np.nonzero(cube.total)
        names, codes = list(self.countries), list(self.products)
        found = [
            (names[one], codes[two], one, two)
            for one, two in zip(buyer.tolist(), what.tolist(), strict=True)
            if (not importers or names[one] in importers) and (not products or _asked(codes[two], products))
        ]
        found.sort()
        at = [one for *_, one, _ in found], [two for *_, two in found]
        return [
            [year] * len(found), [one[0] for one in found], [one[1] for one in found], cube.total[at] * (scale / MICRO),
            cube.hhi[at], cube.top_1[at], cube.top_3[at],
        ]  # fmt: skip

    @property
    def years(self) -> list[int]:
        found: list[int] = np.unique(self.columns["year"]).tolist()
        return found

    def importers(self, reported: int) -> list[str]:
        """Who buys anything, the one with the most rows first."""
        mine = self.columns["importer"][self.columns["side"] != 1 - reported]
        codes, count = np.unique(mine, return_counts=True)
        names = list(self.countries)
        ranked = sorted(zip(codes.tolist(), count.tolist(), strict=True), key=lambda pair: -pair[1])
        return [names[code] for code, _ in ranked if names[code].isalnum()]

    def _chosen(self, year: int, reported: int) -> NDArray[np.int64]:
        """Rows of a year: of an importer's own report or, where it has none of a product, of its partners'."""
        of, world, nobody = self.columns, self.countries.of(WORLD), self.countries.of(UNKNOWN)
        here = np.flatnonzero(
            (of["year"] == year) & (of["importer"] != world) & (of["exporter"] != world) & (of["amount"] != MISSING)
            & (of["importer"] != nobody)
        )  # fmt: skip
        here = here[self._whole_years(year, here)]
        side, cell = of["side"][here], of["importer"][here] * len(self.products) + of["product"][here]
        other = side == 1 - reported
        mirrored = other & ~np.isin(cell, np.unique(cell[~other]))
        if mirrored.any():
            count = np.unique(of["importer"][here][mirrored]).size
            self.notes.add(Rule.MIRRORED, found=f"{year}: {count}")
        chosen: NDArray[np.int64] = here[~other | mirrored]
        return chosen

    def _whole_years(self, year: int, here: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Rows of the whole year, and of months where a reporter has none of the whole year for a product."""
        of = {name: column[here] for name, column in self.columns.items()}
        monthly = of["month"] > 0
        if not monthly.any():
            return ~monthly
        reporter = np.where(of["side"] == EXPORTER, of["exporter"], of["importer"])
        flow = (reporter * len(self.products) + of["product"]) * (BOTH + 1) + of["side"]
        both = monthly & np.isin(flow, flow[~monthly])
        added = monthly & ~both
        if both.any():
            self.notes.add(Rule.BOTH_PERIODS, found=str(year))
        if added.any():
            self.notes.add(Rule.MONTHS, found=str(year))
        several = np.unique(flow[added] * (MONTHS + 1) + of["month"][added]) // (MONTHS + 1)
        few = np.unique(several, return_counts=True)[1] < MONTHS
        if few.any():
            self.notes.add(Rule.PART_YEAR, found=f"{year}: {int(few.sum())}")
        return ~both


def _scale(amounts: NDArray[np.int64]) -> int:
    """A larger unit than millionths, where all amounts together would not fit into 63 bits."""
    scale, whole = 1, float(amounts.sum(dtype=np.float64))
    while whole / scale > _ROOM:
        scale *= 1000
    return scale


def _asked(code: str, products: Sequence[str]) -> bool:
    return any(code.rpartition(":")[2].startswith(one) or code == one for one in products)


@contextmanager
def open_whole(table: "Table", by: str = "value") -> Iterator[tuple[Whole, Reader]]:
    """Every row of a file of trade. Raises BadInput."""
    with open_reader(table.path, table.form, table.encoding) as reader:
        layout, columns = layout_of(table.path, reader.names)
        filling = _Filling(reader, layout, columns, by)
        for batch in read(reader, columns):
            filling.add(batch)
        yield filling.whole(), reader


@dataclass(slots=True)
class _Filling:
    reader: Reader
    layout: Layout
    source: dict[str, str]
    by: str
    countries: parties.Numbers = field(default_factory=parties.Numbers)
    products: parties.Numbers = field(default_factory=parties.Numbers)
    notes: Notes = field(default_factory=Notes)
    faults: list[Fault] = field(default_factory=list)
    parts: list[dict[str, NDArray[np.int64]]] = field(default_factory=list)
    once: Once = field(default_factory=Once)
    size: int = 0
    currency: worth.Currency = field(init=False)

    def __post_init__(self) -> None:
        self.currency = worth.Currency.of(self.layout, self.source["value"])

    def add(self, batch: Batch) -> None:
        self.faults += batch.faults
        self.size += len(batch)
        rows = Rows(batch.columns, self.source, np.arange(batch.first, batch.first + len(batch)), self.notes,
                    self.faults)  # fmt: skip
        if self.layout.repeats:
            self.once.only(rows)
        whole_flows(rows)
        year, month = parties.years(rows)
        side = parties.sides(rows, self.layout)
        exporter, importer = parties.partners(rows, self.layout, side, self.countries)
        amount = worth.values(rows, self.currency)
        if self.by == "weight":
            amount = worth.weights(rows, self.layout, amount)
        found = {"year": year, "month": month, "importer": importer, "exporter": exporter,
                 "product": self._products(rows), "side": side, "amount": amount}  # fmt: skip
        self._keep(found, rows.good)
        if self.layout.name == ATLAS and self.by == "value":
            sold = worth.values(rows, self.currency, "exported")
            found |= {"exporter": importer, "importer": exporter, "amount": sold, "side": np.full(len(rows), EXPORTER)}
            self._keep(found, rows.good & (sold > 0))

    def _keep(self, found: dict[str, NDArray[np.int64]], good: NDArray[np.bool_]) -> None:
        self.parts.append({name: column[good] for name, column in found.items()})

    def _products(self, rows: Rows) -> NDArray[np.int64]:
        digits = digits_of(self.layout)

        def product(text: str) -> int:
            return self.products.of(code_of(text, digits)[0])

        if "revision" not in rows:
            return rows.read("product", product, -1, worth.A_SMALLER)
        texts, revisions = rows.texts("product"), rows.texts("revision")
        other = np.array([not_hs(text) for text in revisions], np.bool_)
        rows.note(Rule.NOT_HS, other)
        rows.good &= ~other
        return np.array(
            [self.products.of(_under(code_of(text, digits)[0], revision_of(revision)))
             for text, revision in zip(texts, revisions, strict=True)], np.int64,
        )  # fmt: skip

    def whole(self) -> Whole:
        joined = {
            name: np.concatenate([part[name] for part in self.parts]) if self.parts else np.zeros(0, np.int64)
            for name in _COLUMNS
        }
        unit = self.currency.code if self.by == "value" else "kg"
        if self.by == "value":
            self.currency.tell(self.notes)
        return Whole(self.layout.source or self.reader.name, unit, self.countries, self.products, joined, self.size,
                     self.faults, self.notes)  # fmt: skip


def _under(code: str, revision: str) -> str:
    return f"{revision}:{code}" if revision else code
