"""Asking, taking up and answering: each a form, none an act without a page before it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.access.custody.api import NeedsApproval
from kaname.access.login.fresh import proved
from kaname.consult import api as consult
from kaname.law import T, Text
from kaname.ledger.errors import LedgerError
from kaname.papers.api import uploads
from kaname.procedure import Refused
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.general.roles import GRADES
from kaname.web.forms.inquiring import AskForm
from kaname.web.parts.fields import field_view
from kaname.web.read import read_form
from kaname.web.templatetags.kaname import lang
from kaname.web.views import steps
from kaname.web.views.case import head
from kaname.web.views.consult.page import may_begin
from kaname.web.views.needs import to_ask

_ROUTE = Field("route", T("決裁の段階（下から）", "levels that sign, from below"), FieldType.CHOICE, required=True,
    several=True, options=tuple(Option(g.id, g.label) for g in GRADES))  # fmt: skip
_DUE = Field("internal_due", T("所内期限", "due within the office"), FieldType.DAY,
    help=T("この事務所が自ら定める日。法定の期間は動きません。",
           "A day of the office's own; no period of the law moves."))  # fmt: skip


@uploads
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, case: str) -> HttpResponse:
    """The form of an inquiry about a case. Who may not ask is led to what was asked."""
    form = form_of(request, case)
    return steps.fill_in(request, form) if form else redirect("consultation", case)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, case: str) -> HttpResponse:
    """The last look before it goes out."""
    form = form_of(request, case)
    try:
        return steps.check(request, form, lambda: form) if form else redirect("consultation", case)
    except NeedsApproval as wrong:  # a copy of a paper goes along that leaves only with approval
        return to_ask(wrong)


def form_of(request: HttpRequest, case: str) -> AskForm | None:
    """None for who may not ask, and for what is a consultation itself. Raises UnknownCase."""
    found = access.see(request.user, case)
    if not consult.may_ask(request.user) or found.case.kind in (consult.INQUIRY, consult.OPINION):
        return None
    return AskForm.of_case(request.user, found, lang(), proved(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, case: str) -> HttpResponse:
    """An opinion on an inquiry is begun: by which levels, by when."""
    found = access.see(request.user, case)
    of = consult.of_inquiry(request.user, case)
    if of is None:
        raise Http404
    if not may_begin(request.user, of):
        return redirect("consultation", case)
    typed = dict(request.POST.lists()) if request.method == "POST" else {"route": list(consult.route(of.asked))}
    read = read_form((_ROUTE, _DUE), typed)
    errors: dict[str, Text] = dict(read.errors) if request.method == "POST" else {}
    refused: Refused | None = None
    if request.method == "POST" and not read.data.get("route"):
        errors["route"] = T("決裁の段階を選んでください。", "Choose the levels that sign.")
    failure: LedgerError | None = None
    if request.method == "POST" and not errors:
        due = read.data.get("internal_due")
        try:
            answer = consult.begin(
                request.user, case, read.data["route"], idempotency_key=_key(request),
                internal_due=date.fromisoformat(due) if isinstance(due, str) else due,
            )  # fmt: skip
        except LedgerError as error:
            failure = error
        else:
            if not isinstance(answer, Refused):
                return redirect("consultation", answer.case)
            refused = answer
    views = [field_view(f, typed, errors=errors, required=f is _ROUTE) for f in (_ROUTE, _DUE)]
    told = {"of": of, "views": views, "errors": errors, "refused": refused, "failure": failure, "key": _key(request)}
    status = 503 if failure else 422 if errors or refused else 200
    return render(request, "web/consult/begin.html", {**head(request, found, "consultation"), **told}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, case: str) -> HttpResponse:
    """What the last level has signed, once more; a POST sends it to who asked."""
    found = access.see(request.user, case)
    of = consult.of_inquiry(request.user, case)
    if of is None:
        raise Http404
    ready = [one for one in consult.opinions(request.user, case) if one.state == "approved"] if of.open else []
    if not ready:
        return redirect("consultation", case)
    refused: Refused | None = None
    failure: LedgerError | None = None
    if request.method == "POST":
        try:
            done = consult.answer(request.user, case, ready[0].case, idempotency_key=_key(request))
        except LedgerError as error:
            failure = error
        else:
            if not isinstance(done, Refused):
                return redirect("receipt", done.case, done.seq)
            refused = done
    told: dict[str, Any] = {"of": of, "opinion": ready[0], "refused": refused, "failure": failure, "key": _key(request)}
    status = 503 if failure else 422 if refused else 200
    return render(request, "web/consult/answer.html", {**head(request, found, "consultation"), **told}, status=status)


def _key(request: HttpRequest) -> str:
    """Of the form: a double click, or the page brought back, records nothing twice."""
    given = request.POST.get("key", "")
    return given if 8 <= len(given) <= 64 and given.isalnum() else uuid4().hex
