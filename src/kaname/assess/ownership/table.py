"""Holdings out of a table (CSV, JSON Lines, Parquet): one row a holding. Whole columns at once.

A column repeats its values over and over: each distinct text is read once, however many rows carry it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np

from kaname.assess.ownership.book import I64, KIND_WORDS, NO_DAY, NOT_STATED, Book, Columns, Entity, Kind
from kaname.assess.ownership.countries import country
from kaname.assess.ownership.shares import A_SHARE, UNIT, UNKNOWN, ShareError, parse, percent
from kaname.days import DayError, parse_era
from kaname.files.batches import Batch, Fault, Reader
from kaname.files.problems import BadInput
from kaname.files.tables import read
from kaname.law import T, Text

REQUIRED = ("holder", "company")
RIGHTS = ("votes", "capital", "share")
ABOUT = tuple(f"{side}_{what}" for side in ("holder", "company") for what in ("name", "country", "kind"))
FIELDS = (*REQUIRED, *RIGHTS, "since", "until", "group", *ABOUT)
A_DAY = T("2025-03-31 のような実在の日、又は空欄", "a real day such as 2025-03-31, or nothing")
A_COUNTRY = T("ISO 3166 の国コード（JP、JPN）", "a country code of ISO 3166 (JP, JPN)")
A_KIND = T("company、person、state、又は空欄", "company, person, state, or nothing")
_ONE_VALUE = T("同じ主体に一つの値（前の値を採る）", "one value for one entity (the first is kept)")
_WHOLE = (UNKNOWN.low, UNKNOWN.high)
_AN_ID = T("識別子", "an identifier")


def read_table(reader: Reader, wanted: dict[str, str]) -> Book:
    """A book of the rows; what is bad in one becomes a fault, the rest of the row stays. Raises BadInput."""
    filling = _Filling(wanted)
    try:
        for batch in read(reader, wanted):
            filling.add(batch)
    except BadInput as broken_off:
        if not filling.rows:
            raise
        filling.broken_off(broken_off)
    made = filling.book(reader.name, reader.form)
    made.place = reader.place
    return made


class _Filling:
    """Columns as they fill, batch by batch."""

    def __init__(self, wanted: dict[str, str]) -> None:
        self._wanted = wanted
        self.rows = 0
        self._number: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._about: dict[int, dict[str, Any]] = {}
        self._parts: list[Columns] = []
        self._faults: list[Fault] = []

    def add(self, batch: Batch) -> None:
        self._faults += batch.faults
        self.rows += len(batch)
        size, at = len(batch), batch.first
        holder, company = (self._ids(batch, name) for name in REQUIRED)
        votes, capital = self._rights(batch)
        since, until = (self._days(batch, name) for name in ("since", "until"))
        group = self._group(batch)
        for side, ids in (("holder", holder), ("company", company)):
            self._tell_about(batch, side, ids)
        good = (holder >= 0) & (company >= 0)
        wrong_way = np.flatnonzero(until < since)  # NaT compares false
        for row in wrong_way.tolist():
            found = T(
                f"終わり {until[row]} が始まり {since[row]} より前", f"ends {until[row]}, before it begins {since[row]}"
            )
            self._faults.append(Fault(at + row, "until", found, T("始まり以後の日", "a day not before since")))
        good[wrong_way] = False
        direct = np.zeros(size, np.bool_)
        part = Columns(holder, company, votes, capital, since, until, at + np.arange(size), direct, group)
        self._parts.append(part.take(np.flatnonzero(good)))

    def broken_off(self, error: BadInput) -> None:
        for problem in error.problems:
            whole = T("最後まで読める表", "a table that can be read to its end")
            self._faults.append(Fault(self.rows, problem.field or "-", problem.text, whole, lost=True))

    def book(self, name: str, form: str) -> Book:
        parts = self._parts
        columns = Columns(*(np.concatenate([getattr(p, field) for p in parts]) for field in Columns.__slots__))
        nothing: dict[str, Any] = {}
        entities = []
        for one, number in self._number.items():
            about = self._about.get(number, nothing)
            entities.append(
                Entity(one, about.get("name", ""), about.get("country", ""), about.get("kind", Kind.UNKNOWN))
            )
        made = Book(name, form, entities, columns, list(self._groups), self._faults, number=self._number)
        made.rows = self.rows
        made.notes += _parts_of_one(columns)
        return made

    def _ids(self, batch: Batch, field: str) -> I64:
        def number(text: str) -> int:
            one = text.strip()
            if not one:
                raise _Bad(_AN_ID)
            return self._number.setdefault(one, len(self._number))

        return self._column(batch, field, number, -1, np.int64)

    def _rights(self, batch: Batch) -> tuple[I64, I64]:
        """Votes and capital; a column `share` stands for each of the two that has no column of its own."""

        def share(text: str) -> tuple[int, int]:
            try:
                found = parse(text)
            except ShareError as error:
                raise _Bad(A_SHARE, error.text) from None
            return found.low, found.high

        stated = {name: self._column(batch, name, share, _WHOLE, np.int64) for name in RIGHTS if name in self._wanted}
        silent = np.full((len(batch), 2), NOT_STATED) if stated else np.tile(_WHOLE, (len(batch), 1))
        both = stated.get("share", silent)
        return stated.get("votes", both), stated.get("capital", both)

    def _days(self, batch: Batch, field: str) -> np.ndarray[Any, Any]:
        def day(text: str) -> np.datetime64:
            plain = text.strip()
            if not plain:
                return NO_DAY
            try:
                return np.datetime64(date.fromisoformat(plain) if plain[:4].isdecimal() else parse_era(plain), "D")
            except (ValueError, DayError):
                raise _Bad(A_DAY) from None

        return self._column(batch, field, day, NO_DAY, "datetime64[D]")

    def _group(self, batch: Batch) -> I64:
        def number(text: str) -> int:
            one = text.strip()
            return self._groups.setdefault(one, len(self._groups)) if one else -1

        return self._column(batch, "group", number, -1, np.int64)

    def _tell_about(self, batch: Batch, side: str, ids: I64) -> None:
        for what, read_it, wanted in (("name", str.strip, None), ("country", country, A_COUNTRY),
                                      ("kind", kind_of, A_KIND)):  # fmt: skip
            field = f"{side}_{what}"
            if field not in self._wanted:
                continue
            encoded = batch.columns[field].fill_null("").dictionary_encode()
            texts = encoded.dictionary.to_pylist()
            codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
            pairs, first = np.unique(ids * len(texts) + codes, return_index=True)
            for pair, row in zip(pairs.tolist(), first.tolist(), strict=True):
                number, text = pair // len(texts), texts[pair % len(texts)]
                if number < 0 or not text.strip():
                    continue
                value = read_it(text)
                if value is None:
                    self._faults.append(Fault(batch.first + row, field, text[:40], wanted or A_KIND))
                    continue
                about = self._about.setdefault(number, {})
                if about.setdefault(what, value) != value and what != "name":
                    before = _shown(about[what])
                    found = T(f"「{text}」、前には「{before}」", f"{text!r}, before it was {before!r}")
                    self._faults.append(Fault(batch.first + row, field, found, _ONE_VALUE))

    def _column(
        self, batch: Batch, field: str, convert: Callable[[str], Any], bad: Any, dtype: Any
    ) -> np.ndarray[Any, Any]:
        """A column converted, each distinct text once; `bad` where that cannot be, or where there is no column."""
        if field not in batch.columns:
            return np.full(len(batch), bad, dtype)
        encoded = batch.columns[field].fill_null("").dictionary_encode()
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        values = []
        for code, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(convert(text))
            except _Bad as error:
                values.append(bad)
                for row in np.flatnonzero(codes == code).tolist():
                    found: str | Text = text[:40]
                    if error.found:
                        found = T(f"「{text[:40]}」：{error.found.ja}", f"{text[:40]!r}: {error.found.en}")
                    self._faults.append(Fault(batch.first + row, field, found, error.expected))
        column: np.ndarray[Any, Any] = np.array(values, dtype).reshape(len(values), *np.shape(bad))[codes]
        return column


def _parts_of_one(columns: Columns) -> Iterator[Fault]:
    """Where no share is over 1 %: 0.51 was written for 51 %, or every holding is a small one."""
    pairs = np.concatenate([columns.votes, columns.capital])
    stated = np.where(pairs[:, 0] == pairs[:, 1], pairs[:, 1], 0)  # a range, or nothing, is no figure
    most = int(stated.max(initial=0))
    if 0 < most <= UNIT // 100:
        row = int(columns.row[int(stated.argmax()) % columns.size])
        found = T(
            f"どの持分も1%以下（最大 {percent(most)}%）", f"no share is over 1 % (the largest: {percent(most)} %)"
        )
        yield Fault(row, "share", found, T("百分率（51%は 51）", "percent (51 for 51 %, not 0.51)"))


class _Bad(ValueError):
    def __init__(self, expected: Text, found: Text | None = None) -> None:
        self.expected, self.found = expected, found
        super().__init__(expected.en)


def kind_of(text: str) -> Kind | None:
    return KIND_WORDS.get(text.strip().lower())


def _shown(value: object) -> str:
    return value.name.lower() if isinstance(value, Kind) else str(value)
