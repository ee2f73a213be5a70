"""供給確保計画の認定 (Art. 9): filed alone or jointly, consulted about, certified or refused with reasons.

The certified plan lives on here: what changes are certified or notified is kept as the plan as changed.
"""

from dataclasses import replace

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, flag, paper, text
from kaname.procedure.declare import (
    Act,
    Condition,
    Consequence,
    Field,
    FieldType,
    Option,
    Procedure,
    condition,
    done,
    end,
    go,
    keep,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply import application
from kaname.regimes.supply.applicants import APPLICANTS, keys_differ, years_known, years_told
from kaname.regimes.supply.application import Applied
from kaname.regimes.supply.catalogue import PRODUCTS, form, orders
from kaname.regimes.supply.laws import DESK, PUBLISHED
from kaname.regimes.supply.plan_now import FIGURES, days_of_changes, known, told, told_unless_overtaken
from kaname.regimes.supply.plan_numbers import NUMBERS, STATED
from kaname.regimes.supply.plan_numbers import sound as numbers_sound
from kaname.regimes.supply.roles import APPLICANT, CERTIFIED, MINISTER

F1 = form(1)
UNDER_REVIEW = ("submitted", "supplement_requested", "ministers_consulted", "jftc_referred")
APPLICATION = Applied(APPLICANT, "submitted", "certified", "refused", "withdrawn",
    T("申請を取り下げる", "withdraw the application"), "", (2, 3, 4), (), ("ministers_consulted", "jftc_referred"),
    ("submitted", "jftc_referred"), UNDER_REVIEW, UNDER_REVIEW)

# -- what is asked ---------------------------------------------------------------------------------------------------

PRODUCT = Field("product", T("特定重要物資", "specified critical product"), FieldType.CHOICE, art("9(3)(i)"),
    required=True,
    form=F1, options=tuple(Option(p.id, p.label, art("7"), p.designated_on) for p in PRODUCTS.values()))
ITEM = text("item", T("品目（原材料等を含む）", "item, the product or its input"), art("9(3)(i)"), form=F1)
START = Field("period_start", T("実施期間の始期", "implementation period from"), FieldType.DAY, art("9(3)(iii)"),
    required=True,
    form=F1)
END = Field("period_end", T("実施期間の終期", "implementation period to"), FieldType.DAY, art("9(3)(iii)"),
    required=True, form=F1)
FUNDS = Field("funds", T("必要な資金の額", "required funds"), FieldType.YEN, art("9(3)(v)"), required=True, form=F1)
GRANT = Field("grant", T("うち助成金の額", "grant in them"), FieldType.YEN, art("9(3)(v)"), form=F1,
    help=T("軽微な変更の判定に用いる", "asked when a change is judged minor or not"))
SAME_INDUSTRY = flag("same_industry", T("同一の業種に属する者の共同の計画", "joint plan of businesses in one industry"),
    art("9(4)(vi)", "29(1)"))
CONTENT = (
    ITEM, text("goals", T("取組の目標", "goals"), art("9(3)(ii)"), form=F1),
    text("content", T("取組の内容", "content of the measures"), art("9(3)(iii)"), form=F1), START, END,
    text("structure", T("実施体制", "implementation structure"), art("9(3)(iv)"), form=F1), FUNDS, GRANT,
    text("funding", T("資金の調達方法", "how the funds are raised"), art("9(3)(v)"), form=F1),
    text("smooth_measures", T("円滑かつ確実に実施するための措置", "measures to carry it out smoothly and surely"),
        art("9(3)(vi)") + orders("tight_supply"), form=F1),
    text("information", T("情報を管理する体制", "information-management structure"), art("9(3)(vii)"), form=F1),
    text("present_state", T("調達及び供給又は使用の現状", "present procurement and supply or use"), art("9(3)(viii)"),
        form=F1),
    text("permits", T("許認可等", "permits under other laws"), art("9(3)(ix)"), form=F1,
        help=T("農水省令では添付書類", "an attachment under the MAFF order")))
PAPERS = (
    paper("application", T("申請書", "the application"), orders("application"), form=F1),
    paper("articles", T("定款・登記事項証明書", "articles and registry certificate"), orders("attachments"),
        several=True),
    paper("accounts", T("最近三期間の事業報告等", "reports and accounts of the last three periods"),
        orders("attachments"),
        several=True),
    paper("proof", T("措置が講じられることを証する書類", "proof of the measures"), orders("attachments"), several=True),
    paper("no_organised_crime", T("暴力団員等でないことを証する書類", "proof of no organised-crime involvement"),
        orders("attachments"), several=True),
    paper("annex", T("別紙（重要鉱物）・許認可等の書類", "annex for minerals; permit documents"), orders("attachments"),
        several=True))
FILING = (PRODUCT, APPLICANTS, SAME_INDUSTRY, *CONTENT, NUMBERS, *PAPERS)
WINDOW = Field("window_closes_on", T("公募期間の末日", "last day of the window"), FieldType.DAY, DESK)
NECESSARY, IS_NECESSARY = finding("necessary", T("意見を求める必要があること", "an opinion is necessary"),
    T("必要と認められない", "no need is found"), art("29(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("その物資の認定省令が施行されていること", "the certification order for the product is in force"),
    T("その物資の認定省令はまだ施行されていない", "the certification order for this product is not in force yet"),
    orders("application"))
def order_in_force(v: View) -> bool | None:
    found = PRODUCTS.get(v.given("product") or "")
    return None if found is None else found.under.since <= v.on

@condition(T("実施期間の終期が始期の後であること", "the period ends after it begins"),
    T("実施期間の終期が始期より前である", "the period ends before it begins"), art("9(3)(iii)"))
def period_in_order(v: View) -> bool | None:
    first, last = v.given("period_start"), v.given("period_end")
    return None if first is None or last is None else first <= last

@condition(T("二以上の事業者の計画であること", "a plan of two or more businesses"),
    T("申請者が一者である", "there is one applicant only"),
    art("9(2)"))
def several_applicants(v: View) -> bool | None:
    rows = v.given("applicants")
    return None if rows is None else len(rows) > 1

@condition(T("公募期間内の申請であること（運用）", "filed within the ministry's window (practice)"),
    T("公募期間を過ぎた。運用では次の期間に回る", "the window has closed; by practice it goes to the next one"), DESK)
def within_window(v: View) -> bool | None:
    closes = v.fact("window_closes_on")
    return closes is None or v.on <= closes

@condition(T("助成金の額が資金の額以下であること", "the grant is not more than the funds"),
    T("助成金の額が資金の額を超える", "the grant is more than the funds"), art("9(3)(v)"))
def grant_within_funds(v: View) -> bool | None:
    funds, grant = v.given("funds"), v.given("grant")
    return None if funds is None else (grant or 0) <= funds

@condition(T("同一の業種に属する二以上の者の計画であること", "a plan of two or more businesses in one industry"),
    T("同一業種の共同計画でないので、公正取引委員会に意見を求める対象でない",
        "not a joint plan within one industry: there is nothing to refer to the JFTC"), art("29(1)"))
def same_industry_joint(v: View) -> bool | None:
    return bool(v.fact("plan.same_industry")) and len(v.fact("plan.applicants") or ()) > 1

SOUND = (order_in_force, period_in_order, keys_differ, numbers_sound())

# -- the procedure ---------------------------------------------------------------------------------------------------

def _file(id: str, ja: str, en: str, *conditions: Condition) -> Act:
    return Act(id, T(ja, en), APPLICANT, art("9(1)", "9(2)", "9(3)") + orders("application"),
        go("submitted", "draft", "pre_consultation"), fields=FILING, conditions=(*SOUND, *conditions),
        advice=(within_window, grant_within_funds, years_told), received=True, starts=("target",),
        keeps=(keep("product"), keep("item"), keep("applicants"), keep("same_industry"), keep("numbers"),
            *(keep(f) for f in FIGURES)))

CERTIFIED_FIGURES = tuple(keep(f"certified_{f}", known(f)) for f in FIGURES)

plan = Procedure(
    "plan", T("供給確保計画の認定", "certification of a supply plan"), art("9") + orders("application"), start="draft",
    states=dict(
        draft=T("作成中", "draft"), pre_consultation=T("事前相談中", "in consultation before filing"),
        submitted=waits(T("申請", "submitted"), MINISTER),
        supplement_requested=waits(T("追加書類の要求", "documents asked for"), APPLICANT),
        ministers_consulted=waits(T("協議済", "ministers consulted"), MINISTER),
        jftc_referred=waits(T("公取委に意見の求め", "referred to the JFTC"), MINISTER),
            certified=T("認定", "certified"),
        refused=end(T("不認定", "refused")), withdrawn=end(T("取下げ", "withdrawn")),
        cancelled=end(T("認定の取消し", "cancelled"))),
    clocks=(application.target(APPLICATION),),
    acts=(
        Act("pre_consult", T("事前に相談する", "consult before filing"), APPLICANT, DESK,
            go("pre_consultation", "draft"),
            fields=(text("question", T("相談の内容", "what is asked"), DESK), WINDOW),
                keeps=(keep("window_closes_on"),),
            note=T("法の要件ではない", "not a condition of the law")),
        _file("submit", "認定を申請する", "apply for certification"),
        _file("joint", "共同で認定を申請する", "apply jointly", several_applicants),
        *application.acts(APPLICATION),
        Act("refer_jftc", T("公正取引委員会に意見を求める", "ask the JFTC for an opinion"), MINISTER, art("29(1)"),
            go("jftc_referred", "submitted", "ministers_consulted"), fields=(NECESSARY,),
            conditions=(same_industry_joint, IS_NECESSARY)),
        Act("publish", T("認定を公表する", "publish the certification"), MINISTER, PUBLISHED, stay("certified"),
            fields=(text("published", T("公表した内容", "what was published"), PUBLISHED),),
            note=T("事業者名と物資は少なくとも公表される", "business name and product at least")),
        Act("note_numbers", T("対策の数値を書き留める", "note its measures in numbers"), (CERTIFIED, MINISTER), STATED,
            stay("certified"), fields=(replace(NUMBERS, required=True),), conditions=(numbers_sound(),),
            keeps=(keep("numbers"),),
            note=T("法令は数値を求めない。計画又はその変更に書かれた数値を、後から使えるように書き留める",
                "no law asks for numbers: those that the plan or its change states are written down for later use"))),
    duties=(application.notify(APPLICATION),),
    consequences=(
        Consequence("as_certified", T("認定された計画", "the plan as certified"), art("9(4)"), upon=(done("certify"),),
            moves=stay("certified"), keeps=CERTIFIED_FIGURES),
        Consequence("changed", T("変更後の計画", "the plan as changed"), art("10(3)"),
            upon=(done("plan_change.certify"),),
            moves=stay("certified"), keeps=(
                *(keep(f, told("plan_change", f)) for f in (*FIGURES, "number")),
                keep("changed_on", days_of_changes("plan_change")))),
        Consequence("changed_as_certified", T("変更の認定を受けた計画", "the changed plan as certified"), art("10(3)"),
            upon=(done("changed"),), moves=stay("certified"), keeps=CERTIFIED_FIGURES),
        Consequence("changed_slightly", T("軽微な変更後の計画", "the plan after a minor change"), art("11(1)"),
            upon=(done("plan_minor_change.notify"),), moves=stay("certified"), keeps=(
                keep("changed_on", days_of_changes("plan_minor_change")),
                *(keep(f, told_unless_overtaken(f)) for f in FIGURES))),
        Consequence("ended", T("認定の取消し", "certification cancelled"), art("11(1)", "11(2)"),
            upon=(done("plan_cancellation.cancel"),), moves=go("cancelled", "certified"))),
    warns=(application.no_days_waited, years_known),
    note=T("認定は任意の制度。標準処理期間が過ぎても認定とみなされない",
        "voluntary; nothing is deemed certified when the month is over"))
