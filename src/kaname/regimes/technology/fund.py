"""指定基金 (T7; Art. 63(1)-(3), STI Act Arts. 27-2, 27-3): designation after consultation, subsidy, yearly report.

The period of the report runs in `fund_year`, a run for each business year; what is filed here brings it to its clock.
The chapter has no clause on undoing a designation (question 424).
"""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Ban,
    Duty,
    Field,
    FieldType,
    NoPenalty,
    Procedure,
    act_day,
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
from kaname.regimes.technology.laws import NONE_WRITTEN, STI
from kaname.regimes.technology.roles import FUND_MINISTER, FUNDING_AGENCY, PM
from kaname.regimes.technology.versions import IN_FORCE

CYCLE = ("operating", "reported", "opinion_attached", "reported_to_diet")

# -- what is asked ---------------------------------------------------------------------------------------------------

FUND = text("fund", T("基金", "the fund"), art("63(1)"), required=True)
UNDER_27_2, IS_UNDER_27_2 = finding("under_27_2", T("科技イノベ活性化法27条の2の基金であること",
    "a fund under Art. 27-2 of the STI Act"),
    T("27条の2の基金と認められない", "not found to be a fund under Art. 27-2 of the STI Act"),
    art("63(1)") + STI("27-2"))
FOR_CRITICAL, IS_FOR_CRITICAL = finding("for_critical_technologies",
    T("特定重要技術の研究開発の促進を目的とすること", "its aim is specified critical technologies"),
    T("特定重要技術を目的とすると認められない", "not found to aim at specified critical technologies"), art("63(1)"))
CONSULTED = tuple(Field(id, label, FieldType.PARTY, art("63(2)"), several=id == "other_agencies",
    required=id == "finance_minister") for id, label in (
        ("finance_minister", T("財務大臣", "Minister of Finance")),
        ("fund_minister", T("資金配分機関を所管する大臣", "minister in charge of the funding agency")),
        ("other_agencies", T("その他の関係行政機関の長", "heads of other agencies concerned"))))
FITS, IS_FIT = finding("fits_guideline", T("基本指針に適合すること", "it fits the basic guideline"),
    T("基本指針に適合すると認められない", "not found to fit the basic guideline"), art("60(2)", "63(1)"))
SUBSIDY = (
    text("budget_act", T("予算", "budget"), art("63(3)"), required=True),
    Field("amount_yen", T("補助の額", "amount"), FieldType.YEN, art("63(3)"), required=True),
    Field("agency", T("資金配分機関", "funding agency"), FieldType.PARTY, art("63(3)")))
IN_BUDGET, IS_IN_BUDGET = finding("within_budget", T("予算の範囲内であること", "within the budget"),
    T("予算の範囲内と認められない", "not found to be within the budget"), art("63(3)"))
STATE_OF_FUND = tuple(Field(id, label, FieldType.YEN, STI("27-2")) for id, label in (
    ("committed", T("交付決定・契約の額", "committed")), ("spent", T("支出額", "spent")),
    ("income", T("運用益等", "income"))))
ADDED, IS_ADDED = finding("income_added", T("運用により生じた利子等を基金に加えること", "income is added to the fund"),
    T("利子等が基金に加えられていない", "income is not added to the fund"), STI("27-2"))
SAFE, IS_SAFE = finding("safe_investment", T("余裕金を安全な方法のみで運用すること", "safe investment only"),
    T("安全な方法のみで運用すると認められない", "not found to be invested safely only"), STI("27-2(3)"))
YEAR = Field("business_year", T("事業年度の末日", "last day of the business year"), FieldType.DAY, STI("27-3(1)"),
    required=True)
REPORT = paper("report", T("基金の報告書", "report on the fund"), STI("27-3(1)"), required=True)
OPINION = text("opinion", T("主務大臣の意見", "the minister's opinion"), STI("27-3(2)"), required=True)
CLOSED = tuple(Field(id, label, FieldType.YEN, NONE_WRITTEN) for id, label in (
    ("unused_amount", T("使われなかった額", "unused amount")),
    ("return_to_treasury", T("国庫に返した額", "returned to the treasury"))))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("その事業年度が終わったこと", "that business year has ended"),
    T("その事業年度は終わっていない", "that business year has not ended"), STI("27-3(1)"))
def year_ended(v: View) -> bool | None:
    closes = v.given("business_year")
    return None if closes is None else closes < v.on

@condition(T("報告すべき事業年度であること", "a business year that is to be reported on"),
    T("その事業年度の報告は求められていない、又は済んでいる。事業年度の末日を確かめる",
        "no report on that business year is due: it is in, or its last day is wrong"), STI("27-3(1)"))
def year_is_due(v: View) -> bool | None:
    closes: date | None = v.given("business_year")
    return None if closes is None else v.state("fund_year", closes.isoformat()) == "due"

# -- sums ------------------------------------------------------------------------------------------------------------

def contributions(v: View) -> tuple[tuple[date, int], ...]:
    """What the State has put into the fund, with this payment."""
    return (*(tuple(row) for row in v.fact("contributions") or ()), (v.on, v.given("amount_yen") or 0))

def first_operation(v: View) -> date:
    known: date | None = v.fact("operating_since")
    return known or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

ELSEWHERE = NoPenalty(T("本法の罰則ではない。資金配分機関の役員は20万円以下の過料（科技イノベ活性化法52条1号）",
    "none of this Act; officers of the agency: a non-penal fine of up to 200,000 yen (STI Act Art. 52(i))"))

fund = Procedure(
    "fund", T("指定基金", "designated fund"), art("63(1)-(3)") + STI("27-2", "27-3"), states=dict(
        consulted=waits(T("協議済", "consulted"), PM), designated=waits(T("指定", "designated"), FUND_MINISTER),
        funded=waits(T("補助", "funded"), FUNDING_AGENCY), operating=T("運用中", "operating"),
        reported=waits(T("報告済", "reported"), FUND_MINISTER),
        opinion_attached=waits(T("意見を付した", "opinion attached"), FUND_MINISTER),
        reported_to_diet=waits(T("国会に報告済", "reported to the Diet"), FUNDING_AGENCY),
        revoked_or_closed=end(T("指定の終了・廃止", "revoked or closed"))),
    acts=(
        Act("consult", T("指定について協議する", "consult on the designation"), PM, art("63(2)"), opens("consulted"),
            fields=(FUND, *CONSULTED, UNDER_27_2, FOR_CRITICAL), conditions=(IS_UNDER_27_2, IS_FOR_CRITICAL),
            keeps=(keep("fund"),), note=T("あらかじめ", "beforehand")),
        Act("designate", T("基金を指定する", "designate the fund"), PM, art("63(1)"), go("designated", "consulted"),
            fields=(FITS,), conditions=(IS_FIT,), keeps=(keep("designated_on", act_day),), since=IN_FORCE),
        Act("subsidise", T("補助する", "subsidise"), FUND_MINISTER, art("63(3)"),
            go("funded", "designated") + stay("funded", *CYCLE), fields=(*SUBSIDY, IN_BUDGET),
            conditions=(IS_IN_BUDGET,), keeps=(keep("contributions", contributions), keep("agency")),
            note=T("条文の主語は国。大臣が予算により行う",
                "the article speaks of the State; the minister acts through the budget")),
        Act("operate", T("基金を運用する", "operate the fund"), FUNDING_AGENCY, STI("27-2"), go("operating", "funded"),
            fields=(*STATE_OF_FUND, ADDED, SAFE), conditions=(IS_ADDED, IS_SAFE),
            keeps=(keep("operating_since", first_operation),)),
        Act("annual_report", T("基金の報告書を提出する", "file the report on the fund"), FUNDING_AGENCY, STI("27-3(1)"),
            go("reported", "operating", "opinion_attached", "reported_to_diet")
            + stay("reported", "revoked_or_closed"), fields=(YEAR, REPORT), conditions=(year_ended, year_is_due),
            note=T("前の年度の意見や国会への報告が済んでいなくても、期限までに提出する",
                "due by its day, also where opinion and report to the Diet on an earlier year are still to come")),
        Act("attach_opinion", T("意見を付する", "attach an opinion"), FUND_MINISTER, STI("27-3(2)"),
            go("opinion_attached", "reported"), fields=(OPINION,)),
        Act("report_to_diet", T("国会に報告する", "report to the Diet"), FUND_MINISTER, STI("27-3(2)"),
            go("reported_to_diet", "opinion_attached")),
        Act("next_year", T("次の事業年度に進む", "go on to the next year"), FUNDING_AGENCY, STI("27-3"),
            go("operating", "reported_to_diet")),
        Act("close", T("指定を終える、又は基金を廃止する", "end the designation, or close the fund"), PM, NONE_WRITTEN,
            go("revoked_or_closed", "operating"), fields=CLOSED, question=424,
            note=T("指定を取り消す規定はない", "the chapter has no clause on undoing a designation")),
        Act("invest_otherwise", T("安全な方法によらず運用する", "invest otherwise than safely"), FUNDING_AGENCY,
            STI("27-2(3)"), stay(*CYCLE), deed=True)),
    bans=(
        Ban("investment", T("安全な方法によらない運用", "investing otherwise than safely"), STI("27-2(3)"),
            FUNDING_AGENCY, states=CYCLE, covers=("invest_otherwise",), penalty=ELSEWHERE),),
    duties=(
        Duty("diet_report", T("意見を付けて国会に報告する", "report to the Diet with an opinion"), STI("27-3(2)"),
            FUND_MINISTER, NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("annual_report"),),
            done=(done("report_to_diet"),)),),
    note=T("K Programの基金が指定された日は確認していない（論点409）",
        "the day on which the fund of the K Program was designated was not found (question 409)"))
