"""指定基金協議会の組織 (T4b; Art. 63(4), (5)): for each R&D effort paid from a designated fund its minister forms one,
together with the Prime Minister. A duty. Art. 63(5) takes over Art. 62(3) to (8), neither consent nor consultation.
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
    Procedure,
    act_day,
    condition,
    done,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.technology.council_acts import NAME, STATES, life
from kaname.regimes.technology.laws import CALL_DOCUMENTS, GUIDELINE
from kaname.regimes.technology.roles import FUND_MINISTER, LEAD_RESEARCHER
from kaname.regimes.technology.versions import IN_FORCE

# -- what is asked ---------------------------------------------------------------------------------------------------

RESEARCH = text("research", T("研究開発", "the R&D"), art("63(4)"), required=True)
LEAD = Field("lead_researcher", T("研究開発を代表する者", "who represents the R&D"), FieldType.PERSON, art("63(4)"),
    required=True)
WHY_FIT = text("why_fit", T("代表する者として相当な理由", "why fit to represent it"), art("63(4)"))
PAID, IS_PAID = finding("paid_from_fund",
    T("指定基金により資金を支出する研究開発であること", "R&D paid from the designated fund"),
    T("指定基金により資金を支出する研究開発と認められない", "not found to be R&D paid from the designated fund"),
    art("63(4)"))
FORM = text("form", T("同意の方式", "form of the consent"), CALL_DOCUMENTS)
JOINTLY, IS_JOINT = finding("with_prime_minister",
    T("内閣総理大臣と共同して組織すること", "formed together with the Prime Minister"),
    T("内閣総理大臣と共同していない", "not done together with the Prime Minister"), art("63(4)"))
COVERED = (
    text("covered_concept", T("対象の研究開発構想", "R&D concept covered"), art("63(4)")),
    text("covered_projects", T("対象の研究開発課題", "projects covered"), art("63(4)")))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("研究代表者の同意の記録があること（運用）", "the lead researcher's consent is on record (practice)"),
    T("研究代表者の同意の記録がない。63条4項は同意を求めないが、運用では課題ごとに同意を得るとされる",
        "no consent of the lead researcher is on record; Art. 63(4) asks for none, practice is said to, per project"),
    GUIDELINE + CALL_DOCUMENTS, question=420)
def consent_on_record(v: View) -> bool | None:
    return v.done("record_consent") is not None

# -- the procedure ---------------------------------------------------------------------------------------------------

fund_council = Procedure(
    "fund_council", T("指定基金協議会（63条4項）", "designated-fund council (Art. 63(4))"), art("63(4)", "63(5)"),
    excludes=("council",), states=dict(
        lead_identified=waits(T("代表者の特定", "lead identified"), FUND_MINISTER), **STATES),
    acts=(
        Act("identify_lead", T("代表する者を定める", "identify who represents the R&D"), FUND_MINISTER, art("63(4)"),
            opens("lead_identified"), fields=(RESEARCH, LEAD, WHY_FIT, PAID), conditions=(IS_PAID,),
            keeps=(keep("lead_researcher"), keep("research"))),
        Act("record_consent", T("研究代表者の同意を記録する", "record the lead researcher's consent"), LEAD_RESEARCHER,
            GUIDELINE + CALL_DOCUMENTS, stay("lead_identified"), fields=(FORM,),
            keeps=(keep("consented_on", act_day),), question=420),
        Act("organise_jointly", T("内閣総理大臣と共同して組織する", "form it together with the Prime Minister"),
            FUND_MINISTER, art("63(4)"), go("organised", "lead_identified"), fields=(NAME, *COVERED, JOINTLY),
            conditions=(IS_JOINT,), advice=(consent_on_record,),
            keeps=(keep("council_name"), keep("organised_on", act_day), keep("covered_concept"),
                keep("covered_projects")),
            since=IN_FORCE, note=T("62条2項の協議は要しない", "no consultation under Art. 62(2)")),
        *life(FUND_MINISTER, art("62(8)", "63(5)"), art("62(4)", "63(5)"), art("62(7)", "63(5)"), "PEN-95-1-1c")),
    duties=(
        Duty("form", T("協議会を組織する", "form the council"), art("63(4)"), FUND_MINISTER,
            NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("identify_lead"),),
            done=(done("organise_jointly"),)),))
