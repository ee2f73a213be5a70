"""Papers by their names, then by what stands in them: only what the person may open, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law.alike import marked
from kaname.papers import names, shelf, texts

Marks = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper found. `snippet`: words around what was found in it, () where it was found by its name alone; then
    `page` is 0. `case`: its case, "" where no act has named it yet."""

    document: str
    name: Marks
    case: str
    at: datetime
    media_type: str
    page: int = 0
    snippet: Marks = ()


def find(person: Person, text: str, limit: int, door: str = "search") -> tuple[PaperHit, ...]:
    """The first papers found. What is shown of a text, and each name that lies sealed, is written down as read."""
    pieces = access.asked(text)
    keys = [key for piece in pieces for key in piece.keys]
    found: dict[str, PaperHit] = {}
    for document in names.named(person, [piece.keys for piece in pieces], limit, door=door):
        name = marked(shelf.told(document)["name"], keys)
        case = document.case.public_id if document.case else ""
        found[document.public_id] = PaperHit(document.public_id, name, case, document.at, document.media_type)
    if pieces and len(found) < limit:
        for hit in texts.find(person, " ".join(piece.key for piece in pieces), limit - len(found), door=door).hits:
            named = marked(hit.name, keys)
            one = PaperHit(hit.document, named, hit.case, hit.at, hit.media_type, hit.page, hit.snippet)
            found[hit.document] = one
    return tuple(found.values())
