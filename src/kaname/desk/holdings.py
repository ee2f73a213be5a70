"""Sources of shareholdings that an office looks through: taken, read, thrown away after `KEPT`.

A small one is read while the form waits, and refused at once where it cannot be; a large one in a thread of its own,
while its page says so and looks again.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING
from unicodedata import normalize

from django.db import close_old_connections
from django.utils import timezone

from kaname.access import api as access
from kaname.access.models import Person
from kaname.desk import sheets
from kaname.desk.models import Holdings
from kaname.desk.shelf import Shelf
from kaname.files.batches import Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding, unusable
from kaname.files.tables import open_reader
from kaname.law import T, Text

if TYPE_CHECKING:
    from kaname.assess.ownership.book import Book
    from kaname.assess.ownership.look import Look
    from kaname.assess.ownership.network import Right
    from kaname.assess.ownership.report import Day

KEPT = timedelta(days=30)
AT_ONCE = 1 << 20  # bytes that are read while the form waits
DEAD = timedelta(minutes=2)  # a reading that is not over by then has died with its process
State = Holdings.State
_SHELF = Shelf(Holdings, KEPT)
of, listed, sweep = _SHELF.of, _SHELF.listed, _SHELF.sweep
_log = logging.getLogger("kaname.desk")
_REMEMBERED = 4  # books read by this process: a reader goes from page to page of one
_NO_ROWS = T("保有が一つもない；1行以上が要る", "no holding in it; expected one or more")


@dataclass(frozen=True)
class Read:
    """A source as it was read: its book, what was wrong by line, what is worth knowing, the line of a record by number.

    `days`: its networks of the days last asked for.
    """

    book: "Book"
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    line: Callable[[int], int]
    days: "OrderedDict[date, Day]" = field(default_factory=OrderedDict)


# -- whose -----------------------------------------------------------------------------------------------------------


def discard(one: Holdings) -> None:
    with _LOCK:
        _READ.pop(one.public_id, None)
    one.delete()


# -- taken and read --------------------------------------------------------------------------------------------------


def keep(person: Person, name: str, content: IO[bytes], encoding: str = "") -> Holdings:
    """Take a source: read once to see that it can be, then sealed; a large one is sealed first, and read apart.

    Raises BadInput, nothing kept.
    """
    sweep()
    called, raw = sheets.taken(name, content)
    one = Holdings(office=person.office, person=person, ends_at=timezone.now() + KEPT, encoding=encoding or "",
                   rows=0, entities=0, state=State.READING)  # fmt: skip
    small = len(raw) <= AT_ONCE
    found = _first_reading(one, called, raw) if small else None
    one.take(called, raw)
    one.save(force_insert=True)
    if found:
        _remember(one, found)
    else:
        _apart(one)
    return one


def _first_reading(one: Holdings, called: str, raw: bytes) -> Read:
    """Read it with its encoding, or the likely one where none was named; `one` says what came out. Raises BadInput."""
    try:
        found = read(called, raw, one.encoding or "utf-8")
    except WrongEncoding as wrong:
        if one.encoding or not wrong.likely:
            raise
        one.encoding = wrong.likely
        found = read(called, raw, one.encoding)
    one.encoding, one.state = one.encoding or "utf-8", State.DONE
    one.rows, one.entities = found.book.rows, len(found.book.entities)
    return found


def is_open(one: Holdings) -> bool:
    """Whether it has been read. A reading that died with its process is begun again."""
    if one.state == State.READING and (one.beat_at is None or timezone.now() - one.beat_at > DEAD):
        _apart(one)
    return bool(one.state == State.DONE)


def why_not(one: Holdings) -> list[tuple[int, str, Text]]:
    """Why a source cannot be read: line, field, what is wrong. Raises CannotOpen, KeysMissing."""
    return [(p["line"], p["field"], T(p["ja"], p["en"])) for p in one.problems]


def _apart(one: Holdings) -> None:
    one.beat_at = timezone.now()
    Holdings.objects.filter(pk=one.pk).update(beat_at=one.beat_at)
    Thread(target=_read_apart, args=(one.pk,), name=f"holdings-{one.public_id}", daemon=True).start()


def _read_apart(pk: int) -> None:
    close_old_connections()
    try:
        one = Holdings.objects.select_related("office").filter(pk=pk, state=State.READING).first()
        if one is None:
            return  # thrown away meanwhile, or read already
        try:
            _remember(one, _first_reading(one, one.name, one.raw))
        except BadInput as wrong:
            one.fail(
                [{"line": p.line, "field": p.field, "ja": p.text.ja, "en": p.text.en} for p in wrong.problems[:100]]
            )
        except Exception:
            _log.exception("a source of holdings could not be read", extra={"holdings": one.public_id})
            one.fail([{"line": 0, "field": "", "ja": _BROKEN.ja, "en": _BROKEN.en}])
        told = {n: getattr(one, n) for n in ("state", "rows", "entities", "encoding", "wrong")}
        Holdings.objects.filter(pk=pk).update(**told)
    finally:
        close_old_connections()


_BROKEN = T("読取りが途中で止まった。もう一度送るか、管理者に時刻を伝えること",
            "the reading stopped; send it again, or tell an administrator the time")  # fmt: skip


def opened(one: Holdings) -> Read:
    """A source with its book. Raises CannotOpen, KeysMissing where its seal does not open."""
    with _LOCK:
        found = _READ.get(one.public_id)
    if found is None:
        found = read(one.name, one.raw, one.encoding)
        _remember(one, found)
    return found


def read(name: str, raw: bytes, encoding: str = "utf-8") -> Read:
    """The book of some bytes. Raises BadInput."""
    from kaname.assess.ownership.source import open_book  # brings a compiler along: only who looks waits for it

    try:
        with (
            sheets.path_of(raw) as path,
            open_book(path, access.today(), None, encoding, _columns(path, name, encoding), name) as book,
        ):
            book.name = name
            if not book.columns.size and not book.faults:
                raise unusable(name, _NO_ROWS)
            problems = [_problem(name, line, fault) for line, fault in book.place(book.faults)]
            notes = [_problem(name, line, fault) for line, fault in book.place(book.notes)]
            line_of = _line_of(book, raw, encoding)
    except WrongEncoding:
        raise
    except BadInput as wrong:
        raise BadInput([Problem(name, p.line, p.field, p.text) for p in wrong.problems]) from wrong
    return Read(book, tuple(problems), tuple(notes), line_of)


def _line_of(book: "Book", raw: bytes, encoding: str) -> Callable[[int], int]:
    """Where a record stands. A file with as many lines as records has one on each; else each is looked for."""
    if book.form not in ("csv", "jsonl"):
        return lambda row: row + 1
    first = 2 if book.form == "csv" else 1
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    if encoding in _PLAIN_ENDS and lines == book.rows + first - 1 and not any(fault.lost for fault in book.faults):
        return lambda row: row + first
    marks = [Fault(row, "", "", T("", "")) for row in sorted(set(book.columns.row.tolist()))]
    placed = {fault.row: line for line, fault in book.place(marks)}
    return lambda row: placed.get(row, row + first)


_PLAIN_ENDS = ("utf-8", "cp932", "euc_jp")  # encodings in which the byte of a line end is nothing else

# The usual names of columns, where a table does not have ours.
_USUAL = {
    "holder": ("株主", "株主名", "保有者", "出資者", "owner", "shareholder"),
    "company": ("会社", "会社名", "法人", "発行会社", "発行者", "issuer", "subject"),
    "votes": ("議決権", "議決権割合", "議決権の割合", "voting_rights"),
    "capital": ("資本", "出資割合", "出資比率", "equity"),
    "share": ("持分", "持分割合", "持株比率", "割合", "percent", "percentage"),
    "since": ("から", "取得日", "開始日", "from"),
    "until": ("まで", "終了日", "to"),
    "holder_country": ("国", "国籍", "株主の国", "保有者の国", "country"),
    "holder_kind": ("種類", "株主の種類", "保有者の種類", "kind"),
    "company_country": ("会社の国", "設立国"),
}


_NOT_CSV = (".json", ".jsonl", ".ndjson", ".ftm", ".parquet", ".pq")


def _columns(path: str, name: str, encoding: str) -> tuple[str, ...]:
    """Which columns of a table stand for ours, told by the names that people give them."""
    if name.lower().endswith(_NOT_CSV):
        return ()
    with open_reader(path, "csv", encoding) as reader:
        names = reader.names
    plain = {normalize("NFKC", column).strip().lower(): column for column in reversed(names)}
    found = {field: next((plain[u] for u in usual if u in plain), "") for field, usual in _USUAL.items()}
    return tuple(f"{field}={column}" for field, column in found.items() if column and field not in names)


def _problem(name: str, line: int, fault: Fault) -> Problem:
    from kaname.assess.ownership.book import sentence

    return Problem(name, line, fault.field, sentence(fault))


_LOCK = Lock()
_READ: OrderedDict[str, Read] = OrderedDict()


def _remember(one: Holdings, found: Read) -> None:
    with _LOCK:
        _READ[one.public_id] = found
        while len(_READ) > _REMEMBERED:
            _READ.popitem(last=False)


# -- looked at -------------------------------------------------------------------------------------------------------


def on(found: Read, day: date) -> "Day":
    from kaname.assess.ownership.report import Day

    state = found.days.get(day)
    if state is None:
        state = found.days[day] = Day.of(found.book, day)
        while len(found.days) > _REMEMBERED:
            found.days.popitem(last=False)
    return state


def look(day: "Day", company: str, right: "Right", home: str = "JP") -> "Look":
    """Raises KeyError for an identifier that the source does not have."""
    from kaname.assess.ownership.look import look as through

    return through(day, company, right, home)


def told(found: Read, faults: Iterable[Fault]) -> list[Problem]:
    """Faults of a network with the lines of their records."""
    unique = dict.fromkeys(faults)
    return [_problem(found.book.name, f.line or found.line(f.row), f) for f in unique]
