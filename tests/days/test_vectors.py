"""Every worked example of a vector file gives the expected answer.

The file is tests/vectors/calendar.yaml, or any other of the same form named by the environment variable
KANAME_VECTORS: a list `vectors` of {id, rule, op, input, expected}; `expected: error` means that DayError is raised.
"""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from kaname.days import (
    Contract,
    DayError,
    FirstDay,
    Length,
    Move,
    Moving,
    Period,
    bulk,
    end,
    fiscal_year,
    fiscal_year_end,
    format_era,
    hours_end,
    is_agency_closed,
    is_national_holiday,
    jst_date,
    last_day_before,
    next_open_day,
    parse_era,
    parse_instant,
    period,
    recompute,
)

OWN = Path(__file__).parents[1] / "vectors" / "calendar.yaml"
FILE = Path(os.environ.get("KANAME_VECTORS") or OWN)
VECTORS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["vectors"]
FIRST_DAY = {
    "included": FirstDay.COUNTED,
    "counted": FirstDay.COUNTED,
    "excluded": FirstDay.EXCLUDED,
}

Given = dict[str, Any]


def day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def instant(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else parse_instant(value)


def counted(given: Given, move: Moving) -> Period:
    """The period, after making sure that the fast path, the arrays and the working all agree on it."""
    start, length = day(given["start"]), Length(**given["period"])
    first_day = FIRST_DAY[given.get("first_day", "excluded")]
    result = period(start, length, first_day, move)
    days = (result.first_counted_day, result.unmoved_last_day, result.last_day)
    assert end(start, length, first_day, move) == days
    assert tuple(a[0].item() for a in bulk.ends(np.array([start], "datetime64[D]"), length, first_day, move)) == days
    assert recompute(result.steps) == result.last_day
    return result


def civil_expiry(given: Given) -> date:
    if not given.get("custom_no_business", True):
        return counted(given, Move.NONE).last_day
    saturdays, year_end = (any(v for k, v in given.items() if word in k) for word in ("saturday", "year_end"))
    return counted(given, Contract(saturdays, year_end) if saturdays or year_end else Move.CIVIL).last_day


def backward_deadline(given: Given) -> date:
    result = last_day_before(day(given["event"]), Length(**given["period"]))
    assert recompute(result.steps) == result.last_day
    assert recompute(result.target_steps) == result.internal_target
    return getattr(result, given["mode"])


def hours(given: Given) -> str:
    length = given["hours"] if "hours" in given else given["period"]["hours"]
    return hours_end(instant(given["start"]), length).isoformat()


def fiscal_year_bounds(given: Given) -> dict[str, object]:
    result = fiscal_year(day(given["date"]))
    return {"fiscal_year": result.year, "start": str(result.start), "end": str(result.end)}


OPERATIONS: dict[str, Callable[[Given], object]] = {
    "period_end": lambda given: counted(given, Move.NONE).last_day,
    "no_shift_period_end": lambda given: counted(given, Move.NONE).last_day,
    "agency_deadline": lambda given: counted(given, Move.AGENCY).last_day,
    "patent_deadline": lambda given: counted(given, Move.PATENT).last_day,
    "litigation_expiry": lambda given: counted(given, Move.COURT).last_day,
    "civil_expiry": civil_expiry,
    "first_day_after": lambda given: counted(given, Move.NONE).first_free_day,
    "first_day_after_then_shift": lambda given: next_open_day(counted(given, Move.NONE).first_free_day, Move.PATENT),
    "backward_deadline": backward_deadline,
    "is_national_holiday": lambda given: is_national_holiday(day(given["date"])),
    "is_agency_holiday": lambda given: is_agency_closed(day(given["date"])),
    "next_agency_open_day": lambda given: next_open_day(day(given["date"])),
    "wareki_parse": lambda given: parse_era(given["text"], strict=given.get("strict", True)),
    "wareki_format": lambda given: format_era(day(given["date"])),
    "fiscal_year": fiscal_year_bounds,
    "fiscal_year_end": lambda given: fiscal_year_end(given["text"], strict=given.get("strict", False)),
    "jst_date": lambda given: jst_date(instant(given["instant"])),
    "hours_end": hours,
}


@pytest.mark.parametrize("vector", VECTORS, ids=[v["id"] for v in VECTORS])
def test_vector(vector: dict[str, Any]) -> None:
    operation = OPERATIONS[vector["op"]]
    if vector["expected"] == "error":
        with pytest.raises(DayError) as caught:
            operation(vector["input"])
        assert caught.value["ja"] and caught.value["en"]
        return
    result = operation(vector["input"])
    expected = vector["expected"]
    plain = str(result) if isinstance(result, date) else result
    assert plain == (str(expected) if isinstance(expected, date) else expected), vector.get("note")


def test_own_copy_is_complete() -> None:
    own = yaml.safe_load(OWN.read_text(encoding="utf-8"))["vectors"]
    assert [v["id"] for v in own] == [f"CAL-{n:03}" for n in range(1, 147)]
    assert {v["rule"] for v in own} == {f"R{n:02}" for n in range(1, 21)}
