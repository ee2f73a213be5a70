"""Numbers that certified plans state: recorded, imported, put into a shock without typing, their worth kept."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from supply_cases import told
from told import said

from access.folk import key, recorded
from kaname.access import api as access
from kaname.access.models import Mandate, Person
from kaname.assess.network.study import measures_of
from kaname.desk import plan_worth, shocks, supply
from kaname.desk.models import PlanWorth
from kaname.ledger import clock
from kaname.procedure import Entry, Refused
from kaname.regimes.supply.plan_numbers import Number, line, numbers
from kaname.regimes.supply.register.measures import measure_rows

pytestmark = pytest.mark.django_db
EXAMPLE = "/supply/shocks/example/"
STATED = [
    {"sort": "stock", "firm": "架空システム", "days": 60, "where": "第2の1"},
    {"sort": "source", "firm": "架空工作機械部品", "goods": "夢見半導体", "percent": "50"},
]


@pytest.fixture
def minister(office, monkeypatch) -> Person:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    person = Person.objects.get(email="hana@example.jp")
    person.office.sort = "ministry"
    person.office.save()
    for role in ("product_minister", "applicant", "certified_business"):
        Mandate.objects.create(person=person, role=role, valid_from=date(2023, 1, 1))
    return person


def certified(person: Person, stated=()) -> str:
    """A plan as a ledger without the numbers tells it, up to its certification; numbers noted then."""
    case = told("plan_s1_annual_report", 4)
    if stated:
        recorded(note(person, case, list(stated)))
    return case


def note(person: Person, case: str, rows: list):
    entry = Entry("plan.note_numbers", date(2026, 3, 1), {"numbers": rows}, by="product_minister")
    return access.act(person, case, entry, idempotency_key=key())


def test_rows_that_say_enough_are_numbers_and_come_back_as_lines():
    assert numbers(STATED) == (
        Number("stock", "架空システム", "", 60.0, "第2の1"), Number("source", "架空工作機械部品", "夢見半導体", 0.5),
    )  # fmt: skip
    assert numbers(None) == numbers([{"sort": "stock"}, {"sort": "source", "firm": "甲", "percent": "5"}]) == ()
    told = [line(one) for one in (*numbers(STATED), Number("capacity", "A B", "", 0.2))]
    assert told == ["stock 架空システム 60", "source 架空工作機械部品 夢見半導体 0.5", 'capacity "A B" 0.2']
    assert [one.firm for one in measures_of(told)] == ["架空システム", "架空工作機械部品", "A B"]


def test_a_ledger_without_the_numbers_stays_valid_and_they_can_be_noted_later(minister, office):
    case = certified(minister)
    assert plan_worth.choices(minister) == []
    page = said(office.get(f"/cases/{case}/worth/"))
    assert "数値では記録されていません" in page and "計画の数値を書き留める" in page
    recorded(note(minister, case, STATED))
    assert [one.key for one in plan_worth.choices(minister)] == [case]
    assert "60日" in said(office.get(f"/cases/{case}/worth/"))


def test_numbers_of_a_plan_are_measures_for_whoever_may_know_of_it_alone(minister, office, stranger):
    case = certified(minister, STATED)
    found = measure_rows(supply.plans(minister))
    assert [(one.kind, one.firm, one.amount, one.of, one.plan) for one in found] == [
        ("stock", "架空システム", 60.0, "", case), ("second_source", "架空工作機械部品", 0.5, "夢見半導体", case),
    ]  # fmt: skip
    assert not measure_rows(supply.plans(minister), product="batteries", plan="another")
    table = office.get("/supply/register/?measures=1").getvalue().decode("utf-8-sig").splitlines()
    assert table[1].startswith(f"stock,架空システム,60,,,{case},") and len(table) == 3
    assert "計画の対策の数値" in said(office.get("/supply/register/")) and "全ての計画の数値" in said(
        office.get(EXAMPLE)
    )
    assert len(stranger.get("/supply/register/?measures=1").getvalue().decode().splitlines()) == 1
    others = Person.objects.exclude(office=minister.office)
    assert others.exists() and not any(measure_rows(supply.plans(one)) for one in others)


@pytest.mark.parametrize("row", [
    {"sort": "stock", "firm": "甲"}, {"sort": "source", "firm": "甲", "percent": "50"},
    {"sort": "source", "firm": "甲", "goods": "乙", "percent": "150"}, {"firm": "甲", "days": 3},
])  # fmt: skip
def test_a_row_that_cannot_be_worked_with_is_refused(minister, row):
    case = certified(minister)
    answer = note(minister, case, [row])
    assert isinstance(answer, Refused)
    assert "欠けた" in answer.reasons[0].text.ja


def test_a_chosen_plan_goes_into_the_shock_and_its_worth_to_its_page_and_the_yearly_check(minister, office, stranger):
    case = certified(minister, STATED)
    text = said(office.get(EXAMPLE))
    assert "認定計画の対策" in text and "stock 架空システム 60" in text
    query = f"?lost={quote('夢見半導体')}&plans={case}"
    typed = f"?lost={quote('夢見半導体')}&measures=" + quote("\n".join(line(n) for n in numbers(STATED)))
    page, by_hand = (said(office.get(EXAMPLE + q)) for q in (query, typed))
    table = page.split("測るもの")[1].split("選んだ計画")[0].strip()
    assert table and table in by_hand, "the plan's numbers make what typing them would"
    assert office.post(f"{EXAMPLE}worth/{query}").status_code == 302
    kept = plan_worth.of_plan(minister, case)
    assert len(kept) == 1 and kept[0].saved > 0
    office.post(f"{EXAMPLE}worth/{query}")
    assert PlanWorth.objects.count() == 1, "the same shock takes the place of the earlier one"
    assert "損失は生産の" in said(office.get(f"/cases/{case}/worth/"))
    assert "途絶の損失は下がるか" in (effect := said(office.get("/supply/pdca/batteries/"))) and "へ減ります" in effect
    assert "計画が途絶から守る生産" in said(office.get("/supply/pdca/"))
    record = office.get(f"{EXAMPLE}evidence.json{query}").json()
    measures = {one["measure"]: one["requirement"] for one in record["figures"]}
    assert measures["systemic_risk_with_measures"] == "r1" and measures["value_added_lost_with_measures"] == "r3"
    assert record["asked"]["plans"] == case
    assert stranger.get(f"/cases/{case}/worth/").status_code == 404
    assert "選べる認定計画でない" in said(stranger.get(EXAMPLE + query), 400)
    assert "へ減ります" not in said(stranger.get("/supply/pdca/batteries/"))
    office.cookies["kaname_language"] = "en"
    assert "lowers the loss from" in said(office.get(f"/cases/{case}/worth/"))
    (one,) = plan_worth.of_plan(minister, case)
    assert stranger.post(f"/supply/worth/{one.id}/discard/").status_code == 404
    office.post(f"/supply/worth/{one.id}/discard/")
    assert not PlanWorth.objects.exists()


def test_numbers_that_do_not_fit_the_network_are_told_and_left_out(minister, office):
    case = certified(minister, [{"sort": "stock", "firm": "月の工場", "days": 9}])
    text = said(office.get(f"{EXAMPLE}?plans={case}"))
    assert "この網に入れられなかった数値" in text and "stock 月の工場 9" in text and "対策の価値" not in text
    assert office.post(f"{EXAMPLE}worth/?plans={case}").status_code == 302 and not PlanWorth.objects.exists()


def test_an_imported_list_carries_them_and_the_register_gives_them_back(minister, office):
    head = "product,applicants,certified_on,measures_in_numbers\n"
    row = 'semiconductors,架空システム,2024-03-01,"stock 架空システム 60; source 架空工作機械部品 夢見半導体 0.5"\n'
    supply.keep(minister, supply.PLANS, "plans.csv", BytesIO((head + row).encode()))
    (one,) = plan_worth.choices(minister)
    assert one.key.startswith("i-") and [n.amount for n in one.plan.numbers] == [60.0, 0.5]
    query = f"?lost={quote('夢見半導体')}&plans={one.key}"
    assert "対策の価値" in said(office.get(EXAMPLE + query))
    office.post(f"{EXAMPLE}worth/{query}")
    assert plan_worth.of_product(minister, "semiconductors")
    told = office.get("/supply/register/?csv=1").getvalue().decode("utf-8-sig")
    assert "stock 架空システム 60; source 架空工作機械部品 夢見半導体 0.5" in told
    bad = (head + "semiconductors,架空,2024-03-01,pray 架空 1\n").encode()
    read = supply.read(supply.PLANS, "plans.csv", bad)
    assert not read.held and "stock 事業者 日数" in read.problems[0].text.ja


def test_what_is_kept_is_sealed(minister, office):
    case = certified(minister, STATED)
    office.post(f"{EXAMPLE}worth/?lost={quote('夢見半導体')}&plans={case}")
    assert "夢見".encode() not in bytes(PlanWorth.objects.get().told) and shocks.EXAMPLE == "example"
