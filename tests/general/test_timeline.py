"""The timeline of the Act against the key dates of all fact files, and what an as-of day may know."""

from datetime import date

from general_facts import load

from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.timeline import timeline

# Days that the catalogue of another regime holds, or that are no event of the Act.
ELSEWHERE = {
    ("ch4_technology", "2024-06-04"): "11 councils on the deck's day: a state, not an event",
    ("ch5_patents", "2025-01-01"): "fields rewritten for IPC 2025.01: patents.items",
    ("ch5_patents", "2026"): "no day; Act No. 38 stands with its days",
    ("ch3_infrastructure", "by 2027-12-16"): "no day yet: `latest`",
    ("ch2_supply", "2024-09-06"): "plans of one product", ("ch2_supply", "2024-12"): "a state of the plans",
    ("ch2_supply", "2025-05-09"): "a plan of one product",
    ("ch2_supply", "2025-12-24"): "products and scopes: supply.catalogue",
    ("ch2_supply", "2025-12-26"): "joint orders on one product: supply.versions",
}  # fmt: skip


def key_dates():
    for name, rows in (
        ("ch2_supply", load("ch2_supply")["later"]),
        ("ch3_infrastructure", load("ch3_infrastructure")["amendments"]["timeline"]),
        ("ch4_technology", load("ch4_technology")["key_dates"]),
        ("ch5_patents", load("ch5_patents")["key_dates"]),
    ):
        yield from ((name, str(row["date"]), row["confidence"]) for row in rows)


def test_every_key_date_of_the_facts_is_told_or_has_its_place():
    told = {str(e.day) for e in timeline()}
    assert {(name, day) for name, day, _ in key_dates() if day not in told} == set(ELSEWHERE)


def test_commencement_and_amendments_are_those_of_the_facts():
    events = {e.id: e for e in timeline()}
    commenced = sorted(e.day for id, e in events.items() if id.startswith("in_force_"))
    assert commenced == sorted(date.fromisoformat(g["in_force"]) for g in load()["commencement"])
    amended = sorted(str(e.day) for id, e in events.items() if id.startswith("amendment_"))
    assert amended == sorted(str(a["in_force"]) for a in load()["amendments"])


def test_what_is_of_low_confidence_or_unseen_is_marked():
    low = {day for _, day, confidence in key_dates() if confidence == "low"}
    unmarked = {str(e.day) for e in timeline() if e.verified}
    assert low & unmarked == set()
    assert {e.verified for e in timeline() if e.day == date(2026, 9, 11)} == {False}


def test_every_fact_has_source_provision_and_an_id_of_its_own():
    events = timeline()
    assert len({e.id for e in events}) == len(events)
    assert all(e.source.ja and e.source.en and e.basis for e in events)


def test_before_the_act_there_is_nothing_to_tell():
    assert timeline(date(2022, 5, 17)) == ()
    assert [e.id for e in timeline(date(2022, 5, 18))] == ["promulgated"]


def test_a_past_day_knows_nothing_of_later_laws():
    deck = timeline(date(2024, 6, 4))
    assert max(e.day for e in deck) == date(2024, 5, 17)
    assert not any("38" in e.id for e in deck)


def test_what_was_known_lies_ahead():
    grace = {e.id: e for e in timeline(date(2024, 1, 9))}["infrastructure_duty"]
    assert grace.ahead(date(2024, 1, 9))
    assert "infrastructure_duty" not in {e.id for e in timeline(date(2023, 11, 15))}
    health = timeline(date(2026, 11, 23))[-1]
    assert (health.day, health.latest, health.ahead(date(2026, 11, 23))) == (None, date(2027, 12, 16), True)


def test_the_edition_in_force_is_the_latest_decided():
    policy = GUIDELINES["basic_policy"]
    assert policy.on(date(2022, 9, 29)) is None
    assert policy.on(date(2026, 9, 10)).decided_on == date(2022, 9, 30)
    assert (policy.on(date(2026, 9, 11)).decided_on, policy.on(date(2026, 9, 11)).note) == (date(2026, 9, 11), 501)
