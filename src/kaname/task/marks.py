"""Assign, see, snooze, take back: what a person does to the lines of an inbox.

A matter is named by its case and by what it is in the case. Whoever names one they may not know of names nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from kaname.access.models import Person
from kaname.access.predicate import Written, rows_visible_to, visible_to
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.models import Case, Matter
from kaname.task.models import Assignment, Mark, Step, What

MOST = 5000  # matters or cases of one step
KEPT = 20  # steps that a person can take back
FARTHEST = 366  # days


class CannotBeDone(ValueError):
    """Why a step of work cannot be taken; nothing was changed."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


class Named(NamedTuple):
    """A matter by what names it. A column's length at the most."""

    case: str
    sort: str
    name: str
    role: str
    run: str

    @property
    def key(self) -> str:
        return "|".join(self)


def named(item: Any) -> str:
    """The key of a line of an inbox."""
    return Named(item.case, item.sort, item.name, item.role, item.run).key


def _read(keys: Iterable[str]) -> list[Named]:
    parts = [key.replace("\0", "").split("|", 4) for key in dict.fromkeys(keys)]
    return [Named(*found) for found in parts if len(found) == 5]


@dataclass(frozen=True, slots=True)
class Done:
    """What a step came to: how many rows it changed, and what it left as it was, with the reason."""

    count: int
    left: tuple[tuple[str, Text], ...] = ()


# -- what an inbox leaves out ----------------------------------------------------------------------------------------


def away(person: Person, today: date) -> Q:
    """The matters that a person has put away and that are not back yet."""
    never = Value(date(1, 1, 1))
    same = {name: OuterRef(name) for name in ("case_id", "sort", "name", "run", "role")}
    mine = Mark.objects.filter(person=person, **same).annotate(on=Coalesce("day", never))
    mine = mine.filter(on=Coalesce(OuterRef("day"), never))
    mine = mine.filter(Q(until=None) | Q(until__gt=today)).filter(Q(seq=None) | Q(seq=F("case__head_seq")))
    return Q(Exists(mine))


def has_put_away(person: Person) -> bool:
    return Mark.objects.filter(person=person).exists()


def assigned_to(people: Sequence[int], office: int, case: str = "case_id") -> Q:
    """The rows whose case one of these people of an office sees to."""
    return Q(Exists(Assignment.objects.filter(case=OuterRef(case), office=office, person__in=people)))


def assigned_elsewhere(people: Sequence[int], office: int, case: str = "case_id") -> Q:
    """The rows whose case somebody else of the office sees to: who is still here, and holds a mandate today."""
    return Q(_Elsewhere(case, people, office, clock.today()))


class _Elsewhere(Written):
    def __init__(self, case: str, people: Sequence[int], office: int, day: date) -> None:
        super().__init__(case)
        self.people, self.office, self.day = tuple(people), office, day

    def written(self, connection: Any) -> tuple[str, list[Any]]:
        day = connection.ops.adapt_datefield_value(self.day)
        people = ", ".join(["%s"] * len(self.people))
        return _ELSEWHERE.replace("PEOPLE", people), [self.office, *self.people, day, day]


_ELSEWHERE = (
    "EXISTS (SELECT 1 FROM task_assignment AS a JOIN access_person AS b ON b.id = a.person_id AND b.is_active "
    "WHERE a.case_id = CASE_ID AND a.office_id = %s AND a.person_id NOT IN (PEOPLE) AND EXISTS "
    "(SELECT 1 FROM access_mandate AS m WHERE m.person_id = a.person_id AND m.valid_from <= %s "
    "AND (m.valid_until IS NULL OR m.valid_until >= %s)))"
)


def who_sees_to(person: Person, cases: Iterable[str]) -> dict[str, Person]:
    """Who of the person's office sees to each of these cases, by public id."""
    found = Assignment.objects.filter(office=person.office_id, case__public_id__in=list(cases))
    return {a.case.public_id: a.person for a in found.select_related("case", "person")}


def colleagues(person: Person) -> "QuerySet[Person]":
    """Those of the same office whose accounts are in use, by name."""
    return Person.objects.filter(office=person.office_id, is_active=True).order_by("name", "pk")


# -- steps ----------------------------------------------------------------------------------------


@transaction.atomic
def assign(person: Person, cases: Iterable[str], to: str | None) -> Done:
    """Give cases to somebody of the own office (public id), or to nobody (None). Who may not know of a case does not
    get it: that case stays as it was. Raises CannotBeDone."""
    asked = _few(cases)
    today = clock.today()
    whom = colleagues(person).filter(public_id=to).first() if to else None
    if to and whom is None:
        text = T(
            "同じ事務所の、利用中の人の中から選ぶこと", "choose somebody of your own office whose account is in use"
        )
        raise CannotBeDone("to", text)
    found = dict(Case.objects.filter(visible_to(person, today), public_id__in=asked).values_list("public_id", "pk"))
    theirs = found
    if whom and whom != person:
        seen = Case.objects.filter(visible_to(whom, today), pk__in=found.values())
        theirs = dict(seen.values_list("public_id", "pk"))
    old = {a.case_id: a for a in Assignment.objects.filter(office=person.office_id, case__in=theirs.values())}
    now = clock.now()
    rows: list[Any] = []
    for case, pk in theirs.items():
        before = old[pk].person_id if pk in old else None
        if before != (whom.pk if whom else None):
            rows.append([case, before, whom.pk if whom else None])
    _put_assignments(person, {theirs[c]: after for c, _, after in rows}, now)
    _remember(person, What.ASSIGN, rows)
    left = [(case, _NOT_THEIRS) for case in found if case not in theirs]
    return Done(len(rows), tuple(left))


_NOT_THEIRS = T("その人にはこの事件の権限がない", "this person has no mandate for the case")


def _put_assignments(person: Person, to: Mapping[int, int | None], now: Any) -> None:
    Assignment.objects.filter(office=person.office_id, case__in=list(to)).delete()
    Assignment.objects.bulk_create(
        (Assignment(case_id=pk, office_id=person.office_id, person_id=whom, by=person, at=now)
         for pk, whom in to.items() if whom),
        batch_size=500,
    )  # fmt: skip


def see(person: Person, keys: Iterable[str]) -> Done:
    """Put matters away as seen. Each is back when its case moves on, and on its last day at the latest."""
    today = clock.today()

    def until(day: date | None) -> date | None:
        return day if day and day > today else None

    return _put_away(person, keys, What.SEEN, until, today)


def snooze(person: Person, keys: Iterable[str], until: date) -> Done:
    """Put matters away until a day: the person's own reminder. None sleeps past its last day. Raises CannotBeDone."""
    today = clock.today()
    if not today < until <= today + timedelta(FARTHEST):
        text = T("明日から一年以内の日を", "expected a day from tomorrow on, within a year")
        raise CannotBeDone("until", text)

    return _put_away(person, keys, What.SNOOZE, partial(_no_later, today, until), today)


def _no_later(today: date, until: date, day: date | None) -> date:
    return min(until, day) if day and day > today else until


@transaction.atomic
def _put_away(
    person: Person, keys: Iterable[str], what: What, until: Callable[[date | None], date | None], today: date
) -> Done:
    asked = _few(keys)
    rows, marks, now = [], [], clock.now()
    found = _matters(person, asked, today)
    old = {_key_of(m, m.case.public_id): m for m in _marks(person, [m.case_id for m in found])}
    for m in found:
        name = _key_of(m, m.case.public_id)
        seq = m.case.head_seq if what is What.SEEN else None
        mark = Mark(person=person, case_id=m.case_id, sort=m.sort, name=m.name, run=m.run, role=m.role, day=m.day,
                    seq=seq, until=until(m.day), at=now)  # fmt: skip
        marks.append(mark)
        rows.append([name, _plain(old.get(name)), _plain(mark)])
    _put_marks([old[n].pk for n, _, _ in rows if n in old], marks)
    _remember(person, what, rows)
    return Done(len(rows))


def _few(asked: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(asked))
    if len(found) > MOST:
        raise CannotBeDone("key", T(f"一度に {MOST} 件まで", f"expected at most {MOST} at a time"))
    return found


def _matters(person: Person, keys: Iterable[str], today: date) -> list[Matter]:
    wanted = {one.key for one in _read(keys)}
    cases = {key.partition("|")[0] for key in wanted}
    seen = Matter.objects.filter(rows_visible_to(person, today), case__public_id__in=cases).select_related("case")
    return [m for m in seen.order_by("pk") if _key_of(m, m.case.public_id) in wanted]


def _marks(person: Person, cases: Iterable[int]) -> list[Mark]:
    return list(Mark.objects.filter(person=person, case__in=set(cases)).select_related("case"))


def _key_of(row: Matter | Mark, case: str) -> str:
    return Named(case, row.sort, row.name, row.role, row.run).key


def _plain(mark: Mark | None) -> list[Any] | None:
    """What a mark says beside its name, as JSON."""
    if mark is None:
        return None
    return [mark.day.isoformat() if mark.day else None, mark.seq, mark.until.isoformat() if mark.until else None]


def _put_marks(gone: Sequence[int], marks: Sequence[Mark]) -> None:
    Mark.objects.filter(pk__in=gone).delete()
    Mark.objects.bulk_create(marks, batch_size=500)


def back(person: Person, keys: Iterable[str]) -> int:
    """Bring matters back that were put away; how many were."""
    asked = {one.key for one in _read(_few(keys))}
    cases = {key.partition("|")[0] for key in asked}
    mine = Mark.objects.filter(person=person, case__public_id__in=cases).select_related("case")
    gone = [m.pk for m in mine if _key_of(m, m.case.public_id) in asked]
    return int(Mark.objects.filter(pk__in=gone).delete()[0])


# -- take back ----------------------------------------------------------------------------------------


def _remember(person: Person, what: What, rows: list[Any]) -> None:
    if not rows:
        return
    Step.objects.create(person=person, what=what, rows=rows, at=clock.now())
    kept = Step.objects.filter(person=person).order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Step.objects.filter(person=person).exclude(pk__in=list(kept)).delete()


def last(person: Person) -> Step | None:
    """The step that would be taken back."""
    return Step.objects.filter(person=person).order_by("-pk").first()


@transaction.atomic
def undo(person: Person) -> tuple[What, Done] | None:
    """Take back the last step; None where there is none. A row that somebody has changed since stays as it is."""
    steps = Step.objects.filter(person=person).order_by("-pk").select_for_update()
    step = steps.first()
    if step is None:
        return None
    Step.objects.filter(pk=step.pk).delete()
    what = What(step.what)
    return what, _unassigned(person, step.rows) if what is What.ASSIGN else _unmarked(person, step.rows)


def _unassigned(person: Person, rows: Sequence[Any]) -> Done:
    seen = Case.objects.filter(visible_to(person, clock.today()), public_id__in=[case for case, _, _ in rows])
    pks = dict(seen.values_list("public_id", "pk"))
    found = Assignment.objects.filter(office=person.office_id, case__in=pks.values())
    now = {a.case_id: a.person_id for a in found}
    unmoved = {pks[c]: before for c, before, after in rows if c in pks and now.get(pks[c]) == after}
    _put_assignments(person, unmoved, clock.now())
    moved = [c for c, _, _ in rows if c in pks and pks[c] not in unmoved]
    return Done(len(unmoved), tuple((case, _CHANGED) for case in moved))


_CHANGED = T("その後、ほかの人が変えた", "somebody has changed it since")


def _unmarked(person: Person, rows: Sequence[Any]) -> Done:
    cases = {name.partition("|")[0] for name, _, _ in rows}
    pks = dict(Case.objects.filter(public_id__in=cases).values_list("public_id", "pk"))
    there = {_key_of(m, m.case.public_id): m for m in _marks(person, pks.values())}
    gone, marks = [], []
    for name, before, after in rows:
        if _plain(there.get(name)) != after:
            continue
        gone.append(there[name].pk)
        if before:
            of, (day, seq, until) = Named(*name.split("|", 4)), before
            marks.append(
                Mark(person=person, case_id=pks[of.case], sort=of.sort, name=of.name, run=of.run, role=of.role,
                     day=_day(day), seq=seq, until=_day(until), at=clock.now())
            )  # fmt: skip
    _put_marks(gone, marks)
    return Done(len(gone))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
