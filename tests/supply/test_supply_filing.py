"""The check of an application, the days of its reports, and what a change asks for: worked by hand."""

import json
from datetime import date
from pathlib import Path

import pytest

from kaname.procedure import Entry, decide, fold
from kaname.procedure.index import index
from kaname.regimes import KINDS
from kaname.regimes.supply.applicants import Applicant
from kaname.regimes.supply.catalogue import ORDERS, PRODUCTS
from kaname.regimes.supply.filing.as_data import checked
from kaname.regimes.supply.filing.change import Result, as_data, judge
from kaname.regimes.supply.filing.check import check
from kaname.regimes.supply.filing.finding import Weight
from kaname.regimes.supply.filing.parts import PART_OF, PARTS
from kaname.regimes.supply.filing.reports import report_days
from kaname.regimes.supply.minor_change import Change, Plan
from kaname.regimes.supply.plan import FILING

JOINT = Path(__file__).parent / "cases" / "plan_s5_joint.jsonl"
PLAN = KINDS["supply.plan"]


def whole() -> dict:
    """The joint application of two makers of ship engines, as it was filed."""
    return json.loads(JOINT.read_text(encoding="utf-8").splitlines()[1])["data"]


def blocking(data, on="2023-03-10") -> list[tuple[str, str]]:
    return [(f.weight.value, f.field) for f in check(data, date.fromisoformat(on)).findings if f.blocks]


def test_an_application_that_is_whole_can_be_filed_and_the_ledger_takes_it():
    found = check(whole(), date(2023, 3, 10))
    assert found.can_be_filed and blocking(whole()) == []
    assert (found.act, found.order.id, found.product.id) == ("plan.joint", "mlit", "ship_parts")
    assert found.target == date(2023, 4, 10)
    entry = Entry(found.act, date(2023, 3, 10), whole(), by="applicant")
    assert decide(fold(PLAN, [], date(2023, 3, 10)), entry, {}, []).standing.state("plan") == "submitted"


def test_an_empty_application_lacks_what_the_act_and_the_orders_ask():
    lacks = blocking({})
    assert {name for _, name in lacks} == {
        "product", "applicants", "item", "goals", "content", "period_start", "period_end", "structure", "funds",
        "funding", "smooth_measures", "information", "present_state", "application", "articles", "accounts", "proof",
        "no_organised_crime",
    }  # fmt: skip
    assert {weight for weight, _ in lacks} == {"missing"}


@pytest.mark.parametrize("name", [f.id for f in FILING])
def test_each_field_stands_in_one_part_and_each_is_missed_where_it_must_be_there(name):
    assert sum(name in (f.id for f in part.fields) for part in PARTS.values()) == 1
    data = {k: v for k, v in whole().items() if k != name}
    free = {"grant", "permits", "annex", "same_industry", "numbers"}
    assert [field for _, field in blocking(data)] == ([] if name in free else [name])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"product": "drones"}, "product"),  # designated on 2025-12-24
        ({"period_end": "2023-03-31"}, "period_end"),
        ({"grant": 6000000001}, "grant"),
        ({"grant": -1}, "grant"),
        ({"funds": 0, "grant": 0}, "funds"),
        ({"applicants": [{"party": "甲", "key": "A"}, {"party": "乙", "key": "A"}]}, "applicants"),
        ({"applicants": [{"party": "甲", "year_end": "2023-03-31"}]}, "same_industry"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(change, field):
    assert blocking(whole() | change) == [("wrong", field)]


def test_the_edges_of_what_is_wrong():
    assert blocking(whole() | {"period_end": "2023-04-01"}) == []  # a period of one day
    assert blocking(whole() | {"grant": 6000000000}) == []  # all of it
    assert blocking(whole() | {"product": "ventilators"}, "2025-12-25") == [("wrong", "product")]  # order from the 26th
    assert blocking(whole() | {"product": "ventilators"}, "2025-12-26") == []


def test_the_orders_differ_in_papers_measures_and_where_one_files():
    maff = whole() | {"product": "fertilizer", "permits": "倉庫業の登録"}
    assert blocking(maff) == [("missing", "annex")]
    assert blocking(maff | {"product": "ship_parts"}) == []  # a plan item there
    minerals = whole() | {"product": "minerals"}
    assert blocking(minerals) == [("missing", "annex")] and blocking(minerals | {"annex": ["別紙"]}) == []
    for id, product in PRODUCTS.items():
        told = [f.text.en for f in check(whole() | {"product": id}, date(2026, 1, 5)).findings]
        assert any(product.under.tight_supply.en in text for text in told), id
        assert any("either minister" in text for text in told) is (product.order == "joint"), id
        asks = product.technology_from is not None
        assert any("22 questions" in text for text in told) is asks, id


def test_every_finding_is_said_in_both_languages_with_a_provision():
    for data in ({}, whole(), whole() | {"product": "minerals", "permits": "", "same_industry": None}):
        for f in check(data, date(2026, 1, 5)).findings:
            assert f.text.ja and f.text.en and f.basis and f.part == PART_OF[f.field]
            assert (f.weight is Weight.CHECK) is not f.blocks


# -- days ------------------------------------------------------------------------------------------------------------


def test_the_reports_of_two_applicants_are_those_the_ledger_opens():
    """N closes on 31 March, K on 31 December; 30 June 2024 is a Sunday (scenario S1)."""
    found = check(whole(), date(2023, 3, 10)).reports
    days = [(r.applicant.key, r.year_end.isoformat(), r.due.isoformat()) for r in found]
    assert days[:4] == [
        ("K", "2023-12-31", "2024-04-01"), ("N", "2024-03-31", "2024-07-01"), ("K", "2024-12-31", "2025-03-31"),
        ("N", "2025-03-31", "2025-06-30"),
    ]  # fmt: skip
    entries = [json.loads(line) for line in JOINT.read_text(encoding="utf-8").splitlines()[:9]]
    ledger = [
        Entry(e["act"], date.fromisoformat(e["on"]), e.get("data", {}), by=index(PLAN).acts[e["act"]].act.roles[0].id,
              seq=n) for n, e in enumerate(entries, 1)
    ]  # fmt: skip
    standing = fold(PLAN, ledger, date(2029, 6, 30))
    opened = {(c.run, c.last_day, c.unmoved_last_day) for c in standing.clocks.values() if c.clock.id == "report_due"}
    assert opened == {(f"{r.applicant.key}:{r.year_end}", r.due, r.unmoved) for r in found}


def test_a_year_counts_where_it_lies_in_the_period_and_ends_after_the_certification():
    one = [Applicant("甲", "A", date(2024, 2, 29))]
    start, last = date(2024, 3, 1), date(2026, 2, 27)
    assert [r.year_end for r in report_days(one, start, last, date(2024, 2, 1))] == [
        date(2025, 2, 28), date(2026, 2, 28)
    ]  # fmt: skip
    assert next(r.year_end for r in report_days(one, start, last, date(2025, 2, 28))) == date(2025, 2, 28)
    assert next(r.year_end for r in report_days(one, start, last, date(2025, 3, 1))) == date(2026, 2, 28)
    assert report_days([Applicant("甲", "A", None)], start, last, start) == ()


# -- a change --------------------------------------------------------------------------------------------------------

NOW = Plan(date(2023, 4, 1), date(2028, 3, 31), 12_000_000_000, 4_000_000_000)


@pytest.mark.parametrize(
    ("order", "to", "result", "form", "warnings"),
    [  # scenarios S3 and S4
        ("meti", Plan(funds=13_100_000_000), Result.MINOR, 9, []),
        ("meti", Plan(funds=13_200_000_000), Result.PRIOR, 5, []),
        ("meti", Plan(funds=12_600_000_000, grant=4_200_000_000), Result.PRIOR, 5, []),
        ("meti", Plan(funds=10_900_000_000), Result.MINOR, 9, []),
        ("meti", Plan(period_end=date(2028, 9, 30)), Result.MINOR, 9, []),
        ("meti", Plan(period_end=date(2028, 10, 1)), Result.PRIOR, 5, []),
        ("maff", Plan(period_end=date(2028, 9, 30)), Result.PRIOR, 5, []),
        ("meti", Plan(period_end=date(2027, 9, 30)), Result.MINOR, 9, [203]),
    ],
)
def test_a_change_is_judged_with_its_form_and_what_the_orders_leave_open(order, to, result, form, warnings):
    found = judge(ORDERS[order], NOW, Change(to))
    assert found.result is result and f"form {form} " in found.form.en
    assert [question for _, question in found.warnings] == warnings
    told = as_data(found, "en")
    assert told["class"] == result.value and told["basis"][-1].startswith(ORDERS[order].law.short_en)


def test_small_changes_that_add_up_are_told():
    """S3(e): notified at 13.1 bn, then 14.0 bn: +6.9 % against the last version, +16.7 % against the certified one."""
    notified = Plan(NOW.period_start, NOW.period_end, 13_100_000_000, 4_000_000_000)
    found = judge(ORDERS["meti"], notified, Change(Plan(funds=14_000_000_000)), NOW)
    assert found.result is Result.MINOR and [q for _, q in found.warnings] == [207]
    assert "+16.67%" in found.warnings[0][0].en


def test_nothing_told_is_no_change():
    assert as_data(judge(ORDERS["meti"], NOW, Change(Plan())), "ja")["class"] is None


def test_as_data_is_json():
    told = json.loads(json.dumps(checked(check(whole(), date(2023, 3, 10)), "ja"), ensure_ascii=False))
    assert told["can_be_filed"] and told["ministry"] == "国土交通省" and len(told["reports"]) == 11  # K six, N five
