"""Reminders, rules, webhooks and messages by API: the caller's own, with the scopes that each needs."""

from datetime import date

import pytest

from api.calls import Caller, is_problem
from kaname.notices.api import remind


@pytest.fixture
def callers(world, monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: date(2026, 5, 30))
    kumo = Caller(world.token("kumo"))
    kumo.open()
    return kumo, Caller(world.token("minister"))


def test_reminders_are_read_by_their_keys(callers):
    _, minister = callers
    (one,) = [r for r in minister.get("/notices").json() if r["name"] == "permit.standstill"]
    assert one["before"] == 0 and one["day"] == "2026-05-30"
    assert minister.post("/notices/read", {"keys": [one["key"], "nonsense"]}).json() == {"read": 1}
    assert one["key"] not in [r["key"] for r in minister.get("/notices").json()]


def test_rules_are_replaced_or_refused_whole(callers, world):
    _, minister = callers
    assert len(minister.get("/notices/rules").json()["rules"]) == len(remind.USUAL)
    given = {"rules": [{"before": 5, "how": "mail", "kind": "small.permit"}]}
    assert minister.post("/notices/rules", given).json() == given
    for wrong in (
        {"before": 91, "how": "mail"},
        {"before": 1, "how": "fax"},
        {"before": 1, "how": "mail", "kind": "no"},
    ):
        is_problem(minister.post("/notices/rules", {"rules": [wrong]}), 422, "invalid")
    assert minister.get("/notices/rules").json() == given


def test_webhooks_are_the_callers_own(callers, world):
    kumo, minister = callers
    made = minister.post("/webhooks", {"name": "h", "url": "https://hooks.example/x"})
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    id = made.json()["id"]
    assert kumo.get("/webhooks").json() == []
    is_problem(kumo.post(f"/webhooks/{id}/end", {}), 404, "not_found")
    is_problem(minister.post("/webhooks", {"name": "h", "url": "http://hooks.example/"}), 422, "invalid")
    reader = Caller(world.token("minister", "read"))
    is_problem(reader.get("/webhooks"), 403, "scope")
    assert minister.post(f"/webhooks/{id}/end", {}).json() == []
    assert minister.get("/messages").json() == []
