"""Era names (元号), rule R13, and fiscal years (会計年度), rule R14.

An era begins on the day of accession. A text enacted earlier keeps dates past its era's end (平成32年): strict reading
refuses them, lenient reading takes them. Dates before 1 January 1873 followed the lunar calendar and are refused.
"""

import re
from dataclasses import dataclass
from datetime import date

from kaname.days.error import DayError
from kaname.days.numerals import NUMERAL, number, plain
from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Era:
    name: str
    romaji: str
    letter: str
    start: date


ERAS = (
    Era("明治", "Meiji", "M", date(1868, 1, 25)),
    Era("大正", "Taisho", "T", date(1912, 7, 30)),
    Era("昭和", "Showa", "S", date(1926, 12, 25)),
    Era("平成", "Heisei", "H", date(1989, 1, 8)),
    Era("令和", "Reiwa", "R", date(2019, 5, 1)),
)
GREGORIAN_SINCE = date(1873, 1, 1)

_ERA = "|".join(f"{e.name}|{e.name[0]}|{e.letter}|{e.letter.lower()}" for e in ERAS)
_YEAR = rf"(?P<year>元|{NUMERAL})"
_DATES = (
    re.compile(rf"^(?:(?P<era>{_ERA})|西暦)?{_YEAR}年(?P<month>{NUMERAL})月(?P<day>{NUMERAL})日$"),
    re.compile(rf"^(?P<era>{_ERA}){_YEAR}(?P<mark>[./・-])(?P<month>{NUMERAL})(?P=mark)(?P<day>{NUMERAL})$"),
)
_FISCAL_YEAR = re.compile(rf"^(?:(?P<era>{_ERA})|西暦)?{_YEAR}年度(?:末日?)?$")


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A national fiscal year, 1 April to 31 March, named by the year it starts in."""

    year: int
    start: date
    end: date
    label: Text


def parse_era(text: str, strict: bool = True) -> date:
    """令和元年五月一日, 平成31年4月30日, R6.5.17, 二〇一九年五月一日 as a date.

    strict: the day must lie inside the era; else only its start is checked. Raises DayError.
    """
    cleaned = plain(text)
    found = next((m for pattern in _DATES if (m := pattern.match(cleaned))), None)
    if not found:
        raise _unreadable(text)
    try:
        era = _era(found["era"])
        day = date(_year(found["year"], era), number(found["month"]), number(found["day"]))
    except (ValueError, OverflowError):
        raise _unreadable(text) from None
    if era:
        _check(text, era, day, day, strict)
    return day


def format_era(day: date) -> str:
    """令和元年5月1日. Raises DayError before 1 January 1873."""
    if day < GREGORIAN_SINCE:
        raise _lunar(str(day))
    return f"{_era_year(_era_of(day), day.year)}年{day.month}月{day.day}日"


def fiscal_year(day: date) -> FiscalYear:
    """The fiscal year a day belongs to. Raises DayError at the end of the calendar (year 9999)."""
    year = day.year if day.month >= 4 else day.year - 1
    try:
        return FiscalYear(year, date(year, 4, 1), date(year + 1, 3, 31), _fiscal_label(year))
    except ValueError:
        raise DayError(
            T(f"{day} の年度は暦の範囲外。", f"the fiscal year of {day} leaves the calendar (years 1 to 9999)")
        ) from None


def fiscal_year_end(text: str, strict: bool = False) -> date:
    """The 31 March that closes 令和12年度末, 令和元年度, R9年度末 or 2024年度.

    strict: some day of the fiscal year must lie inside the era; else a year past its end is taken. Raises DayError.
    """
    found = _FISCAL_YEAR.match(plain(text))
    if not found:
        raise _unreadable(text)
    try:
        era = _era(found["era"])
        year = _year(found["year"], era)
        first, last = date(year, 4, 1), date(year + 1, 3, 31)
    except (ValueError, OverflowError):
        raise _unreadable(text) from None
    if era:
        _check(text, era, first, last, strict)
    return last


def _era(word: str | None) -> Era | None:
    return next((e for e in ERAS if word and word.upper() in (e.name, e.name[0], e.letter)), None)


def _year(text: str, era: Era | None) -> int:
    if era is None:
        if len(text) < 4:
            raise ValueError(text)
        return number(text)
    n = 1 if text == "元" else number(text)
    if n < 1:
        raise ValueError(text)
    return era.start.year + n - 1


def _check(text: str, era: Era, first: date, last: date, strict: bool) -> None:
    """Whether the days from first to last touch the era; only its start counts unless strict."""
    if last < era.start:
        raise DayError(
            T(
                f"「{text}」は{era.name}の初日 {era.start} より前。",
                f"{text!r} is before {era.romaji}, from {era.start}",
            )
        )
    if first < GREGORIAN_SINCE:
        raise _lunar(text)
    following = next((e for e in ERAS if e.start > era.start), None)
    if strict and following and first >= following.start:
        raise DayError(
            T(
                f"「{text}」は{era.name}の終わりより後（{following.start} から{following.name}）。"
                "古い法令の記載なら緩やかな読み方（strict=False）を選ぶこと。",
                f"{text!r} is after the end of {era.romaji} ({following.romaji} from {following.start}); "
                "for a date in an older text choose the lenient reading (strict=False)",
            )
        )


def _era_of(day: date) -> Era:
    return next(e for e in reversed(ERAS) if e.start <= day)


def _era_year(era: Era, year: int) -> str:
    n = year - era.start.year + 1
    return f"{era.name}{'元' if n == 1 else n}"


def _fiscal_label(year: int) -> Text:
    """令和7年度; the year in which an era begins bears both names, 平成31年度（令和元年度）."""
    english = f"fiscal year {year}"
    if year < GREGORIAN_SINCE.year:
        return T(f"{year}年度", english)
    at_start, at_end = _era_of(date(year, 4, 1)), _era_of(date(year + 1, 3, 31))
    label = f"{_era_year(at_start, year)}年度"
    if at_end != at_start and at_end.start.year <= year:
        label += f"（{_era_year(at_end, year)}年度）"
    return T(label, english)


def _unreadable(text: str) -> DayError:
    return DayError(
        T(
            f"「{text}」は日付として読めない。令和6年5月17日、令和六年五月十七日、R6.5.17、年度なら令和12年度末の形で書くこと。",
            f"cannot read {text!r}: expected a real day such as 令和6年5月17日, 令和六年五月十七日 or R6.5.17, "
            "or for a fiscal year 令和12年度末",
        )
    )


def _lunar(text: str) -> DayError:
    return DayError(
        T(
            f"「{text}」は太陰太陽暦の時期。明治6年（1873年）1月1日以後の日とすること。",
            f"{text!r} falls in the time of the lunar calendar: expected a day from 1 January 1873 (Meiji 6)",
        )
    )
