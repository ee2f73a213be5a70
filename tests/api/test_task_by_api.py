"""A day's work by programs: the inbox worked off, one act in many cases, views, deputies, workload."""

from datetime import date, timedelta

import pytest
from calls import Caller, is_problem

from kaname.access import deputies
from kaname.ledger import clock
from kaname.ledger.models import Entry as Written
from kaname.task.models import Job


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: date(2026, 5, 4))


@pytest.fixture
def minister(world, day):
    kumo = Caller(world.token("kumo"))
    world.cases = [kumo.open(f"open-key-{n}")["case"] for n in range(3)]
    return Caller(world.token("minister"))


def test_the_inbox_is_worked_off(world, minister):
    lines = minister.get("/task/inbox").json()
    key = lines[0]["key"]
    assert minister.post("/task/marks", {"do": "seen", "keys": [key]}).json()["count"] == 1
    assert key not in [i["key"] for i in minister.get("/task/inbox").json()]
    assert [i["key"] for i in minister.get("/task/inbox", {"show": "away"}).json()] == [key]
    assert minister.post("/task/undo", {}).json()["count"] == 1
    assert minister.post("/task/undo", {}).json()["count"] == 0
    sent = {"do": "assign", "keys": [key], "to": world.stranger.public_id}
    assert minister.post("/task/marks", sent).json() == {"count": 0, "left": [key.split("|")[0]]}
    assert minister.post("/task/marks", {"do": "mine", "keys": [key]}).json()["count"] == 1
    assert minister.get("/task/inbox", {"show": "mine"}).json()[0]["seen_to_by"] == world.minister.public_id
    is_problem(minister.post("/task/marks", {"do": "snooze", "keys": [key]}), 422, "invalid")
    is_problem(minister.post("/task/marks", {"do": "snooze", "keys": [key], "until": "2026-05-01"}), 422, "invalid")
    assert minister.post("/task/marks", {"do": "snooze", "keys": [key], "until": "2026-05-06"}).json()["count"] == 1
    assert minister.post("/task/marks", {"do": "back", "keys": [key]}).json()["count"] == 1
    stranger = Caller(world.token("stranger"))
    assert stranger.post("/task/marks", {"do": "seen", "keys": [key]}).json()["count"] == 0


def test_one_act_in_many_cases(world, minister):
    body = {"act": "permit.acknowledge", "cases": [*world.cases, "a" * 26], "on": "2026-05-04"}
    made = minister.post("/task/jobs", body)
    assert made.status_code == 201 and made.json()["counts"] == {"may": 3}, made.content
    at = f"/task/jobs/{made.json()['id']}"
    assert not Written.objects.filter(act="permit.acknowledge").exists()
    done = minister.post(at, {"do": "begin"}).json()
    assert (done["state"], done["counts"]) == ("done", {"done": 3})
    assert minister.post(at, {"do": "begin"}).status_code == 422
    assert Written.objects.filter(act="permit.acknowledge").count() == 3
    assert {line["seq"] for line in minister.get(at).json()["lines"]} == {2}
    is_problem(Caller(world.token("kumo")).get(at), 404, "not_found")
    is_problem(Caller(world.token("minister", "read")).post(at, {"do": "cancel"}), 403, "scope")
    refused = minister.post("/task/jobs", {**body, "act": "permit.apply"}).json()
    assert refused["counts"] == {"refused": 3} and refused["lines"][0]["reasons"]
    assert Job.objects.count() == 2


def test_views_deputies_and_workload(world, minister):
    (view,) = minister.post("/task/views", {"list": "cases", "name": "x", "query": "state=a"}).json()
    assert minister.get("/task/views").json() == [view]
    is_problem(minister.post("/task/views", {"list": "nowhere", "name": "x"}), 422, "invalid")
    is_problem(Caller(world.token("kumo")).post(f"/task/views/{view['id']}/delete", {}), 404, "not_found")
    assert minister.post(f"/task/views/{view['id']}/delete", {}).json() == []
    today = clock.today()
    lent = deputies.name(world.minister, world.stranger, today, today + timedelta(1))
    (told,) = Caller(world.token("stranger")).get("/task/deputies").json()
    assert told["id"] == lent.public_id and told["principal"] == world.minister.public_id
    assert minister.post(f"/task/deputies/{lent.public_id}/end", {}).json() == []
    is_problem(minister.post(f"/task/deputies/{lent.public_id}/end", {}), 404, "not_found")
    assert [r["name"] for r in minister.get("/task/load").json()][-1] == ""
