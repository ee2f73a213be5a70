"""安定供給確保支援独立行政法人 (Arts. 42-43): NIBIOHN, JOGMEC or NEDO, designated for a product, with its own fund.

Art. 34(6) is not applied to agencies (Art. 43(2)); the act of each has the same order to pay to the Treasury.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Field,
    FieldType,
    Option,
    Procedure,
    condition,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.laws import JOGMEC_ACT, JOGMEC_ORDER, NEDO_ACT, NEDO_ORDER, NIBIOHN_ACT, NIBIOHN_ORDER
from kaname.regimes.supply.roles import LEGISLATURE, MINISTER, SUPPORT_BODY
from kaname.regimes.supply.support_body import (
    PRODUCT,
    YEAR_END,
    has_fund,
    treasury_acts,
    treasury_clock,
    treasury_duty,
    treasury_rest,
)
from kaname.regimes.supply.support_corporation import contributions, first_fund_day, year_ended, year_is_known
from kaname.regimes.supply.support_forms import FUND_REPORT, OF_YEAR

FUNDS = NEDO_ACT("16-6") + JOGMEC_ACT("19-2") + NIBIOHN_ACT("15-3")
TREASURY = NEDO_ACT("16-6(3)-(4)") + JOGMEC_ACT("19-2(3)-(4)") + NIBIOHN_ACT("15-3(3)-(4)") \
    + NEDO_ORDER("7") + JOGMEC_ORDER("16") + NIBIOHN_ORDER("1")

# -- what is asked ---------------------------------------------------------------------------------------------------

BODY = Field("agency", T("独立行政法人", "agency"), FieldType.CHOICE, art("42(1)"), required=True, options=(
    Option("nibiohn", T("医薬基盤・健康・栄養研究所", "NIBIOHN"), NIBIOHN_ACT("15-3")),
    Option("jogmec", T("エネルギー・金属鉱物資源機構", "JOGMEC"), JOGMEC_ACT("19-2")),
    Option("nedo", T("新エネルギー・産業技術総合開発機構", "NEDO"), NEDO_ACT("16-6"))),
    help=T("法別表に掲げる三法人", "one of the three in the table of the Act"))
NOTICE = text("notice", T("公示の内容", "public notice"), art("32(1)", "42(3)"))
TARGETS, IN_TARGETS = finding("targets_set",
    T("中長期目標に支援業務の定めがある（内閣総理大臣等に協議済み）",
        "the medium-term targets cover the support work, after consulting the Prime Minister and others"),
    T("中長期目標に定めがない", "the targets do not cover it"), art("43"))
SUBSIDY = Field("amount", T("国の補助額", "state subsidy"), FieldType.YEN, FUNDS, required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

SUPERVISED_BY = {"nibiohn": "mhlw", "jogmec": "meti", "nedo": "meti"}
IN_CHARGE = {"joint": ("mhlw", "meti")}  # of the product: the ministry of its order, or these

@condition(T("独立行政法人を所管する大臣が、物資も所管すること",
    "the minister who supervises the agency is in charge of the product too"),
    T("独立行政法人を所管する大臣は、この物資を所管しない",
        "the minister who supervises the agency is not in charge of this product"), art("86(1)(iv)"))
def one_minister(v: View) -> bool | None:
    named, agency = PRODUCTS.get(v.given("product") or ""), v.given("agency")
    if named is None or agency is None:
        return None
    return SUPERVISED_BY[agency] in IN_CHARGE.get(named.order, (named.order,))

# -- the procedure ---------------------------------------------------------------------------------------------------

support_agency = Procedure(
    "support_agency", T("安定供給確保支援独立行政法人", "support agency"), art("42", "43"),
    excludes=("support_corporation",),
    states=dict(listed=waits(T("別表に掲載", "listed in the Act's table"), MINISTER),
        designated=waits(T("指定", "designated"), SUPPORT_BODY), fund_set_up=T("基金を設置", "fund set up")),
    clocks=(treasury_clock(TREASURY),),
    acts=(
        Act("listed", T("別表に掲げる", "list in the Act's table"), LEGISLATURE, art("42(1)"),
            opens("listed") + stay("listed"), fields=(BODY,), keeps=(keep("agency"),)),
        Act("designate", T("指定する", "designate"), MINISTER, art("42(2)", "42(3)", "32(1)"),
            opens("designated") + go("designated", "listed"), fields=(PRODUCT, BODY, NOTICE),
            conditions=(one_minister,),
            keeps=(keep("product"), keep("agency"))),
        Act("fund", T("基金を設け、国の補助を受ける", "set up the fund, or pay state subsidy into it"), SUPPORT_BODY,
            art("43") + FUNDS, go("fund_set_up", "designated") + stay("fund_set_up"),
            fields=(SUBSIDY, YEAR_END, TARGETS), conditions=(IN_TARGETS,),
            keeps=(keep("fund_on", first_fund_day), keep("contributions", contributions), keep("year_end"))),
        Act("fund_report", T("基金の報告書を提出する", "file the report on the fund"), (SUPPORT_BODY, MINISTER),
            art("43(2)", "34(8)-(9)"), stay("fund_set_up"), fields=(OF_YEAR, FUND_REPORT),
            conditions=(has_fund, year_ended, year_is_known)),
        Act("invest_otherwise", T("定めのない方法で基金を運用する", "invest the fund otherwise than permitted"),
            SUPPORT_BODY, art("43(3)"), stay("fund_set_up"), deed=True, penalty="PEN-99"),
        *treasury_acts(TREASURY, "fund_set_up")),
    duties=(treasury_duty(TREASURY),),
    consequences=(treasury_rest(TREASURY, "fund_set_up"),))
