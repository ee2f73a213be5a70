"""The worked cases of this folder: a ledger file, the kind it belongs to, and short ways to ask the standing."""

from datetime import date
from pathlib import Path

from kaname.procedure import Entry, Standing, bans, fold, warnings
from kaname.procedure.standing import Running
from kaname.regimes import kind
from walks import read_ledger

CASES = Path(__file__).parent / "cases"


def kind_of(entries: list[Entry]) -> str:
    head = entries[0].act.partition(".")[0]
    return f"patents.{head}" if head in ("prior_confirmation", "compensation", "guideline") else "patents.application"


def standing(name: str, day: str, judge: bool = False) -> Standing:
    """The standing of a worked case at the end of a day."""
    entries = read_ledger(CASES / f"{name}.jsonl")
    return fold(kind(kind_of(entries)), entries, date.fromisoformat(day), judge=judge)


def last_day(case: Standing, clock: str) -> str | None:
    found: Running = case.clocks[clock]
    return found.last_day.isoformat() if found.last_day else None


def banned(case: Standing, ban: str) -> bool:
    """Whether a ban `procedure.ban` is in force at the end of the standing's day."""
    return ban in {b.of.name for b in bans(case)}


def warned(case: Standing) -> str:
    return "\n".join(str(r) for r in warnings(case))
