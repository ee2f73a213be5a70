"""Stable supply over the API: money, register, effect and tables, each for the caller's office and cases alone."""

from pathlib import Path

import pytest

from api.calls import Caller, is_problem
from kaname.access.models import Office, Person
from kaname.access.tokens import Scope

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
KEY = {"idempotency-key": "supply-0001"}


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read", "act"))


def found(answer, status: int = 200) -> dict:
    assert answer.status_code == status, answer.content
    return answer.json()


def load(caller: Caller, kind: str, text: str, name: str = "table.csv", **headers) -> dict:
    return found(caller.post("/supply/tables", {"kind": kind, "name": name, "text": text}, **headers), 201)


def example(name: str) -> str:
    return (EXAMPLES / f"supply_{name}.csv").read_text(encoding="utf-8")


def test_money_of_the_deck_and_of_a_table_loaded(kumo):
    deck = found(kumo.get("/supply/funds?as_of=2024-06-04"))
    assert deck["totals"]["contributed"] == 1_944_300_000_000
    assert [t["difference"] for t in deck["deck_totals"] if t["difference"]] == [-150_000_000, 100_000_000]
    loaded = load(kumo, "funds", example("money"))
    assert (loaded["rows"], loaded["problems"]) == (3, [])
    later = found(kumo.get("/supply/funds?as_of=2025-03-31"))
    batteries = next(r for r in later["rows"] if r["product"] == "batteries")
    assert batteries["spent"] == 76_150_000_000 and any(line["loaded"] for line in batteries["lines"])
    assert found(kumo.get("/supply/funds?as_of=2024-06-04")) == deck


def test_bad_rows_are_told_by_line_in_the_language_asked(kumo):
    text = "product,applicants,certified_on\nbatteries,甲,2024-09-06\ntanks,乙,2024-09-06\n"
    told = load(kumo, "plans", text, **{"accept-language": "en"})
    assert [(p["line"], p["field"]) for p in told["problems"]] == [(3, "product")]
    assert "no designated product" in told["problems"][0]["detail"]
    none = kumo.post("/supply/tables", {"kind": "plans", "name": "a.csv", "text": text.replace("batteries", "boats")})
    assert len(is_problem(none, 422, "invalid")["errors"]) == 2
    assert len(found(kumo.get("/supply/tables"))["tables"]) == 1


def test_the_register_filters_and_tells_where_a_plan_is_from(kumo):
    load(kumo, "plans", example("plans"))
    every = found(kumo.get("/supply/plans"))
    assert every["total"] == 3 and {p["origin"] for p in every["plans"]} == {"import"}
    one = found(kumo.get("/supply/plans?product=batteries&least=10000000000"))
    assert [p["number"] for p in one["plans"]] == ["見本第1号"]
    assert found(kumo.get("/supply/plans?origin=case"))["total"] == 0
    assert next(c for c in every["counts"] if c["product"] == "batteries")["published"] == 15
    assert found(kumo.get("/supply/plans?page=2"))["plans"] == []


def test_numbers_of_plans_are_told_as_measures_to_their_office_alone(world, kumo):
    load(kumo, "plans", "product,applicants,certified_on,measures_in_numbers\nbatteries,A,2025-04-01,source B C 0.5\n")
    (got,) = found(kumo.get("/supply/measures?product=batteries"))
    assert (got["kind"], got["firm"], got["of"], got["amount"]) == ("second_source", "B", "C", 0.5)
    assert found(kumo.get("/supply/measures?plan=none")) == []
    house = Office.objects.create(sort="company", name_ja="他社", name_en="Other")
    Person.objects.filter(pk=world.people["stranger"].pk).update(office=house)
    assert found(Caller(world.token("stranger", "read")).get("/supply/measures")) == []


def test_the_effect_with_its_open_questions(kumo):
    before = found(kumo.get("/supply/effect/batteries?as_of=2025-03-31&lang=en"))
    assert before["per_point"] == [] and any("no figure of dependence" in q for q in before["open"])
    load(kumo, "figures", example("figures"))
    after = found(kumo.get("/supply/effect/batteries?as_of=2025-03-31"))
    assert [p["yen"] for p in after["per_point"]] == [124_600_000_000, 4_840_000_000]
    assert after["goals"][0]["reached"] == "0.5667"
    is_problem(kumo.get("/supply/effect/tanks"), 404, "not_found")


def test_another_office_finds_none_of_it(world, kumo):
    load(kumo, "funds", example("money"))
    house = Office.objects.create(sort="company", name_ja="他社", name_en="Other")
    Person.objects.filter(pk=world.people["stranger"].pk).update(office=house)
    stranger = Caller(world.token("stranger", "read"))
    assert found(stranger.get("/supply/tables"))["tables"] == []
    assert found(stranger.get("/supply/funds"))["totals"]["contributed"] == 1_944_300_000_000


def test_loading_takes_the_scope_to_act(world):
    reader = Caller(world.token("kumo", Scope.READ))
    is_problem(reader.post("/supply/tables", {"kind": "funds", "name": "a.csv", "text": "x"}), 403, "scope")
