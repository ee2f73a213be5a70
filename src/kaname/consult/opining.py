"""Answering: an opinion is begun on an inquiry, and what the last level has signed goes out as the answer."""

from collections.abc import Sequence
from datetime import date

from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.consult.models import Link, Route
from kaname.consult.seen import OPINION, of_opinion
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.ledger.models import Case
from kaname.procedure import Entry, Refused
from kaname.regimes.general.roles import DRAFTER, GRADES

KNOWN = tuple(grade.id for grade in GRADES)
USUAL = ("section_head",)


def route(authority: str) -> tuple[str, ...]:
    """The levels by which an authority signs, from below; one level where nothing else was set."""
    found = Route.objects.filter(authority=authority).first()
    return tuple(found.grades.split()) if found else USUAL


def routes() -> dict[str, tuple[str, ...]]:
    """What the authorities have set."""
    return {r.authority: tuple(r.grades.split()) for r in Route.objects.order_by("authority")}


def set_route(authority: str, grades: Sequence[str]) -> None:
    """Set the levels of an authority. Raises NotAllowed for none, and for what is no grade."""
    unknown = [grade for grade in grades if grade not in KNOWN]
    if unknown or not grades:
        known = ", ".join(KNOWN)
        raise NotAllowed(T(f"段階は {known} から、下から順に", f"expected grades out of {known}, from below"),
                         field="grades")  # fmt: skip
    Route.objects.update_or_create(authority=authority, defaults={"grades": " ".join(grades)})


def begin(
    person: Person, inquiry: str, levels: Sequence[str], *, idempotency_key: str, on: date | None = None,
    internal_due: date | None = None,
) -> Receipt | Refused:  # fmt: skip
    """Begin an opinion on an inquiry, in the compartment of the inquiry. Raises UnknownCase."""
    found = access.find(person, inquiry)
    asked = access.see(person, inquiry).standing.facts.get("inquiry.asked")
    data = {"route": list(levels), **({"internal_due": internal_due.isoformat()} if internal_due else {})}
    entry = Entry("opinion.begin", on or clock.today(), data, by=DRAFTER.id, party=str(asked or ""))
    placement = getattr(found, "placement", None)
    return access.open_case(
        person, OPINION, entry, idempotency_key=idempotency_key, context={"inquiry": inquiry},
        compartment=placement.compartment.public_id if placement else "",
        beside=lambda pk: _link(pk, found, person),
    )  # fmt: skip


def _link(case: int, inquiry: Case, by: Person) -> None:
    Link.objects.create(case_id=case, about=inquiry, made_by=by)


def answer(
    person: Person, inquiry: str, opinion: str, *, idempotency_key: str, on: date | None = None
) -> Receipt | Refused:
    """Send out what the last level has signed, and note in the opinion that it went out.

    The answer is the first of the two acts; where the second fails (nobody here may do it), the opinion says for itself
    that it is still to be noted. Raises UnknownCase.
    """
    found = of_opinion(person, opinion)
    if found is None or found.inquiry != inquiry:
        raise NotAllowed(_OTHER, field="opinion")
    partly = access.see(person, opinion).standing.facts.get("opinion.outcome") == "partly"
    day = on or clock.today()
    act = "inquiry.answer_partly" if partly else "inquiry.answer"
    done = access.act(
        person, inquiry, Entry(act, day, {"received_on": day.isoformat()}), idempotency_key=idempotency_key,
        context={"opinion": opinion},
    )  # fmt: skip
    if isinstance(done, Receipt):
        note = Entry("opinion.issue", day, by=DRAFTER.id, party=found.authority)
        access.act(person, opinion, note, idempotency_key=f"{idempotency_key}.issue"[-128:])
    return done


_OTHER = T("この照会への意見ではない", "this is no opinion on this inquiry")
