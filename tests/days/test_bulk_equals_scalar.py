"""Counting over arrays gives what the scalar function gives, on every day."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.days import Contract, DayError, FirstDay, Length, Move, Moving, bulk, end, months, weeks, years

MOVES: list[Moving] = [*Move, Contract(saturdays=True), Contract(year_end=True), Contract(True, True)]
LENGTHS = [Length(days=1), Length(days=10), weeks(2), months(1), months(3), months(10), years(1)]
COMPOSITE = [Length(1, 6), Length(0, 1, 0, 10), Length(2, 3, 1, 5)]

lengths = st.builds(Length, st.integers(0, 3), st.integers(0, 14), st.integers(0, 3), st.integers(1, 200))
days = st.dates(date(1955, 1, 1), date(2094, 12, 31))


def rows(starts: list[date], length: Length, first_day: FirstDay, move: Moving) -> list[tuple[date, ...]]:
    arrays = bulk.ends(np.array(starts, "datetime64[D]"), length, first_day, move)
    return list(zip(*(a.tolist() for a in arrays), strict=True))


@pytest.mark.parametrize("move", MOVES, ids=str)
@pytest.mark.parametrize("first_day", FirstDay)
def test_every_day_of_six_years(move: Moving, first_day: FirstDay) -> None:
    starts = [date(2023, 1, 1) + timedelta(n) for n in range(6 * 365 + 2)]
    for length in LENGTHS + COMPOSITE:
        assert rows(starts, length, first_day, move) == [end(day, length, first_day, move) for day in starts]


def test_every_known_day_as_agency_deadline() -> None:
    starts = [date(1948, 7, 20) + timedelta(n) for n in range(54_950)]
    rule = (months(3), FirstDay.EXCLUDED, Move.AGENCY)
    assert rows(starts, *rule) == [end(day, *rule) for day in starts]


@settings(max_examples=150, deadline=None)
@given(st.lists(days, min_size=1, max_size=30), lengths, st.sampled_from(FirstDay), st.sampled_from(MOVES))
def test_any_days_any_length(starts: list[date], length: Length, first_day: FirstDay, move: Moving) -> None:
    expected = [end(day, length, first_day, move) for day in starts]
    assert rows(starts, length, first_day, move) == expected
    # Repeated days take the look-up path.
    many = starts * 3 + [min(starts) + timedelta(1)] * 40
    near = [day for day in many if (day - min(starts)).days < 100]
    assert rows(near, length, first_day, move) == [end(day, length, first_day, move) for day in near]


def test_nat_stays_nat_beside_real_days() -> None:
    starts = np.array(["2024-06-13", "NaT", "2024-05-17"], "datetime64[D]")
    first, unmoved, last = bulk.ends(starts, Length(days=10), FirstDay.COUNTED, Move.AGENCY)
    assert [np.isnat(a).tolist() for a in (first, unmoved, last)] == [[False, True, False]] * 3
    assert str(last[0]) == "2024-06-24"


def test_empty_and_two_dimensional_arrays_keep_their_shape() -> None:
    empty = np.array([], "datetime64[D]")
    assert all(a.shape == (0,) for a in bulk.ends(empty, months(1), FirstDay.COUNTED, Move.AGENCY))
    square = np.full((4, 4), "2024-05-17", "datetime64[D]")
    assert all(a.shape == (4, 4) for a in bulk.ends(square, months(1), FirstDay.COUNTED, Move.AGENCY))


@pytest.mark.parametrize("repeats", [1, 500])
def test_a_day_outside_the_known_holidays_is_named_with_its_index(repeats: int) -> None:
    starts = np.array(["2099-06-01"] * repeats + ["2099-12-31"] * repeats, "datetime64[D]")
    with pytest.raises(DayError, match=f"index {repeats}: .*2100-01-31"):
        bulk.ends(starts, months(1), FirstDay.EXCLUDED, Move.AGENCY)
    last = bulk.ends(starts, months(1), FirstDay.EXCLUDED, Move.NONE)[2]
    assert str(last[-1]) == "2100-01-31"


def test_the_calendar_ends_with_the_year_9999() -> None:
    with pytest.raises(DayError, match="years 1 to 9999"):
        bulk.ends(np.array(["9999-12-01"], "datetime64[D]"), months(2), FirstDay.COUNTED, Move.NONE)
