"""The picture as open data: JSON, one CSV a table, and DCAT that tells a catalogue of both.

Ids of figures, tables and columns are the same on every day and in both languages, and so are the addresses: a report
of another program (Power BI, a spreadsheet) asks the same address with another `as_of`. Values are exact: a number is
a number or, with a fraction, its decimal text; what nobody knows is null in JSON and empty in CSV.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from kaname.files import formulas
from kaname.law import Lang, T, Text
from kaname.registers.blocks import Column, Figure, Numbers, Picture, Prose, Row, Source, Table, Value
from kaname.registers.tables import table_of

FIGURES = "figures"
_TITLE = T("すべての数", "All figures")
_COLUMNS = (
    Column("figure", T("識別子", "id")), Column("label", T("項目", "item")), Column("value", T("値", "value"), True),
    Column("unit", T("単位", "unit")), Column("estimate", T("見込み", "estimate")),
    Column("verified", T("確認", "verified")), Column("source", T("出典", "source")),
    Column("source_day", T("出典の日", "day of the source")), Column("url", T("所在", "address")),
    Column("note", T("備考", "note")),
)  # fmt: skip


def figures(of: Picture) -> Table:
    """Every figure once, whatever pages it stands on."""
    once = {f.id: f for f in of.figures()}
    return Table(FIGURES, _TITLE, _COLUMNS, tuple(_figure_row(f) for f in once.values()))


def _figure_row(f: Figure) -> Row:
    s = f.source or Source(T("", ""))
    cells = (f.id, f.label, f.value, f.unit, "yes" if f.estimate else "", "" if f.verified else "no", s.label, s.as_of,
             s.url, f.note)  # fmt: skip
    return Row(f.id, cells, f.records, f.verified, f.note)


def tables(of: Picture) -> dict[str, Table]:
    """Every table by its id: the figures, then those of the pages; charts, timelines and flows as their tables."""
    blocks = [b for p in of.pages for b in p.blocks if not isinstance(b, Numbers | Prose)]
    return {FIGURES: figures(of), **{b.id: table_of(b) for b in blocks}}


def csv_lines(of: Table, lang: Lang) -> Iterator[list[str]]:
    """The head (the columns' ids, alike in both languages) and the rows, the total last."""
    yield ["id", *(c.id for c in of.columns)]
    for row in (*of.rows, *((of.total,) if of.total else ())):
        yield [row.id, *(_cell(cell, lang) for cell in row.cells)]


def csv_text(of: Table, lang: Lang) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(csv_lines(of, lang))
    return out.getvalue()


def _cell(value: Value | Text, lang: Lang) -> str:
    if value is None:
        return ""
    if isinstance(value, Text):
        return formulas.as_text(value[lang])
    if isinstance(value, str):
        return formulas.as_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


# -- JSON --------------------------------------------------------------------------------------------------------------


def as_data(of: Picture) -> dict[str, Any]:
    """The whole picture as plain data, texts in both languages."""
    return {
        "as_of": of.as_of.isoformat(), "title": _text(of.title), "warnings": [_text(w) for w in of.warnings],
        "cover": [{"id": n.id, "title": _text(n.title), "figures": [f.id for f in n.figures]} for n in of.cover],
        "pages": [{"id": p.id, "title": _text(p.title), "answer": _text(p.answer),
                   "prose": [_prose(b) for b in p.blocks if isinstance(b, Prose)],
                   "tables": [b.id for b in p.blocks if not isinstance(b, Prose | Numbers)],
                   "figures": [f.id for b in p.blocks if isinstance(b, Numbers) for f in b.figures]}
                  for p in of.pages],
        "figures": [_figure(f) for f in {f.id: f for f in of.figures()}.values()],
        "tables": [_table(t) for id, t in tables(of).items() if id != FIGURES],
    }  # fmt: skip


def _figure(f: Figure) -> dict[str, Any]:
    return {
        "id": f.id, "label": _text(f.label), "value": _plain(f.value), "unit": _text(f.unit), "estimate": f.estimate,
        "verified": f.verified, "source": _source(f.source), "records": f.records, "note": _text(f.note),
    }  # fmt: skip


def _prose(p: Prose) -> dict[str, Any]:
    return {"id": p.id, "title": _text(p.title), "sentences": [_text(s) for s in p.sentences],
            "open_question": p.open_question}  # fmt: skip


def _table(t: Table) -> dict[str, Any]:
    return {
        "id": t.id, "title": _text(t.title), "source": _source(t.source), "note": _text(t.note),
        "columns": [{"id": c.id, "label": _text(c.label), "number": c.number, "unit": _text(c.unit)}
                    for c in t.columns],
        "rows": [_row(r) for r in t.rows], "total": _row(t.total) if t.total else None,
    }  # fmt: skip


def _row(r: Row) -> dict[str, Any]:
    cells = [_text(c) if isinstance(c, Text) else _plain(c) for c in r.cells]
    return {"id": r.id, "cells": cells, "records": r.records, "verified": r.verified, "note": _text(r.note)}


def _text(of: Text | None) -> dict[str, str] | None:
    return None if of is None else {"ja": of.ja, "en": of.en}


def _source(of: Source | None) -> dict[str, Any] | None:
    return None if of is None else {"label": _text(of.label), "as_of": _plain(of.as_of), "url": of.url}


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value.isoformat() if isinstance(value, date) else value


# -- DCAT --------------------------------------------------------------------------------------------------------------

_CONTEXT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#"}  # fmt: skip
_MEDIA = "https://www.iana.org/assignments/media-types/"


def dcat(of: Picture, root: str, publisher: Text, licence: str) -> dict[str, Any]:
    """A dcat:Catalog in JSON-LD: a dataset for each table, each as CSV in both languages, and the whole as JSON.

    `root`: the address of the picture in the API, without a slash at its end. `licence`: the address of the terms, as
    the office has set them; "" leaves it out, for nobody here can grant them in its name.
    """
    day = of.as_of.isoformat()
    terms = {"dct:license": {"@id": licence}} if licence else {}
    whole = _dataset(f"{root}?as_of={day}", of.title, day, terms, [_as(f"{root}?as_of={day}", "application/json")])
    sets = [
        _dataset(f"{root}/tables/{t.id}?as_of={day}", t.title, day, terms, [
            _as(f"{root}/tables/{t.id}?as_of={day}&lang={lang}", "text/csv", lang) for lang in ("ja", "en")])
        for t in tables(of).values()
    ]  # fmt: skip
    return {
        "@context": _CONTEXT, "@id": f"{root}/dcat", "@type": "dcat:Catalog", "dct:title": _both(of.title),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _both(publisher)}, **terms,
        "dct:language": ["ja", "en"], "dcat:dataset": [whole, *sets],
    }  # fmt: skip


def _dataset(id: str, title: Text, day: str, terms: dict[str, Any], ways: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": id, "@type": "dcat:Dataset", "dct:title": _both(title), **terms,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:endDate": {"@type": "xsd:date", "@value": day}},
        "dcat:distribution": ways,
    }  # fmt: skip


def _as(address: str, media: str, lang: str = "") -> dict[str, Any]:
    said = {"dct:language": lang} if lang else {}
    return {"@type": "dcat:Distribution", "dcat:accessURL": {"@id": address}, "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": _MEDIA + media}, **said}  # fmt: skip


def _both(of: Text) -> list[dict[str, str]]:
    return [{"@language": "ja", "@value": of.ja}, {"@language": "en", "@value": of.en}]
