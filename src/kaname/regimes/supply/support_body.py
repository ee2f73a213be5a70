"""What the procedures on support bodies share: whose case it is, its product, its business year, money to the Treasury.

A case is one body and one product, since the designation is (Arts. 31(1), 42(2)). The order to pay a part of the fund
back to the Treasury stands in Art. 34(6) for corporations and in the act of each agency: one rule, declared twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.law import Bases, T, Text
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Worked,
    condition,
    day_rule,
    done,
    keep,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.supply.applicants import year_begins, year_end_in
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product
from kaname.regimes.supply.roles import MINISTER, SUPPORT_BODY

CORPORATION, AGENCY = "support_corporation", "support_agency"
WORKING = ("operating", "suspended")  # a corporation whose yearly duties run
DESIGNATED = ("designated", "rules_approved", *WORKING)

PRODUCT = Field("product", T("特定重要物資", "specified critical product"), FieldType.CHOICE, art("31(1)", "42(2)"),
    required=True,
    options=tuple(Option(p.id, p.label, art("7"), p.designated_on) for p in PRODUCTS.values()))
YEAR_END = Field("year_end", T("事業年度の末日", "end of a business year"), FieldType.DAY, art("35(3)", "34(8)"),
    required=True, help=T("いずれかの年の末日。毎年の期限がここから数えられる",
        "of any year; the yearly duties are counted from it"))


def product(v: View) -> Product | None:
    """The product for which the body of this case is designated."""
    return PRODUCTS.get(v.fact(f"{CORPORATION}.product") or v.fact(f"{AGENCY}.product") or "")


def is_agency(v: View) -> bool:
    return bool(v.state(AGENCY))


def is_designated(v: View) -> bool:
    """Whether the body of this case is one in law: a designated corporation or agency."""
    return v.state(CORPORATION) in DESIGNATED or v.state(AGENCY) in ("designated", "fund_set_up")


def fund_since(v: View) -> date | None:
    """The day the fund was set up; None while there is none."""
    day: date | None = v.fact(f"{AGENCY}.fund_on") if is_agency(v) else v.fact(f"{CORPORATION}.fund_on")
    return day


def year_end(v: View) -> date | None:
    """A day on which the business year of the body ends, of any year."""
    day: date | None = v.fact(f"{AGENCY}.year_end") if is_agency(v) else v.fact(f"{CORPORATION}.year_end")
    return day


def in_work(v: View) -> bool:
    """Whether the yearly duties run: a corporation at work or suspended, an agency with a fund."""
    return v.state(CORPORATION) in WORKING or v.state(AGENCY) == "fund_set_up"


def business_years(v: View, after: date, upto: date) -> Iterable[tuple[date, tuple[str, ...]]]:
    """Every business year from the one in which the work begins, opened on its first day; that one a day later, also
    where the work began on its last day: it is reported on all the same."""
    pattern = year_end(v)
    since = v.fact(f"{AGENCY}.fund_on") if is_agency(v) else v.fact(f"{CORPORATION}.works_since")
    if not in_work(v) or pattern is None or since is None:
        return
    for year in range(min(after, since).year, upto.year + 2):
        closes = year_end_in(pattern, year)
        opens_on = max(year_begins(pattern, closes), since + timedelta(1))
        if after < opens_on <= upto and since <= closes:
            yield opens_on, (closes.isoformat(),)


# -- money to the Treasury (国庫納付) -----------------------------------------------------------------------------

PAY_BY = Field("pay_by", T("納付の期限", "last day to pay"), FieldType.DAY, ORDER("8(1)"), required=True,
    help=T("主務大臣が指定する日", "the day designated by the minister"))
NOTIFIED, IS_NOTIFIED = finding("change_notified",
    T("変更認定又は認定取消しの通知をしたこと", "a change or cancellation was notified to the body"),
    T("変更認定・認定取消しの通知がない", "no change and no cancellation was notified"), art("34(6)", "10(3)", "11(3)"))
UNNEEDED, IS_UNNEEDED = finding("not_needed", T("業務に必要がない部分であること", "a part not needed for the work"),
    T("必要がない部分と認められない", "not found to be a part that is not needed"), art("34(6)"))
CONSULTED, IS_CONSULTED = finding("finance_minister_consulted",
    T("財務大臣に協議したこと", "the Minister of Finance was consulted"),
    T("財務大臣への協議がない", "the Minister of Finance was not consulted"), art("34(6)"))


def _account(v: View) -> Worked:
    found = product(v)
    if found and found.id == "natural_gas":
        return Worked("energy", (T("可燃性天然ガスはエネルギー対策特別会計", "natural gas: energy account"),))
    return Worked("general", (T("一般会計", "general account"),))


ACCOUNT = Field("account", T("帰属する会計", "account it goes to"), FieldType.CHOICE, ORDER("8"), options=(
    Option("general", T("一般会計", "general account"), ORDER("8")),
    Option("energy", T("エネルギー対策特別会計のエネルギー需給勘定", "energy account of the special account"),
        ORDER("8"))), proposes=_account)


Order = tuple[date, int]  # the day designated by the minister, the sum


def unpaid(v: View) -> tuple[Order, ...]:
    """The orders that are not paid yet, the one due first at the head."""
    known = v.fact(f"{AGENCY if is_agency(v) else CORPORATION}.treasury_orders")
    return tuple((day, amount) for day, amount in known or ())


def with_this_order(v: View) -> tuple[Order, ...]:
    return tuple(sorted((*unpaid(v), (v.given("pay_by"), v.given("amount") or 0))))


def without_this_payment(v: View) -> tuple[Order, ...]:
    """What stays unpaid: nothing where all was paid together, else the orders but the first of this sum."""
    left, amount = list(unpaid(v)), v.given("amount")
    if amount == sum(owed for _, owed in left):
        return ()
    paid = next((order for order in left if order[1] == amount), None)
    if paid:
        left.remove(paid)
    return tuple(left)


@day_rule(T("主務大臣が指定した日（未納の命令のうち最も早いもの）",
    "the day designated by the minister, the earliest of the orders not paid"))
def designated_day(v: View) -> date | None:
    given: date | None = v.given("pay_by")
    return min((*(day for day, _ in unpaid(v)), *([given] if given else [])), default=None)


@condition(T("国の補助を受けた基金があること", "a fund with state subsidy"),
    T("国の補助を受けた基金がない", "there is no fund with state subsidy"), art("34(3)", "34(6)"))
def has_fund(v: View) -> bool | None:
    return fund_since(v) is not None


@condition(T("納付を命ぜられた額の全部であること", "all of the sum ordered"),
    T("命ぜられた額と異なる", "not the sum that was ordered"), art("34(6)"), tells=lambda v: _ordered(v))
def all_ordered(v: View) -> bool | None:
    amount, sums = v.given("amount"), [owed for _, owed in unpaid(v)]
    return None if amount is None else amount in (*sums, sum(sums))


def _ordered(v: View) -> Text:
    orders = unpaid(v)
    if len(orders) < 2:
        return T("命ぜられた額と異なる", "not the sum that was ordered")
    ja = "、".join(f"{amount:,}円（{day}まで）" for day, amount in orders)
    en = ", ".join(f"{amount:,} yen (by {day})" for day, amount in orders)
    return T(f"命ぜられた額のいずれとも、その合計とも異なる：{ja}",
        f"neither one of the sums ordered nor all of them: {en}")


@condition(T("納付の命令があること", "an order to pay"), T("納付の命令がない、又は納付済み",
    "there is no order to pay, or it is paid"), art("34(6)"))
def is_ordered(v: View) -> bool | None:
    return bool(unpaid(v))


def treasury_acts(basis: Bases, state: str, *paying: str) -> tuple[Act, ...]:
    """The order to pay a part of the fund to the Treasury, and the payment, owed in the states `paying` too."""
    amount = Field("amount", T("納付額", "amount"), FieldType.YEN, basis, required=True)
    return (
        Act("treasury", T("国庫納付を命ずる", "order to pay back to the Treasury"), MINISTER, basis, stay(state),
            fields=(amount, PAY_BY, NOTIFIED, UNNEEDED, CONSULTED, ACCOUNT),
            conditions=(has_fund, IS_NOTIFIED, IS_UNNEEDED, IS_CONSULTED), starts=("treasury_due",),
            keeps=(keep("treasury_orders", with_this_order),), received=True),
        Act("treasury_pay", T("国庫に納付する", "pay to the Treasury"), SUPPORT_BODY, basis, stay(state, *paying),
            fields=(amount,), conditions=(is_ordered, all_ordered), meets=("treasury_due",),
            keeps=(keep("treasury_orders", without_this_payment),)))


def treasury_rest(basis: Bases, *states: str) -> Consequence:
    """An order that is not the one paid stays owed, by its own day."""
    return Consequence("treasury_owed", T("ほかの納付命令が残る", "another order is left to pay"), basis,
        upon=(done("treasury_pay"),), moves=stay(*states), only_if=is_ordered, starts=("treasury_due",))


def treasury_clock(basis: Bases) -> Clock:
    return Clock("treasury_due", T("国庫納付の期限（指定された日）", "payment to the Treasury (the day designated)"),
        Kind.DATE, basis, (Count(None, designated_day),), lasting=True)


def treasury_duty(basis: Bases) -> Duty:
    return Duty("treasury_pay", T("国庫に納付する", "pay to the Treasury"), basis, SUPPORT_BODY,
        NoPenalty(T("納付命令の違反に罰則はない", "not paying carries no penalty of the Act")), to=MINISTER,
        clock="treasury_due", done=(done("treasury_pay"),), lasts=True)

