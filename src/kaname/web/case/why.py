"""Why this day: the working of a clock as numbered steps and a strip, its dates as a calendar entry, a second count."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kaname.days import DayError, FirstDay, Move, Step, end
from kaname.law import T, Text
from kaname.notices.api import calendar
from kaname.procedure.declare import Count
from kaname.procedure.explain import explain_clock
from kaname.procedure.standing import Running
from kaname.web.parts.items import Mark

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a second count came to: equal, or the number of the step at which it parts and how."""

    equal: bool
    step: int
    text: Text


def strip_of(running: Running, today: date) -> list[Mark]:
    """Start, first day counted, end before it moved, end, first free day, today where it lies between."""
    if running.last_day is None:
        return []
    start = running.starts[running.winner] if running.starts else running.since
    marks = [Mark(start or running.since, T("起算", "start"), "start")]
    first = running.first_counted_day
    if first and first != start:
        marks.append(Mark(first, T("第1日", "day 1"), "first"))
    if running.unmoved_last_day and running.unmoved_last_day != running.last_day and not running.set_by:
        marks.append(Mark(running.unmoved_last_day, T("数えた末日（閉庁日）", "as counted (closed)"), "unmoved"))
    marks.append(Mark(running.last_day, T("末日", "last day"), "end"))
    marks.append(Mark(running.last_day + ONE, T("翌日（自由になる日）", "day after: free"), "free"))
    if marks[0].day < today < running.last_day:
        marks.append(Mark(today, T("今日", "today"), "today"))
    return marks


def text_of(running: Running, lang: str, on: date) -> str:
    """The working as plain text, to be copied into a letter of a day."""
    return "\n".join(explain_clock(running).lines("ja" if lang == "ja" else "en", on))


# -- a second count ---------------------------------------------------------------------------------------------------


def counted(running: Running, typed: date) -> Counted:
    """Compare a day that a person counted by hand. Where it differs, the step at which such a count parts from ours."""
    if typed == running.last_day:
        return Counted(True, 0, T("同じ日になりました。", "The same day."))
    steps = explain_clock(running).steps
    step, why = _parts_at(running, typed, steps)
    assert running.last_day
    days = (typed - running.last_day).days
    far = T(f"{abs(days)}日{'後' if days > 0 else '前'}です", f"{abs(days)} days {'later' if days > 0 else 'earlier'}")
    return Counted(False, step, T(f"ここの末日より{far.ja}。{why.ja}", f"{far.en} than the last day here. {why.en}"))


def _parts_at(running: Running, typed: date, steps: tuple[Step, ...]) -> tuple[int, Text]:
    """Ways to miscount that lead to the typed day, in the order of the steps."""
    if running.set_by:
        text = T("末日は記録に書かれた日です。その記録を確かめてください。",
                 "The end is the day written in an entry: check that entry.")  # fmt: skip
        return 1, text
    for i, at in enumerate(running.starts):
        if i != running.winner and at and _end(running.clock.counts[i], at, running) == typed:
            text = T("短い方の数え方です。遅い方の日によります。", "That is the other count; the later one decides.")
            return 1, text
    at, count = running.starts[running.winner], running.clock.counts[running.winner]
    assert at
    other = FirstDay.EXCLUDED if count.first_day is FirstDay.COUNTED else FirstDay.COUNTED
    first, last = _number(steps, 1), len(steps)
    if _end(Count(count.length, count.at, other), at, running) == typed:
        said = T("初日の扱いが違います。ここでは初日を算入しません。", "The first day: here it is not counted.")
        if count.first_day is FirstDay.COUNTED:
            said = T("初日の扱いが違います。ここでは初日を算入します。", "The first day: here it is counted.")
        return first, said
    if typed == running.unmoved_last_day:
        moved = T("末日が閉庁日なので次の開庁日へ動きます。", "The last day is a closed day and moves on.")
        return next((n for n, step in enumerate(steps, 1) if step.op == "pass_closed"), last), moved
    if running.last_day and typed == running.last_day + ONE:
        return last, T("末日の翌日（自由になる日）です。", "That is the day after the last day: the first free day.")
    if running.later and typed == running.later:
        return last, T("別の読み方による日です。", "That is the day by the other reading.")
    return 1, T("よくある数え違いには当たりません。起算日から順に比べてください。",
                "No usual miscount leads there. Compare from the start day on.")  # fmt: skip


def _number(steps: tuple[Step, ...], at: int) -> int:
    return min(max(at, 0), len(steps) - 1) + 1


def _end(count: Count, at: date, running: Running) -> date | None:
    if count.length is None:
        return at
    try:
        return end(at, count.length, count.first_day, running.clock.kind.move).last_day
    except DayError:
        return end(at, count.length, count.first_day, Move.NONE).last_day


# -- a calendar entry --------------------------------------------------------------------------------------------------


def ics(case: str, running: Running, summary: str, description: str, now: datetime) -> bytes:
    """The last day as an all-day event (end exclusive) with a stable UID, so that a later one takes its place."""
    assert running.last_day
    sequence = running.entry + len(running.set_by)
    over = running.status not in ("running", "pending")
    uid = calendar.uid(case, running.key)
    return calendar.calendar([calendar.Entry(uid, running.last_day, summary, description, sequence, over)], now)
