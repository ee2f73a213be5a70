"""中小企業の特例 (Arts. 26-28): an investment company may invest above 300 million yen, a guarantee is counted apart.

Who is a small or medium business is asked by industry: for a company either limit is enough, a person has only staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaname.law import Bases, T, Text
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, flag
from kaname.procedure.declare import Act, Field, FieldType, Option, Procedure, condition, end, opens
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.credit_insurance import INSURANCES, MOST, premium
from kaname.regimes.supply.plan_change import plan_is_certified
from kaname.regimes.supply.roles import GUARANTOR, INVESTOR
from kaname.regimes.supply.versions import UNSECURED


@dataclass(frozen=True, slots=True)
class Limit:
    """The limits of one industry: capital in yen, staff; None where the law asks for none."""

    label: Text
    capital: int | None
    staff: int | None
    basis: Bases


LIMITS: Mapping[str, Limit] = {
    "general": Limit(T("製造業、建設業、運輸業その他", "manufacturing, construction, transport and others"),
        300_000_000, 300,
        art("26(i)")),
    "wholesale": Limit(T("卸売業", "wholesale"), 100_000_000, 100, art("26(ii)")),
    "services": Limit(T("サービス業", "services"), 50_000_000, 100, art("26(iii)")),
    "retail": Limit(T("小売業", "retail"), 50_000_000, 50, art("26(iv)")),
    "rubber": Limit(T("ゴム製品製造業（一部を除く）", "rubber products (with exceptions)"), 300_000_000, 900,
        ORDER("5(1)")),
    "software": Limit(T("ソフトウェア業・情報処理サービス業", "software or information processing"), 300_000_000, 300,
        ORDER("5(1)")),
    "hotel": Limit(T("旅館業", "inns and hotels"), 50_000_000, 200, ORDER("5(1)")),
    "medical": Limit(T("医療法人", "medical corporation"), None, 300, art("26(ix)")),
    "cooperative": Limit(T("組合・連合会", "cooperative or federation"), None, None,
        art("26(vi)-(viii)") + ORDER("5(2)")),
}
CEILING = 300_000_000  # the capital up to which investment companies invest without the special case


def is_small(industry: str, capital: int | None, staff: int | None, *, company: bool) -> bool | None:
    """Whether a business is small or medium (中小企業者); None while a figure that decides is missing."""
    limit = LIMITS[industry]
    if limit.capital is None and limit.staff is None:
        return True
    asked = [(staff, limit.staff)]
    if company and limit.capital is not None:
        asked.append((capital, limit.capital))
    met = [None if value is None else cap is not None and value <= cap for value, cap in asked]
    if any(met):
        return True
    return None if None in met else False


# -- what is asked ---------------------------------------------------------------------------------------------------

INDUSTRY = Field("industry", T("業種", "industry"), FieldType.CHOICE, art("26"), required=True,
    options=tuple(Option(id, limit.label, limit.basis) for id, limit in LIMITS.items()))
CAPITAL = Field("capital", T("資本金", "capital"), FieldType.YEN, art("26"))
NEW_CAPITAL = Field("new_capital", T("設立する会社の資本金（設立のとき）",
    "capital of the company to be set up, if one is"), FieldType.YEN, art("27(1)"),
    help=T("設立する中小企業者の資本金とは別に", "beside that of the business that sets it up"))
STAFF = Field("staff", T("従業員数", "staff"), FieldType.INTEGER, art("26"))
PERSON = flag("individual", T("個人である", "an individual"), art("26"))
AMOUNT = Field("amount", T("金額", "amount"), FieldType.YEN, art("27", "28"))
FOR_PLAN, IS_FOR_PLAN = finding("for_plan", T("認定された取組に要する資金", "money for the certified project"),
    T("認定された取組に要する資金と認められない", "not found to be for the certified project"), art("27(1)", "28(1)"))
WHO = (INDUSTRY, CAPITAL, STAFF, PERSON)

# -- sums ------------------------------------------------------------------------------------------------------------

def worked_premium(v: View) -> Decimal | None:
    """The yearly premium of the insurance chosen; None while none is."""
    insurance = v.given("insurance")
    return insurance and premium(insurance, v.on, discounted=bool(v.given("discounted")),
        qualifying=bool(v.given("qualifying")))

INSURANCE = Field("insurance", T("保険の種類", "kind of insurance"), FieldType.CHOICE, art("28"),
    options=tuple(Option(id, of.label, of.basis) for id, of in INSURANCES.items()))
DISCOUNTED = flag("discounted", T("手形割引・当座貸越しに係る", "for bills discounted or an overdraft"), ORDER("6(1)"))
QUALIFYING = Field("qualifying", T("令6条2項の法人（無担保保険）", "a corporation of Order Art. 6(2) (unsecured)"),
    FieldType.FLAG, ORDER("6(2)"), since=UNSECURED)
PREMIUM = Field("premium", T("保険料率（年、％）", "premium (percent a year)"), FieldType.PERCENT,
    art("28(5)") + ORDER("6"), proposes=worked_premium)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("中小企業者であること", "a small or medium business"),
    T("中小企業者でない", "not a small or medium business"), art("26"))
def small(v: View) -> bool | None:
    industry = v.given("industry")
    company = not v.given("individual")
    return None if industry is None else is_small(industry, v.given("capital"), v.given("staff"), company=company)

@condition(T("中小企業者又は設立する会社の資本金が3億円を超えること",
    "capital above 300 million yen, of the business or of the company to be set up"),
    T("資本金が3億円以下で、特例によらず投資できる", "capital up to 300 million yen needs no special case"),
        art("27(1)"))
def above_the_ceiling(v: View) -> bool | None:
    new = v.given("new_capital")
    capital = v.given("capital") if new is None else new
    return None if capital is None else capital > CEILING

@condition(T("保険料率が年2％以内であること", "a premium of at most 2 percent a year"),
    T("保険料率が年2％を超える", "a premium over 2 percent a year"), art("28(5)"))
def within_the_most(v: View) -> bool | None:
    rate = v.given("premium")
    return rate is None or rate <= MOST

# -- the procedures --------------------------------------------------------------------------------------------------

sbic = Procedure(
    "sbic", T("中小企業投資育成株式会社法の特例", "investment company special case"), art("26", "27"), per=("company",),
    states=dict(invested=end(T("引受け", "invested"))),
    acts=(
        Act("invest", T("株式等を引き受ける", "take up shares, warrants or bonds"), INVESTOR, art("27(1)", "27(2)"),
            opens("invested"),
            fields=(*WHO, NEW_CAPITAL, AMOUNT, FOR_PLAN),
            conditions=(plan_is_certified, small, above_the_ceiling, IS_FOR_PLAN)),))

credit_insurance = Procedure(
    "credit_insurance", T("中小企業信用保険法の特例", "credit insurance special case"), art("28") + ORDER("6"),
        per=("guarantee",),
    states=dict(guaranteed=end(T("供給確保関連保証", "guaranteed"))),
    acts=(
        Act("guarantee", T("認定された取組のため保証する", "guarantee for the certified project"), GUARANTOR, art("28"),
            opens("guaranteed"), fields=(*WHO, AMOUNT, FOR_PLAN, INSURANCE, DISCOUNTED, QUALIFYING, PREMIUM),
            conditions=(plan_is_certified, small, IS_FOR_PLAN, within_the_most),
            note=T("普通・無担保・特別小口は通常の保証と別枠（28条1項）。海外投資・新事業開拓保険の限度額は2億円が3億円に、"
                "4億円が6億円になる（28条2項・3項）",
                "ordinary, unsecured and special petty insurance are counted apart from other guarantees (Art. 28(1)); "
                "the ceilings for overseas investment and new business rise from 200 to 300 and from 400 to 600 "
                "million yen (Art. 28(2), (3))")),))
