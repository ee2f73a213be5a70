"""`kaname technology secrecy`: everyone whom the councils and studies of these ledgers bind to secrecy."""

from datetime import date

from kaname.cli import params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.technology_cases import LEDGERS, standings
from kaname.law import T
from kaname.regimes.technology.as_data import bound
from kaname.regimes.technology.secrecy import Bound, register

_ABOUT = T(
    "協議会と調査研究の台帳から、誰が、いつから、退いた後も秘密を守る義務を負うかを示す。義務は終わらない。",
    "From ledgers of councils and commissioned studies: who is bound to secrecy, since when, and who has left. "
    "The duty does not end.",
)
_COUNCIL, _STUDY = "technology.council", "technology.research_commission"
_LEFT, _UNTOLD = T("退いた", "left"), T("説明の日なし", "not explained")


@bilingual("secrecy", _ABOUT, "kaname technology secrecy council.jsonl", "kaname technology secrecy *.jsonl --json")
@argument("ledgers", LEDGERS, nargs=-1, required=True)
@option("--as-of", type=params.Day(), metavar="DAY", about=show.AS_OF)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(ledgers: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    day = as_of or params.today()
    told = {name: at for name, at in standings(ledgers, day) if at.kind.id in (_COUNCIL, _STUDY)}
    rows = register(told)
    if as_json:
        show.as_json({"on": day.isoformat(), "persons": [{**bound(row), "ledger": row.case} for row in rows]})
    else:
        show.lines(show.columns([_row(row) for row in rows]))


def _row(of: Bound) -> list[str]:
    lang = language()
    explained = of.explained_on.isoformat() if of.explained_on else _UNTOLD[lang]
    left = f"{_LEFT[lang]} {of.left_on}" if of.left_on else ""
    return [of.person, of.organisation, of.since.isoformat(), explained, left, of.penalty, of.name]
