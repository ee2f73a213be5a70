"""An asset inventory kept in spreadsheets (CSV, XLSX), read into the content of a plan.

Every cell that cannot be read is told with its sheet, row and column; the rest is read all the same, and what a plan
held before is never touched by a file that brings faults (`Read.into`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from unicodedata import normalize

from kaname.files.problems import ENOUGH, BadInput, Problem
from kaname.files.sheets import Sheet, cell_name, formula_at, merged_at, sheets_of
from kaname.files.streams import unusable
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing import record, tables
from kaname.regimes.infrastructure.filing.content import (
    Answer,
    Component,
    Entrustment,
    Facility,
    Omission,
    Party,
    Plan,
    key_of,
)
from kaname.regimes.infrastructure.filing.cyclonedx import Bom
from kaname.regimes.infrastructure.filing.disclosure import Disclosure
from kaname.regimes.infrastructure.filing.tables import Column

_YES = frozenset({"true", "yes", "y", "1", "はい", "有", "○", "〇", "✓"})
_NO = frozenset({"false", "no", "n", "0", "いいえ", "無", "×", "-", ""})
_FLAG = T("はい か いいえ を", "expected yes or no")


@dataclass(slots=True)
class Read:
    """What a file says: rows of each table with where they stood, and every problem. `unread`: sheets and headings that
    are none of an inventory's, so that nobody believes that they were taken in."""

    file: str
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)

    def into(self, plan: Plan) -> Plan:
        """The plan with what the file says added. Raises BadInput where anything in the file could not be read."""
        if self.problems:
            raise BadInput(self.problems)
        return _into(plan, self.rows)


def read_inventory(file: str, content: bytes) -> Read:
    """The tables of a file. Raises BadInput where it is no table at all, or no sheet of it is one of an inventory."""
    found, sheets = Read(file), sheets_of(file, content)
    for sheet in sheets:
        _sheet(found, sheet)
    if not found.rows and not found.problems:
        raise unusable(file, _no_sheet(sheets))
    return found


def from_bom(plan: Plan, bom: Bom, publishers: bool = False) -> Plan:
    """The plan with the components of a bill added, each once: a bill read twice adds nothing."""
    known = {(c.name, c.version, c.source) for c in plan.components}
    new = [c for c in bom.components(publishers) if (c.name, c.version, c.source) not in known]
    return replace(plan, components=(*plan.components, *new))


def _sheet(found: Read, sheet: Sheet) -> None:
    if not sheet.rows:
        return
    number, head = sheet.rows[0]
    table = tables.by_name(sheet.name) or tables.by_headings(head)
    place = f"{found.file} [{sheet.name}]" if sheet.name else found.file
    if table is None:
        text = T("資産一覧の表でない；読んでいない", "no table of an inventory; not read")
        found.unread.append(Problem(place, number, "", text))
        return
    columns = tables.headings(table, head)
    spare = [cell.strip() for at, cell in enumerate(head, 1) if cell.strip() and at not in columns]
    text = T("使わない見出し；読んでいない", "a heading that is not used; not read")
    found.unread += [Problem(place, number, heading[:80], text) for heading in spare]
    lacking = [c for c in table.columns if c.needed and c not in columns.values()]
    if lacking:
        names = T("、".join(c.label.ja for c in lacking), ", ".join(c.label.en for c in lacking))
        there = ", ".join(cell.strip()[:40] for cell in head if cell.strip())[:300]
        text = T(f"見出しに {names.ja} がない（{table.label.ja}の表）。ある見出し：{there}",
                 f"no heading {names.en} (table of {table.label.en}); the headings are: {there}")  # fmt: skip
        found.problems.append(Problem(place, number, "", text))
        return
    for number, cells in sheet.rows[1:]:
        if len(found.problems) >= ENOUGH:
            return
        row = _row(found, sheet, place, number, cells, columns, head)
        if any(value not in ("", None, False) for value in row.values()):
            _needed(found, place, number, row, columns, head)
            found.rows[table.id].append((f"{place}:{number}", row))


def _row(
    found: Read, sheet: Sheet, place: str, number: int, cells: list[str], columns: Mapping[int, Column], head: list[str]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    merged = sheet.merged_in(number)
    for at, column in columns.items():
        name = _heading(number, at, head)
        if (number, at) in sheet.formulas:
            found.problems.append(formula_at(found.file, sheet, number, at, name))
        elif any(left <= at <= right for left, right in merged):
            found.problems.append(merged_at(found.file, sheet, number, at, name))
        else:
            row[column.id] = _cell(found, place, number, name, column, cells[at - 1] if at <= len(cells) else "")
    return row


def _cell(found: Read, place: str, number: int, name: str, column: Column, text: str) -> Any:
    try:
        return _READ[column.of](text)
    except record.Unreadable as wrong:
        found.problems.append(Problem(place, number, name, wrong.text))
        return None


_READ: Mapping[str, Callable[[str], Any]] = {
    "text": record.a_text, "day": record.day, "ratio": record.ratio, "country": record.country,
    "year_end": record.year_end, "flag": lambda text: _flag(text), "sort": record.sort, "number": record.a_number,
}


def _flag(text: str) -> bool:
    said = normalize("NFKC", text).strip().casefold()
    if said not in _YES | _NO:
        raise record.Unreadable(_FLAG)
    return said in _YES


def _heading(number: int, at: int, head: list[str]) -> str:
    """A cell by its name and by the heading that the file itself gives it: C5 開始日."""
    return f"{cell_name(number, at)} {head[at - 1].strip()}"


def _needed(found: Read, place: str, number: int, row: dict[str, Any], columns: Mapping[int, Column],
            head: list[str]) -> None:  # fmt: skip
    for at, column in columns.items():
        if column.needed and row.get(column.id) == "":
            name = _heading(number, at, head)
            text = T("空である；記入するか、行を消して", "is empty; fill it in or take the row out")
            found.problems.append(Problem(place, number, name, text))


def _no_sheet(sheets: Iterable[Sheet]) -> Text:
    there = ", ".join(s.name for s in sheets if s.name)
    if not there:
        return T("表が一つも見つからない。CSV、XLSX、CycloneDX のいずれかの、壊れていないファイルを選ぶこと",
                 "no table was found; choose a CSV, XLSX or CycloneDX file that is not damaged")  # fmt: skip
    ja = "、".join(t.label.ja for t in tables.TABLES)
    en = ", ".join(t.label.en for t in tables.TABLES)
    return T(f"資産一覧の表が見つからない。このファイルのシート：{there}。シートの名か見出しは：{ja}",
             f"no table of an inventory; sheets: {there}. Expected sheets or headings of: {en}")  # fmt: skip


# -- into a plan -----------------------------------------------------------------------------------------------------


def _into(plan: Plan, rows: Mapping[str, list[tuple[str, dict[str, Any]]]]) -> Plan:
    if rows.get("facility"):
        _, row = rows["facility"][0]
        facility = Facility(row["name"], row.get("outline", ""), key_of(row.get("supplier", "")))
        told = {name: row[name] for name in ("content", "starts", "ends") if row.get(name)}
        plan = replace(plan, facility=facility, **told)
    components = tuple(
        Component(**{**row, "supplier": key_of(row.get("supplier", ""))}, source=at)
        for at, row in rows.get("components", ())
    )
    entrustments = tuple(_entrustment(at, row) for at, row in rows.get("entrustments", ()))
    return replace(
        plan, components=(*plan.components, *components), entrustments=(*plan.entrustments, *entrustments),
        parties={**plan.parties, **_parties(plan, rows)},
        measures={**plan.measures, **{r["id"]: Answer(r.get("status", ""), r.get("reason", ""))
                                      for _, r in rows.get("measures", ())}},
    )  # fmt: skip


def _entrustment(at: str, row: Mapping[str, Any]) -> Entrustment:
    told = [bool(row.get(name)) for name in ("knows_content", "area_and_entry", "records_or_audit")]
    return Entrustment(
        row["id"], key_of(row.get("party", "")), row.get("parent", ""), row.get("content", ""), row.get("starts"),
        row.get("ends"), Omission(*told) if any(told) else None, at,
    )  # fmt: skip


_LINES = record.PARTS


def _parties(plan: Plan, rows: Mapping[str, list[tuple[str, dict[str, Any]]]]) -> dict[str, Party]:
    """Vendors with what the file says of them; what was known of a vendor before stays where the file is silent."""
    said: dict[str, dict[str, Any]] = {}
    for _, row in rows.get("parties", ()):
        values = {name: value for name, value in row.items() if name != "party" and value not in ("", None)}
        said.setdefault(key_of(row["party"]), {"name": row["party"]}).update(values)
    for part, of in _LINES.items():
        for _, row in rows.get(part, ()):
            line = of(**{name: value for name, value in row.items() if name != "party" and value is not None})
            said.setdefault(key_of(row["party"]), {"name": row["party"]}).setdefault(part, []).append(line)
    known = {key: party.disclosure or Disclosure() for key, party in plan.parties.items()}
    for values in said.values():
        values.update({part: tuple(values[part]) for part in _LINES if part in values})
    return {key: Party(key, replace(known.get(key, Disclosure()), **values)) for key, values in said.items()}
