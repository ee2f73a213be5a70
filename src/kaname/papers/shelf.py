"""Documents for a person: taken in within limits, found, opened with a line in the log of readings."""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from django.db.models import Count, Q, QuerySet, Sum

from kaname.access import api as access
from kaname.access.custody import decisions, requests
from kaname.access.custody.decisions import Matter
from kaname.access.custody.gate import Pass, leaving
from kaname.access.errors import AccessError, NotAllowed, Unknown, Unproved
from kaname.access.models import Person
from kaname.access.predicate import covers, mandates, rows_visible_to, seen
from kaname.access.sealed import log_read
from kaname.days import JST
from kaname.files import child, packed_child
from kaname.law import T, Text
from kaname.ledger import clock, sealing
from kaname.ledger.errors import Destroyed
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case
from kaname.papers import marks, media, quarantine, vault
from kaname.papers.models import Document
from kaname.papers.scanner import Verdict
from kaname.site.logs import pseudonym

_log = logging.getLogger("kaname.security")

LARGEST, MOST_FILES, MOST_BYTES = 50 << 20, 200, 500 << 20
_LONGEST_NAME = 200
_MB = 1 << 20
_PACKED = Path(packed_child.__file__)


class NotTaken(AccessError):
    """A file that is not taken, and why. Nothing of it is kept."""


TOO_LARGE = T(f"{LARGEST // _MB} MB より大きい。分けるか、小さくして", f"larger than {LARGEST // _MB} MB; "
              "split it or make it smaller")  # fmt: skip


ENOUGH = T(
    f"一人から一つの事件に一日に受け取れるのは {MOST_FILES} 件、{MOST_BYTES // _MB} MB まで。明日もう一度",
    f"at most {MOST_FILES} files and {MOST_BYTES // _MB} MB a day from one person for a case; try again tomorrow",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a person may see it. `name` is "" where only who may read what is sealed may know it. `sha256`: of
    its content, "" as `name` is. `quarantine`: the code of why nobody opens it, which `shut` says in words."""

    id: str
    reference: str
    name: str
    media_type: str
    size: int
    at: datetime
    by: str
    quarantine: str = ""
    sha256: str = ""

    @property
    def shut(self) -> Text | None:
        return quarantine.SAID.get(self.quarantine)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document on its way out."""

    name: str
    media_type: str
    size: int
    pieces: Iterator[bytes]


def allowance(person: Person, case: str = "", size: int = 0) -> None:
    """Raises NotTaken where one more file (of `size`) is more than a day's of this person: in the case, else of what
    waits. Nobody uses up what another hands in on the last day."""
    of = Q(case__public_id=case) if case else Q(case=None)
    if _is_full(of & Q(uploaded_by=person), clock.today(), 1, size):
        raise NotTaken(ENOUGH)


def holds(person: Person, case: Case | None, documents: Sequence[Document]) -> bool:
    """Whether these may join a case (or open one): counted to the days on which they came in."""
    by_day: dict[date, list[Document]] = {}
    for one in documents:
        by_day.setdefault(one.at.astimezone(JST).date(), []).append(one)
    of = Q(case=case, uploaded_by=person) if case else Q(pk__in=())
    return not any(_is_full(of, day, len(some), sum(d.size for d in some)) for day, some in by_day.items())


def _is_full(of: Q, day: date, files: int, size: int) -> bool:
    start = datetime.combine(day, time(), JST).astimezone(UTC)
    found = Document.objects.filter(of, at__gte=start, at__lt=start + timedelta(days=1))
    there = found.aggregate(files=Count("pk"), size=Sum("size"))
    return there["files"] + files > MOST_FILES or (there["size"] or 0) + size > MOST_BYTES


def keep(person: Person, stored: vault.Stored, name: str, case: str = "", circle: str = "") -> Paper:
    """Keep what has come into the vault: for a case the person sees, or until an act names it. `circle`: of another
    room that will claim it and hand it out by its own doors.

    Raises UnknownCase, NotTaken; then its bytes are gone.
    """
    try:
        found = access.find(person, case) if case else None
        if stored.media_type is None:
            raise NotTaken(stored.refusal or media.refused())
        if stored.size > LARGEST:
            raise NotTaken(TOO_LARGE)
        allowance(person, case, stored.size)
        if why := out_of_bounds(stored):
            raise NotTaken(why)
        if (verdict := quarantine.look(stored)) is Verdict.INFECTED:
            raise NotTaken(quarantine.REFUSED)
        circle = found.circle if found else circle
        said = {"name": clean(name), "sha256": stored.sha256, "salt": stored.salt.hex(), "key": stored.key.hex()}
        made = Document.objects.create(
            public_id=stored.id, case=found, uploaded_by=person, at=clock.now(), media_type=stored.media_type,
            size=stored.size, stored_size=stored.stored_size, stored_sha256=stored.stored_sha256,
            commitment=stored.commitment, quarantine=quarantine.WAITING if verdict is Verdict.AWAY else "",
            **sealed_columns(stored.id, said, circle),
        )  # fmt: skip
    except Exception as error:
        vault.path_of(stored.id).unlink(missing_ok=True)
        if isinstance(error, NotTaken):
            refused(person)
        raise
    return _paper(made, said)


def refused(person: Person) -> None:
    """Told to the log; of what file, the page tells its person."""
    _log.warning("a file was refused", extra={"person": pseudonym("person", person.public_id)})


def out_of_bounds(stored: vault.Stored) -> Text | None:
    """An office file is looked at in a child before it is kept: why one is not taken that is a bomb, has macros or is
    none."""
    part = media.part_of(stored.media_type)
    if not part:
        return None
    content = b"".join(vault.pieces(stored.id, stored.key, stored.stored_size))
    why = child.run(_PACKED, content, {"part": part}).refused
    return media.WHY_NOT[why] if why else None


def papers(person: Person, case: str, unsealing: bool = True) -> list[Paper]:
    """The documents of a case in order of arrival. `unsealing`: by a door at which what is sealed may be read, where
    the person may read it. Raises UnknownCase."""
    found = access.find(person, case)
    reads = unsealing and access.may_reveal(person, found)
    held = (
        Document.objects.filter(Q(uploaded_by=person) | Q(claimed_at__isnull=False), case=found)
        .select_related("uploaded_by")
        .order_by("pk")
    )
    return [_paper(d, _told_if_left(d) if _open(d, person, reads) else {}) for d in held]


def handed_in(person: Person, ids: Iterable[str]) -> list[Paper]:
    """Of these documents those that the person has handed in and no act has named yet."""
    mine = Document.objects.filter(public_id__in=list(ids), uploaded_by=person, claimed_at=None)
    return [_paper(d, _told_if_left(d)) for d in mine.select_related("uploaded_by")]


def fetch(
    person: Person, id: str, door: str = "document", unsealing: bool = True, case: str = "", under: Pass | None = None,
    proved: bool = True,
) -> Opened:  # fmt: skip
    """A document, its reading written down before the first byte. `under`: that what it is part of may leave.

    Raises Unknown (none for this person), NotAllowed (sealed, and the person may not read what is sealed;
    NeedsApproval), Unproved, CannotOpen.
    """
    document = allowed(person, id, unsealing, case, door, proved)
    found, at = opened(document), clock.now()
    if under is None and document.case is not None:
        leaving(person, document.case, f"document {document.public_id}", door)
    if document.case is not None and kind(document.case.kind).marks_papers:
        found, door = _with_mark(person, document, found, at, door)
    written_down(person, document, door, at)
    return found


def allowed(
    person: Person, id: str, unsealing: bool = True, case: str = "", door: str = "document", proved: bool = True
) -> Document:  # fmt: skip
    """A document that the person may open (`case`: of this one). `proved`: at a page, that they have lately proved who
    they are. Raises Unknown; NotAllowed (in quarantine, too), which is written down; Unproved, last of all: it tells
    that the document is there."""
    found = visible(person).filter(Q(case__public_id=case) if case else Q(), public_id=id)
    document = found.select_related("case", "uploaded_by").first()
    if document is None:
        raise Unknown
    reads = unsealing and document.case is not None and access.may_reveal(person, document.case)
    if not _open(document, person, reads):
        _refused(person, document, door, "right")
        raise NotAllowed
    if document.quarantine:
        _refused(person, document, door, "quarantine")
    _out_of_quarantine(document)
    if not proved and _asks_who(document, person):
        raise Unproved
    return document


def _asks_who(document: Document, person: Person) -> bool:
    """Sealed, or of a compartment; not what the person has just handed in."""
    case = document.case
    return case is not None and not _waits(document, person) and (document.veiled or bool(case.circle))


def _refused(person: Person, document: Document, door: str, why: str) -> None:
    if document.case is not None:
        decisions.refused(person, [Matter(document.case, f"document {document.public_id}")], door, why)


def written_down(person: Person, document: Document, door: str, at: datetime | None = None) -> None:
    """That something of a document is about to be handed out, where it belongs to a case."""
    if document.case is not None:
        log_read(person, document.case, f"document {document.public_id}", door, at=at)


def _with_mark(person: Person, document: Document, found: Opened, at: datetime, door: str) -> tuple[Opened, str]:
    """The copy that carries the reader's name, and the door for the log; it tells where no mark could be laid on."""
    unmarked = f"{door} {marks.UNMARKED}"
    if not marks.takes_mark(found.media_type, found.name):
        return found, unmarked
    copy = marks.marked(found.media_type, found.name, found.pieces, marks.lines(person, at, document.public_id))
    if isinstance(copy, bytes):
        return replace(found, pieces=iter((copy,))), unmarked
    return Opened(copy.name, copy.media_type, len(copy.content), iter((copy.content,))), door


def opened(document: Document) -> Opened:
    """A document on its way out: the caller has asked who may have it, and writes the reading down before it is sent.

    Raises NotAllowed (in quarantine), CannotOpen, KeysMissing.
    """
    _out_of_quarantine(document)
    said = told(document)
    pieces = vault.pieces(document.public_id, bytes.fromhex(said["key"]), document.stored_size)
    return Opened(said["name"], document.media_type, document.size, pieces)


def _out_of_quarantine(document: Document) -> None:
    if document.quarantine:
        raise NotAllowed(quarantine.SAID[document.quarantine])


def visible(person: Person) -> "QuerySet[Document]":
    """Documents of cases a person may know of, and those they have handed in that no act has named. What another room
    has claimed is handed out by its own doors."""
    elsewhere = Q(claimed_at__isnull=False, opening="")
    own = Q(case=None, uploaded_by=person) & ~elsewhere
    return Document.objects.filter(own | Q(case__in=seen(person, clock.today())))


def among(
    person: Person, rows: Sequence[int], case: str = "", unsealing: bool = True, leaves: bool = False
) -> Iterator[Document]:
    """Of some documents, in the order given, those that the person may open. `leaves`: without those whose copies need
    approval."""
    allowed = readable(person, unsealing)
    if leaves:
        allowed &= Q(case=None) | ~requests.held_back("case__")
    allowed &= Q(case__public_id=case) if case else Q()
    if len(rows) > _FEW:  # who sees few is asked for those; who sees many will find some among the first
        own = list(Document.objects.filter(allowed).order_by("-pk").values_list("pk", flat=True)[: _FEW + 1])
        if len(own) <= _FEW:
            kept = set(own)
            rows = [row for row in rows if row in kept]
    start, size = 0, 64
    while start < len(rows):
        asked = Document.objects.filter(allowed, pk__in=rows[start : start + size])
        held = {d.pk: d for d in asked.select_related("case", "content__document")}
        yield from (held[row] for row in rows[start : start + size] if row in held)
        start, size = start + size, min(size * 8, _AT_ONCE)


def readable(person: Person, unsealing: bool = True) -> Q:
    """The documents of cases that `fetch` would hand out."""
    day = clock.today()
    held = mandates(person, day)
    mine = Q(claimed_at=None, uploaded_by=person)
    opened = Q(veiled=False, claimed_at__isnull=False)
    if unsealing:
        opened |= Q(claimed_at__isnull=False) & covers([m for m in held if m.sealed], "case")
    return rows_visible_to(person, day, held) & (mine | opened)


_FEW, _AT_ONCE = 2_000, 20_000


def _open(document: Document, person: Person, reads: bool) -> bool:
    return reads or not document.veiled or _waits(document, person)


def _waits(document: Document, person: Person) -> bool:
    """Handed in by this person, and named by no act yet."""
    return document.claimed_at is None and document.uploaded_by_id == person.pk


# -- what lies sealed ------------------------------------------------------------------------------------------------


def told(document: Document) -> dict[str, str]:
    """Name, digest, salt and key of a document. Raises CannotOpen, KeysMissing."""
    found: dict[str, str] = json.loads(sealing.open_text(_purpose(document.public_id), bytes(document.sealed)))
    return found


def _told_if_left(document: Document) -> dict[str, str]:
    """Nothing where its key was destroyed: that it was there stays on the list."""
    try:
        return told(document)
    except Destroyed:
        return {}


def seal_again(document: Document, circle: str) -> None:
    """Under the key of the circle that the document belongs to now."""
    for name, value in sealed_columns(document.public_id, told(document), circle).items():
        setattr(document, name, value)


def sealed_columns(id: str, said: dict[str, str], circle: str) -> dict[str, Any]:
    """The columns `sealed` and `key_id`."""
    blob = sealing.seal_text(_purpose(id), json.dumps(said).encode(), circle)
    return {"sealed": blob, "key_id": sealing.key_of(blob)}


def _purpose(id: str) -> str:
    return f"document/{id}"


def reference(document: Document) -> str:
    """What a field of the type DOCUMENT holds."""
    return f"document:{document.public_id}:{document.commitment}"


def clean(name: str) -> str:
    """A file name that is only a name: no folder, no control or direction characters, not too long."""
    last = normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if category(c)[0] != "C").strip(" .")
    return kept[-_LONGEST_NAME:] or "document"


def paper_of(document: Document) -> Paper:
    """A document for one who may know its name: the caller has asked. Raises CannotOpen, KeysMissing."""
    return _paper(document, told(document))


def _paper(document: Document, said: dict[str, str]) -> Paper:
    return Paper(
        document.public_id, reference(document), said.get("name", ""), document.media_type, document.size, document.at,
        document.uploaded_by.name if document.uploaded_by else "", document.quarantine,
        said.get("sha256", ""),
    )  # fmt: skip
