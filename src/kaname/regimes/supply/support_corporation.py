"""安定供給確保支援法人 (Arts. 31-41): designated for one product, works under approved rules, plans and budgets.

Reports and accounts of each business year are filed here; their periods run in `support_year`. A body that stops
without permission or invests its fund otherwise than the Act allows does a deed with a penalty (Arts. 96(iii), 99).
"""

from datetime import date

from kaname.days import Move, end, years
from kaname.days.length import FirstDay
from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    act_day,
    condition,
    day_rule,
    done,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.declare import end as ends
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.catalogue.support_orders import SUPPORT_ORDERS, support
from kaname.regimes.supply.laws import APA, STOPPED_FOR
from kaname.regimes.supply.roles import BODY_MINISTERS, BODY_STAFF, SUPPORT_BODY
from kaname.regimes.supply.support_body import (
    DESIGNATED,
    PRODUCT,
    WORKING,
    YEAR_END,
    has_fund,
    product,
    treasury_acts,
    treasury_clock,
    treasury_duty,
    treasury_rest,
)
from kaname.regimes.supply.support_forms import (
    ABLE,
    ACCOUNTS,
    APART,
    APPLICATION,
    APPROVED,
    ARE_FIT,
    ARE_UNFIT,
    BODY,
    BUDGET,
    CLEAR,
    CLOSED_ON,
    CONSULTED,
    FITS,
    FUND_REPORT,
    GROUND,
    HARMLESS,
    HEARD,
    IN_BUDGET,
    IS_ABLE,
    IS_APPROVED,
    IS_CLEAR,
    IS_CONSULTED,
    IS_FIT,
    IS_HARMLESS,
    IS_HEARD,
    IS_PERMITTED,
    IS_URGENT,
    NEW_RULES,
    NOTICE,
    OF_YEAR,
    PERMITTED,
    PERSON,
    PLAN,
    PLANNED,
    PREPARED,
    REASONS,
    REVOKED_ON,
    RULES,
    RULES_FIT,
    SENTENCE_ENDED,
    STANDARDS,
    STOP,
    SUBSIDY,
    SUCCESSOR,
    TO_TREASURY,
    UNFIT,
    UNTIL,
    URGENT,
)

BOTH = (SUPPORT_BODY, BODY_MINISTERS)
ACCOUNTING = (*WORKING, "abolished", "revoked")  # what became due while it worked can be filed when it is over (217)

# -- conditions ------------------------------------------------------------------------------------------------------

def _order_since(v: View) -> date | None:
    named = PRODUCTS.get(v.given("product") or "")
    return SUPPORT_ORDERS.get(named.order) if named else None

@condition(T("その物資の支援法人命令が施行されていること",
    "the order on support corporations for the product is in force"),
    T("その物資の支援法人命令はまだ施行されていない",
        "the order on support corporations for this product is not in force yet"), support("apply"))
def order_in_force(v: View) -> bool | None:
    since = _order_since(v)
    return since is None or since <= v.on

@condition(T("その物資の支援法人命令があること", "there is an order on support corporations for the product"),
    T("未確認：この物資の支援法人命令は見つかっていない（命令は肥料、船舶の部品、人工呼吸器の三つ）",
        "unverified: no order on support corporations was found for this product (there are three: fertilizer, ship "
        "parts, ventilators)"), support("apply"), question=210)
def order_found(v: View) -> bool | None:
    return v.given("product") is None or _order_since(v) is not None


@condition(T("刑の終了・取消しから起算して二年を経過したこと",
    "two years, counted from the day itself, since a sentence or a revocation"),
    T("二年を経過していない", "two years have not passed"), art("31(2)(i)", "31(2)(ii)"))
def two_years_passed(v: View) -> bool | None:
    days = [d for d in (v.given("sentence_ended_on"), v.given("revoked_on")) if d]
    return all(end(d, years(2), FirstDay.COUNTED, Move.NONE).last_day < v.on for d in days)

@condition(T("国交省の命令4条の基準に適合すること（船舶の部品）", "the grounds of MLIT order Art. 4 (ship parts)"),
    T("国交省の命令4条の基準に適合すると認められない", "the grounds of the MLIT order are not found"),
    art("31(1)(iv)"))
def is_prepared(v: View) -> bool | None:
    found = product(v)
    return v.given("prepared") if found and found.order == "mlit" else True

@condition(T("その事業年度が終わったこと", "that business year has ended"),
    T("その事業年度は終わっていない", "that business year has not ended"), art("35(3)", "34(8)"))
def year_ended(v: View) -> bool | None:
    closes = v.given("of_year")
    return None if closes is None else closes < v.on

@condition(T("指定後の事業年度であること", "a business year since the work began"),
    T("その事業年度の記録はない。事業年度の末日を確かめる", "no such business year runs: check its last day"),
    art("35(3)", "34(8)"))
def year_is_known(v: View) -> bool | None:
    closes = v.given("of_year")
    return None if closes is None else closes.isoformat() in v.runs("support_year")

@condition(T("帳簿を閉じた日が将来でないこと", "the book is closed"), T("帳簿を閉じた日が将来である",
    "the day the book was closed lies ahead"), support("books"))
def book_is_closed(v: View) -> bool | None:
    day = v.given("closed_on")
    return None if day is None else day <= v.on

@condition(T("休止の期間が終わったこと", "the period of the suspension is over"),
    T("許可された休止の期間が残る。再開の手続の定めはない",
        "the permitted period still runs; the Act has no clause on resuming"), art("40(1)"), question=216)
def suspension_over(v: View) -> bool | None:
    return v.clock("suspension") is None or v.over("suspension")

@condition(T("41条1項又は2項による取消しであること", "revoked under Art. 41(1) or (2)"),
    T("41条3項の取消しに引継ぎの定めはない", "the Act sets no hand-over for Art. 41(3)"), art("41(5)"))
def hands_over(v: View) -> bool | None:
    ground = v.fact("ground")
    return ground is not None and ground != "not_needed"

@condition(T("引継ぎの時期の定めがあること", "an order that says when"),
    T("国交省の命令に引継ぎの時期の定めはない", "the MLIT order names no time for the hand-over"), support("handover"))
def hand_over_has_time(v: View) -> bool | None:
    found = product(v)
    return found is None or found.order != "mlit"

@day_rule(T("許可に記載された休止の末日", "the last day of the suspension in the permission"))
def suspension_ends(v: View) -> date | None:
    day: date | None = v.given("suspended_until")
    return day

def contributions(v: View) -> tuple[tuple[date, int], ...]:
    """What the State has paid into the fund, with this payment."""
    return (*(tuple(row) for row in v.fact("contributions") or ()), (v.on, v.given("amount") or 0))

def first_fund_day(v: View) -> date:
    known: date | None = v.fact("fund_on")
    return known or v.on

def working_since(v: View) -> date:
    known: date | None = v.fact("works_since")
    return known or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

WORKS = keep("works_since", working_since)
NOT_PUNISHED = NoPenalty(T("罰則はない。監督命令（39条）と取消し（41条2項）の事由になりうる",
    "no penalty; it may lead to an order (Art. 39) or a revocation (Art. 41(2))"))

support_corporation = Procedure(
    "support_corporation", T("安定供給確保支援法人", "support corporation"), art("31", "32", "33", "34", "35", "36",
        "37",
        "38", "39", "40", "41"), excludes=("support_agency",),
    states=dict(
        none=T("指定されていない", "not designated"), applied=waits(T("指定の申請", "applied"), BODY_MINISTERS),
        designated=waits(T("指定", "designated"), SUPPORT_BODY),
        rules_approved=waits(T("業務規程の認可", "rules approved"), SUPPORT_BODY), operating=T("業務中", "operating"),
        suspended=T("休止中", "suspended"), abolished=ends(T("廃止", "abolished")),
        revoked=T("指定の取消し", "designation revoked")),
    clocks=(
        Clock("first_plan", T("最初の事業計画（遅滞なく）", "first plan and budget (without delay)"), Kind.FILING,
            support("plan"), force=Force.WITHOUT_DELAY),
        Clock("publish_rules", T("業務規程の公表（遅滞なく）", "publish the rules (without delay)"), Kind.FILING,
            art("33(5)"), force=Force.WITHOUT_DELAY),
        Clock("publish_plan", T("事業計画書等の公表（遅滞なく）", "publish plan and budget (without delay)"),
            Kind.FILING,
            art("35(2)"), force=Force.WITHOUT_DELAY),
        Clock("suspension", T("休止の期間（許可に定めた日まで）", "suspension (until the day in the permission)"),
            Kind.TERM, art("40(1)") + STOPPED_FOR, (Count(None, suspension_ends),)),
        Clock("hand_over", T("業務の引継ぎ（遅滞なく）", "hand-over (without delay)"), Kind.FILING, support("handover"),
            force=Force.WITHOUT_DELAY),
        treasury_clock(art("34(6)"))),
    acts=(
        Act("apply", T("指定を申請する", "apply for designation"), SUPPORT_BODY, art("31(1)") + support("apply"),
            opens("applied") + go("applied", "none"), fields=(PRODUCT, BODY, YEAR_END, *APPLICATION), received=True,
            conditions=(order_in_force,), advice=(order_found,),
            keeps=(keep("product"), keep("body"), keep("year_end")),
            note=T("一方の大臣への申請は同日に他方にもされたものとみなす",
                "filing with one minister counts for the other on the same day")),
        Act("designate", T("指定する", "designate"), BODY_MINISTERS,
            art("31(1)", "31(2)", "31(4)-(6)", "32(1)"), go("designated", "applied"),
            fields=(SENTENCE_ENDED, REVOKED_ON, CLEAR, ABLE, FITS, HARMLESS, PREPARED, NOTICE, STANDARDS),
            conditions=(two_years_passed, IS_CLEAR, IS_ABLE, IS_FIT, IS_HARMLESS, is_prepared), starts=("first_plan",),
            keeps=(keep("designated_on", act_day),)),
        Act("refuse", T("指定しない", "do not designate"), BODY_MINISTERS, art("31(1)", "31(2)") + APA("8"),
            go("none", "applied"), fields=(REASONS,)),
        Act("rules", T("業務規程の認可", "approval of the operating rules"), BOTH, art("33(1)-(4)") + support("rules"),
            go("rules_approved", "designated") + stay("rules_approved"), fields=(RULES, CONSULTED, RULES_FIT),
            conditions=(IS_CONSULTED, ARE_FIT), starts=("publish_rules",)),
        Act("rules_publish", T("業務規程を公表する", "publish the operating rules"), SUPPORT_BODY, art("33(5)"),
            stay("rules_approved", *WORKING), meets=("publish_rules",)),
        Act("rules_order", T("業務規程の変更を命ずる", "order to change the operating rules"), BODY_MINISTERS,
            art("33(6)"), stay("operating"), fields=(UNFIT,), conditions=(ARE_UNFIT,),
            note=T("違反は取消しの事由（41条2項3号）", "breach is a ground for revocation (Art. 41(2)(iii))")),
        Act("rules_change", T("業務規程の変更の認可", "approval of changed rules"), BOTH,
            art("33(1) second sentence", "33(3)-(5)") + support("rules_change"), stay("operating"),
            fields=(NEW_RULES, CONSULTED, RULES_FIT), conditions=(IS_CONSULTED, ARE_FIT), starts=("publish_rules",)),
        Act("fund_setup", T("基金を設け、国の補助を受ける", "set up the fund, or pay state subsidy into it"), BOTH,
            art("34(1)-(3)"), go("operating", "rules_approved") + stay("operating"), fields=(SUBSIDY, URGENT, BUDGET),
            conditions=(IS_URGENT, IN_BUDGET),
            keeps=(keep("fund_on", first_fund_day), keep("contributions", contributions), WORKS)),
        Act("plan_apply", T("事業計画・収支予算の認可を申請する", "apply for approval of plan and budget"),
            SUPPORT_BODY,
            art("35(1)") + support("plan"), stay("rules_approved", *WORKING), fields=(PLANNED, PLAN),
            meets=("first_plan",), received=True),
        Act("plan", T("事業計画・収支予算の認可", "approval of plan and budget"), BOTH,
            art("35(1)", "35(2)") + support("plan"), go("operating", "rules_approved") + stay(*WORKING),
            fields=(PLANNED, PLAN, APPROVED), conditions=(IS_APPROVED,), meets=("first_plan",),
                starts=("publish_plan",),
            keeps=(WORKS,)),
        Act("plan_publish", T("事業計画書等を公表する", "publish plan and budget"), SUPPORT_BODY, art("35(2)"),
            stay(*WORKING), meets=("publish_plan",)),
        Act("accounts", T("事業報告書・収支決算書を提出する", "file report and accounts"), SUPPORT_BODY, art("35(3)"),
            stay(*ACCOUNTING), fields=(OF_YEAR, ACCOUNTS), conditions=(year_ended, year_is_known),
            note=T("公表もする", "published too")),
        Act("fund_report", T("基金の報告書を提出する", "file the report on the fund"), SUPPORT_BODY, art("34(8)"),
            stay(*ACCOUNTING), fields=(OF_YEAR, FUND_REPORT), conditions=(has_fund, year_ended, year_is_known)),
        *treasury_acts(art("34(6)", "34(7)") + ORDER("8"), "operating", "suspended", "abolished", "revoked"),
        Act("books", T("帳簿を閉じ、保存する", "close and keep the book"), SUPPORT_BODY, art("38") + support("books"),
            stay(*ACCOUNTING), fields=(OF_YEAR, CLOSED_ON), conditions=(book_is_closed, year_is_known)),
        Act("separate_accounts", T("経理を区分する", "keep separate accounts"), SUPPORT_BODY,
            art("36") + support("accounts"), stay("operating"), fields=(APART,)),
        Act("secrecy", T("秘密を守る者を記録する", "record who keeps the secrets"), BODY_STAFF, art("37"),
            stay("operating"), fields=(PERSON,), note=T("義務は記録がなくても生じ、退職・廃止・取消しの後も続く",
                "the duty needs no record; it outlasts the post, an abolition and a revocation")),
        Act("stop", T("休止の許可", "permission to suspend"), BOTH, art("40(1)", "40(3)") + support("stop"),
            go("suspended", "operating"), fields=(STOP, UNTIL, PERMITTED), conditions=(IS_PERMITTED,),
            starts=("suspension",), keeps=(keep("suspended_until"),), note=T("公示する", "published")),
        Act("resume", T("業務を再開する", "resume the work"), SUPPORT_BODY, art("40(1)") + STOPPED_FOR,
            go("operating", "suspended"), advice=(suspension_over,), stops=("suspension",), question=216),
        Act("abolish", T("業務を廃止する", "abolish the work with permission"), SUPPORT_BODY, art("40(1)-(3)"),
            go("abolished", *WORKING), fields=(STOP, PERMITTED), conditions=(IS_PERMITTED,),
            note=T("指定は効力を失う", "the designation lapses")),
        Act("revoke", T("指定を取り消す", "revoke the designation"), BODY_MINISTERS,
            art("41(1)-(4)") + APA("13(1)(i)", "14"), go("revoked", *DESIGNATED), fields=(GROUND, HEARD, REASONS),
            conditions=(IS_HEARD,), keeps=(keep("ground"),), note=T("公示する", "published"), received=True,
            stops=("first_plan", "publish_rules", "publish_plan", "suspension")),
        Act("handover", T("業務を引き継ぐ", "hand the work over"), SUPPORT_BODY,
            art("41(5)", "41(6)") + support("handover"), stay("revoked"), fields=(SUCCESSOR, TO_TREASURY),
            conditions=(hands_over,), meets=("hand_over",),
            note=T("業務、帳簿・書類、財産", "the work, books and papers, property")),
        Act("stop_unpermitted", T("許可を受けずに休廃止する", "suspend or abolish without permission"), SUPPORT_BODY,
            art("40(1)"), stay("operating"), deed=True, penalty="PEN-96-3"),
        Act("invest_otherwise", T("定めのない方法で基金を運用する", "invest the fund otherwise than permitted"),
            SUPPORT_BODY, art("34(4)"), stay("operating"), conditions=(has_fund,), deed=True, penalty="PEN-99"),
        Act("leak", T("秘密を漏らし、又は盗用する", "leak or misuse a secret"), BODY_STAFF, art("37"),
            stay(*WORKING, "revoked"), deed=True, penalty="PEN-95-1-1a")),
    duties=(
        Duty("first_plan", T("最初の事業計画・予算の認可を受ける", "have the first plan and budget approved"),
            support("plan"), SUPPORT_BODY, NOT_PUNISHED, to=BODY_MINISTERS, clock="first_plan", done=(done("plan"),)),
        Duty("publish_rules", T("業務規程を公表する", "publish the rules"), art("33(5)"), SUPPORT_BODY, NOT_PUNISHED,
            clock="publish_rules", done=(done("rules_publish"),)),
        Duty("publish_plan", T("事業計画書等を公表する", "publish plan and budget"), art("35(2)"), SUPPORT_BODY,
            NOT_PUNISHED, clock="publish_plan", done=(done("plan_publish"),)),
        Duty("books", T("帳簿を備え、記載し、保存する", "keep books and preserve them"), art("38"), SUPPORT_BODY,
            "PEN-96-1b", states=WORKING),
        Duty("secrecy", T("秘密を守る", "keep secrets"), art("37"), BODY_STAFF, "PEN-95-1-1a",
            arises=(done("designate"), done("secrecy")), person="persons", lasts=True),
        Duty("hand_over", T("業務を引き継ぐ", "hand the work over"), art("41(5)"), SUPPORT_BODY, NOT_PUNISHED,
            clock="hand_over", done=(done("handover"),)),
        treasury_duty(art("34(6)"))),
    consequences=(
        Consequence("hand_over_due", T("引継ぎの義務", "the hand-over is due"), art("41(5)") + support("handover"),
            upon=(done("revoke"),), moves=stay("revoked"), only_if=hands_over & hand_over_has_time,
            starts=("hand_over",)),
        treasury_rest(art("34(6)"), *ACCOUNTING)))
