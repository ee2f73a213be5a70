"""What changed: nothing between a day and itself, the same with both sides exchanged on the way back, as by hand."""

from datetime import date

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from access.folk import key, person, recorded
from kaname.law import GROUPS
from kaname.ledger import reading
from kaname.ledger.kinds import kinds
from kaname.ledger.perform import open_case, perform
from kaname.registers.compare import Subject, compare, page_of
from kaname.registers.compare.deadlines import moving
from kaname.registers.picture import BeforeTheAct, picture
from patents.case_files import CASES
from walks import read_ledger

TODAY = date(2027, 12, 1)
DAYS = st.dates(date(2022, 5, 18), date(2027, 12, 31))


@pytest.fixture
def on_the_day(act_office, monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: TODAY)
    return act_office


def filed(name: str, **opening: str) -> str:
    first, *rest = [e for e in read_ledger(CASES / f"{name}.jsonl") if e.on <= TODAY]
    case = recorded(open_case("patents.application", first, idempotency_key=key(), **opening)).case
    for entry in rest:
        recorded(perform(case, entry, idempotency_key=key(), happened=True))
    return case


@given(DAYS)
def test_nothing_differs_from_itself(day: date) -> None:
    found = compare(day, day, today=TODAY)
    assert found.changes == () and found.more == 0 and page_of(found).blocks == ()


@given(DAYS, DAYS)
def test_the_way_back_exchanges_the_sides(one: date, other: date) -> None:
    there, back = compare(one, other, today=TODAY), compare(other, one, today=TODAY)
    assert {c.id: (c.subject, c.before, c.after) for c in there} == {c.id: (c.subject, c.after, c.before) for c in back}
    assert all(c.before != c.after for c in there)
    assert len({(c.subject, c.id) for c in there}) == len(there.changes)


@given(DAYS, DAYS)
def test_figures_are_compared_by_their_ids(one: date, other: date) -> None:
    values = [{f.id: f.value for f in picture(day, today=TODAY).figures()} for day in (one, other)]
    differ = {id for v in values for id in v if values[0].get(id) != values[1].get(id)}
    found = compare(one, other, today=TODAY)
    told = {c.id for c in (*found.of(Subject.FIGURES), *found.of(Subject.MONEY))}
    assert differ <= told and {c.id for c in found.of(Subject.FIGURES)} <= differ


def test_the_law_that_came_between_is_told_with_its_provision() -> None:
    found = compare(date(2025, 3, 31), date(2025, 4, 1), today=TODAY)
    by_id = {c.id: c for c in found}
    assert by_id["infrastructure.port"].after == date(2025, 4, 1)
    kind = by_id["infrastructure.operator"]
    assert kind.subject is Subject.LAW and kind.before < kind.after == date(2025, 4, 1)
    option = next(c for c in found.of(Subject.LAW) if "general_port_transport" in c.id)
    assert option.why.en == "Art. 50(1)(viii)" and option.after.en == "applies"
    whole = compare(date(2022, 5, 18), date(2026, 11, 26), today=TODAY)
    assert {f"act.{g.id}" for g in GROUPS} <= {c.id for c in whole}


def test_a_day_before_the_act_is_refused() -> None:
    with pytest.raises(BeforeTheAct):
        compare(date(2022, 5, 17), date(2024, 6, 4), today=TODAY)


def test_what_moves_a_period_is_asked_of_the_kinds_of_the_office(on_the_day) -> None:
    with override_settings(KANAME_KINDS="ledger_kinds.KINDS"):
        kinds.cache_clear()
        of_others = moving()
    kinds.cache_clear()
    assert "designation.extend" in moving() and "designation.extend" not in of_others


def test_a_period_that_an_act_moved_is_found_and_only_for_who_may_know(on_the_day) -> None:
    case, _ = filed("c5_05_full_life"), filed("c5_01_plain")
    minister = person("Minister", "jpo")
    stranger = person("Stranger")
    days = date(2027, 6, 9), date(2027, 6, 12)
    (moved,) = compare(*days, minister).of(Subject.DATES)
    before, after = (reading.standing(case, day).clocks["designation.term"].last_day for day in days)
    assert (moved.before, moved.after) == (before, after) and before < after and moved.why.en == "extended"
    assert moved.id == f"{case}.designation.term" and moved.records == f"/cases/{case}/"
    (back,) = compare(*reversed(days), minister).of(Subject.DATES)
    assert back == moved.reversed()
    assert compare(*days, stranger).of(Subject.DATES) == ()
    assert compare(date(2027, 6, 12), date(2027, 11, 1), minister).of(Subject.DATES) == ()
