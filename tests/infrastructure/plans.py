"""A plan of an operator on paper: its acts in order, for tests of pages and sentences. Days were counted by hand.

ledger(file("2024-08-10"), accept("2024-08-18"))      # the thirty days end on Monday 2024-09-16, a holiday
"""

from datetime import date
from typing import Any

from kaname.procedure import Accepted, Entry, Standing, decide, fold
from kaname.regimes import kind

PLAN = kind("infrastructure.plan")
OPERATOR = "架空電力株式会社"
PAPERS = {"plan": "導入等計画書", "measures": "リスク管理措置の説明書"}


def act(what: str, on: str, /, run: str = "", by: str = "", **data: Any) -> Entry:
    return Entry(what, date.fromisoformat(on), data, run=run, by=by, party=OPERATOR if by == "operator" else "")


def file(on: str, planned_on: str = "2024-12-20", **data: Any) -> Entry:
    given = {"facility": "需給監視装置", "content": "更新", "supplier": "見本制御株式会社", **PAPERS}
    return act("introduction_plan.file", on, by="operator", received_on=on, planned_on=planned_on, **{**given, **data})


def accept(on: str) -> Entry:
    return act("introduction_plan.accept", on, by="sector_minister", complete=True)


def extend(on: str, **data: Any) -> Entry:
    return act("extension_shortening.extend", on, by="sector_minister", needed=True, received_on=on, **data)


def recommend(consulted: str, on: str, run: str = "") -> list[Entry]:
    """Consulted, concluded, recommended; received on the day it is made."""
    minister = {"by": "sector_minister", "run": run}
    return [
        act("consultation_with_pm.mandatory", consulted, intended="recommendation", **minister),
        act("consultation_with_pm.close", on, **minister),
        act("recommendation_order.issue", on, great_risk=True, asks=["change"], received_on=on, **minister),
    ]


def ledger(*entries: Entry) -> list[Entry]:
    """Each judged upon those before it; an act that is refused is a fault of the test."""
    found: list[Entry] = []
    standing = fold(PLAN, (), entries[0].on)
    for entry in entries:
        answer = decide(standing, entry, {}, found)
        assert isinstance(answer, Accepted), (entry.act, [r.text.en for r in answer.reasons])
        found.append(answer.entry)
        standing = answer.standing
    return found


def standing(day: str, *entries: Entry) -> Standing:
    return fold(PLAN, ledger(*entries), date.fromisoformat(day))
