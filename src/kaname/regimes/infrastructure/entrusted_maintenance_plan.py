"""導入等計画書（重要維持管理等の委託） (Art. 52): the same review; then the work runs for its period."""

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
    end,
    go,
    keep,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure import under_review as review
from kaname.regimes.infrastructure.introduction_plan import (
    AS_RECOMMENDED,
    PASSPORTS,
    WITH_CHANGE,
    is_introduction,
    no_change_pending,
)
from kaname.regimes.infrastructure.orders import form, orders
from kaname.regimes.infrastructure.roles import OPERATOR
from kaname.regimes.infrastructure.scope import (
    GRACE_OF,
    GRACE_UNTIL,
    OPERATOR_CASE,
    before_review,
    business_of_operator,
    in_grace,
    is_designated,
    not_an_operator,
)
from kaname.regimes.infrastructure.standstill import first_free_days
from kaname.regimes.infrastructure.subjects import PENDING, plan_itself
from kaname.regimes.infrastructure.versions import REVIEW

F4 = form("四（二）", mic="六（二）")

# -- what is asked ---------------------------------------------------------------------------------------------------

SELF = flag("self_performed", T("自ら行う維持管理等", "done by the operator itself"), art("52(1)"),
    T("他の事業者に委託しない", "nothing is entrusted to another business"))
FILING = (
    paper("plan", T("導入等計画書", "the plan"), art("52(1)"), required=True, form=F4),
    text("facility", T("特定重要設備の概要", "outline of the facility"), art("52(2)(i)"), required=True, form=F4),
    text("content", T("委託の内容", "what is entrusted"), art("52(2)(iii)"), required=True, form=F4),
    Field("period_from", T("委託の期間の初日", "first day of the entrustment"), FieldType.DAY, art("52(2)(iii)"),
        required=True,
        form=F4),
    Field("period_until", T("委託の期間の末日", "last day of the entrustment"), FieldType.DAY, art("52(2)(iii)"),
        required=True,
        form=F4),
    Field("entrustee", T("委託の相手方", "entrustee"), FieldType.PARTY, art("52(2)(iii)"), required=True, form=F4),
    Field("sub_entrustees", T("再委託の相手方", "sub-entrustees"), FieldType.ROWS, art("52(2)(iii)"), form=F4,
        columns=(
        Field("name", T("名称", "name"), FieldType.PARTY, art("52(2)(iii)")),
        Field("tier", T("段階", "tier"), FieldType.INTEGER, art("52(2)(iii)")),
        text("content", T("内容", "what is sub-entrusted"), art("52(2)(iii)")))),
    paper("measures", T("リスク管理措置", "risk management measures"), art("52(2)(iv)"), required=True, form=F4),
    paper("certificates", T("登記事項証明書等", "registry certificates"), orders("document_age"), several=True,
        help=T("作成後三月以内のもの", "made within the three months before the filing")),
    paper("identity", T("役員の本人確認書類", "officers' identity documents"), orders("document_age"), several=True,
        sealed=True),
    PASSPORTS)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("自ら行う維持管理等であること", "the operator does the work itself"),
    T("他の事業者に委託する", "entrusted to another business"),
    art("52(1)"), question=305)
def self_performed(v: View) -> bool | None:
    """Entrusting a subsidiary is inside by the wording: the exempt persons stand at the introduction only."""
    return bool(v.given("self_performed"))

@condition(T("期間の始まりが禁止期間の後であること", "the entrustment begins after the standstill"),
    T("期間の始まりが禁止期間内である", "the entrustment begins within the standstill"), art("52(3)"),
        tells=first_free_days)
def begins_after_standstill(v: View) -> bool | None:
    first, running = v.fact("period_from"), v.clock("extension_shortening.standstill")
    if first is None or v.state() not in PENDING or running is None or running.last_day is None:
        return True
    return bool(first > running.last_day)

@condition(T("委託の期間内であること", "within the period of the entrustment"),
    T("計画書の委託の期間が過ぎている。続けるには新たな届出又は変更の案が要る",
        "the planned period is over: to go on needs a new filing or a change of the plan"),
            art("52(2)(iii)", "54(1)"))
def within_period(v: View) -> bool | None:
    last = v.fact("period_until")
    return v.state() != "maintenance_running" or last is None or v.on <= last

@condition(T("計画書の委託の期間内に始めること", "begun within the period of the plan"),
    T("計画書の委託の期間の外である。期間を変える（短縮を除く）には、あらかじめ変更の案又は新たな届出が要る",
        "outside the period of the plan: another period, unless shorter, needs a change of the plan or a new filing "
        "beforehand"), art("52(2)(iii)", "54(1)"))
def begins_within_period(v: View) -> bool | None:
    """Asked of a plan that is still as it was filed: what a change made of its period the case does not tell."""
    first, last = v.fact("period_from"), v.fact("period_until")
    changed = any(v.state("plan_change", run) in ("carried_out", "reported") for run in v.runs("plan_change"))
    return first is None or last is None or changed or bool(first <= v.on <= last)

@condition(T("期間の末日が初日より前でないこと", "the last day is not before the first"),
    T("期間の末日が初日より前である", "the last day lies before the first"), art("52(2)(iii)"))
def days_in_order(v: View) -> bool | None:
    first, last = v.given("period_from"), v.given("period_until")
    return None if first is None or last is None else bool(first <= last)

# -- the procedure ---------------------------------------------------------------------------------------------------

MAINTENANCE = review.Subject(
    "entrusted_maintenance_plan", "start", T("重要維持管理等の委託", "entrusting critical maintenance"),
    Plainly(T("この維持管理等を委託できません", "this maintenance may not be entrusted"),
        T("委託できます", "it may be entrusted")),
    art("52(1)"), (),
    "cleared_by_lapse", "maintenance_running", ("", "drafting"), "filed",
        free=(self_performed, in_grace, before_review, not_an_operator),
    into=plan_itself)

entrusted_maintenance_plan = Procedure(
    "entrusted_maintenance_plan", T("導入等計画書（重要維持管理等の委託）",
        "plan for entrusting critical maintenance"),
    art("52", "53") + orders("shortening"), excludes=("introduction_plan",),
    states=dict(
        drafting=T("作成中（未届出）", "drafting, not filed"),
        **review.states(MAINTENANCE, T("禁止期間の経過（実施可）", "standstill over, may proceed"),
            T("委託の期間中", "entrusted work running")),
        maintenance_ended=end(T("委託の終了", "entrustment ended"))),
    acts=(
        review.DRAFT,
        Act("file", T("導入等計画書を届け出る", "file the plan"), OPERATOR, art("52(1)", "52(2)", "52(2)(iii)"),
            opens("filed") + go("filed", "drafting", "returned_for_defects"), fields=(*FILING, SELF),
            conditions=(is_designated, days_in_order), advice=(~self_performed,), received=True,
                takes=(OPERATOR_CASE,),
            since=REVIEW,
            keeps=(*review.days_of_filing(), keep("facility"), keep("period_from"), keep("period_until"),
                keep("entrustee"), keep("business", business_of_operator))),
        *review.acts(MAINTENANCE),
        Act("start", T("委託した重要維持管理等を始める", "start the entrusted work"), OPERATOR,
            art("52(3)", "52(8)", "52(9)"),
            MAINTENANCE.deed_moves + stay("stopped"), deed=True, advice=(no_change_pending, begins_within_period),
            fields=(SELF, GRACE_UNTIL, GRACE_OF, WITH_CHANGE, AS_RECOMMENDED), takes=(OPERATOR_CASE,),
            keeps=(keep("started_on", act_day),)),
        Act("end", T("委託の期間を終える", "end the entrusted work"), OPERATOR, art("52(2)(iii)"),
            go("maintenance_ended", "maintenance_running"),
            note=T("期間を延ばすには新たな届出又は変更の案が要る",
                "a new or longer period needs a new filing or a change of the plan"))),
    bans=review.bans(MAINTENANCE),
    consequences=(
        *review.consequences(MAINTENANCE),
        Consequence("in_emergency", T("緊急の委託", "entrusted in an emergency"), art("52(1) proviso"),
            upon=(done("emergency.do"),), only_if=~is_introduction,
                moves=MAINTENANCE.deed_moves)),
    warns=(begins_after_standstill, within_period))
