"""`kaname explain`: the working of a clock, or why a track stands where it does."""

import difflib
from datetime import date

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.cli.ledger_file import folded, read_ledger
from kaname.files.problems import BadInput, Problem, near
from kaname.law import T, Text
from kaname.procedure.declare import CaseKind
from kaname.procedure.explain import explain_clock, explain_state, find_clocks, status_text
from kaname.procedure.index import index
from kaname.procedure.standing import Standing

_ABOUT = T("期間なら数え方を、手続ならその状態になった理由を、条文とともに示す。",
           "Show the working of a clock, or how a procedure came to its state, with provisions.")  # fmt: skip


@bilingual("explain", _ABOUT, "kaname explain patents.application ledger.jsonl three_months")
@argument("kind", show.KIND, type=Kind())
@argument("ledger", show.LEDGER)
@argument(
    "clock",
    T(
        "期間又は手続（three_months、手続.期間、手続/run.期間、手続）",
        "clock or procedure (three_months, procedure.clock, procedure/run.clock, procedure)",
    ),
)
@option("--as-of", type=CaseDay(), about=show.AS_OF)
def command(kind: CaseKind, ledger: str, clock: str, as_of: date | None) -> None:
    standing = folded(kind, read_ledger(ledger, kind), as_of or params.today())
    lang = language()
    parts = [
        [f"{r.key}: {status_text(r)[lang]}", *explain_clock(r).lines(lang, standing.as_of, "  ")]
        for r in find_clocks(standing, clock)
    ]
    if clock in standing.tracks:
        parts.insert(0, explain_state(standing, clock).lines(lang, standing.as_of))
    if not parts:
        raise BadInput([Problem("CLOCK", 0, "", _nothing(standing, clock))])
    show.lines("\n\n".join("\n".join(part) for part in parts).splitlines())


def _nothing(standing: Standing, name: str) -> Text:
    """What there is instead: the clock exists in the kind but has not started, or the name is unknown."""
    declared = [c for c in index(standing.kind).clocks if name in (c, c.partition(".")[2])]
    known = [*standing.clocks, *standing.tracks]
    if declared:
        hint = near((), known)
        return T(f"「{name}」はまだ始まっていない；{hint.ja}", f"{name} has not started; {hint.en}")
    hint = near(difflib.get_close_matches(name, {*known, *(r.clock.id for r in standing.clocks.values())}, 3), known)
    return T(f"「{name}」という期間も手続もない；{hint.ja}", f"no clock or procedure {name!r}; {hint.en}")
