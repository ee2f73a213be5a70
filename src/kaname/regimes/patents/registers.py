"""The registers of Chapter 5 out of standings: designations and their renewal, sharing operators, the docket of clocks.

Pure views for pages, papers and files. What is not in the ledger is left blank, never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.days import DayError, previous_open_day
from kaname.law import Bases, Text
from kaname.procedure import Standing, duties
from kaname.procedure.index import index
from kaname.procedure.standing import Running, Track, track_key
from kaname.regimes.patents.designation import UNTIL_NOTICE
from kaname.regimes.patents.proper_management import proper_management
from kaname.regimes.patents.security_review import STANDING
from kaname.regimes.patents.sharing_operator_change import sharing_operator_change

DESIGNATED = {"designation": UNTIL_NOTICE}  # for `access.standings(within=)`
RENEWABLE = {"designation": STANDING}


@dataclass(frozen=True, slots=True)
class Designation:
    """One designation that stands, or that is over and whose notice has not come (法70条、77条).

    `last_day`: of the period as it runs. `act_by`: the last day on or before it on which the offices are open. `heard`:
    the applicant was heard before an extension. `operators`: the sharing operators on record.
    """

    state: str
    label: Text
    designated_on: date
    noticed_on: date | None
    last_day: date | None
    act_by: date | None
    extensions: int
    heard: bool
    operators: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return self.state in STANDING


def designation_of(standing: Standing) -> Designation | None:
    track = standing.tracks.get("designation")
    if track is None or track.state not in UNTIL_NOTICE:
        return None
    term = standing.clocks.get("designation.term")
    last = term.last_day if term else None
    return Designation(
        track.state, _label(standing, track), standing.facts["designation.designated_on"],
        standing.fact("designation.notice_arrives_on"), last, _open_day(last),
        sum(s.how == "extended" for s in term.set_by) if term else 0, track.state == "extension_hearing",
        tuple(o.operator for o in operators_of(standing)),
    )  # fmt: skip


def _open_day(last: date | None) -> date | None:
    try:
        return previous_open_day(last) if last else None
    except DayError:  # beyond the calendar of holidays
        return last


@dataclass(frozen=True, slots=True)
class Operator:
    """A sharing operator (発明共有事業者) of a case: as named, approved or applied for, its measures, what it owes."""

    operator: str
    state: str
    label: Text
    since: date | None
    measures: Text | None
    owes: tuple[tuple[Text, date | None, str, Bases], ...]  # duty, last day, status, provisions


def operators_of(standing: Standing) -> tuple[Operator, ...]:
    tracks = [t for t in standing.tracks.values() if t.procedure == sharing_operator_change.id]
    return tuple(_operator(standing, track) for track in tracks)


def _operator(standing: Standing, track: Track) -> Operator:
    management = standing.tracks.get(track_key(proper_management.id, track.run))
    mine = (sharing_operator_change.id, proper_management.id)
    owes = tuple(
        (d.of.duty.label, d.due, d.status, d.of.duty.basis)
        for d in duties(standing)
        if d.run == track.run and d.of.procedure.id in mine and d.status in ("open", "overdue")
    )
    return Operator(
        track.run, track.state, _label(standing, track), track.since if track.since > date.min else None,
        _label(standing, management) if management else None, owes,
    )  # fmt: skip


def _label(standing: Standing, track: Track) -> Text:
    return index(standing.kind).procedures[track.procedure].label_of(track.state)


def clocks_between(standing: Standing, first: date, last: date) -> Iterable[Running]:
    """The clocks whose last day lies between two days, both included: running ones and those met, by last day."""
    found = (r for r in standing.clocks.values() if r.status in ("running", "met", "ended"))
    return sorted((r for r in found if r.last_day and first <= r.last_day <= last), key=lambda r: (r.last_day, r.key))
