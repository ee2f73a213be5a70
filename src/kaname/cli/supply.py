"""`kaname supply`: products of stable supply, its money and certified plans, and whether the dependence fell."""

from kaname.cli.group import Entry, Group
from kaname.law import T

command = Group(
    "supply",
    (
        Entry("products", "kaname.cli.supply_products", T("物資の指定と所管", "designated products, ministries")),
        Entry("funds", "kaname.cli.supply_funds", T("基金の造成、交付決定、執行", "contributed, decided and spent")),
        Entry("plans", "kaname.cli.supply_plans", T("認定計画の登録簿", "the register of certified plans")),
        Entry("measures", "kaname.cli.supply_measures", T("計画の対策の数値", "measures of plans in numbers")),
        Entry("pdca", "kaname.cli.supply_pdca", T("目標、能力、依存度、額", "goals, capacity, dependence, money")),
    ),
    about=T(
        "安定供給の支援の額、認定計画、その効果。政府資料（2024年6月4日）から始まり、手元の表で続ける。",
        "Money, certified plans and effect of stable supply. It begins with the government deck of 2024-06-04; "
        "tables of your own continue it.",
    ),
    examples=(
        "kaname supply products --as-of 2024-06-04",
        "kaname supply funds",
        "kaname supply plans plans.csv --product batteries",
        "kaname supply pdca batteries",
    ),
)
