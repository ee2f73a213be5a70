"""却下処分と送達 (Arts. 69(4), 73(8), 74(3), 78(7), 85; Joint Order 4, 6): one disposition for all four grounds."""

from kaname.law import T
from kaname.law.laws import JOINT_ORDER, PATENT_ACT, art
from kaname.procedure.declare import Act, Procedure, act_day, condition, end, go, keep, opens, waits
from kaname.procedure.view import View
from kaname.regimes.patents.roles import JPO
from kaname.regimes.patents.words import text

# -- what is asked ---------------------------------------------------------------------------------------------------

DISPOSITION = tuple(text(*f, JOINT_ORDER("4")) for f in (
    ("application_number", T("出願番号", "application number")), ("applicant_name",
        T("特許出願人・代理人", "applicant and representative")),
    ("reasons", T("理由", "reasons"))))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("打切り又は却下相当の通知があること", "the review was terminated, or dismissal was notified as fit"),
    T("打切りも却下相当の通知もない", "no termination and no notice that dismissal is fit"),
    art("69(4)", "73(8)", "74(3)", "78(7)"))
def ground_given(v: View) -> bool | None:
    pending = any(v.state("working_permit", run) == "dismissal_pending" for run in v.runs("working_permit"))
    disclosed = v.state("disclosure_ban_designated") == "dismissal_pending"
    return v.state("security_review") == "terminated" or pending or disclosed or v.state(
        "foreign_filing_ban") == "dismissal_pending"

@condition(T("保全指定中でないこと（77条2項の通知後）", "not while designated: the notice of Art. 77(2) comes first"),
    T("保全指定中は77条2項の通知があるまで却下できない",
        "while designated, dismissal waits for the notice of Art. 77(2)"), art("73(8)", "74(3)", "78(7)"))
def designation_over(v: View) -> bool | None:
    return v.state("designation") in ("", "closed")

@condition(T("特許出願が係属していること", "the application is pending"),
    T("特許出願は既に取下げ・放棄・却下により消滅した", "the application is gone already"),
    art("69(4)", "73(8)", "74(3)", "78(7)"))
def still_there(v: View) -> bool | None:
    return v.state("first_review") != "application_gone"

# -- the procedure ---------------------------------------------------------------------------------------------------

dismissal_service = Procedure(
    "dismissal_service", T("却下処分と送達", "dismissal and service"),
    art("69(4)", "73(8)", "74(3)", "78(7)", "85") + JOINT_ORDER("4", "6"),
    after=("first_review",),
    states=dict(dismissal_decided=waits(T("却下処分", "dismissal decided"), JPO), served=end(T("送達済", "served"))),
    acts=(
        Act("dismiss", T("特許出願を却下する", "dismiss the application"), JPO,
            JOINT_ORDER("4") + art("69(4)", "73(8)", "74(3)", "78(7)"), opens("dismissal_decided"), fields=DISPOSITION,
            conditions=(ground_given, designation_over, still_there), keeps=(keep("dismissed_on", act_day),),
            aliases=("working_permit.dismiss", "disclosure_ban_designated.dismiss", "foreign_filing_ban.dismiss")),
        Act("serve", T("却下処分の謄本を送達する", "serve the certified copy"), JPO,
            art("85") + JOINT_ORDER("6") + PATENT_ACT("190"), go("served", "dismissal_decided"))))
