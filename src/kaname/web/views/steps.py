"""The way through a form: fill in with the effect beside it, check, record, receipt. Each step keeps what is typed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.gate.expired import whose
from kaname.consult import api as consult
from kaname.law import Text
from kaname.ledger.errors import LedgerError, Moved, UnknownCase
from kaname.papers import letters
from kaname.procedure import Refused
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import index
from kaname.web import attached, drafts
from kaname.web.case.effect import Effect, effect
from kaname.web.case.moved import since
from kaname.web.drafts import Kept
from kaname.web.forms.form import Form, Read
from kaname.web.parts.fields import FieldView
from kaname.web.views import issue
from kaname.web.views.case import head

FORM, CHECK, EFFECT = "web/case/form.html", "web/case/check.html", "web/case/effect.html"


def fill_in(request: HttpRequest, form: Form) -> HttpResponse:
    """The form. A POST keeps what is typed; `step` says what then: check, effect (that part alone), discard, save."""
    step = request.POST.get("step", "")
    if step == "discarded":
        drafts.drop(request, form.place)
        return redirect(form.address)
    if request.method == "POST":
        if done := form.recorded(request.user, request.POST.get("key", "")):
            return _recorded(request, form, done)  # the page of an act that is done, brought back by the back button
        several = {f.id for f in _fields(form) if f.several}
        kept = drafts.sent(request, form.place, _seq(form), several, keeps_files=step == "effect")
    else:
        kept = drafts.opened(request, form.place, _seq(form))
        if not kept.fresh and form.recorded(request.user, kept.key):
            drafts.drop(request, form.place)  # what was typed last had come in while the act was being recorded
            kept = drafts.opened(request, form.place, _seq(form))
    typed = form.first() if kept.fresh else kept.typed
    read = form.read(typed)
    if kept.wrong_files:
        read = replace(read, errors={**read.errors, **kept.wrong_files})
    shown = None if read.errors else effect_of(request, form, read)
    if step == "effect":
        return render(request, EFFECT, {"effect": shown, "form": form, "read": read, "kept": kept})
    if kept.theirs is not None:
        more = told(request, form, kept, typed, read, shown) | {"theirs": _theirs(form, kept.theirs, typed, read)}
        return render(request, FORM, more, status=409)
    if step == "check" and shown and shown.accepted:
        return redirect(form.check_address)
    status = 422 if step == "check" else 200
    more = told(request, form, kept, typed, read, shown, asked=step == "check") | {"saved": step == "save"}
    more["discards"] = step == "discard"
    return render(request, FORM, more, status=status)


def _theirs(form: Form, theirs: drafts.Typed, typed: drafts.Typed, read: Read) -> list[tuple[Text, str]]:
    """What the draft says otherwise than this page: each field with its content there."""
    mine = {view.name: _content(view) for view in form.views(typed, read)}
    there = {view.name: view for view in form.views(theirs, form.read(theirs))}
    return [(view.label, _content(view)) for name, view in there.items() if _content(view) != mine.get(name)]


def _content(view: FieldView) -> str:
    lines = [*view.values, *view.times, *("、".join(filter(None, map(_content, row))) for row in view.rows)]
    return "\n".join(line.replace("\r\n", "\n") for line in lines if line)


def check(request: HttpRequest, form: Form, again: Callable[[], Form | None]) -> HttpResponse:
    """What will be recorded, once more; a POST records it. `again` makes the form anew after the case has moved."""
    # The draft is looked for first: where the other half of a double click has taken it away, the act is on record.
    kept = drafts.opened(request, form.place, _seq(form))
    if done := form.recorded(request.user, request.POST.get("key", "")):
        return redirect("receipt", *done)  # a double click, the back button, a repeated request
    if kept.fresh:
        return redirect(form.address)
    read = form.read(kept.typed)
    failure: LedgerError | letters.NotIssued | None = None
    other = request.POST.get("over", kept.over) != kept.over  # the draft is no longer what this page has shown
    if request.method == "POST" and not read.errors and not other:
        seen_seq = request.POST.get("seq", "")
        at = replace(kept, seq=int(seen_seq)) if seen_seq.isdecimal() and len(seen_seq) < 10 else kept
        try:
            if request.POST.get("issue"):
                issue.before(request, form, read)
            answer = form.record(request.user, read, at)
        except UnknownCase:  # a right ended meanwhile
            raise
        except (LedgerError, letters.NotIssued) as error:
            failure, form = error, again() or form
        else:
            if isinstance(answer, Refused):
                shown = refused(form, read, answer)
                return render(request, FORM, told(request, form, kept, kept.typed, read, shown, asked=True), status=422)
            drafts.drop(request, form.place)
            if request.POST.get("issue"):
                issue.after(request, answer)
            return redirect("receipt", answer.case, answer.seq)
    shown_now = None if read.errors else effect_of(request, form, read)
    if shown_now is None or not shown_now.accepted:
        return redirect(form.address)
    called = attached.called(request, kept.typed)
    more = {"filled": form.filled(read, called), "failure": failure, "moved": _moved(request, form, kept)}
    more |= {"issues": issue.offered(form), "nameless": _nameless(form, read), "other": other}
    status = 409 if other else 200 if failure is None else _STATUS.get(type(failure), 503)
    return render(request, CHECK, told(request, form, kept, kept.typed, read, shown_now) | more, status=status)


_STATUS: dict[type, int] = {Moved: 409, letters.NotIssued: 422}


def _nameless(form: Form, read: Read) -> Text | None:
    """Where a case is opened without what people would know it by: what that is called."""
    kind, act = form.standing.kind, form.place.act
    names = [name.rpartition(".")[2] for name in kind.reference if name.rpartition(".")[0] == act.rpartition(".")[0]]
    asked = [field.label for field in _fields(form) if field.id in names]
    if form.place.case or not asked or any(read.entry.data.get(name) for name in names):
        return None
    return asked[0]


def _fields(form: Form) -> Iterable[Field]:
    of = index(form.standing.kind).acts.get(form.place.act)
    return of.fields.values() if of else ()


def _recorded(request: HttpRequest, form: Form, done: tuple[str, int]) -> HttpResponse:
    """To the receipt of what was recorded under the key of this form. A draft must not come to life again with it."""
    drafts.drop(request, form.place, key=request.POST["key"])
    receipt = reverse("receipt", args=done)
    return HttpResponse(headers={"HX-Redirect": receipt}) if "HX-Request" in request.headers else redirect(receipt)


def _moved(request: HttpRequest, form: Form, kept: Kept) -> Any:
    """What others recorded since the form was opened, and what it changed; None where nothing was."""
    if form.seen is None or form.seen.case.head_seq == kept.seq:
        return None
    return since(form.standing, access.entries(request.user, form.seen.case.public_id), kept.seq)


def _seq(form: Form) -> int:
    return int(form.seen.case.head_seq) if form.seen else 0


def effect_of(request: HttpRequest, form: Form, read: Read) -> Effect:
    """What the act would do to the case as it stands."""
    answer = form.tried(request.user, read)
    return effect(
        lambda accepted: form.before(request.user, accepted), answer, form.standing, read.entry, names(form, read)
    )


def refused(form: Form, read: Read, answer: Refused) -> Effect:
    """The effect of an act that the ledger refused to record."""
    return effect(lambda accepted: form.standing, answer, form.standing, read.entry, names(form, read))


def names(form: Form, read: Read) -> set[str]:
    """The names of the fields, so that a reason about one can lead to it."""
    of = index(form.standing.kind).acts.get(read.entry.act)
    return {*(of.fields if of else ()), *read.entry.data}


def _gate(request: HttpRequest, form: Form) -> dict[str, Any]:
    """Where the law makes a consultation between authorities a gate: those that were asked for this act."""
    if form.seen is None or form.place.act not in consult.gates(form.seen.case.kind):
        return {}
    found = [of for of in consult.asked_about(request.user, form.seen.case.public_id) if of.act == form.place.act]
    return {"consulted": found, "may_consult": consult.may_ask(request.user)}


def told(
    request: HttpRequest,
    form: Form,
    kept: Kept,
    typed: drafts.Typed,
    read: Read,
    shown: Effect | None,
    asked: bool = False,
) -> dict[str, Any]:
    """What form and check page show. `asked`: the person wanted to go on: what is missing stands where errors do."""
    blank = shown.whys if asked and shown and shown.blank else []
    errors = {**read.errors, **{why.field: why.reason.text for why in blank}}
    called = attached.called(request, typed)
    return {
        **(head(request, form.seen, "") if form.seen else {}),
        "form": form,
        "kept": kept,
        "whose": whose(request.user),
        "seq": _seq(form),
        "fields": [replace(v, called=called) for v in form.views(typed, replace(read, errors=errors))],
        "errors": errors,
        "read": read,
        "effect": shown,
        "asked": asked,
        **_gate(request, form),
        "takes_files": any(f.type is FieldType.DOCUMENT for f in _fields(form)),
    }
