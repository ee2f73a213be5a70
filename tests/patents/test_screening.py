"""Worked cases of screening: the derived tests of the facts, scenarios C5-01 to C5-04, and every kind of outcome."""

from datetime import date

import pytest

from kaname.regimes.patents.screening import REQUIREMENTS, Outcome, Screening, screen_one

DAY_2024, DAY_2025 = date(2024, 6, 4), date(2025, 2, 28)
CIVIL = dict.fromkeys(REQUIREMENTS, False)


def said(screening: Screening) -> str:
    return " ".join(r.en for r in screening.reasons)


def test_one_unlisted_symbol_of_a_listed_group_is_no_item_but_near() -> None:
    found = screen_one(["B63G 8/36"], DAY_2025)
    assert (found.items, found.fields, found.outcome) == ((), (), Outcome.NEAR)
    assert "B63G 8/36 lies below B63G 8/00 but is not named (exact reading unverified: note 2)" in said(found)


def test_unmanned_aircraft_with_a_weapon_is_item_15_without_the_requirement() -> None:
    found = screen_one(["B64C 39/02", "F41H 11/00"], DAY_2025)
    assert (found.items, found.fields, found.outcome, found.requirement_needed) == ((15,), (2,), Outcome.IN, False)
    assert found.reasons[0].en.startswith(
        "Order Art. 12(1) item 15 (field 2, version 2025-01-01): B64C 39/02, F41H 11/00"
    )
    assert found.reasons[0].ja.startswith("令12条1項15号（分野2、2025-01-01版）：B64C 39/02、F41H 11/00")


def test_overlap_takes_the_requirement_away() -> None:
    found = screen_one(["B63G 8/08", "F41F 3/10", "G01S 15/02"], DAY_2025, requirements=CIVIL)
    assert (found.items, found.fields) == ((12, 13, 29), (9, 12, 14))
    assert (found.outcome, found.requirement_needed) == (Outcome.IN, False)


def test_without_the_weapon_a_civil_company_is_out() -> None:
    found = screen_one(["B63G 8/08", "G01S 15/02"], DAY_2025, requirements=CIVIL)
    assert (found.items, found.outcome, found.requirement_needed) == ((12, 13), Outcome.OUT, True)
    assert "none of the additional requirements" in said(found)


@pytest.mark.parametrize(
    ("requirements", "outcome"),
    [(CIVIL, Outcome.OUT), ({"3": True}, Outcome.IN), ({"2": False}, Outcome.IN_IF_REQUIREMENT),
     ({}, Outcome.IN_IF_REQUIREMENT),
     ({"1": False, "2": False, "3": False, "4": None}, Outcome.IN_IF_REQUIREMENT)],
)  # fmt: skip
def test_submersible_hull_of_two_companies(requirements: dict[str, bool | None], outcome: Outcome) -> None:
    found = screen_one(["B63B 3/13"], date(2026, 4, 8), requirements=requirements)
    assert (found.items, found.fields, found.outcome, found.requirement_needed) == ((2,), (12,), outcome, True)


def test_item_13_splits_into_fields_8_and_12() -> None:
    armed = screen_one(["B63G 8/28"], DAY_2025, requirements=CIVIL)
    assert (armed.items, armed.fields, armed.outcome) == ((13,), (8,), Outcome.IN)
    hull = screen_one(["B63G 8/08"], DAY_2025, requirements=CIVIL)
    assert (hull.items, hull.fields, hull.outcome) == ((13,), (12,), Outcome.OUT)


def test_an_ordinary_application_is_out_and_says_nothing() -> None:
    found = screen_one(["B23Q 1/00"], date(2026, 1, 15))
    assert (found.outcome, found.items, found.reasons, found.troubles) == (Outcome.OUT, (), (), ())


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [({}, Outcome.ASK), ({"title": "同位体の分離"}, Outcome.ASK), ({"title": "ｳﾗﾝの分離"}, Outcome.IN),
     ({"abstract": "Separating URANIUM isotopes"}, Outcome.IN), ({"claims": "プルトニウムを"}, Outcome.IN),
     ({"title": "x", "abstract": "水素の同位体"}, Outcome.NEAR), ({"claims": "lithium"}, Outcome.NEAR),
     ({"abstract": " "}, Outcome.ASK)],
)  # fmt: skip
def test_limiting_words_in_both_languages(texts: dict[str, str], outcome: Outcome) -> None:
    found = screen_one(["B01D 59/20"], DAY_2025, **texts)
    assert found.outcome is outcome
    assert found.items == ((1,) if outcome in (Outcome.IN, Outcome.ASK) else ())


@pytest.mark.parametrize(
    "word", ["Quantum-dot", "quantum dots", "super-lattice", "superlattices", "量子ドット", "超格子"]
)
def test_words_of_the_light_receivers(word: str) -> None:
    found = screen_one(["H10F 39/12"], DAY_2025, abstract=f"a detector with {word}", requirements={"1": True})
    assert (found.items, found.fields, found.outcome) == ((47,), (17,), Outcome.IN)


def test_moved_symbols_are_near_with_their_counterpart() -> None:
    old = screen_one(["H01L 27/146"], DAY_2025)
    assert old.outcome is Outcome.NEAR
    assert "in this version H10F 39/10 … H10F 39/18 stands in its place" in said(old)
    assert "item 47 (field 17, version 2025-01-01): H01L 27/146 is a symbol of another IPC edition" in said(old)
    early = screen_one(["H10F 30/20"], DAY_2024)
    assert early.outcome is Outcome.NEAR
    assert "item 46 (field 17, version 2024-05-01): H10F 30/20" in said(early)
    assert screen_one(["H01L 27/146"], DAY_2024, title="量子ドット").items == (45,)
    assert screen_one(["H04K 3/00"], DAY_2024).items == (47,)
    assert screen_one(["H04K 3/00"], DAY_2025).items == (45,)


def test_subclass_introduced_later_exists() -> None:
    assert screen_one(["B64U 10/13", "F42B 12/02"], DAY_2025).items == (20,)


def test_neighbours_count_only_where_the_other_side_is_there() -> None:
    assert screen_one(["F41H 3/02", "B64C 1/00"], DAY_2025).outcome is Outcome.NEAR
    assert screen_one(["F41H 3/02"], DAY_2025).outcome is Outcome.OUT


def test_a_broader_symbol_is_near() -> None:
    found = screen_one(["F02K"], DAY_2025)
    assert found.outcome is Outcome.NEAR
    assert "F02K is a broader symbol that contains F02K 7/14" in said(found)


@pytest.mark.parametrize("symbol", ["Z99Z 1/00", "A01B 1/99", "B64C 99/99", "nonsense", "F24J 3/00"])
def test_what_cannot_be_used_leaves_the_answer_open(symbol: str) -> None:
    alone = screen_one([symbol], DAY_2025)
    assert (alone.outcome, alone.items, len(alone.troubles)) == (Outcome.INVALID, (), 1)
    with_another = screen_one([symbol, "A01B 1/02"], DAY_2025)
    assert with_another.outcome is Outcome.INVALID
    decided = screen_one([symbol, "F41G 7/22"], DAY_2025)
    assert (decided.outcome, decided.items, len(decided.troubles)) == (Outcome.IN, (32,), 1)


def test_a_symbol_unknown_to_the_list_under_a_listed_place_is_near_not_in() -> None:
    found = screen_one(["F41G 7/99"], DAY_2025)
    assert (found.outcome, found.items, found.troubles) == (Outcome.NEAR, (), ("F41G 7/99",))


def test_no_symbol_is_invalid_and_an_early_filing_out() -> None:
    assert screen_one([], DAY_2025).outcome is Outcome.INVALID
    early = screen_one(["F41G 7/22"], date(2024, 4, 30))
    assert (early.outcome, early.items, early.version) == (Outcome.OUT, (), None)
    assert "suppl. Art. 2" in said(early)


def test_fields_placed_by_subject_are_marked() -> None:
    assert "field 9, field unverified: note 1" in said(screen_one(["B63C 7/26", "F41F 3/10"], DAY_2025))


def test_every_reason_names_item_symbol_and_version() -> None:
    found = screen_one(["B63G 8/08", "F41F 3/10", "G01S 15/02", "F02K 7/10"], DAY_2025)
    for reason in found.reasons:
        assert "version 2025-01-01" in reason.en and "2025-01-01版" in reason.ja
        assert "item " in reason.en and "号" in reason.ja
        assert any(
            symbol in reason.en and symbol in reason.ja
            for symbol in ("B63G 8/08", "F41F 3/10", "G01S 15/02", "F02K 7/10")
        )


def test_an_unknown_requirement_is_refused() -> None:
    with pytest.raises(ValueError, match="no requirement is called 3a"):
        screen_one(["B63B 3/13"], DAY_2025, requirements={"3a": True})
