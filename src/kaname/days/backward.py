"""Counting backwards (遡る期間: 何日前まで), rule R11. The law is unsettled, so both readings are always shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kaname.days.closed import DAY, Move, is_closed, previous_open_day
from kaname.days.count import beyond_calendar, months_before
from kaname.days.explain import Step, described, start_step
from kaname.days.length import Length
from kaname.law import Bases, Silence, T, Text

UNSETTLED: Bases = (Silence(101, "期間の逆算の方法", "how a period is counted backwards"),)


class Reading(StrEnum):
    """How "N days before the day" is read."""

    DATE_MINUS_N = "date_minus_n"  # administrative: the day minus N, that day included
    CLEAR_DAYS = "clear_days"  # N full days lie between the filing and the day: safe under either reading


@dataclass(frozen=True, slots=True)
class LastDayBefore:
    """The last day to act before an event. `last_day` follows the reading asked for; nothing moves it."""

    event_day: date
    reading: Reading
    last_day: date
    date_minus_n: date
    clear_days: date
    internal_target: date  # recommended: the last day on or before `clear_days` on which agencies are open
    steps: tuple[Step, ...]  # lead to `last_day`
    target_steps: tuple[Step, ...]  # lead to `internal_target`
    unsettled: Bases = UNSETTLED


def last_day_before(
    event_day: date, length: Length, reading: Reading = Reading.CLEAR_DAYS, event: Text | None = None
) -> LastDayBefore:
    """Both readings of "by `length` before `event_day`", months first. Raises DayError outside the known range."""
    try:
        minus_n = months_before(event_day, length.whole_months) - timedelta(length.whole_days)
        clear = minus_n - DAY
    except OverflowError:
        raise beyond_calendar(event_day, length) from None
    target = previous_open_day(clear)
    administrative = (start_step(event_day, event), *_back_steps(event_day, length))
    clear_steps = (*administrative, _clear_step(clear, length))
    by_reading = {Reading.DATE_MINUS_N: (minus_n, administrative), Reading.CLEAR_DAYS: (clear, clear_steps)}
    last_day, steps = by_reading[reading]
    closed = [clear - DAY * i for i in range((clear - target).days)]
    return LastDayBefore(
        event_day,
        reading,
        last_day,
        minus_n,
        clear,
        target,
        (*steps, *_unmoved(last_day)),
        (*clear_steps, *(_earlier(day) for day in closed), _target_step(target)),
    )


def _back_steps(event_day: date, length: Length) -> list[Step]:
    steps, day = [], event_day
    if length.whole_months:
        day = months_before(event_day, length.whole_months)
        amount = Length(years=length.years, months=length.months).text
        text = T(f"{amount.ja}前の日は {day}", f"{amount.en} before is {day}")
        steps.append(Step("back_months", length.whole_months, day, text, UNSETTLED))
    if length.whole_days:
        day -= timedelta(length.whole_days)
        amount = Length(weeks=length.weeks, days=length.days).text
        text = T(f"{amount.ja}前の日は {day}", f"{amount.en} before is {day}")
        steps.append(Step("back_days", length.whole_days, day, text, UNSETTLED))
    return steps


def _clear_step(clear: date, length: Length) -> Step:
    text = T(
        f"中{length.text.ja}を置く読み方では、その前日 {clear} まで",
        f"so that {length.text.en} lie clear between: the day before, {clear}",
    )
    return Step("back_days", 1, clear, text, UNSETTLED)


def _unmoved(day: date) -> list[Step]:
    if not is_closed(day, Move.AGENCY):
        return []
    name = described(day)
    text = T(
        f"{day} は{name.ja}だが、遡る期間の末日は動かない", f"{day} is {name.en}, but a day counted back does not move"
    )
    return [Step("stay", None, day, text, UNSETTLED)]


def _earlier(day: date) -> Step:
    name, before = described(day), day - DAY
    text = T(f"{day} は{name.ja}のため前日 {before} を目標とする", f"{day} is {name.en}; aim for {before}")
    return Step("back_closed", Move.AGENCY, before, text, UNSETTLED)


def _target_step(target: date) -> Step:
    text = T(
        f"庁内・社内の目標日 {target}（法定の期限ではない）", f"internal target {target} (not a time limit in law)"
    )
    return Step("stay", None, target, text, UNSETTLED)
