"""A file of trade read into flows, whatever its layout.

Only the rows of the products asked for are read in full. What is wrong in one of them becomes a fault and the row is
left out; what a rule settles becomes a note.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaname.assess.trade.countries import GROUP, UNKNOWN, country
from kaname.assess.trade.flows import BOTH, COLUMNS, EXPORTER, IMPORTER, Flows
from kaname.assess.trade.layouts import ATLAS, BACI, COMTRADE, CUSTOMS, Layout, layout_of
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MISSING, amounts, kilograms
from kaname.assess.trade.products import Bundle, code_of, revision_of, secret
from kaname.files.tables import Batch, Fault, Reader, open_reader, read
from kaname.law import T

SIDES = {"importer": IMPORTER, "exporter": EXPORTER}
_FLOWS = {
    "m": IMPORTER, "import": IMPORTER, "imports": IMPORTER, "2": IMPORTER, "輸入": IMPORTER,
    "imp": IMPORTER, "1": EXPORTER, "x": EXPORTER, "export": EXPORTER, "exports": EXPORTER, "輸出": EXPORTER,
    "exp": EXPORTER,
}  # fmt: skip
_COMTRADE_NUMBERS = {"1": "m", "2": "x"}  # the customs of Japan number them the other way round
_PARTS = frozenset(
    ("rx", "rm", "dx", "fm", "mip", "mop", "xip", "xop", "re-export", "re-import", "re-exports", "re-imports", "3", "4",
     "domestic export", "foreign import")
)  # fmt: skip
A_YEAR = T("1900から2099までの年（2023）又は年月（202301）", "a year from 1900 to 2099 (2023) or a month (202301)")
A_COUNTRY = T("国コード（JPN、JP、392）又は空欄", "a country code (JPN, JP, 392), or nothing")
A_FLOW = T("M（輸入）又は X（輸出）", "M (import) or X (export)")
A_SMALLER = T("9兆より小さい金額", "an amount below nine trillion")
_LARGEST = 9 * 10**18
ONE_CURRENCY = T("表を通じて一つの通貨", "one currency throughout the table")


@contextmanager
def open_flows(
    name: str, bundle: Bundle, form: str | None = None, encoding: str = "utf-8"
) -> Iterator[tuple[Flows, Reader]]:
    """The flows of a file or `-` that belong to a bundle. Raises BadInput."""
    with open_reader(name, form, encoding) as reader:
        layout, columns = layout_of(name, reader.names)
        filling = _Filling(reader, layout, columns, bundle)
        for batch in read(reader, columns):
            filling.add(batch)
        yield filling.flows(), reader


class _Filling:
    """Columns as they fill, batch by batch."""

    def __init__(self, reader: Reader, layout: Layout, columns: dict[str, str], bundle: Bundle) -> None:
        self._reader, self._layout, self._columns, self._bundle = reader, layout, columns, bundle
        self._numbers: dict[str, int] = {}
        self._parts: list[dict[str, NDArray[Any]]] = []
        self._notes, self._faults = Notes(), list[Fault]()
        self._rows = 0
        self._seen: dict[str, None] = {}  # in order
        source = columns["value"].lower()
        self._currency = next((c for c in ("usd", "jpy", "eur") if source.endswith(c)), layout.currency.lower()).upper()
        self._factor = 1000 if "thousand" in source else layout.factor
        self._stated_currency = ""
        self._repeated: set[tuple[Any, ...]] = set()

    def add(self, batch: Batch) -> None:
        self._faults += batch.faults
        self._rows += len(batch)
        part, digits = self._products(batch)
        chosen = np.flatnonzero(part >= 0)
        if not chosen.size:
            return
        columns = {name: column.take(pa.array(chosen)) for name, column in batch.columns.items()}
        records = batch.first + chosen
        part, digits = part[chosen], digits[chosen]
        good = np.ones(chosen.size, np.bool_)
        if self._layout.repeats:
            good &= self._once(columns, records)
        good &= self._whole_flows(columns, records)
        year, monthly = self._years(columns, records, good)
        side = self._sides(columns, records, good)
        good &= side >= 0
        exporter, importer = self._partners(columns, records, side, good)
        value, weight = self._amounts(columns, records, good)
        revision = self._revisions(columns)
        found = dict(
            zip(COLUMNS, (year, part, digits, revision, exporter, importer, side, value, weight, records), strict=True)
        )
        found["monthly"] = monthly
        kept = np.flatnonzero(good)
        self._parts.append({name: column[kept] for name, column in found.items()})
        if self._layout.name == ATLAS:  # a row states both directions, each from the side of the location
            sold, bad = self._amount(columns, "exported", records)
            other = {**found, "exporter": importer, "importer": exporter, "value": sold * self._factor,
                     "side": np.full(year.size, EXPORTER)}  # fmt: skip
            kept = np.flatnonzero(good & ~bad & (sold > 0))
            self._parts.append({name: column[kept] for name, column in other.items()})

    def flows(self) -> Flows:
        empty = {name: np.zeros(0, np.int64) for name in (*COLUMNS, "monthly")}
        found = {
            name: np.concatenate([part[name] for part in self._parts]) if self._parts else empty[name] for name in empty
        }
        monthly = found.pop("monthly").astype(np.bool_)
        made = Flows(
            self._reader.name, self._layout.source or self._reader.name, self._currency, list(self._numbers), **found,
            rows=self._rows, faults=self._faults, notes=self._notes,
            seen=tuple(self._seen)[:10],
        )  # fmt: skip
        if monthly.any():
            yearly = set(made.year[~monthly].tolist())
            both = monthly & np.isin(made.year, list(yearly))
            self._notes.add(Rule.MONTHS, (made.record[monthly & ~both] + 1).tolist())
            if both.any():
                self._notes.add(Rule.BOTH_PERIODS, (made.record[both] + 1).tolist())
                made = made.take(np.flatnonzero(~both))
        return made

    def _products(self, batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The part of the bundle of each row, -1 for another product; and the digits of its code."""
        encoded = batch.columns["product"].fill_null("").dictionary_encode()
        at = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        part, digits = [], []
        wanted = {BACI: 6, CUSTOMS: 9}.get(self._layout.name, 0)
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            code, padded = code_of(text, wanted)
            found = next((n for n, one in enumerate(self._bundle.parts) if one.holds(code)), -1)
            part.append(found)
            digits.append(len(code))
            self._seen.setdefault(code)
            rule = Rule.PADDED if padded and found >= 0 else Rule.CONFIDENTIAL if found < 0 and secret(code) else None
            if rule:
                self._notes.add(rule, (batch.first + np.flatnonzero(at == number) + 1).tolist(), text[:20])
            elif found >= 0 and code != self._bundle.parts[found].code:
                self._notes.add(Rule.DEEPER, (batch.first + np.flatnonzero(at == number) + 1).tolist(), code)
        return np.array(part, np.int64)[at], np.array(digits, np.int64)[at]

    def _once(self, columns: dict[str, pa.Array], records: NDArray[np.int64]) -> NDArray[np.bool_]:
        """False where the same record came before, cell by cell."""
        cells = zip(*(column.to_pylist() for column in columns.values()), strict=True)
        first = np.ones(records.size, np.bool_)
        for row, record in enumerate(cells):
            if record in self._repeated:
                first[row] = False
            self._repeated.add(record)
        if not first.all():
            self._notes.add(Rule.REPEATED, (records[~first] + 1).tolist())
        return first

    def _whole_flows(self, columns: dict[str, pa.Array], records: NDArray[np.int64]) -> NDArray[np.bool_]:
        """False for rows that break a flow down which also has its total."""
        whole = np.ones(records.size, np.bool_)
        for name, totals in (("transport", ("0", "")), ("procedure", ("C00", "")), ("second", ("0", "W00", ""))):
            if name in columns:
                total = np.isin(np.array(columns[name].fill_null("").to_pylist(), object), totals)
                whole &= total if total.any() else True
        if not whole.all():
            self._notes.add(Rule.BREAKDOWN, (records[~whole] + 1).tolist())
        return whole

    def _years(
        self, columns: dict[str, pa.Array], records: NDArray[np.int64], good: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        def year(text: str) -> tuple[int, int]:
            plain = text.strip().removesuffix(".0")
            month = len(plain) == 6 and "01" <= plain[4:] <= "12"
            if plain.isascii() and plain.isdigit() and (len(plain) == 4 or month) and 1900 <= int(plain[:4]) < 2100:
                return int(plain[:4]), int(month)
            raise ValueError

        found = self._read(columns["year"], "year", year, (0, 0), A_YEAR, records, good)
        return found[:, 0], found[:, 1]

    def _sides(
        self, columns: dict[str, pa.Array], records: NDArray[np.int64], good: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        if self._layout.name == ATLAS:
            return np.full(records.size, IMPORTER)
        if "flow" not in columns:
            if "reported" not in columns:
                return np.full(records.size, BOTH)
            wanted = T("importer、exporter 又は空欄", "importer, exporter or nothing")
            return self._read(
                columns["reported"],
                "reported",
                lambda t: {**SIDES, "": BOTH}[t.strip().lower()],
                -1,
                wanted,
                records,
                good,
            )
        numbers = _COMTRADE_NUMBERS if self._layout.name == COMTRADE else {}

        def side(text: str) -> int:
            plain = text.strip().lower()
            return -2 if plain in _PARTS else _FLOWS[numbers.get(plain, plain)]

        found = self._read(columns["flow"], "flow", side, -1, A_FLOW, records, good)
        if (part := found == -2).any():
            self._notes.add(Rule.RE_EXPORT, (records[part & good] + 1).tolist())
        return found

    def _partners(
        self, columns: dict[str, pa.Array], records: NDArray[np.int64], side: NDArray[np.int64], good: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numbers of exporter and importer; groups and trade with oneself are left out."""
        if self._layout.name == CUSTOMS:
            reporter = np.full(records.size, self._number("JPN"))
            partner = self._countries(columns["partner"], "partner", records, good, japan=True)
        elif "reporter" in columns:
            reporter, partner = (
                self._countries(columns[name], name, records, good) for name in ("reporter", "partner")
            )
        else:
            exporter, importer = (self._countries(columns[n], n, records, good) for n in ("exporter", "importer"))
            return self._not_alone(exporter, importer, records, good)
        bought = side == IMPORTER
        return self._not_alone(
            np.where(bought, partner, reporter), np.where(bought, reporter, partner), records, good
        )  # fmt: skip

    def _not_alone(
        self, exporter: NDArray[np.int64], importer: NDArray[np.int64], records: NDArray[np.int64],
        good: NDArray[np.bool_],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
        unknown, group = (self._number(code) for code in (UNKNOWN, GROUP))
        alone = good & (exporter == importer) & (exporter != unknown)
        if alone.any():
            self._notes.add(Rule.SELF, (records[alone] + 1).tolist())
        good &= ~alone & (exporter != group) & (importer != group)
        return exporter, importer

    def _countries(
        self, column: pa.Array, name: str, records: NDArray[np.int64], good: NDArray[np.bool_], japan: bool = False
    ) -> NDArray[np.int64]:
        rules: list[tuple[str, Rule]] = []

        def number(text: str) -> int:
            found = country(text, japan)
            if found is None:
                raise ValueError
            if found.rule is not None:
                rules.append((text, found.rule))
            return self._number(found.code)

        numbers = self._read(column, name, number, -1, A_COUNTRY, records, good)
        if rules:
            texts = np.array(column.fill_null("").to_pylist(), object)
            for text, rule in rules:
                self._notes.add(rule, (records[(texts == text) & good] + 1).tolist(), text.strip())
        return numbers

    def _number(self, code: str) -> int:
        return self._numbers.setdefault(code, len(self._numbers))

    def _amounts(
        self, columns: dict[str, pa.Array], records: NDArray[np.int64], good: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        value, bad = self._amount(columns, "value", records)
        good &= ~bad
        if (large := value > _LARGEST // self._factor).any():
            column = self._columns["value"]
            self._faults += [Fault(int(one), column, "-", A_SMALLER) for one in records[large & good]]
            good &= ~large
        value = np.where(value == MISSING, MISSING, value * self._factor)
        if "currency" in columns:
            self._one_currency(columns["currency"], records, good)
        if "quantity" not in columns:
            return value, np.full(records.size, MISSING)
        weight = self._weights(columns, "quantity", "unit", records)
        if "quantity1" in columns:
            weight = np.where(weight == MISSING, self._weights(columns, "quantity1", "unit1", records), weight)
        weight[(weight == 0) & (value > 0)] = MISSING  # goods of some value weigh something
        return value, weight

    def _amount(
        self, columns: dict[str, pa.Array], name: str, records: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        quiet = name.startswith("quantity")  # an absent quantity says nothing about the value
        notes = Notes() if quiet else self._notes
        found = amounts(columns[name], records, self._columns[name], notes, self._faults)
        return found.micro, found.bad

    def _weights(
        self, columns: dict[str, pa.Array], name: str, unit: str, records: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        micro, _ = self._amount(columns, name, records)
        units = columns[unit].fill_null("").to_pylist() if unit in columns else [self._layout.weight] * records.size
        factor = {text: kilograms(text.strip() or self._layout.weight) for text in set(units)}
        for text in (text for text, found in factor.items() if found is None):
            rows = np.array([one == text for one in units])
            self._notes.add(Rule.UNIT, (records[rows] + 1).tolist(), text)
        made = [
            MISSING if one == MISSING or (times := factor[text]) is None else round(one * times)
            for one, text in zip(micro.tolist(), units, strict=True)
        ]
        return np.array(made, np.int64)

    def _one_currency(self, column: pa.Array, records: NDArray[np.int64], good: NDArray[np.bool_]) -> None:
        for row, text in enumerate(column.fill_null("").to_pylist()):
            plain = text.strip().upper()
            if not plain or not good[row]:
                continue
            if not self._stated_currency:
                self._stated_currency = self._currency = plain
            if plain != self._stated_currency:
                self._faults.append(Fault(int(records[row]), "currency", text[:40], ONE_CURRENCY))
                good[row] = False

    def _revisions(self, columns: dict[str, pa.Array]) -> NDArray[Any]:
        if "revision" not in columns:
            return np.full(len(next(iter(columns.values()))), "", object)
        texts = columns["revision"].fill_null("").to_pylist()
        known = {text: revision_of(text) for text in set(texts)}
        return np.array([known[text] for text in texts], object)

    def _read(
        self, column: pa.Array, name: str, convert: Any, bad: Any, expected: Any, records: NDArray[np.int64],
        good: NDArray[np.bool_],
    ) -> NDArray[np.int64]:  # fmt: skip
        """A column converted, each distinct text once; a text that cannot be makes its rows bad."""
        encoded = pc.fill_null(column, "").dictionary_encode()
        at = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        values = []
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(convert(text))
            except (ValueError, KeyError):
                values.append(bad)
                rows = np.flatnonzero((at == number) & good)
                self._faults += [Fault(int(records[row]), self._columns[name], text[:40], expected) for row in rows]
                good[rows] = False
        found: NDArray[np.int64] = np.array(values, np.int64).reshape(len(values), *np.shape(bad))[at]
        return found
