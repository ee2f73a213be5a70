"""Reminders: read off what is pending and a person's own rules. Nothing is stored but what was read.

A reminder is no date of law. One that would fall on a closed day comes on the open day before, so that somebody sees
it; the reminder of the day after a last day comes on the next open day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from kaname.access import api as access
from kaname.access.api import Item, Owed
from kaname.access.models import Person
from kaname.days import DayError, next_open_day, previous_open_day
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.notices.models import How, Read, Rule

EARLIEST, LATEST = 90, -1  # days before a last day; the day after
AFTER = timedelta(31)  # how long a reminder of a last day that is over stays on the page
MOST = 40  # rules of one person
_ONE = timedelta(1)


@dataclass(frozen=True, slots=True)
class When:
    """A rule as a value. See `models.Rule`."""

    before: int
    how: str
    kind: str = ""


USUAL = (When(7, How.PAGE), When(1, How.PAGE), When(0, How.PAGE), When(-1, How.PAGE))


@dataclass(frozen=True, slots=True)
class Reminder:
    """`key` names it: this last day, and how long before it. A last day that moves makes new reminders."""

    key: str
    item: Item
    before: int
    on: date


class BadRule(ValueError):
    """A rule that cannot be kept: what was expected of which field (before, how, kind)."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


def rules(person: Person) -> tuple[When, ...]:
    """A person's own rules, or the usual ones, the earliest first."""
    own = Rule.objects.filter(person=person).order_by("-before", "kind", "how")
    return tuple(When(r.before, r.how, r.kind) for r in own) or USUAL


@transaction.atomic
def keep(person: Person, wanted: Iterable[When]) -> None:
    """Put a person's rules in the place of the old ones; none: the usual ones again. Raises BadRule, nothing kept."""
    asked = tuple(dict.fromkeys(wanted))
    if len(asked) > MOST:
        raise BadRule("before", T(f"規則は {MOST} 個まで", f"expected at most {MOST} rules"))
    for when in asked:
        _check(when)
    Rule.objects.filter(person=person).delete()
    Rule.objects.bulk_create(Rule(person=person, kind=w.kind, before=w.before, how=w.how) for w in asked)


def _check(when: When) -> None:
    if not LATEST <= when.before <= EARLIEST:
        text = T(f"末日の {EARLIEST} 日前から末日の翌日（-1）まで",
                 f"expected {EARLIEST} days before the last day, to the day after it (-1)")  # fmt: skip
        raise BadRule("before", text)
    if when.how not in set(How):
        raise BadRule("how", T(f"方法は {'、'.join(How)}", f"expected one of {', '.join(How)}"))
    if when.kind and when.kind not in kinds():
        raise BadRule("kind", T(f"「{when.kind}」という種類はない", f"there is no kind {when.kind!r}"))


def comes_on(last_day: date, before: int) -> date:
    """The day on which a reminder comes."""
    day = last_day - timedelta(before)
    try:
        return previous_open_day(day) if before >= 0 else next_open_day(day)
    except DayError:  # beyond the known holidays
        return day


class _Come(NamedTuple):
    """A reminder that has come, before anything is read of its matter but what names it."""

    owed: Owed
    before: int
    on: date

    @property
    def key(self) -> str:
        o = self.owed
        named = f"{o.case}\n{o.sort}\n{o.name}\n{o.run}\n{o.role}\n{o.day}\n{self.before}"
        return sha256(named.encode()).hexdigest()[:32]


def reminders(person: Person, today: date, how: str, *, outward: bool = False) -> list[Reminder]:
    """Every reminder of one way that has come by today and whose last day is not long over, by last day."""
    return _told(_come(person, today, how, outward), today, outward)


def _come(person: Person, today: date, how: str, outward: bool = False) -> list[_Come]:
    mine = [when for when in rules(person) if when.how == how]
    if not mine:
        return []
    ahead = timedelta(max(when.before for when in mine))
    owed = access.owed(person, today, today - AFTER, _upto(today) + ahead, outward=outward)
    days = {(one.day, when.before) for one in owed for when in mine}
    on = {pair: comes_on(*pair) for pair in days}  # many matters end on one day
    return [
        _Come(one, when.before, on[one.day, when.before])
        for one in owed for when in mine
        if when.kind in ("", one.kind) and on[one.day, when.before] <= today
    ]  # fmt: skip


def _upto(today: date) -> date:
    """The last of the days whose reminders have come by today: those of closed days that follow come before them."""
    try:
        return next_open_day(today + _ONE) - _ONE
    except DayError:  # beyond the known holidays
        return today


def _told(come: Sequence[_Come], today: date, outward: bool = False) -> list[Reminder]:
    items = access.lines([one.owed for one in come], today, outward=outward)
    return [Reminder(one.key, items[one.owed.pk], one.before, one.on) for one in come if one.owed.pk in items]


def on_page(person: Person, today: date | None = None) -> list[Reminder]:
    """Those not read yet: of each matter the latest that has come."""
    day = today or clock.today()
    return _told(list(_unread(person, day).values()), day)


def unread(person: Person, today: date | None = None) -> int:
    """How many `on_page` are: for who is told no more than that."""
    return len(_unread(person, today or clock.today()))


def _unread(person: Person, today: date) -> dict[str, _Come]:
    latest: dict[tuple[str, ...], _Come] = {}
    for one in _come(person, today, How.PAGE):
        about = one.owed[1:-1]
        if about not in latest or one.before < latest[about].before:
            latest[about] = one
    by_key = {one.key: one for one in latest.values()}
    read = Read.objects.filter(person=person, key__in=list(by_key)).values_list("key", flat=True) if by_key else ()
    for key in read:
        del by_key[key]
    return by_key


def mark_read(person: Person, keys: Iterable[str]) -> int:
    """Reminders read. Only those that the person has now count; how many of them were unread before."""
    wanted = set(keys)
    now = clock.now()
    rows = [Read(person=person, key=key, at=now) for key in _unread(person, clock.today()) if key in wanted]
    Read.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
