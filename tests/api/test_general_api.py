"""The general part over the API: penalties, timeline, guidelines, each of the day asked for."""

import pytest

from api.calls import Caller, is_problem


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def found(answer) -> dict:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_penalties_by_day_offender_and_provision(kumo):
    old = found(kumo.get("/penalties?on=2025-05-31&violated=78(1)"))
    assert (old["custody"], [p["penalty"] for p in old["penalties"]]) == ("懲役", ["PEN-94-1"])
    assert old["unverified"] == [] and found(kumo.get("/penalties?on=2026-07-17"))["unverified"][0]["question"] == 14
    assert len(found(kumo.get("/penalties"))["penalties"]) == 30
    assert found(kumo.get("/penalties?violated=48(3)"))["penalties"] == []
    wrong = is_problem(kumo.get("/penalties?violated=zz"), 422, "invalid")
    assert wrong["errors"][0]["field"] == "violated"
    assert is_problem(kumo.get("/penalties?chapter=1"), 422, "invalid")["errors"][0]["field"] == "chapter"


def test_the_timeline_of_a_day_knows_nothing_later(kumo):
    deck = found(kumo.get("/timeline?on=2024-06-04&subject=patents"))
    assert {e["subject"] for e in deck["events"]} == {"patents"}
    assert max(e["day"] for e in deck["events"]) == "2024-05-01"
    assert found(kumo.get("/timeline?on=2022-05-17"))["events"] == []


def test_guidelines_with_their_editions_and_the_points_of_both_houses(kumo):
    told = found(kumo.get("/guidelines?on=2026-11-26"))
    policy = told["guidelines"][0]
    assert (policy["in_force"], [e["verified"] for e in policy["editions"]]) == ("2026-09-11", [True, False])
    assert (len(told["resolutions"]), {r["note"] for r in told["resolutions"]}) == (9, {503})


def test_a_word_is_looked_up_in_either_language_or_by_its_reading(kumo):
    (term,) = [t for t in found(kumo.get("/glossary?q=ほぜんしてい&lang=en"))["terms"] if t["ja"] == "保全指定"]
    assert (term["en"], term["basis"]) == ("security designation", "Art. 70")
    assert found(kumo.get("/glossary?q=zzz"))["terms"] == [] and len(found(kumo.get("/glossary"))["terms"]) > 100
