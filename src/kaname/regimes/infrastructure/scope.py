"""What needs a plan (Arts. 52(1), 53): the scope of the introduction, widened on 2026-09-18, and the grace period.

Entrusting maintenance knows no exempt persons: Art. 52(1) attaches them to the introduction only (question 305).
"""

from datetime import date, timedelta
from typing import Any

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import flag, text
from kaname.procedure.declare import (
    AnyCondition,
    DayRule,
    Field,
    FieldType,
    Option,
    Take,
    act_day,
    condition,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.infrastructure.versions import ACT_38_MAIN, REVIEW

# -- what is asked ---------------------------------------------------------------------------------------------------

SUPPLY = Field("supply", T("設備の供給", "who supplies the facility"), FieldType.CHOICE, art("52(1)"),
    options=(
        Option("other_business", T("他の事業者", "another business"), art("52(1)")),
        Option("exempt_person", T("子法人等・国の機関・地方公共団体等", "a subsidiary, a public body or the like"),
            art("52(1)")),
        Option("self", T("自ら供給", "the operator itself"), art("52(1)"))),
    help=T("未記入なら他の事業者からの供給として扱う", "left out: treated as supplied by another business"))
BUILT_IN = flag("third_party_facility", T("第三者の特定重要設備が組み込まれている",
    "a third party's critical facility is built in"),
    art("52(1)"))
COMPONENT = Field("third_party_component", T("第三者の構成設備が含まれる",
    "a third party's component forms part of it"),
    FieldType.FLAG, art("52(1)"), since=ACT_38_MAIN,
    help=T("2026年9月18日からの定め（論点304・320、未確認）",
        "asked since 2026-09-18 (questions 304 and 320, unverified)"))
SCOPE = (SUPPLY, BUILT_IN, COMPONENT)
GRACE_UNTIL = Field("grace_until", T("経過措置の末日", "last day of the grace period"), FieldType.DAY, art("53"),
    help=T("事業者の事件を扱わない場合に記入する", "for an office that does not keep the operator's own case"))
GRACE_OF = text("grace_of", T("経過措置の対象", "what the grace is for"), art("53(2)", "53(3)"),
    help=T("追加された設備又は業務の記号。空欄は指定による経過措置",
        "name of the added facility or work; empty: the designation"))

# -- conditions ------------------------------------------------------------------------------------------------------

def outside_until_2026_09_17(v: View) -> bool | None:
    """Self-supplied facilities were outside; those of exempt persons if no facility of a third party is in them."""
    return v.given("supply") == "self" or (v.given("supply") == "exempt_person" and not v.given(
        "third_party_facility"))

def outside_from_2026_09_18(v: View) -> bool | None:
    """Nothing is exempt by a question left open: the form has to say that no third party's part is in it."""
    exempt = v.given("supply") in ("self", "exempt_person")
    return exempt and v.given("third_party_facility") is False and v.given("third_party_component") is False

def outside(judged_by: DayRule) -> AnyCondition:
    """No plan is needed, by the rules of the day of the introduction. Of the two questions only the one in force is
    asked; one not in force counts as met.
    """
    basis = art("52(1)")
    return condition(
        T("自ら又は適用除外者が供給し、第三者の特定重要設備を組み込まないこと",
            "supplied by the operator or an exempt person, without a third party's critical facility"),
        T("他の事業者が供給する設備である", "the facility comes from another business"), basis,
        until=ACT_38_MAIN - timedelta(1), judged_by=judged_by)(outside_until_2026_09_17) & condition(
        T("自ら又は適用除外者が供給し、第三者の特定重要設備も構成設備も含まないこと",
            "supplied by the operator or an exempt person, without a third party's critical facility or component"),
        T("第三者の設備又は構成設備が含まれ得る", "a third party's facility or component may be part of it"), basis,
        since=ACT_38_MAIN, judged_by=judged_by, question=320)(outside_from_2026_09_18)

OUTSIDE = outside(act_day)

@condition(T("予定の日の規定により計画書が要ること", "a plan is needed by the rules of the planned day"),
    T("予定の日の規定では計画書は要らない：自ら又は適用除外者が供給し、第三者の特定重要設備を組み込まない",
        "by the rules of the planned day no plan is needed: supplied by the operator or an exempt person, without a "
        "third party's critical facility"), art("52(1)"))
def needed_as_planned_before(v: View) -> bool | None:
    day = v.given("planned_on")
    return day is None or day >= ACT_38_MAIN or not outside_until_2026_09_17(v)

@condition(T("予定の日の規定により計画書が要ること", "a plan is needed by the rules of the planned day"),
    T("予定の日の規定では計画書は要らない：自ら又は適用除外者が供給し、第三者の特定重要設備も構成設備も含まない",
        "by the rules of the planned day no plan is needed: supplied by the operator or an exempt person, without a "
        "third party's critical facility or component"), art("52(1)"), question=320)
def needed_as_planned_since(v: View) -> bool | None:
    day = v.given("planned_on")
    return day is None or day < ACT_38_MAIN or not outside_from_2026_09_18(v)

@condition(T("52条の施行前であること", "before Art. 52 came into force"),
    T("52条の施行後である", "Art. 52 is in force"),
    art("suppl. 1"))
def before_review(v: View) -> bool | None:
    return v.on < REVIEW

@condition(T("経過措置の期間内であること", "within the grace period"),
    T("経過措置の期間内でない", "not within a grace period"),
    art("53"), question=302)
def in_grace(v: View) -> bool | None:
    until = v.given("grace_until") or _grace(v)
    return until is not None and v.on <= until

def _grace(v: View) -> date | None:
    """The last day as the operator's own case has it: of the designation, or of what the act names."""
    taken: Any = v.context("operator") or {}
    day = (taken.get("grace") or {}).get(v.given("grace_of") or "")
    return date.fromisoformat(day) if day else None

@condition(T("指定を受けていること", "designated"), T("特定社会基盤事業者の指定を受けていない",
    "not a designated operator"),
    art("50(1)", "52(1)"))
def is_designated(v: View) -> bool | None:
    """Asked only where the operator's own case was looked at; else who files vouches for it."""
    taken = v.context("operator")
    return True if taken is None else taken.get("designation") == "designated"

@condition(T("指定を受けていない者であること", "not a designated operator"),
    T("指定を受けている", "a designated operator"),
    art("50(1)", "51", "52(1)"))
def not_an_operator(v: View) -> bool | None:
    """Art. 52 binds designated operators only; told by the operator's own case, else assumed."""
    taken = v.context("operator")
    return taken is not None and taken.get("designation") != "designated"

# -- what the operator's own case says -------------------------------------------------------------------------------

def operator_facts(standing: Standing) -> dict[str, object]:
    """The designation, and the last day of every grace period by what it is for (`""`: the business designated); the
    business, where the case names it: it tells which ministry's order numbers the forms."""
    ends = {r.run: r.last_day.isoformat() for r in standing.clocks.values() if r.procedure == "grace" and r.last_day}
    business = standing.facts.get("designation.business")
    return {"designation": standing.state("designation"), "grace": ends} | ({"business": business} if business else {})

def business_of_operator(v: View) -> str | None:
    """The business as the operator's own case named it when the act looked there; a plan itself does not name it."""
    named: str | None = (v.context("operator") or {}).get("business")
    return named

OPERATOR_CASE = Take("operator", T("事業者の事件", "the operator's own case"), "infrastructure.operator",
    operator_facts)
