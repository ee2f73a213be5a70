"""導入等計画書（導入） (Arts. 52, 53): filing, acceptance, the thirty days, and the introduction itself.

Filed, arrived and accepted are three days; the thirty count from the last. Their end without a recommendation is the
clearance: nobody approves a plan and no certificate exists. The introduction is a deed: it can happen unlawfully.
"""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import flag, paper, text
from kaname.procedure.declare import (
    Act,
    Consequence,
    Field,
    FieldType,
    Plainly,
    Procedure,
    act_day,
    condition,
    done,
    go,
    keep,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure import under_review as review
from kaname.regimes.infrastructure.orders import form, orders
from kaname.regimes.infrastructure.roles import OPERATOR
from kaname.regimes.infrastructure.scope import (
    GRACE_OF,
    GRACE_UNTIL,
    OPERATOR_CASE,
    OUTSIDE,
    SCOPE,
    before_review,
    business_of_operator,
    in_grace,
    is_designated,
    needed_as_planned_before,
    needed_as_planned_since,
    not_an_operator,
)
from kaname.regimes.infrastructure.standstill import first_free_days, standstill_days
from kaname.regimes.infrastructure.subjects import PENDING, plan_itself
from kaname.regimes.infrastructure.versions import REVIEW

F4 = form("四（一）", mic="六（一）")
INTRODUCTION = review.Subject(
    "introduction_plan", "introduce", T("特定重要設備の導入", "introducing the critical facility"),
    Plainly(T("この設備を導入できません", "this facility may not be introduced"),
        T("導入できます", "it may be introduced")),
    art("52(1)"), (),
    "cleared_by_lapse", "introduced", ("", "drafting"), "filed",
        free=(OUTSIDE, in_grace, before_review, not_an_operator),
        into=plan_itself)

# -- what is asked ---------------------------------------------------------------------------------------------------

PLANNED_ON = Field("planned_on", T("導入の時期", "planned day of introduction"), FieldType.DAY, art("52(2)(ii)"),
    required=True,
    form=F4)
PASSPORTS = Field("passports", T("供給者の開示", "vendors' passports"), FieldType.TEXT, orders("party_items"),
    several=True, help=T("供給者が自ら記入した開示。計画の準備から入る",
        "what vendors have entered themselves; comes from the plan in preparation"))
FILING = (
    paper("plan", T("導入等計画書", "the plan"), art("52(1)"), required=True, form=F4),
    text("facility", T("特定重要設備の概要", "outline of the facility"), art("52(2)(i)"), required=True, form=F4),
    text("content", T("導入の内容", "what is introduced"), art("52(2)(ii)"), required=True, form=F4), PLANNED_ON,
    Field("supplier", T("供給者", "supplier"), FieldType.PARTY, art("52(2)(ii)"), required=True, form=F4),
    Field("components", T("構成設備", "components"), FieldType.ROWS, art("52(2)(ii)"), form=F4, columns=(
        text("kind", T("種類", "kind"), art("52(2)(ii)")), text("name", T("名称", "name"), art("52(2)(ii)")),
        Field("supplier", T("供給者", "supplier"), FieldType.PARTY, art("52(2)(ii)")),
        text("made_in", T("製造場所の国", "country of manufacture"), art("52(2)(ii)")))),
    paper("measures", T("リスク管理措置", "risk management measures"), art("52(2)(iv)"), required=True, form=F4),
    paper("certificates", T("登記事項証明書等", "registry certificates"), orders("document_age"), several=True,
        help=T("作成後三月以内のもの", "made within the three months before the filing")),
    paper("identity", T("役員の本人確認書類", "officers' identity documents"), orders("document_age"), several=True,
        sealed=True),
    PASSPORTS, *SCOPE)
WITH_CHANGE = flag("with_change", T("変更の案の内容による導入", "introduced as in a change of the plan"),
    art("54(2)"))
AS_RECOMMENDED = flag("as_recommended", T("勧告・命令に従った導入等",
    "done in keeping with the recommendation or order"), art("52(8)", "52(10)", "55(3)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("導入の時期が三十日の後であること", "the planned day lies after the thirty days"),
    T("導入の時期が三十日より前である", "the planned day lies within the thirty days"), art("52(3)"),
    tells=lambda v: T(
        f"今日受理されても禁止期間は {standstill_days(v.on)[0]} まで、延長されれば {standstill_days(v.on)[1]} まで",
        f"accepted today, the standstill runs to {standstill_days(v.on)[0]}, extended to {standstill_days(v.on)[1]}"))
def planned_in_time(v: View) -> bool | None:
    day: date | None = v.given("planned_on")
    return None if day is None else bool(day > standstill_days(v.on)[0])

def _planned_before(v: View, clock: str) -> bool:
    planned, running = v.fact("planned_on"), v.clock(f"extension_shortening.{clock}")
    pending = v.state() in PENDING and running is not None and running.status == "running" and running.last_day
    return bool(planned and pending and planned <= pending)

@condition(T("導入の時期が禁止期間の後であること", "the planned day lies after the standstill"),
    T("導入の時期が禁止期間内である", "the planned day lies within the standstill"), art("52(3)"),
        tells=first_free_days)
def planned_after_standstill(v: View) -> bool | None:
    return not _planned_before(v, "standstill")

@condition(T("延長されても導入の時期に間に合うこと", "the planned day stands even if the standstill is extended"),
    T("延長されると導入の時期に間に合わない", "an extension would outlast the planned day"), art("52(4)"),
    tells=first_free_days)
def planned_after_extension(v: View) -> bool | None:
    return not _planned_before(v, "longest") or _planned_before(v, "standstill")

@condition(T("審査中の変更の案がないこと", "no change of the plan is under review"),
    T("変更の案が審査中である。変更前の計画どおりの導入に限る",
        "a change is under review: introduce only as the plan was before it"), art("54(2)"))
def no_change_pending(v: View) -> bool | None:
    pending = any(v.state("plan_change", run) in (*PENDING, "proposal_filed") for run in v.runs("plan_change"))
    return not pending or bool(v.given("with_change"))

@condition(T("導入によるものであること", "an introduction"), T("委託によるものである", "an entrustment"),
    art("52(1) proviso"))
def is_introduction(v: View) -> bool | None:
    return bool(v.given("what") != "entrustment")

# -- the procedure ---------------------------------------------------------------------------------------------------

introduction_plan = Procedure(
    "introduction_plan", T("導入等計画書（特定重要設備の導入）", "plan for introducing a critical facility"),
    art("52", "53") + orders("shortening"), excludes=("entrusted_maintenance_plan",),
    states=dict(
        drafting=T("作成中（未届出）", "drafting, not filed"),
        **review.states(INTRODUCTION, T("禁止期間の経過（実施可）", "standstill over, may proceed"),
            T("導入済", "introduced"))),
    acts=(
        review.DRAFT,
        Act("file", T("導入等計画書を届け出る", "file the plan"), OPERATOR, art("52(1)", "52(2)"),
            opens("filed") + go("filed", "drafting", "returned_for_defects"), fields=FILING,
                conditions=(is_designated,),
            advice=(planned_in_time, needed_as_planned_before, needed_as_planned_since), received=True,
            takes=(OPERATOR_CASE,), since=REVIEW,
            keeps=(*review.days_of_filing(), keep("facility"), keep("planned_on"), keep("supplier"),
                keep("business", business_of_operator)),
            note=T("届出も到達も三十日を始めない。経過措置中の届出を受けるかは主務省庁に確認する",
                "neither filing nor arrival starts the thirty days; ask whether filings are taken in grace")),
        *review.acts(INTRODUCTION),
        Act("introduce", T("導入する", "introduce"), OPERATOR, art("52(3)", "52(8)", "52(9)"),
            INTRODUCTION.deed_moves + stay("stopped"), deed=True, advice=(no_change_pending,),
            fields=(*SCOPE, GRACE_UNTIL, GRACE_OF, WITH_CHANGE, AS_RECOMMENDED), takes=(OPERATOR_CASE,),
            keeps=(keep("introduced_on", act_day),),
            note=T("契約の締結は導入でない", "signing a contract is not the introduction"))),
    bans=review.bans(INTRODUCTION),
    consequences=(
        *review.consequences(INTRODUCTION),
        Consequence("in_emergency", T("緊急の導入", "introduced in an emergency"), art("52(1) proviso"),
            upon=(done("emergency.do"),), only_if=is_introduction, moves=INTRODUCTION.deed_moves)),
    warns=(planned_after_standstill, planned_after_extension),
    note=T("一つの事件に一つの計画書。委託に係る計画書は別の事件とする",
        "one plan a case: an entrustment has a case of its own"))
