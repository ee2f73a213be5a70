"""The penalty table: thirty rows, each as the Act has it, worded by the day of the conduct."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kaname.law import (
    PENALTIES,
    RULES,
    Combination,
    Confidence,
    Kind,
    Penalty,
    T,
    Text,
    article,
    in_force,
    penalties_for,
    penalty,
)
from kaname.law.penalties import ALIASES
from kaname.law.sanctions import ABROAD, ATTEMPT, CORPORATE

Facts = Callable[[str], dict[str, Any]]
EVERY = pytest.mark.parametrize("row", PENALTIES, ids=lambda p: p.id)
LAST_OLD, FIRST_NEW = date(2025, 5, 31), date(2025, 6, 1)


def ids(rows: tuple[Penalty, ...] | list[Penalty]) -> set[str]:
    return {p.id for p in rows}


def test_there_are_thirty_rows_with_thirty_ids() -> None:
    assert len(PENALTIES) == len(ids(PENALTIES)) == 30


def test_the_table_has_the_rows_of_the_facts_in_their_order(facts: Facts) -> None:
    general = facts("ch1_6_7_general")
    assert [p.id for p in PENALTIES] == [row["id"] for row in general["penalties"]]
    assert len(PENALTIES) == general["penalty_count"]


@EVERY
def test_every_row_equals_the_facts(row: Penalty, facts: Facts) -> None:
    fact = next(f for f in facts("ch1_6_7_general")["penalties"] if f["id"] == row.id)
    # Both halves of 92(1)(iv) are one item of the Act; the provisions violated tell them apart.
    assert row.provision.citation == re.sub(r" (first|second) half", "", fact["article"])
    assert [v.citation for v in row.violated] == [
        c for said in fact["violated"] for c in said.removesuffix(" work").split(" via ")
    ]
    assert row.chapter == fact["chapter"]
    assert row.imprisonment_max_years == fact["imprisonment_max_years"]
    assert row.fine_max_yen == fact["fine_max_yen"]
    assert row.combination.value == fact["combination"]
    assert row.kind.value == fact["kind"].removesuffix(" (過料)")
    assert row.corporate is fact["corporate_liability_art97"]
    assert row.attempt is fact["attempt_punished"]
    assert row.abroad is fact["applies_abroad"]
    assert row.in_force_from.isoformat() == fact["in_force_from"]
    assert (row.excluded_when.en if row.excluded_when else None) == fact.get("excluded_when")
    assert (row.remark is not None) is ("note" in fact)
    assert row.confidence.value == fact["confidence"]


def test_the_general_rules_are_those_of_the_facts(facts: Facts) -> None:
    told = [(f["id"], f["confidence"]) for f in facts("ch1_6_7_general")["penalty_rules"]]
    assert [(r.id, r.confidence.value) for r in RULES] == told


@EVERY
def test_every_row_speaks_both_languages_and_cites_articles_of_its_chapter(row: Penalty) -> None:
    for text in (row.offence, row.offender, row.excluded_when, row.remark):
        assert text is None or (re.search(r"[ぁ-ん一-龠]", text.ja) and re.fullmatch(r"[ -~]+", text.en))
    chapters = {c.number for v in row.violated if (c := article(v).chapter)}
    assert chapters == {row.chapter}


@EVERY
def test_no_row_is_older_than_its_provision_or_than_what_it_punishes(row: Penalty) -> None:
    for place in (row.provision, *row.violated):
        assert in_force(place, row.in_force_from), f"{place} is not yet in force"


def test_corporate_liability_reaches_article_92_1_94_1_and_96_alone() -> None:
    assert ids([p for p in PENALTIES if p.corporate]) == {
        p.id for p in PENALTIES if p.id.startswith(("PEN-92-1-", "PEN-94-1", "PEN-96-"))
    }
    assert [p.citation for p in CORPORATE.reaches] == ["92(1)", "94(1)", "96"]


def test_attempt_is_punished_for_working_and_disclosing_alone() -> None:
    assert ids([p for p in PENALTIES if p.attempt]) == {"PEN-92-1-6", "PEN-92-1-8"}
    assert len(ATTEMPT.reaches) == 2


def test_acts_abroad_are_punished_for_four_offences_about_inventions() -> None:
    abroad = {"PEN-92-1-6", "PEN-92-1-8", "PEN-94-1", "PEN-95-1-2"}
    assert ids([p for p in PENALTIES if p.abroad]) == abroad
    assert len(ABROAD.reaches) == len(abroad)


def test_imprisonment_bears_the_name_of_the_day_of_the_conduct() -> None:
    foreign_filing = penalty("PEN-94-1")
    assert foreign_filing.sanction(LAST_OLD) == T(
        "1年以下の懲役若しくは50万円以下の罰金又はこれらの併科",
        "imprisonment with work (懲役) of up to 1 year, a fine of up to 500,000 yen, or both",
    )
    assert foreign_filing.sanction(FIRST_NEW) == T(
        "1年以下の拘禁刑若しくは50万円以下の罰金又はこれらの併科",
        "imprisonment (拘禁刑) of up to 1 year, a fine of up to 500,000 yen, or both",
    )


@EVERY
def test_the_new_name_is_the_only_change_on_2025_06_01(row: Penalty) -> None:
    old, new = row.sanction(LAST_OLD), row.sanction(FIRST_NEW)
    assert old.ja.replace("懲役", "拘禁刑") == new.ja
    assert old.en.replace("imprisonment with work (懲役)", "imprisonment (拘禁刑)") == new.en
    assert ("拘禁刑" in new.ja) is (row.imprisonment_max_years is not None)


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("PEN-93", T("2年以下の拘禁刑又は100万円以下の罰金",
                     "imprisonment (拘禁刑) of up to 2 years or a fine of up to 1,000,000 yen")),
        ("PEN-96-2", T("30万円以下の罰金", "fine of up to 300,000 yen")),
        ("PEN-99", T("20万円以下の過料", "non-penal fine (過料) of up to 200,000 yen")),
    ],
)  # fmt: skip
def test_each_combination_is_worded_as_the_act_does(id: str, expected: Text) -> None:
    assert penalty(id).sanction(FIRST_NEW) == expected


def test_conduct_before_commencement_is_not_punished() -> None:
    disclosure = penalty("PEN-92-1-8")
    assert disclosure.sanction(date(2024, 4, 30)) == T(
        "罰則なし（2024年5月1日の施行前の行為）",
        "no penalty: conduct before 2024-05-01, when this provision came into force",
    )
    assert disclosure.sanction(date(2024, 5, 1)).ja.startswith("2年以下の懲役")


def test_non_penal_fines_are_administrative_and_nothing_else_is() -> None:
    administrative = [p for p in PENALTIES if p.kind is Kind.ADMINISTRATIVE]
    assert ids(administrative) == {"PEN-98-1", "PEN-98-2", "PEN-99"}
    assert {p.combination for p in administrative} == {Combination.NON_PENAL}


@pytest.mark.parametrize(
    ("alias", "id"),
    [
        ("P92_1_4", "PEN-92-1-4b"),
        ("P92_1_6", "PEN-92-1-6"),
        ("P92_1_7", "PEN-92-1-7"),
        ("P92_1_8", "PEN-92-1-8"),
        ("P94", "PEN-94-1"),
        ("P95_1_2", "PEN-95-1-2"),
        ("P96_5", "PEN-96-5c"),
        ("PEN_92_1_4", "PEN-92-1-4a"),
        ("PEN_96_5", "PEN-96-5b"),
    ],
)
def test_the_chapters_own_names_find_their_row(alias: str, id: str) -> None:
    assert penalty(alias) is penalty(id)


@pytest.mark.parametrize(
    ("name", "chapter", "place"), [("ch5_patents", 5, "legal_basis"), ("ch3_infrastructure", 3, "article")]
)
def test_every_penalty_a_chapter_names_is_a_row_of_that_chapter(
    name: str, chapter: int, place: str, facts: Facts
) -> None:
    named = [f for f in facts(name)["penalties"] if not re.search("NOTE|NONE|TERM|_97", f["id"])]
    assert {f["id"] for f in named} == {a for a, id in ALIASES.items() if penalty(id).chapter == chapter}
    for fact in named:
        cited = fact[place].removeprefix("Art. ").split(",")[0]
        assert article(cited).provision.contains(penalty(fact["id"]).provision), fact["id"]
        assert penalty(fact["id"]).corporate is fact["corporate_fine"]


def test_an_unknown_penalty_is_refused_with_ids_that_look_like_it() -> None:
    with pytest.raises(LookupError, match=r"no penalty 'PEN-94'.*PEN-94-1"):
        penalty("PEN-94")
    with pytest.raises(LookupError, match=r"ids look like PEN-92-1-1"):
        penalty("法")


def test_penalties_are_found_by_what_is_violated() -> None:
    assert [p.id for p in penalties_for("78(1)")] == ["PEN-94-1"]
    assert ids(penalties_for("73")) == {"PEN-92-1-6", "PEN-92-1-7", "PEN-95-1-2"}
    assert ids(penalties_for("73(5)")) == {"PEN-95-1-2"}
    assert penalties_for("68") == (), "the ban during the review carries no penalty"
    assert penalties_for("52(7)") == (), "silence on a recommendation is no offence"
    assert penalties_for(penalty("P94").violated[0]) == (penalty("P94"),)


def test_the_open_question_on_the_survey_is_shown_with_its_row() -> None:
    assert penalty("PEN-93").note == 16
    assert {r.id for r in RULES if r.confidence is not Confidence.HIGH} == {"PR-5"}
