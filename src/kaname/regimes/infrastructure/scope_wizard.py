"""Must a plan be filed (Art. 52(1))? Four questions, answered inside, outside or ask, each with why and provision.

    criteria   does the business meet the criteria of its ministry (Art. 50(1))
    operator   is it a designated operator outside its grace (Arts. 50, 53)
    facility   is the object a critical facility of its business (orders Art. 1)
    event      is it an introduction or an entrustment that must be filed (Art. 52(1), before and since 2026-09-18)

`assess(situation)` puts them together: plan, emergency notice, nothing, or ask. Pure: the day of the event decides.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.days import Period
from kaname.law import Bases, T, Text
from kaname.law.laws import art
from kaname.regimes.infrastructure import scope_event
from kaname.regimes.infrastructure.answers import Answer, Need, Verdict, Why, ask, inside, outside
from kaname.regimes.infrastructure.catalogue import business, facility, sector, under_order
from kaname.regimes.infrastructure.catalogue.model import Business, Facility, Sector
from kaname.regimes.infrastructure.grace_days import AcceptBy, accept_by
from kaname.regimes.infrastructure.scope_operator import (
    by_test,
    criteria,
    listed_later,
    not_in_force,
    operator,
    which_business,
)
from kaname.regimes.infrastructure.situation import Situation
from kaname.regimes.infrastructure.versions import ACT_38_MAIN, REVIEW

NO_FACILITY = "none"


class Route(StrEnum):
    """What follows: a plan beforehand, an emergency notice afterwards, nothing, or the missing facts first."""

    PLAN = "plan"
    EMERGENCY_NOTICE = "emergency_notice"
    NOTHING = "nothing"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Scope:
    """The answers, what follows, and the days that go with it."""

    sector: Sector
    business: Business | None
    facility: Facility | None
    order: str
    ministry: Text
    criteria: Answer
    operator: Answer
    facility_answer: Answer
    event: Answer
    plan: Answer
    route: Route
    grace: Period | None = None
    accept_by: AcceptBy | None = None


def assess(s: Situation) -> Scope:
    """The whole answer. Raises NotInCatalogue for a sector, business or facility that does not exist."""
    of = sector(s.sector)
    within = business(s.business, of) if s.business else of.businesses[0] if len(of.businesses) == 1 else None
    order = of.order(within, s.on)
    meets = criteria(s, of, within, order)
    who, running = operator(s, of, meets)
    item, item_answer = _facility(s, of, within, order)
    if who.verdict is not Verdict.OUTSIDE:
        who, running = listed_later(s, item, who, running)
    event = scope_event.answer(s.event, s.on, s.supplier, s.third_party_facility, s.third_party_component)
    emergency = scope_event.emergency(s.emergency, order)
    plan, route = _together(s.on, (who, item_answer, event), emergency)
    by = accept_by(s.on) if route is Route.PLAN else None
    return Scope(of, within, item, order, of.ministry(within, s.on), meets, who, item_answer, event, plan, route,
        running, by)


# -- the object -------------------------------------------------------------------------------------------------------


def _facility(s: Situation, of: Sector, within: Business | None, order: str) -> tuple[Facility | None, Answer]:
    """Whether the object is a specified critical facility (特定重要設備) of the business."""
    basis: Bases = (*art("50(1)"), *under_order("facilities", order))
    if not_yet := not_in_force(of, s.on):
        return None, not_yet
    if s.facility == NO_FACILITY:
        return None, outside(Why(T("特定重要設備でない", "not a critical facility"), basis))
    if s.facility_listed_on is not None and s.on < s.facility_listed_on:
        return None, outside(Why(T(f"{s.facility_listed_on} の改正まで、特定重要設備でない",
            f"not a critical facility before the amendment of {s.facility_listed_on}"), (*basis, *art("53(2)"))))
    if within is None:
        return None, ask(Why(T("事業が分からず、設備を確かめられない", "the business is not told"), basis),
            needs=(which_business(of),))
    rows = within.facilities_on(s.on)
    if s.facility is None:
        shown = T("、".join(f.name.ja for f in rows), "; ".join(f.name.en for f in rows))
        options = (*((f.id, f.name) for f in rows), (NO_FACILITY, T("どれでもない", "none of them")))
        return None, ask(Why(T(f"この事業の特定重要設備のどれに当たるか分からない：{shown.ja}",
            f"which of the critical facilities of this business it is, is not told: {shown.en}"), basis),
            needs=(Need("facility", T("設備", "the facility"), options),))
    item = facility(s.facility, within, s.on)
    whys = (Why(item.name, basis, item.confidence), *(Why(line.text, basis) for line in item.test.working(s.figures)))
    return item, by_test(item.test, s.figures, whys)


# -- together ---------------------------------------------------------------------------------------------------------


def _together(day: date, answers: tuple[Answer, ...], emergency: Answer) -> tuple[Answer, Route]:
    """The filing duty needs operator, facility and event all inside; an emergency turns the plan into a notice."""
    if day < REVIEW:
        why = Why(T(f"52条は {REVIEW} から", f"Art. 52 is in force from {REVIEW}"), art("52(1)", "suppl. 1"))
        return outside(why), Route.NOTHING
    if out := next((a for a in answers if a.verdict is Verdict.OUTSIDE), None):
        return outside(out.why[-1]), Route.NOTHING
    needs = tuple(n for a in answers for n in a.needs)
    # An operator known only to meet the criteria is inside them, yet nobody knows whether it is designated.
    if needs:
        return ask(*(a.why[-1] for a in answers if a.needs), needs=needs), Route.ASK
    if any(a.verdict is Verdict.ASK for a in answers):
        return ask(*(a.why[-1] for a in answers if a.verdict is Verdict.ASK)), Route.ASK
    if emergency.verdict is Verdict.ASK:
        return ask(*emergency.why, needs=emergency.needs), Route.ASK
    if emergency.verdict is Verdict.INSIDE:
        return inside(*emergency.why), Route.EMERGENCY_NOTICE
    need = T("導入等計画書をあらかじめ届け出る。受理の日から30日は導入・委託をしてはならない",
        "file a plan beforehand; for thirty days from acceptance nothing may be introduced or entrusted")
    wider = day >= ACT_38_MAIN and any(w.question == 304 for a in answers for w in a.why)
    return inside(Why(need, art("52(1)", "52(3)"), scope_event.MEDIUM if wider else scope_event.HIGH,
        304 if wider else None), *(w for w in emergency.why)), Route.PLAN
