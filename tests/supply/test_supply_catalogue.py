"""The catalogues of Chapter 2 against the researched facts."""

from datetime import date
from pathlib import Path

import pytest
from ch2_facts import load

from kaname.law import cited
from kaname.regimes.supply.catalogue import MEASURES, ORDERS, PRODUCTS, RULES, form, in_force, orders
from kaname.regimes.supply.catalogue.forms import FORMS
from kaname.regimes.supply.catalogue.products import PRINTED_TOTALS, added, certified_plans, oku
from kaname.regimes.supply.questions import QUESTIONS
from kaname.regimes.supply.versions import TECHNOLOGY, VERSIONS

ALL = tuple(PRODUCTS)
MINISTRIES = {
    "Minister of Health, Labour and Welfare": "mhlw",
    "Minister of Agriculture, Forestry and Fisheries": "maff",
    "Minister of Economy, Trade and Industry": "meti",
    "Minister of Land, Infrastructure, Transport and Tourism": "mlit",
}
COLUMNS = {
    "fiscal_2022": "state_contribution_R4_oku", "fiscal_2023": "state_contribution_R5_oku",
    "decided": "decided_R5_estimate_oku", "spent": "spent_R5_estimate_oku",
}  # fmt: skip


def facts_of(product: str) -> dict:
    rows = {p["id"]: p for p in (*load()["products"], *load()["products_added_later"])}
    return rows[product]


def yen(amount) -> int | None:
    return oku(None if amount is None else str(amount))


def test_products_are_those_of_the_facts_in_their_order():
    facts = [p["id"] for p in (*load()["products"], *load()["products_added_later"])]
    assert list(PRODUCTS) == facts
    assert [p.item for p in PRODUCTS.values()] == list(range(1, 17))


@pytest.mark.parametrize("product", ALL)
def test_item_day_and_ministry(product):
    ours, fact = PRODUCTS[product], facts_of(product)
    assert (ours.item, ours.designated_on.isoformat()) == (fact["order_item"], fact["designated_on"])
    assert ours.order == MINISTRIES.get(fact["competent_minister"], "joint")
    assert ours.label.ja in fact["name_ja"]
    assert ours.certified == fact["certified_plans_20240604"]


@pytest.mark.parametrize("product", [p for p in ALL if PRODUCTS[p].fund])
def test_support_body_money_and_technology(product):
    ours, fact = PRODUCTS[product], facts_of(product)
    body, fund = fact["support_body"], fact["fund"]
    assert ours.support_body.agency is (body["kind"] == "support agency")
    assert ours.support_body.name.en in body["name"] and ours.support_body.confidence == body["confidence"]
    assert bool(ours.technology_from) is fact["technology_leak_measures_required"]
    assert {c: getattr(ours.fund, c) for c in COLUMNS} == {c: yen(fund[f]) for c, f in COLUMNS.items()}
    assert (ours.fund.ends_on and ours.fund.ends_on.isoformat()) == fund["end_date"]
    assert f"R{ours.fund.set_up - 2018}" == fund["set_up_fiscal_year"]
    assert len(ours.goals) == len(fact["goals"]) and len(ours.rates) == len(fact["grant_rate_ceilings"])


def test_totals_where_the_deck_disagrees_with_itself():
    printed = load()["seed_totals"]["fund_table_total"]
    assert list(PRINTED_TOTALS.values()) == [yen(printed[k]) for k in ("R4", "R5", "decided", "spent")]
    assert [added(c) for c in ("fiscal_2022", "fiscal_2023", "decided")] == [yen(10295), yen(9148), yen(7811)]
    assert added("spent") == oku("689.5") != PRINTED_TOTALS["spent"] == oku("691")
    assert certified_plans() == load()["seed_totals"]["certified_total_20240604"] == 85


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2022, 12, 22), 0), (date(2022, 12, 23), 11), (date(2024, 2, 1), 11), (date(2024, 2, 2), 12),
        (date(2025, 12, 23), 12), (date(2025, 12, 24), 16),
    ],
)  # fmt: skip
def test_products_in_force_on_a_day(day, count):
    assert len(in_force(day)) == count


def test_orders_differ_as_the_facts_say():
    rows = {r["topic"]: r for r in load()["ministry_differences"]}
    period = rows["minor change: implementation period"]
    assert {o for o in ORDERS if not ORDERS[o].period_item} == {"maff"} and "no such item" in period["MAFF"]
    assert {o for o in ORDERS if ORDERS[o].target_from_application} == {"maff"}
    assert "day of application" in rows["processing target"]["MAFF"]
    many = rows["how many measures of art. 9(4)(iv) are needed"]
    assert {o.upper() for o in ORDERS if ORDERS[o].any_one} == {k for k, v in many.items() if "any one of" in str(v)}
    assert [o for o in ORDERS if ORDERS[o].one_filing_for_all] == ["joint"]
    assert "joint_MHLW_METI" in rows["one-stop filing"]
    assert "attachment" in ORDERS["maff"].permits.en and rows["permits under other laws"]["MAFF"].startswith("attach")
    assert "domestic" in ORDERS["mlit"].permits.en and "domestic" in rows["permits under other laws"]["MLIT"]
    in_force_text = rows["products covered by the order"]["in_force"]
    assert all(o.since.isoformat() in in_force_text for o in ORDERS.values())


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ("application", "2(1) 2(1) 2(1)"), ("tight_supply", "3 4 3"), ("certify", "4(1) 5(1) 4(1)"),
        ("change_certify", "5(4) 6(4) 5(4)"), ("minor", "6(1) 7(1) 6(1)"), ("cancel", "8(1) 9(1) 8(1)"),
        ("report", "9 10 9"), ("impediment", "10 11 11"),
    ],
)  # fmt: skip
def test_one_rule_many_numbers(rule, numbers):
    told = [RULES[rule].under(order)[0].citation for order in ("meti", "mlit", "joint")]
    assert " ".join(told) == numbers


def test_a_rule_prints_every_number_that_differs():
    assert cited(orders("report"), "ja") == "認定省令9条 / 国交省認定省令10条"
    assert (
        cited(orders("impediment"), "en")
        == "Supply Orders Art. 10 / MLIT Supply Order Art. 11 / MHLW-METI Supply Order Art. 11"
    )


def test_the_checklist_has_the_questions_of_the_facts():
    fact = load()["technology_protection"]
    assert [(q.id, q.measure, q.confidence) for q in MEASURES.values()] == [
        (i["id"], i["measure"], i["confidence"]) for i in fact["items"]
    ]
    assert len(MEASURES) == 22
    assert {p.id for p in PRODUCTS.values() if p.technology_from} == set(fact["applies_to"])
    assert {p.technology_from for p in PRODUCTS.values()} == {None, TECHNOLOGY}


def test_forms_are_the_thirteen_of_the_facts():
    assert len(FORMS) == len(load()["forms"]["form_numbers"]) == 13
    assert all(form(i).ja.startswith(f["form"]) for i, f in enumerate(load()["forms"]["form_numbers"], 1))


def test_version_days_are_those_of_the_facts():
    assert {str(s)[:10] for s in load()["meta"]["version_switches"]} <= {v.isoformat() for v in VERSIONS}


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_every_open_question_of_supply_has_its_note(number):
    assert len(list((Path(__file__).parents[2] / "docs" / "law").glob(f"{number:04}-*.md"))) == 1
