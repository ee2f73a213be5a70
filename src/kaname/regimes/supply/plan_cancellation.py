"""認定の取消し・変更の指示 (Art. 11): two grounds, of which only the second knows an instruction to change.

Cancelling is an adverse disposition: a hearing first (Administrative Procedure Act Art. 13), or a recorded ground for
having none.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Duty,
    Field,
    FieldType,
    NoPenalty,
    Option,
    Procedure,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import form, orders
from kaname.regimes.supply.laws import APA
from kaname.regimes.supply.plan_change import plan_is_certified
from kaname.regimes.supply.roles import CERTIFIED, MINISTER

FOUND = ("non_performance_found", "nonconformity_found")

# -- what is asked ---------------------------------------------------------------------------------------------------

FACTS = text("facts", T("認定の原因となる事実", "the facts"), art("11(1)", "11(2)"))
CONTENT = text("content", T("指示の内容と理由", "content of the instruction and reasons"), orders("instruction"),
    required=True,
    form=form(10))
PLANNED = text("planned", T("予定する処分と根拠", "planned disposition and provision"), APA("15(1)"), required=True)
HEARING_ON = Field("hearing_on", T("聴聞の期日", "day of the hearing"), FieldType.DAY, APA("15(1)"), required=True)
PLACE = text("place", T("聴聞の場所・担当部署", "place and office in charge"), APA("15(1)"))
IGNORED, _ = finding("ignored", T("指示に従わないこと", "the instruction was not followed"),
    T("指示に従わないと認められない", "the instruction is not found to have been ignored"), art("11(2)"))
RECORD = text("record", T("聴聞調書・報告書", "record and report of the hearing"), APA("24"))
REASONS = text("reasons", T("取消しの理由", "reasons"), orders("cancel") + APA("14"), required=True, form=form(11))
NO_HEARING = Field("no_hearing", T("聴聞をしない根拠", "ground for having no hearing"), FieldType.CHOICE,
    APA("2(iv)", "13(2)"),
    options=(Option("consent", T("相手方の同意の下の処分", "with the consent of the business"), APA("2(iv)(ハ)")),
        Option("facts_ceased", T("基礎となる事実の消滅の届出", "notice that the underlying facts have ceased"),
            APA("2(iv)(ニ)")),
        Option("exempt", T("行政手続法13条2項の場合", "a case of Administrative Procedure Act Art. 13(2)"),
            APA("13(2)"))))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("聴聞をしたこと、又は聴聞をしない根拠の記録",
    "a hearing was held, or the ground for having none is recorded"),
    T("聴聞がなく、しない根拠も記録されていない", "no hearing was held and no ground for that is recorded"),
    APA("13(1)(i)", "13(2)", "2(iv)"), question=206)
def heard_or_exempt(v: View) -> bool | None:
    return v.state() == "hearing_held" or bool(v.given("no_hearing"))

@condition(T("指示の後は、指示に従わないこと", "after an instruction: that it was not followed"),
    T("指示に従わないとの認定がない", "no finding that the instruction was not followed"), art("11(2)"))
def ignored_if_instructed(v: View) -> bool | None:
    return True if v.state() != "change_instructed" else v.given("ignored")

@condition(T("聴聞の期日が通知の後であること", "the hearing lies after the notice"),
    T("聴聞の期日が通知の日以前である", "the hearing does not lie after the notice"), APA("15(1)"))
def notice_before_hearing(v: View) -> bool | None:
    day = v.given("hearing_on")
    return None if day is None else day > v.on

@condition(T("聴聞の期日が来たこと", "the day of the hearing has come"),
    T("聴聞の期日の前である", "before the day of the hearing"),
    APA("15(1)"))
def hearing_day_come(v: View) -> bool | None:
    day = v.fact("hearing_on")
    return day is None or v.on >= day

@condition(T("指示の後に変更の認定の申請があること", "a change was applied for since the instruction"),
    T("指示の後の変更の認定の申請が記録されていない", "no application to change is on record since the instruction"),
    art("10(1)", "11(2)"))
def change_applied_for(v: View) -> bool | None:
    instructed = v.since()
    applied = (v.done("plan_change.submit", run) for run in v.runs("plan_change"))
    return instructed is not None and any(day and day >= instructed for day in applied)

# -- the procedure ---------------------------------------------------------------------------------------------------

plan_cancellation = Procedure(
    "plan_cancellation", T("認定の取消し・変更の指示", "cancellation, instruction to change"),
    art("11") + orders("instruction") + orders("cancel"), per=("matter",),
    states=dict(
        non_performance_found=waits(T("不履行の認定", "non-performance found"), MINISTER),
        nonconformity_found=waits(T("不適合の認定", "nonconformity found"), MINISTER),
        change_instructed=waits(T("変更の指示", "change instructed"), CERTIFIED),
        hearing_notified=waits(T("聴聞の通知", "hearing notified"), MINISTER),
        hearing_held=waits(T("聴聞の終結", "hearing held"), MINISTER), cancelled=T("認定の取消し", "cancelled"),
        closed_without_action=end(T("処分せず", "closed without action"))),
    acts=(
        Act("find_nonperformance", T("計画が実施されていないと認める", "find that the plan is not carried out"),
            MINISTER, art("11(1)"),
            opens("non_performance_found"), fields=(FACTS,), conditions=(plan_is_certified,)),
        Act("find_nonconformity",
            T("認定の要件に適合しなくなったと認める", "find that the plan no longer meets Art. 9(4)"), MINISTER,
            art("11(2)"), opens("nonconformity_found"), fields=(FACTS,), conditions=(plan_is_certified,)),
        Act("instruct_change", T("変更を指示する", "instruct a change"), MINISTER, art("11(2)") + orders("instruction"),
            go("change_instructed", "nonconformity_found"), fields=(CONTENT,),
            note=T("不履行（11条1項）には変更の指示はない", "plain non-performance (Art. 11(1)) knows no instruction")),
        Act("comply", T("指示に従い変更を申請する", "apply to change as instructed"), CERTIFIED, art("11(2)", "10(1)"),
            go("closed_without_action", "change_instructed"), advice=(change_applied_for,),
            note=T("変更そのものは変更の認定の手続による", "the change itself runs as a change of the plan")),
        Act("hearing_notice", T("聴聞を通知する", "give notice of a hearing"), MINISTER, APA("13(1)(i)", "15"),
            go("hearing_notified", *FOUND, "change_instructed"), fields=(PLANNED, FACTS, HEARING_ON, PLACE, IGNORED),
            conditions=(ignored_if_instructed, notice_before_hearing), keeps=(keep("hearing_on"),),
            note=T("相当な期間をおく。日数の定めはない", "a reasonable time before it, no number of days")),
        Act("hearing_hold", T("聴聞を行う", "hold the hearing"), MINISTER, APA("13", "15", "24", "26"),
            go("hearing_held", "hearing_notified"), fields=(RECORD,), conditions=(hearing_day_come,)),
        Act("cancel", T("認定を取り消す", "cancel the certification"), MINISTER,
            art("11(1)", "11(2)") + orders("cancel") + APA("13", "14", "26"), go("cancelled", *FOUND, "hearing_held"),
            fields=(REASONS, NO_HEARING), conditions=(plan_is_certified, heard_or_exempt), received=True),
        Act("notify_support", T("支援法人等に通知する", "notify the support body"), MINISTER,
            art("11(3)", "9(6)") + orders("cancel_notify"), stay("cancelled"),
            fields=(Field("support_body", T("支援法人等", "support body"), FieldType.PARTY, art("9(6)"), form=form(12)),
                )),
        Act("close", T("処分をしない", "close without action"), MINISTER, art("11"),
            go("closed_without_action", *FOUND, "hearing_held"))),
    duties=(
        Duty("notify_support", T("支援法人等に通知する", "notify the support body"), art("11(3)"), MINISTER,
            NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("cancel"),),
                done=(done("notify_support"),),
            lasts=True),))
