"""報告徴収・立入検査 (Art. 84; CAO Ordinance 13): one run per matter; `addressee`: the applicant or an operator.

Not a power of criminal investigation.
"""

from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import (
    Act,
    Duty,
    Procedure,
    done,
    end,
    go,
    keep,
    opens,
    stay,
)
from kaname.regimes.patents.addressee import ADDRESSED, addressee, by_addressee
from kaname.regimes.patents.designation import is_designated
from kaname.regimes.patents.roles import DESIGNATED, INSPECTOR, PM, SHARER
from kaname.regimes.patents.words import finding, form, text

# -- what is asked ---------------------------------------------------------------------------------------------------

ADDRESSEE = addressee(art("84(1)"))
WHAT = text("what", T("報告・提出を求める事項", "what is to be reported"), art("84(1)"), sealed=True)
REPORT = text("report", T("報告", "report"), art("84(1)"), sealed=True)
CARD, CARD_CARRIED = finding("identity_card",
    T("身分証明書を携帯し、求めに応じ提示した", "identity card carried and shown on request"),
    T("身分証明書の携帯・提示がない", "no identity card was carried or shown"), art("84(2)") + CAO_ORDINANCE("13"),
    help=form("5", "cao"))

# -- conditions ------------------------------------------------------------------------------------------------------

BY_WHOM_WAS_ASKED = by_addressee("by_whom_was_asked", T("求めを受けた者が報告すること", "who was asked reports"),
    T("この者は求めの相手方ではない", "this is not whom the request is addressed to"), art("84(1)"))

# -- the procedure ---------------------------------------------------------------------------------------------------

reports_inspection = Procedure(
    "reports_inspection", T("報告徴収・立入検査", "reports and inspection"), art("84") + CAO_ORDINANCE("13"),
    per=("matter",),
    after=("designation",), states=dict(requested=T("求め", "requested"), answered=T("報告済", "answered"),
        inspected=end(T("検査済", "inspected"))),
    acts=(
        Act("ask_report", T("報告又は資料の提出を求める", "ask for a report or materials"), PM, art("84(1)"),
            opens("requested"), fields=(ADDRESSEE, WHAT), conditions=(is_designated,), keeps=(keep("addressee"),),
            received=True),
        Act("answer", T("報告する", "answer"), (DESIGNATED, SHARER), art("84(1)"), go("answered", "requested"),
            fields=(REPORT,), conditions=(BY_WHOM_WAS_ASKED,)),
        Act("inspect", T("立入検査をする", "inspect"), INSPECTOR, art("84(1)-(3)") + CAO_ORDINANCE("13"),
            opens("inspected") + go("inspected", "requested", "answered"), fields=(CARD,),
            conditions=(is_designated, CARD_CARRIED)),
        Act("obstruct", T("報告・検査を拒み、妨げ、又は偽る", "refuse, hinder or falsify"), (DESIGNATED, SHARER),
            art("84(1)", "96(v)"), stay("requested", "answered"), deed=True, penalty="PEN-96-5c")),
    duties=(
        Duty("report", T("報告又は資料の提出をする", "report or supply materials"), art("84(1)"), DESIGNATED,
            "PEN-96-5c", to=PM, states=("requested",), done=(done("answer"),), by_fact=ADDRESSED),))
