"""A period that shows its working: each step names its operation, so that the result can be computed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days.closed import DAY, Contract, Move, Moving, closed_name, is_agency_closed, is_closed
from kaname.days.count import beyond_calendar, end, last_of, last_of_months, months_before
from kaname.days.error import DayError
from kaname.days.holiday import FIRST_KNOWN, LAST_KNOWN, is_provisional
from kaname.days.length import FirstDay, Length
from kaname.law import Bases, Practice, T, Text
from kaname.law.laws import AGENCY_HOLIDAY_ACT, CIVIL_CODE, CIVIL_PROCEDURE_CODE, PATENT_ACT

MOVE_BASIS: dict[Move, Bases] = {
    Move.AGENCY: AGENCY_HOLIDAY_ACT("2"),
    Move.PATENT: PATENT_ACT("3(2)"),
    Move.COURT: CIVIL_PROCEDURE_CODE("95(3)"),
    Move.CIVIL: CIVIL_CODE("142"),
    Move.CONTRACT: CIVIL_CODE("142"),
    Move.NONE: AGENCY_HOLIDAY_ACT("2"),
}
_WORDING = Practice("契約の文言", "the wording of the contract")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: operation and argument, the day it leads to, the sentence and its provision.

    Operations: `set` the day of the event (first step only), `forward` n days, `days` n counted from day 1, `months` n
    counted from day 1, `pass_closed` a closed day, `stay`; `back_months`, `back_days` n and `back_closed` going back.
    """

    op: str
    arg: date | int | Moving | None
    day: date
    text: Text
    basis: Bases = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period. `last_day` is 経過する日 (the day on which it passes), `first_free_day` 経過した日 (R12)."""

    start: date
    first_counted_day: date
    unmoved_last_day: date
    last_day: date
    first_free_day: date
    steps: tuple[Step, ...]
    provisional: bool  # a forecast equinox day took part in the move


def period(start: date, length: Length, first_day: FirstDay, move: Moving, event: Text | None = None) -> Period:
    """The same days as `end`, with the working; `event` says in a few words what happened on the start day."""
    ends = end(start, length, first_day, move)
    if ends.last_day == date.max:
        raise beyond_calendar(start, length)
    passed = [ends.unmoved_last_day + DAY * i for i in range((ends.last_day - ends.unmoved_last_day).days)]
    steps = (
        start_step(start, event),
        _first_day_step(ends.first_counted_day, first_day, move),
        *_length_steps(ends.first_counted_day, length, move),
        *(_pass_step(day, move) for day in passed),
        *_unmoved_steps(ends.last_day, move),
        _result_step(ends.last_day),
    )
    return Period(start, *ends, ends.last_day + DAY, steps, any(is_provisional(day) for day in passed))


def recompute(steps: Sequence[Step]) -> date:
    """Carry out the operations again, from the given day on. Raises DayError for steps that cannot be carried out."""
    if not steps or steps[0].op != "set" or not isinstance(steps[0].arg, date):
        raise DayError(T("最初の手順は起点の日（set）とすること。", "expected the first step to set the start day"))
    day = steps[0].arg
    for step in steps[1:]:
        day = _carry_out(step, day)
    return day


def _carry_out(step: Step, day: date) -> date:
    match step.op, step.arg:
        case "forward", int(n):
            return day + timedelta(n)
        case "days", int(n):
            return day + timedelta(n - 1)
        case "months", int(n):
            return last_of_months(day, n)
        case "pass_closed", Move() | Contract() as move if is_closed(day, move):
            return day + DAY
        case "back_months", int(n):
            return months_before(day, n)
        case "back_days", int(n):
            return day - timedelta(n)
        case "back_closed", Move() | Contract() as move if is_closed(day, move):
            return day - DAY
        case "stay", None:
            return day
    raise DayError(
        T(
            f"手順「{step.op}」（{step.arg}）は {day} に行えない。",
            f"step {step.op!r} with {step.arg!r} cannot be carried out on {day}",
        )
    )


def start_step(start: date, event: Text | None) -> Step:
    text = T(f"起点 {start}", f"starts from {start}")
    if event:
        text = T(f"{text.ja}（{event.ja}）", f"{text.en} ({event.en})")
    return Step("set", start, start, text)


def _first_day_step(first: date, first_day: FirstDay, move: Moving) -> Step:
    if first_day is FirstDay.COUNTED:
        text = T(f"初日算入: 第1日は {first}", f"first day counted: day 1 is {first}")
        return Step("forward", 0, first, text, _counting(move, "138", "140 proviso"))
    text = T(f"初日不算入: 第1日は {first}", f"first day not counted: day 1 is {first}")
    return Step("forward", 1, first, text, _counting(move, "140 main text"))


def _length_steps(first: date, length: Length, move: Moving) -> list[Step]:
    months, days = length.whole_months, length.whole_days
    if not months:
        return [_days_step(last_of(first, length), length, move)]
    last = last_of_months(first, months)
    steps = [_months_step(first, last, length, move)]
    return [*steps, _further_step(last + timedelta(days), length, move)] if days else steps


def _days_step(last: date, length: Length, move: Moving) -> Step:
    amount = length.text
    text = T(f"{amount.ja}の末日は {last}", f"{_ends(amount.en)} on {last}")
    return Step("days", length.whole_days, last, text, _counting(move, "141"))


def _months_step(first: date, last: date, length: Length, move: Moving) -> Step:
    amount = Length(years=length.years, months=length.months).text
    corresponding = last + DAY
    if corresponding.day == first.day:
        text = T(
            f"応当日は {corresponding}、{amount.ja}の末日はその前日 {last}",
            f"the corresponding day is {corresponding}; {_ends(amount.en)} the day before, on {last}",
        )
        basis = _counting(move, "143(1)", "143(2) main text")
    else:
        text = T(
            f"応当日がないため、{amount.ja}の末日は月の末日 {last}",
            f"that month has no corresponding day; {_ends(amount.en)} on its last day, {last}",
        )
        basis = _counting(move, "143(2) proviso")
    return Step("months", length.whole_months, last, text, basis)


def _further_step(last: date, length: Length, move: Moving) -> Step:
    amount = Length(weeks=length.weeks, days=length.days).text
    text = T(f"続く{amount.ja}の末日は {last}", f"the further {_ends(amount.en)} on {last}")
    return Step("forward", length.whole_days, last, text, _counting(move, "141"))


def _ends(amount: str) -> str:
    return f"{amount} {'end' if amount.endswith('s') else 'ends'}"


def _counting(move: Moving, *citations: str) -> Bases:
    # Patent procedures count by the Patent Act's own copy of the Civil Code's rules.
    return PATENT_ACT("3(1)") if move is Move.PATENT else CIVIL_CODE(*citations)


def _pass_step(day: date, move: Moving) -> Step:
    name, after = described(day), day + DAY
    text = T(f"{day} は{name.ja}のため翌日 {after} へ", f"{day} is {name.en}; on to {after}")
    return Step("pass_closed", move, after, text, move_basis(move))


def _unmoved_steps(last: date, move: Moving) -> list[Step]:
    if move is not Move.NONE or not FIRST_KNOWN <= last <= LAST_KNOWN or not is_agency_closed(last):
        return []
    name = described(last)
    text = T(f"{last} は{name.ja}だが、この期間は動かない", f"{last} is {name.en}, but this period does not move")
    return [Step("stay", None, last, text, MOVE_BASIS[Move.NONE])]


def _result_step(last: date) -> Step:
    return Step(
        "stay", None, last, T(f"末日 {last}、翌日は {last + DAY}", f"last day {last}; the day after is {last + DAY}")
    )


def described(day: date) -> Text:
    """The name of a closed day, marked where it is a forecast."""
    name = closed_name(day)
    return T(f"{name.ja}（予測）", f"{name.en} (forecast)") if is_provisional(day) else name


def move_basis(move: Moving) -> Bases:
    return (*CIVIL_CODE("142"), _WORDING) if isinstance(move, Contract) else MOVE_BASIS[move]
