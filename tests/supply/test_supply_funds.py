"""The fund table: the deck to the yen with both of its totals, later lines on top of it, money that adds up exactly."""

from datetime import date
from decimal import Decimal

import pytest
from ch2_facts import load
from hypothesis import given as given_by
from hypothesis import strategies as st
from supply_tables import given, told

from kaname.regimes.supply.catalogue.products import DECK, PRODUCTS, oku
from kaname.regimes.supply.funds import DECK_LINES, Extent, Line, What, compare, read, table
from kaname.regimes.supply.funds.as_data import as_data
from kaname.regimes.supply.given import UNITS, Unusable, decimal, fiscal_year, yen

HEAD = "product,fiscal_year,what,amount,unit,as_of,source\n"
LATER = date(2026, 3, 31)


def in_oku(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount) / 10**8


# -- the deck --------------------------------------------------------------------------------------------------------


def test_the_table_of_the_deck_is_reproduced_to_the_yen():
    found = table(DECK_LINES, DECK)
    for fact in load()["products"]:
        fund = fact["fund"]
        row = found.row(fact["id"])
        by_year = {y: in_oku(x.amount) for y, x in row.years[What.CONTRIBUTED].items()}
        for year, name in ((2022, "R4"), (2023, "R5")):
            printed = fund[f"state_contribution_{name}_oku"]
            assert by_year.get(year) == (None if printed is None else Decimal(str(printed))), (fact["id"], year)
        for what, name in ((What.DECIDED, "decided"), (What.SPENT, "spent")):
            printed = fund[f"{name}_R5_estimate_oku"]
            shown = None if printed is None else Decimal(str(printed))
            assert in_oku(row.amount(what)) == shown, (fact["id"], name)
    ships = found.row("ship_parts")
    assert {y: in_oku(x.amount) for y, x in ships.years[What.BUDGET].items()} == {2022: 63, 2023: 25}


def test_both_totals_stand_where_the_deck_disagrees_with_itself():
    facts = load()["seed_totals"]
    told_of = {c.label.en: (in_oku(c.printed), in_oku(c.added)) for c in compare()}
    totals = facts["fund_table_total"]
    assert told_of["contributed in fiscal 2022"] == (totals["R4"], 10295)
    assert told_of["contributed in fiscal 2023"] == (totals["R5"], 9148)
    assert told_of["decided (estimate for the end of fiscal 2023)"] == (totals["decided"], 7811)
    assert told_of["spent (estimate for the end of fiscal 2023)"] == (totals["spent"], Decimal("689.5"))
    assert told_of["second supplementary budget of fiscal 2022"] == (10358, 10358)
    assert told_of["supplementary budget of fiscal 2023"] == (9172, 9173)
    assert told_of["initial budget of fiscal 2024"] == (2300, None)
    assert [b["oku"] for b in facts["budgets"]] == [in_oku(b.amount) for b in table(DECK_LINES, DECK).budgets]


def test_what_the_deck_does_not_print_is_not_nought():
    row = table(DECK_LINES, DECK).row("electronic_components")
    assert row.amount(What.DECIDED) is None and row.undecided is None
    assert any("no decided amount" in n.en for n in table(DECK_LINES, DECK).notes)


def test_ship_parts_stand_beside_the_funds():
    found = table(DECK_LINES, DECK)
    assert in_oku(found.totals[What.DECIDED]) == 7811, "without the 5 billion of ship parts"
    assert found.row("ship_parts").undecided is None, "no fund, nothing left in it"


# -- later lines -----------------------------------------------------------------------------------------------------


def test_later_years_are_added_on_top_of_the_last_sum():
    text = HEAD + (
        "batteries,R6,造成,2300,億円,2025-03-31,補正予算書\n"
        "蓄電池,令和6年度,交付決定,3,479,億円,2025-03-31,公表\n".replace("3,479", '"3,479"')
        + "batteries,2024,spent,0.5,億円,2025-03-31,報告書\n"
    )
    found = read(given(text))
    assert found.faults == ()
    row = table((*DECK_LINES, *found.lines), LATER).row("batteries")
    assert in_oku(row.amount(What.CONTRIBUTED)) == 3316 + 2658 + 2300
    assert in_oku(row.amount(What.DECIDED)) == 3115 + 3479
    assert in_oku(row.amount(What.SPENT)) == Decimal("121.5")
    assert table((*DECK_LINES, *found.lines), DECK).row("batteries").amount(What.SPENT) == oku("121"), "not yet known"


def test_a_settled_amount_takes_the_place_of_the_estimate_and_a_sum_covers_its_years():
    text = (
        HEAD.replace("source", "source,extent")
        + "batteries,2023,decided,3100,億円,2024-09-30,決算,total\n"
        + "batteries,2022,spent,5,億円,2024-09-30,決算,year\n"
    )
    found = read(given(text))
    row = table((*DECK_LINES, *found.lines), LATER).row("batteries")
    assert in_oku(row.amount(What.DECIDED)) == 3100
    assert in_oku(row.amount(What.SPENT)) == 121, "the sum up to fiscal 2023 holds fiscal 2022 already"


def test_more_spent_than_decided_is_told():
    line = Line("cloud", 2024, What.SPENT, 10**12, date(2025, 3, 31))
    assert any("more is spent" in n.en for n in table((*DECK_LINES, line), LATER).notes)


# -- rows with faults ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("tanks,2024,spent,1,億円,2025-03-31,x", "product", "no designated product"),
        ("batteries,1999,spent,1,億円,2025-03-31,x", "fiscal_year", "fiscal year"),
        ("batteries,2024,lent,1,億円,2025-03-31,x", "what", "expected one of"),
        ("batteries,2024,spent,W,億円,2025-03-31,x", "amount", "cannot read"),
        ("batteries,2024,spent,-1,億円,2025-03-31,x", "amount", "negative"),
        ("batteries,2024,spent,△3,億円,2025-03-31,x", "amount", "negative"),
        ("batteries,2024,spent,1,USD,2025-03-31,x", "amount", "currency"),
        ("batteries,2024,spent,1,,2025-03-31,x", "amount", "unit"),
        ("batteries,2024,spent,0.000000001,億円,2025-03-31,x", "amount", "whole number of yen"),
        ('batteries,2024,spent,"1,23",億円,2025-03-31,x', "amount", "separators"),
        ("batteries,2024,spent,1,億円,2025-02-30,x", "as_of", "as a day"),
        ("batteries,2024,spent,1,億円,2025-03-31,", "source", "where the amount comes from"),
        ("all,2024,spent,1,億円,2025-03-31,x", "what", "budget"),
        (",2024,spent,1,億円,2025-03-31,x", "product", "empty"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line_and_the_others_count(row, field, says):
    found = read(given(f"{HEAD}batteries,2024,decided,1,億円,2025-03-31,x\n{row}\n"))
    assert len(found.lines) == 1
    assert [(f.line, f.field) for f in found.faults] == [(3, field)]
    assert says in found.faults[0].text.en


def test_the_same_amount_twice_is_refused_with_the_line_it_repeats():
    row = "batteries,2024,spent,1,億円,2025-03-31,x\n"
    found = read(given(HEAD + row + row))
    assert told(found.faults) == [(3, "amount", "the same as line 2; expected once")]


def test_a_missing_column_is_told_once():
    found = read(given("product,amount\nbatteries,1\ncloud,2\n"))
    assert {f.field for f in found.faults} == {"fiscal_year", "what", "as_of", "source"}
    assert {f.line for f in found.faults} == {1}


# -- sums ------------------------------------------------------------------------------------------------------------

AMOUNTS = st.integers(0, 10**14)
PRODUCT_IDS = st.sampled_from([p.id for p in PRODUCTS.values() if p.fund is None or p.fund.is_fund])
LINES = st.lists(
    st.builds(Line, PRODUCT_IDS, st.integers(2022, 2030), st.sampled_from(What), AMOUNTS, st.just(LATER)),
    max_size=30, unique_by=lambda x: x.key,
)  # fmt: skip


@given_by(LINES)
def test_totals_are_the_sum_of_the_lines_whatever_their_order(lines):
    found = table(lines, LATER)
    for what in What:
        amounts = [x.amount for x in lines if x.what is what]
        assert found.totals[what] == (sum(amounts) if amounts else None)
    assert table(reversed(lines), LATER).totals == found.totals
    assert sum(found.totals_of_year.values()) == (found.totals[What.CONTRIBUTED] or 0)


@given_by(st.lists(AMOUNTS, min_size=1, max_size=8), st.integers(0, 7))
def test_years_after_a_sum_add_up_as_if_each_had_been_told(amounts, told_until):
    """A sum up to a year and the years after it say the same as all the years."""
    by_year = [Line("cloud", 2022 + i, What.SPENT, a, LATER) for i, a in enumerate(amounts)]
    cut = min(told_until, len(amounts) - 1)
    covered = Line("cloud", 2022 + cut, What.SPENT, sum(amounts[: cut + 1]), LATER, Extent.TOTAL)
    both = table((covered, *by_year), LATER).row("cloud").amount(What.SPENT)
    assert both == sum(amounts)
    assert type(both) is int


@given_by(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_an_amount_printed_in_any_unit_is_read_back_to_the_yen(amount, unit):
    exact = Decimal(amount) / UNITS[unit]
    assert yen(f"{exact:,f}", unit) == yen(f"{exact:f}{unit}") == amount


@given_by(st.integers(0, 10**15))
def test_thousands_separators_and_full_width_say_the_same(number):
    wide = f"{number:,}".translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    assert decimal(f"{number:,}") == decimal(wide) == number


@pytest.mark.parametrize("text", ["2024", "FY2024", "R6", "令和6年度", "2024年度", "Ｒ６"])
def test_fiscal_years_by_any_name(text):
    assert fiscal_year(text) == 2024


def test_the_first_year_of_an_era_has_a_name():
    assert fiscal_year("令和元年度") == 2019
    with pytest.raises(Unusable):
        fiscal_year("昭和64年度")


def test_the_data_tells_money_as_whole_yen():
    data = as_data(table(DECK_LINES, DECK), "en")
    amounts = [data["totals"], *data["rows"], *(x for r in data["rows"] for x in r["lines"])]
    numbers = [v for d in amounts for k, v in d.items() if k in {"amount", *(w.value for w in What)} and v is not None]
    assert numbers and all(type(n) is int for n in numbers)
