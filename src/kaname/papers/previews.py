"""Pages of a document as pictures, made in a child; nothing of them lies in clear on a disk.

    about = look(person, case, id)            what it is, how many pages, what to mind; its text, where it has no pages
    page(person, case, id, 3) -> bytes        a page as PNG; small(person, case, id, 3): the same for a list

Whoever looks has read: each call is written down before it answers, and asks `shelf` who may. Where papers of a kind of
case leave with the reader's name on them, so do their pages.
"""

from dataclasses import dataclass
from pathlib import Path

from kaname.access.custody.gate import ON_SCREEN, STAYS, Pass, leaving
from kaname.access.errors import Unknown
from kaname.access.models import Person
from kaname.files import child
from kaname.law import Text
from kaname.ledger import sealing
from kaname.ledger.kinds import kind
from kaname.papers import shelf, texts
from kaname.papers.models import Document, Picture
from kaname.papers.shelf import Opened, Paper

WIDE, SMALL, AT_ONCE = 1200, 180, 12
_CHILD = Path(__file__).with_name("page_child.py")
_PDF, _PICTURES = "application/pdf", ("image/png", "image/jpeg", "image/tiff")


@dataclass(frozen=True, slots=True)
class Look:
    """A document before it is opened. `pictures`: how many pages there are to be seen, 0 where only its text is.
    `why`: nothing of it could be read."""

    paper: Paper
    pictures: int
    texts: tuple[str, ...]
    marks: tuple[Text, ...]
    cut: bool
    why: Text | None


def look(
    person: Person, case: str, id: str, door: str = "preview", unsealing: bool = True, proved: bool = True
) -> Look:  # fmt: skip
    """Raises Unknown, NotAllowed, Unproved, CannotOpen."""
    document = shelf.allowed(person, id, unsealing, case, door, proved)
    read = texts.read(document)
    _on_screen(person, document, door)
    shelf.written_down(person, document, door)
    pictures = 0 if read.refused or document.media_type not in (_PDF, *_PICTURES) else max(read.count, 1)
    return Look(
        shelf.paper_of(document), pictures, read.pages, tuple(texts.MARKS[m] for m in read.marks), read.cut,
        texts.WHY.get(read.refused),
    )  # fmt: skip


def page(
    person: Person, case: str, id: str, number: int, unsealing: bool = True, door: str = "preview", proved: bool = True
) -> bytes:  # fmt: skip
    """A page, from 1. Raises Unknown (of the page, too), NotAllowed, Unproved, CannotOpen."""
    under = _on_screen(person, shelf.allowed(person, id, unsealing, case, door, proved), door)
    return _painted(shelf.fetch(person, id, f"page {number}", unsealing, case, under), [number], WIDE)[0]


def _on_screen(person: Person, document: Document, door: str) -> Pass:
    """To be seen on a page it need not leave; to be had by a program or command it must."""
    if document.case is None or door in ON_SCREEN or door.startswith("page "):
        return STAYS
    return leaving(person, document.case, f"document {document.public_id}", door)


def small(person: Person, case: str, id: str, number: int, proved: bool = True) -> bytes:
    """The same for a list: made for a dozen pages at once, and kept sealed as the document is."""
    document = shelf.allowed(person, id, case=case, proved=proved)
    if document.case is None or kind(document.case.kind).marks_papers:
        under = shelf.fetch(person, id, f"page {number}", case=case, under=STAYS)
        return _painted(under, [number], SMALL)[0]
    shelf.written_down(person, document, f"page {number}")
    held = Picture.objects.filter(document=document, page=number).first()
    if held is None:
        _keep_some(document, document.case.circle, number)
        held = Picture.objects.filter(document=document, page=number).first()
    if held is None:
        raise Unknown
    return sealing.open_text(_purpose(document, number), bytes(held.sealed))


def _keep_some(document: Document, circle: str, number: int) -> None:
    first = number - (number - 1) % AT_ONCE
    numbers = list(range(first, first + AT_ONCE))
    rows = []
    for at, png in zip(numbers, _painted(shelf.opened(document), numbers, SMALL), strict=False):
        blob = sealing.seal_text(_purpose(document, at), png, circle)
        rows.append(Picture(document=document, page=at, sealed=blob, key_id=sealing.key_of(blob)))
    Picture.objects.bulk_create(rows, ignore_conflicts=True)


def _painted(opened: Opened, numbers: list[int], wide: int) -> list[bytes]:
    """As many of the pages as there are. Raises Unknown where there is none."""
    if opened.media_type not in (_PDF, *_PICTURES) or min(numbers) < 1:
        raise Unknown
    asked = {"type": opened.media_type, "pages": [number - 1 for number in numbers], "wide": wide}
    found = child.run(_CHILD, b"".join(opened.pieces), asked)
    pages, start = [], 0
    for size in found.head.get("sizes", ()):
        pages.append(found.body[start : start + size])
        start += size
    if not pages:
        raise Unknown
    return pages


def _purpose(document: Document, number: int) -> str:
    return f"page/{document.public_id}/{number}"
