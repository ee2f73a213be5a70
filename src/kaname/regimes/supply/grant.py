"""助成金の交付: applied for, decided, carried out, fixed, paid; revoked and returned with a surcharge.

For the agencies the 1955 Act on subsidies applies; for support corporations (fertilizer, ship parts) their own rules
decide on return and surcharge, so none is worked out. Art. 24-2 of that Act: no hearing is needed to revoke.
"""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    Worked,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply import money
from kaname.regimes.supply.laws import RULES_OF_THE_BODY, SUBSIDIES
from kaname.regimes.supply.plan_change import plan_is_certified
from kaname.regimes.supply.plan_now import is_certified, product
from kaname.regimes.supply.roles import CERTIFIED, SUPPORT_BODY

IN_WORK = ("decided", "in_progress", "result_reported")
LIVE = (*IN_WORK, "amount_fixed", "paid", "post_monitoring")

# -- sums ------------------------------------------------------------------------------------------------------------

def received(v: View) -> tuple[money.Sum, ...]:
    return tuple((day, amount) for day, amount in v.fact("payments") or ())

def paid(v: View) -> int:
    return sum(amount for _, amount in received(v))

def with_this_payment(v: View) -> tuple[money.Sum, ...]:
    return (*received(v), (v.received_on or v.on, v.given("amount") or 0))

def repaid(v: View) -> tuple[money.Sum, ...]:
    return tuple((day, amount) for day, amount in v.fact("repayments") or ())

def with_this_repayment(v: View) -> tuple[money.Sum, ...]:
    amount = v.given("amount")
    return (*repaid(v), (v.on, remaining(v) if amount is None else amount))

def remaining(v: View) -> int:
    """What is still to be returned of the sum ordered."""
    return (v.fact("return_amount") or 0) - sum(amount for _, amount in repaid(v))

def to_return(v: View) -> int:
    """What can be ordered back: all that was paid under what was revoked, else the part above the fixed amount."""
    if v.state() == "revoked":
        return min(paid(v), v.fact("revoked_amount") or paid(v))
    return max(paid(v) - (v.fact("fixed_amount") or 0), 0)

def worked_return(v: View) -> Worked:
    amount = to_return(v)
    return Worked(amount, (T(f"返還の対象 {amount:,}円", f"to be returned: {amount:,} yen"),))

def return_ordered(v: View) -> int:
    amount = v.given("amount")
    return to_return(v) if amount is None else amount

def worked_remaining(v: View) -> Worked:
    amount = remaining(v)
    return Worked(amount, (T(f"返還の残額 {amount:,}円", f"still to be returned: {amount:,} yen"),))

def worked_surcharge(v: View) -> Worked | None:
    """What has come to be owed when the last of the sum is repaid. None where the Act does not reach the recipient."""
    if v.fact("body") != "agency":
        return None
    if v.fact("ground") != "breach":
        return Worked(0, (T("違反による取消しでないので、加算金はない", "not revoked for a breach: no surcharge"),))
    found = money.surcharge(received(v), v.fact("return_amount") or 0, repaid(v), v.on)
    return Worked(found.amount, found.steps)

def worked_arrears(v: View) -> Worked | None:
    due = v.fact("return_by")
    if v.fact("body") != "agency" or due is None:
        return None
    found = money.arrears(v.fact("return_amount") or 0, due, repaid(v), v.on)
    return Worked(found.amount, found.steps)

def sums_due(v: View) -> tuple[tuple[str, int], ...]:
    """Surcharge and arrears as recorded, else as worked out; kept when the sum ordered is repaid."""
    found = []
    for id, worked in (("surcharge", worked_surcharge(v)), ("arrears", worked_arrears(v))):
        amount = v.given(id)
        if amount is None and worked:
            amount = worked.value
        if amount is not None:
            found.append((id, amount))
    return tuple(found)

def worked_body(v: View) -> Worked | None:
    found = product(v)
    if not (found and found.support_body):
        return None
    kind = "agency" if found.support_body.agency else "corporation"
    return Worked(kind, (T(f"{found.label.ja}：{found.support_body.name.ja}",
        f"{found.label.en}: {found.support_body.name.en}"),))

@day_rule(T("交付決定に定めた取下げの期日", "the day for withdrawing set in the decision"))
def withdraw_by(v: View) -> date | None:
    day: date | None = v.given("withdraw_by")
    return day

@day_rule(T("返還命令に定めた納期日", "the due date set in the order"))
def return_by(v: View) -> date | None:
    day: date | None = v.given("return_by")
    return day

# -- what is asked ---------------------------------------------------------------------------------------------------

ASKED = Field("amount", T("申請額", "amount asked for"), FieldType.YEN, art("33(2)(iii)"))
CONTENT = text("content", T("申請の内容", "what is asked for"), art("33(2)(iii)"))
BODY = Field("body", T("支援機関の種類", "kind of support body"), FieldType.CHOICE, art("31(1)", "42(1)"), options=(
    Option("agency", T("独立行政法人", "agency"), art("42(1)")),
        Option("corporation", T("支援法人", "corporation"), art("31(1)"))),
    proposes=worked_body)
DECIDED = Field("amount", T("交付決定額", "amount decided"), FieldType.YEN, SUBSIDIES("6", "8"), required=True)
TERMS = text("terms", T("内容と条件", "content and conditions"), SUBSIDIES("7", "8"))
WITHDRAW_BY = Field("withdraw_by", T("取下げの期日", "last day to withdraw"), FieldType.DAY, SUBSIDIES("9(1)"))
RESULT = text("result", T("実績", "the result"), SUBSIDIES("14"))
FIXED = Field("amount", T("確定額", "amount fixed"), FieldType.YEN, SUBSIDIES("15"), required=True)
PAID = Field("amount", T("支払額", "amount paid"), FieldType.YEN, SUBSIDIES("15"), required=True)
GROUND = Field("ground", T("取消しの事由", "ground"), FieldType.CHOICE, SUBSIDIES("10", "17"), required=True, options=(
    Option("breach", T("義務違反", "breach"), SUBSIDIES("17(1)")),
    Option("changed", T("事情の変更", "changed circumstances"), SUBSIDIES("10(1)"))))
REVOKED = Field("revoked_amount", T("取り消す額（全部なら空欄）", "amount revoked (empty: all)"), FieldType.YEN,
    SUBSIDIES("17(1)"))
REASONS = text("reasons", T("理由", "reasons"), SUBSIDIES("21-2"), required=True)
BACK = Field("amount", T("返還を命ずる額", "amount ordered back"), FieldType.YEN, SUBSIDIES("18"),
    proposes=worked_return)
BACK_BY = Field("return_by", T("納期日", "due date"), FieldType.DAY, SUBSIDIES("18"), required=True)
REPAID = Field("amount", T("返還した額", "amount repaid"), FieldType.YEN, SUBSIDIES("18"), proposes=worked_remaining)
PART = Field("amount", T("返還した額", "amount repaid"), FieldType.YEN, SUBSIDIES("18"), required=True)
SURCHARGE = Field("surcharge", T("加算金（年10.95%）", "surcharge (10.95 percent a year)"), FieldType.YEN,
    SUBSIDIES("19(1)"),
    proposes=worked_surcharge, help=T("受領の日から納付の日まで", "from the receipt to the payment"))
ARREARS = Field("arrears", T("延滞金（年10.95%）", "arrears (10.95 percent a year)"), FieldType.YEN, SUBSIDIES("19(2)"),
    proposes=worked_arrears, help=T("納期日の翌日から納付の日まで", "from the day after the due date to the payment"))
ORDERED = Field("ordered", T("命令の種類", "what is ordered"), FieldType.CHOICE, SUBSIDIES("13"), required=True,
    options=(
    Option("perform", T("遂行命令", "perform"), SUBSIDIES("13(1)")),
        Option("pause", T("一時停止命令", "pause"), SUBSIDIES("13(2)"))))
PROPERTY = text("property", T("処分する財産", "the property"), SUBSIDIES("22"))
MISFIT, IS_MISFIT = finding("misfit",
    T("決定の内容・条件に適合しないこと", "does not fit the decision or its conditions"),
    T("適合しないと認められない", "no misfit is found"), SUBSIDIES("13(1)", "16(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("独立行政法人の助成金であること", "a grant of an agency"),
    T("未確認：支援法人の助成金の返還、加算金及び延滞金は、その業務規程（未読）による",
        "unverified: what is repaid to a support corporation, with surcharge and arrears, follows its own rules, which "
        "were not read"), art("33(2)(iii)"), question=218)
def rules_were_read(v: View) -> bool | None:
    return bool(v.fact("body") != "corporation")

@condition(T("適正化法のこの条が及ぶこと（独立行政法人の助成金）",
    "the 1955 Act reaches this act: a grant of an agency"),
    T("未確認：支援法人の助成金の受領者に適正化法のこの条は及ばず、その業務規程（未読）による",
        "unverified: this article of the 1955 Act does not reach who has a grant of a support corporation; its own "
        "rules, which were not read, decide"), art("33(2)(iii)"), question=218)
def act_reaches(v: View) -> bool | None:
    return bool(v.fact("body") != "corporation")

@condition(T("支援法人等に認定が通知されていること", "the support body was notified of the certification"),
    T("支援法人等への認定の通知がない", "the support body was not notified of the certification"), art("9(6)"))
def body_notified(v: View) -> bool | None:
    return v.done("plan.notify_support") is not None

CANCELLED = T("計画の認定が取り消された。交付決定を取り消し、返還を命ずることができる",
    "the certification of the plan was cancelled: the decision on the grant can be revoked and repayment ordered")

@condition(T("計画の認定が続いていること", "the plan is still certified"), CANCELLED, art("11", "31(3)(i)", "42(1)"))
def still_certified(v: View) -> bool | None:
    return is_certified(v)

@condition(T("認定の取り消された計画に交付決定が残らないこと", "no decision on a grant is left for a cancelled plan"),
    CANCELLED, art("11", "31(3)(i)", "42(1)"))
def none_left_standing(v: View) -> bool | None:
    return v.state("plan") != "cancelled" or not any(v.state("", run) in LIVE for run in v.runs())

@condition(T("取下げの期日までであること", "within the days for withdrawing"),
    T("取下げの期日を過ぎた", "the day for withdrawing has passed"),
    SUBSIDIES("9(1)"))
def can_withdraw(v: View) -> bool | None:
    return not v.over("withdrawal")

@condition(T("確定額が決定額以下であること", "not more is fixed than was decided"),
    T("確定額が決定額を超える", "more is fixed than was decided"), SUBSIDIES("15"))
def fixed_within_decided(v: View) -> bool | None:
    amount, decided = v.given("amount"), v.fact("decided_amount")
    return None if amount is None else decided is None or amount <= decided

@condition(T("支払の合計が決定額・確定額以下であること", "not more is paid in all than was decided or fixed"),
    T("支払の合計が決定額又は確定額を超える", "more would be paid in all than was decided or fixed"), SUBSIDIES("15"))
def payment_within(v: View) -> bool | None:
    amount = v.given("amount")
    cap = v.fact("fixed_amount") if v.state() in ("amount_fixed", "paid") else v.fact("decided_amount")
    return None if amount is None else cap is None or paid(v) + amount <= cap

@condition(T("返還を命ずる額があること（取消しがなければ確定額を超える部分に限る）",
    "something is to be returned (without revocation only what exceeds the fixed amount)"),
    T("返還の対象となる額を超える、又は対象がない", "nothing is to be returned, or less than is ordered"),
        SUBSIDIES("18(1)", "18(2)"))
def can_be_ordered(v: View) -> bool | None:
    amount = v.given("amount")
    return to_return(v) > 0 and (amount is None or 0 < amount <= to_return(v))

@condition(T("残額に満たない額であること", "less than what is left to return"),
    T("残額以上、又は額がない", "as much as is left or more, or no amount"), SUBSIDIES("19(1)"))
def only_a_part(v: View) -> bool | None:
    amount = v.given("amount")
    return None if amount is None else 0 < amount < remaining(v)

@condition(T("残額の全部であること", "all that is left to return"),
    T("残額と異なる。一部の返還は「一部を返還する」による", "not what is left to return; record a part as a part"),
        SUBSIDIES("18"))
def all_that_is_left(v: View) -> bool | None:
    amount = v.given("amount")
    return amount is None or amount == remaining(v)

@condition(T("一時停止命令の前に遂行命令に違反したこと", "a pause only after an order to perform"),
    T("遂行命令がまだない", "no order to perform was made before"), SUBSIDIES("13(2)"))
def performed_first(v: View) -> bool | None:
    ordered = v.given("ordered")
    return None if ordered is None else ordered == "perform" or v.done("perform_order") is not None

@condition(T("確定額の全部が支払済みであること", "the fixed amount is paid"), T("未払がある", "some is left to pay"),
    SUBSIDIES("15"))
def paid_in_advance(v: View) -> bool | None:
    return paid(v) > 0 and paid(v) == v.fact("fixed_amount")

# -- the procedure ---------------------------------------------------------------------------------------------------

NO_PENALTY = NoPenalty(T("納付がなければ国税の例により徴収される（21条）",
    "collected like national tax (Art. 21), no penalty"))

grant = Procedure(
    "grant", T("助成金の交付", "grant"), art("31(3)(i)", "42(1)") + SUBSIDIES("6"), per=("grant",),
    states=dict(
        eligible=T("申請できる", "eligible"), applied=waits(T("申請", "applied"), SUPPORT_BODY),
            decided=T("交付決定", "decided"),
        application_withdrawn=end(T("取下げ", "withdrawn")), in_progress=T("事業実施中", "in progress"),
        result_reported=waits(T("実績報告", "result reported"), SUPPORT_BODY),
        amount_fixed=waits(T("額の確定", "amount fixed"), SUPPORT_BODY), paid=T("支払済", "paid"),
        revoked=waits(T("決定の取消し", "revoked"), SUPPORT_BODY), return_ordered=T("返還命令", "return ordered"),
        returned=end(T("返還済", "returned")), post_monitoring=T("事後管理", "monitored")),
    clocks=(
        Clock("withdrawal", T("取下げの期日（決定に定めた日）", "last day to withdraw (set in the decision)"),
            Kind.DATE,
            SUBSIDIES("9(1)"), (Count(None, withdraw_by),)),
        Clock("return_due", T("返還の納期日（命令に定めた日）", "due date of the return (set in the order)"), Kind.DATE,
            SUBSIDIES("18"), (Count(None, return_by),))),
    acts=(
        Act("apply", T("交付を申請する", "apply for the grant"), CERTIFIED, art("33(2)(iii)"),
            opens("applied") + go("applied", "eligible"),
            fields=(ASKED, CONTENT), conditions=(plan_is_certified, body_notified),
            note=T("不正の手段による受交付は5年以下の拘禁刑（懲役）若しくは100万円以下の罰金又はその併科（適正化法29条）。"
                "目的外使用は3年以下若しくは50万円以下又はその併科（30条）",
                "a grant got by deceit: up to 5 years' imprisonment or a fine of up to 1,000,000 yen, or both (Subsidy "
                "Act Art. 29); used for another purpose: up to 3 years or 500,000 yen, or both (Art. 30)")),
        Act("refuse", T("交付しない", "do not grant"), SUPPORT_BODY, SUBSIDIES("6(1)"), go("eligible", "applied"),
            fields=(REASONS,)),
        Act("decide", T("交付を決定し通知する", "decide on the grant"), SUPPORT_BODY, SUBSIDIES("6", "7", "8"),
            go("decided", "applied"),
            fields=(BODY, DECIDED, TERMS, WITHDRAW_BY), conditions=(plan_is_certified,), starts=("withdrawal",),
            keeps=(keep("decided_amount", lambda v: v.given("amount")),
                keep("body", lambda v: v.given("body") or (w.value if (w := worked_body(v)) else None)))),
        Act("withdraw", T("申請を取り下げる", "withdraw after the decision"), CERTIFIED, SUBSIDIES("9"),
            go("application_withdrawn", "decided"), conditions=(can_withdraw,), meets=("withdrawal",)),
        Act("start", T("事業に着手する", "start the work"), CERTIFIED, SUBSIDIES("11"), go("in_progress", "decided"),
            advice=(still_certified,), stops=("withdrawal",)),
        Act("status", T("状況を報告する", "report on the state"), CERTIFIED, SUBSIDIES("12"), stay("in_progress"),
            fields=(RESULT,)),
        Act("perform_order", T("遂行・一時停止を命ずる", "order to perform or to pause"), SUPPORT_BODY, SUBSIDIES("13"),
            stay("in_progress"), fields=(ORDERED, MISFIT, REASONS), conditions=(IS_MISFIT, performed_first),
            advice=(act_reaches,),
            note=T("一時停止命令の違反は3万円以下の罰金（適正化法31条1号）",
                "breach of a pause order: fine up to 30,000 yen (Subsidy Act Art. 31(i))")),
        Act("inspect", T("報告を求め、立ち入り検査する", "demand a report, enter and inspect"), SUPPORT_BODY,
            SUBSIDIES("23"),
            stay(*LIVE), fields=(RESULT,), note=T("拒否・虚偽は3万円以下の罰金（適正化法31条3号）",
                "refusal or false answers: fine up to 30,000 yen (Subsidy Act Art. 31(iii))")),
        Act("result", T("実績を報告する", "report the result"), CERTIFIED, SUBSIDIES("14"),
            go("result_reported", "decided", "in_progress")
            + stay("result_reported"), fields=(RESULT,), stops=("withdrawal",),
            note=T("報告をしないと3万円以下の罰金（適正化法31条）",
                "no report: fine up to 30,000 yen (Subsidy Act Art. 31)")),
        Act("correct", T("是正を命ずる", "order to correct"), SUPPORT_BODY, SUBSIDIES("16"),
            go("in_progress", "result_reported"),
            fields=(MISFIT, REASONS), conditions=(IS_MISFIT,), advice=(act_reaches,),
                note=T("是正の後に改めて実績を報告する", "a new result report follows")),
        Act("fix", T("額を確定する", "fix the amount"), SUPPORT_BODY, SUBSIDIES("15"),
            go("amount_fixed", "result_reported"),
            fields=(FIXED,), conditions=(fixed_within_decided,),
                keeps=(keep("fixed_amount", lambda v: v.given("amount")),)),
        Act("pay", T("支払う", "pay"), SUPPORT_BODY, SUBSIDIES("15") + RULES_OF_THE_BODY,
            go("paid", "amount_fixed") + stay(*IN_WORK, "paid"), fields=(PAID,), conditions=(payment_within,),
            advice=(still_certified,),
            keeps=(keep("payments", with_this_payment),), received=True,
            note=T("規程により完了前の支払がある", "the rules may allow payment before completion")),
        Act("monitor", T("事後管理をする", "monitor after payment"), SUPPORT_BODY, SUBSIDIES("22") + RULES_OF_THE_BODY,
            go("post_monitoring", "paid")),
        Act("property", T("財産処分の承認を受ける", "approval to dispose of property"), CERTIFIED,
            SUBSIDIES("22") + RULES_OF_THE_BODY,
            go("post_monitoring", "paid") + stay("post_monitoring"), fields=(PROPERTY,), advice=(act_reaches,)),
        Act("revoke", T("交付決定を取り消す", "revoke the decision"), SUPPORT_BODY, SUBSIDIES("10", "17"),
            go("revoked", *LIVE), fields=(GROUND, REVOKED, REASONS),
            advice=(act_reaches,), keeps=(keep("ground"), keep("revoked_amount")), stops=("withdrawal",),
            note=T("額の確定の後、事後管理の間でもできる", "also after the amount is fixed, and while monitored")),
        Act("return", T("返還を命ずる", "order repayment"), SUPPORT_BODY, SUBSIDIES("18(1)", "18(2)"),
            go("return_ordered", "revoked", "amount_fixed", "paid"), fields=(BACK, BACK_BY),
                conditions=(can_be_ordered,), advice=(rules_were_read,),
            keeps=(keep("return_amount", return_ordered), keep("return_by")), starts=("return_due",)),
        Act("repay_part", T("一部を返還する", "repay a part"), CERTIFIED, SUBSIDIES("18", "19"), stay("return_ordered"),
            fields=(PART,), conditions=(only_a_part,), keeps=(keep("repayments", with_this_repayment),)),
        Act("repay", T("返還する", "repay"), CERTIFIED, SUBSIDIES("18", "19"), go("returned", "return_ordered"),
            fields=(REPAID, SURCHARGE, ARREARS), conditions=(all_that_is_left,), advice=(rules_were_read,),
            meets=("return_due",),
            keeps=(keep("sums_due", sums_due), keep("repayments", with_this_repayment)))),
    duties=(
        Duty("repay", T("返還する", "repay"), SUBSIDIES("18"), CERTIFIED, NO_PENALTY, to=SUPPORT_BODY,
            clock="return_due",
            done=(done("repay"),)),),
    consequences=(
        Consequence("nothing_left_to_pay", T("確定額は支払済み", "the fixed amount was paid before"), SUBSIDIES("15"),
            upon=(done("fix"),), moves=go("paid", "amount_fixed"), only_if=paid_in_advance),),
    warns=(none_left_standing,),
    note=T("支援法人の助成金では、適正化法のうち受領者に及ぶのは11条2項・17条2項・23条・29条・30条に限られる",
        "for corporations only Subsidy Act Arts. 11(2), 17(2), 23, 29, 30 reach the recipient"))
