"""Shocks over the API: the figures of the pages, the record of evidence, what is wrong by field; nothing kept."""

import hashlib

import pytest

from api.calls import Caller, is_problem
from kaname.desk import chains, shock_runs
from kaname.desk.models import ShockTable
from shock_data import SMALL

LINKS = "supplier,buyer,value\nA,B,10\nB,C,20\nD,C,5\n"
FIRMS = "firm,industry,region,sales\nA,ore,n,10\nB,part,s,20\nC,good,s,100\nD,part,n,5\n"
ASK = {"links": {"name": "l.csv", "text": LINKS}, "firms": {"name": "f.csv", "text": FIRMS}, "lost": ["A"]}
TABLE = {"table": {"name": "io.csv", "text": SMALL}, "cuts": {"01": 0.5}}


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def found(answer) -> dict:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_shock_its_ways_days_and_measures(kumo):
    got = found(kumo.post("/shocks", {**ASK, "measures": ["source B A 0.5"], "days": 20}))
    assert got["score"] >= max(got["down"], got["up"]) > 0 and 0 < got["saved"] < got["score"]
    assert got["score_with"] == pytest.approx(got["score"] - got["saved"])
    assert [s["firm"] for s in max(got["chains"], key=lambda c: len(c["steps"]))["steps"]] == ["A", "B"]
    assert len(got["days"]) == 21 and got["days"][0]["day"] == -1 and len(got["firms"]) == 4
    assert got["evidence"]["sources"][0]["sha256"] == hashlib.sha256(LINKS.encode()).hexdigest()
    assert not ShockTable.objects.exists(), "nothing of it is kept"


def test_imports_that_fail(kumo):
    got = found(kumo.post("/shocks/sectors", {**TABLE, "replaceable": ["02"]}))
    low, high = got["of_value_added"]
    assert 0 < low < high < 1 and {one["sector"] for one in got["sectors"]} == {"01", "02"} and not got["problems"]
    assert {f["requirement"] for f in got["evidence"]["figures"]} == {"r1", "r3"}


SECTORED = "firm,industry,imported\nA,01,\nB,02,0.9\nC,02,\nD,02,\n"
ABROAD = {**ASK, "firms": {"name": "f.csv", "text": SECTORED}, "kind": "imports", "lost": ["01"], "part": 0.5,
          "imports": {"table": TABLE["table"]}}  # fmt: skip


def test_imports_that_fail_in_a_network(kumo):
    got = found(kumo.post("/shocks", ABROAD))
    assert 0 < got["score_low"] < got["score"] and "1社は自社のもの" in got["bound"]
    first = {one["firm"]: one for one in got["first"]}
    assert first["B"]["high"] == pytest.approx(0.5) and first["C"]["high"] == pytest.approx(0.5 * 60 / 160)
    assert first["B"]["sector"] == "01"
    risk = next(f for f in got["evidence"]["figures"] if f["measure"] == "systemic_risk")
    assert (risk["low"], risk["high"]) == (got["score_low"], got["score"])
    assert [s["sort"] for s in got["evidence"]["sources"]] == ["links", "firms", "table"]
    assert got["evidence"]["about_ja"] == "01の輸入が50%減る", (
        "what failed, also where a product of a country led to it"
    )


@pytest.mark.parametrize(("where", "body", "field"), [
    ("/shocks", {**ABROAD, "lost": ["09"]}, "lost"), ("/shocks", {**ABROAD, "imports": None}, "imports"),
    ("/shocks", {**ABROAD, "firms": ASK["firms"]}, "imports"), ("/shocks", {**ASK, "lost": []}, "lost"),
    ("/shocks", {**ABROAD, "imports": {"table": {"name": "t", "text": "row,col,value_x\n01,01,1\n"}}}, "imports"),
    ("/shocks", {**ASK, "lost": ["Z"]}, "lost"), ("/shocks", {**ASK, "measures": ["pray A 1"]}, "measures"),
    ("/shocks", {**ASK, "replaceable": ["luck"]}, "replaceable"),
    ("/shocks", {**ASK, "links": {"name": "l.csv", "text": "a,b\n1,2\n"}}, "links"),
    ("/shocks/sectors", {**TABLE, "cuts": {"99": 0.5}}, "table"),
    ("/shocks/sectors", {**TABLE, "table": {"name": "t.csv", "text": "a,b\n1,2\n"}}, "table"),
])  # fmt: skip
def test_what_is_wrong_is_told_by_field(kumo, where, body, field):
    errors = is_problem(kumo.post(where, body), 422, "invalid")["errors"]
    assert errors[0]["field"].split(".")[0] == field and "/proc/" not in str(errors)


def test_it_needs_the_right_to_read(world):
    is_problem(Caller(world.token("kumo", "act")).post("/shocks", ASK), 403, "scope")


CHAIN = {**{t: {"name": f"{t}.csv", "text": text} for t, text in chains.shipped().items()}, "lost": ["空想国"]}


def test_a_chain_without_a_country(kumo):
    got = found(kumo.post("/shocks/chain", CHAIN))
    assert [one["input"] for one in got["losses"] if one["alone"]] == ["架空の封止材"]
    assert got["countries"][0]["country"] == "空想国" and got["provided"][0]["shares"]["幻国"] == 0.62
    assert got["evidence"]["sources"][0]["sha256"] == chains.digest_of(chains.shipped())
    assert not ShockTable.objects.exists(), "nothing of it is kept"


def test_a_chain_with_measures(kumo):
    body = {**CHAIN, "measures": ["source 架空の封止材 0.3", "stock 感光材 60"], "outage": 60}
    got = found(kumo.post("/shocks/chain", body))
    with_ = {one["input"]: one for one in got["with_measures"]}
    assert not with_["架空の封止材"]["alone"] and with_["感光材"]["bridged"]
    figures = {f["measure"]: f["value"] for f in got["evidence"]["figures"]}
    assert figures["inputs_kept_going"] == figures["inputs_stopped"] > figures["inputs_stopped_with_measures"] == 0
    assert got["evidence"]["asked"]["outage"] == 60
    assert found(kumo.post("/shocks/chain", CHAIN))["with_measures"] is None


@pytest.mark.parametrize(("change", "field", "said"), [
    ({"measures": ["pray 月 1"]}, "measures", "1行目"),
    ({"lost": ["月"]}, "lost", "月"), ({"stages": {"name": "s.csv", "text": "a,b\n1,2\n"}}, "stages", "1行目"),
    ({"sequence": {"name": "s", "text": "input_id,goes_into_id,is_type_of_id\nX,N1,\n"}}, "sequence", "2行目：「X」"),
])  # fmt: skip
def test_faults_of_a_chain_are_told_by_table(kumo, change, field, said):
    errors = is_problem(kumo.post("/shocks/chain", {**CHAIN, **change}), 422, "invalid")["errors"]
    assert errors[0]["field"].split(".")[0] == field and said in str(errors)


def test_a_run_is_begun_looked_at_and_removed(world, monkeypatch):
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    kumo = Caller(world.token("kumo", "read", "act"))
    made = kumo.post("/shocks/runs", {"links": ASK["links"], "firms": ASK["firms"], "measures": ["source B A 0.5"]})
    assert made.status_code == 201, made.content
    run = made.json()["id"]
    assert found(kumo.get(f"/shocks/runs/{run}"))["done"] == 0
    assert found(kumo.post(f"/shocks/runs/{run}", {"do": "cancel"}))["state"] == "stopped"
    assert found(kumo.post(f"/shocks/runs/{run}", {"do": "again"}))["state"] == "running"
    shock_runs.run_free()
    got = found(kumo.get(f"/shocks/runs/{run}"))
    assert got["state"] == "done" and got["ranking"][0]["alone"] >= got["ranking"][-1]["alone"]
    alone = {one["firm"]: one["alone"] for one in found(kumo.post("/shocks", ASK))["firms"]}
    assert {one["firm"]: one["alone"] for one in got["ranking"]} == alone
    assert [one["id"] for one in found(kumo.get("/shocks/runs"))] == [run]
    found(kumo.post(f"/shocks/runs/{run}", {"do": "discard"}))
    is_problem(kumo.get(f"/shocks/runs/{run}"), 404, "not_found")


def test_days_and_draws_run_by_themselves(world, monkeypatch):
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    kumo = Caller(world.token("kumo", "read", "act"))
    both = {"links": ASK["links"], "firms": ASK["firms"]}
    sized = {"name": "s.csv", "text": "firm,industry,size\nA,01,50\nB,02,30\nC,01,10\n"}
    days = kumo.post("/shocks/runs", {**both, "sort": "days", "lost": ["A"], "days": 6}).json()["id"]
    drawn = {"sort": "drawn", "firms": sized, "table": TABLE["table"], "draws": 3, "replaceable": ["*"]}
    draws = kumo.post("/shocks/runs", drawn).json()["id"]
    shock_runs.run_free()
    got = found(kumo.get(f"/shocks/runs/{days}"))
    assert got["firms"] == 6 and len(got["days"]) == 7
    at_once = found(kumo.post("/shocks", {**ASK, "days": 6}))["days"]
    assert [one["production"] for one in got["days"]] == [one["production"] for one in at_once] and not got["ranking"]
    got = found(kumo.get(f"/shocks/runs/{draws}"))
    assert {one["firm"] for one in got["drawn"]} == {"A", "B", "C"} and got["sort"] == "drawn"
    for body, field in (({**drawn, "table": None}, "table"), ({"sort": "days", "lost": ["A"]}, "links"),
                        ({**both, "sort": "days", "lost": []}, "lost"),
                        ({**both, "sort": "days", "lost": ["A"], "part": 0}, "part"),
                        ({**both, "sort": "days", "lost": ["A"], "measures": ["source A B 2"]}, "measures"),
                        ({**both, "sort": "days", "lost": ["A"], "measures": ["capacity A inf"]},
                         "measures")):  # fmt: skip
        errors = is_problem(kumo.post("/shocks/runs", body), 422, "invalid")["errors"]
        assert errors[0]["field"].split(".")[0] == field


def test_a_run_with_faults_keeps_nothing(world):
    kumo = Caller(world.token("kumo", "read", "act"))
    for change, field in (({"firms": ASK["links"]}, "firms"), ({"measures": ["pray A 1"]}, "measures")):
        errors = is_problem(kumo.post("/shocks/runs", {"links": ASK["links"], **change}), 422, "invalid")["errors"]
        assert errors[0]["field"].split(".")[0] == field and not ShockTable.objects.exists()
    is_problem(Caller(world.token("kumo", "read")).post("/shocks/runs", {"links": ASK["links"]}), 403, "scope")


def test_a_plan_that_may_not_be_chosen_is_refused(kumo):
    errors = is_problem(kumo.post("/shocks", {**ASK, "plans": ["z" * 16]}), 422, "invalid")["errors"]
    assert errors[0]["field"].split(".")[0] == "plans"
