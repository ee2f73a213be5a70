"""The length of a period (期間の長さ) and whether its first day counts (初日算入・不算入)."""

from dataclasses import dataclass
from enum import StrEnum

from kaname.days.error import DayError
from kaname.law import T, Text


class FirstDay(StrEnum):
    """Whether the day of the event is itself the first day of the period."""

    COUNTED = "counted"  # rule R02: 起算して, or the period opens at midnight
    EXCLUDED = "excluded"  # rule R01: the day of the event is left out


@dataclass(frozen=True, slots=True)
class Length:
    """Years, months, weeks and days; at least one of them more than zero.

    Years and months are added once, as months (one year six months is 18 months); weeks are seven days each.
    Where a length has months and days, the months run first and the days follow their last day.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        parts = (self.years, self.months, self.weeks, self.days)
        if any(type(part) is not int or part < 0 for part in parts) or not any(parts):
            raise DayError(
                T(
                    f"期間の長さ{parts}は不正。年・月・週・日を0以上の整数で、少なくとも一つを1以上にすること。",
                    f"length {parts} is not valid: expected whole numbers of years, months, weeks and days, "
                    "none below 0 and at least one above 0",
                )
            )

    @property
    def whole_months(self) -> int:
        return self.years * 12 + self.months

    @property
    def whole_days(self) -> int:
        return self.weeks * 7 + self.days

    @property
    def text(self) -> Text:
        """1年6月 / 1 year 6 months; 14日 / 14 days."""
        ja = ((self.years, "年"), (self.months, "月"), (self.weeks, "週間"), (self.days, "日"))
        en = ((self.years, "year"), (self.months, "month"), (self.weeks, "week"), (self.days, "day"))
        return T(
            "".join(f"{n}{unit}" for n, unit in ja if n),
            " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in en if n),
        )


def days_n(n: int) -> Length:
    return Length(days=n)


def weeks(n: int) -> Length:
    return Length(weeks=n)


def months(n: int) -> Length:
    return Length(months=n)


def years(n: int) -> Length:
    return Length(years=n)
