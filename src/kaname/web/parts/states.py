"""The legal states a reader must tell apart at a glance: each has its own icon, word, edge and fill (parts.css)."""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.procedure.declare import Force, Kind
from kaname.procedure.standing import Running

SOON = 14  # days ahead from which a last day is called near


@dataclass(frozen=True, slots=True)
class State:
    """One state as a tag. `word` may count days: {n}."""

    id: str
    icon: str
    word: Text


STATES = {
    s.id: s
    for s in (
        State("running", "▶", T("進行中", "running")),
        State("due_soon", "▲", T("期限まで{n}日", "{n} days left")),
        State("overdue", "!", T("期限超過 {n}日", "{n} days overdue")),
        State("stopped", "‖", T("停止中", "stopped")),
        State("met", "✓", T("履行済み", "met")),
        State("lapsed", "–", T("経過", "lapsed")),
        State("pending", "…", T("起算日待ち", "waiting to start")),
        State("ban", "禁", T("禁止", "forbidden")),
        State("freed", "○", T("解除", "freed")),
        State("unverified", "?", T("未確認", "unverified")),
    )
}
_TODAY = T("今日が期限", "due today")
_ONE = {"due_soon": T("期限まで1日", "1 day left"), "overdue": T("期限超過 1日", "1 day overdue")}
_BARE = {"due_soon": T("期限間近", "due soon"), "overdue": T("期限超過", "overdue")}


def word(state: str, days: int | None = None) -> Text:
    """The word of a state; `days`: how many are left, or how many it is over."""
    if state not in _BARE:
        return STATES[state].word
    if days is None:
        return _BARE[state]
    if days == 0:
        return _TODAY
    return _ONE[state] if days == 1 else STATES[state].word.fill(n=days)


def due_state(last_day: date | None, today: date) -> tuple[str, int | None]:
    """How something stands that must be done by a day: the state, and the days left or over."""
    if last_day is None:
        return "running", None
    left = (last_day - today).days
    if left < 0:
        return "overdue", -left
    return ("due_soon", left) if left <= SOON else ("running", left)


_WAITS = (Kind.STANDSTILL, Kind.TERM)  # their end is awaited, not missed


def clock_state(running: Running, today: date) -> tuple[str, int | None]:
    """How a clock stands on a day, and the days left or over where they matter."""
    if running.status != "running":
        return {"ended": "lapsed"}.get(running.status, running.status), None
    state, days = due_state(running.last_day, today)
    if running.clock.kind in _WAITS:
        return "running", None
    if state == "overdue" and running.clock.force is Force.TARGET:
        return "lapsed", None  # a target never changes anything: it is over, not missed
    return state, days
