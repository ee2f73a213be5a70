"""Documents by their names, which lie sealed: made alike in the memory of a process that may open them, on no disk.

The memory follows the table by its growing key; the last rows are read again, for a transaction may commit late.
"""

from collections.abc import Collection, Sequence

from kaname.access.custody.gate import ON_SCREEN
from kaname.access.models import Person
from kaname.access.sealed import log_reads
from kaname.law.alike import alike
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.papers import shelf
from kaname.papers.models import Document

_OVERLAP = 200
_NAMES: dict[int, tuple[str, str]] = {}  # by row: public id, name made alike


def named(
    person: Person, pieces: Sequence[Collection[str]], limit: int, unsealing: bool = True, door: str = "search"
) -> list[Document]:
    """The newest documents that the person may open and in whose name every piece stands (any of its keys, alike).
    Names that only who reads what is sealed may know are written down as read; at a door by which they leave, those
    whose copies need approval are not found."""
    if not pieces:
        return []
    _follow()
    fits = {row for key in pieces[0] for row, (_, name) in _NAMES.items() if key in name}
    for keys in pieces[1:]:
        fits = {row for row in fits if any(key in _NAMES[row][1] for key in keys)}
    found: list[Document] = []
    leaves = door not in ON_SCREEN
    for document in shelf.among(person, sorted(fits, reverse=True), unsealing=unsealing, leaves=leaves):
        if _NAMES[document.pk][0] == document.public_id:
            found.append(document)
            if len(found) == limit:
                break
    veiled = [(d.case, f"document {d.public_id}") for d in found if d.case and d.veiled]
    log_reads(person, veiled, door)
    return found


def _follow() -> None:
    last = max(_NAMES, default=0)
    if last and Document.objects.filter(pk=last, public_id=_NAMES[last][0]).first() is None:
        _NAMES.clear()  # the last one was thrown away, or the database is another one
        last = 0
    for document in Document.objects.filter(pk__gt=last - _OVERLAP).order_by("pk").iterator(2000):
        if _NAMES.get(document.pk, ("", ""))[0] == document.public_id:
            continue
        try:
            _NAMES[document.pk] = document.public_id, alike(shelf.told(document)["name"])
        except (CannotOpen, KeysMissing):
            continue  # `verify` names it; a search finds the rest
