"""The computed holidays are those of the official list of the Cabinet Office, day by day."""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from kaname.days import GAZETTED_THROUGH, holiday_name, is_national_holiday, is_provisional

SHARED = Path(os.environ.get("KANAME_SHARED") or Path(__file__).parents[2].parent / "shared")
OFFICIAL = SHARED / "data" / "reference_jp" / "national_holidays_1955_2026.csv"
EQUINOXES, DERIVED = {"春分の日", "秋分の日"}, {"振替休日", "国民の休日"}


def official() -> dict[date, str]:
    if not OFFICIAL.exists():
        pytest.skip(f"no official holiday list: {OFFICIAL} is absent; set KANAME_SHARED to run this test on real data")
    with OFFICIAL.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def test_every_day_from_1955_to_2026_has_the_official_status() -> None:
    listed = official()
    assert len(listed) == 1_050
    computed = {d for d in days(date(1955, 1, 1), date(2026, 12, 31)) if is_national_holiday(d)}
    assert computed == set(listed)


def test_names_are_the_official_names() -> None:
    # The official list writes 休日 for derived days and for 1 May 2019, and notes other names in brackets.
    official_name = {d: name.split("（")[0] for d, name in official().items()}
    differing = {d: (name, holiday_name(d)) for d, name in official_name.items() if name != "休日"}
    assert {d: pair for d, pair in differing.items() if not pair[1] or pair[0] != pair[1].ja} == {}
    derived = {holiday_name(d) for d, name in official_name.items() if name == "休日"}
    assert {name.ja for name in derived if name} == DERIVED | {"天皇の即位の日", "即位礼正殿の儀が行われる日"}


def test_2027_as_gazetted() -> None:
    assert GAZETTED_THROUGH == 2027
    assert [str(d) for d in days(date(2027, 1, 1), date(2027, 12, 31)) if is_national_holiday(d)] == [
        *("2027-01-01", "2027-01-11", "2027-02-11", "2027-02-23", "2027-03-21", "2027-03-22", "2027-04-29"),
        *("2027-05-03", "2027-05-04", "2027-05-05", "2027-07-19", "2027-08-11", "2027-09-20", "2027-09-23"),
        *("2027-10-11", "2027-11-03", "2027-11-23"),
    ]


def test_1948_has_the_holidays_left_after_the_act_took_effect() -> None:
    found = [str(d) for d in days(date(1948, 7, 20), date(1948, 12, 31)) if is_national_holiday(d)]
    assert found == ["1948-09-23", "1948-11-03", "1948-11-23"]


def test_only_forecast_equinoxes_and_days_derived_from_them_are_provisional() -> None:
    known = days(date(1948, 7, 20), date(2099, 12, 31))
    provisional = {d for d in known if is_provisional(d)}
    assert min(provisional).year == GAZETTED_THROUGH + 1
    assert {name.ja for d in provisional if (name := holiday_name(d))} == {
        "春分の日",
        "秋分の日",
        "振替休日",
        "国民の休日",
    }
    assert all(is_national_holiday(d) for d in provisional)
    equinoxes = {d for d in provisional if (name := holiday_name(d)) and name.ja in EQUINOXES}
    assert len(equinoxes) == 2 * (2099 - GAZETTED_THROUGH)
    assert date(2032, 9, 21) in provisional  # between Respect for the Aged Day and the equinox
    assert date(2028, 5, 3) not in provisional


def test_every_holiday_has_an_english_name() -> None:
    names = {name for d in days(date(1948, 7, 20), date(2099, 12, 31)) if (name := holiday_name(d))}
    assert len(names) == 24
    assert all(name.en.isascii() for name in names)
