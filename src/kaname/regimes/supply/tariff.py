"""関税定率法の調査の求め (Art. 30): requests over subsidies, dumping, circumvention or a surge.

Circumvention came in on 2026-04-01 as Art. 30(3); the surge and the duty to publish moved to (4) and (5). One run a
matter.
"""

from datetime import date, timedelta

from kaname.days import Move, months, years
from kaname.days import end as end_of_period
from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, flag, paper, text
from kaname.procedure.declare import (
    COUNTED,
    EXCLUDED,
    Act,
    Clock,
    Condition,
    Consequence,
    Count,
    Duty,
    Extend,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.laws import CUSTOMS_TARIFF
from kaname.regimes.supply.roles import GOVERNMENT, MINISTER
from kaname.regimes.supply.versions import IN_FORCE, TARIFF

CIRCUMVENTION = (art("30(3)")[0].inserted(TARIFF),)
SURGE = (art("30(3)")[0].since(TARIFF, "30(4)"),)
REQUESTED = (art("30(1)-(3)")[0].since(TARIFF, "30(1)-(4)"),)
PUBLISHED = (art("30(4)")[0].since(TARIFF, "30(5)"),)
OPENING = CUSTOMS_TARIFF("7(6)", "8(5)", "8-2(4)", "9(6)")
INVESTIGATING = CUSTOMS_TARIFF("7(7)", "8(6)", "8-2(5)", "9(7)")
OPEN = ("investigation_decided", "published")

# -- what is asked ---------------------------------------------------------------------------------------------------

PRODUCT = Field("product", T("特定重要物資", "specified critical product"), FieldType.CHOICE, art("30(1)"),
    required=True,
    options=tuple(Option(p.id, p.label, art("7"), p.designated_on) for p in PRODUCTS.values()))
GOODS = text("goods", T("対象の貨物（原材料等を含む）", "goods, the product or its inputs"), art("30(1)"))
COLLECTED = text("collected", T("事業者に求めた報告・資料", "what businesses were asked for"), art("48(2)"))
SORT = Field("sort", T("求める調査", "investigation asked for"), FieldType.CHOICE, art("30(1)"), required=True,
    options=(
    Option("countervailing", T("相殺関税（補助金）", "countervailing duty (subsidies)"),
        (*art("30(1)"), *CUSTOMS_TARIFF("7(6)"))),
    Option("dumping", T("不当廉売関税", "anti-dumping duty"), (*art("30(2)"), *CUSTOMS_TARIFF("8(5)"))),
    Option("circumvention", T("不当廉売関税の迂回防止", "anti-circumvention"),
        (*CIRCUMVENTION, *CUSTOMS_TARIFF("8-2(4)")),
        since=TARIFF),
    Option("surge", T("緊急関税（輸入の急増）", "safeguard (import surge)"), (*SURGE, *CUSTOMS_TARIFF("9(6)")))))
EVIDENCE = paper("evidence", T("証拠（財務大臣に提出）", "evidence, for the Minister of Finance"), ORDER("7"),
    required=True,
    several=True)
SECRET = flag("secret", T("秘密として取り扱うことを求める", "to be treated as secret"), ORDER("7"))

@condition(T("秘密として扱うことを求めるとき", "where secrecy is asked for"), T("求めていない", "not asked for"),
    ORDER("7"))
def secrecy_wanted(v: View) -> bool | None:
    return bool(v.given("secret"))

SECRET_REASONS = Field("secret_reasons", T("秘密とする旨と理由", "statement of secrecy and its reasons"),
    FieldType.TEXT,
    ORDER("7"), required=secrecy_wanted)
CONCERNS, IS_CONCERNED = finding("concerns_product", T("特定重要物資又は原材料等に係る産業",
    "industry of a designated product or its inputs"),
    T("特定重要物資に係る産業と認められない", "not found to be the industry of a designated product or its inputs"),
        REQUESTED)
PROVEN, IS_PROVEN = finding("evidence_sufficient", T("輸入の事実と損害（急増では重大な損害）の十分な証拠",
        "sufficient evidence of the import and of injury, serious injury for a surge"),
    T("十分な証拠があると認められない", "the evidence is not found sufficient"), REQUESTED)
NEEDED, IS_NEEDED = finding("needed", T("外部から行われる行為による国家及び国民の安全を損なう事態の防止に必要",
        "needed to prevent externally caused harm to state and people"),
    T("必要と認められない", "no need is found"), REQUESTED)
DUTY_IN_FORCE = Field("dumping_duty", T("不当廉売関税が課されていること", "an anti-dumping duty is in force"),
    FieldType.FLAG,
    CIRCUMVENTION, finding=True, since=TARIFF, help=T("迂回防止の調査を求めるとき",
        "for an anti-circumvention request"))
OUTLINE = text("outline", T("求めた旨と事実の概要", "the request and an outline of the facts"), PUBLISHED,
    required=True)
REASONS = text("reasons", T("理由", "reasons"), OPENING)
RESULT = text("result", T("調査の結果", "outcome"), INVESTIGATING)
UNTIL = Field("extended_to", T("延長後の末日", "new last day"), FieldType.DAY, INVESTIGATING, required=True)
WHY_LONGER = text("reasons", T("延長の理由", "reasons"), INVESTIGATING, required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("不当廉売関税が課されていること（迂回防止のとき）",
    "an anti-dumping duty is in force, for anti-circumvention"),
    T("不当廉売関税が課されていると認められない", "no anti-dumping duty is found in force"), CIRCUMVENTION)
def duty_to_circumvent(v: View) -> bool | None:
    return True if v.given("sort") != "circumvention" else v.given("dumping_duty")

def _is(test: str, ja: str, en: str) -> Condition:
    return Condition(test, T(ja, en), T(f"{ja}でない", f"not {en}"), INVESTIGATING,
        lambda v: (v.fact("sort") == "surge") is (test == "about_surge"))

ABOUT_SURGE = _is("about_surge", "緊急関税の調査", "a safeguard investigation")
ABOUT_DUTY = _is("about_duty", "相殺関税・不当廉売関税・迂回防止の調査",
    "a countervailing, dumping or circumvention investigation")

@condition(T("延長後の末日が今の末日より後であること", "the new last day lies after the present one"),
    T("延長後の末日が今の末日より後でない", "the new last day is not after the present one"), CUSTOMS_TARIFF("9(7)"))
def goes_further(v: View) -> bool | None:
    now, day = v.clock("surge_investigation"), v.given("extended_to")
    return None if day is None else now is None or now.last_day is None or day > now.last_day

def _furthest(v: View) -> date:
    """Six months beyond the end that the law gives by itself, however often it is extended."""
    length = months(10) if v.fact("sort") == "circumvention" else years(1)
    first = end_of_period(opened_on(v), length, EXCLUDED, Move.NONE).last_day
    return end_of_period(first + timedelta(1), months(6), COUNTED, Move.NONE).last_day

@condition(T("延長が通じて六月以内であること", "extended by six months at most in all"),
    T("延長は通じて六月を超える", "extended by more than six months in all"), CUSTOMS_TARIFF("7(7)", "8(6)", "8-2(5)"),
    tells=lambda v: T(f"延長は通じて六月以内であり、{_furthest(v)} を超えられない",
        f"extended by six months at most in all, to {_furthest(v)}"))
def six_months_in_all(v: View) -> bool | None:
    day = v.given("extended_to")
    return None if day is None else day <= _furthest(v)

# -- sums ------------------------------------------------------------------------------------------------------------

def opened_on(v: View) -> date:
    """The day the investigation began, also where an extension starts its period anew."""
    day: date | None = v.fact("opened_on")
    return day or v.on

@day_rule(T("調査の開始の日", "the day the investigation begins"))
def begins(v: View) -> date | None:
    return opened_on(v)

@day_rule(T("調査の開始の日（相殺・不当廉売）", "the day it begins (subsidies, dumping)"))
def begins_one_year(v: View) -> date | None:
    return None if v.fact("sort") == "circumvention" else opened_on(v)

@day_rule(T("調査の開始の日（迂回防止）", "the day it begins (circumvention)"))
def begins_ten_months(v: View) -> date | None:
    return opened_on(v) if v.fact("sort") == "circumvention" else None

@day_rule(T("延長後の末日", "the new last day"))
def extended_to(v: View) -> date | None:
    day: date | None = v.given("extended_to")
    return day

# -- the procedure ---------------------------------------------------------------------------------------------------

tariff = Procedure(
    "tariff", T("関税定率法の調査の求め", "request for a tariff investigation"), (*art("30"), *ORDER("7")),
        per=("matter",),
    states=dict(
        evidence_gathering=waits(T("証拠の収集", "gathering evidence"), MINISTER),
        requested=waits(T("調査の求め", "requested"), GOVERNMENT),
        investigation_decided=waits(T("調査開始の決定", "investigation opened"), MINISTER),
        published=waits(T("求めの公表", "request published"), GOVERNMENT),
        not_opened=end(T("調査を開始しない", "not opened")), concluded=end(T("調査の終了", "concluded"))),
    clocks=(
        Clock("investigation", T("調査の期間", "time for the investigation"), Kind.AGENCY_DUTY,
            CUSTOMS_TARIFF("7(7)", "8(6)", "8-2(5)"),
            (Count(years(1), begins_one_year), Count(months(10), begins_ten_months))),
        Clock("surge_investigation", T("調査の期間（緊急関税）", "time for the safeguard investigation"),
            Kind.AGENCY_DUTY,
            CUSTOMS_TARIFF("9(7)"), (Count(years(1), begins), Count(None, extended_to)))),
    acts=(
        Act("gather", T("報告・資料の提出を求める", "collect data from businesses"), MINISTER, art("48(2)", "48(3)"),
            opens("evidence_gathering") + stay("evidence_gathering"), fields=(GOODS, COLLECTED), keeps=(keep("goods"),),
            since=IN_FORCE,
            note=T("答えるのは努力義務", "answering is a duty of effort only")),
        Act("request", T("調査を求める", "request the investigation"), MINISTER,
            (*REQUESTED, *ORDER("7")),
            opens("requested") + go("requested", "evidence_gathering"),
            fields=(PRODUCT, GOODS, SORT, EVIDENCE, SECRET, SECRET_REASONS, CONCERNS, PROVEN, NEEDED, DUTY_IN_FORCE),
            conditions=(IS_CONCERNED, IS_PROVEN, IS_NEEDED, duty_to_circumvent),
            keeps=(keep("sort"), keep("product"), keep("goods", lambda v: v.given("goods") or v.fact("goods")))),
        Act("open", T("調査の開始を決定する", "decide to open"), GOVERNMENT, OPENING,
            go("investigation_decided", "requested"), keeps=(keep("opened_on", opened_on),)),
        Act("not_open", T("調査を開始しない", "do not open"), GOVERNMENT, OPENING, go("not_opened", "requested"),
            fields=(REASONS,), note=T("求めた旨は公表されない", "the request is not published")),
        Act("publish", T("求めた旨を公表する", "publish the request"), MINISTER, PUBLISHED,
            go("published", "investigation_decided") + stay("concluded"), fields=(OUTLINE,)),
        Act("extend", T("調査の期間を延長する", "extend the investigation"), GOVERNMENT,
            CUSTOMS_TARIFF("7(7)", "8(6)", "8-2(5)"), stay(*OPEN), fields=(UNTIL, WHY_LONGER),
            conditions=(ABOUT_DUTY, six_months_in_all),
            extends=(Extend("investigation", months(6), CUSTOMS_TARIFF("7(7)", "8(6)", "8-2(5)"), to="extended_to"),)),
        Act("extend_surge", T("緊急関税の調査の期間を延長する", "extend the safeguard investigation"), GOVERNMENT,
            CUSTOMS_TARIFF("9(7)"), stay(*OPEN), fields=(UNTIL, WHY_LONGER),
            conditions=(ABOUT_SURGE, goes_further),
            starts=("surge_investigation",), note=T("必要な限り延長できる", "as long as needed")),
        Act("investigate", T("調査を終える", "conclude the investigation"), GOVERNMENT, INVESTIGATING,
            go("concluded", *OPEN), fields=(RESULT,), meets=("investigation", "surge_investigation"))),
    duties=(
        Duty("publish", T("求めた旨と事実の概要を公表する", "publish the request and an outline"), PUBLISHED, MINISTER,
            NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("open"),), done=(done("publish"),),
            lasts=True),),
    consequences=(
        Consequence("duty_begins", T("調査の期間の開始", "the time for the investigation begins"), INVESTIGATING,
            upon=(done("open"),), moves=stay("investigation_decided"), only_if=ABOUT_DUTY, starts=("investigation",)),
        Consequence("surge_begins", T("調査の期間の開始（緊急関税）",
            "the time for the safeguard investigation begins"),
            CUSTOMS_TARIFF("9(7)"), upon=(done("open"),), moves=stay("investigation_decided"), only_if=ABOUT_SURGE,
            starts=("surge_investigation",))))
