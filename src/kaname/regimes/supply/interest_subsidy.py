"""利子補給金の支給 (Arts. 31(3)(ii), 33(2)(iv)): paid to the lender, one run for each loan. Rates were not found."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import Act, Field, FieldType, Procedure, condition, end, go, keep, opens, stay, waits
from kaname.procedure.view import View
from kaname.regimes.supply.laws import RULES_OF_THE_BODY, STOPPING
from kaname.regimes.supply.plan_change import plan_is_certified
from kaname.regimes.supply.plan_now import is_certified
from kaname.regimes.supply.roles import LENDER, SUPPORT_BODY

# -- what is asked ---------------------------------------------------------------------------------------------------

LOAN = Field("loan", T("貸付額", "amount of the loan"), FieldType.YEN, art("33(2)(iv)"))
FOR_PLAN, IS_FOR_PLAN = finding("for_plan", T("認定された取組のための貸付け", "the loan funds the certified project"),
    T("認定された取組のための貸付けと認められない", "the loan is not found to fund the certified project"),
        art("31(3)(ii)"))
AMOUNT = Field("amount", T("支給額", "amount paid"), FieldType.YEN, art("31(3)(ii)"), required=True,
    help=T("利率は未確認（論点211）のため提案しない", "none is proposed: rates were not found (question 211)"))
GROUND = text("ground", T("停止の事由", "ground for stopping"), RULES_OF_THE_BODY, required=True)

@condition(T("計画の認定が続いていること", "the plan is still certified"),
    T("計画の認定が取り消された。支給の停止を検討する",
        "the certification of the plan was cancelled: payment can be stopped"),
    art("11", "31(3)(ii)"))
def still_certified(v: View) -> bool | None:
    return is_certified(v)

def paid_so_far(v: View) -> int:
    return (v.fact("paid") or 0) + (v.given("amount") or 0)

# -- the procedure ---------------------------------------------------------------------------------------------------

interest_subsidy = Procedure(
    "interest_subsidy", T("利子補給金の支給", "interest subsidy"), art("31(3)(ii)", "33(2)(iv)", "42(1)"),
        per=("loan",),
    states=dict(
        loan_to_certified_business=T("認定事業者への貸付け", "loan to a certified business"),
        applied=waits(T("申請", "applied"), SUPPORT_BODY), decided=waits(T("支給決定", "decided"), SUPPORT_BODY),
        paid=T("支給", "paid"), stopped=end(T("停止", "stopped"))),
    acts=(
        Act("apply", T("支給を申請する", "apply for the subsidy"), LENDER, art("33(2)(iv)"),
            opens("applied") + go("applied", "loan_to_certified_business"), fields=(LOAN,),
                conditions=(plan_is_certified,)),
        Act("refuse", T("支給しない", "do not pay the subsidy"), SUPPORT_BODY, art("33(2)(iv)") + RULES_OF_THE_BODY,
            go("loan_to_certified_business", "applied")),
        Act("decide", T("支給を決定する", "decide"), SUPPORT_BODY, art("33(2)(iv)"), go("decided", "applied"),
            fields=(FOR_PLAN,),
            conditions=(IS_FOR_PLAN, plan_is_certified)),
        Act("pay", T("支給する", "pay"), SUPPORT_BODY, art("31(3)(ii)"), go("paid", "decided") + stay("paid"),
            fields=(AMOUNT,), advice=(still_certified,),
            keeps=(keep("paid", paid_so_far),)),
        Act("stop", T("支給を停止する", "stop payment"), SUPPORT_BODY, STOPPING,
            go("stopped", "decided", "paid"),
            fields=(GROUND,), note=T("例：認定の取消し", "for example: the certification was cancelled"))))
