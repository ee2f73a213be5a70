"""Notes on a case: private, or shared with whoever may know of the case. Never part of the law's record.

Texts lie sealed, under the circle of the case; each edit is a version more. `@name` in a shared note makes a notice for
that person, if the person may know of the case: anybody else is not told, and the author hears only that nobody was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from kaname.access import api as access
from kaname.access.models import Person
from kaname.aside.models import Mention, Note, Version
from kaname.law import T, Text
from kaname.ledger import clock, sealing
from kaname.ledger.destroyed import GONE
from kaname.ledger.errors import Destroyed
from kaname.ledger.models import Case

LONGEST, LONGEST_NAME, MENTIONS = 4000, 40, 20
_AT = "@＠"


class BadNote(ValueError):
    """A text that is no note; `text` tells what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Written:
    """One text of a note, and when it was written."""

    text: str
    shared: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as its reader sees it: the text that stands, and those before it, newest first."""

    id: str
    author: str
    mine: bool
    shared: bool
    now: Written
    before: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a text: the note, who was told of it, and names after an @ that nobody here is called."""

    id: str
    told: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()


def listed(person: Person, case: str) -> list[Shown]:
    """The notes that a person may read on a case, the newest first. Raises UnknownCase."""
    found = access.find(person, case)
    notes = _readable(person, found).select_related("author").prefetch_related("versions").order_by("-pk")
    return [_shown(person, note) for note in notes]


def count(person: Person, case: Case) -> int:
    return _readable(person, case).count()


def write(person: Person, case: str, text: str, shared: bool = False) -> Kept:
    """A new note. Raises UnknownCase, BadNote."""
    access.find(person, case)
    plain = _checked(text)
    with transaction.atomic():
        note = Note.objects.create(case=access.hold(person, case), author=person, shared=shared)
        _add(note, plain, 1)
        return _mentioned(note, plain)


def edit(person: Person, case: str, id: str, text: str, shared: bool) -> Kept:
    """Another text for one's own note; the one before stays in its history. Raises UnknownCase, LookupError,
    BadNote."""
    plain = _checked(text)
    with transaction.atomic():
        note = _own(person, case, id)
        last = note.versions.order_by("-number")[0]
        if (_opened(note, last), note.shared) == (plain, shared):
            return Kept(id)
        note.shared = shared
        note.save(update_fields=("shared",))
        _add(note, plain, last.number + 1)
        return _mentioned(note, plain)


def remove(person: Person, case: str, id: str) -> None:
    """Take one's own note away from everybody's sight. Raises UnknownCase, LookupError."""
    with transaction.atomic():
        note = _own(person, case, id)
        note.removed_at = clock.now()
        note.save(update_fields=("removed_at",))


def mentions(person: Person) -> list[Mention]:
    """Where a person was named and has not looked yet, in cases that the person may know of today."""
    unread = Mention.objects.filter(person=person, read_at=None, note__removed_at=None, note__shared=True)
    seen = Case.objects.filter(access.visible_to(person, clock.today()), pk__in=unread.values("note__case"))
    return list(unread.filter(note__case__in=seen).select_related("note__case", "note__author").order_by("-pk"))


def mark_read(person: Person, case: Case | None = None) -> int:
    """The notices of one case, or all of them, are read."""
    unread = Mention.objects.filter(person=person, read_at=None)
    return (unread.filter(note__case=case) if case else unread).update(read_at=clock.now())


def _readable(person: Person, case: Case) -> QuerySet[Note]:
    return Note.objects.filter(Q(author=person) | Q(shared=True), case=case, removed_at=None)


def _own(person: Person, case: str, id: str) -> Note:
    found = access.hold(person, case)
    note = Note.objects.filter(case=found, author=person, public_id=id, removed_at=None).first()
    if note is None:
        raise LookupError("no note of this person has this id in this case")
    note.case = found
    return note


def _checked(text: str) -> str:
    plain = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not plain:
        raise BadNote(T("メモを書いてください。", "Write the note."))
    if len(plain) > LONGEST:
        raise BadNote(T(f"メモは{LONGEST}字までです（いま{len(plain)}字）。",
                        f"A note has at most {LONGEST} characters ({len(plain)} now)."))  # fmt: skip
    return plain


# -- sealed ----------------------------------------------------------------------------------------------------------


def _add(note: Note, plain: str, number: int) -> None:
    blob = sealing.seal_text(_purpose(note, number), plain.encode(), note.case.circle)
    Version.objects.create(note=note, number=number, sealed=blob, key_id=sealing.key_of(blob), shared=note.shared)


def seal_again(case: str) -> None:
    """Every version under the key of the circle that the case has come into. Within the transaction that moves it."""
    held = Version.objects.select_for_update(of=("self",)).filter(note__case__public_id=case)
    for version in held.select_related("note__case"):
        plain = sealing.open_text(_purpose(version.note, version.number), bytes(version.sealed))
        version.sealed = sealing.seal_text(_purpose(version.note, version.number), plain, version.note.case.circle)
        version.key_id = sealing.key_of(version.sealed)
        version.save(update_fields=("sealed", "key_id"))


def _opened(note: Note, version: Version) -> str:
    try:
        return sealing.open_text(_purpose(note, version.number), bytes(version.sealed)).decode()
    except Destroyed:
        return GONE


def _purpose(note: Note, number: int) -> str:
    return f"note/{note.public_id}/{number}"


def _shown(person: Person, note: Note) -> Shown:
    """A reader of a shared note sees those of its versions that were shared."""
    mine = note.author_id == person.pk
    versions = sorted(note.versions.all(), key=lambda v: -v.number)
    texts = [Written(_opened(note, v), v.shared, v.written_at) for v in versions if mine or v.shared]
    return Shown(note.public_id, note.author.name, mine, note.shared, texts[0], tuple(texts[1:]))


# -- mentions --------------------------------------------------------------------------------------------------------


def _mentioned(note: Note, plain: str) -> Kept:
    tails = _tails(plain) if note.shared else []
    if not tails:
        return Kept(note.public_id)
    called = {p.name for p in Person.objects.filter(is_active=True, name__in=set(_beginnings(tails)))}
    names = {max(found, key=len) for tail in tails if (found := [n for n in called if tail.startswith(n)])}
    people = [p for p in Person.objects.filter(is_active=True, name__in=names) if _may_know(p, note.case)]
    for person in people:
        if person.pk != note.author_id:
            Mention.objects.get_or_create(note=note, person=person)
    told = {p.name for p in people}
    nobody = [tail.split()[0] for tail in tails if tail.split() and not any(tail.startswith(name) for name in told)]
    return Kept(note.public_id, tuple(sorted(told)), tuple(dict.fromkeys(nobody)))


def _tails(plain: str) -> list[str]:
    """What follows each @, as far as a name may be long."""
    return [plain[i + 1 : i + 1 + LONGEST_NAME] for i, c in enumerate(plain) if c in _AT][:MENTIONS]


def _beginnings(tails: Iterable[str]) -> Iterable[str]:
    return (tail[:n] for tail in tails for n in range(1, len(tail) + 1))


def _may_know(person: Person, case: Case) -> bool:
    return Case.objects.filter(access.visible_to(person, clock.today()), pk=case.pk).exists()
