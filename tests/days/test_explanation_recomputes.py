"""The working of a period leads to its result again, and reads as a lawyer would write it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.days import (
    Contract,
    DayError,
    FirstDay,
    Length,
    Move,
    Moving,
    Reading,
    days_n,
    end,
    is_closed,
    last_day_before,
    months,
    period,
    recompute,
    weeks,
)
from kaname.law import T, cited

lengths = st.builds(Length, st.integers(0, 3), st.integers(0, 14), st.integers(0, 3), st.integers(1, 200))
days = st.dates(date(1955, 1, 1), date(2090, 12, 31))
moves: st.SearchStrategy[Moving] = st.sampled_from([*Move, Contract(saturdays=True)])


@settings(max_examples=200, deadline=None)
@given(days, lengths, st.sampled_from(FirstDay), moves)
def test_steps_lead_to_the_last_day(start: date, length: Length, first_day: FirstDay, move: Moving) -> None:
    result = period(start, length, first_day, move)
    assert recompute(result.steps) == result.last_day == end(start, length, first_day, move).last_day
    assert [step.op for step in result.steps].count("set") == 1
    assert all(recompute(result.steps[: n + 1]) == step.day for n, step in enumerate(result.steps))
    assert all(step.text.ja and step.text.en and str(step.day) in step.text.ja for step in result.steps)
    assert not is_closed(result.last_day, move)


@settings(max_examples=100, deadline=None)
@given(days, lengths, st.sampled_from(Reading))
def test_backward_steps_lead_to_both_days(event: date, length: Length, reading: Reading) -> None:
    result = last_day_before(event, length, reading)
    assert recompute(result.steps) == result.last_day == getattr(result, reading)
    assert recompute(result.target_steps) == result.internal_target <= result.clear_days < result.date_minus_n
    assert not is_closed(result.internal_target, Move.AGENCY)


def test_a_changed_step_does_not_go_unnoticed() -> None:
    result = period(date(2025, 4, 25), days_n(10), FirstDay.COUNTED, Move.AGENCY)
    fewer, more = ([replace(s, arg=n) if s.op == "days" else s for s in result.steps] for n in (9, 11))
    assert recompute(fewer) == date(2025, 5, 6) != result.last_day
    with pytest.raises(DayError, match="pass_closed"):
        recompute(more)  # an open day cannot be passed over


@pytest.mark.parametrize("steps", [[], ["second"], ["set twice"], ["unknown"]], ids=str)
def test_steps_that_cannot_be_carried_out_are_refused(steps: list[str]) -> None:
    first, second, *_ = period(date(2025, 4, 25), days_n(10), FirstDay.COUNTED, Move.AGENCY).steps
    kinds = {"second": [second], "set twice": [first, first], "unknown": [first, replace(second, op="guess")]}
    with pytest.raises(DayError):
        recompute(kinds[steps[0]] if steps else [])


def test_working_of_an_answer_to_a_recommendation() -> None:
    received = T("通知を受けた日", "the day the notice was received")
    result = period(date(2025, 4, 25), days_n(10), FirstDay.COUNTED, Move.AGENCY, received)
    assert [step.text.ja for step in result.steps] == [
        "起点 2025-04-25（通知を受けた日）",
        "初日算入: 第1日は 2025-04-25",
        "10日の末日は 2025-05-04",
        "2025-05-04 はみどりの日のため翌日 2025-05-05 へ",
        "2025-05-05 はこどもの日のため翌日 2025-05-06 へ",
        "2025-05-06 は振替休日のため翌日 2025-05-07 へ",
        "末日 2025-05-07、翌日は 2025-05-08",
    ]
    assert [step.text.en for step in result.steps] == [
        "starts from 2025-04-25 (the day the notice was received)",
        "first day counted: day 1 is 2025-04-25",
        "10 days end on 2025-05-04",
        "2025-05-04 is Greenery Day; on to 2025-05-05",
        "2025-05-05 is Children's Day; on to 2025-05-06",
        "2025-05-06 is a substitute holiday; on to 2025-05-07",
        "last day 2025-05-07; the day after is 2025-05-08",
    ]
    assert [cited(step.basis, "ja") for step in result.steps[1:4]] == [
        "民法138条、民法140条ただし書",
        "民法141条",
        "行政機関休日法2条",
    ]


def test_working_of_months_names_the_corresponding_day_or_its_absence() -> None:
    plain = period(date(2024, 5, 1), months(10), FirstDay.EXCLUDED, Move.NONE).steps
    assert plain[2].text.en == "the corresponding day is 2025-03-02; 10 months end the day before, on 2025-03-01"
    assert plain[3].text.ja == "2025-03-01 は土曜日だが、この期間は動かない"
    absent = period(date(2026, 1, 30), months(1), FirstDay.EXCLUDED, Move.PATENT).steps
    assert absent[2].text.en == "that month has no corresponding day; 1 month ends on its last day, 2026-02-28"
    assert cited(absent[2].basis, "en") == "Patent Act Art. 3(1)"
    assert cited(period(date(2026, 1, 30), months(1), FirstDay.EXCLUDED, Move.NONE).steps[2].basis, "ja") == (
        "民法143条2項ただし書"
    )


def test_a_forecast_equinox_in_the_move_makes_the_period_provisional() -> None:
    result = period(date(2028, 3, 6), days_n(14), FirstDay.EXCLUDED, Move.AGENCY)
    assert (result.unmoved_last_day, result.last_day) == (date(2028, 3, 20), date(2028, 3, 21))
    assert result.provisional
    assert result.steps[3].text.ja == "2028-03-20 は春分の日（予測）のため翌日 2028-03-21 へ"
    assert not period(date(2027, 3, 7), days_n(14), FirstDay.EXCLUDED, Move.AGENCY).provisional  # gazetted
    assert not period(date(2028, 3, 6), days_n(14), FirstDay.EXCLUDED, Move.NONE).provisional  # nothing moved


def test_counting_back_shows_both_readings_and_an_open_target() -> None:
    result = last_day_before(date(2026, 5, 20), weeks(2), Reading.DATE_MINUS_N)
    assert (result.last_day, result.clear_days) == (date(2026, 5, 6), date(2026, 5, 5))
    assert result.internal_target == date(2026, 5, 1)
    assert result.steps[-1].text.ja == "2026-05-06 は振替休日だが、遡る期間の末日は動かない"
    assert cited(result.unsettled, "en") == "law silent (question 101): how a period is counted backwards"
    assert last_day_before(date(2026, 3, 31), months(1)).date_minus_n == date(2026, 2, 28)
