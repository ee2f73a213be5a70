"""The text of documents: read once by a child after they came in, kept sealed as they are, found by what they say.

    found = find(person, "特定社会基盤 承認", limit=20)     found.hits: document, case, page, words around; found.more

Found is only what the person may open (`shelf.readable`), and each document found is written down as read, for words of
it are shown. A text that cannot be read leaves the document as it is; why, its page says.
"""

import json
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from kaname.access import api as access
from kaname.access.custody.gate import ON_SCREEN
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.access.sealed import log_reads
from kaname.files import child
from kaname.law import T, Text
from kaname.law.alike import marked
from kaname.ledger import sealing
from kaname.ledger.errors import CannotOpen
from kaname.ledger.kinds import kind
from kaname.papers import postings, shelf, turns
from kaname.papers.models import Block, Content, Document

LONGEST, PIECES = 200, 6
AROUND = 60  # letters shown before and after what was found
_log = logging.getLogger("kaname.papers")
_CHILD = Path(__file__).with_name("read_child.py")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a child has read in a document. `refused`: the code of why it has read nothing (`WHY`)."""

    pages: tuple[str, ...] = ()
    count: int = 0
    marks: tuple[str, ...] = ()
    cut: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `page` from 1; `snippet`: (words, whether they were looked for), () where its kind of case lets
    nothing of a paper be shown but the paper with the reader's name on it."""

    document: str
    name: str
    media_type: str
    at: datetime
    case: str
    kind: str
    page: int
    pages: int
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The newest documents in which every piece stands. `more`: there are others."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    pieces: tuple[str, ...] = field(default=())


def find(person: Person, words: str, limit: int = 20, *, case: str = "", unsealing: bool = True,
         door: str = "search") -> Found:  # fmt: skip
    """Documents whose text has every piece of the words, from one letter on, the newest first. An empty text finds
    nothing. `case`: only of this one. `unsealing`: by a door at which what is sealed may be read. At a door by which
    words leave, papers whose copies need approval are not found."""
    pieces = tuple(filter(None, map(postings.folded, words[:LONGEST].split()[:PIECES])))
    if not pieces:
        return Found()
    circles = ["", *(c.public_id for c in access.own_compartments(person))]
    rows = postings.candidates(circles, pieces)
    hits: list[tuple[Document, Hit]] = []
    for document in shelf.among(person, rows, case, unsealing, leaves=door not in ON_SCREEN):
        if hit := _hit(document, pieces):
            if len(hits) == limit:
                break
            hits.append((document, hit))
    else:
        document = None
    log_reads(person, [(d.case, f"document {d.public_id}") for d, _ in hits if d.case], door)
    return Found(tuple(hit for _, hit in hits), document is not None, pieces)


def _hit(document: Document, pieces: Sequence[str]) -> Hit | None:
    try:
        read = _told(document.content)
    except CannotOpen:
        return None  # `verify` names it; a search finds the rest
    pages = [postings.folded(page) for page in read.pages]
    first = [next((at for at, page in enumerate(pages) if piece in page), None) for piece in pieces]
    if None in first or document.case is None:
        return None
    at = first[0] or 0
    shown = () if kind(document.case.kind).marks_papers else snippet(read.pages[at], pieces)
    return Hit(
        document.public_id, shelf.told(document)["name"], document.media_type, document.at, document.case.public_id,
        document.case.kind, at + 1, max(read.count, 1), shown,
    )  # fmt: skip


def snippet(page: str, pieces: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The first place of what was looked for and some words around it, as they stand in the paper."""
    line = page.replace("\n", "")
    parts = marked(line, pieces)
    start = 0
    for words, is_hit in parts:
        if is_hit:
            break
        start += len(words)
    around = line[max(start - AROUND, 0) : start + 2 * AROUND]
    return marked(around, pieces)


# -- reading ---------------------------------------------------------------------------------------------------------


def read_waiting(most: int = 500) -> int:
    """Read what has come in since; returns how many documents. Any number of processes may do it side by side."""
    done = sum(_take(document) for document in turns.free().select_related("case")[:most])
    postings.renew()
    return done


def _take(document: Document) -> bool:
    """Read a document in its turn. One that nobody survives is read by nobody, and hinders no other."""
    if not (turn := turns.take(document)):
        return False
    try:
        read = _keep(document, {"refused": "ended"}) if turn > turns.MOST else _read(document)
    except DatabaseError:
        raise  # nothing can be read
    except Exception:
        _log.exception("a document was not read; it is tried again in a minute")
        return False
    if read is None:
        turns.back(document)
    else:
        turns.done(document)
    return read is not None


def read(document: Document) -> Reading:
    """What stands in a document: as it was read before, else it is read now."""
    held = Content.objects.filter(pk=document.pk).select_related("document").first()
    return _told(held) if held else _read(document) or Reading(refused="missing")


def _read(document: Document) -> Reading | None:
    """None where its bytes are not there, or it is gone meanwhile."""
    try:
        content = b"".join(shelf.opened(document).pieces)
    except (CannotOpen, NotAllowed):
        return None
    found = child.run(_CHILD, content, {"type": document.media_type})
    return _keep(document, {k: v for k, v in found.head.items() if k in Reading.__slots__})


def _keep(document: Document, told: dict[str, Any]) -> Reading | None:
    columns = _columns(document, told, document.case.circle if document.case else "")
    if not Document.objects.filter(pk=document.pk).exists():
        return None
    Content.objects.update_or_create(document=document, defaults=columns)
    return _reading(told)


def _reading(told: dict[str, Any]) -> Reading:
    return Reading(**{**told, "pages": tuple(told.get("pages", ())), "marks": tuple(told.get("marks", ()))})


def _told(content: Content) -> Reading:
    raw = sealing.open_text(_purpose(content.document), bytes(content.sealed))
    return _reading(json.loads(zlib.decompress(raw)))


def _columns(document: Document, told: dict[str, Any], circle: str) -> dict[str, Any]:
    raw = zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 6)
    blob = sealing.seal_text(_purpose(document), raw, circle)
    text = "\n".join(told.get("pages", ()))
    tokens = postings.sealed_tokens(circle, document.public_id, text) if text else None
    return {"sealed": blob, "key_id": sealing.key_of(blob), "circle": circle, "tokens": tokens, "block": None}


def seal_again(document: Document, circle: str) -> None:
    """The document belongs to another circle now: its text is sealed and indexed there, and its old block is made
    anew. Within the transaction of the move."""
    held = Content.objects.filter(pk=document.pk).exclude(circle=circle).select_related("document").first()
    if held is None:
        return
    if held.block_id:
        Block.objects.filter(pk=held.block_id).update(stale=True)
    raw = sealing.open_text(_purpose(document), bytes(held.sealed))
    Content.objects.filter(pk=held.pk).update(**_columns(document, json.loads(zlib.decompress(raw)), circle))


def _purpose(document: Document) -> str:
    return f"text/{document.public_id}"


WHY: dict[str, Text] = child.TOLD | {
    "password": T("パスワードが掛かっている；外したものを添え直して", "locked by a password; attach it without one"),
    "broken": T("壊れている；作った道具で保存し直して添え直して", "broken; save it anew with the program that made it"),
    "pages": T("3,000 ページより多い；分けて", "more than 3,000 pages; split it"),
    "macros": T("マクロを含む；マクロなしで保存し直して", "holds macros; save it without them"),
    "doctype": T("DTD を含む；作った道具で保存し直して", "holds a document type; save it with the program it is for"),
    "merged": T("結合されたセルが多すぎる；結合を解いて", "too many merged cells; unmerge them"),
    "cells": T("表が大きすぎる；分けて", "too large a table; split it"),
    "ended": T("読むプログラムが三度、途中で終わった；作り直した PDF を添え直して",
               "the program that reads it ended three times; attach a PDF made anew"),
    "missing": T("ファイルが失われている", "its file is lost"),
}  # fmt: skip
MARKS: dict[str, Text] = {
    "scripts": T("スクリプトを含む（要では決して動かさない）", "holds scripts (never run by Kaname)"),
    "files": T("別のファイルを含む（読んでいない）", "holds other files (not read)"),
    "forms": T("入力欄を含む", "holds form fields"),
    "links": T(
        "開くと外部のものを呼び出す（様式、画像、表、DDE。要では呼び出さない）。Word や Excel で開かず、PDF で求めて",
        "asks for something of elsewhere as it opens (a template, picture, table, DDE; Kaname never does): do not "
        "open it in Word or Excel, ask for a PDF",
    ),
    "formulas": T("数式を含む（計算し直さない）", "holds formulas (not worked out anew)"),
}
