"""Notes on a case and its checklist: what people keep beside the record."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, Strict
from kaname.aside import checklist, notes
from kaname.law import T

_TAGS = ("aside",)


class NoteIn(Strict):
    """`shared`: with whoever may know of the case. `@name` in a shared note makes a notice for that person."""

    text: Annotated[str, Field(max_length=notes.LONGEST)]
    shared: bool = False


class OwnNoteOut(Schema):
    """`versions`: how many texts it has had; `written_at`: when the one that stands was written."""

    note: str
    author: str
    mine: bool
    shared: bool
    text: str
    versions: int
    written_at: str


class NotesOut(Schema):
    notes: list[OwnNoteOut]


class NoteKept(Schema):
    """`told`: who was named and may know of the case; `nobody`: names after an @ that nobody here is called."""

    note: str
    told: list[str]
    nobody: list[str]


class TickIn(Strict):
    """`key`: of a line of the checklist; `done`: ticked, or the tick taken away."""

    key: Annotated[str, Field(min_length=1, max_length=200)]
    done: bool = True


class TickOut(Schema):
    key: str
    done: bool
    who: str
    at: str


class OwnLineOut(Schema):
    key: str
    text: str
    who: str


class ChecklistOut(Schema):
    """The lines that the office wants and that people added, and the last tick of every line."""

    lines: list[OwnLineOut]
    ticks: list[TickOut]


@operation("GET", "/cases/{case}/notes", T("メモを読む", "notes on a case"), NotesOut,
           scopes=(Scope.READ, Scope.SEALED), tags=_TAGS)  # fmt: skip
def list_notes(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """The notes that the caller may read, the newest first. They are no part of the case's record."""
    return {
        "notes": [
            {"note": n.id, "author": n.author, "mine": n.mine, "shared": n.shared, "text": n.now.text,
             "versions": 1 + len(n.before), "written_at": n.now.at.isoformat()}
            for n in notes.listed(request.auth, case)
        ]
    }  # fmt: skip


@operation("POST", "/cases/{case}/notes", T("メモを書く", "write a note"), NoteKept, scopes=(Scope.ACT,), status=201,
           tags=_TAGS)  # fmt: skip
def write_note(request: HttpRequest, case: CaseId, body: NoteIn) -> dict[str, Any]:
    """A new note, private unless it is shared."""
    try:
        kept = notes.write(request.auth, case, body.text, body.shared)
    except notes.BadNote as bad:
        raise Problem("invalid", faults=[("text", bad.text)]) from None
    return {"note": kept.id, "told": list(kept.told), "nobody": list(kept.nobody)}


@operation("GET", "/cases/{case}/checklist", T("点検表を見る", "the checklist of a case"), ChecklistOut,
           scopes=(Scope.READ, Scope.SEALED), tags=_TAGS)  # fmt: skip
def show_checklist(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """Lines and ticks. What the law asks next stands in the standing of the case."""
    return _checklist(request, case)


@operation("POST", "/cases/{case}/checklist", T("点検の印を付ける", "tick a line"), ChecklistOut,
           scopes=(Scope.ACT, Scope.SEALED), tags=_TAGS)  # fmt: skip
def tick_line(request: HttpRequest, case: CaseId, body: TickIn) -> dict[str, Any]:
    """A tick with the caller's name and the time; no act. Ticking twice changes nothing."""
    checklist.tick(request.auth, case, body.key, body.done)
    return _checklist(request, case)


def _checklist(request: HttpRequest, case: str) -> dict[str, Any]:
    found = access.find(request.auth, case)
    wanted = [
        {"key": f"office/{t.public_id}", "text": t.text, "who": t.person.name}
        for t in checklist.templates(request.auth, [found.kind])
    ]
    own = [{"key": x.key, "text": x.text, "who": x.who} for x in checklist.lines(request.auth, found)]
    ticks = [
        {"key": t.key, "done": t.done, "who": t.person.name, "at": t.made_at.isoformat()}
        for t in checklist.ticks(found).values()
    ]
    return {"lines": [*wanted, *own], "ticks": ticks}
