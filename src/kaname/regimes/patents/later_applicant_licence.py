"""後願者の通常実施権 (Art. 81): for a later applicant, itself designated, who worked unaware of an earlier one."""

from kaname.law import T
from kaname.law.laws import PATENT_ACT, art
from kaname.procedure.declare import (
    Act,
    Duty,
    Field,
    FieldType,
    NoPenalty,
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
from kaname.regimes.patents.roles import COURT, JPO, LATER, PATENTEE
from kaname.regimes.patents.words import finding

# -- what is asked ---------------------------------------------------------------------------------------------------

PUBLISHED_ON = Field("earlier_published_on", T("先の出願の公開の日", "day the earlier application was published"),
    FieldType.DAY, art("81(1)"))
AMOUNT = Field("amount", T("対価の額", "remuneration"), FieldType.YEN, art("81(2)"))
FINAL, REFUSAL_FINAL = finding("final", T("拒絶の査定又は審決が確定した", "the refusal has become final"),
    T("拒絶が確定していない", "the refusal is not final"), art("81(1)"))
IGNORANT, IN_IGNORANCE = finding("unaware",
    T("特許法29条の2の拒絶理由を知らなかった", "unaware of the ground of Patent Act 29-2"),
    T("知らなかったと認められない", "not found to have been unaware"), art("81(1)") + PATENT_ACT("29-2"))
IN_JAPAN, WORKED_IN_JAPAN = finding("worked_in_japan",
    T("日本国内で実施又はその準備をしていた", "worked or prepared in Japan"),
    T("国内での実施・準備が認められない", "no working or preparation in Japan is found"), art("81(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("後願者自身が保全指定を受けたこと", "the later applicant was itself designated"),
    T("後願者は指定特許出願人でない", "the later applicant was not designated"), art("81(1)"))
def was_designated(v: View) -> bool | None:
    return v.fact("designation.designated_on") is not None

@condition(T("先の出願の公開前の実施又は準備", "begun before the earlier application was published"),
    T("先の出願の公開後である", "begun after the earlier application was published"), art("81(1)"))
def before_publication(v: View) -> bool | None:
    published, began = v.given("earlier_published_on"), v.fact("began_on")
    return began < published if published and began else None

@condition(T("実施又はその準備をしていたこと", "was working or preparing to"),
    T("実施又は準備の記録がない", "no working or preparation is on record"), art("81(1)"))
def was_working(v: View) -> bool | None:
    return v.state() == "working_in_ignorance"

# -- the procedure ---------------------------------------------------------------------------------------------------

later_applicant_licence = Procedure(
    "later_applicant_licence", T("後願者の通常実施権", "licence of a later applicant"), art("81"),
    states=dict(working_in_ignorance=T("善意の実施", "working in ignorance"),
        own_application_refused=T("自己の出願の拒絶確定", "own application refused"),
                licensed=T("通常実施権", "licensed")),
    acts=(
        Act("begin_working", T("実施又はその準備を始める", "begin to work or prepare"), LATER, art("81(1)"),
            opens("working_in_ignorance"), keeps=(keep("began_on", act_day),)),
        Act("refusal_final", T("拒絶が確定する", "the refusal becomes final"), (JPO, COURT),
            art("81(1)") + PATENT_ACT("29-2"),
            opens("own_application_refused") + go("own_application_refused", "working_in_ignorance"),
            fields=(FINAL,), conditions=(was_working, REFUSAL_FINAL)),
        Act("acquire", T("通常実施権を取得する", "acquire the licence"), LATER, art("81(1)"),
            go("licensed", "own_application_refused"), fields=(PUBLISHED_ON, IGNORANT, IN_JAPAN),
            conditions=(was_designated, before_publication, IN_IGNORANCE, WORKED_IN_JAPAN)),
        Act("pay", T("相当の対価を支払う", "pay reasonable remuneration"), LATER, art("81(2)"), stay("licensed"),
            fields=(AMOUNT,))),
    duties=(
        Duty("remuneration", T("相当の対価を支払う", "pay reasonable remuneration"), art("81(2)"), LATER,
            NoPenalty(T("民事上の債務", "a civil debt")), to=PATENTEE, arises=(done("acquire"),),
            done=(done("pay"),)),),
    note=T("実施権の範囲は実施又は準備をしている事業の目的の範囲内",
        "the licence reaches as far as the business that was worked or prepared"))
