"""A supply plan as a board shows it: how far the month of processing has gone, which consultation is still missing,
which yearly reports are due. Read off the standing; nothing is counted here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.procedure.standing import Running
from kaname.regimes.supply.applicants import Applicant, applicants
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product
from kaname.regimes.supply.plan import UNDER_REVIEW

TARGET = "plan.target"

# What one may look for on the board, and the states of a plan that answer to it.
GROUPS: dict[str, tuple[str, ...]] = {
    "review": UNDER_REVIEW, "before": ("draft", "pre_consultation"), "certified": ("certified",),
    "ended": ("refused", "withdrawn", "cancelled"),
    "all": ("draft", "pre_consultation", *UNDER_REVIEW, "certified", "refused", "withdrawn", "cancelled"),
}  # fmt: skip
_OPEN_CHANGES = ("change_submitted", "supplement_requested", "ministers_consulted")


@dataclass(frozen=True, slots=True)
class Month:
    """The month in which an application is to be decided: a target, whose end changes nothing. `waited`: days spent
    waiting for documents; whether they stop the month is not laid down (question 208). `met_on`: the decision."""

    first: date
    last: date
    met_on: date | None
    waited: int

    @property
    def net(self) -> date:
        """The last day, the days of waiting left out."""
        return self.last + timedelta(self.waited)

    def passed(self, today: date) -> int:
        """Days of the month that have gone, up to the decision."""
        return max(0, min(((self.met_on or today) - self.first).days + 1, self.days))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def is_over(self, today: date) -> bool:
        """Whether it went by without a decision, or the decision came after it."""
        return (self.met_on or today) > self.last


@dataclass(frozen=True, slots=True)
class Pending:
    """An application under review: the plan's own (`run` "") or a change. `consulted`: Art. 9(5) is on record."""

    run: str
    state: str
    label: Text
    month: Month | None
    consulted: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A yearly report that is owed: whose, of which year, by when (in principle), and whether that has passed."""

    applicant: Applicant
    year_end: date
    due: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`since`: from when the plan has stood in its state. `reports`: those owed now, the first due first."""

    product: Product | None
    item: str
    applicants: tuple[Applicant, ...]
    number: str
    state: str
    label: Text
    since: date | None
    period: tuple[date, date] | None
    funds: int | None
    grant: int | None
    pending: tuple[Pending, ...]
    reports: tuple[Report, ...]
    obstacles: tuple[str, ...]
    month: Month | None  # of the plan's own application, decided or not

    @property
    def lead(self) -> str:
        return self.applicants[0].party if self.applicants else ""

    @property
    def to_consult(self) -> tuple[Pending, ...]:
        """What cannot be certified yet because Art. 9(5) asks for a consultation first."""
        return tuple(p for p in self.pending if not p.consulted)


def plan_of(standing: Standing) -> Plan:
    """The plan of a case."""
    track = standing.tracks.get("plan")
    state = track.state if track else "draft"
    start, end = _day(standing.fact("plan.period_start")), _day(standing.fact("plan.period_end"))
    whole = tuple(applicants(standing.fact("plan.applicants")))
    return Plan(
        product=PRODUCTS.get(standing.fact("plan.product") or ""),
        item=str(standing.fact("plan.item") or ""),
        applicants=whole,
        number=str(standing.fact("plan.number") or ""),
        state=state,
        label=standing.kind.procedures[0].label_of(state),
        since=track.since if track else None,
        period=(start, end) if start and end else None,
        funds=standing.fact("plan.funds"),
        grant=standing.fact("plan.grant"),
        pending=tuple(_pending(standing)),
        reports=tuple(sorted(_reports(standing, whole), key=lambda r: (r.due, r.applicant.key))),
        obstacles=tuple(t.run for t in standing.tracks.values()
            if t.procedure == "annual_report" and t.state == "followed_up"),
        month=_month(standing, "plan", standing.clocks.get(TARGET)),
    )


def _pending(standing: Standing) -> Iterator[Pending]:
    for key, track in standing.tracks.items():
        is_open = track.state in (UNDER_REVIEW if track.procedure == "plan" else _OPEN_CHANGES)
        if track.procedure in ("plan", "plan_change") and is_open:
            declared = next(p for p in standing.kind.procedures if p.id == track.procedure)
            consulted = (f"{track.procedure}.consult", track.run) in standing.done
            yield Pending(track.run, track.state, declared.label_of(track.state),
                _month(standing, key, standing.clocks.get(f"{key}.target")), consulted)


def _month(standing: Standing, key: str, clock: Running | None) -> Month | None:
    if clock is None or clock.first_counted_day is None or clock.last_day is None or clock.status == "stopped":
        return None
    waited, asked = standing.fact(f"{key}.waited") or 0, _day(standing.fact(f"{key}.asked_on"))
    if asked and standing.tracks[key].state == "supplement_requested":
        waited += (standing.as_of - asked).days
    return Month(clock.first_counted_day, clock.last_day, clock.met_on, waited)


def _reports(standing: Standing, of: tuple[Applicant, ...]) -> Iterator[Report]:
    by_key = {a.key: a for a in of}
    for track in standing.tracks.values():
        key, _, year = track.run.partition(":")
        clock = standing.clocks.get(f"annual_report/{track.run}.report_due")
        if track.procedure != "annual_report" or not year or clock is None or clock.last_day is None:
            continue
        if clock.status in ("running", "ended") and track.state != "reported":
            yield Report(by_key.get(key) or Applicant(key, key, None), date.fromisoformat(year), clock.last_day,
                clock.status == "ended")


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


GROUP_WORDS: dict[str, Text] = {
    "review": T("審査中", "under review"), "before": T("事前相談", "before filing"),
    "certified": T("認定", "certified"), "ended": T("不認定・取下げ・取消し", "refused, withdrawn, cancelled"),
    "all": T("すべて", "all"),
}  # fmt: skip
