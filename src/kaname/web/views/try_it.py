"""Try it: any act, any day, any role, one upon the other. Nothing is saved: the address holds the whole what-if.

Texts are not asked (an address is no place for the content of a case): where the law asks for one, it counts as given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.api import Seen, Tried
from kaname.law import Text
from kaname.procedure import Accepted, Refused, Standing, at
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.declare import FieldType, Procedure
from kaname.procedure.index import index
from kaname.web.case.answer import answer
from kaname.web.case.effect import Effect, effect
from kaname.web.case.line import Line
from kaname.web.forms.act import choices
from kaname.web.forms.asking import ON, Asking
from kaname.web.forms.form import Read, Typed
from kaname.web.parts.fields import FieldView
from kaname.web.views.case import head

STEP, MOST = "w", 12
_TEXTS = (FieldType.TEXT, FieldType.PARTY, FieldType.PERSON, FieldType.DOCUMENT, FieldType.IPC, FieldType.ROWS)
_GIVEN = {FieldType.IPC: [], FieldType.ROWS: [], FieldType.DOCUMENT: "（試し）"}


@dataclass(frozen=True, slots=True)
class Step:
    """One what-if of the chain: what was tried, what it comes to, and the address without it."""

    label: Text
    role: Text | None
    read: Read
    effect: Effect | None
    without: str


@login_required
@require_safe
def try_it(request: HttpRequest, case: str) -> HttpResponse:
    found = access.see(request.user, case)
    steps = [s for s in request.GET.getlist(STEP) if s][:MOST]
    current = _current(request)
    asked = [parse_qs(s, keep_blank_values=True) for s in steps]
    asking = _asking(request, found, current)
    tried = [(a, t) for t in asked if (a := _asking(request, found, t))]
    go = asking is not None and request.GET.get("go") == "1"
    if asking and go:
        tried.append((asking, current))
    shown, last = _chain(request, found, tried, steps)
    told = {
        "steps": shown,
        "chain": steps,
        "asking": asking,
        "fields": _fields(asking, current) if asking else [],
        "acts": _acts(found.standing.kind.procedures),
        "chosen": asking.of.name if asking else "",
        "run": asking.run if asking else "",
        "lines": _answer(last, found) if last else [],
        "then": f"?{urlencode([(STEP, s) for s in (*steps, urlencode(current, doseq=True))])}" if go else "",
        "last": last,
    }
    return render(request, "web/case/try.html", {**head(request, found, ""), **told})


def _current(request: HttpRequest) -> dict[str, list[str]]:
    return {k: v for k, v in request.GET.lists() if k not in (STEP, "go")}


def _asking(request: HttpRequest, found: Seen, typed: Typed) -> Asking | None:
    """The form of the act that is to be tried, in any of its roles."""
    of = index(found.standing.kind).acts.get(next(iter(typed.get("act", ())), ""))
    if of is None:
        return None
    run = next(iter(typed.get("run", ())), "")
    takes = {t.id: choices(request.user, t.kind) for t in of.act.takes}
    return Asking(found.standing, of, run, of.act.roles, {}, takes)


def _fields(asking: Asking, typed: Typed) -> list[FieldView]:
    """The questions of the form that an address may hold: days, numbers, choices, yes and no."""
    typed = typed if ON in typed else {**asking.first(), **typed}
    read = asking.entry(typed)
    texts = {id for id, f in asking.fields.items() if f.type in _TEXTS}
    views = asking.views(typed, read.errors if ON in typed else {}, read.entry)
    return [v for v in views if v.name not in texts and v.name != "act.party" and not v.name.startswith("reason_for_")]


def _chain(
    request: HttpRequest, found: Seen, tried: Sequence[tuple[Asking, Typed]], steps: Sequence[str]
) -> tuple[list[Step], Standing | None]:
    """Each step judged upon those before it, and the standing that the chain comes to."""
    reads = [(a, _read(a, typed)) for a, typed in tried]
    acts = [Tried(r.entry, r.context, r.happened) for _, r in reads]
    case = found.case.public_id
    answers = access.try_acts(request.user, case, acts) if acts else []
    shown, now = [], None
    for i, ((asking, read), given) in enumerate(zip(reads, answers, strict=True)):
        entry = given.entry if isinstance(given, Accepted) else read.entry
        role = next((r.label for r in asking.of.act.roles if r.id == entry.by), None)
        before = _before(request, case, now, given)
        told = None if read.errors else effect(_known(before), given, now or found.standing, read.entry, ())
        rest = [s for j, s in enumerate(steps) if j != i]
        shown.append(Step(asking.of.act.label, role, read, told, f"?{urlencode([(STEP, s) for s in rest])}"))
        now = given.standing if isinstance(given, Accepted) else now
    return shown, now


def _before(request: HttpRequest, case: str, now: Standing | None, given: Accepted | Refused) -> Any:
    """The standing before a step, on the day after it."""
    if isinstance(given, Refused):
        return now
    day = given.standing.as_of
    if now is None:
        return access.see(request.user, case, day).standing
    return at(now.kind, now, day) if day >= now.as_of else now


def _known(before: Standing) -> Callable[[Accepted], Standing]:
    return lambda accepted: before


def _read(asking: Asking, typed: Typed) -> Read:
    """The entry of a step; texts that the law asks for count as given."""
    read = asking.entry(typed)
    given: Mapping[str, Any] = {
        id: _GIVEN.get(f.type, "（試し）")
        for id, f in asking.fields.items()
        if f.type in (FieldType.TEXT, FieldType.PARTY, FieldType.PERSON, FieldType.DOCUMENT)
        and id not in read.entry.data
    }
    given = {id: [v] if asking.fields[id].several else v for id, v in given.items()}
    return replace(read, entry=replace(read.entry, data={**given, **read.entry.data}))


def _acts(procedures: Sequence[Procedure]) -> list[tuple[Procedure, list[tuple[str, Text]]]]:
    return [(p, [(f"{p.id}.{a.id}", a.label) for a in p.acts]) for p in procedures]


def _answer(standing: Standing, found: Seen) -> list[Line]:
    return answer(standing, found.roles, ends_by_time(standing))
