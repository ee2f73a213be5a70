"""勧告・改善命令 (Art. 83): one run per matter; `addressee` is the applicant or a sharing operator."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.declare import (
    Act,
    Consequence,
    Duty,
    NoPenalty,
    Procedure,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    receipt,
)
from kaname.procedure.view import View
from kaname.regimes.patents.addressee import ADDRESSED, addressee, by_addressee
from kaname.regimes.patents.designation import is_designated
from kaname.regimes.patents.parties import APPLICANT_RUN
from kaname.regimes.patents.roles import DESIGNATED, PM, SHARER
from kaname.regimes.patents.words import finding, text

# -- what is asked ---------------------------------------------------------------------------------------------------

ADDRESSEE = addressee(art("83(1)"))
MEASURES = text("measures", T("講ずべき措置", "measures to be taken"), art("83(1)-(3)"), sealed=True)
NEEDED, IS_NEEDED = finding("needed", T("漏えい防止のため必要", "needed to prevent a leak"),
    T("必要と認められない", "not found to be needed"), art("83(1)"))
NO_REASON, WITHOUT_REASON = finding("no_good_reason",
    T("正当な理由なく措置を講じない", "no measures taken, without good reason"),
    T("正当な理由がないと認められない", "lack of a good reason is not found"), art("83(2)"))
IMMINENT, LEAK_IMMINENT = finding("imminent", T("漏えいのおそれが切迫している", "a leak is imminent"),
    T("切迫していると認められない", "a leak is not found imminent"), art("83(3)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("相手方に75条の措置の不備があること", "the addressee was found deficient under Art. 75"),
    T("相手方に75条の措置の不備が認められていない", "the addressee was not found deficient under Art. 75"),
    art("75", "83(1)"))
def found_deficient(v: View) -> bool | None:
    """While the form names no operator, a deficiency of anyone bound will do."""
    named = v.given("addressee")
    asked = (APPLICANT_RUN if named == "applicant" else named,) if named else v.runs("proper_management")
    return any(v.state("proper_management", run) == "deficient" for run in asked)

BY_ADDRESSEE = by_addressee("by_the_addressee",
    T("相手方が措置を講じること", "the addressee takes the measures"),
    T("この者は勧告・命令の相手方ではない", "this is not whom the recommendation or order is addressed to"), art("83"))

# -- the procedure ---------------------------------------------------------------------------------------------------

NEXT_STEP = NoPenalty(T("従わないときは命令（83条2項）", "not following it leads to an order (Art. 83(2))"))

recommendation_order = Procedure(
    "recommendation_order", T("勧告・改善命令", "recommendation and order"), art("83"), per=("matter",),
    after=("designation",), states=dict(recommended=T("勧告", "recommended"), ordered=T("命令", "ordered"),
        complied=end(T("措置済", "complied")), ended=end(T("指定の終了", "designation over"))),
    acts=(
        Act("recommend", T("勧告する", "recommend"), PM, art("83(1)"), opens("recommended"),
            fields=(ADDRESSEE, MEASURES, NEEDED), conditions=(is_designated, found_deficient, IS_NEEDED),
            keeps=(keep("addressee"),), received=True),
        Act("order", T("命令する", "order"), PM, art("83(2)"), go("ordered", "recommended"),
            fields=(MEASURES, NO_REASON), conditions=(WITHOUT_REASON,), received=True),
        Act("urgent_order", T("緊急に命令する", "order in urgency"), PM, art("83(3)"), opens("ordered"),
            fields=(ADDRESSEE, MEASURES, IMMINENT), conditions=(is_designated, found_deficient, LEAK_IMMINENT),
            keeps=(keep("addressee"),), received=True),
        Act("comply", T("措置を講じる", "comply"), (DESIGNATED, SHARER), art("83"),
            go("complied", "recommended", "ordered"), conditions=(BY_ADDRESSEE,))),
    duties=(
        Duty("follow", T("勧告に係る措置を講じる", "take the recommended measures"), art("83(1)"), DESIGNATED,
            NEXT_STEP, states=("recommended",), done=(done("comply"),), effort=True, by_fact=ADDRESSED),
        Duty("obey", T("命令に係る措置を講じる", "obey the order"), art("83(2)-(3)"), DESIGNATED, "PEN-92-1-4b",
            states=("ordered",), done=(done("comply"),), by_fact=ADDRESSED)),
    consequences=(
        Consequence("ended", T("指定の終了", "the designation is over"), art("77(2)"),
            upon=(receipt("designation.notify_end"),), every_run=True, moves=go("ended", "recommended", "ordered")),))
