"""Consultations as one person may see them: what is asked, with whom it lies, at which level, what was answered.

Every list puts the condition of what the person may know of into its one statement: a consultation about a case that
is hidden, and a case that a consultation is hidden from, are absent.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.access import api as access
from kaname.access.models import Person
from kaname.access.predicate import outside_compartments, rows_visible_to, seen
from kaname.consult.models import Link
from kaname.law import T, Text
from kaname.ledger import clock, reading
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case
from kaname.procedure import Standing, duties
from kaname.regimes.general.inquiry import OPTIONS, SORT
from kaname.regimes.general.roles import ASKED, ASKING, GRADES

INQUIRY, OPINION = "general.inquiry", "general.opinion"
_GRADES = {grade.id: grade.label for grade in GRADES}
_OPEN = ("drafting", "returned", "approved", *(f"with_{grade.id}" for grade in GRADES))


@dataclass(frozen=True, slots=True)
class Signature:
    """One level that has signed, or returned nothing yet: who, when, which text."""

    name: str
    on: date
    version: int
    of_text: str
    absent: str = ""
    remark: str = ""
    dissents: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an opinion. `now`: the text lies here."""

    grade: str
    label: Text
    signature: Signature | None
    now: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion, for the authority whose it is."""

    case: str
    number: int
    authority: str
    state: str
    label: Text
    question: str
    outcome: Text | None
    text: str
    remains: str
    dissenting: str
    version: int
    digest: str
    returned_for: str
    levels: tuple[Level, ...]
    inquiry: str  # the id of the inquiry, "" where the person may not know of it

    @property
    def approved(self) -> bool:
        return self.state in ("approved", "issued")


@dataclass(frozen=True, slots=True)
class Consultation:
    """An inquiry. `parent`: the case it is about, "" where the person may not know of it; `act`: the act of that case
    that waits for it; `level`: where the other authority's opinion lies, None where it has not begun.
    """

    case: str
    number: int
    sort: Text
    asked: str
    asking: str
    subject: str
    question: str
    provision: str
    state: str
    label: Text
    waits_for: Text | None
    level: Text | None
    reply_by: date | None
    overdue: bool
    round: int
    outcome: Text | None
    answer: str
    answered_on: date | None
    act: str
    parent: str
    parent_number: int
    disclosed: tuple[tuple[str, str, str], ...] = ()  # what was told of the case: day, act, what it says

    @property
    def open(self) -> bool:
        return self.state in ("asked", "received", "partly_answered")


def asked_about(person: Person, case: str) -> list[Consultation]:
    """The inquiries about a case, the newest first. Raises UnknownCase."""
    found = access.find(person, case)
    links = Link.objects.filter(rows_visible_to(person, clock.today()), about=found, case__kind=INQUIRY)
    return [
        _consultation(person, link.case, found, link.act) for link in links.select_related("case").order_by("-case_id")
    ]


def listed(person: Person, most: int = 200) -> list[Consultation]:
    """The inquiries that the person may know of, the newest first."""
    today = clock.today()
    rows = list(seen(person, today).filter(kind=INQUIRY).order_by("-pk")[:most])
    parents = Link.objects.filter(case__in=rows, about__in=seen(person, today)).select_related("about")
    held = {link.case_id: link for link in parents}
    return [_consultation(person, row, *_about(held.get(row.pk))) for row in rows]


def of_inquiry(person: Person, case: str) -> Consultation | None:
    """The consultation of a case that is an inquiry; None for any other. Raises UnknownCase."""
    found = access.find(person, case)
    link = Link.objects.filter(case=found, about__in=seen(person, clock.today())).select_related("about").first()
    return _consultation(person, found, *_about(link)) if found.kind == INQUIRY else None


def _about(link: Link | None) -> tuple[Case | None, str]:
    return (link.about, link.act) if link else (None, "")


def _consultation(person: Person, row: Case, parent: Case | None, act: str) -> Consultation:
    standing = reading.standing(row.public_id)
    fact = _facts(standing, "inquiry")
    state = standing.state("inquiry")
    procedure = standing.kind.procedure("inquiry")
    clock_ = standing.clocks.get("inquiry.reply_by")
    open_ = state in ("asked", "received", "partly_answered")
    late = any(d.status == "overdue" for d in duties(standing) if d.of.duty.id == "reply")
    told = fact("answer") if state != "asked" or fact("answer") else None
    return Consultation(
        row.public_id, row.number, _option(SORT.options, fact("sort")) or T("", ""), fact("asked") or "",
        standing.parties.get(ASKING.id, ""), fact("subject") or "", fact("question") or "", fact("provision") or "",
        state, procedure.label_of(state), _waits(state), _level(person, row) if open_ else None,
        clock_.last_day if clock_ and open_ else None, late, int(fact("round") or 1),
        _option(OPTIONS, fact("outcome")) if told else None, told or "", fact("answered_on") if told else None, act,
        parent.public_id if parent else "", parent.number if parent else 0,
        tuple((str(d.get("on", "")), d.get("act", ""), d.get("says", "")) for d in fact("disclosed") or ()),
    )  # fmt: skip


def _waits(state: str) -> Text | None:
    if state in ("asked", "received", "partly_answered"):
        return ASKED.label
    return ASKING.label if state == "answered" else None


def _level(person: Person, inquiry: Case) -> Text | None:
    """Where the newest opinion on an inquiry lies. Its level and nothing of its text: that is the authority's own. Of
    one in a compartment of others not even that: it is not there."""
    links = Link.objects.filter(outside_compartments(person, clock.today()), about=inquiry, case__kind=OPINION)
    for link in links.select_related("case").order_by("-case_id"):
        state = reading.standing(link.case.public_id).state("opinion")
        if state in _OPEN:
            return kind(OPINION).procedure("opinion").label_of(state)
    return None


# -- opinions --------------------------------------------------------------------------------------------------------


def opinions(person: Person, inquiry: str) -> list[Opinion]:
    """The opinions on an inquiry that the person may know of, the newest first. Raises UnknownCase."""
    found = access.find(person, inquiry)
    links = Link.objects.filter(rows_visible_to(person, clock.today()), about=found, case__kind=OPINION)
    return [_opinion(link.case, found) for link in links.select_related("case").order_by("-case_id")]


def of_opinion(person: Person, case: str) -> Opinion | None:
    """The opinion of a case that is one; None for any other. Raises UnknownCase."""
    found = access.find(person, case)
    link = Link.objects.filter(case=found, about__in=seen(person, clock.today())).select_related("about").first()
    return _opinion(found, link.about if link else None) if found.kind == OPINION else None


def _opinion(row: Case, inquiry: Case | None) -> Opinion:
    standing = reading.standing(row.public_id)
    fact = _facts(standing, "opinion")
    state = standing.state("opinion")
    signed = [_signature(one) for one in fact("signatures") or ()]
    route = fact("route") or ()
    levels = tuple(
        Level(grade, _GRADES[grade], signed[i] if i < len(signed) else None,
              state == f"with_{grade}" and i == len(signed))
        for i, grade in enumerate(route)
    )  # fmt: skip
    return Opinion(
        row.public_id, row.number, fact("authority") or "", state, standing.kind.procedure("opinion").label_of(state),
        fact("question") or "", _option(OPTIONS, fact("outcome")), fact("text") or "", fact("remains") or "",
        fact("dissenting") or "", int(fact("version") or 0), fact("digest") or "",
        (fact("returned_for") or "") if state == "returned" else "", levels, inquiry.public_id if inquiry else "",
    )  # fmt: skip


def _signature(one: Any) -> Signature:
    return Signature(
        one.get("name") or one.get("person", ""), date.fromisoformat(one["on"]), int(one.get("version") or 0),
        one.get("of_text", ""), one.get("absent", ""), one.get("remark", ""), bool(one.get("dissents")),
    )  # fmt: skip


def _facts(standing: Standing, procedure: str) -> Any:
    return lambda name: standing.facts.get(f"{procedure}.{name}")


def _option(options: Any, id: str | None) -> Text | None:
    return next((o.label for o in options if o.id == id), None)
