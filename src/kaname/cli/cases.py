"""`kaname show` and `kaname list`: where the office's cases stand."""

from datetime import date, datetime

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.cli.office import CASE, case_id, office
from kaname.cli.standing_text import standing_text
from kaname.law import T
from kaname.procedure import as_data
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.declare import CaseKind

_SHOW = T("事件が今どうなっているかを示す。", "Show where a case stands: bans, next dates, states, clocks, duties.")
_LIST = T("事件の一覧を、次の期日の順に示す。", "List the office's cases by their next due day.")
_KNOWN = T("この時までに記録されたことだけで見る", "as known at this instant (a day: its end in Japan)")


@bilingual("show", _SHOW, "kaname show 1 --as-of 2025-06-01")
@argument("case", CASE)
@option("--as-of", type=CaseDay(), about=show.AS_OF)
@option("--known-at", type=params.Instant(), about=_KNOWN)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def show_command(case: str, as_of: date | None, known_at: datetime | None, as_json: bool) -> None:
    day = as_of or params.today()
    with office():
        from kaname.ledger.api import entries, standing

        found = case_id(case)
        stands = standing(found, day, known_at)
        data = as_data(stands, language())
        later = sum(entry.on > day for entry in entries(found))
    if as_json:
        show.as_json({"case": found, **data})
        return
    show.lines(standing_text(data, stands.kind, language(), ends_by_time(stands), later))


@bilingual("list", _LIST, "kaname list --kind patents.application")
@option("--kind", type=Kind(), about=show.KIND)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(kind: CaseKind | None, as_json: bool) -> None:
    with office():
        from kaname.ledger.api import listed

        rows = [
            {
                "number": row.case.number, "case": row.case.public_id, "kind": row.kind, "state": row.state,
                "next_due_on": row.next_due_on, "next_change_on": row.next_change_on, "overdue": row.overdue,
                "breach": row.breach, "entries": row.head_seq, "version": row.version, "as_of": row.as_of,
            }
            for row in listed(kind.id if kind else "")
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    lang = language()
    flags = {"overdue": T("期限経過", "overdue"), "breach": T("違反", "breach")}
    head = [t[lang] for t in (T("番号", "no."), T("種類", "kind"), T("状態", "state"), T("次の期日", "next due"))]
    lines = [
        [str(r["number"]), str(r["kind"]), str(r["state"]), str(r["next_due_on"] or "-"),
         " ".join(text[lang] for name, text in flags.items() if r[name])]
        for r in rows
    ]  # fmt: skip
    show.lines(show.columns([head, *lines], indent=""))
