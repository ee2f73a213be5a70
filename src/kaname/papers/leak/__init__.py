"""The report of a leak (漏えいの報告、府令10条1号チ), prepared in a moment out of the record: PDF, workbook, JSON.

    made = report(person, case, since, until, lang)     made.pdf()     made.xlsx()     made.data

What the record knows is filled in; what a person must say is marked as open. Nothing sealed is in it but the reasons
and places that were written in requests and in the register of copies.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kaname import typeset
from kaname.access.custody.leak import Gathered, gather
from kaname.access.models import Person
from kaname.days import JST
from kaname.files.books import nobodys
from kaname.law import Lang, Text
from kaname.ledger import clock
from kaname.papers.leak import words

_TEMPLATE = Path(__file__).with_name("report.typ")


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report: `id` names it for programs."""

    id: str
    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language."""

    lang: Lang
    head: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def data(self) -> dict[str, Any]:
        """For programs: every table by its id, its rows in the order of `heads`."""
        return {
            "title": words.TITLE[self.lang], "head": list(self.head),
            "sections": [
                {"id": s.id, "title": s.title[self.lang], "heads": [h[self.lang] for h in s.heads],
                 "rows": [list(row) for row in s.rows]}
                for s in self.sections
            ],
        }  # fmt: skip

    def pdf(self) -> bytes:
        """PDF/A. Raises Unprintable."""
        sections = [{**s, "none": words.NONE[self.lang]} for s in self.data["sections"]]
        on = clock.today().isoformat()
        return typeset.pdf(_TEMPLATE, {**self.data, "sections": sections, "lang": self.lang, "on": on})

    def xlsx(self) -> bytes:
        """A sheet for each table, the head on the first."""
        import xlsxwriter

        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as b:
            nobodys(b)
            _sheet(b, "report", words.TITLE[self.lang], [[line] for line in self.head])
            for s in self.sections:
                _sheet(b, s.id, s.title[self.lang], [[h[self.lang] for h in s.heads], *s.rows])
        return out.getvalue()


def _sheet(book: Any, name: str, title: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for n, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(n, column, cell)
    sheet.set_column(0, 8, 24)


def report(person: Person, case: str, since: date, until: date, lang: Lang = "ja") -> Report:
    """Raises UnknownCase, NotAllowed, NotAsked."""
    found = gather(person, case, since, until)
    return Report(lang, tuple(_head(found, person, lang)), tuple(_sections(found, lang)))


def _head(found: Gathered, by: Person, lang: Lang) -> list[str]:
    manager = found.manager.name if found.manager else words.NOT_NAMED[lang]
    return [
        words.CASE.fill(n=found.case.number, id=found.case.public_id)[lang],
        words.PERIOD.fill(since=found.since.isoformat(), until=found.until.isoformat())[lang],
        words.MANAGER.fill(name=manager)[lang],
        words.BY.fill(name=by.name, at=_at(clock.now()))[lang],
        words.SUM.fill(
            readers=sum(bool(r.objects) for r in found.readers), reads=len(found.reads), out=len(found.out),
            refused=len(found.refused),
        )[lang],
        words.LAW[lang],
    ]  # fmt: skip


def _sections(found: Gathered, lang: Lang) -> list[Section]:
    why = words.REFUSALS
    return [
        Section("open", words.OPEN, words.OPEN_HEADS, tuple((q[lang], "") for q in words.QUESTIONS)),
        Section("people", words.PEOPLE, words.PEOPLE_HEADS, tuple(
            (r.person.name, r.person.office.name_ja if lang == "ja" else r.person.office.name_en,
             (words.YES if r.could else words.NO)[lang], str(r.objects), _at(r.first), _at(r.last))
            for r in found.readers)),
        Section("reads", words.READS, words.READS_HEADS, tuple(
            (_at(r.at), r.person.name, str(r.seq or ""), r.field, r.door) for r in found.reads)),
        Section("copies", words.COPIES, words.COPIES_HEADS, tuple(
            (str(c.number), c.what, c.person.name, c.approved_by.name, _at(c.at), c.label[lang],
             (words.OUT if c.out else words.BACK)[lang], c.steps[-1].words or "" if c.steps else "")
            for c in found.copies)),
        Section("requests", words.REQUESTS, words.REQUESTS_HEADS, tuple(
            (_at(r.at), r.person.name, r.what, str(r.copies), r.label[lang], r.by.name if r.by else "", r.why or "")
            for r in found.requests)),
        Section("refused", words.REFUSED, words.REFUSED_HEADS, tuple(
            (_at(datetime.fromisoformat(d.at)), d.person.name, d.field, d.door, why[d.why][lang])
            for d in found.refused)),
        Section("alarms", words.ALARMS, words.ALARMS_HEADS, tuple(
            (_at(a.at), a.person.name, str(a.objects_read), (words.YES if a.stopped else words.NO)[lang])
            for a in found.alarms)),
    ]  # fmt: skip


def _at(at: datetime | None) -> str:
    return at.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S") if at else ""
