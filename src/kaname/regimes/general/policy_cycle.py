"""The policy cycle: what the Prime Minister may ask of the agencies (Art. 3), and the review of the Act (suppl. 4).

Agencies cooperate (Art. 4(2)); no one is punished for not doing so. "About three years" is a target, not a deadline.
"""

from datetime import date

from kaname.days import years
from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Clock,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    day_rule,
    go,
    opens,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.general.roles import AGENCY_HEADS, GOVERNMENT, PM
from kaname.regimes.general.versions import IN_FORCE

COOPERATION = NoPenalty(T("行政機関の協力（４条２項）に罰則はない",
    "cooperation of agencies (Art. 4(2)) has no penalty"))

# -- what is asked ---------------------------------------------------------------------------------------------------

ADDRESSED = Field("addressed", T("相手方の行政機関の長", "the heads addressed"), FieldType.PARTY, art("3"),
    required=True,
    several=True)
NEEDED, IS_NEEDED = finding("needed", T("必要があると認める", "it is needed"), T("必要が認められない",
    "no need is found"),
    art("3(1)"))
SPECIAL, IS_SPECIAL = finding("specially_needed", T("特に必要があると認める", "it is specially needed"),
    T("特別の必要が認められない", "no special need is found"), art("3(2)"))

@day_rule(T("施行の日", "the day of entry into force"))
def entry_into_force(v: View) -> date | None:
    return IN_FORCE

# -- the procedures --------------------------------------------------------------------------------------------------

agency_request = Procedure(
    "agency_request", T("資料の提出等の求め", "request to agencies"), art("3(1)"), per=("request",),
    states=dict(asked=waits(T("求め", "asked"), AGENCY_HEADS), answered=T("回答済", "answered")),
    acts=(
        Act("ask", T("資料の提出、説明、意見等を求める", "ask for papers, explanations or opinions"), PM, art("3(1)"),
            opens("asked"), fields=(ADDRESSED, text("asked", T("求める事項", "what is asked for"), art("3(1)"),
                required=True), NEEDED), conditions=(IS_NEEDED,)),
        Act("answer", T("資料等を提出する", "give what was asked for"), AGENCY_HEADS, art("3(1)", "4(2)"),
            go("answered", "asked"), fields=(text("answer", T("回答", "answer"), art("3(1)")),))),
    duties=(
        Duty("cooperate", T("求めに協力する", "cooperate"), art("4(2)"), AGENCY_HEADS, COOPERATION, to=PM,
            states=("asked",)),))

agency_recommendation = Procedure(
    "agency_recommendation", T("行政機関への勧告", "recommendation to agencies"), art("3(2)"), per=("recommendation",),
    states=dict(
        recommended=T("勧告", "recommended"), report_asked=waits(T("報告の求め", "report asked for"), AGENCY_HEADS),
        reported=T("報告済", "reported")),
    acts=(
        Act("recommend", T("必要な措置を勧告する", "recommend measures"), PM, art("3(2)"), opens("recommended"),
            fields=(ADDRESSED, text("measures", T("勧告する措置", "measures recommended"), art("3(2)"), required=True),
                SPECIAL), conditions=(IS_SPECIAL,)),
        Act("ask_report", T("講じた措置の報告を求める", "ask what was done"), PM, art("3(2)"),
            go("report_asked", "recommended", "reported")),
        Act("report", T("講じた措置を報告する", "report what was done"), AGENCY_HEADS, art("3(2)", "4(2)"),
            go("reported", "report_asked"), fields=(text("done", T("講じた措置", "what was done"), art("3(2)"),
                required=True),))),
    duties=(
        Duty("report", T("講じた措置を報告する", "report what was done"), art("3(2)", "4(2)"), AGENCY_HEADS,
            COOPERATION,
            to=PM, states=("report_asked",)),))

information = Procedure(
    "information", T("行政機関への情報の提供", "information given to agencies"), art("3(3)"), per=("information",),
    states=dict(given=T("提供済", "given")),
    acts=(
        Act("give", T("参考となる情報を提供する", "give useful information"), PM, art("3(3)"), opens("given"),
            fields=(ADDRESSED, text("what", T("情報の概要", "what was given"), art("3(3)"), required=True))),))

review = Procedure(
    "review", T("施行後三年を目途とする検討", "review about three years after entry into force"), art("suppl. 4"),
    states=dict(
        awaited=waits(T("検討の時期を待つ", "awaited"), GOVERNMENT),
        under_review=waits(T("検討中", "under review"), GOVERNMENT), concluded=T("検討を終えた", "concluded")),
    clocks=(
        Clock("three_years", T("施行後三年（目途）", "three years after entry into force, a target"), Kind.AGENCY_DUTY,
            art("suppl. 4"), (Count(years(3), entry_into_force, COUNTED),), force=Force.TARGET, question=14),),
    acts=(
        Act("expect", T("検討の予定を登載する", "enter the review that is to come"), GOVERNMENT, art("suppl. 4"),
            opens("awaited"), starts=("three_years",)),
        Act("begin", T("検討を始める", "begin the review"), GOVERNMENT, art("suppl. 4"),
            go("under_review", "awaited")),
        Act("conclude", T("検討の結果を示す", "conclude, with what is to be done"), GOVERNMENT, art("suppl. 4"),
            go("concluded", "under_review"), meets=("three_years",), question=14,
            fields=(text("findings", T("検討の結果", "findings"), art("suppl. 4"), required=True),
                text("measures", T("講ずる措置", "measures to be taken"), art("suppl. 4"))))))
