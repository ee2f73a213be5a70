"""Documents that an entry names: checked and claimed before the act is judged, bound to its case with the receipt.

Claimed first: a crash between the act and the binding leaves a document that is never collected, and `bind_late` finds
its case by the key under which the act opened it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import clock, store
from kaname.ledger.kinds import kind, sealed_fields
from kaname.ledger.models import Case
from kaname.papers import shelf, texts
from kaname.papers.models import Document
from kaname.papers.shelf import seal_again, visible
from kaname.procedure import Entry, Reason, Refused

REFERENCE = re.compile(r"document:([a-z2-7]{16}):([0-9a-f]{64})")
_NOT_THERE = T("この書類はない。もう一度添付すること", "there is no such document; attach it again")
_ELSEWHERE = T("この書類は別の事件のものである", "this document belongs to another case")


class Binding:
    """See `access.attached.Attached`."""

    def claim(self, person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> Refused | None:
        named = list(_named(entry.data))
        if not named:
            return None
        with transaction.atomic():
            ids = {id for _, id, _ in named}
            held = {d.public_id: d for d in visible(person).filter(public_id__in=ids)}
            reasons = tuple(r for field, id, told in named if (r := _wrong(held.get(id), field, told, case, key)))
            new = [d for d in held.values() if d.case_id is None]
            if not reasons and not shelf.holds(person, case, new):
                reasons = (Reason(shelf.ENOUGH, field=named[0][0], code="document"),)
            if reasons:
                return Refused(reasons)
            for field, id, _ in named:
                _claim(held[id], field, kind_id, case, key)
        return None

    def bind(self, case: str, entry: Entry) -> None:
        ids = {id for _, id, _ in _named(entry.data)}
        if ids:
            _bind(case, list(Document.objects.filter(public_id__in=ids, case=None).exclude(claimed_at=None)))
            _veil(case, entry)

    def moved(self, case: str) -> None:
        _reseal(case)


def bind_late() -> int:
    """Claimed documents whose case was opened, and which were not bound to it: a crash came between."""
    done = 0
    for document in Document.objects.filter(case=None).exclude(opening=""):
        if opened := store.opened_by(document.opening):
            _bind(opened[0], [document])
            done += 1
    return done


def _named(data: Any, field: str = "") -> Iterator[tuple[str, str, str]]:
    """Field, id and commitment of every document that data name."""
    if isinstance(data, str):
        if found := REFERENCE.fullmatch(data):
            yield field, found[1], found[2]
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _named(value, name if not field or field == "data" else field)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _named(value, field)


def _wrong(document: Document | None, field: str, told: str, case: Case | None, key: str) -> Reason | None:
    if document is None or document.commitment != told:
        return Reason(_NOT_THERE, field=field, code="document")
    if document.case_id is not None and (case is None or document.case_id != case.pk):
        opened = store.opened_by(key)  # the same opening asked again
        if not opened or document.case is None or document.case.public_id != opened[0]:
            return Reason(_ELSEWHERE, field=field, code="document")
    return None


def _claim(document: Document, field: str, kind_id: str, case: Case | None, key: str) -> None:
    """An open field lifts the veil of a new document; one that a sealed field has named keeps it. What lies open for
    others goes under a veil with the receipt alone: an act that is refused hides nothing."""
    if document.claimed_at is None:
        document.veiled = field in sealed_fields(kind(kind_id))
        document.claimed_at = clock.now()
    if case is None and document.case_id is None:
        document.opening = key[:128]
    if case is not None and document.case_id is None:
        document.case = case
        seal_again(document, case.circle)
    document.save()


def _bind(case: str, documents: list[Document]) -> None:
    found = Case.objects.get(public_id=case)
    for document in documents:
        document.case, document.opening = found, ""
        seal_again(document, found.circle)
        document.save()


def _veil(case: str, entry: Entry) -> None:
    """A sealed field of a recorded act names a document that lay open."""
    found = Case.objects.get(public_id=case)
    secret = sealed_fields(kind(found.kind))
    ids = [id for field, id, _ in _named(entry.data) if field in secret]
    Document.objects.filter(case=found, public_id__in=ids, veiled=False).update(veiled=True)


def _reseal(case: str) -> None:
    found = Case.objects.get(public_id=case)
    for document in Document.objects.select_for_update().filter(case=found):
        seal_again(document, found.circle)
        document.save(update_fields=["sealed", "key"])
        texts.seal_again(document, found.circle)
        document.pictures.all().delete()  # made again when asked for, under the key of the circle
