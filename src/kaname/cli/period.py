"""`kaname period`: count a period by Japanese law and show the working."""

from datetime import date

import click

from kaname.cli import params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.days import DayError, FirstDay, Length, Move, Period, period
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T, cited

_ABOUT = T("START から期間を数え、末日と、その翌日と、数え方を条文とともに示す。",
           "Count a period from START: its last day, the day after, and the working with provisions.")  # fmt: skip


@bilingual(
    "period",
    _ABOUT,
    "kaname period 2025-02-28 --months 3",
    "kaname period R6.5.17 --days 30 --first-day counted --moves agency",
)
@argument(
    "start",
    T("起点の日（2025-02-28、令和7年2月28日、R7.2.28）", "the day of the event (2025-02-28, 令和7年2月28日, R7.2.28)"),
    type=params.Day(),
)
@option("--days", type=params.Amount(), default=0, about=T("日数", "days"))
@option("--weeks", type=params.Amount(), default=0, about=T("週数", "weeks"))
@option("--months", type=params.Amount(), default=0, about=T("月数", "months"))
@option("--years", type=params.Amount(), default=0, about=T("年数", "years"))
@option(
    "--first-day",
    type=click.Choice([f.value for f in FirstDay]),
    default="excluded",
    about=T("初日の算入・不算入（既定は不算入）", "whether START itself counts (default: excluded)"),
)
@option(
    "--moves",
    type=click.Choice([m.value for m in Move]),
    default="none",
    about=T("末日が休日のときの動き（既定は動かない）", "how a last day on a closed day moves on (default: none)"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(
    start: date, days: int, weeks: int, months: int, years: int, first_day: str, moves: str, as_json: bool
) -> None:
    if not (days or weeks or months or years):
        text = T("長さがない；1以上の --days、--weeks、--months、--years のどれかを",
                 "no length; expected at least one of --days, --weeks, --months, --years above 0")  # fmt: skip
        raise BadInput([Problem("period", 0, "", text)])
    try:
        found = period(start, Length(years, months, weeks, days), FirstDay(first_day), Move(moves))
    except DayError as error:
        raise BadInput([Problem("period", 0, "", error.text)]) from None
    if as_json:
        show.as_json(_data(found, language()))
    else:
        show.lines(_text(found, language()))


def _data(found: Period, lang: Lang) -> dict[str, object]:
    days = ("start", "first_counted_day", "unmoved_last_day", "last_day", "first_free_day")
    return {name: getattr(found, name).isoformat() for name in days} | {
        "provisional": found.provisional, "working": _working(found, lang),
    }  # fmt: skip


def _working(found: Period, lang: Lang) -> list[str]:
    return [show.with_basis(step.text[lang], cited(step.basis, lang)) for step in found.steps]


def _text(found: Period, lang: Lang) -> list[str]:
    last = T(
        f"末日 {found.last_day}（翌日 {found.first_free_day}）",
        f"last day {found.last_day}, the day after is {found.first_free_day}",
    )
    forecast = T("暫定：告示前の祝日の予測による", "provisional: rests on holidays not yet gazetted")
    return [
        last[lang],
        *(f"  {line}" for line in _working(found, lang)[:-1]),
        *([forecast[lang]] if found.provisional else []),
    ]
