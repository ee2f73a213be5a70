"""Drafts: nothing typed is ever lost. Saved on every step, deleted on the receipt.

What is sent after a login has run out is kept by `access.gate.expired` and sent on once the person is back: it comes
in here with the key that the form was opened with. Drafts hold what will be sealed: the database has them encrypted.
"""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest

from kaname.access.models import Person
from kaname.access.vault import Broken, lock, unlock
from kaname.law import Text
from kaname.web import attached
from kaname.web.models import Draft

Typed = Mapping[str, Sequence[str]]
_NOT_TYPED = ("csrfmiddlewaretoken", "key", "seq", "step", "whose", "page", "over")


@dataclass(frozen=True, slots=True)
class Place:
    """Which form: the case and the act (or the kind, for a case to be opened)."""

    case: str
    kind: str
    act: str
    run: str = ""
    about: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as far as it was filled in. `fresh`: nothing was saved yet.

    A person may have a form open twice. `page` is the page they type into, `over` the content of the draft that it has
    shown them: what another page has saved since (`theirs`) is not written over before they have seen it.
    """

    place: Place
    key: str
    seq: int
    typed: Typed = field(default_factory=dict)
    fresh: bool = True
    updated: Any = None
    wrong_files: Mapping[str, Text] = field(default_factory=dict)  # files that were not taken, by field
    page: str = field(default_factory=lambda: token_hex(8))
    over: str = ""
    theirs: Typed | None = None


def opened(request: HttpRequest, place: Place, seq: int) -> Kept:
    """The draft of this form, or a new one with a new key. Nothing is written before something is typed."""
    found = Draft.objects.filter(person=request.user, **_where(place)).first()
    typed = _unlocked(found.data, request.user) if found else None
    if found is None or typed is None:
        return Kept(place, token_hex(16), seq)
    return Kept(place, found.key, found.seq, typed, False, found.updated, over=mark(typed))


def mark(typed: Typed) -> str:
    """The content of a draft in few letters, to be compared."""
    said = json.dumps({name: list(values) for name, values in typed.items()}, sort_keys=True)
    return b64encode(sha256(said.encode()).digest()[:12]).decode()


def sent(
    request: HttpRequest, place: Place, seq: int, several: Collection[str] = (), keeps_files: bool = False
) -> Kept:
    """The form as it comes in now, with the key that it was opened with; its files kept as documents.

    `several`: fields that hold more than one value, a line each; in any other a file replaces what was there.
    `keeps_files`: a file that the draft holds stays where nothing comes in for its field. A request of the page's own,
    sent before the file had arrived and read after it, must not take it away.
    """
    key = request.POST.get("key", "")
    known = opened(request, place, seq)
    if known.fresh and len(key) == 32 and key.isalnum():
        known = replace(known, key=key)
    known = replace(known, seq=_seq(request, known.seq), page=request.POST.get("page", "")[:16] or known.page)
    typed = {k: v for k, v in request.POST.lists() if k not in _NOT_TYPED}
    if keeps_files:
        held = {k: list(v) for k, v in known.typed.items() if any(map(attached.document_id, "\n".join(v).splitlines()))}
        typed |= {k: v for k, v in held.items() if not any(typed.get(k, ()))}
    files, wrong = attached.taken(request, place.case)
    for name, references in files.items():
        lines = [line for line in "\n".join(typed.get(name, ())).splitlines() if line.strip()]
        typed[name] = ["\n".join((*lines, *references))] if name in several else references[-1:]
    if _elsewhere(request, known):
        return replace(known, typed=typed, wrong_files=wrong, theirs=known.typed)
    if keeps_files and not known.fresh and not _unmoved(request, known):
        return replace(known, typed=typed)  # saved anew meanwhile: what a person sent stands
    return replace(save(request, known, typed), wrong_files=wrong)


def _elsewhere(request: HttpRequest, known: Kept) -> bool:
    """Whether another page has saved what this one has not shown."""
    if known.fresh or request.POST.get("over", known.over) == known.over:
        return False
    return not Draft.objects.filter(person=request.user, page=known.page, **_where(known.place)).exists()


def _unmoved(request: HttpRequest, known: Kept) -> bool:
    """Whether a draft still is as it was opened."""
    return Draft.objects.filter(person=request.user, updated=known.updated, **_where(known.place)).exists()


def _seq(request: HttpRequest, otherwise: int) -> int:
    told = request.POST.get("seq", "")
    return int(told) if told.isdecimal() and len(told) < 10 else otherwise


def save(request: HttpRequest, kept: Kept, typed: Typed) -> Kept:
    """Write down what is typed so far."""
    locked = lock(json.dumps({k: list(v) for k, v in typed.items()}).encode(), _purpose(request.user))
    values = {"key": kept.key, "seq": kept.seq, "data": locked, "page": kept.page}
    try:
        Draft.objects.update_or_create(person=request.user, **_where(kept.place), defaults=values)
    except IntegrityError:  # the other half of a double click was faster
        Draft.objects.filter(person=request.user, **_where(kept.place)).update(**values)
    return replace(kept, typed=typed, fresh=False, over=mark(typed))


def drop(request: HttpRequest, place: Place, key: str = "") -> None:
    """The act is recorded, or the person threw the draft away. `key`: only a draft of that act."""
    found = Draft.objects.filter(person=request.user, **_where(place))
    (found.filter(key=key) if key else found).delete()


def of_case(request: HttpRequest, case: str) -> set[tuple[str, str]]:
    """The acts (and runs) of a case for which this person has a draft."""
    return set(Draft.objects.filter(person=request.user, case=case, about=0).values_list("act", "run"))


def _where(place: Place) -> dict[str, Any]:
    return {"case": place.case, "kind": place.kind, "act": place.act, "run": place.run, "about": place.about}


def _purpose(person: Person) -> str:
    """Locked for its owner: for nobody else it opens."""
    return f"draft of {person.public_id}"


def _unlocked(locked: bytes, person: Person) -> Any:
    try:
        return json.loads(unlock(bytes(locked), _purpose(person)))
    except Broken:  # under a key that is gone: begin anew
        return None
