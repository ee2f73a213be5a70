"""Periods: lengths, moves by kind, and the limits of what is known."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from kaname.days import (
    Contract,
    DayError,
    FirstDay,
    Length,
    Move,
    closed_name,
    days_n,
    end,
    hours_end,
    is_closed,
    is_national_holiday,
    jst_date,
    last_day_before,
    months,
    next_open_day,
    parse_instant,
    period,
    previous_open_day,
    weeks,
    years,
)
from kaname.law import Lang

EXCLUDED, COUNTED = FirstDay.EXCLUDED, FirstDay.COUNTED


@pytest.mark.parametrize(
    ("length", "ja", "en"),
    [
        (months(3), "3月", "3 months"),
        (days_n(14), "14日", "14 days"),
        (weeks(2), "2週間", "2 weeks"),
        (Length(years=1, months=6), "1年6月", "1 year 6 months"),
        (Length(1, 1, 1, 1), "1年1月1週間1日", "1 year 1 month 1 week 1 day"),
    ],
)
def test_lengths_print(length: Length, ja: str, en: str) -> None:
    assert (length.text.ja, length.text.en) == (ja, en)


@pytest.mark.parametrize("parts", [{}, {"days": 0}, {"days": -1}, {"months": 1, "days": -1}, {"days": 1.5}], ids=str)
def test_a_length_below_one_day_is_refused(parts: dict[str, int]) -> None:
    with pytest.raises(DayError, match="at least one above 0"):
        Length(**parts)


def test_composite_lengths_add_months_once_and_days_after_them() -> None:
    # One year first would end on 28 February, and six months from 1 March on 31 August.
    assert end(date(2024, 2, 29), Length(years=1, months=6), COUNTED, Move.NONE).last_day == date(2025, 8, 28)
    assert end(date(2024, 1, 30), Length(months=1, days=10), EXCLUDED, Move.NONE).last_day == date(2024, 3, 10)
    assert end(date(2024, 2, 29), Length(years=1, months=12), COUNTED, Move.NONE) == end(
        date(2024, 2, 29), years(2), COUNTED, Move.NONE
    )


@pytest.mark.parametrize(
    ("move", "last"),
    [
        (Move.AGENCY, "2027-01-04"),
        (Move.PATENT, "2027-01-04"),
        (Move.COURT, "2027-01-04"),
        (Move.CIVIL, "2026-12-31"),
        (Move.CONTRACT, "2026-12-31"),
        (Contract(saturdays=True), "2026-12-31"),
        (Contract(year_end=True), "2027-01-04"),
        (Move.NONE, "2026-12-31"),
    ],
    ids=str,
)
def test_the_kind_of_period_decides_the_move_over_new_year(move: Move | Contract, last: str) -> None:
    assert str(end(date(2026, 12, 17), days_n(14), EXCLUDED, move).last_day) == last
    assert str(period(date(2026, 12, 17), days_n(14), EXCLUDED, move).last_day) == last


def test_a_contract_may_close_saturdays() -> None:
    saturday = date(2026, 11, 21)
    assert not is_closed(saturday, Move.CIVIL)
    assert next_open_day(saturday, Contract(saturdays=True)) == date(2026, 11, 24)  # past a Sunday and 23 November


def test_open_days_on_both_sides_of_new_year() -> None:
    assert next_open_day(date(2025, 12, 27)) == date(2026, 1, 5)
    assert previous_open_day(date(2026, 1, 4)) == date(2025, 12, 26)
    assert next_open_day(date(2026, 1, 5)) == previous_open_day(date(2026, 1, 5)) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("day", "lang", "name"),
    [
        (date(2026, 5, 3), "ja", "憲法記念日"),
        (date(2026, 5, 3), "en", "Constitution Day"),
        (date(2026, 5, 6), "en", "a substitute holiday"),
        (date(2026, 12, 30), "en", "the year-end closure"),
        (date(2026, 11, 21), "en", "a Saturday"),
        (date(2026, 11, 22), "ja", "日曜日"),
    ],
)
def test_closed_days_are_named(day: date, lang: Lang, name: str) -> None:
    assert closed_name(day)[lang] == name


def test_outside_the_known_holidays_only_an_unmoved_period_is_counted() -> None:
    for start in (date(1930, 1, 1), date(2150, 1, 1)):
        assert end(start, months(1), COUNTED, Move.NONE).last_day.month == 1
        assert period(start, months(1), COUNTED, Move.NONE).last_day.day == 31
        for move in (Move.AGENCY, Move.CIVIL, Contract()):
            with pytest.raises(DayError, match="1948-07-20 to 2099-12-31"):
                end(start, months(1), COUNTED, move)
        with pytest.raises(DayError):
            is_national_holiday(start)
    assert end(date(2099, 12, 1), days_n(31), COUNTED, Move.AGENCY).last_day == date(2100, 1, 4)


def test_the_calendar_has_an_end() -> None:
    for length in (days_n(40), months(2), years(9000)):
        with pytest.raises(DayError, match="years 1 to 9999"):
            end(date(9999, 12, 1), length, EXCLUDED, Move.NONE)
    with pytest.raises(DayError, match="years 1 to 9999"):
        period(date(9999, 12, 1), days_n(31), COUNTED, Move.NONE)  # no day follows the last one
    with pytest.raises(DayError, match="years 1 to 9999"):
        last_day_before(date(1, 1, 10), weeks(2))


def test_the_legal_day_is_the_day_in_japan() -> None:
    assert jst_date(datetime(1950, 7, 1, 15, 0, tzinfo=UTC)) == date(1950, 7, 2)  # no summer time, even then
    assert parse_instant("2024-05-17T00:00:00+09:00") == datetime(2024, 5, 16, 15, tzinfo=UTC)
    assert hours_end(datetime(2024, 5, 16, 15, tzinfo=UTC), 24).isoformat() == "2024-05-18T00:00:00+09:00"


@pytest.mark.parametrize("text", ["2024-05-17T00:00:00", "2024-05-17", "tomorrow", ""])
def test_an_instant_needs_its_offset(text: str) -> None:
    with pytest.raises(DayError, match=r"\+09:00"):
        parse_instant(text)


def test_hours_must_be_more_than_none_and_stay_in_the_calendar() -> None:
    now = datetime(2024, 5, 16, 15, tzinfo=UTC)
    for hours in (0, -1, 10**9):
        with pytest.raises(DayError):
            hours_end(now, hours)


def test_importing_days_loads_neither_numpy_nor_holidays() -> None:
    code = "import sys, kaname.days; print(sorted({'numpy', 'holidays'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
