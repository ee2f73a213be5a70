"""特別の対策を講ずる必要がある特定重要物資 (Art. 44): where support alone cannot secure supply, the State stockpiles.

The contract with a facility manager and its yearly report are acts of their own procedures: here they have effect.
Release below the market price needs a cabinet order that names product and price; none was found (question 233).
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Consequence,
    Field,
    FieldType,
    Option,
    Procedure,
    condition,
    done,
    end,
    go,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.laws import ORDER_FACILITY
from kaname.regimes.supply.roles import MINISTER

RUNNING = ("specially_designated", "measures_running", "release_considered", "released")

# -- what is asked ---------------------------------------------------------------------------------------------------

CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("44(2)"), required=True,
    several=True, help=T("内閣総理大臣、財務大臣その他関係行政機関の長",
        "the Prime Minister, the Minister of Finance and the other heads concerned"))
NOT_ENOUGH, IS_NOT_ENOUGH = finding("support_not_enough",
    T("第二章第三節から第七節までの措置では供給の確保を図ることが困難",
        "the support of sections 3 to 7 cannot secure supply"),
    T("支援の措置では足りないと認められない", "the support is not found to be insufficient"), art("44(1)"))
NOTICE = paper("notice", T("公示", "public notice"), art("44(3)"), required=True)
MEASURE = Field("measure", T("措置", "measure"), FieldType.CHOICE, art("44(6)"), several=True, options=(
    Option("stockpile", T("備蓄", "stockpile"), art("44(6)")),
    Option("commissioned_production", T("施設を設け、生産を委託", "production commissioned in a facility of the State"),
        art("44(6)", "45(1)")),
    Option("other", T("その他の措置", "other measures"), art("44(6)"))))
MEASURES = text("measures", T("措置の内容・数量", "content and quantity of the measures"), art("44(6)"), required=True)
SHORTAGE, IS_SHORT = finding("shortage",
    T("外部から行われた行為による不足と価格の著しい騰貴", "shortage and steep price rise from acts from outside"),
    T("不足と価格の著しい騰貴が認められない", "no shortage and steep price rise from acts from outside is found"),
    art("44(8)"))
NAMED, IS_NAMED = finding("named_in_order",
    T("国民の生存に不可欠な物資として政令で定められていること", "named in a cabinet order as vital to survival"),
    T("政令で定められた物資でない", "no cabinet order names the product"), art("44(8)"), question=233)
RELEASE_ORDER = text("release_order", T("物資と価格を定める政令の条",
    "article of the cabinet order that names product and price"),
    art("44(8)", "44(9)"), required=True)
PRICE = text("price", T("政令で定める標準的な価格", "price before the surge, fixed by cabinet order"), art("44(9)"),
    required=True)
RELEASE_CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("44(9)"),
    required=True,
    several=True)
GONE, IS_GONE = finding("ground_ceased", T("指定の事由が消滅したこと", "the ground of the designation has ceased"),
    T("指定の事由が消滅したと認められない", "the ground is not found to have ceased"), art("44(4)"))
WHY = text("why", T("検討する理由", "why it is considered"), art("44(8)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("指定されている特定重要物資であること", "the product is designated"),
    T("特定重要物資として指定されていない", "the product is not designated"), art("44(1)"))
def product_designated(v: View) -> bool | None:
    return v.state("designation") in ("designated", "scope_changed")

@condition(T("低廉譲渡等の対象を定める政令", "a cabinet order that opens the release"),
    T("2026年6月1日現在、物資及び価格を定める政令は確認されていない。根拠の条を確かめること",
        "as of 2026-06-01 no cabinet order was found that names a product or a price: make sure of the article"),
    art("44(8)", "44(9)"), question=233)
def order_known(v: View) -> bool | None:
    return v.given("release_order") is None

# -- the procedure ---------------------------------------------------------------------------------------------------

special_measures = Procedure(
    "special_measures", T("特別の対策（備蓄その他の措置）", "special measures (stockpile and others)"),
    (*art("44"), *ORDER_FACILITY),
    states=dict(
        consulted=waits(T("協議済", "consulted"), MINISTER),
        specially_designated=waits(T("特別の対策の指定", "specially designated"), MINISTER),
        measures_running=T("措置の実施中", "measures running"),
        release_considered=waits(T("低廉譲渡等の検討", "release considered"), MINISTER),
        released=waits(T("低廉譲渡等", "released below the market price"), MINISTER),
        lifted=end(T("指定の解除", "lifted"))),
    acts=(
        Act("consult", T("指定について協議する", "consult about the designation"), MINISTER, art("44(2)"),
            opens("consulted"), fields=(NOT_ENOUGH, CONSULTED), conditions=(product_designated, IS_NOT_ENOUGH)),
        Act("designate", T("指定し、公示する", "designate and give public notice"), MINISTER, art("44(1)", "44(3)"),
            go("specially_designated", "consulted"), fields=(NOTICE,), conditions=(product_designated,),
            note=T("取組方針に措置を加える（8条3項）。国は備蓄その他の措置を講ずる（44条6項）",
                "the policy must add the measures (Art. 8(3)); the State stockpiles or takes others (Art. 44(6))")),
        Act("stockpile", T("備蓄その他の措置を講ずる", "stockpile or take other measures"), MINISTER,
            art("44(6)", "44(7)"), go("measures_running", "specially_designated"), fields=(MEASURE, MEASURES)),
        Act("consider_release", T("低廉譲渡等を検討する", "consider a release"), MINISTER, art("44(8)", "44(9)"),
            go("release_considered", "measures_running"), fields=(WHY,)),
        Act("release", T("低廉譲渡等をする", "release below the market price"), MINISTER, art("44(8)", "44(9)"),
            go("released", "release_considered"), fields=(NAMED, SHORTAGE, RELEASE_ORDER, PRICE, RELEASE_CONSULTED),
            conditions=(IS_NAMED, IS_SHORT), advice=(order_known,), question=233),
        Act("continue", T("措置を続ける", "go on with the measures"), MINISTER, art("44(6)"),
            go("measures_running", "release_considered", "released"),
            note=T("指定は解除されるまで続く（44条4項）", "the designation lasts until it is lifted (Art. 44(4))")),
        Act("lift", T("指定を解除する", "lift the designation"), MINISTER, art("44(4)", "44(5)"),
            go("lifted", *RUNNING),
            fields=(GONE, CONSULTED, NOTICE), conditions=(IS_GONE,))),
    consequences=(
        Consequence("facility", T("施設の管理の委託", "management of a facility is entrusted"),
            (*art("45"), *ORDER_FACILITY), upon=(done("facility_manager.contract"),),
            moves=go("measures_running", "specially_designated") + stay("measures_running")),
        Consequence("facility_report", T("施設委託管理者の報告", "yearly report of a facility manager"), art("45(7)"),
            upon=(done("facility_report.submit"),), moves=stay("measures_running"))))
