"""The catalogues of Chapter 4 against the researched facts, and what they answer on a day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from ch4_facts import load

from kaname.law.dated import Confidence
from kaname.regimes.technology import catalogue as c
from kaname.regimes.technology.catalogue.calls import OKU
from kaname.regimes.technology.catalogue.councils import TYPICAL_MEMBERS
from kaname.regimes.technology.catalogue.funding import OTHERS, TOTAL
from kaname.regimes.technology.catalogue.programmes import DEMANDS, K_PROGRAM
from kaname.regimes.technology.catalogue.projects import ADOPTED
from kaname.regimes.technology.catalogue.sources import SOURCES
from kaname.regimes.technology.catalogue.when import When
from kaname.regimes.technology.questions import QUESTIONS

DECK, BEFORE = date(2024, 6, 4), date(2022, 9, 15)
NEVER = date(2099, 12, 31)


def listed(value):
    return [value] if isinstance(value, str) else list(value)


def sources_of(entry):
    return [SOURCES[id] for id in listed(entry["source"])]


# -- technologies ----------------------------------------------------------------------------------------------------


def test_the_fifty_technologies_stand_as_the_facts_have_them():
    facts = load()["technologies"]
    assert [t["id"] for t in facts] == list(c.TECHNOLOGIES)
    for told in facts:
        ours = c.TECHNOLOGIES[told["id"]]
        assert (ours.label.ja, ours.label.en) == (told["name_ja"], told["name_en"])
        assert (c.DOMAINS[ours.domain].ja, ours.group.ja) == (told["domain"], told["group"])
        assert (ours.heading.ja if ours.heading else None) == told.get("parent_heading_ja")
        assert (ours.vision, list(ours.evidence)) == (told["vision"], told["vision_evidence"])
        assert (list(ours.sources), ours.confidence.value) == (sources_of(told), told["confidence"])


def test_the_deck_s_counts_are_met_by_domain_and_vision():
    told, found = load()["technology_counts"], c.technologies(DECK)
    assert len(found) == told["total"] == 50
    assert c.by_vision(found) == {1: told["vision_1"], 2: told["vision_2"]} == {1: 27, 2: 23}
    by_label = {c.DOMAINS[d].ja: {f"vision_{v}": c.counts(DECK)[d, v] for v in (1, 2)} for d in c.DOMAINS}
    assert by_label == told["by_domain"]
    assert c.by_domain(found) == {"ocean": 10, "space": 18, "cross": 18, "bio": 4}


@pytest.mark.parametrize(("day", "count"), [
    (date(1999, 1, 1), 0), (BEFORE, 0), (date(2022, 9, 16), 27), (date(2023, 8, 27), 27), (date(2023, 8, 28), 50),
    (NEVER, 50)])  # fmt: skip
def test_a_technology_is_there_from_the_day_of_its_vision(day, count):
    assert len(c.technologies(day)) == sum(c.counts(day).values()) == sum(v.count for v in c.visions(day)) == count


def test_fifteen_technologies_are_of_their_vision_by_a_dated_source_and_the_others_say_that_they_are_not():
    assert sum(t.vision_verified for t in c.TECHNOLOGIES.values()) == 15
    assert "35" in QUESTIONS[401].en
    assert set(c.EVIDENCE) == set(load()["technology_counts"]["evidence_codes"])
    assert {code for t in c.TECHNOLOGIES.values() for code in t.evidence} == set(c.EVIDENCE)


def test_the_guideline_s_twenty_fields_say_which_were_read():
    assert [f.label.ja for f in c.GUIDELINE_FIELDS] == load()["guideline_fields"]["fields_ja"]
    assert [f.confidence for f in c.GUIDELINE_FIELDS].count(Confidence.MEDIUM) == 14
    assert len(c.GUIDELINE_FIELDS) == 20


# -- calls, projects, money, councils ----------------------------------------------------------------------------------


def test_known_calls_stand_as_told():
    ours = list(c.CALLS.values())
    for told, call in zip(load()["calls_known"], ours, strict=True):
        assert call.opened.told == told["opened"]
        assert call.concept.ja == told["concept"]
        assert call.max_budget_yen == (told["max_oku_yen"] * OKU if "max_oku_yen" in told else None)
        assert call.type == told.get("type", "").replace(" ", "_")
        assert told["agency"].startswith(c.AGENCIES[call.agency].id.upper())
        assert call.sure_of_agency is ("probable" not in told["agency"])
        assert [*call.sources] == sources_of(told)
        assert (f"{call.closes:%Y-%m-%d %H:%M JST}" if call.closes else None) == told.get("closes")
    assert len(c.calls(date(2022, 12, 30))) == 0, "a month has surely come only with its last day"
    assert len(c.calls(date(2022, 12, 31))) == 3


def test_adopted_projects_stand_as_told():
    for told, ours in zip(load()["adopted_projects"], c.PROJECTS.values(), strict=True):
        assert (ours.label.ja if ours.label else None) == told["title_ja"]
        assert (ours.adopted.told if ours.adopted else None) == told["adopted"]
        assert list(ours.technologies) == told.get("technology_ids", [])
        amount = told.get("budget_oku_yen", told.get("budget_oku_yen_max"))
        assert (ours.budget_yen, ours.at_most) == (amount and amount * OKU, "budget_oku_yen_max" in told)
        assert (f"{ours.period[0].told} to {ours.period[1].told}" if ours.period else None) == (
            told["period"].replace("-FY", " to FY") if "period" in told else None)  # fmt: skip
        assert (list(ours.grants), list(ours.sources)) == (told.get("grant_numbers", []), sources_of(told))
        assert ours.confidence.value == told["confidence"]
        assert set(ours.technologies) <= set(c.TECHNOLOGIES)
    assert len(c.projects(date(2023, 3, 26))) == 0
    assert len(c.projects(date(2023, 3, 27))) == 3
    assert "supply_chain_security" not in {p.id for p in c.projects(NEVER)}, "no day of adoption is known"


def test_no_project_was_adopted_before_the_vision_that_names_its_technology():
    """Evidence for the division into visions, turned about: it must hold of every dated adoption."""
    for project in c.projects(NEVER):
        assert all(c.TECHNOLOGIES[t].since <= project.adopted.last for t in project.technologies)


def test_counts_of_adoptions_are_those_told_by_the_day():
    told = load()["adoption_counts"]
    assert [a.as_of.told for a in ADOPTED] == [t["as_of"] for t in told]
    assert [(a.projects, a.technologies, a.concepts) for a in ADOPTED] == [
        (t.get("projects"), t.get("technologies_covered"), t.get("rd_concepts")) for t in told]  # fmt: skip
    november = ADOPTED[1]
    assert {c.DOMAINS[d].ja: f"{n} technologies, {p} projects" for d, n, p in november.by_domain} == (
        told[1]["by_domain"])  # fmt: skip
    assert sum(p for _, _, p in november.by_domain) == november.projects
    assert sum(n for _, n, _ in november.by_domain) == november.technologies
    assert c.adopted(date(2023, 10, 11)) == ()
    assert [a.projects for a in c.adopted(DECK)] == [15, 20]


def test_money_is_the_deck_s_and_what_nobody_published_is_unknown():
    told = {t["item"]: t for t in load()["funding"]}
    assert len(told) == len(c.MONEY)
    assert TOTAL.yen == told["total placed in funds"]["amount_oku_yen"] * OKU == c.placed(DECK)
    assert [m.yen for m in c.budgets(DECK)] == [
        told[f"FY{y} supplementary budget" if y == 2021 else "FY2022 second supplementary budget"]["amount_oku_yen"]
        * OKU for y in (2021, 2022)]  # fmt: skip
    spent, first_three = told["spent from the MEXT half in FY2022"], told["first three NEDO projects together"]
    assert [int(t["amount_oku_yen"] * OKU) for t in (spent, first_three)] == [m.yen for m in OTHERS[:2]]
    assert c.MONEY["additions"].yen is told["later additions to the fund"]["amount_oku_yen"] is None
    assert c.MONEY["additions"].note
    for m in c.budgets(DECK):
        assert sum(s.yen for s in m.shares) == m.yen
    assert (c.placed(date(2022, 3, 30)), c.placed(date(2022, 3, 31))) == (0, 2_500 * OKU)


def test_of_the_councils_the_count_and_the_one_name_are_told():
    told, ours = load()["councils"], c.councils(DECK)
    assert (ours.count, str(ours.as_of), ours.unnamed) == (told["count"], told["as_of"], told["names_missing"])
    assert len(TYPICAL_MEMBERS) == len(told["typical_members"])
    assert c.councils(DECK - timedelta(1)) is None


def test_the_timeline_is_that_of_the_facts():
    assert [str(e.day) for e in c.EVENTS] == [k["date"] for k in load()["key_dates"]]
    assert [(list(e.sources), e.confidence.value) for e in c.EVENTS] == [
        (sources_of(k), k["confidence"]) for k in load()["key_dates"]]  # fmt: skip
    assert len(c.events(date(2022, 9, 30))) == 4


# -- how exact a day is told, programmes, notes -----------------------------------------------------------------------


@pytest.mark.parametrize(("told", "first", "last", "ja"), [
    ("2023-03-27", date(2023, 3, 27), date(2023, 3, 27), "2023年3月27日"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
    ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
    ("FY2023", date(2023, 4, 1), date(2024, 3, 31), "2023年度")])  # fmt: skip
def test_a_day_is_as_exact_as_its_source(told, first, last, ja):
    when = When(told)
    assert (when.first, when.last, when.label.ja, when.exact) == (first, last, ja, first == last)
    assert when.by(last)
    assert not when.by(last - timedelta(1))


def test_every_source_of_the_facts_is_in_the_catalogue():
    assert set(load()["sources"]) == set(SOURCES)


def test_a_demand_that_no_programme_can_make_is_a_mistake():
    assert set(K_PROGRAM.demands) == set(DEMANDS)
    with pytest.raises(KeyError):
        K_PROGRAM.weight("unheard_of")


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_an_open_question_of_chapter_4_has_its_note(number):
    assert len(list((Path(__file__).parents[2] / "docs" / "law").glob(f"{number:04}-*.md"))) == 1
