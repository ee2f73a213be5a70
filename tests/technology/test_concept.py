"""A concept rests on technologies that a vision names; one that rests on none is refused, or shown as doubtful."""

import json
from datetime import date

import pytest
from technology_ledgers import CASES, CONCEPT, ledger

from kaname.procedure import fold
from kaname.regimes import kind
from walks import entry_of, read_ledger

DRAFT = {
    "concept_title": "構想", "type": "project", "goals": "目標", "funding_agency": "nedo", "max_budget_yen": 10**9,
}  # fmt: skip
EXAMINED = """
2022-08-25 concept.propose_candidate {"technology": "赤外線センサー", "domain": "space"}
2022-09-05 concept.examine {"opinion": "適当"}
"""
FIRST = ledger(
    EXAMINED + '2022-09-16 concept.decide_vision {"vision_number": 1, "technologies": ["SPA-04"], "jointly": true}'
)
TAKEN_UP = ledger('2023-09-01 concept.record_vision {"vision_number": 2}')


@pytest.mark.parametrize(("text", "on", "cited", "accepted", "said"), [
    (FIRST, "2022-10-03", ["SPA-04"], True, ""),
    (FIRST, "2022-10-03", ["SPA-04", "OCE-01"], True, ""),  # of the same vision, by the catalogue
    (FIRST, "2022-10-03", [], False, "it names no technology of a vision"),
    (FIRST, "2022-10-03", ["OCE-08"], False, "names OCE-08 (second R&D vision, decided on 2023-08-28)"),
    (FIRST, "2023-08-27", ["SPA-04", "XCY-04"], False, "names XCY-04"),
    (TAKEN_UP, "2023-09-04", ["OCE-08", "XCY-04"], True, ""),
    (TAKEN_UP, "2023-09-04", ["ZZZ-99"], False, "ZZZ-99"),
])  # fmt: skip
def test_a_concept_cited_by_no_vision_is_refused(text, on, cited, accepted, said):
    answer = CONCEPT.tried(text, "concept.draft_concept", on, **DRAFT, vision_technologies=cited)
    assert answer[0] is accepted
    assert said in answer[1]


def test_a_concept_that_says_nothing_of_technologies_is_refused():
    assert not CONCEPT.tried(FIRST, "concept.draft_concept", "2022-10-03", **DRAFT)[0]


def test_a_ledger_that_holds_a_concept_without_vision_shows_it_as_doubtful():
    entries = [*read_ledger(CASES / "concept_life.jsonl")[:3]]
    drafted = {"act": "concept.draft_concept", "on": "2022-10-03", "data": {**DRAFT, "vision_technologies": ["OCE-08"]}}
    standing = fold(kind("technology.concept"), [*entries, entry_of(drafted, 4)], date(2022, 10, 3), judge=True)
    assert standing.tracks["concept"].state == "concept_drafting"
    assert [(n.kind, n.entry) for n in standing.notes] == [("doubtful", 4)]
    assert "OCE-08" in standing.notes[0].reasons[0].text.ja


def test_a_concept_without_vision_is_shown_as_such_wherever_the_case_is_shown():
    """Without asking the conditions of recorded acts again: the warning stands on the case itself."""
    drafted = {"act": "concept.draft_concept", "on": "2022-10-03", "data": {**DRAFT, "vision_technologies": ["OCE-08"]}}
    text = FIRST + "\n" + json.dumps(drafted)
    said = "a concept on technologies that no vision had named"
    assert said in json.dumps(CONCEPT.standing(text, "2024-01-01")), "a vision of 2023 does not mend it"
    assert said not in json.dumps(CONCEPT.standing(CONCEPT.worked("life", "concept"), "2024-01-01"))
    assert said not in json.dumps(CONCEPT.standing(FIRST, "2024-01-01")), "nothing is drafted yet"


@pytest.mark.parametrize(("jointly", "accepted"), [(True, True), (False, False), (None, False)])
def test_a_vision_is_decided_by_both_councils(jointly, accepted):
    data = {"vision_number": 1, "technologies": ["SPA-04"], **({} if jointly is None else {"jointly": jointly})}
    assert CONCEPT.tried(ledger(EXAMINED), "concept.decide_vision", "2022-09-16", **data)[0] is accepted


@pytest.mark.parametrize(("on", "number", "technologies", "warned"), [
    ("2022-09-16", 1, ["SPA-04"], False), ("2022-09-17", 1, ["SPA-04"], True), ("2022-09-16", 1, ["OCE-08"], True),
    ("2022-09-20", 3, ["OCE-08"], False)])  # fmt: skip
def test_a_vision_recorded_otherwise_than_catalogued_is_taken_and_warned_of(on, number, technologies, warned):
    data = {"vision_number": number, "technologies": technologies, "jointly": True}
    accepted, said = CONCEPT.tried(ledger(EXAMINED), "concept.decide_vision", on, **data)
    assert accepted
    assert bool(said) is warned


@pytest.mark.parametrize(("on", "number", "accepted"), [
    ("2022-09-16", 1, True), ("2022-09-15", 1, False), ("2023-08-27", 2, False), ("2023-08-28", 2, True),
    ("2026-11-26", 3, False), ("2026-11-26", 0, False)])  # fmt: skip
def test_only_a_vision_that_was_decided_can_be_taken_up(on, number, accepted):
    assert CONCEPT.tried("", "concept.record_vision", on, vision_number=number)[0] is accepted


def test_a_technology_of_a_further_vision_counts_once_its_decision_is_on_record():
    """The catalogue has no third vision; what this case itself records as named is enough."""
    text = ledger(
        EXAMINED + '2022-09-20 concept.decide_vision {"vision_number": 3, "technologies": ["OCE-08"], "jointly": true}'
    )
    assert CONCEPT.tried(text, "concept.draft_concept", "2022-10-03", **DRAFT, vision_technologies=["OCE-08"])[0]


def test_a_revision_keeps_what_it_does_not_change():
    standing = fold(kind("technology.concept"), read_ledger(CASES / "concept_life.jsonl"), date(2024, 1, 1))
    assert standing.fact("concept.max_budget_yen") == 6 * 10**9
    assert standing.fact("concept.max_period") == 60
    assert standing.tracks["concept"].state == "concept_revised"


def test_practice_is_marked_as_such_in_both_languages():
    for lang, mark in (("ja", "運用："), ("en", "practice: ")):
        for act in kind("technology.concept").procedure("concept").acts:
            assert any(b[lang].startswith(mark) for b in act.basis), act.id
