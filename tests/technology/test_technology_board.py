"""The board: what stands under a technology, how far it has come, and what stands under none shown as what it is."""

import json
from datetime import date

import pytest
from technology_ledgers import CASES, PROJECT

from kaname.procedure import fold
from kaname.regimes import kind
from kaname.regimes.technology.board import STEPS, Year, board, sums
from kaname.regimes.technology.catalogue import TECHNOLOGIES
from walks import entry_of, read_ledger

DAY = date(2026, 1, 15)
OWN = {"concept": "technology.concept", "call": "technology.call", "project": "technology.project"}


def standing(name, day=DAY, of=""):
    kind_id = of or OWN[name.partition("_")[0]]
    return fold(kind(kind_id), read_ledger(CASES / f"{name}.jsonl"), day)


def told(of, lines, day=DAY):
    return fold(kind(of), [entry_of(line, i) for i, line in enumerate(lines, 1)], day)


def council(concept="", projects="", day=DAY):
    return told("technology.council", [
        {"act": "fund_council.identify_lead", "on": "2023-06-12",
         "data": {"research": "センサ", "lead_researcher": "架空 一郎", "paid_from_fund": True}},
        {"act": "fund_council.organise_jointly", "on": "2023-07-03",
         "data": {"council_name": "赤外線センサ協議会", "covered_concept": concept, "covered_projects": projects,
                  "with_prime_minister": True}}], day)  # fmt: skip


TITLE = "高感度小型多波長赤外線センサ技術の開発"
CASES_OF_ALL = [
    ("c1", standing("concept_life")), ("k1", standing("call_infrared")), ("p1", standing("project_life")),
    ("p2", standing("project_stopped")), ("s1", council(TITLE)),
]  # fmt: skip


def line(found, technology):
    return next(x for x in found.lines if x.technology.id == technology)


def test_vision_concept_call_project_and_council_stand_in_one_line():
    found = board(CASES_OF_ALL, DAY)
    here = line(found, "SPA-04")
    assert [[c.case for c in cells] for cells in (here.concepts, here.calls, here.projects, here.councils)] == [
        ["c1"], ["k1"], ["p1"], ["s1"]]  # fmt: skip
    assert (here.vision.number, here.step, here.concepts[0].label.en) == (1, "council", "concept revised")
    assert (here.calls[0].proposals, here.calls[0].adopted, here.calls[0].slots) == (3, 1, 2)
    assert line(found, "SPA-12").step == "project"
    assert (found.concepts, found.calls, found.projects, found.councils) == ((), (), (), ())


def test_the_board_counts_every_technology_of_the_day_once():
    counts = board(CASES_OF_ALL, DAY).counts()
    assert counts == {"all": 50, "vision": 48, "concept": 0, "call": 0, "project": 1, "council": 1}
    assert list(counts) == list(STEPS)
    assert board([], date(2022, 9, 16)).counts()["all"] == 27
    assert board(CASES_OF_ALL, date(2022, 8, 1)).lines == ()


@pytest.mark.parametrize(
    ("with_cases", "step"), [("c", "concept"), ("ck", "call"), ("ckp", "project"), ("ckps", "council")]
)
def test_a_technology_comes_step_by_step(with_cases, step):
    cases = [(id, s) for id, s in CASES_OF_ALL if id[0] in with_cases and id != "p2"]
    assert line(board(cases, DAY), "SPA-04").step == step


def test_a_concept_that_no_vision_names_stands_apart():
    early = told("technology.concept", [
        {"act": "concept.record_vision", "on": "2022-10-03", "data": {"vision_number": 1}},
        {"act": "concept.draft_concept", "on": "2022-10-04", "data": {
            "concept_title": "早すぎる構想", "type": "project", "vision_technologies": ["OCE-08"], "goals": "g",
            "funding_agency": "jst"}}])  # fmt: skip
    bare = told(
        "technology.concept",
        [
            {
                "act": "concept.propose_candidate",
                "on": "2022-10-03",
                "data": {"technology": "無名の技術", "domain": "bio"},
            }
        ],
    )
    found = board([("early", early), ("bare", bare)], DAY)
    assert [(c.case, c.without_vision) for c in found.concepts] == [("early", True), ("bare", False)]
    assert [c.case for c in line(found, "OCE-08").concepts] == ["early"]


def test_who_is_given_no_council_sees_none_and_one_that_covers_nothing_known_stands_apart():
    without = board(CASES_OF_ALL[:-1], DAY)
    assert not any(x.councils for x in without.lines)
    assert "協議会" not in repr(without.lines)
    apart = board([("s9", council("別の構想"))], DAY)
    assert [c.case for c in apart.councils] == ["s9"]
    by_project = board([*CASES_OF_ALL[:-1], ("s2", council(projects="小型無人機の自律制御 ほか"))], DAY)
    assert [c.case for c in line(by_project, "SPA-12").councils] == ["s2"]


def test_a_call_without_its_concept_stands_apart_and_tells_of_a_closed_day():
    call = told("technology.call", [{"act": "call.open_call", "on": "2023-04-03", "data": {
        "call_id": "K-1", "concept": "どこにもない構想", "published": True, "theme_slots": 1, "max_budget_yen": 1,
        "close_at": "2023-05-03T12:00:00+09:00"}}])  # fmt: skip
    found = board([("k9", call)], DAY)
    assert [(c.case, c.on_closed_day, c.closes.hour) for c in found.calls] == [("k9", True, 12)]
    assert not line(board(CASES_OF_ALL, DAY), "SPA-04").calls[0].on_closed_day


def test_money_and_maturity_of_a_project():
    project = line(board(CASES_OF_ALL, DAY), "SPA-04").projects[0]
    assert project.years == (
        Year(2023, 10**9, 950_000_000), Year(2024, 1_400_000_000, 1_450_000_000), Year(2025, 10**9, 0),
        Year(2026, 900_000_000, 0))  # fmt: skip
    assert [y.over for y in project.years] == [0, 50_000_000, 0, 0]
    assert (project.amount, project.spent, project.over_budget) == (4_300_000_000, 2_400_000_000, 0)
    assert ([level for _, level in project.trl], project.trl_goal) == ([3, 4, 5], 6)
    assert (project.next_gate, project.gate_late) == (None, False)
    both = sums(p for x in board(CASES_OF_ALL, DAY).lines for p in x.projects)
    assert (both.projects, both.contracted, both.spent, both.over) == (2, 4_900_000_000, 2_400_000_000, 0)


def test_a_project_over_budget_and_a_gate_that_was_missed_are_shown():
    lines = [json.loads(x) for x in PROJECT.worked("stopped", "project").splitlines()[:1]]
    lines.append({"act": "project.periodic_report", "on": "2024-12-02",
                  "data": {"period": 2024, "results": "成果", "spent": 600_000_001}})  # fmt: skip
    project = board([("p", told("technology.project", lines))], DAY).lines
    shown = next(x for x in project if x.projects).projects[0]
    assert (shown.over_budget, shown.next_gate, shown.gate_late) == (1, date(2024, 9, 30), True)
    early = board([("p", told("technology.project", lines, date(2024, 9, 30)))], date(2024, 9, 30))
    assert not next(x for x in early.lines if x.projects).projects[0].gate_late


def test_every_line_is_a_technology_of_the_catalogue():
    assert [x.technology.id for x in board([], DAY).lines] == list(TECHNOLOGIES)
