"""公募 (T3): a call opens for a published concept and closes on the day and at the hour it names.

That day is set by the funding agency, which is no national authority, and by no period of law: a call that closes on a
holiday closes on it. The proposals to it are runs of their own (`proposal`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaname.days import closed_name, is_agency_closed, jst_date
from kaname.law import T, Text
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    Act,
    Clock,
    Count,
    Field,
    FieldType,
    Kind,
    Procedure,
    Take,
    condition,
    day_rule,
    go,
    keep,
    stay,
    waits,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.technology.budget import over
from kaname.regimes.technology.concept import LONGEST, PUBLISHED
from kaname.regimes.technology.laws import CALL_DOCUMENTS
from kaname.regimes.technology.practice import (
    KEPT_PROGRAMME,
    PROGRAMME,
    demand,
    programme_given,
    refusing,
    warning,
)
from kaname.regimes.technology.roles import FUNDING_AGENCY

ADOPTED = ("adopted", "plan_adjusting", "contracted")

# -- what is asked ---------------------------------------------------------------------------------------------------

OPEN_AT = Field("open_at", T("公募の開始", "opens at"), FieldType.INSTANT, CALL_DOCUMENTS)
CLOSE_AT = Field("close_at", T("公募の締切（日本時間）", "closes at (Japan time)"), FieldType.INSTANT, CALL_DOCUMENTS,
    required=True, help=T("開庁日でなくても動かない", "does not move, even from a closed day"))
MAXIMUM = Field("max_budget_yen", T("上限額", "maximum budget"), FieldType.YEN, CALL_DOCUMENTS, required=True)
SLOTS = Field("theme_slots", T("採択予定数", "how many are to be adopted"), FieldType.INTEGER, CALL_DOCUMENTS,
    required=True)
CONCEPT_PUBLISHED = Field("published", T("構想が公表された", "the concept is published"), FieldType.FLAG,
    CALL_DOCUMENTS, help=T("構想の事件を参照しないときに記入する",
        "for an office that does not keep the concept's own case"))
OFFER = (
    PROGRAMME, text("call_id", T("公募の番号", "number of the call"), CALL_DOCUMENTS, required=True),
    text("concept", T("研究開発構想", "R&D concept"), CALL_DOCUMENTS, required=True), CONCEPT_PUBLISHED,
    SLOTS, OPEN_AT, CLOSE_AT, MAXIMUM, LONGEST,
    Field("briefing_date", T("説明会の日", "day of the briefing"), FieldType.DAY, CALL_DOCUMENTS),
    text("conditions", T("応募の条件", "conditions of the call"), CALL_DOCUMENTS))
SLOT = text("slot", T("再公募する枠", "the slot called for again"), CALL_DOCUMENTS, required=True)


def concept_facts(concept: Standing) -> Mapping[str, Any]:
    """What a call reads of its concept's own case."""
    return {"state": concept.tracks["concept"].state, "title": concept.fact("concept.title"),
        "max_budget_yen": concept.fact("concept.max_budget_yen"),
        "technologies": list(concept.fact("concept.vision_technologies") or ())}


CONCEPT_CASE = Take("concept_case", T("構想の事件", "the case of the concept"), "technology.concept", concept_facts)

# -- days ------------------------------------------------------------------------------------------------------------

@day_rule(T("公募要領に定めた締切の日", "the day on which the call documents close it"))
def closing_day(v: View) -> date | None:
    instant = v.given("close_at")
    return None if instant is None else jst_date(instant)

# -- conditions ------------------------------------------------------------------------------------------------------

@demand(programme_given, T("構想が公表されていること", "the concept is published"),
    T("構想が公表されていない", "the concept is not published"), CALL_DOCUMENTS)
def concept_published(v: View) -> bool | None:
    taken = v.context("concept_case")
    told: bool | None = v.given("published")
    return told if taken is None else taken.get("state") in PUBLISHED

def _above_concept(v: View) -> Text:
    taken = v.context("concept_case") or {}
    return over(T("構想の上限", "the maximum of the concept"), v.given("max_budget_yen"), taken.get("max_budget_yen"))

@demand(programme_given, T("上限額が構想の上限以下であること", "offers no more than its concept"),
    T("構想の上限を超える", "exceeds the maximum of the concept"), CALL_DOCUMENTS, 407, _above_concept)
def within_concept(v: View) -> bool | None:
    limit = (v.context("concept_case") or {}).get("max_budget_yen")
    asked = v.given("max_budget_yen")
    return True if limit is None else None if asked is None else asked <= limit

def _closed_day(v: View) -> Text:
    day = closing_day.day(v)
    if day is None:
        return T("開庁日でない日に締め切る", "closes on a day that is not open")
    name = closed_name(day)
    why = T(f"（{name.ja}）", f" ({name.en})") if isinstance(name, Text) else T(f"（{name}）", f" ({name})")
    return T(f"締切の {day} は閉庁日{why.ja}であるが、締切は動かない",
        f"{day}, the closing day, is a closed day{why.en}; the call closes on it all the same")

@demand(programme_given, T("開庁日に締め切ること（閉庁日でも締切は動かない）",
    "closes on an open day (on a closed one it does not move)"),
    T("開庁日でない日に締め切る", "closes on a day that is not open"), CALL_DOCUMENTS, tells=_closed_day)
def closes_on_open_day(v: View) -> bool | None:
    day = closing_day.day(v)
    return None if day is None else not is_agency_closed(day)

@condition(T("開始の後に締め切ること", "closes after it opens"),
    T("締切が開始又は公募の日より前である", "closes before it opens"), CALL_DOCUMENTS)
def closes_after_opening(v: View) -> bool | None:
    opens, closes, day = v.given("open_at"), v.given("close_at"), closing_day.day(v)
    if closes is None or day is None:
        return None
    return day >= v.on and (opens is None or opens < closes)

@condition(T("採択予定数が一以上であること", "one is to be adopted at least"),
    T("採択予定数が一に満たない", "none is to be adopted"), CALL_DOCUMENTS)
def some_slot(v: View) -> bool | None:
    slots = v.given("theme_slots")
    return None if slots is None else slots >= 1

@condition(T("締切の日が来たこと", "the closing day has come"), T("締切の日より前である", "before the closing day"),
    CALL_DOCUMENTS)
def closing_day_come(v: View) -> bool | None:
    running = v.clock("closing")
    return running is None or running.last_day is None or running.last_day <= v.on

@condition(T("採択予定数に満たないこと", "fewer were adopted than planned"),
    T("採択予定数が満たされている", "as many were adopted as planned"), CALL_DOCUMENTS)
def slot_unfilled(v: View) -> bool | None:
    return adopted_so_far(v) < (v.fact("call.theme_slots") or 0)

def adopted_so_far(v: View) -> int:
    """Proposals to the call that were adopted, whatever came of them."""
    return sum(v.state("proposal", run) in ADOPTED for run in v.runs("proposal"))

# -- the procedure ---------------------------------------------------------------------------------------------------

call = Procedure(
    "call", T("公募", "call"), CALL_DOCUMENTS, start="call_preparing",
    states=dict(
        call_preparing=waits(T("公募準備中", "in preparation"), FUNDING_AGENCY), call_open=T("公募中", "open"),
        call_closed=T("公募終了", "closed")),
    clocks=(
        Clock("closing", T("公募の締切（公募要領に定めた日）", "closing day (set in the call documents)"), Kind.TERM,
            CALL_DOCUMENTS, (Count(None, closing_day),)),),
    acts=(
        Act("open_call", T("公募を始める", "open the call"), FUNDING_AGENCY, CALL_DOCUMENTS,
            go("call_open", "call_preparing"), fields=OFFER,
            conditions=(*refusing(concept_published, within_concept, closes_on_open_day), closes_after_opening,
                some_slot),
            advice=warning(concept_published, within_concept, closes_on_open_day), takes=(CONCEPT_CASE,),
            starts=("closing",),
            keeps=(KEPT_PROGRAMME, keep("call_id"), keep("concept"), keep("theme_slots"), keep("close_at"),
                keep("max_budget_yen"), keep("technologies",
                    lambda v: tuple((v.context("concept_case") or {}).get("technologies") or ()))),
            note=T("締切はJST又はNEDOが定める日時で、国の行政機関への期間の延長の規定は及ばない",
                "JST or NEDO sets day and hour; the move of periods toward national agencies does not reach it")),
        Act("close_call", T("公募を締め切る", "close the call"), FUNDING_AGENCY, CALL_DOCUMENTS,
            go("call_closed", "call_open"), conditions=(closing_day_come,), stops=("closing",)),
        Act("reopen_slot", T("枠を再公募する", "call again for a slot"), FUNDING_AGENCY, CALL_DOCUMENTS,
            stay("call_closed"), fields=(SLOT,), conditions=(slot_unfilled,),
            note=T("新しい公募の事件が始まり、この事件は動かない",
                "a case of a new call begins; this one does not move"))),
    note=T("公募要領に定める運用である", "practice, laid down in the call documents"))
