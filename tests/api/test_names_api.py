"""Names over the API: the findings of the command, lists sent along or the office's own, decisions applied."""

import io
from datetime import date

import pytest

from api.calls import Caller, is_problem
from kaname.desk import names
from kaname.desk.models import NameCheck, NameList

LISTED = [
    {"name": "架空重工業株式会社", "id": "L1", "aliases": ["Kaku Heavy"]},
    {"name": "Erika Mustermann", "id": "L2"},
]
ASKED = [{"name": "㈱架空重工業", "id": "V1"}, {"name": "Nobody Like That Ltd"}, {"name": "--"}]


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def test_lists_sent_along_are_compared_and_nothing_is_kept(kumo):
    body = {"names": ASKED, "lists": [{"label": "懸念先", "names": LISTED}]}
    answer = kumo.post("/names", body, **{"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    got = answer.json()
    assert got["counts"] == {"similar": 1, "none": 1, "invalid": 1} and got["lists"] == ["懸念先"]
    first = got["rows"][0]
    assert (first["outcome"], first["score"], first["entity_id"]) == ("similar", 1.0, "L1")
    assert "Similar name, 1.000" in first["reasons_en"]
    assert [(p["row"], p["field"]) for p in got["problems"]] == [(3, "name")]
    assert not NameList.objects.exists() and not NameCheck.objects.exists()


def test_the_lists_and_decisions_of_the_office_count_where_none_are_sent(world, kumo):
    raw = "id,name\nL1,架空重工業株式会社\n".encode()
    names.keep_list(world.kumo, "懸念先", "自社", date(2026, 3, 1), "list.csv", io.BytesIO(raw))
    one = names.keep(world.kumo, "v.csv", io.BytesIO("id,name\nV1,㈱架空重工業\n".encode()))
    pair = names.pair(world.kumo, one, names.USUAL, names.result(world.kumo, one).rows[0]["pair"])
    names.decide(world.kumo, pair, "cleared", "所在地が異なる", 0)
    got = kumo.post("/names", {"names": ASKED[:1]}).json()
    assert [(r["outcome"], r["note"]) for r in got["rows"]] == [("cleared", "所在地が異なる")]
    assert got["lists"] == ["懸念先"]


@pytest.mark.parametrize(("body", "field"), [
    ({"names": []}, "names"), ({"names": ASKED, "threshold": 0.2}, "threshold"),
    ({"names": ASKED, "lists": [{"label": "a", "names": LISTED}] * 2}, "lists"),
    ({"names": [{"name": "a", "more": 1}]}, "names[0].more"),
])  # fmt: skip
def test_what_cannot_be_used_is_named(kumo, body, field):
    assert is_problem(kumo.post("/names", body), 422, "invalid")["errors"][0]["field"] == field


def test_it_asks_for_the_scope_to_read(world):
    is_problem(Caller(world.token("kumo", "act")).post("/names", {}), 403, "scope")
