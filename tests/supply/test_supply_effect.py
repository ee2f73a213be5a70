"""The reverse view: goals in their own units, capacity against demand, dependence before and after, money per point."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from ch2_facts import load
from hypothesis import given as given_by
from hypothesis import strategies as st
from supply_tables import given, told

from kaname.law import T
from kaname.regimes.supply.catalogue.products import DECK, PRODUCTS
from kaname.regimes.supply.effect import GOALS, KNOWN, Figure, Kind, from_trade, read, review
from kaname.regimes.supply.effect.as_data import as_data
from kaname.regimes.supply.funds import DECK_LINES, Line, What, table

NOW = date(2026, 1, 1)
HEAD = "product,kind,measure,value,unit,on,source\n"
SHARE = T("中国からの輸入の割合", "share of imports from China")
PERCENT = T("%", "%")


def dependence(value: str, on: str, product: str = "batteries") -> Figure:
    return Figure(product, Kind.DEPENDENCE, SHARE, Decimal(value), PERCENT, date.fromisoformat(on), T("x", "x"))


def of(product: str, *figures: Figure, lines=DECK_LINES, as_of: date = NOW):
    return review(PRODUCTS[product], (*GOALS, *KNOWN, *figures), table(lines, as_of).row(product), as_of)


def test_the_goals_are_those_of_the_facts():
    products = {p["id"]: p for p in load()["products"]}
    assert "150 GWh a year by 2030" in products["batteries"]["goals"][0]["text"]
    assert "three months" in products["fertilizer"]["goals"][0]["text"]
    (goal,) = (g for g in GOALS if g.product == "batteries")
    assert (goal.value, goal.unit.en, goal.on.year) == (150, "GWh a year", 2030)
    assert {g.product for g in GOALS} <= set(PRODUCTS)


def test_a_goal_is_held_against_the_latest_figure_of_the_same_measure_and_unit():
    found = of("fertilizer")
    by_measure = {g.goal.measure.en: g for g in found.goals}
    ammonium = by_measure["ammonium phosphate"]
    assert (ammonium.now.value, ammonium.reached, ammonium.left) == (Decimal("2.1"), Fraction(7, 10), Decimal("0.9"))
    potassium = by_measure["potassium chloride"]
    assert potassium.now is None and potassium.reached is None, "reached, it was told, but no figure was printed"
    assert any("potassium chloride" in q.en for q in found.open)
    assert any("potassium chloride was reached" in w.text.en for w in found.in_words)


def test_another_unit_is_no_answer_to_a_goal():
    gw = Figure("batteries", Kind.CAPACITY, T("国内製造能力", "domestic capacity"), Decimal(120), T("GW", "GW"),
                date(2025, 1, 1), T("x", "x"))  # fmt: skip
    assert of("batteries", gw).goals[0].now is None


def test_without_figures_there_are_questions_and_no_numbers():
    found = of("batteries")
    assert found.prices == () and found.changes == () and found.against == ()
    said = "\n".join(q.en for q in found.open)
    assert "no figure of dependence is known" in said and "demand in the same unit" in said
    assert as_data(found, "en")["per_point"] == []


def test_one_figure_of_dependence_is_no_change():
    found = of("batteries", dependence("80", "2024-12-31"))
    assert found.changes == () and any("before and after" in q.en for q in found.open)


def test_money_for_each_point_by_which_the_dependence_fell():
    found = of("batteries", dependence("82.5", "2021-12-31"), dependence("80", "2024-12-31"))
    (change,) = found.changes
    assert change.points == Decimal("-2.5")
    by = {p.what: p.per_point for p in found.prices}
    assert by == {What.DECIDED: 311_500_000_000 * 2 // 5, What.SPENT: 12_100_000_000 * 2 // 5}
    assert "does not show" in as_data(found, "en")["caution"]


def test_the_day_before_is_the_last_one_up_to_the_designation():
    figures = [dependence(v, d) for v, d in (("90", "2019-12-31"), ("85", "2022-12-23"), ("70", "2022-12-24"),
                                             ("60", "2025-12-31"))]  # fmt: skip
    (change,) = of("batteries", *figures).changes
    assert (change.before.value, change.after.value) == (85, 60)
    assert of("batteries", *figures, as_of=date(2024, 1, 1)).changes[0].after.value == 70, "nothing from after that day"


def test_a_dependence_that_did_not_fall_has_no_price():
    for later in ("80", "81"):
        found = of("batteries", dependence("80", "2021-12-31"), dependence(later, "2024-12-31"))
        assert found.prices == () and any("did not fall" in q.en for q in found.open)


def test_money_that_is_not_known_is_a_question():
    figures = dependence("80", "2021-12-31", "drones"), dependence("70", "2026-06-30", "drones")
    found = of("drones", *figures, as_of=date(2026, 7, 1))
    assert found.changes and found.prices == ()
    assert any("no amount decided" in q.en for q in found.open)


def test_capacity_and_stock_against_demand_of_the_same_unit():
    def figure(kind: Kind, value: str) -> Figure:
        return Figure("batteries", kind, T("電池", "cells"), Decimal(value), T("GWh/年", "GWh a year"),
                      date(2025, 1, 1), T("x", "x"))  # fmt: skip

    found = of("batteries", figure(Kind.CAPACITY, "85"), figure(Kind.DEMAND, "100"))
    assert [a.share for a in found.against] == [Fraction(17, 20)]
    nothing = of("batteries", figure(Kind.CAPACITY, "85"), figure(Kind.DEMAND, "0"))
    assert [a.share for a in nothing.against] == [None], "no division by no demand"


@given_by(st.decimals("0.1", "100", places=1), st.decimals("0", "99.9", places=1), st.integers(0, 10**14))
def test_the_price_times_the_points_is_the_money_within_half_a_yen_a_point(before, after, amount):
    lines = [Line("cloud", 2024, What.SPENT, amount, date(2025, 3, 31))]
    figures = dependence(str(before), "2021-12-31", "cloud"), dependence(str(after), "2024-12-31", "cloud")
    found = of("cloud", *figures, lines=lines)
    points = before - after
    if points <= 0:
        assert found.prices == ()
    else:
        (price,) = found.prices
        assert type(price.per_point) is int
        assert abs(price.per_point * points - amount) <= points / 2


# -- tables of figures -----------------------------------------------------------------------------------------------


def test_a_table_of_figures_is_read():
    found = read(
        given(
            HEAD + "蓄電池,能力,国内製造能力,85,GWh/年,2024,公表\nbatteries,dependence,cells,78.4,%,2024-12-31,trade\n"
        )
    )
    assert found.faults == ()
    capacity, share = found.figures
    assert (capacity.kind, capacity.on, capacity.key) == (Kind.CAPACITY, date(2024, 12, 31), GOALS[3].key)
    assert share.value == Decimal("78.4") and type(share.value) is Decimal
    assert of("batteries", capacity).goals[0].reached == Fraction(85, 150)


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("batteries,wish,x,1,GWh,2024,s", "kind", "expected one of"),
        ("batteries,stock,x,W,GWh,2024,s", "value", "as a number"),
        ("batteries,stock,x,-1,GWh,2024,s", "value", "below zero"),
        ("batteries,dependence,x,0.8,share,2024,s", "unit", "expected %"),
        ("batteries,dependence,x,101,%,2024,s", "value", "0 to 100"),
        ("batteries,stock,x,1,,2024,s", "unit", "empty"),
        ("batteries,stock,x,1,GWh,24,s", "on", "as a day or a year"),
        ("batteries,stock,x,NaN,GWh,2024,s", "value", "as a number"),
        ("batteries,stock,x,1,GWh,2024,", "source", "empty"),
    ],
)
def test_figures_that_cannot_be_used(row, field, says):
    found = read(given(f"{HEAD}{row}\n"))
    assert found.figures == () and [(f.line, f.field) for f in found.faults] == [(2, field)]
    assert says in found.faults[0].text.en


def test_the_same_figure_twice_is_refused():
    row = "batteries,stock,x,1,GWh,2024,s\n"
    assert told(read(given(HEAD + row + row)).faults)[0][:2] == (3, "value")


def test_nothing_from_after_the_day_is_seen():
    assert of("fertilizer", as_of=DECK).goals[0].now is None, "the stock of July 2024 was not known in June"


# -- shares of `assess trade` ------------------------------------------------------------------------------------------

TRADE = "year,measure,partner,of,value,source\n"


def test_the_answer_of_assess_trade_is_taken_as_dependence():
    text = TRADE + (
        "2021,share,CHN,,0.825,UN Comtrade\n2021,top_1,CHN,,0.825,UN Comtrade\n2021,hhi,,,0.7,UN Comtrade\n"
        "2023,share,CHN,,,UN Comtrade\n2024,share,CHN,,0.8,UN Comtrade\n2024,share,CHN,trend,0.1,UN Comtrade\n"
    )
    found = from_trade.reader(PRODUCTS["batteries"])(given(text))
    assert found.faults == ()
    assert [(f.measure.en, str(f.value), f.on.year) for f in found.figures] == [
        ("share of imports from CHN", "82.5", 2021), ("largest supplier's share of imports", "82.5", 2021),
        ("share of imports from CHN", "80", 2024)]  # fmt: skip
    (change,) = of("batteries", *found.figures).changes
    assert change.points == Decimal("-2.5")


def test_shares_that_cannot_be_used_are_told():
    found = from_trade.reader(PRODUCTS["batteries"])(given(TRADE + "2021,top_1,,,82.5,x\nsoon,top_1,,,0.5,x\n"))
    assert [(f.line, f.field) for f in found.faults] == [(2, "value"), (3, "year")] and found.figures == ()
    lacking = from_trade.reader(PRODUCTS["batteries"])(given("year,value\n2021,0.5\n"))
    assert {f.field for f in lacking.faults} == {"measure", "source"}
