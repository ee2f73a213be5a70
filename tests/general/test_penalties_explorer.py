"""The penalties explorer against the researched facts, its filters, and the name of imprisonment by the day."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from general_facts import load

from kaname.cli import root
from kaname.law import PENALTIES
from kaname.regimes.general.penalties import WITHOUT_PENALTY, Asked, Unreadable, explore, marks, offenders

TODAY = date(2026, 11, 26)
OLD, NEW = date(2025, 5, 31), date(2025, 6, 1)


def ids(**asked):
    return [s.penalty.id for s in explore(Asked(asked.pop("on", TODAY), **asked))]


def test_all_thirty_penalties_are_shown_as_the_facts_have_them():
    facts = {p["id"]: p for p in load()["penalties"]}
    shown = explore(Asked(TODAY))
    assert len(shown) == load()["penalty_count"] == 30
    assert {s.penalty.id for s in shown} == set(facts)
    for s in shown:
        p, fact = s.penalty, facts[s.penalty.id]
        assert p.provision.citation == fact["article"].split(" ")[0], p.id
        assert (p.chapter, p.imprisonment_max_years, p.fine_max_yen) == (
            fact["chapter"], fact["imprisonment_max_years"], fact["fine_max_yen"]), p.id  # fmt: skip
        assert p.combination.value == fact["combination"], p.id
        assert (p.corporate, p.attempt, p.abroad) == (
            fact["corporate_liability_art97"], fact["attempt_punished"], fact["applies_abroad"]), p.id  # fmt: skip
        assert str(p.in_force_from) == fact["in_force_from"], p.id
        assert p.kind.value == fact["kind"].split(" ")[0], p.id
        assert (p.excluded_when is not None) == ("excluded_when" in fact), p.id


@pytest.mark.parametrize("chapter", [2, 3, 4, 5])
def test_the_filter_by_chapter_finds_those_of_the_facts(chapter):
    assert set(ids(chapter=chapter)) == {p["id"] for p in load()["penalties"] if p["chapter"] == chapter}


def test_imprisonment_bears_the_name_of_the_day_of_the_conduct():
    old, new = (explore(Asked(day, violated="78(1)"))[0].sanction.ja for day in (OLD, NEW))
    assert ("懲役" in old, "拘禁刑" in old) == (True, False)
    assert ("懲役" in new, "拘禁刑" in new) == (False, True)
    assert old.replace("懲役", "拘禁刑") == new


def test_conduct_before_a_provision_came_into_force_is_not_punished():
    shown = {s.penalty.id: s for s in explore(Asked(date(2023, 11, 16)))}
    assert not shown["PEN-92-1-1"].in_force and "罰則なし" in shown["PEN-92-1-1"].sanction.ja
    assert shown["PEN-96-6"].in_force
    assert not any(s.in_force for s in explore(Asked(date(2022, 7, 31))))


def test_an_offender_is_found_by_words_in_either_language_and_width():
    assert ids(offender="anyone", chapter=5) == ["PEN-94-1"]
    assert ids(offender="すべて") == ["PEN-94-1"]
    assert ids(offender="ＪＦＣ nobody") == []
    assert {p.offender for p in PENALTIES} == set(offenders())


def test_a_provision_finds_what_punishes_it_or_part_of_it():
    assert ids(violated="52(3)") == ["PEN-92-1-2"]
    assert {"PEN-92-1-1", "PEN-92-1-2", "PEN-92-1-3", "PEN-92-1-4a", "PEN-92-1-5"} == set(ids(violated="52"))
    assert ids(violated="48(3)") == [], "an effort duty carries none"
    assert ids(violated="５２（３）") == ["PEN-92-1-2"]


@pytest.mark.parametrize(("asked", "field"), [({"violated": "zz"}, "violated"), ({"violated": "120"}, "violated"),
                                              ({"chapter": 1}, "chapter")])  # fmt: skip
def test_what_cannot_be_read_is_refused_at_its_field(asked, field):
    with pytest.raises(Unreadable) as wrong:
        ids(**asked)
    assert wrong.value.field == field and wrong.value.text.ja and wrong.value.text.en


def test_the_general_rules_mark_what_they_reach():
    worked = next(p for p in PENALTIES if p.id == "PEN-92-1-6")
    council = next(p for p in PENALTIES if p.id == "PEN-95-1-1b")
    assert len(marks(worked)) == 3 and marks(council) == ()


def test_losses_without_a_penalty_stand_apart():
    assert [c.basis[0].citation for c in WITHOUT_PENALTY[:4]] == ["11", "23", "41", "69"]
    assert not {c.text for c in WITHOUT_PENALTY} & {p.offence for p in PENALTIES}


def run(*args):
    return CliRunner().invoke(root, ["penalties", *args], env={"KANAME_LANG": "en"})


def test_the_command_answers_with_status_and_json():
    found = run("--violated", "52(1)", "--as-of", "2025-05-31", "--json")
    told = json.loads(found.stdout)
    assert (found.exit_code, told["custody"]) == (0, "imprisonment with work (懲役)")
    assert [p["penalty"] for p in told["penalties"]] == ["PEN-92-1-1"]
    assert run("--violated", "48(3)").exit_code == 1
    early = run("--violated", "48(4)", "--as-of", "2022-07-31")
    assert early.exit_code == 1 and "penalties: 0" in early.stdout and "Art. 97" not in early.stdout
    assert "Art. 97" in run("--violated", "48(4)", "--as-of", "2022-08-01").stdout
    for day, open_questions in (("2026-07-16", []), ("2026-07-17", [14])):
        asked = run("--violated", "52(1)", "--as-of", day, "--json")
        assert [u["question"] for u in json.loads(asked.stdout)["unverified"]] == open_questions
        assert ("(question 14)" in run("--violated", "52(1)", "--as-of", day).stdout) is bool(open_questions)
    wrong = run("--violated", "zz")
    assert wrong.exit_code == 2 and "52(1)" in wrong.output
