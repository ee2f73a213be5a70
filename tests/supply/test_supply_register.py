"""The register of certified plans: the real list of batteries, the office's own cases, filters, counts against 85."""

from dataclasses import replace
from datetime import date

import pytest
from ch2_facts import SHARED, load
from supply_ledgers import CASES
from supply_tables import given, told

from kaname.files.rows import rows
from kaname.procedure import fold
from kaname.regimes import kind
from kaname.regimes.supply.catalogue.products import DECK, PRODUCTS, certified_plans, oku
from kaname.regimes.supply.register import Asked, Certified, counted, of_standing, read, sifted
from kaname.regimes.supply.register.counts import PUBLISHED
from kaname.regimes.supply.register.reading import names
from walks import read_ledger

BATTERIES = SHARED / "data" / "act_lists" / "battery_supply_plans_2024-09-06.csv"
HEAD = "product,applicants,certified_on,item,number,funds,grant,unit\n"
ROWS = (
    "batteries,甲電池株式会社;乙工業,2024-09-06,電極,2024蓄電池第1号,120,40,億円\n"
    "minerals,丙鉱業,2023-05-01,リチウム,,,,\n"
    "fertilizer,丁肥料,2023-03-01,りん酸アンモニウム,,10,2.5,億円\n"
)


def test_the_twelve_real_battery_plans_are_read_and_add_up_to_the_published_total():
    if not BATTERIES.is_file():
        pytest.skip(f"the real register is absent: {BATTERIES}")
    found = read(rows(BATTERIES.name, BATTERIES.read_bytes())[0])
    assert found.faults == ()
    assert len(found.plans) == 12
    assert sum(p.grant for p in found.plans) == oku("3479"), "the ceiling that was announced"
    assert {p.product.id for p in found.plans} == {"batteries"}
    assert max(len(p.applicants) for p in found.plans) == 4, "a joint plan of four"
    by_money = sifted(found.plans, Asked(least=oku("100"), most=oku("1000")))
    assert [p.grant for p in by_money if "日産自動車" in p.applicants] == [oku("557")]
    assert len(by_money) == 4


def test_the_published_numbers_are_those_of_the_facts():
    facts = load()
    assert certified_plans() == facts["seed_totals"]["certified_total_20240604"] == PUBLISHED[0].plans == 85
    by_product = {c.product.id: c.published for c in counted((), DECK)}
    for fact in (*facts["products"], *facts["products_added_later"]):
        assert by_product[fact["id"]] == fact["certified_plans_20240604"]


def test_what_the_list_lacks_of_the_published_number_is_told():
    plans = read(given(HEAD + ROWS)).plans
    of = {c.product.id: c for c in counted(plans, date(2025, 1, 1))}
    assert (of["minerals"].published, of["minerals"].up_to_deck, of["minerals"].missing) == (2, 1, 1)
    assert (of["batteries"].listed, of["batteries"].up_to_deck, of["batteries"].missing) == (1, 0, 15)
    assert of["electronic_components"].missing is None, "no number was printed"
    assert of["batteries"].grants == oku("40") and of["minerals"].grants is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), ["甲電池株式会社", "丙鉱業", "丁肥料"]),
        (Asked(product="minerals"), ["丙鉱業"]),
        (Asked(ministry="meti"), ["甲電池株式会社", "丙鉱業"]),
        (Asked(item="リチウム"), ["丙鉱業"]),
        (Asked(applicant=" 乙 工業"), ["甲電池株式会社"]),
        (Asked(since=date(2023, 4, 1)), ["甲電池株式会社", "丙鉱業"]),
        (Asked(until=date(2023, 3, 1)), ["丁肥料"]),
        (Asked(least=oku("2.5"), most=oku("2.5")), ["丁肥料"]),
        (Asked(least=0), ["甲電池株式会社", "丁肥料"]),
        (Asked(origin="case"), []),
        (Asked(origin="import", product="fertilizer"), ["丁肥料"]),
    ],
)
def test_filters(asked, found):
    assert [p.applicants[0] for p in sifted(read(given(HEAD + ROWS)).plans, asked)] == found


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("tanks,甲,2024-09-06,,,,,", "product", "no designated product"),
        ("batteries,,2024-09-06,,,,,", "applicants", "empty"),
        ("batteries,甲,soon,,,,,", "certified_on", "as a day"),
        ("batteries,甲,2022-12-22,,,,,", "certified_on", "before the designation on 2022-12-23"),
        ("batteries,甲,2024-09-06,,,10,11,億円", "grant", "more than the funds"),
        ("batteries,甲,2024-09-06,,,10,,", "funds", "unit"),
        ("batteries,甲,2024-09-06,,,10,,EUR", "funds", "currency"),
    ],
)
def test_rows_of_a_register_with_faults(row, field, says):
    found = read(given(f"{HEAD}{ROWS}{row}\n"))
    assert len(found.plans) == 3
    assert [(f.line, f.field) for f in found.faults] == [(5, field)]
    assert says in found.faults[0].text.en


def test_the_ministry_of_another_product_is_refused():
    rows_of = "fertilizer,甲,2024-01-05,経済産業省\nfertilizer,乙,2024-01-05,農林水産省\n"
    text = f"product,applicants,certified_on,ministry\n{rows_of}"
    found = read(given(text))
    assert [p.applicants for p in found.plans] == [("乙",)]
    assert told(found.faults) == [(2, "ministry", "fertilizer is in the charge of MAFF; expected that")]


def test_a_plan_told_twice_in_one_list_is_refused_even_in_another_width():
    row = "batteries,甲電池株式会社;乙工業,2024-09-06,電極,,,,\n"
    again = "batteries,乙工業；甲電池 株式会社,2024-09-06,電極,,,,\n"
    assert told(read(given(HEAD + row + again)).faults) == [(3, "applicants", "the same plan as line 2; expected once")]


@pytest.mark.parametrize("cell", ["甲;乙", "甲；乙", "甲、乙", "甲/乙", " 甲 ; 乙 ;"])
def test_joint_applicants_are_divided(cell):
    assert names(cell) == ("甲", "乙")


# -- plans of the office's own cases ---------------------------------------------------------------------------------


def plan_of(name: str, day: date = date(2030, 1, 1)) -> Certified | None:
    return of_standing(fold(kind("supply.plan"), read_ledger(CASES / f"plan_{name}.jsonl"), day), "case1")


def test_a_certified_case_is_listed_as_certified_and_changed():
    found = plan_of("s5_joint")
    assert found.product is PRODUCTS["ship_parts"] and len(found.applicants) == 2
    assert found.certified_on == date(2023, 4, 14) and found.number and found.case == "case1"
    assert found.funds == 9_000_000_000 and found.grant == 3_000_000_000, "as changed, not as filed"


def test_a_cancelled_plan_stays_in_the_register_with_its_day():
    assert plan_of("cancelled").cancelled_on is not None
    assert plan_of("cancelled", date(2024, 6, 1)).cancelled_on is None


@pytest.mark.parametrize("name", ["refused", "withdrawn", "s2_target"])
def test_what_was_not_certified_is_not_listed(name):
    assert plan_of(name) is None


def test_a_plan_told_by_a_case_and_by_an_import_counts_once():
    own = plan_of("s5_joint")
    text = f"product,applicants,certified_on,number\nship_parts,別の書き方,2023-04-14,{own.number}\n"
    (imported,) = read(given(text)).plans
    assert imported.same_as(own)
    of = {c.product.id: c for c in counted((imported, own), date(2030, 1, 1))}
    assert of["ship_parts"].listed == 1
    assert len(sifted((imported, own), Asked())) == 2, "the list shows both, told apart"


def test_two_cases_are_two_plans_even_with_one_number():
    one = plan_of("s5_joint")
    other = replace(one, case="case2")
    assert not one.same_as(other) and one.same_as(one)
    of = {c.product.id: c for c in counted((one, other), date(2030, 1, 1))}
    assert of["ship_parts"].listed == 2
