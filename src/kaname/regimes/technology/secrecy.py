"""The register of persons bound to secrecy (Arts. 62(7), 63(5), 64(4)): who, since when, by what, with which papers.

    register({"光通信協議会": standing, ...}) -> rows, one for each person and case, in order of names
    no_papers(standing, person, item) -> why the person may have no papers of the case, or None
    unregistered(standing) -> what was handed to somebody whom no register names

Pure, and read off standings alone: as of the day of each. A row is never taken out again, since neither leaving nor a
suspension, a dissolution or the end of a commission ends the duty; what changes is what stands beside it. Persons are
told apart by the name under which the case registers them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kaname.law import Bases, Text
from kaname.law.laws import art
from kaname.procedure import Standing
from kaname.procedure.index import index
from kaname.procedure.view import View
from kaname.regimes.technology.persons import MEMBERSHIP, SHARING, Engaged, engaged, member_for, no_access

COUNCIL, FUND_COUNCIL, COMMISSION = "council", "fund_council", "research_commission"
_BY: Mapping[str, tuple[Bases, str]] = {
    COUNCIL: (art("62(7)"), "PEN-95-1-1b"),
    FUND_COUNCIL: (art("62(7)", "63(5)"), "PEN-95-1-1c"),
    COMMISSION: (art("64(4)"), "PEN-95-1-1d"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """An item of a council in the hands of a person. `member`: for whom the person worked when it was handed over."""

    item: str
    title: str
    secret: bool | None
    handed_on: date
    member: str
    opened_on: tuple[date, ...] = ()
    back_on: date | None = None
    how: str = ""  # returned | destroyed


@dataclass(frozen=True, slots=True)
class Bound:
    """A person bound by a case. `left_on` is the last day of the work; the duty outlives it."""

    person: str
    case: str
    by: str  # council | fund_council | research_commission
    name: str
    since: date
    member: str = ""
    organisation: str = ""
    role: str = ""
    scope: str = ""
    consented_on: date | None = None
    registered_on: date | None = None
    explained_on: date | None = None
    suspended_since: date | None = None
    left_on: date | None = None
    items: tuple[Held, ...] = ()

    @property
    def basis(self) -> Bases:
        return _BY[self.by][0]

    @property
    def penalty(self) -> str:
        """The row of the penalty table."""
        return _BY[self.by][1]

    @property
    def in_hand(self) -> tuple[Held, ...]:
        """What was neither returned nor destroyed."""
        return tuple(h for h in self.items if h.back_on is None)

    def bound_on(self, day: date) -> bool:
        """Whether the duty binds on a day: from its first day on, and for good."""
        return self.since <= day


def register(cases: Mapping[str, Standing]) -> tuple[Bound, ...]:
    """Everyone bound by these cases, each standing being read as of its day."""
    rows = [row for case, standing in cases.items() for row in _bound_by(case, standing)]
    return tuple(sorted(rows, key=lambda r: (r.person, r.since, r.case)))


def no_papers(standing: Standing, person: str, item: str = "") -> Text | None:
    """Why a person may have no papers of a council, or not those of an item; None where nothing stands against it."""
    view = _view(standing, MEMBERSHIP)
    if member_for(view, person) is None:
        return no_access(view, person)
    if not item:
        return None
    held = next((h for h in _items(view).get(person, ()) if h.item == item), None)
    if held is None:
        return Text(f"{person} には渡されていない（{item}）", f"{item} was not handed to {person}")
    if held.back_on:
        return Text(f"{person} は {held.back_on} に返却・廃棄した（{item}）",
            f"{person} returned or destroyed {item} on {held.back_on}")
    return None


def unregistered(standing: Standing) -> tuple[tuple[str, str, date], ...]:
    """(item, person, day) of what was handed to somebody who was on no register of a member in office."""
    if not _is_council(standing):
        return ()
    view = _view(standing, SHARING)
    return tuple((item, person, view.fact("shared_on", item))
        for item in view.runs() for person, member in view.fact("handed", item) or () if not member)


# -- councils --------------------------------------------------------------------------------------------------------

def _is_council(standing: Standing) -> bool:
    return standing.kind.id == "technology.council"

def _view(standing: Standing, procedure: str) -> View:
    return View(index(standing.kind), standing, standing.kind.procedure(procedure), "", standing.as_of, None)

def _bound_by(case: str, standing: Standing) -> Iterator[Bound]:
    if not _is_council(standing):
        yield from _by_commission(case, _view(standing, COMMISSION))
        return
    view = _view(standing, MEMBERSHIP)
    by = FUND_COUNCIL if view.state(FUND_COUNCIL) else COUNCIL
    found: dict[str, Bound] = {}
    for run in view.runs():
        for row in _of_member(case, by, view, run):
            found[row.person] = _together(found[row.person], row) if row.person in found else row
    items = _items(view)
    yield from (replace(row, items=items.get(row.person, ())) for row in found.values())

def _of_member(case: str, by: str, view: View, run: str) -> Iterator[Bound]:
    """A researcher is bound as a member; whoever works for a member, from the day that names the person."""
    joined, left = view.fact("joined_on", run), view.fact("left_on", run)
    if joined is None:
        return
    name = view.fact(f"{by}.council_name") or ""
    row = Bound("", case, by, name, joined, run, consented_on=view.fact("consented_on", run), left_on=left,
        suspended_since=view.since(MEMBERSHIP, run) if view.state(MEMBERSHIP, run) == "suspended" else None)
    member = view.fact("member", run)
    if member and view.fact("party_type", run) == "researcher":
        yield replace(row, person=member, role=view.fact("role", run) or "")
    yield from (_of_person(row, e) for e in engaged(view, run))

def _of_person(row: Bound, e: Engaged) -> Bound:
    """The row of a person registered; who had left before the member did, left then."""
    return replace(row, person=e.name, since=e.registered_on or row.since, organisation=e.organisation, role=e.role,
        scope=e.scope, registered_on=e.registered_on, explained_on=e.explained_on, left_on=e.until or row.left_on)

def _together(a: Bound, b: Bound) -> Bound:
    """Two entries of one person in one case: bound since the earlier, gone only where both are over."""
    over = max(a.left_on, b.left_on) if a.left_on and b.left_on else None
    return replace(b, since=min(a.since, b.since), left_on=over, consented_on=a.consented_on or b.consented_on,
        registered_on=min((d for d in (a.registered_on, b.registered_on) if d), default=None),
        explained_on=min((d for d in (a.explained_on, b.explained_on) if d), default=None),
        suspended_since=b.suspended_since if a.left_on else a.suspended_since if b.left_on else
            a.suspended_since and b.suspended_since,
        organisation=b.organisation or a.organisation, role=b.role or a.role, scope=b.scope or a.scope)

def _items(view: View) -> dict[str, tuple[Held, ...]]:
    """What was handed to each person, in order of the items: read once for the whole case."""
    found: dict[str, list[Held]] = {}
    for item in view.runs(SHARING):
        opened: dict[str, list[date]] = {}
        for person, day in view.fact(f"{SHARING}.opened", item) or ():
            opened.setdefault(person, []).append(day)
        all_back = (view.fact(f"{SHARING}.returned_on", item), view.fact(f"{SHARING}.how", item) or "")
        own_back = {person: (day, how) for person, day, how in view.fact(f"{SHARING}.back", item) or ()}
        for person, member in dict(view.fact(f"{SHARING}.handed", item) or ()).items():
            back, how = own_back.get(person, all_back)
            found.setdefault(person, []).append(Held(item, view.fact(f"{SHARING}.title", item) or "",
                view.fact(f"{SHARING}.secret", item), view.fact(f"{SHARING}.shared_on", item), member,
                tuple(opened.get(person, ())), back, how))
    return {person: tuple(items) for person, items in found.items()}


# -- the commissioned study ------------------------------------------------------------------------------------------

def _by_commission(case: str, view: View) -> Iterator[Bound]:
    """Officers and staff of the body (Art. 64(4))."""
    body, ended = view.fact("body") or "", view.fact("ended_on")
    found: dict[str, Bound] = {}
    for e in (Engaged(*row) for row in view.fact("persons") or ()):
        row = _of_person(Bound("", case, COMMISSION, view.fact("questions") or "", view.fact("commissioned_on"), body,
            left_on=ended), e)
        found[e.name] = _together(found[e.name], row) if e.name in found else row
    yield from found.values()
