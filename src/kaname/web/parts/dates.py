"""Dates as people read them. A date is never naked: weekday, holiday, days left and kind of date stand with it."""

from datetime import date, datetime

from kaname.days import JST, DayError, format_era, holiday_name
from kaname.law import Lang, T, Text
from kaname.procedure.declare import Force, Kind, NoPenalty
from kaname.procedure.index import full, index
from kaname.procedure.standing import Running, Standing

_WEEKDAYS = ("月火水木金土日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def holiday(day: date) -> Text | None:
    """The name of a national holiday, where holidays are known."""
    try:
        return holiday_name(day)
    except DayError:
        return None


def screen(day: date) -> Text:
    """2026年11月23日（月・祝） / 23 Nov 2026 (Mon, holiday)."""
    off = holiday(day) is not None
    ja, en = _WEEKDAYS[0][day.weekday()], _WEEKDAYS[1][day.weekday()]
    return T(
        f"{day.year}年{day.month}月{day.day}日（{ja}{'・祝' if off else ''}）",
        f"{day.day} {_MONTHS[day.month - 1]} {day.year} ({en}{', holiday' if off else ''})",
    )


def instant(at: datetime) -> Text:
    """2026年11月23日（月・祝）10:30 / 23 Nov 2026 (Mon) 10:30, Japan time."""
    here = at.astimezone(JST)
    day = screen(here.date())
    return T(f"{day.ja}{here:%H:%M}", f"{day.en} {here:%H:%M} JST")


def left(day: date, today: date) -> Text:
    """あと3日, 今日, 2日前に経過."""
    n = (day - today).days
    if n == 0:
        return T("今日", "today")
    many = "day" if abs(n) == 1 else "days"
    if n > 0:
        return T(f"あと{n}日", f"{n} {many} left")
    return T(f"{-n}日前に経過", f"{-n} {many} ago")


def read_back(day: date) -> Text:
    """The reading of a typed date, echoed: with weekday, holiday by name, and a word where offices are closed."""
    said = screen(day)
    name = holiday(day)
    if name:
        return T(f"{said.ja}　{name.ja}", f"{said.en}: {name.en}")
    if day.weekday() >= 5:
        return T(f"{said.ja}　官庁は休み", f"{said.en}: offices are closed")
    return said


# -- the kind of a date -----------------------------------------------------------------------------------------------

LOSS, PENALTY, TARGET, OFFICE, OTHER_PARTY, STATUTORY = (
    T("法定・失権", "statutory: a right is lost"),
    T("法定・罰則", "statutory: punishable"),
    T("目安", "target"),
    T("所内期限", "office's own"),
    T("相手方指定", "set by the other side"),
    T("法定", "statutory"),
)


def sort_of(standing: Standing, running: Running) -> Text:
    """What kind of date the end of a clock is, read off the declaration."""
    tables = index(standing.kind)
    name = f"{running.procedure}.{running.clock.id}"
    if running.clock.force in (Force.TARGET, Force.IN_PRINCIPLE):
        return TARGET
    duties = [d.duty for d in tables.duties if d.duty.clock and full(d.procedure, d.duty.clock) == name]
    if any(not isinstance(d.penalty, NoPenalty) for d in duties):
        return PENALTY
    if running.clock.kind not in (Kind.STANDSTILL, Kind.TERM) and tables.listeners.get(("end", name)):
        return LOSS
    return OTHER_PARTY if running.clock.chosen else STATUTORY


def can_be_extended(standing: Standing, running: Running) -> bool:
    """Whether an act of the kind extends the clock."""
    tables = index(standing.kind)
    name = f"{running.procedure}.{running.clock.id}"
    return any(full(of.procedure, e.clock) == name for of in tables.acts.values() for e in of.act.extends)


def on_closed_day(running: Running) -> Text:
    """What happens where the last day is a closed day."""
    moves = running.clock.kind.move.value != "none"
    if moves:
        return T("休日に当たれば次の開庁日まで", "moves to the next open day")
    return T("休日でも動かない", "does not move over closed days")


_EXTENDED, _FIXED = T("延長可", "can be extended"), T("延長不可", "cannot be extended")


def extension(yes: bool) -> Text:
    return _EXTENDED if yes else _FIXED


def show(day: date | datetime | None, lang: Lang, form: str = "screen") -> str:
    """A date in one of its forms: screen, table (2026-11-23) or era (令和8年11月23日, on papers)."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        return instant(day)[lang]
    if form == "table":
        return day.isoformat()
    if form == "era" and lang == "ja":
        return format_era(day)
    return screen(day)[lang]
