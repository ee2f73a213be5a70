"""What lies on the desks of offices: whose it is, which there are, what has had its time, what was computed lately."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import IO, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from kaname.access.models import Person
from kaname.desk import sheets
from kaname.desk.models import Holdings, NameCheck, ShockTable, TradeTable
from kaname.files.batches import first_column
from kaname.files.formats import format_of
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding, unusable
from kaname.files.tables import open_reader, read
from kaname.law import T

One = TypeVar("One", Holdings, NameCheck, TradeTable, ShockTable)
Table = TypeVar("Table", TradeTable, ShockTable)
_Made = TypeVar("_Made")
_MOST = 50  # of a list
_NO_ROWS = T("行が一つもない；1行以上が要る", "no row in it; expected one or more")
_NO_TABLE = T("この事務所の表でない；一覧から選ぶ", "no table of this office; choose one of the list")


class Shelf(Generic[One]):
    """Sheets of one kind. Everybody of an office sees its own; each is thrown away `kept` after it came."""

    def __init__(self, model: type[One], kept: timedelta) -> None:
        self.model: type[One] = model
        self.kept = kept

    def of(self, person: Person, public_id: str) -> One | None:
        """A sheet of that person's office; another office's is not there, nor one that has had its time."""
        return self._of_office(person).filter(public_id=public_id).first()

    def listed(self, person: Person, sort: str | None = None) -> list[One]:
        """The newest first, without what is in them; those of a sort, where there are sorts."""
        found = self._of_office(person).defer("content").order_by("-made_at", "-pk")
        return list((found if sort is None else found.filter(sort=sort))[:_MOST])

    def sweep(self) -> int:
        """Throw away what has had its time."""
        return int(self.model._default_manager.filter(ends_at__lte=timezone.now()).delete()[0])

    def _of_office(self, person: Person) -> QuerySet[One]:
        there = self.model._default_manager.filter(office=person.office_id, ends_at__gt=timezone.now())
        return there.select_related("person", "office")


class Lately:
    """The last `most` things that were made, by key: who asks goes from page to page of one."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._known: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    def remembered(self, key: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                known: _Made = self._known[key]
                return known
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

    def forget(self, part: str) -> None:
        """What has this in its key."""
        with self._lock:
            for key in [key for key in self._known if part in key]:
                del self._known[key]


class Tables(Shelf[Table]):
    """Tables of several sorts, told apart by their columns (`sort_of`: name of the file, names of columns)."""

    def __init__(
        self, model: type[Table], kept: timedelta, sort_of: Callable[[str, tuple[str, ...]], str], lately: Lately
    ) -> None:
        super().__init__(model, kept)
        self._sort_of, self._lately = sort_of, lately

    def keep(self, person: Person, name: str, content: IO[bytes], encoding: str = "") -> Table:
        """Take a table: looked at once to see which it is, then sealed. Raises BadInput, nothing kept."""
        self.sweep()
        called, given = sheets.arrived(name, content)
        digest = hashlib.sha256(given).hexdigest()  # of the file as sent: by it evidence names its source
        called, raw = sheets.as_text(called, given)
        form = format_of(called)
        try:
            sort, rows = self._looked_at(called, raw, form, encoding or "utf-8")
        except WrongEncoding as wrong:
            if encoding or not wrong.likely:
                raise
            encoding = wrong.likely
            sort, rows = self._looked_at(called, raw, form, encoding)
        one = self.model(
            office=person.office, person=person, ends_at=timezone.now() + self.kept, encoding=encoding or "utf-8",
            rows=rows, sort=sort, form=form, digest=digest,
        )  # fmt: skip
        one.take(called, raw)
        one.save(force_insert=True)
        return one

    def discard(self, one: Table) -> None:
        self._lately.forget(one.public_id)
        one.delete()

    def beside(self, person: Person, public_id: str, sort: str, field: str) -> Table | None:
        """A table of a sort that stands beside another, None for "". Raises BadInput."""
        if not public_id:
            return None
        found = self.of(person, public_id)
        if found is None or found.sort != sort:
            raise BadInput([Problem(f"--{field}", 0, "", _NO_TABLE)])
        return found

    def _looked_at(self, name: str, raw: bytes, form: str, encoding: str) -> tuple[str, int]:
        with named(name), sheets.path_of(raw) as path, open_reader(path, form, encoding) as reader:
            sort = self._sort_of(name, reader.names)
            rows = sum(len(batch) for batch in read(reader, {"first": first_column(reader)}))
        if not rows:
            raise unusable(name, _NO_ROWS)
        return sort, rows


@contextmanager
def named(name: str) -> Iterator[None]:
    """What is wrong with a file in memory is told under its own name."""
    try:
        yield
    except WrongEncoding:
        raise
    except BadInput as wrong:
        raise BadInput([Problem(name, p.line, p.field, p.text) for p in wrong.problems]) from wrong
