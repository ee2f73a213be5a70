"""The index of articles has every article once, with its subject, chapter and days."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kaname.law import (
    AMENDMENTS,
    ARTICLES,
    CHAPTERS,
    GROUPS,
    PENALTIES,
    PROMULGATED,
    Article,
    Confidence,
    amendments,
    article,
    in_force,
    parse,
    versions,
)
from kaname.law.commencement import commences
from kaname.law.laws import ESPA, PATENT_ACT

Facts = Callable[[str], dict[str, Any]]
MAIN = [a for a in ARTICLES if not a.provision.suppl]
SUPPLEMENTARY = [a for a in ARTICLES if a.provision.suppl]
NOTES = Path(__file__).parents[2] / "docs" / "law"


def test_the_index_runs_from_1_to_99_without_a_gap() -> None:
    assert [a.number for a in MAIN] == [str(n) for n in range(1, 100)]


def test_the_supplementary_articles_follow() -> None:
    assert [a.number for a in SUPPLEMENTARY] == ["suppl. 1", "suppl. 2", "suppl. 3", "suppl. 4"]
    assert all(a.chapter is None and a.section is None for a in SUPPLEMENTARY)


def test_chapters_and_sections_follow_each_other_without_a_gap() -> None:
    def chain(parts: Any, first: int, last: int) -> bool:
        ends = [first - 1, *(p.last for p in parts)]
        return [p.first for p in parts] == [e + 1 for e in ends[:-1]] and ends[-1] == last

    assert [c.number for c in CHAPTERS] == [1, 2, 3, 4, 5, 6, 7]
    assert chain(CHAPTERS, 1, 99)
    assert chain(CHAPTERS[1].sections, 6, 48)


@pytest.mark.parametrize(
    ("place", "chapter", "section"),
    [("5", 1, None), ("6", 2, 1), ("30", 2, 5), ("48", 2, 9), ("49", 3, None), ("64", 4, None), ("85", 5, None),
     ("86", 6, None), ("92", 7, None)],
)  # fmt: skip
def test_an_article_knows_its_chapter_and_section(place: str, chapter: int, section: int | None) -> None:
    found = article(place)
    assert found.chapter and found.chapter.number == chapter
    assert (found.section.number if found.section else None) == section


@pytest.mark.parametrize("one", ARTICLES, ids=lambda a: a.number)
def test_every_article_has_a_subject_in_both_languages(one: Article) -> None:
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", one.subject.ja)
    assert re.search(r"[A-Za-z]{4}", one.subject.en)
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", one.subject.en)


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [("ch2_supply", "article", "caption_ja"), ("ch5_patents", "article", "subject_ja")],
)
def test_subjects_are_those_of_the_facts(name: str, number: str, title: str, facts: Facts) -> None:
    told = {
        str(f[number]): f[title]
        for f in facts(name)["articles"]
        # Chapters 6 and 7 belong to no regime; each fact file words them from its own side.
        if str(f[number]).isdigit() and int(f[number]) < 86
    }
    assert len(told) > 20
    assert {n: article(n).subject.ja for n in told} == told


def test_every_article_the_facts_speak_of_is_in_the_index(facts: Facts) -> None:
    files = {"ch1_6_7_general": "article", "ch3_infrastructure": "number", "ch4_technology": "article"}
    for name, number in files.items():
        for fact in facts(name)["articles"]:
            first = re.match(r"(附則)?(\d+)", fact[number])
            assert first
            assert article(f"{'suppl. ' if first[1] else ''}{first[2]}"), fact[number]


def test_what_rests_on_less_than_the_text_says_so_and_names_a_note_that_exists() -> None:
    doubtful = {a.number: (a.confidence, a.note) for a in ARTICLES if a.confidence is not Confidence.HIGH}
    assert doubtful == {
        "52": (Confidence.MEDIUM, 14),
        "53": (Confidence.MEDIUM, 14),
        "suppl. 3": (Confidence.LOW, 17),
        "suppl. 4": (Confidence.MEDIUM, 14),
    }
    noted = [a.note for a in ARTICLES] + [a.note for a in AMENDMENTS] + [p.note for p in PENALTIES]
    numbers = {note for note in noted if note}
    assert numbers == {14, 15, 16, 17}
    assert all(len(list(NOTES.glob(f"{n:04}-*.md"))) == 1 for n in numbers)


def test_an_article_is_found_by_any_place_in_it() -> None:
    assert article("66(4) row 2") is article("66") is article(parse(ESPA, "66(11)"))
    assert article("suppl. 2").subject.en == "Pending patent applications"


@pytest.mark.parametrize("wrong", ["100", "0", "suppl. 9", "12-16"])
def test_an_article_the_act_lacks_is_refused(wrong: str) -> None:
    with pytest.raises(LookupError, match="expected an article of the Act, 1 to 99"):
        article(wrong)


def test_an_article_of_another_law_is_refused() -> None:
    with pytest.raises(LookupError, match="Patent Act"):
        article(*PATENT_ACT("66"))
    with pytest.raises(ValueError, match="not a provision of the Act"):
        in_force(parse(PATENT_ACT, "66"), PROMULGATED)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("1", "2022-08-01"), ("5", "2022-08-01"), ("48", "2022-08-01"), ("49", "2023-04-01"), ("50(3)", "2023-11-01"),
        ("52(3)", "2023-11-17"), ("57", "2023-11-17"), ("58", "2023-11-01"), ("60", "2022-08-01"),
        ("65", "2023-04-01"), ("66(1)", "2024-05-01"), ("85", "2024-05-01"), ("86", "2022-08-01"),
        ("88", "2023-11-17"), ("92", "2023-11-17"), ("92(1)", "2023-11-17"), ("92(1)(v)", "2023-11-17"),
        ("92(1)(vii)", "2024-05-01"), ("92(2)", "2024-05-01"), ("93", "2022-08-01"), ("94", "2024-05-01"),
        ("95", "2022-08-01"), ("95(1)(i)", "2022-08-01"), ("95(1)(ii)", "2024-05-01"), ("96(i)", "2022-08-01"),
        ("96(vi)", "2023-11-01"), ("96(vii)", "2023-11-17"), ("99", "2022-08-01"),
    ],
)  # fmt: skip
def test_a_place_is_in_force_from_its_own_day(place: str, day: str) -> None:
    start = date.fromisoformat(day)
    assert commences(place) == start
    assert in_force(place, start) is True
    assert in_force(place, start - timedelta(days=1)) is False


@pytest.mark.parametrize("one", MAIN, ids=lambda a: a.number)
def test_every_main_article_belongs_to_exactly_one_group_as_a_whole(one: Article) -> None:
    assert sum(one.provision in g.places for g in GROUPS) == 1
    assert one.in_force_from and one.in_force(one.in_force_from)
    assert one.commencements[0] == (one.provision, one.in_force_from)


def test_the_day_of_the_supplementary_provisions_is_not_recorded_and_not_guessed() -> None:
    assert [(a.in_force_from, a.in_force(date(2026, 6, 1))) for a in SUPPLEMENTARY] == [(None, None)] * 4


def test_groups_keep_within_their_limit_counted_from_promulgation() -> None:
    for group in GROUPS:
        years, month = divmod(PROMULGATED.month - 1 + group.limit_months, 12)
        same_day = date(PROMULGATED.year + years, month + 1, PROMULGATED.day)
        assert group.limit == same_day - timedelta(days=1), group.id
        assert group.in_force <= group.limit, group.id


def test_groups_are_those_of_the_facts(facts: Facts) -> None:
    told = facts("ch1_6_7_general")["commencement"]
    assert [(g.in_force.isoformat(), g.limit.isoformat(), g.confidence.value) for g in GROUPS] == [
        (f["in_force"], f["limit"].split(", ")[1], f["confidence"]) for f in told
    ]


def test_amendments_are_those_of_the_facts(facts: Facts) -> None:
    told = facts("ch1_6_7_general")["amendments"]
    assert [(a.in_force and a.in_force.isoformat(), a.confidence.value) for a in AMENDMENTS] == [
        (f["in_force"], f["confidence"]) for f in told
    ]
    for amendment, fact in zip(AMENDMENTS, told, strict=True):
        assert fact["by"].startswith(amendment.by.en.split(" (")[0])
        assert (amendment.note == 14) is (fact["source"] == "a38")


def test_an_article_knows_the_amendments_that_touched_it() -> None:
    assert [a.in_force for a in article("30").amendments] == [date(2026, 4, 1)]
    assert [a.in_force for a in amendments("48(2)")] == [date(2026, 4, 1)]
    assert amendments("48(1)") == ()
    assert [a.in_force for a in article("95").amendments] == [date(2025, 6, 1)]
    assert article("50").amendments[-1].in_force is None
    assert article("66").amendments == ()


def test_the_text_has_twelve_versions() -> None:
    assert [d.isoformat() for d in versions()] == [
        "2022-08-01", "2022-11-14", "2023-04-01", "2023-11-01", "2023-11-17", "2024-05-01",
        "2025-04-01", "2025-06-01", "2026-04-01", "2026-06-01", "2026-07-17", "2026-09-18",
    ]  # fmt: skip
