"""保全指定・延長・解除 (Arts. 70, 72, 77; CAO Ordinance 7-8): at most one year at a time, counted from the day itself.

The law bites on receipt: Art. 72 binds who *received* the notice of Art. 70(1), until *receipt* of that of Art. 77(2).
"""

from datetime import date

from kaname.days import years
from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Ban,
    Clock,
    Consequence,
    Count,
    Duty,
    Extend,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Procedure,
    act_day,
    condition,
    done,
    end,
    end_of,
    go,
    keep,
    opens,
    receipt,
    received,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents.roles import APPLICANT, DESIGNATED, JPO, PM
from kaname.regimes.patents.security_review import NOTICE, OPERATORS, STANDING, applicant_heard
from kaname.regimes.patents.words import finding

UNTIL_NOTICE = (*STANDING, "lifted", "expired")

# -- what is asked ---------------------------------------------------------------------------------------------------

ENDS_ON = Field("ends_on", T("保全指定の期間の末日", "last day of the designation"), FieldType.DAY, art("70(2)"),
    help=T("未記入なら一年の末日", "one year where left out"))
EXTENDED_TO = Field("ends_on", T("延長後の末日", "last day after extension"), FieldType.DAY, art("70(3)"),
    help=T("未記入なら一年の延長", "one more year where left out"))
RISK, RISK_HIGH = finding("risk_high",
    T("外部から行われる行為により安全を損なうおそれが大きい", "high risk to the safety of the State and its people"),
    T("おそれが大きいと認められない", "the risk is not found to be high"), art("70(1)"))
IMPACT, IMPACT_WEIGHED = finding("impact_weighed",
    T("産業の発達に及ぼす影響等を考慮した", "impact on industry and other circumstances weighed"),
    T("産業の発達への影響が考慮されていない", "impact on industry was not weighed"), art("70(1)"))
SUITABLE, PROTECTION_SUITABLE = finding("suitable", T("情報の保全をすることが適当", "protection is suitable"),
    T("保全が適当と認められない", "protection is not found suitable"), art("70(1)"))
NEED, STILL_NEEDED = finding("continued_need", T("継続する必要がある", "need continues"),
    T("継続の必要が認められない", "need is not found to continue"), art("70(3)"))
NO_NEED, NO_LONGER_NEEDED = finding("no_longer_needed", T("継続する必要がなくなった", "no longer needed"),
    T("なお必要と認められる", "found to be still needed"), art("77(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("67条10項の書類が提出されていること", "the answer under Art. 67(10) was filed"),
    T("67条10項の書類が提出されていない", "the answer under Art. 67(10) is missing"), art("67(10)", "70(1)"))
def answer_filed(v: View) -> bool | None:
    return v.state("security_review") == "answer_filed"

@condition(T("延長前に指定特許出願人の意見を聴いたこと", "the applicant was heard before the extension"),
    T("延長前の意見聴取がない", "the applicant was not heard before the extension"), art("70(4)") + CAO_ORDINANCE("8"))
def was_heard(v: View) -> bool | None:
    return v.state() == "extension_hearing"

@condition(T("保全指定がされていること", "a designation stands"), T("保全指定がされていない", "no designation stands"),
    art("70(1)", "77(2)"))
def is_designated(v: View) -> bool | None:
    return v.state("designation") in UNTIL_NOTICE

@condition(T("保全指定の通知が未到達", "the notice of designation has not arrived yet"),
    T("通知は到達した", "the notice has arrived"), art("72(1)"))
def notice_under_way(v: View) -> bool | None:
    """Only where the day of arrival is known to lie ahead; a notice of unknown arrival is taken as received."""
    arrives: date | None = v.fact("notice_arrives_on")
    return arrives is not None and v.on < arrives

@condition(T("77条2項の通知を受けたこと", "the notice under Art. 77(2) was received"),
    T("77条2項の通知を受けていない", "no notice under Art. 77(2) was received"), art("77(2)"))
def end_notified(v: View) -> bool | None:
    return v.fact("designation.end_notified_on") is not None

@condition(T("保全指定が解除され又は満了したこと", "the designation was lifted or has expired"),
    T("保全指定は解除も満了もしていない", "the designation was neither lifted nor has it expired"), art("77(1)-(2)"))
def has_ended(v: View) -> bool | None:
    return v.state() in ("lifted", "expired")

@condition(T("特許庁長官による却下であること", "a dismissal by the Patent Office"),
    T("却下でない", "not a dismissal"), art("72(1)"))
def dismissed_by_jpo(v: View) -> bool | None:
    """Art. 72 binds the applicant, not the office."""
    return v.role == JPO.id and v.given("how") == "dismissed"

# -- sums ------------------------------------------------------------------------------------------------------------

def day_ended(v: View) -> date:
    """An applicant's ledger may know the notice only: lifted by that day at the latest."""
    return v.fact("ended_on") or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

NO_EFFECT = NoPenalty(T("放棄・取下げ・変更ができない（72条）", "the act has no effect (Art. 72)"))
OFFICE = NoPenalty(T("官庁の義務", "a duty of the office"))
RULE = NoPenalty(T("官庁に対する定め", "a rule for the office"))

designation = Procedure(
    "designation", T("保全指定・延長・解除", "designation, extension, lifting"),
    art("70", "72", "77") + CAO_ORDINANCE("7", "8"),
    after=("first_review",), states=dict(
        designated=T("保全指定中", "designated"), extension_hearing=T("延長の意見聴取", "hearing on extension"),
        extended=T("延長済", "extended"),
        lifted=T("解除（通知前）", "lifted"), expired=T("期間満了（通知前）", "expired"),
        closed=end(T("終了", "closed"))),
    clocks=(
        Clock("term", T("保全指定の期間（一年以内）", "term of designation (up to one year)"), Kind.TERM,
            art("70(2)", "70(3)"), (Count(years(1), act_day, COUNTED),), chosen="ends_on", question=13),),
    acts=(
        Act("designate", T("保全指定をする", "designate"), PM, art("70(1)-(2)") + CAO_ORDINANCE("7"),
            opens("designated"), fields=(*NOTICE, ENDS_ON, OPERATORS, RISK, IMPACT, SUITABLE),
            conditions=(answer_filed, RISK_HIGH, IMPACT_WEIGHED, PROTECTION_SUITABLE), advice=(applicant_heard,),
            starts=("term",), received=True,
            aliases=("security_review.designate",),
            keeps=(keep("designated_on", act_day), keep("notice_arrives_on", received), keep("operators"))),
        Act("hear_before_extension", T("延長前に意見を聴く", "hear before the extension"), PM,
            CAO_ORDINANCE("8") + art("70(3)-(4)"), go("extension_hearing", "designated", "extended")),
        Act("extend", T("期間を延長する", "extend"), PM, art("70(3)-(5)"), go("extended", *STANDING),
            fields=(EXTENDED_TO, NEED), conditions=(was_heard, STILL_NEEDED),
            extends=(Extend("term", years(1), art("70(3)"), counted_from="end"),), received=True, question=13),
        Act("lift", T("保全指定を解除する", "lift"), PM, art("77(1)", "77(3)"), go("lifted", *STANDING),
            fields=(NO_NEED,), conditions=(NO_LONGER_NEEDED,), stops=("term",), keeps=(keep("ended_on", act_day),)),
        Act("notify_end", T("解除又は満了を通知する", "give notice of the end"), PM, art("77(2)"),
            stay("lifted", "expired") + go("lifted", *STANDING), conditions=(has_ended,), stops=("term",),
            received=True, keeps=(keep("ended_on", day_ended),))),
    duties=(
        Duty("notify_end", T("解除又は満了を通知する", "give notice of the end"), art("77(2)"), PM, OFFICE,
            to=APPLICANT, states=("lifted", "expired"), done=(done("notify_end"),)),),
    bans=(
        Ban("no_withdrawal", T("特許出願の放棄・取下げ", "abandonment or withdrawal"), art("72(1)"), DESIGNATED,
            states=UNTIL_NOTICE, covers=("security_review.withdraw",), penalty=NO_EFFECT,
            unless=(notice_under_way, dismissed_by_jpo)),
        Ban("no_conversion", T("実用新案・意匠への出願の変更", "conversion to a utility model or design"), art("72(2)"),
            DESIGNATED, states=UNTIL_NOTICE, covers=("security_review.convert",), penalty=NO_EFFECT,
            unless=(notice_under_way,)),
        Ban("no_registration", T("実用新案登録", "utility model registration"), art("82(5)"), JPO, states=STANDING,
            covers=("patent_act_special.register_utility_model",), penalty=RULE)),
    consequences=(
        Consequence("expire", T("期間の満了", "the term ends"), art("77(2)"), upon=(end_of("term"),),
            moves=go("expired", *STANDING), keeps=(keep("ended_on", act_day),)),
        Consequence("close", T("通知による終了", "closed by the notice"), art("72(1)", "77(2)"),
            upon=(receipt("notify_end"),), moves=go("closed", "lifted", "expired"),
            keeps=(keep("end_notified_on", received),))))
