"""A day's work of the caller: the inbox as it is worked off, many cases at once, saved views, absence, workload."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.api import Group
from kaname.access.errors import Unknown
from kaname.access.models import Deputy
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import ActName, Day, Strict, language
from kaname.law import Lang, T
from kaname.procedure import Entry
from kaname.task import inbox, jobs, load, marks, views
from kaname.task.inbox import Show
from kaname.task.marks import CannotBeDone
from kaname.task.models import Doing, Job, Line

_TAGS = ("task",)
_SIZE = 200
Id = Annotated[str, Field(max_length=32)]
Shown = Literal["open", "mine", "others", "away", "all"]


class ItemOut(Schema):
    key: str
    group: Group
    case: str
    number: int
    kind: str
    name: str
    label: str
    day: str | None
    state: str
    seen_to_by: str


class MarkIn(Strict):
    """What is done to lines of the inbox: their keys. `to`: of a colleague (their id); `until`: for `snooze`."""

    do: Literal["seen", "snooze", "mine", "assign", "nobody", "back"]
    keys: Annotated[list[Annotated[str, Field(max_length=600)]], Field(min_length=1, max_length=marks.MOST)]
    to: Id = ""
    until: Day | None = None


class DoneOut(Schema):
    count: int
    left: list[str]


class BulkIn(Strict):
    """One act for many cases. Values of `data` are the same in all of them."""

    act: ActName
    cases: Annotated[list[Id], Field(min_length=1, max_length=jobs.MOST)]
    on: Day
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    by: Annotated[str, Field(max_length=64)] = ""


class LoadLineOut(Schema):
    case: str
    number: int
    outcome: str
    seq: int | None
    digest: str
    reasons: list[str]


class JobOut(Schema):
    id: str
    act: str
    state: Doing
    counts: dict[str, int]
    lines: list[LoadLineOut]


class JobDo(Strict):
    do: Literal["begin", "cancel", "again"]


class ViewOut(Schema):
    id: str
    list: str
    name: str
    query: str
    shared: bool
    mine: bool
    pinned: bool
    first: bool


class ViewIn(Strict):
    list: Annotated[str, Field(max_length=16)]
    name: Annotated[str, Field(max_length=64)]
    query: Annotated[str, Field(max_length=1024)] = ""
    shared: bool = False
    pinned: bool = False


class DeputyOut(Schema):
    id: str
    deputy: str
    principal: str
    first: str
    last: str
    may_act: bool


class LoadOut(Schema):
    person: str | None
    name: str
    overdue: int
    weeks: list[int]
    later: int
    undated: int
    assigned: int
    waiting: int


class Wanted(Schema):
    show: Shown = "open"


@operation("GET", "/task/inbox", T("受信箱", "inbox"), list[ItemOut], tags=_TAGS)
def list_inbox(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """The caller's inbox, the first 200 lines of each group. What is put away is left out; `show` asks for it."""
    lang = language(request)
    show = Show.OPEN if wanted.show == "open" else Show(wanted.show)
    boxes = inbox.inbox(request.auth, show, _SIZE)
    who = marks.who_sees_to(request.auth, {i.case for box in boxes for i in box.items})
    return [
        {"key": marks.named(i), "group": box.group, "case": i.case, "number": i.number, "kind": i.kind, "name": i.name,
         "label": i.label[lang], "day": str(i.day) if i.day else None, "state": i.state[lang],
         "seen_to_by": who[i.case].public_id if i.case in who else ""}
        for box in boxes for i in box.items
    ]  # fmt: skip


@operation("POST", "/task/marks", T("受信箱の行を片づける", "work off the inbox"), DoneOut, scopes=(Scope.ACT,),
           tags=_TAGS)  # fmt: skip
def mark_lines(request: HttpRequest, body: MarkIn) -> dict[str, Any]:
    """Mark as seen, put off, assign or bring back. Records of work: no legal date moves."""
    cases = [key.partition("|")[0] for key in body.keys]
    try:
        match body.do:
            case "seen":
                done = marks.see(request.auth, body.keys)
            case "snooze" if body.until:
                done = marks.snooze(request.auth, body.keys, body.until)
            case "snooze":
                raise Problem("invalid", faults=[("until", T("いつまでかを", "expected the day"))])
            case "back":
                done = marks.Done(marks.back(request.auth, body.keys))
            case _:
                to = {"mine": request.auth.public_id, "assign": body.to or "-"}.get(body.do)
                done = marks.assign(request.auth, cases, to)
    except CannotBeDone as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None
    return {"count": done.count, "left": [case for case, _ in done.left]}


@operation("POST", "/task/undo", T("最後の操作を元に戻す", "take back the last step"), DoneOut, scopes=(Scope.ACT,),
           tags=_TAGS)  # fmt: skip
def undo_step(request: HttpRequest) -> dict[str, Any]:
    """Take back the caller's last step in the inbox; count 0 where there is none."""
    undone = marks.undo(request.auth)
    return {"count": undone[1].count, "left": [c for c, _ in undone[1].left]} if undone else {"count": 0, "left": []}


@operation("POST", "/task/jobs", T("まとめて行うことを確かめる", "preview one act in many cases"), JobOut,
           scopes=(Scope.ACT,), status=201, tags=_TAGS, gives={"/task/jobs/{job}": "body#/id"})  # fmt: skip
def preview_job(request: HttpRequest, body: BulkIn) -> dict[str, Any]:
    """Ask of each case whether the act may be done in it. Nothing is recorded before `begin`."""
    try:
        job = jobs.begin(request.auth, body.cases)
        jobs.preview(job, Entry(body.act, body.on, body.data, by=body.by))
    except CannotBeDone as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None
    return _job(job, language(request))


@operation("GET", "/task/jobs/{job}", T("まとめて行ったことの様子", "a job"), JobOut, tags=_TAGS)
def show_job(request: HttpRequest, job: str) -> dict[str, Any]:
    """How far a job of the caller is, and what became of each case."""
    return _job(_own(request, job), language(request))


@operation("POST", "/task/jobs/{job}", T("まとめて行う", "begin, cancel or repeat a job"), JobOut, scopes=(Scope.ACT,),
           tags=_TAGS)  # fmt: skip
def do_job(request: HttpRequest, job: str, body: JobDo) -> dict[str, Any]:
    """Begin what was previewed (twice does nothing more), stop after the act at hand, or try again what failed."""
    found = _own(request, job)
    try:
        {"begin": jobs.do, "cancel": jobs.cancel, "again": jobs.again}[body.do](found)
    except CannotBeDone as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None
    return _job(_own(request, job), language(request))


@operation("GET", "/task/views", T("保存した見方", "saved views"), list[ViewOut], tags=_TAGS,
           gives={"/task/views/{view}": "body#/0/id"})  # fmt: skip
def list_views(request: HttpRequest) -> list[dict[str, Any]]:
    """The caller's views and those shared with their office. `query` is what the address of the list holds."""
    return [
        {"id": s.view.public_id, "list": s.view.page, "name": s.view.name, "query": s.view.query,
         "shared": s.view.shared, "mine": s.mine, "pinned": s.pinned, "first": s.first}
        for s in views.of(request.auth)
    ]  # fmt: skip


@operation("POST", "/task/views", T("見方を保存する", "save a view"), list[ViewOut], scopes=(Scope.ACT,), status=201,
           tags=_TAGS, gives={"/task/views/{view}": "body#/0/id"})  # fmt: skip
def save_view(request: HttpRequest, body: ViewIn) -> list[dict[str, Any]]:
    """Keep a view; one of the same name and list is replaced. Answers with all."""
    try:
        views.save(request.auth, body.list, body.name, body.query, body.shared, body.pinned)
    except CannotBeDone as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None
    return list_views(request)


@operation("POST", "/task/views/{view}/delete", T("見方を消す", "delete a view"), list[ViewOut], scopes=(Scope.ACT,),
           tags=_TAGS)  # fmt: skip
def delete_view(request: HttpRequest, view: str) -> list[dict[str, Any]]:
    """Delete a view of the caller's own. Answers with those that are left."""
    try:
        views.delete(request.auth, view)
    except LookupError:
        raise Problem("not_found") from None
    return list_views(request)


@operation("GET", "/task/deputies", T("不在と代理", "absence and deputies"), list[DeputyOut], tags=_TAGS,
           gives={"/task/deputies/{deputy}": "body#/0/id"})  # fmt: skip
def list_deputies(request: HttpRequest) -> list[dict[str, Any]]:
    """Who stands in for the caller, and for whom the caller does."""
    return [_deputy(d) for d in (*access.deputies.given(request.auth), *access.deputies.held(request.auth))]


@operation("POST", "/task/deputies/{deputy}/end", T("代理を終わらせる", "end it"), list[DeputyOut], scopes=(Scope.ACT,),
           tags=_TAGS)  # fmt: skip
def end_deputy(request: HttpRequest, deputy: str) -> list[dict[str, Any]]:
    """End it at once; either of the two may. To name a deputy, a person logs in on the pages: rights are lent there."""
    try:
        access.deputies.stop(request.auth, deputy)
    except Unknown:
        raise Problem("not_found") from None
    return list_deputies(request)


@operation("GET", "/task/load", T("仕事の量", "workload"), list[LoadOut], tags=_TAGS)
def workload(request: HttpRequest) -> list[dict[str, Any]]:
    """What is due by week, overdue, assigned and waiting, by person of the office; last what nobody sees to."""
    return [
        {"person": r.person.public_id if r.person else None, "name": r.person.name if r.person else "",
         "overdue": r.overdue, "weeks": list(r.weeks), "later": r.later, "undated": r.undated, "assigned": r.assigned,
         "waiting": r.waiting}
        for r in load.loads(request.auth)
    ]  # fmt: skip


def _own(request: HttpRequest, job: str) -> Job:
    found = jobs.of(request.auth, job)
    if found is None:
        raise Problem("not_found")
    return found


def _job(job: Job, lang: Lang) -> dict[str, Any]:
    return {"id": job.public_id, "act": job.act, "state": job.state, "counts": dict(jobs.counts(job)),
            "lines": [_line(line, lang) for line in jobs.lines(job)]}  # fmt: skip


def _line(line: Line, lang: Lang) -> dict[str, Any]:
    return {"case": line.case.public_id, "number": line.case.number, "outcome": line.outcome, "seq": line.seq,
            "digest": line.digest, "reasons": [text[lang] for text, _ in jobs.reasons_of(line)]}  # fmt: skip


def _deputy(d: Deputy) -> dict[str, Any]:
    return {"id": d.public_id, "deputy": d.person.public_id, "principal": d.principal.public_id,
            "first": str(d.valid_from), "last": str(d.valid_until), "may_act": d.may_act}  # fmt: skip
