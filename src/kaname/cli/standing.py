"""`kaname standing`: where a case stands at the end of a day, and why."""

from datetime import date, datetime

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.cli.ledger_faults import before_the_regime, unknown_symbols
from kaname.cli.ledger_file import folded, out_of_order, read_ledger
from kaname.cli.standing_text import standing_text
from kaname.files.problems import BadInput
from kaname.law import T
from kaname.procedure import as_data
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.declare import CaseKind

_ABOUT = T("台帳から、その日の事件の姿を導く：禁止、次の期日、状態、期間、義務。",
           "Derive from the ledger where the case stands: bans, next dates, states, clocks, duties.")  # fmt: skip


@bilingual("standing", _ABOUT, "kaname standing patents.application ledger.jsonl --as-of 2025-06-01")
@argument("kind", show.KIND, type=Kind())
@argument("ledger", show.LEDGER)
@option("--as-of", type=CaseDay(), about=show.AS_OF)
@option(
    "--known-at",
    type=params.Instant(),
    about=T(
        "この時までに記録されたことだけで見る（日なら日本のその日の終わり）",
        "as known at this instant (a day: its end in Japan)",
    ),
)
@option(
    "--judge",
    is_flag=True,
    about=T(
        "記録された行為の要件も改めて問い、満たさないものを疑義として示す",
        "ask the conditions of recorded acts again, and note those not met as doubtful",
    ),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(
    kind: CaseKind, ledger: str, as_of: date | None, known_at: datetime | None, judge: bool, as_json: bool
) -> None:
    day = as_of or params.today()
    read = read_ledger(ledger, kind)
    standing = folded(kind, read, day, known_at, judge=judge)
    lang = language()
    data = as_data(standing, lang)
    if as_json:
        show.as_json(data)
    else:
        later = sum(entry.on > day for entry in read.entries)
        show.lines(standing_text(data, kind, lang, ends_by_time(standing), later))
    faults = (
        *out_of_order(kind, read, standing),
        *before_the_regime(kind, read, day),
        *unknown_symbols(kind, read),
    )
    if faults:
        raise BadInput(faults)  # the standing is shown all the same: acts in order keep their effect
