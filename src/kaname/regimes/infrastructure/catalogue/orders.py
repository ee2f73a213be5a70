"""The ministerial orders (主務省令) of Chapter 3: one rule, many numbers.

The finance, METI, MLIT and joint orders share one numbering; the MIC order stands one article later from Art. 9 on.
`RULES["emergency"]` is such a shared rule: it prints every number until a case or a business chooses its order.
Articles 13, 15 and 16 were read in the finance order only; for the others the common numbering is assumed (medium).
How the orders divide emergency, minor and reportable changes between Arts. 24 and 25 was not recorded (note 0342).
"""

from kaname.law import Law, Provision, Shared, shared
from kaname.law.laws import FSA_ORDER, METI_ORDER, MIC_ORDER, MLIT_ORDER

_E_GOV = "https://laws.e-gov.go.jp/law/"

FSA, METI, MIC, MLIT = FSA_ORDER, METI_ORDER, MIC_ORDER, MLIT_ORDER
MHLW = Law(
    "mhlw_order", "厚労省令", "MHLW Order", "令和5年厚生労働省令第103号（水道。2024年3月31日まで）",
    "MHLW Order No. 103 of 2023 (water, until 2024-03-31)")
LABOUR = Law(
    "labour_order", "府厚労令", "CAO-MHLW Order", "令和5年内閣府・厚生労働省令第6号",
    "Cabinet Office and MHLW Order No. 6 of 2023")
NORINCHUKIN = Law(
    "norinchukin_order", "府農令", "CAO-MAFF Order", "令和5年内閣府・農林水産省令第4号",
    "Cabinet Office and MAFF Order No. 4 of 2023")
DEPOSIT = Law(
    "deposit_order", "府財令", "CAO-MOF Order", "令和5年内閣府・財務省令第6号",
        "Cabinet Office and MOF Order No. 6 of 2023",
    f"{_E_GOV}505M60000102006")
SAVINGS = Law(
    "savings_order", "府財農令", "CAO-MOF-MAFF Order",
    "令和5年内閣府・財務省・農林水産省令第2号（農水産業協同組合貯金保険）",
    "Cabinet Office, MOF and MAFF Order No. 2 of 2023", f"{_E_GOV}505M60000242002")
RECORDED = Law(
    "recorded_order", "府法令", "CAO-MOJ Order", "令和5年内閣府・法務省令第2号",
        "Cabinet Office and MOJ Order No. 2 of 2023")
BOOK_ENTRY = Law(
    "book_entry_order", "府法財令", "CAO-MOJ-MOF Order", "令和5年内閣府・法務省・財務省令第1号",
    "Cabinet Office, MOJ and MOF Order No. 1 of 2023")

ORDERS: dict[str, Law] = {
    "fsa": FSA, "meti": METI, "mic": MIC, "mlit": MLIT, "mhlw": MHLW, "labour": LABOUR, "norinchukin": NORINCHUKIN,
    "deposit": DEPOSIT, "savings": SAVINGS, "recorded": RECORDED, "book_entry": BOOK_ENTRY,
}

# rule -> the article in the common numbering; in the MIC order one later where it is 9 or more
_ARTICLES = {
    "facilities": ("1",), "criteria": ("2",), "lifting_published": ("4(2)",), "document_age": ("9(2)",),
    "emergency": ("10",), "party_items": ("11",), "holders": ("11(ii)",), "foreign_sales": ("11(iv)",),
    "components": ("13(i)",), "sub_entrustment": ("15(i)", "15(ii)"), "measures": ("16",), "omission": ("17",),
    "shortening": ("18",), "extension": ("19",), "significant": ("23",), "change_attachments": ("23(5)",),
    "other_changes": ("24", "25"),
}


def _number(citation: str, order: str) -> str:
    """The citation in one order: the MIC order's own reports (its Art. 7) push the later articles up by one."""
    article, bracket, rest = citation.partition("(")
    shifted = int(article) + 1 if order == "mic" and int(article) >= 9 else int(article)
    return f"{shifted}{bracket}{rest}"


def _rule(name: str, citations: tuple[str, ...]) -> Shared:
    return shared(name, {key: law(*(_number(c, key) for c in citations)) for key, law in ORDERS.items()})


RULES: dict[str, Shared] = {name: _rule(name, citations) for name, citations in _ARTICLES.items()}


# Eleven orders side by side would be unreadable: while none is chosen, the common numbering and that of the MIC order.
COMMON = Law(
    "ministry_orders", "主務省令", "Ministry Order", "基幹インフラ各分野の主務省令（総務省令を除き条番号は共通）",
    "The ministries' orders of Chapter 3; all but that of the MIC number alike")
_IN_SHORT = {name: shared(name, {"common": COMMON(*citations), "mic": MIC(*(_number(c, "mic") for c in citations))})
    for name, citations in _ARTICLES.items()}


def under_order(rule: str, order: str | None) -> tuple[Provision | Shared, ...]:
    """The provisions of a rule under one order, or the two numberings side by side while no order is chosen."""
    return RULES[rule].under(order) if order else (_IN_SHORT[rule],)
