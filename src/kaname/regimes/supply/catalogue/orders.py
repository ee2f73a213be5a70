"""The five certification orders (認定省令) of Chapter 2, and in what they differ, as data.

Four of them number alike; the MLIT order stands one article later from Art. 3 on, and the joint order of MHLW and METI
tells of obstacles in Art. 11. While a case has not chosen its order, a rule prints the common number and the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import Bases, Law, Shared, T, Text, shared
from kaname.regimes.supply.versions import FIRST_ORDERS, METI_MHLW_ORDERS, VENTILATOR_ORDER

_E_GOV = "https://laws.e-gov.go.jp/law/"

METI = Law("supply_meti_order", "経産省認定省令", "METI Supply Order", "令和5年経済産業省令第3号（供給確保計画の認定）",
    "METI Order No. 3 of 2023 on certification of supply plans", f"{_E_GOV}505M60000400003")
MHLW = Law("supply_mhlw_order", "厚労省認定省令", "MHLW Supply Order", "令和5年厚生労働省令第8号（供給確保計画の認定）",
    "MHLW Order No. 8 of 2023 on certification of supply plans", f"{_E_GOV}505M60000100008")
MAFF = Law("supply_maff_order", "農水省認定省令", "MAFF Supply Order",
    "令和4年農林水産省令第75号（供給確保計画の認定）",
    "MAFF Order No. 75 of 2022 on certification of supply plans", f"{_E_GOV}504M60000200075")
MLIT = Law("supply_mlit_order", "国交省認定省令", "MLIT Supply Order",
    "令和4年国土交通省令第93号（供給確保計画の認定）",
    "MLIT Order No. 93 of 2022 on certification of supply plans", f"{_E_GOV}504M60000800093")
JOINT = Law("supply_joint_order", "厚労経産認定省令", "MHLW-METI Supply Order",
    "令和7年厚生労働省・経済産業省令第1号（人工呼吸器の供給確保計画の認定）",
    "MHLW and METI Order No. 1 of 2025 on certification of supply plans (ventilators)", f"{_E_GOV}507M60000500001")
COMMON = Law("supply_orders", "認定省令", "Supply Orders",
    "供給確保計画の認定に関する各省令（国交省令を除き条番号は共通）",
    "The certification orders of Chapter 2; all but that of MLIT number alike")


_PLAN_ITEM = T("計画の記載事項（外国の法令を含む）", "plan item, foreign law included")
_FOUR = T("増産・備蓄放出、代替品、調達先の多角化、その他",
    "extra output or stock release; substitutes; other sources; other")
_PROOF = T("講じられる見込みを証する書類", "proof of the prospect that the measures will surely be taken")
_PROSPECT = T("見込みを記載した書類", "document showing the prospect")


@dataclass(frozen=True, slots=True)
class CertificationOrder:
    """One ministry's order and what sets it apart.

    `period_item`: a period moved by six months or less is minor. `target_from_application`: the month of processing is
    counted from the application, not from its receipt. `permits`: where permits under other laws stand. `any_one`: one
    measure of Art. 9(4)(iv) is enough (else both groups may be expected). `one_filing_for_all`: filed with one
    minister counts as filed with the other on the same day.
    """

    id: str
    law: Law
    label: Text
    since: date
    period_item: bool = True
    target_from_application: bool = False
    permits: Text = _PLAN_ITEM
    tight_supply: Text = _FOUR
    any_one: bool = True
    proof: Text = _PROOF
    one_filing_for_all: bool = False


ORDERS: Mapping[str, CertificationOrder] = {o.id: o for o in (
    CertificationOrder("meti", METI, T("経済産業省", "METI"), METI_MHLW_ORDERS),
    CertificationOrder("mhlw", MHLW, T("厚生労働省", "MHLW"), METI_MHLW_ORDERS, any_one=False, proof=_PROSPECT),
    CertificationOrder("maff", MAFF, T("農林水産省", "MAFF"), FIRST_ORDERS, period_item=False,
        target_from_application=True, permits=T("添付書類", "attachment instead of a plan item"),
        tight_supply=T("増産・備蓄放出、代替品、調達先の多角化、代替品への投資、その他",
            "extra output or stock release; substitutes; other sources; investment in substitutes; other"),
        proof=T("確実に講じられることを証する書類", "proof that the measures will surely be taken")),
    CertificationOrder("mlit", MLIT, T("国土交通省", "MLIT"), FIRST_ORDERS,
        permits=T("計画の記載事項（国内法令のみ）", "plan item, domestic wording only"),
        tight_supply=T("増産、代替品、その他", "extra output; substitutes; other")),
    CertificationOrder("joint", JOINT, T("厚生労働省・経済産業省", "MHLW and METI"), VENTILATOR_ORDER, any_one=False,
        proof=_PROSPECT, one_filing_for_all=True),
)}  # fmt: skip

# rule -> its place in the common numbering
_PLACES = {
    "application": ("2(1)",), "attachments": ("2(2)",), "supplement": ("2(3)",), "tight_supply": ("3",),
    "certify": ("4(1)",), "refuse": ("4(2)",), "notify": ("4(3)",), "change": ("5(1)", "5(2)"),
    "change_supplement": ("5(3)",), "change_certify": ("5(4)",), "change_refuse": ("5(5)",),
    "change_notify": ("5(6)",), "minor": ("6(1)",), "minor_notice": ("6(2)",), "instruction": ("7",),
    "cancel": ("8(1)",), "cancel_notify": ("8(2)",), "report": ("9",), "impediment": ("10",),
}


def _number(citation: str, order: str) -> str:
    article, bracket, rest = citation.partition("(")
    later = (order == "mlit" and int(article) >= 3) or (order == "joint" and int(article) >= 10)
    return f"{int(article) + later}{bracket}{rest}"


def _rule(name: str) -> Shared:
    return shared(name, {o.id: o.law(*(_number(c, o.id) for c in _PLACES[name])) for o in ORDERS.values()})


RULES: Mapping[str, Shared] = {name: _rule(name) for name in _PLACES}


def _in_short(name: str) -> Shared:
    told = {"common": COMMON(*_PLACES[name])}
    for order in ("mlit", "joint"):
        numbers = tuple(_number(c, order) for c in _PLACES[name])
        if numbers != _PLACES[name]:
            told[order] = ORDERS[order].law(*numbers)
    return shared(name, told)


_IN_SHORT: Mapping[str, Bases] = {name: (_in_short(name),) for name in _PLACES}


def orders(rule: str) -> Bases:
    """A rule of the orders, its numbers side by side until a case chooses its order: `orders("certify")`."""
    return _IN_SHORT[rule]
