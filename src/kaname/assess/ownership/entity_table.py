"""Entities out of a table of their own: names, countries and kinds for the identifiers that the holdings use."""

from collections.abc import Iterable

import numpy as np

from kaname.assess.ownership.book import Book, Entity
from kaname.assess.ownership.countries import country
from kaname.assess.ownership.table import A_COUNTRY, A_KIND, kind_of
from kaname.files.batches import Fault, Reader
from kaname.files.tables import read
from kaname.law import T

FIELDS = ("id", "name", "country", "kind")
GLEIF = {"id": "LEI", "name": "LegalName", "country": "Country"}  # as level 1 data of the LEI registry call them


def columns(names: Iterable[str]) -> tuple[str, ...]:
    """NAME=SOURCE for fields that a table has under the names of the LEI registry."""
    have = set(names)
    return tuple(f"{field}={other}" for field, other in GLEIF.items() if field not in have and other in have)


def read_entities(reader: Reader, wanted: dict[str, str], into: Book) -> list[Fault]:
    """Names, countries and kinds of entities from a table of their own; what is wrong with that table.

    Whom the table lacks is a fault of the book: the holding names somebody unknown.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for batch in read(reader, wanted):
        faults += batch.faults
        blank = [""] * len(batch)
        columns = [batch.columns[n].fill_null("").to_pylist() if n in batch.columns else blank for n in FIELDS]
        for row, (text, name, where, kind) in enumerate(zip(*columns, strict=True), batch.first):
            one = text.strip()
            number = into.number.get(one)
            seen.add(one)
            found = country(where) if where.strip() else ""
            word = kind_of(kind)
            if found is None:
                faults.append(Fault(row, "country", where[:40], A_COUNTRY))
            if word is None:
                faults.append(Fault(row, "kind", kind[:40], A_KIND))
            if number is not None:
                old = into.entities[number]
                into.entities[number] = Entity(one, name or old.name, found or old.country, word or old.kind)
    for one, number in into.number.items():
        if one not in seen:
            used = np.flatnonzero((into.columns.holder == number) | (into.columns.company == number))
            wrong = T(f"「{one}」が主体の表にない；持分は数え、国は不明とする",
                      f"{one!r} is not in the table of entities; its holdings count, its country is open")  # fmt: skip
            row = int(into.columns.row[used[0]]) if used.size else 0
            field = "holder" if used.size and into.columns.holder[used[0]] == number else "company"
            into.faults.append(Fault(row, field, wrong, T("表にある識別子", "an identifier of that table")))
    return faults
