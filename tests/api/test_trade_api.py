"""Dependence on trade over the API: the figures of the command, the record of evidence, what is wrong by field."""

import hashlib
import json
from importlib.resources import files

import pytest

from api.calls import Caller, is_problem
from kaname.desk.models import TradeTable

EXAMPLE = files("kaname.assess.trade").joinpath("example.csv").read_text("utf-8")
TRADE = {"name": "trade.csv", "text": EXAMPLE}
ASK = {"trade": TRADE, "product": ["架空鉱"], "importer": "JPN", "years": "2020..2023"}


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def found(answer) -> dict:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_figures_notes_and_evidence(kumo):
    got = found(kumo.post("/trade", {**ASK, "thresholds": {"hhi": 0.4}}, **{"accept-language": "en"}))
    top = next(f for f in got["figures"] if (f["measure"], f["year"]) == ("top_1", 2023))
    assert (top["partner"], round(top["value"], 4), len(top["records"])) == ("AUS", 0.7619, 4)
    assert "share of the largest supplier" in top["working"]
    assert {note["rule"] for note in got["notes"]} == {"partner_unknown", "no_exports", "currency"}
    assert got["evidence"]["sources"][0]["sha256"] == hashlib.sha256(EXAMPLE.encode()).hexdigest()
    hhi = next(i for i in got["evidence"]["indicators"] if i["measure"] == "hhi")
    assert (hhi["side"], hhi["threshold"], got["unit"]) == ("over", 0.4, "USD")
    assert not TradeTable.objects.exists(), "nothing of it is kept"


def test_bad_rows_are_told_by_line(kumo):
    got = found(kumo.post("/trade", {**ASK, "trade": {"name": "t.csv", "text": EXAMPLE + "2023,架空鉱,FRA,JPN,-5,\n"}}))
    assert [(p["line"], p["field"]) for p in got["problems"]] == [(EXAMPLE.count("\n") + 1, "value")]


@pytest.mark.parametrize(("change", "field"), [
    ({"importer": "X"}, "importer"), ({"years": "23"}, "years"), ({"product": ["@nothing"]}, "product"),
    ({"product": ["2504"]}, "trade"), ({"trade": {"name": "a.csv", "text": "a,b\n1,2\n"}}, "trade"),
    ({"suppliers": ["Q9"]}, "suppliers"), ({"product": ["/etc/nothing.csv"]}, "trade"),
    ({"materials": ["=2"]}, "materials"), ({"by": "size"}, "by"),
    ({"trade_parameters": {"X": 1.1}}, "trade_parameters"),
])  # fmt: skip
def test_what_cannot_be_used_is_named(kumo, change, field):
    errors = is_problem(kumo.post("/trade", {**ASK, **change}), 422, "invalid")["errors"]
    assert errors[0]["field"].split(".")[-1] == field and "/proc/" not in json.dumps(errors)


def test_it_asks_for_the_scope_to_read(world):
    is_problem(Caller(world.token("kumo", "act")).post("/trade", ASK), 403, "scope")


MORE = EXAMPLE + "2023,別の品,AUS,JPN,50000000,importer\n2023,別の品,BRA,JPN,50000000,importer\n"
BOTH = {"trade": {"name": "t.csv", "text": MORE}, "products": ["架空鉱", "別の品"], "importer": "JPN", "years": "2023"}


def test_products_side_by_side(kumo):
    got = found(kumo.post("/trade/compare", {**BOTH, "indicators": ["top_1"], "thresholds": {"hhi": 0.55}}))
    assert [(one["name"], one["over"]) for one in got["candidates"]] == [("架空鉱", 1), ("別の品", 0)]
    assert got["indicators"] == ["top_1", "hhi"] and got["silent"] == ["r1", "r3", "r4"]
    told = {(one["name"], f["measure"]): (f["value"], f["side"]) for one in got["candidates"] for f in one["figures"]}
    assert told["別の品", "top_1"] == (0.5, None) and told["別の品", "hhi"] == (0.5, "under")
    assert not TradeTable.objects.exists(), "nothing of it is kept"


def test_a_product_without_rows_keeps_its_place(kumo):
    got = found(kumo.post("/trade/compare", {**BOTH, "products": ["架空鉱", "2504"]}, **{"accept-language": "en"}))
    assert got["candidates"][1]["figures"] == []
    assert "no rows of 2504" in got["candidates"][1]["problems"][0]["detail"]


@pytest.mark.parametrize(("change", "field"), [
    ({"products": ["架空鉱"]}, "products"), ({"indicators": ["luck"]}, "indicators"), ({"importer": "X"}, "importer"),
    ({"thresholds": {"luck": 1}}, "indicators"), ({"products": ["2504", "2505"]}, "trade"),
])  # fmt: skip
def test_what_cannot_be_compared_is_named(kumo, change, field):
    errors = is_problem(kumo.post("/trade/compare", {**BOTH, **change}), 422, "invalid")["errors"]
    assert errors[0]["field"].split(".")[-1] == field and "/proc/" not in json.dumps(errors)
