"""Papers that leave with the reader's name on them: who opened a copy, and when, stands on every page of it.

Asked for by the kind of the case (`CaseKind.marks_papers`). The copy is made in a child
(`mark_child`). A kind of file that no mark can be laid on leaves as it is, and the log says so.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kaname.access.models import Person
from kaname.days import JST
from kaname.files import child
from kaname.law import T, Text

UNMARKED = "unmarked"  # what the log adds to the door through which a copy left without a mark
_CHILD = Path(__file__).with_name("mark_child.py")
_PDF, _PICTURES, _TEXT = "application/pdf", ("image/png", "image/jpeg"), "text/plain"
_LETTERS = (".txt", ".md", ".log")  # of the text files, those in which a first line more harms nobody


class Marked(NamedTuple):
    """A copy with the mark on it."""

    name: str
    media_type: str
    content: bytes


def takes_mark(media_type: str, name: str) -> bool:
    """Whether a mark can be laid on files of this kind."""
    return media_type == _PDF or media_type in _PICTURES or (media_type == _TEXT and name.lower().endswith(_LETTERS))


def said(media_type: str, name: str) -> Text:
    """What becomes of a paper of this kind when it is opened, for a list."""
    if media_type in _PICTURES:
        return T("開くと、名と時刻を入れた PDF になります", "opens as a PDF with your name and the time on it")
    if takes_mark(media_type, name):
        return T("開くと、名と時刻が入ります", "opens with your name and the time on it")
    return T("この種類には名を入れられません。開いた記録は残ります",
             "no name can be laid on files of this kind; opening it is logged all the same")  # fmt: skip


def lines(person: Person, at: datetime, id: str) -> list[str]:
    """What the mark says: who opened which paper, when."""
    when = at.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S JST")
    return [f"{person.name}（{person.office.name_ja}）", f"{when} {person.public_id} {id}"]


def marked(media_type: str, name: str, pieces: Iterable[bytes], told: list[str]) -> Marked | bytes:
    """A marked copy, or the bytes as they are where no mark can be laid on them (locked, broken, too large)."""
    content = b"".join(pieces)
    if not takes_mark(media_type, name):
        return content
    found = child.run(_CHILD, content, {"type": media_type, "lines": told})
    if found.refused:
        return content
    kind = str(found.head["type"])
    return Marked(name if kind == media_type else f"{name}.pdf", kind, found.body)
