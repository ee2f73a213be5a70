"""Ownership over the API: the answers of the command for rows and for files; what is wrong by line; nothing kept."""

import json
from pathlib import Path

import pytest

from api.calls import Caller, is_problem
from kaname.desk.models import Holdings

EXAMPLE = (Path(__file__).parents[2] / "docs/examples/holdings.csv").read_text(encoding="utf-8")


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def found(answer) -> dict:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_file_answers_for_every_company_and_for_one(kumo):
    asked = {"file": {"name": "holdings.csv", "text": EXAMPLE}, "as_of": "2026-04-01"}
    companies = {row["company"]: row for row in found(kumo.post("/ownership", asked))["rows"]}
    assert (companies["vendor"]["foreign_low"], companies["vendor"]["controllers"]) == ("50.077795066", "gov")
    one = found(kumo.post("/ownership", {**asked, "company": "vendor", "before": "2026-03-31"}))
    first = {row["holder"]: row for row in one["rows"]}["gov"]
    assert first["net_low"] == "44.521004668" and "68.904201%" in first["working_en"]
    assert [(c["holder"], c["line"], c["change"]) for c in one["changes"]] == [
        ("umi", "1/3", "rise"), ("umi", "50%", "rise"), ("tori", "50%", "fall"),
    ]  # fmt: skip
    assert not Holdings.objects.exists(), "nothing of it is kept"


def test_rows_are_read_like_a_table_and_bad_ones_told_by_line(kumo):
    shares = (("A", 60), ("C", "25..30"), ("D", "much"))
    rows = [{"holder": holder, "company": "B", "share": share} for holder, share in shares]
    got = found(kumo.post("/ownership", {"rows": rows}, **{"accept-language": "en"}))
    assert [(p["line"], p["field"]) for p in got["problems"]] == [(4, "share")]
    assert "'much': no number" in got["problems"][0]["detail"]
    assert got["rows"][0]["holders"] == "A 60;C 25..30;D 0..15"


def test_bods_is_taken_as_text(kumo):
    statement = {"statementId": "1" * 32, "recordId": "r", "recordType": "entity", "recordDetails": {}}
    got = found(kumo.post("/ownership", {"file": {"name": "a.json", "text": json.dumps([statement])}}))
    assert got["rows"] == [] and got["problems"]


@pytest.mark.parametrize(("body", "field"), [
    ({}, "rows"), ({"rows": [{"holder": "A", "company": "B"}], "file": {"name": "a", "text": "b"}}, "rows"),
    ({"file": {"name": "a.csv", "text": "x,y\n1,2\n"}}, "file"), ({"file": {"name": "a.json", "text": "{"}}, "file"),
    ({"rows": [{"holder": "A", "company": "B"}], "company": "Z"}, "company"),
])  # fmt: skip
def test_what_cannot_be_used_is_named(kumo, body, field):
    errors = is_problem(kumo.post("/ownership", body), 422, "invalid")["errors"]
    assert errors[0]["field"] == field and "/proc/" not in json.dumps(errors)


def test_it_asks_for_the_scope_to_read(world):
    is_problem(Caller(world.token("kumo", "act")).post("/ownership", {}), 403, "scope")
