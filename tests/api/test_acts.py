"""Acts through the API: recorded once, refused with every reason, upon the head that was seen."""

import pytest

from api.calls import ACKNOWLEDGE, APPLY, Caller, is_problem
from kaname.ledger.models import Case, Entry

KEY = "my-key-0001"


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


@pytest.fixture
def minister(world):
    return Caller(world.token("minister"))


def test_a_case_is_opened_acted_upon_and_read(kumo, minister):
    receipt = kumo.open()
    done = minister.post(f"/cases/{receipt['case']}/acts", ACKNOWLEDGE, KEY)
    assert done.status_code == 201 and done.json()["seq"] == 2
    case = kumo.get(f"/cases/{receipt['case']}", {"as_of": "2026-05-08"}).json()
    assert case["head"]["digest"] == done.json()["digest"]
    assert case["roles"] == ["applicant", "sharer"] and case["sealed"] and case["here"]
    assert case["standing"]["tracks"]["permit"]["state"] == "filed"
    entries = kumo.get(f"/cases/{receipt['case']}/entries").json()
    assert [e["digest"] for e in entries["items"]] == [receipt["digest"], done.json()["digest"]]
    assert "money" not in entries["items"][0]["data"] and entries["items"][0]["sealed"] == ["money"]


def test_a_double_post_opens_one_case_and_does_one_act(kumo, minister):
    first, second = kumo.open(), kumo.open()
    assert first == second and Case.objects.count() == 1
    path = f"/cases/{first['case']}/acts"
    assert minister.post(path, ACKNOWLEDGE, KEY).json() == minister.post(path, ACKNOWLEDGE, KEY).json()
    assert Entry.objects.count() == 2


def test_a_key_used_for_another_act_is_a_conflict(kumo):
    first = kumo.open()
    is_problem(kumo.post("/cases", {**APPLY, "on": "2026-05-02"}, "open-key-1"), 409, "key_reused")
    body = {"act": "permit.withdraw", "on": "2026-05-09", "party": "Kumo"}
    assert kumo.post(f"/cases/{first['case']}/acts", body, KEY).status_code == 201
    is_problem(kumo.post(f"/cases/{first['case']}/acts", {**body, "on": "2026-05-10"}, KEY), 409, "key_reused")


def test_the_key_of_another_person_tells_nothing(world, kumo):
    hidden = kumo.open()
    world.hide(hidden["case"], "kumo")
    world.person("hana")
    world.mandate("hana", "applicant")
    other = Caller(world.token("hana")).post("/cases", {**APPLY, "on": "2026-05-02"}, "open-key-1")
    assert other.status_code == 201 and other.json()["case"] != hidden["case"]


def test_an_act_needs_a_key(kumo):
    body = is_problem(kumo.post("/cases", APPLY), 422, "invalid")
    assert body["errors"] == [{"field": "Idempotency-Key", "detail": "必要"}]
    is_problem(kumo.post("/cases", APPLY, "short"), 422, "invalid")


def test_an_act_upon_a_head_that_moved_is_refused_and_its_repeat_is_not(kumo, minister):
    case = kumo.open()["case"]
    tag = minister.get(f"/cases/{case}")["ETag"]
    path = f"/cases/{case}/acts"
    first = minister.post(path, ACKNOWLEDGE, KEY, **{"if-match": tag})
    assert first.status_code == 201
    assert minister.post(path, ACKNOWLEDGE, KEY, **{"if-match": tag}).json() == first.json()
    late = {"act": "permit.withdraw", "on": "2026-05-09", "party": "Kumo"}
    is_problem(kumo.post(path, late, KEY, **{"if-match": tag}), 412, "moved")
    is_problem(kumo.post(path, late, KEY, **{"if-match": '"x"'}), 422, "invalid")
    assert kumo.post(path, late, KEY, **{"if-match": first.json()["digest"]}).status_code == 201


def test_a_refusal_names_every_reason_with_its_provision(kumo):
    body = is_problem(kumo.post("/cases", {**APPLY, "data": {"size": "vast"}}, KEY), 422, "refused")
    fields = {reason.get("field") for reason in body["reasons"]}
    assert {"name", "size"} <= fields and all(reason["basis"] for reason in body["reasons"])
    english = kumo.post("/cases", {**APPLY, "data": {}}, KEY, **{"accept-language": "en"}).json()
    assert english["title"] == "refused" and any("name" in r["text"] for r in english["reasons"])
    assert not Case.objects.exists()


def test_without_a_mandate_for_the_role_it_is_forbidden(kumo):
    case = kumo.open()["case"]
    body = is_problem(kumo.post(f"/cases/{case}/acts", ACKNOWLEDGE, KEY), 403, "mandate")
    assert body["reasons"][0]["code"] == "mandate"


def test_a_deed_under_a_ban_is_recorded_as_a_breach_when_it_happened(kumo):
    case, deed = kumo.open()["case"], {"act": "permit.begin", "on": "2026-05-08", "party": "Kumo"}
    refused = kumo.post(f"/cases/{case}/acts", deed, KEY)
    assert {r["code"] for r in is_problem(refused, 422, "refused")["reasons"]} == {"ban"}
    done = kumo.post(f"/cases/{case}/acts", {**deed, "happened": True}, KEY)
    assert done.status_code == 201 and done.json()["warnings"]
    assert kumo.get("/cases", {"breach": "true"}).json()["items"][0]["id"] == case


def test_trying_says_what_acting_would_and_writes_nothing(kumo, minister):
    case = kumo.open()["case"]
    tried = kumo.post(f"/cases/{case}/try", ACKNOWLEDGE).json()
    assert tried["accepted"] and tried["standing"]["tracks"]["permit"]["state"] == "filed"
    refused = kumo.post(f"/cases/{case}/try", {**ACKNOWLEDGE, "act": "permit.acept"}).json()
    assert not refused["accepted"] and refused["reasons"][0]["code"] == "act" and refused["standing"] is None
    opening = {k: v for k, v in APPLY.items() if k != "kind"}
    assert minister.post("/kinds/small.permit/try", opening).json()["accepted"]
    assert Entry.objects.count() == 1
