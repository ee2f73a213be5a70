"""Names of business partners against the lists of an office: lists kept, names compared, decisions remembered.

A finding says that two names are similar, never that they are one and the same. A decision holds while all names on
both sides stay as they were; then it is shown as to be made anew.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kaname.access import api as access
from kaname.access.models import Person
from kaname.desk import sheets
from kaname.desk.models import NameCheck, NameDecision, NameList
from kaname.desk.shelf import Shelf
from kaname.files.batches import Reader
from kaname.files.formats import format_of
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding, unusable
from kaname.files.tables import open_reader, read
from kaname.law import T

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaname.assess.names.decisions import Decisions
    from kaname.assess.names.screening import Screen
    from kaname.assess.names.subjects import Subject

KEPT = timedelta(days=30)
MOST_NAMES = 5_000
THRESHOLDS = (0.85, 0.88, 0.9, 0.92, 0.95)
USUAL = 0.9
MADE = ("cleared", "confirmed", "open")
LONGEST = 1000
_SHELF = Shelf(NameCheck, KEPT)
of, listed, sweep = _SHELF.of, _SHELF.listed, _SHELF.sweep
_TOO_MANY = T(f"{MOST_NAMES:,}件を超える；分けるか、kaname assess names で調べる",
              f"over {MOST_NAMES:,} names; split it, or use kaname assess names")  # fmt: skip


@dataclass(frozen=True)
class Result:
    """Rows of `assess.names.table`, one a finding and one for each name without any; what was wrong by line."""

    rows: tuple[dict[str, Any], ...]
    outcomes: Counter[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Pair:
    """Two sides of a finding with all their names, and every decision about them, newest first."""

    row: dict[str, Any]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    history: tuple[NameDecision, ...]


# -- lists -------------------------------------------------------------------------------------------------------------


def lists(person: Person) -> list[NameList]:
    """The lists of the office, by label."""
    return sorted(_lists(person).defer("content"), key=lambda one: (one.label, one.pk))


def list_of(person: Person, public_id: str) -> NameList | None:
    return _lists(person).filter(public_id=public_id).first()


def keep_list(
    person: Person, label: str, origin: str, day: date, name: str, content: IO[bytes], encoding: str = ""
) -> NameList:  # fmt: skip
    """Take a list; one of the same label gives way to it. Raises BadInput, nothing kept."""
    called, raw = sheets.taken(name, content)
    used, entities = _decoded(raw, encoding, lambda e: _subjects(called, raw, _form(called), e, label))
    if not any(entities):
        raise unusable(called, T("名称が一つもない；1つ以上が要る", "no names; expected one or more"))
    one = NameList(office=person.office, person=person, encoding=used, rows=sum(1 for e in entities if e),
                   form=_form(called), day=day)  # fmt: skip
    one.take(called, raw)
    one.tell(label, origin)
    with transaction.atomic():
        for before in lists(person):
            if before.label == label:
                before.delete()
        one.save(force_insert=True)
    return one


# -- checks ------------------------------------------------------------------------------------------------------------


def keep(person: Person, name: str, content: IO[bytes], encoding: str = "") -> NameCheck:
    """Take names to hold against the lists. Raises BadInput, nothing kept."""
    sweep()
    called, raw = sheets.taken(name, content)
    used, asked = _decoded(raw, encoding, lambda e: _subjects(called, raw, _form(called), e))
    if len(asked) > MOST_NAMES:
        raise unusable(called, _TOO_MANY)
    if not asked:
        raise unusable(called, T("名称が一つもない；1つ以上が要る", "no names; expected one or more"))
    one = NameCheck(office=person.office, person=person, ends_at=timezone.now() + KEPT, encoding=used,
                    rows=len(asked), form=_form(called))  # fmt: skip
    one.take(called, raw)
    one.save(force_insert=True)
    return one


def result(person: Person, one: NameCheck, threshold: float = USUAL) -> Result:
    """What the names come to against the lists as they are now, with the decisions as they are now."""
    last = NameDecision.objects.filter(office=person.office_id).order_by("-pk").values_list("pk", flat=True).first()
    key = ("result", person.office_id, one.public_id, _lists_key(person), threshold, last)

    def compare() -> Result:
        against, made = screen(person, threshold), decisions(person)
        return screened(one.name, one.raw, one.form, one.encoding, against, made)

    return _remembered(key, compare)


def screened(
    name: str, raw: bytes, form: str, encoding: str, screen: "Screen", decisions: "Decisions"
) -> Result:  # fmt: skip
    """Names of a file held against a screen. Raises BadInput."""
    from kaname.assess.names import run  # brings a compiler along: only who compares waits for it
    from kaname.assess.names.subjects import layout

    made: list[Any] = []
    with _reader(name, raw, form, encoding) as reader:
        shape = layout(reader, {})
        tally = run.screen_file(
            read(reader, shape.wanted), shape, screen, decisions, lambda table: made.append(table())
        )
        placed = reader.place(tally.faults)
    problems = [run.told(name, line, fault) for line, fault in placed]
    rows = tuple(row for table in made for row in table.to_pylist())
    return Result(rows, tally.outcomes, (*problems, *tally.broken_off))


def screen(person: Person, threshold: float) -> "Screen":
    from kaname.assess.names.screening import Screen

    def build() -> Screen:
        found = list(_lists(person))
        entities = [e for one in found for e in _subjects(one.name, one.raw, one.form, one.encoding, one.label) if e]
        return Screen(entities, threshold)

    return _remembered(("screen", person.office_id, _lists_key(person), threshold), build)


def screen_of(given: Sequence[tuple[str, bytes]], threshold: float) -> "Screen":
    """A screen over lists that are not kept: labels with lines of JSON. Raises BadInput."""
    from kaname.assess.names.screening import Screen

    return Screen([e for label, raw in given for e in _subjects(label, raw, "jsonl", "utf-8", label) if e], threshold)


# -- decisions ---------------------------------------------------------------------------------------------------------


def pair(person: Person, one: NameCheck, threshold: float, fingerprint: str) -> Pair | None:
    """A finding of a check, by the fingerprint of its two sides; None where it is no longer there."""
    row = next((r for r in result(person, one, threshold).rows if r["pair"] == fingerprint), None)
    if row is None:
        return None
    against = screen(person, threshold)
    ours = next(s for s in _subjects(one.name, one.raw, one.form, one.encoding) if s and s.id == row["id"])
    theirs = next(e for e in against.listed if (e.source, e.id) == (row["list"], row["entity_id"]))
    key = row["id"], row["list"], row["entity_id"]
    history = [d for d in _made(person) if (d.told["id"], d.told["list"], d.told["entity_id"]) == key]
    return Pair(row, tuple(n.text for n in ours.names), tuple(n.text for n in theirs.names), tuple(history[::-1]))


def decide(person: Person, found: Pair, decision: str, note: str, seen: int) -> bool:
    """Remember a decision; `open` takes the last one back. False where a colleague decided after `seen` (the number of
    decisions that the person had before their eyes)."""
    if decision not in MADE:
        raise ValueError(f"no decision {decision!r}")
    row = found.row
    if len(found.history) != seen:
        return False
    made = NameDecision(office=person.office, person=person, day=access.today())
    made.tell(id=row["id"], list=row["list"], entity_id=row["entity_id"], pair=row["pair"], decision=decision,
              note=note.replace("\r\n", "\n").strip()[:LONGEST], ours=row["matched"], theirs=row["listed"])  # fmt: skip
    made.save(force_insert=True)
    return True


def _made(person: Person) -> list[NameDecision]:
    """Every decision of the office, oldest first."""
    return list(NameDecision.objects.filter(office=person.office_id).select_related("office", "person").order_by("pk"))


def decisions(person: Person) -> "Decisions":
    from kaname.assess.names.decisions import Decision, Decisions

    found = Decisions()
    for made in _made(person):
        told = made.told
        key = told["id"], told["list"], told["entity_id"]
        if told["decision"] == "open":
            found.latest.pop(key, None)
            for known in [k for k in found.by_pair if k[:3] == key]:
                del found.by_pair[known]
        else:
            found.add(*key, Decision(told["pair"], told["decision"], made.person.name, made.day, told["note"]))
    return found


# -- files -------------------------------------------------------------------------------------------------------------


def _lists(person: Person) -> QuerySet[NameList]:
    return NameList.objects.filter(office=person.office_id).select_related("person", "office")


def _form(name: str) -> str:
    """The format of a file by its name; `.json` is one object a line, as FollowTheMoney writes it."""
    return "jsonl" if name.lower().endswith(".json") else format_of(name)


def _decoded(raw: bytes, encoding: str, reading: Callable[[str], Any]) -> tuple[str, Any]:
    """What reading gives, and the encoding it took: the one named, else UTF-8, else the likely one."""
    try:
        return encoding or "utf-8", reading(encoding or "utf-8")
    except WrongEncoding as wrong:
        if encoding or not wrong.likely:
            raise
        return wrong.likely, reading(wrong.likely)


def _subjects(
    name: str, raw: bytes, form: str, encoding: str, label: str = ""
) -> "list[Subject | None]":  # fmt: skip
    from kaname.assess.names.subjects import layout, subjects

    found: list[Subject | None] = []
    with _reader(name, raw, form, encoding) as reader:
        shape = layout(reader, {})
        for batch in read(reader, shape.wanted):
            found += subjects(batch, shape, label)[0]
    return found


@contextmanager
def _reader(name: str, raw: bytes, form: str, encoding: str) -> "Iterator[Reader]":
    try:
        with sheets.path_of(raw) as path, open_reader(path, form, encoding) as reader:
            yield reader
    except WrongEncoding:
        raise
    except BadInput as wrong:
        raise BadInput([Problem(name, p.line, p.field, p.text) for p in wrong.problems]) from wrong


_LOCK = Lock()
_MADE: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_REMEMBERED = 8
_Any = TypeVar("_Any")


def _remembered(key: tuple[Any, ...], make: Callable[[], _Any]) -> _Any:
    """What this process has made a moment ago: a reader goes from page to page of one result."""
    with _LOCK:
        found: _Any | None = _MADE.get(key)
    if found is None:
        found = make()
        with _LOCK:
            _MADE[key] = found
            while len(_MADE) > _REMEMBERED:
                _MADE.popitem(last=False)
    return found


def _lists_key(person: Person) -> tuple[str, ...]:
    return tuple(NameList.objects.filter(office=person.office_id).order_by("pk").values_list("public_id", flat=True))
