"""`kaname intake`: a docket of applications into the office's ledger, a case each."""

from collections.abc import Hashable, Iterator
from typing import Any

import click

from kaname.cli import show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import office
from kaname.cli.params import iso_day, today
from kaname.cli.progress import progress
from kaname.files.batches import Batch, Fault
from kaname.files.formats import FORMATS
from kaname.files.problems import ENOUGH, BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T
from kaname.procedure import Entry
from kaname.procedure.forms import in_calendar
from kaname.procedure.show import reason_data

KIND, ACT = "patents.application", "first_review.file"
_NAME, _DAY = "application_id", "filing_date"
_TAKEN = {"ipc": "ipc", "title": "title", "abstract": "abstract", "claims": "claims"}
_ABOUT = T("出願一覧（CSV、JSON Lines、Parquet）を取り込み、一件ごとに事件を起こす。二度取り込んでも二重にならない。",
           "Take in a docket (CSV, JSON Lines, Parquet), a case an application; twice has no effect.")  # fmt: skip
_FILE = T(
    "application_id、filing_date、ipc の列（title もあれば）のある表", "table with application_id, filing_date, ipc"
)


@bilingual("intake", _ABOUT, "kaname intake docket.csv")
@argument("file", _FILE)
@option("--format", "form", type=click.Choice(FORMATS), about=T("表の形式", "format of the table"))
@option("--encoding", default="utf-8", about=T("文字コード", "encoding"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, file: str, form: str | None, encoding: str, as_json: bool) -> None:
    problems: list[Problem] = []
    with office(), progress() as told:
        from kaname.ledger.api import intake

        done = intake(KIND, _filed(file, form, encoding, problems), alike=_alike, progress=told)
    lang = language()
    refused = [
        Problem(file, 0, name, T(f"{place} 件目：{reason.text.ja}", f"row {place}: {reason.text.en}"))
        for place, name, reasons in done.refused for reason in reasons
    ]  # fmt: skip
    if as_json:
        reasons = [{"row": p, "name": n, "reasons": [reason_data(r, lang, today()) for r in rs]}
                   for p, n, rs in done.refused]  # fmt: skip
        show.as_json({"taken": done.taken, "repeated": done.repeated, "refused": reasons})
    else:
        show.lines([said(T(f"{done.taken} 件を取り込んだ（既にあったもの {done.repeated} 件）",
                           f"{done.taken} cases taken in ({done.repeated} were there already)"))])  # fmt: skip
    if problems or refused:
        raise BadInput([*problems, *refused])
    ctx.exit(0)


def _filed(file: str, form: str | None, encoding: str, problems: list[Problem]) -> Iterator[Any]:
    from kaname.ledger.api import Filed

    with open_reader(file, form, encoding) as reader:
        missing = [name for name in (_NAME, _DAY) if name not in reader.names]
        if missing:
            text = T(f"列がない：{'、'.join(missing)}", f"missing columns: {', '.join(missing)}")
            raise BadInput([Problem(file, 1, "", text)])
        wanted = {name: name for name in (_NAME, _DAY, *_TAKEN) if name in reader.names}
        for batch in read(reader, wanted):
            problems += [_problem(file, batch, fault) for fault in batch.faults][: ENOUGH - len(problems)]
            for i, row in enumerate(_rows(batch)):
                day = iso_day((row[_DAY] or "").strip())
                if not row[_NAME] or day is None or not in_calendar(day):
                    problems.append(_unusable(file, batch.first + i + 1, row))
                    continue
                data = {field: row[name] for name, field in _TAKEN.items() if row.get(name)}
                yield Filed(row[_NAME], Entry(ACT, day, {"application_number": row[_NAME], **data}))


def _unusable(file: str, place: int, row: dict[str, Any]) -> Problem:
    if not row[_NAME]:
        return Problem(file, 0, _NAME, T(f"{place} 件目：空；番号を", f"row {place}: empty; expected a number"))
    day = row[_DAY] or ""
    text = T(f"{place} 件目：「{day}」は使えない；2025-02-28 のような日を",
             f"row {place}: cannot be used: {day!r}; expected a day such as 2025-02-28")  # fmt: skip
    return Problem(file, 0, _DAY, text)


def _alike(entry: Entry) -> Hashable:
    """Filed on one day and alike in all but the number, which no rule reads."""
    return entry.on, *(str(entry.data.get(field)) for field in _TAKEN.values())


def _rows(batch: Batch) -> Iterator[dict[str, Any]]:
    columns = {name: column.to_pylist() for name, column in batch.columns.items()}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _problem(file: str, batch: Batch, fault: Fault) -> Problem:
    place = batch.first + max(fault.row, 0) + 1
    text = T(f"{place} 件目：{fault.expected.ja}", f"row {place}: expected {fault.expected.en}")
    return Problem(file, fault.line, fault.field, text)
