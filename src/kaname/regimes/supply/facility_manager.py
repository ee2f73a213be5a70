"""施設委託管理者 (Art. 45): a corporation manages a facility of the State for the measures of Art. 44.

One run for each corporation. The ministerial order that Art. 45(3), (5), (7) and (8) call for was not found (question
234).
"""

from datetime import date

from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Field,
    FieldType,
    Kind,
    Option,
    Procedure,
    condition,
    day_rule,
    end,
    end_of,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.laws import APA
from kaname.regimes.supply.roles import FACILITY_MANAGER as MANAGER
from kaname.regimes.supply.roles import MINISTER
from kaname.regimes.supply.special_measures import RUNNING
from kaname.regimes.supply.versions import FACILITY_MANAGER

# -- what is asked ---------------------------------------------------------------------------------------------------

APPLICATION = paper("application", T("指定の申請書", "application"), (*art("45(1)"), *ORDER("8-2")))
CORPORATION = Field("corporation", T("法人", "corporation"), FieldType.PARTY, art("45(1)"))
YEAR_END = Field("year_end", T("事業年度の末日", "end of a business year"), FieldType.DAY, art("45(7)"),
    help=T("いずれかの年の末日。報告の期限の計算に用いる", "of any year; the report is due by it"))
ABLE, IS_ABLE = finding("able", T("業務を適正かつ確実に行うことができること",
    "able to do the work properly and surely"),
    T("適正かつ確実に行うことができると認められない", "not found able to do the work properly and surely"),
        art("45(1)"))
REASONS = text("reasons", T("理由", "reasons"), APA("8"), required=True)
CONTRACT = (
    text("facility", T("施設及び所在地", "facility and place"), ORDER("8-3"), required=True),
    text("term", T("委託の期間", "term"), ORDER("8-3"), required=True),
    Field("starts_on", T("管理を開始する日", "start day"), FieldType.DAY, ORDER("8-3"), required=True),
    text("goods", T("対象となる物資", "goods"), ORDER("8-3"), required=True),
    text("measures", T("措置の内容", "measures"), ORDER("8-3"), required=True),
    text("cost_sharing", T("費用の負担", "cost sharing"), ORDER("8-3"), required=True),
    text("other", T("その他", "other"), ORDER("8-3")))
RULES = paper("rules", T("業務規程（案）", "management rules"), art("45(3)", "45(5)"), required=True)
CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("45(4)"), required=True,
    several=True, help=T("内閣総理大臣、財務大臣その他関係行政機関の長",
        "the Prime Minister, the Minister of Finance and the other heads concerned"))
UNFIT, IS_UNFIT = finding("unfit", T("規程が適正な実施に不適当となったこと", "the rules have become unfit"),
    T("不適当となったと認められない", "the rules are not found unfit"), art("45(6)"))
ORDERED = text("ordered", T("命ずる内容と理由", "what is ordered, and reasons"), (*art("45(9)"), *APA("14")),
    required=True)
ACCOUNTED = text("accounts", T("区分した経理", "the separate accounts"), art("45(8)"))
GROUND = Field("ground", T("処分の事由", "ground"), FieldType.CHOICE, art("45(10)"), required=True, options=(
    Option("order_broken", T("監督命令（45条9項）に違反した", "the order of Art. 45(9) was broken"), art("45(9)")),
    Option("not_expected", T("適正な管理が見込めない", "proper management is not to be expected"), art("45(10)"))))
EXPLAINED, IS_EXPLAINED = finding("explained", T("弁明の機会を与えたこと", "a chance to explain was given"),
    T("弁明の機会が与えられていない", "no chance to explain was given"), APA("13(1)(ii)"))
HEARD, IS_HEARD = finding("heard", T("聴聞をしたこと", "a hearing was held"),
    T("聴聞の記録がない", "no hearing is on record"), APA("13(1)(i)"))
UNTIL = Field("suspended_until", T("停止の末日", "last day of the suspension"), FieldType.DAY, art("45(10)"),
    required=True)
WHY = text("reasons", T("処分の理由", "reasons"), APA("14"), required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("特別の対策の指定（44条1項）があること", "the product is specially designated (Art. 44(1))"),
    T("44条1項の指定がない", "no designation under Art. 44(1) is in force"), art("45(1)"))
def specially_designated(v: View) -> bool | None:
    return v.state("special_measures") in RUNNING

@condition(T("監督命令が出ていること（命令違反によるとき）", "an order was made, where it was broken"),
    T("監督命令の記録がない", "no order under Art. 45(9) is on record"), art("45(9)", "45(10)"))
def order_on_record(v: View) -> bool | None:
    return v.given("ground") != "order_broken" or v.done("order") is not None

@day_rule(T("命令に定めた日", "the day set in the order"))
def suspended_until(v: View) -> date | None:
    day: date | None = v.given("suspended_until")
    return day

def managing_from(v: View) -> date:
    """The day of the first approval: business years that end from then on are reported."""
    day: date | None = v.fact("managing_from")
    return day or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

facility_manager = Procedure(
    "facility_manager", T("施設委託管理者", "entrusted facility manager"), (*art("45"), *ORDER("8-2", "8-3")),
    per=("manager",), named=True, after=("special_measures",),
    states=dict(
        applied=waits(T("申請", "applied"), MINISTER), designated=waits(T("指定", "designated"), MANAGER),
        entrusted=waits(T("委託契約済", "entrusted"), MANAGER),
        rules_applied=waits(T("業務規程の認可申請", "rules submitted"), MINISTER),
        rules_consulted=waits(T("業務規程の協議済", "consulted about the rules"), MINISTER),
        managing=T("管理中", "managing"), suspended=T("業務停止", "suspended"),
        revoked=end(T("指定の取消し", "revoked")), not_designated=end(T("指定しない", "not designated"))),
    clocks=(
        Clock("suspension", T("業務停止の期間（命令に定めた日まで）", "suspension, until the day set in the order"),
            Kind.TERM, art("45(10)"), (Count(None, suspended_until),)),),
    acts=(
        Act("apply", T("指定を申請する", "apply for designation"), MANAGER, (*art("45(1)"), *ORDER("8-2")),
            opens("applied"), fields=(CORPORATION, APPLICATION, YEAR_END), since=FACILITY_MANAGER,
            keeps=(keep("corporation"), keep("year_end"))),
        Act("designate", T("指定する", "designate"), MINISTER, (*art("45(1)", "45(2)"), *ORDER("8-2")),
            go("designated", "applied"), fields=(ABLE,), conditions=(specially_designated, IS_ABLE),
            since=FACILITY_MANAGER),
        Act("refuse", T("指定しない", "do not designate"), MINISTER, (*ORDER("8-2"), *APA("8")),
            go("not_designated", "applied"), fields=(REASONS,)),
        Act("contract", T("管理を委託する契約を結ぶ", "entrust management by contract"), MINISTER,
            (*art("45(1)"), *ORDER("8-3")), go("entrusted", "designated"), fields=CONTRACT,
            conditions=(specially_designated,), since=FACILITY_MANAGER),
        Act("rules_apply", T("業務規程の認可を申請する", "submit the management rules for approval"), MANAGER,
            art("45(3)", "45(5)"),
            go("rules_applied", "designated", "entrusted", "rules_consulted", "managing") + stay("rules_applied"),
            fields=(RULES,), note=T("変更のたびに、その前にも。認可されない案は改めて出す",
                "also before every change; rules that are not approved are put forward anew")),
        Act("rules_consult", T("業務規程について協議する", "consult about the rules"), MINISTER, art("45(4)"),
            go("rules_consulted", "rules_applied"), fields=(CONSULTED,)),
        Act("rules_approve", T("業務規程を認可する", "approve the rules"), MINISTER, art("45(3)"),
            go("managing", "rules_consulted"), keeps=(keep("managing_from", managing_from),)),
        Act("rules_order", T("業務規程の変更を命ずる", "order a change of the rules"), MINISTER, art("45(6)"),
            stay("managing"), fields=(UNFIT, ORDERED), conditions=(IS_UNFIT,)),
        Act("accounts", T("経理を区分する", "keep separate accounts"), MANAGER, art("45(8)"), stay("managing"),
            fields=(ACCOUNTED,)),
        Act("order", T("監督上必要な命令をする", "make a supervisory order"), MINISTER, art("45(9)"),
            stay("rules_applied", "rules_consulted", "managing"), fields=(ORDERED,),
            note=T("業務規程の認可の申請中でもできる", "also while rules wait for approval")),
        Act("suspend", T("期間を定めて業務の停止を命ずる", "order the work to stop for a fixed time"), MINISTER,
            (*art("45(10)"), *APA("13(1)(ii)", "14")), go("suspended", "managing"),
            fields=(GROUND, EXPLAINED, UNTIL, WHY), conditions=(order_on_record, IS_EXPLAINED), starts=("suspension",)),
        Act("revoke", T("指定を取り消す", "revoke the designation"), MINISTER, (*art("45(10)"), *APA("13(1)(i)", "14")),
            go("revoked", "designated", "entrusted", "rules_applied", "rules_consulted", "managing", "suspended"),
            fields=(GROUND, HEARD, WHY), conditions=(order_on_record, IS_HEARD))),
    consequences=(
        Consequence("resume", T("停止期間の満了", "the suspension ends"), art("45(10)"), upon=(end_of("suspension"),),
            moves=go("managing", "suspended")),),
    note=T("本条に固有の罰則はない（96条5号を除く）", "no penalty of its own but Art. 96(v)"))
