"""`kaname trace`: who did what, and what the law did, line by line."""

from datetime import date

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.cli.ledger_file import folded, read_ledger
from kaname.law import T
from kaname.procedure import trace
from kaname.procedure.declare import CaseKind

_ABOUT = T("台帳を一行ずつたどる：誰が何をし、法律が何をし、どの期間が始まり+ 止まり - 果たされたか =。",
           "The ledger line by line: acts, what the law did, clocks started +, stopped -, met =.")  # fmt: skip


@bilingual("trace", _ABOUT, "kaname trace patents.application ledger.jsonl --as-of 2025-06-01")
@argument("kind", show.KIND, type=Kind())
@argument("ledger", show.LEDGER)
@option("--as-of", type=CaseDay(), about=show.AS_OF)
def command(kind: CaseKind, ledger: str, as_of: date | None) -> None:
    day = as_of or params.today()
    read = read_ledger(ledger, kind)
    folded(kind, read, day)  # names the line of an entry whose days cannot be counted
    show.lines(trace(kind, read.entries, day, language()))
