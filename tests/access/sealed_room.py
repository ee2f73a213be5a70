"""A compartment in which there is something of every sealed kind, and how each of them is opened with nobody asked.

`opened(room)` tries to open all of it as the process would, rights aside: what a test of keys counts is what the keys
let through.
"""

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass

from access.folk import circle, key, person, recorded
from kaname.access import api as access
from kaname.aside import checklist, notes
from kaname.aside.models import Line, Version
from kaname.desk import measures
from kaname.desk.models import Measure
from kaname.ledger import sealing, store
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Case, Sealed
from kaname.papers import postings, previews, shelf, texts, vault
from kaname.papers.models import Bucket, Content, Document, IndexKey, Picture
from kaname.procedure import Entry as Act
from papers.test_documents import DAY, put
from papers.test_texts import page_of

WORD = "Kanarienvogel-9317-機微"
KINDS = ("value", "document", "name", "text", "tokens", "index", "bucket", "preview", "note", "line", "measure")


@dataclass(frozen=True)
class Room:
    case: str
    circle: str
    hana: access.people.Person
    jiro: access.people.Person
    paper: str


APPLY = Act("permit.apply", DAY, {"name": "offen-4711-公開", "size": "small", "money": 12_000_000},
            by="applicant", party="K")  # fmt: skip
FILE = Act("first_review.file", DAY, {"title": WORD}, by="applicant", party="K")


def furnished(monkeypatch, compartment=None, kind="small.permit", act=APPLY):
    """A room with two members. `compartment` "": the same case in the open."""
    hana, jiro = (person(name, "applicant", sealed=True) for name in ("Hana", "Jiro"))
    room = circle("room", hana, jiro).public_id if compartment is None else compartment
    case = recorded(access.open_case(hana, kind, act, idempotency_key=key(), compartment=room)).case
    monkeypatch.setattr(postings, "TAIL", 1)
    paper = put(hana, page_of(WORD), f"{WORD}.pdf", case)
    texts.read_waiting()
    monkeypatch.setattr(postings, "TAIL", 99)
    put(hana, WORD.encode(), "later.txt", case)
    texts.read_waiting()
    previews.small(hana, case, paper.id, 1)
    notes.write(hana, case, WORD, shared=True)
    checklist.add(hana, case, WORD)
    measures.note(hana, case, "", "1-イ", "taken", WORD)
    return Room(case, room, hana, jiro, paper.id)


def opened(room):
    """Which kinds of sealed things of the room's circle open, each looked at one by one; and how many did not."""
    found, shut = set(), 0
    for kind, look in _everything(room):
        with suppress(LedgerError):
            if look() is not None:
                found.add(kind)
                continue
        shut += 1
    return found, shut


def _everything(room):
    case = Case.objects.get(public_id=room.case)
    for one in Sealed.objects.filter(entry__case=case, value__isnull=False).select_related("entry"):
        yield "value", lambda o=one: sealing.open_secret(room.case, o.entry.seq, o.field, bytes(o.value)).value
    for one in Document.objects.filter(case=case):
        yield "name", lambda d=one: shelf.told(d)["name"]
        yield (
            "document",
            lambda d=one: b"".join(vault.pieces(d.public_id, bytes.fromhex(shelf.told(d)["key"]), d.stored_size)),
        )
    for one in Content.objects.filter(document__case=case).select_related("document"):
        yield (
            "text",
            lambda c=one: json.loads(zlib.decompress(sealing.open_text(texts._purpose(c.document), bytes(c.sealed)))),
        )
        if one.tokens:
            yield "tokens", lambda c=one: postings._opened(c.document.public_id, bytes(c.tokens))
    for one in IndexKey.objects.filter(circle=case.circle):
        yield "index", lambda k=one: sealing.open_text(postings._purpose(k.circle), bytes(k.sealed))
    for one in Bucket.objects.filter(block__circle=case.circle)[:5]:
        yield "bucket", lambda b=one: sealing.open_text(postings._bucket_of(b.block_id, b.number), bytes(b.sealed))
    for one in Picture.objects.filter(document__case=case).select_related("document"):
        yield "preview", lambda p=one: sealing.open_text(previews._purpose(p.document, p.page), bytes(p.sealed))
    for one in Version.objects.filter(note__case=case).select_related("note"):
        yield "note", lambda v=one: sealing.open_text(notes._purpose(v.note, v.number), bytes(v.sealed))
    for one in Line.objects.filter(case=case):
        yield "line", lambda x=one: sealing.open_text(checklist._purpose(x), bytes(x.sealed))
    for one in Measure.objects.filter(case=case):
        yield "measure", lambda m=one: sealing.open_text(m.purpose, bytes(m.sealed))


def forget():
    """As a process that has just started: no key is remembered."""
    store.forget()
