"""How far a plan has come, as lists tell it: the state of the plan it is about, before that of the consultation."""

from datetime import date

from kaname.procedure import Entry, fold, stage
from kaname.regimes.infrastructure import KINDS

PLAN = next(k for k in KINDS if k.id == "infrastructure.plan")


def told(*acts: tuple[str, date]) -> tuple[str, str] | None:
    entries = [Entry(act, on, seq=i) for i, (act, on) in enumerate(acts, 1)]
    track = stage(fold(PLAN, entries, date(2026, 6, 1)))
    return track and (track.procedure, track.state)


def test_a_plan_tells_the_state_of_what_it_is_about():
    may = date(2026, 5, 7)
    asked, entrusted = ("prior_consultation.ask", may), ("entrusted_maintenance_plan.file", may)
    filed, accepted = ("introduction_plan.file", may), ("introduction_plan.accept", date(2026, 5, 8))
    assert told(asked) == ("prior_consultation", "requested")
    assert told(asked, filed) == ("introduction_plan", "filed")
    assert told(filed, accepted) == ("introduction_plan", "under_standstill")
    assert told(asked, entrusted) == ("entrusted_maintenance_plan", "filed")
