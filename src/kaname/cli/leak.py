"""`kaname leak-report`: what a report of a leak needs, out of the record, in a moment."""

import json
from datetime import date

import click

from kaname.cli import outfile, params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_ABOUT = T("漏えいの報告を、閲覧の記録、承認、複製の簿冊から下書きする。",
           "Draft the report of a leak from the log of readings, approvals and copies.")  # fmt: skip
_DAY = params.Day()


@bilingual("leak-report", _ABOUT, "kaname leak-report 1 --since 2026-11-01 --out leak.pdf --by hanako@example.jp")
@argument("case", CASE)
@option("--since", type=_DAY, required=True, about=T("この日から", "from this day on"))
@option("--until", type=_DAY, default=None, about=T("この日まで（既定は今日）", "up to this day (default: today)"))
@option("--format", "form", type=click.Choice(("pdf", "xlsx", "json")), default="pdf", about=T("形", "form"))
@option("--out", default="-", about=T("書き出すファイル（既定は標準出力）", "file (default: standard output)"))
@option("--by", required=True, type=EMAIL, about=T("誰の権限で読むか", "with whose rights it is read"))
def command(case: str, since: date, until: date | None, form: str, out: str, by: str) -> None:
    with office():
        from kaname.access.api import AccessError, UnknownCase
        from kaname.ledger import clock
        from kaname.papers.leak import report
        from kaname.typeset import Unprintable

        try:
            made = report(person(by), case_id(case), since, until or clock.today(), language())
            raw = made.pdf() if form == "pdf" else made.xlsx() if form == "xlsx" else _json(made.data)
        except UnknownCase:
            raise BadInput([Problem("CASE", 0, "", T("該当する事件はない", "there is no such case"))]) from None
        except (AccessError, Unprintable) as wrong:
            of = {"since": "--since", "until": "--until" if until else "--since"}
            raise BadInput([Problem(of.get(getattr(wrong, "field", ""), "CASE"), 0, "", wrong.text)]) from None
    outfile.write(out, raw)
    if out != "-":
        show.lines([said(T(f"{out}：{len(raw):,} バイト", f"{out}: {len(raw):,} bytes"))])


def _json(data: dict[str, object]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
