"""A plan as a board shows it: its go-live, the standstill and its extension, what an order needs, and from when it is
free, in the usual course and at worst. Read off the standing; nothing is counted here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import Text
from kaname.procedure import Standing
from kaname.procedure.standing import Running
from kaname.regimes.infrastructure.standstill import standstill_days
from kaname.regimes.infrastructure.subjects import PENDING

ONE = timedelta(1)
PROCEDURES = ("introduction_plan", "entrusted_maintenance_plan")
STANDSTILL = "extension_shortening.standstill"

# What one may look for on the board, and the states of a plan that answer to it.
BEFORE = ("drafting", "filed", "returned_for_defects")
UNDER_ORDER = ("accepted_recommendation", "ordered", "changed_plan_filed")
FREE = ("cleared_by_lapse", "may_proceed")
DONE = ("introduced", "maintenance_running")
GROUPS: dict[str, tuple[str, ...]] = {
    "open": (*BEFORE, *PENDING, *UNDER_ORDER, *FREE), "before": BEFORE, "review": PENDING, "decided": UNDER_ORDER,
    "free": FREE, "done": (*DONE, "maintenance_ended"), "stopped": ("stopped",),
}  # fmt: skip


def within(group: str) -> dict[str, tuple[str, ...]]:
    """The states of a group, by procedure."""
    return dict.fromkeys(PROCEDURES, GROUPS[group])


@dataclass(frozen=True, slots=True)
class Plan:
    """`standstill`: its first and last day; `thirty`: the last of the thirty days, where it was extended past them.

    `free`: the first day on which time frees it, `worst`: the same if it is extended to the cap (None where it cannot
    be any more). `useful`: the last useful day for a recommendation. `order`: first and last day on which an order can
    be given. `matter`: the introduction, or the entrustment.
    """

    operator: str
    matter: Text
    procedure: str
    facility: str
    supplier: str
    state: str
    label: Text
    go_live: date | None
    accepted_on: date | None
    standstill: tuple[date, date] | None
    thirty: date | None
    free: date | None
    worst: date | None
    useful: date | None
    order: tuple[date, date] | None
    changes: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Whether the deed is done, or will not be."""
        return self.state in (*GROUPS["done"], *GROUPS["stopped"])

    @property
    def too_early(self) -> bool:
        """Whether the planned day lies within the standstill."""
        return bool(not self.over and self.go_live and self.standstill and self.go_live <= self.standstill[1]
            and self.free and self.go_live < self.free)


def plan_of(standing: Standing) -> Plan | None:
    """The plan of a case; None where none was begun (a consultation, an emergency)."""
    procedure = next((p for p in PROCEDURES if standing.state(p)), None)
    if procedure is None:
        return None
    declared = next(p for p in standing.kind.procedures if p.id == procedure)
    state = standing.state(procedure)
    clock, cap = standing.clocks.get(STANDSTILL), standing.clocks.get("extension_shortening.longest")
    accepted = _day(standing.fact(f"{procedure}.accepted_on"))
    span = (clock.first_counted_day, clock.last_day) if clock and clock.first_counted_day and clock.last_day else None
    thirty = standstill_days(accepted)[0] if accepted else None
    live = {"introduction_plan": "planned_on", "entrusted_maintenance_plan": "period_from"}[procedure]
    party = {"introduction_plan": "supplier", "entrusted_maintenance_plan": "entrustee"}[procedure]
    return Plan(
        operator=standing.parties.get("operator", ""),
        matter=declared.label,
        procedure=procedure,
        facility=str(standing.fact(f"{procedure}.facility") or ""),
        supplier=str(standing.fact(f"{procedure}.{party}") or ""),
        state=state,
        label=declared.label_of(state),
        go_live=_day(standing.fact(f"{procedure}.{live}")),
        accepted_on=accepted,
        standstill=span,
        thirty=thirty if span and thirty and thirty < span[1] else None,
        free=_free(standing, procedure, state, clock),
        worst=cap.last_day + ONE if state in PENDING and cap and cap.status == "running" and cap.last_day else None,
        useful=_running(standing.clocks.get("extension_shortening.useful_recommendation")),
        order=_order(standing, clock),
        changes=tuple(t.run for t in standing.tracks.values() if t.procedure == "plan_change"),
    )


def _free(standing: Standing, procedure: str, state: str, clock: Running | None) -> date | None:
    """The day after the standstill, if no other ban holds on; the day of the changed plan where Art. 52(9) frees."""
    if clock is None or clock.last_day is None or state in ("accepted_recommendation", "ordered", "stopped"):
        return None
    if state == "changed_plan_filed" and clock.status == "stopped":
        return standing.tracks[procedure].since
    return clock.last_day + ONE


def _running(clock: Running | None) -> date | None:
    return clock.last_day if clock and clock.status == "running" else None


def _order(standing: Standing, clock: Running | None) -> tuple[date, date] | None:
    """From the refusal, or the day after the ten days of the answer, to the end of the standstill (Art. 52(10))."""
    track = standing.tracks.get("recommendation_order")
    if track is None or clock is None or clock.last_day is None or clock.status != "running":
        return None
    reply = standing.clocks.get("recommendation_order.reply_due")
    if track.state in ("refused_with_reasons", "no_reply"):
        first = track.since
    elif track.state == "recommended" and reply and reply.last_day:
        first = reply.last_day + ONE
    else:
        return None
    return (first, clock.last_day) if first <= clock.last_day else None


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
