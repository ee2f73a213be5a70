"""Cases: the list, one case, its records, what may be done, why and how it came to stand so."""

from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.cursor import page
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import CaseOut, CasePage, EntryPage, ExplainedPage, MayPage, RevealedOut, TraceOut
from kaname.api.values import CaseId, Day, Instant, Name, Strict, language
from kaname.law import Lang, T, cited
from kaname.ledger import clock
from kaname.ledger.rows import instant, plain
from kaname.ledger.strict_json import canonical, loads
from kaname.procedure import as_data
from kaname.procedure.explain import Explained, explain_clock, explain_state, find_clocks, status_text

_TAGS = ("cases",)
Sort = Literal["next_due_on", "-next_due_on", "opened_on", "-opened_on", "recorded_at", "-recorded_at"]


class CaseFilter(Schema):
    """Filters are joined by "and". `state` is the state of the first procedure of the kind."""

    kind: Name | None = None
    state: Name | None = None
    overdue: bool | None = None
    breach: bool | None = None
    due_from: Day | None = None
    due_until: Day | None = None
    sort: Sort = "next_due_on"
    cursor: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Seen(Schema):
    as_of: Day | None = None
    known_at: Instant | None = None


class OnDay(Schema):
    as_of: Day | None = None


class Named(OnDay):
    name: Annotated[str, Field(min_length=1, max_length=300, description="clock, procedure.clock, procedure/run...")]


class Entries(Schema):
    after: Annotated[int, Field(ge=0, lt=1 << 31)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class RevealIn(Strict):
    """Which value: the number of the entry, and a name that stands in its `sealed`."""

    seq: Annotated[int, Field(ge=1, lt=1 << 31)]
    field: Annotated[str, Field(max_length=128)]


@operation("GET", "/cases", T("事件の一覧", "cases"), CasePage, tags=_TAGS,
           gives={"/cases/{case}": "body#/items/0/id"})  # fmt: skip
def list_cases(request: HttpRequest, response: HttpResponse, wanted: Query[CaseFilter]) -> dict[str, Any]:
    """The cases the caller may know of, a page at a time. Follow `next` (or the Link header) with the same filters."""
    rows = access.cases(request.auth, wanted.kind or "")
    given = {
        "state": wanted.state, "overdue": wanted.overdue, "breach": wanted.breach,
        "next_due_on__gte": wanted.due_from, "next_due_on__lte": wanted.due_until,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    found, after = page(rows, wanted.sort, wanted.cursor, wanted.limit)
    if after:
        query = request.GET.copy()
        query["cursor"] = after
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return {"items": [_row(row) for row in found], "next": after}


def _row(row: Any) -> dict[str, Any]:
    return {
        **_of(row.case), "state": row.state, "states": loads(row.states), "next_due_on": _iso(row.next_due_on),
        "next_change_on": _iso(row.next_change_on), "overdue": row.overdue, "breach": row.breach,
        "version": _iso(row.version), "as_of": _iso(row.as_of),
    }  # fmt: skip


def _of(case: Any) -> dict[str, Any]:
    """What a list and a case have in common."""
    return {
        "id": case.public_id, "number": case.number, "kind": case.kind, "opened_on": case.opened_on,
        "head": {"seq": case.head_seq, "digest": case.head_digest, "recorded_at": case.head_at},
    }  # fmt: skip


@operation(
    "GET", "/cases/{case}", T("事件の今の姿", "where a case stands"), CaseOut, problems=(304,), tags=_TAGS,
    gives={"If-Match": "header.ETag"},
    extra={"parameters": [{"in": "header", "name": "If-None-Match", "schema": {"type": "string"},
                           "required": False}]},
)  # fmt: skip
def get_case(request: HttpRequest, response: HttpResponse, case: CaseId, at: Query[Seen]) -> Any:
    """Where a case stands at the end of a day, as known at an instant. The ETag begins with the digest of the last
    entry and can be sent with If-None-Match here, with If-Match when acting."""
    lang = language(request)
    seen = access.see(request.auth, case, at.as_of, at.known_at)
    found = {
        **_of(seen.case), "here": not seen.case.origin, "roles": sorted(seen.roles), "sealed": seen.sealed,
    }  # fmt: skip
    # The standing follows from the head and the day: the tag needs no body, and a known one costs no body.
    asked = canonical([found, seen.standing.as_of.isoformat(), instant(at.known_at) if at.known_at else "", lang])
    tag = f'"{seen.case.head_digest}.{sha256(asked.encode()).hexdigest()[:16]}"'
    response["ETag"] = tag
    if tag in [given.strip() for given in request.headers.get("If-None-Match", "").split(",")]:
        response.status_code = 304
        return response
    return {**found, "standing": as_data(seen.standing, lang)}


@operation("GET", "/cases/{case}/entries", T("記録", "the entries of a case"), EntryPage, tags=_TAGS,
           gives={"/cases/{case}/*/{seq}": "body#/items/0/seq"})  # fmt: skip
def list_entries(request: HttpRequest, case: CaseId, wanted: Query[Entries]) -> dict[str, Any]:
    """What was recorded, in that order, each entry with its digest. Sealed values are named, never shown."""
    all_after = [r for r in access.recorded(request.auth, case) if r.entry.seq > wanted.after]
    found = all_after[: wanted.limit]
    return {
        "items": [_entry(r) for r in found],
        "next": found[-1].entry.seq if len(all_after) > len(found) else None,
    }


def _entry(r: access.Recorded) -> dict[str, Any]:
    e = r.entry
    return {
        "seq": e.seq, "act": e.act, "on": e.on.isoformat(), "run": e.run, "by": e.by, "party": e.party,
        "at": e.at.isoformat() if e.at else None, "data": plain(dict(e.data)), "sealed": list(r.sealed),
        "person": r.person, "recorded_at": instant(e.recorded_at) if e.recorded_at else None,
        "law_version": r.law_version, "digest": r.digest,
    }  # fmt: skip


@operation("GET", "/cases/{case}/may", T("できる行為", "what may be done"), MayPage, tags=_TAGS)
def list_acts(request: HttpRequest, case: CaseId, at: Query[OnDay]) -> dict[str, Any]:
    """Every act of the kind on a day: ready, blocked and why, or in need of input. `mine`: a mandate covers it."""
    seen = access.see(request.auth, case, at.as_of)
    found = as_data(seen.standing, language(request))
    acts = [{**one, "mine": not seen.roles.isdisjoint(one["by"])} for one in found["may"]]
    return {"as_of": found["as_of"], "acts": acts}


@operation("GET", "/cases/{case}/explain", T("なぜその日か", "why this day"), ExplainedPage, tags=_TAGS)
def explain_case(request: HttpRequest, case: CaseId, at: Query[Named]) -> dict[str, Any]:
    """The working of a clock, or how a procedure came to its state, with provisions."""
    standing, lang = access.see(request.auth, case, at.as_of).standing, language(request)
    found = [
        _explained(r.key, status_text(r)[lang], explain_clock(r), lang, standing.as_of)
        for r in find_clocks(standing, at.name)
    ]  # fmt: skip
    if at.name in standing.tracks:
        state, why = standing.tracks[at.name].state, explain_state(standing, at.name)
        found.insert(0, _explained(at.name, state, why, lang, standing.as_of))
    if not found:
        known = ", ".join((*standing.clocks, *standing.tracks)) or "-"
        raise Problem("no_such_name", T(f"この事件にあるのは {known}", f"expected one of {known}"))
    return {"as_of": standing.as_of.isoformat(), "found": found}


def _explained(key: str, status: str, why: Explained, lang: Lang, on: date) -> dict[str, Any]:
    return {
        "key": key, "label": why.subject[lang], "status": status, "answer": _iso(why.result),
        "basis": [cited((b,), lang, on) for b in why.basis],
        "lines": [line.strip() for line in why.lines(lang, on)[1:]],
    }  # fmt: skip


@operation("GET", "/cases/{case}/trace", T("経過", "the course of a case"), TraceOut, tags=_TAGS)
def trace_case(request: HttpRequest, case: CaseId, at: Query[OnDay]) -> dict[str, Any]:
    """Who did what and what the law did, line by line, up to a day."""
    day = at.as_of or clock.today()
    return {"as_of": day.isoformat(), "lines": access.course(request.auth, case, day, language(request))}


@operation("POST", "/cases/{case}/reveal", T("封緘された値を読む", "read a sealed value"), RevealedOut,
           scopes=(Scope.SEALED,), tags=_TAGS)  # fmt: skip
def reveal_value(request: HttpRequest, case: CaseId, asked: RevealIn) -> dict[str, Any]:
    """A sealed value of an entry, where a mandate lets the caller read it. That it was read is written down first."""
    return {"value": access.reveal(request.auth, case, asked.seq, asked.field, "api")}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
