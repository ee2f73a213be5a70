"""Entries written down late, days corrected, values that no form has: each by a case of the invented kind."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from lab import CASE, LAB, OFFICE, sound, t
from small_kinds import PERMIT

from kaname.days import days_n, months
from kaname.procedure import Accepted, Entry, Refused, as_data, at, decide, duties, fold, may, next_change
from kaname.procedure.changes import changes
from kaname.procedure.declare import (
    COUNTED,
    Act,
    CaseKind,
    Clock,
    Consequence,
    Count,
    DayRule,
    Extend,
    Field,
    FieldType,
    Kind,
    Procedure,
    State,
    act_day,
    end_of,
    opens,
    stay,
)
from kaname.procedure.fold import Circle
from kaname.procedure.forms import read_value
from kaname.procedure.pending import pending


def day(text):
    return date.fromisoformat(text)


def ledger(*lines):
    return [Entry(act, day(on), *data, seq=i) for i, (act, on, *data) in enumerate(lines, 1)]


def kind_of(acts, states=None, start=None, clocks=(), consequences=()):
    of = Procedure("one", t("one"), LAB("1"), states or {"on": t("on")}, start, acts, clocks, consequences=consequences)
    return CaseKind("one.kind", "lab", t("one"), date(2024, 5, 1), (of,))


APPLIED = ("review.apply", "2025-06-02")


def test_a_correction_of_later_is_no_day_of_the_case():
    """An act of an earlier day that is written down after a correction stands on its own day."""
    lines = ledger(APPLIED, ("correct", "2025-07-10", {"entry": 1, "data": {"old": "2025-05-01"}}))
    standing = fold(CASE, lines)
    assert (standing.as_of, standing.seq) == (day("2025-06-02"), 2)
    for upon in (standing, at(CASE, standing, day("2025-07-10"))):
        answer = decide(upon, Entry("review.recommend", day("2025-06-15")), ledger=lines)
        assert isinstance(answer, Accepted) and answer.standing.state("review") == "recommended"


def test_a_day_corrected_to_a_later_one_is_not_lost():
    """Corrected on the morrow to a day still to come: the act is there, and what follows is judged upon it."""
    lines = ledger(APPLIED, ("correct", "2025-06-03", {"entry": 1, "on": "2025-06-10"}))
    standing = fold(CASE, lines)
    assert (standing.state("review"), standing.as_of) == ("filed", day("2025-06-10"))
    assert isinstance(decide(standing, Entry("review.recommend", day("2025-06-12")), ledger=lines), Accepted)


def test_a_late_act_is_judged_upon_earlier_acts_as_corrected():
    """The recommendation was written with a wrong day, corrected to the 10th: a reply of the 12th answers it."""
    lines = ledger(
        APPLIED, ("review.recommend", "2025-06-20"), ("correct", "2025-06-21", {"entry": 2, "on": "2025-06-10"}),
        ("review.warn", "2025-06-22"),
    )  # fmt: skip
    answer = decide(fold(CASE, lines), Entry("review.reply", day("2025-06-12")), ledger=lines)
    assert isinstance(answer, Accepted) and answer.standing.state("review") == "cleared"


def test_many_receipts_far_apart_are_no_circle():
    days = [day("2025-06-04") + timedelta(n) for n in range(1100)]
    warned = [("review.warn", "2025-06-03", {"received_on": str(d)}) for d in days]
    standing = fold(CASE, ledger(APPLIED, *warned), day("2029-01-01"))
    assert standing.done[("review.warn@receipt", "")] == (days[-1], 1100)


def test_clocks_that_start_each_other_for_ever_are_a_circle():
    old = DayRule("old", t("old"), lambda _: date(2020, 1, 1))
    again = Clock("again", t("again"), Kind.TERM, LAB("1"), (Count(days_n(1), old),))
    begin = Act("begin", t("begin"), OFFICE, LAB("1"), opens("on"), starts=("again",))
    ring = Consequence("ring", t("ring"), LAB("1"), (end_of("again"),), stay("on"), starts=("again",))
    with pytest.raises(Circle, match="2025-06-02"):
        fold(kind_of((begin,), clocks=(again,), consequences=(ring,)), ledger(("one.begin", "2025-06-02")))


@pytest.mark.parametrize("data", [
    {"received_on": "soon"}, {"received_on": 5}, {"received_on": ["2025-06-10"]}, {"context": "x"},
    {"context": {"designation": "x"}},
])  # fmt: skip
def test_what_no_form_has_is_refused_and_never_an_exception(data):
    name, others = next(iter(data)), {"designation": fold(CASE, ledger(APPLIED))}
    for act in ("review.tell", "review.claim"):
        entry = Entry(act, day("2025-06-10"), data, seq=2)
        answer = decide(fold(CASE, ledger(APPLIED)), entry)
        assert isinstance(answer, Refused) and name in [r.field for r in answer.reasons]
        assert isinstance(decide(fold(CASE, ledger(APPLIED)), entry, others), Refused)
        assert fold(CASE, [*ledger(APPLIED), entry], judge=True).state("review") == "filed"


SHARE, AT = Field("share", t("share"), FieldType.PERCENT), Field("at", t("at"), FieldType.INSTANT)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "1_000", "１０", "1e999999", " 5", "", ".", float("nan")])
def test_a_percentage_is_a_plain_decimal(value):
    with pytest.raises(ValueError, match=r"^$"):
        read_value(SHARE, value)


@pytest.mark.parametrize("value", ["10.95", "-3", "0", 7, 2.5])
def test_a_percentage_is_read_exactly(value):
    assert read_value(SHARE, value) == Decimal(str(value))


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59-09:00", "2026-11-24T09:30:00"])
def test_an_instant_lies_in_the_calendar_and_has_an_offset(value):
    with pytest.raises(ValueError, match=r"^$|offset|calendar"):
        read_value(AT, value)


def test_one_condition_of_two_that_is_unmet_does_not_block():
    def never(view):
        return False

    unmet = type(sound)("never", t("never"), t("never so"), LAB("3"), never)
    act = Act("choose", t("choose"), OFFICE, LAB("3"), opens("on"), conditions=(sound | unmet,))
    (found,) = may(fold(kind_of((act,)), ()))
    assert found.ready and [r.field for r in found.needs] == ["sound"]
    act = Act("choose", t("choose"), OFFICE, LAB("3"), opens("on"), conditions=(sound & unmet,))
    (found,) = may(fold(kind_of((act,)), ()))
    assert not found.ready and [r.field for r in found.why] == ["never"]


def test_what_an_annulment_takes_away_is_told():
    before = fold(CASE, ledger(APPLIED))
    after = fold(CASE, ledger(APPLIED, ("annul", "2025-06-02", {"entry": 1})), before.as_of)
    assert ("state", "review", "is gone") in {(c.sort, c.key, c.becomes.en) for c in changes(before, after)}


def test_a_turn_from_the_start_counts_from_the_cases_first_day():
    """A state that a case has from its first day on began on that day, not at the beginning of the calendar."""
    act = Act("begin", t("begin"), OFFICE, LAB("3"), stay("waits"))
    kind = kind_of((act,), {"waits": State(t("waits"), waits_for=OFFICE)}, start="waits")
    (turn,) = pending(fold(kind, ledger(("one.begin", "2025-06-02")), day("2025-06-30")))
    assert (turn.sort, turn.name, turn.day) == ("turn", "one.waits", day("2025-06-02"))


@pytest.mark.parametrize(
    ("on", "asked"), [("2025-06-30", False), ("2025-07-01", True), ("2025-12-31", True), ("2026-01-01", False)]
)
def test_a_field_is_asked_for_on_its_own_days(on, asked):
    """Asked for from 1 July to 31 December 2025: before and after it is not required, and told where it is given."""
    new = Field("new", t("new"), FieldType.TEXT, LAB("1"), required=True,
                since=date(2025, 7, 1), until=date(2025, 12, 31))  # fmt: skip
    kind = kind_of((Act("begin", t("begin"), OFFICE, LAB("1"), opens("on"), fields=(new,)),))
    empty, filled = (decide(fold(kind, ()), Entry("one.begin", day(on), data)) for data in ({}, {"new": "x"}))
    (possible,) = may(fold(kind, ()), day(on))
    if not asked:
        assert isinstance(empty, Accepted) and possible.needs == ()
        assert isinstance(filled, Accepted) and [(r.field, r.code) for r in filled.warnings] == [("new", "field")]
    else:
        assert isinstance(filled, Accepted) and not filled.warnings and isinstance(empty, Refused)
        assert [r.field for r in empty.reasons] == [r.field for r in possible.needs] == ["new"]


def test_of_two_readings_a_list_refreshes_after_either():
    """Ten days from 8 June: the 17th, by the other reading the 18th. Overdue by the one, lost after the other."""
    lines = [Entry("permit.apply", day("2026-06-01"), {"name": "a", "size": "small"}),
             Entry("permit.recommend", day("2026-06-08"), {"sound": True, "received_on": "2026-06-08"})]  # fmt: skip
    standing = fold(PERMIT, lines)
    (reply,) = (r for r in standing.clocks.values() if r.clock.id == "reply")
    assert (reply.last_day, reply.later) == (day("2026-06-17"), day("2026-06-18"))
    assert next_change(standing) == day("2026-06-18")
    then = at(PERMIT, standing, day("2026-06-18"))
    assert [d.status for d in duties(then) if d.of.duty.id == "answer"] == ["overdue"]
    assert (then.state("permit"), next_change(then)) == ("recommended", day("2026-06-19"))
    assert at(PERMIT, then, day("2026-06-19")).state("permit") == "silent"


def test_a_working_cites_the_numbers_of_its_day():
    """Art. 3(3) became 3(4) on 1 April 2026: from then on 3(4) is told, also of the end as first counted."""
    basis = (LAB("3(3)")[0].since(date(2026, 4, 1), "3(4)"),)
    wait = Clock("wait", t("wait"), Kind.STANDSTILL, basis, (Count(days_n(30), act_day, COUNTED),))
    begin = Act("begin", t("begin"), OFFICE, basis, opens("on"), starts=("wait",))
    extend = Act("extend", t("extend"), OFFICE, basis, stay("on"), extends=(Extend("wait", months(4), basis),),
                 fields=(Field("ends_on", t("ends"), FieldType.DAY),))  # fmt: skip
    lines = ledger(("one.begin", "2026-03-20"), ("one.extend", "2026-03-30", {"ends_on": "2026-06-01"}))
    kind = kind_of((begin, extend), clocks=(wait,))
    for on, cited in (("2026-03-31", "3(3)"), ("2026-04-01", "3(4)")):
        (clock,) = as_data(fold(kind, lines, day(on)), "en")["clocks"]
        told = " ".join(clock["working"])
        assert "2026-06-01" in told and clock["basis"] == [f"Lab Act Art. {cited}"]
        assert {found for found in ("3(3)", "3(4)") if f"Lab Act Art. {found}" in told} == {cited}


@pytest.mark.parametrize(("at", "fits"), [
    ("2025-06-09T15:00:00+00:00", True), ("2025-06-10T23:59:59+09:00", True),
    ("2025-06-10T15:00:00+00:00", False), ("2025-06-09T14:59:59+00:00", False),
])  # fmt: skip
def test_what_is_filed_at_night_is_filed_on_the_day_in_japan(at, fits):
    lines, instant = ledger(APPLIED), datetime.fromisoformat(at)
    for act, data in (("review.tell", {}), ("correct", {"entry": 1, "data": {"old": "2025-05-01"}})):
        answer = decide(fold(CASE, lines), Entry(act, day("2025-06-10"), data, at=instant), ledger=lines)
        assert isinstance(answer, Accepted) is fits
        assert fits or [(r.field, r.code) for r in answer.reasons] == [("at", "field")]
