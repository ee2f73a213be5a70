"""Era names and fiscal years: every way of writing a date that statutes and offices use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.days import DayError, fiscal_year, fiscal_year_end, format_era, parse_era


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年五月一日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("令和六年十二月三十一日", "2024-12-31"),
        ("令和一〇年一〇月二〇日", "2028-10-20"),
        ("令和二十年十月二十一日", "2038-10-21"),
        ("㋿６年 ５月 １７日", "2024-05-17"),
        ("㍻31年4月30日", "2019-04-30"),
        ("R6.5.17", "2024-05-17"),
        ("r6/5/17", "2024-05-17"),
        ("R06-05-17", "2024-05-17"),
        ("Ｒ６．５．１７", "2024-05-17"),
        ("令6.5.17", "2024-05-17"),
        ("令和元.5.1", "2019-05-01"),
        ("H31.4.30", "2019-04-30"),
        ("S64.1.7", "1989-01-07"),
        ("T15.12.24", "1926-12-24"),
        ("明治六年一月一日", "1873-01-01"),
        ("明治45年7月29日", "1912-07-29"),
        ("大正元年7月30日", "1912-07-30"),
        ("昭和元年12月25日", "1926-12-25"),
        ("二〇一九年五月一日", "2019-05-01"),
        ("西暦2019年5月1日", "2019-05-01"),
        ("二千二十四年五月十七日", "2024-05-17"),
    ],
)
def test_dates_are_read(text: str, day: str) -> None:
    assert str(parse_era(text)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成32年1月1日", "2020-01-01"),
        ("平成三十二年三月三十一日", "2020-03-31"),
        ("昭和百年一月一日", "2025-01-01"),
        ("大正15年12月25日", "1926-12-25"),
        ("明治45年7月30日", "1912-07-30"),
        ("平成31年5月1日", "2019-05-01"),
    ],
)
def test_a_date_past_its_era_is_read_leniently_only(text: str, day: str) -> None:
    assert str(parse_era(text, strict=False)) == day
    with pytest.raises(DayError, match="strict=False"):
        parse_era(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "令和元年4月30日",
            "平成元年1月7日",
            "昭和元年12月24日",
            "大正元年7月29日",
            "明治元年1月24日",
        ),  # before the era
        *("明治5年12月2日", "M1.1.25"),  # lunar calendar
        *("令和0年1月1日", "令和7年2月29日", "令和6年13月1日", "令和6年1月0日", "令和6年4月31日"),  # no such day
        *(
            "令和六年十二十月一日",
            "令和六年十〇月一日",
            "令和六年百千月一日",
            "令和六年一月十十日",
            "令和六年一二十月一日",
        ),  # no such number
        *(
            "",
            "令和",
            "令和6年5月",
            "5月17日",
            "令和6年5月17",
            "R6.5-17",
            "X6.5.17",
            "19年5月1日",
            "元年5月1日",
            "9999年13月1日",
        ),
    ],
)
def test_what_is_no_date_is_refused_in_both_readings(text: str) -> None:
    for strict in (True, False):
        with pytest.raises(DayError) as caught:
            parse_era(text, strict)
        assert caught.value["ja"] and caught.value["en"]


@given(st.dates(date(1873, 1, 1), date(2150, 12, 31)))
def test_what_is_formatted_is_read_again(day: date) -> None:
    assert parse_era(format_era(day)) == day
    assert parse_era(format_era(day), strict=False) == day


@given(st.dates(date(1873, 1, 1), date(2117, 12, 31)))
def test_kanji_numerals_are_read_as_digits_are(day: date) -> None:
    digits = format_era(day).replace("元", "1")
    kanji = "".join(spelled(part) for part in split_numbers(digits))
    assert parse_era(kanji) == day


def split_numbers(text: str) -> list[str]:
    parts = [""]
    for c in text:
        if parts[-1] and parts[-1][-1].isascii() != c.isascii():
            parts.append("")
        parts[-1] += c
    return parts


def spelled(part: str) -> str:
    """6 as 六, 17 as 十七, 31 as 三十一; other text as it stands."""
    if not part.isascii():
        return part
    tens, ones = divmod(int(part), 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def test_the_lunar_calendar_is_not_formatted() -> None:
    assert format_era(date(1873, 1, 1)) == "明治6年1月1日"
    with pytest.raises(DayError, match="lunar"):
        format_era(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "ja"),
    [
        (date(2026, 3, 31), 2025, "令和7年度"),
        (date(2026, 4, 1), 2026, "令和8年度"),
        (date(2019, 4, 1), 2019, "平成31年度（令和元年度）"),
        (date(2020, 3, 31), 2019, "平成31年度（令和元年度）"),
        (date(1989, 3, 31), 1988, "昭和63年度"),
        (date(1989, 4, 1), 1989, "平成元年度"),
        (date(1926, 12, 25), 1926, "大正15年度（昭和元年度）"),
    ],
)
def test_fiscal_years_are_named_by_the_year_they_start_in(day: date, year: int, ja: str) -> None:
    found = fiscal_year(day)
    assert (found.year, found.label.ja, found.label.en) == (year, ja, f"fiscal year {year}")
    assert found.start == date(year, 4, 1) <= day <= found.end == date(year + 1, 3, 31)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("令和十二年度末", "2031-03-31"),
        ("R9年度", "2028-03-31"),
        ("令和元年度末日", "2020-03-31"),
        ("平成31年度末", "2020-03-31"),
        ("平成32年度末", "2021-03-31"),
        ("2024年度末", "2025-03-31"),
        ("昭和元年度", "1927-03-31"),
    ],
)
def test_the_end_of_a_named_fiscal_year(text: str, end: str) -> None:
    assert str(fiscal_year_end(text)) == end


def test_fiscal_years_outside_their_era_are_refused() -> None:
    with pytest.raises(DayError, match="strict=False"):
        fiscal_year_end("平成32年度末", strict=True)
    for text in ("令和0年度末", "令和12年末", "年度末", "12年度末", "9999年度末"):
        with pytest.raises(DayError):
            fiscal_year_end(text)
    with pytest.raises(DayError):
        fiscal_year(date(9999, 4, 1))
