"""Values that commands take: days, instants, counts, kinds of case; each refused with what was expected."""

import re
from datetime import date, datetime, time
from typing import Any

import click

from kaname.cli.language import said
from kaname.days import JST, DayError, format_era, parse_era, parse_instant
from kaname.law import T

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_DAY = T(
    "2025-02-28、令和7年2月28日又は R7.2.28 のような実在の日",
    "a real day such as 2025-02-28, 令和7年2月28日 or R7.2.28",
)


def iso_day(text: str) -> date | None:
    """2025-02-28 as a date; None where it is written otherwise or no day of the calendar."""
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def read_day(text: str) -> date:
    """ISO 8601 or a Japanese date. Raises DayError."""
    day = iso_day(text.strip())
    if day is not None:
        return day
    if re.search("年|[MTSHRmtshr][0-9元]", text):
        return _era_day(text)
    raise DayError(T(f"「{text}」は日として読めない；{_A_DAY.ja}を", f"cannot read {text!r}; expected {_A_DAY.en}"))


def _era_day(text: str) -> date:
    try:
        return parse_era(text)
    except DayError:
        day = parse_era(text, strict=False)  # raises again unless the day lies past the end of its era
    said = T(f"「{text}」はその元号の終わりより後；{format_era(day)}又は {day} と書くこと",
             f"{text!r} lies past the end of its era; expected {format_era(day)} or {day}")  # fmt: skip
    raise DayError(said)


class Day(click.ParamType[date]):
    """Any day of the calendar."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else read_day(value)
        except DayError as error:
            self.fail(said(error.text), param, ctx)


class Instant(click.ParamType[datetime]):
    """An instant with its offset, or a day, which means the end of that day in Japan."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            if _ISO.fullmatch(value.strip()) or not re.search(r"[T:]", value):
                return datetime.combine(read_day(value), time.max, JST)
            return parse_instant(value.strip())
        except DayError as error:
            self.fail(said(error.text), param, ctx)


class Amount(click.ParamType[int]):
    """A whole number from 0."""

    name = "n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"[0-9]{1,9}", value):
            shown = value if len(value) < 40 else f"{value[:40]}..."
            self.fail(
                said(
                    T(
                        f"「{shown}」は数でない；0以上9桁までの整数を",
                        f"cannot read {shown!r}; expected a whole number from 0, of at most nine digits",
                    )
                ),
                param,
                ctx,
            )
        return int(value)


def today() -> date:
    """The legal day now: the day in Japan. The command line is the only door that reads the clock."""
    return datetime.now(JST).date()
