"""Custody of a case: what may leave, who asks and answers, where the copies are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.access.api import Seen
from kaname.access.custody import api as custody
from kaname.access.custody.api import NotAsked
from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.law import T, Text
from kaname.papers import api as papers
from kaname.procedure.index import index
from kaname.web.templatetags.kaname import say
from kaname.web.views.asked import seen
from kaname.web.views.case import head

_SAID = {
    "asked": T("承認を求めました。", "You have asked for approval."),
    "approved": T("承認しました。", "Approved."),
    "refused": T("承認しませんでした。", "Refused."),
    "withdrawn": T("求めを取り下げました。", "The request is withdrawn."),
    "revoked": T("承認を取り消しました。", "The approval is revoked."),
    "named": T("管理責任者を定めました。", "The manager is named."),
    "noted": T("簿冊に書きました。", "The register is kept."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, case: str) -> HttpResponse:
    found = kept(request, case)
    if not found.sealed:
        return render(request, "web/custody/case.html", head(request, found, "custody"), status=403)
    errors: dict[str, Text] = {}
    if request.method == "POST":
        try:
            return _done(request, case)
        except AccessError as wrong:
            errors = {wrong.field or "what": wrong.text}
    return render(request, "web/custody/case.html", {
        **head(request, found, "custody"), **_told(request, found), "errors": errors, "typed": request.POST,
        "chosen": request.POST.get("what") or request.GET.get("what", ""),
    }, status=400 if errors else 200)  # fmt: skip


def kept(request: HttpRequest, case: str) -> Seen:
    """The case, where its kind has custody at all."""
    found = seen(request, case)
    if found.standing.kind.custody is None:
        raise Http404
    return found


def _told(request: HttpRequest, found: Seen) -> dict[str, Any]:
    person, case = request.user, found.case.public_id
    names = named(request, found)
    told = custody.shown(person, case)
    return {
        "applies": told.applies, "declared": found.standing.kind.custody, "able": told.able,
        "manager": told.manager, "candidates": custody.candidates(found.case) if told.able else (),
        "requests": [(one, names.get(one.what, one.what), _mine(request, found, one)) for one in told.requests],
        "waiting": [one for one in told.requests if _mine(request, found, one)],
        "copies": [(one, names.get(one.what, one.what)) for one in told.copies],
        "out": sum(one.out for one in told.copies), "fates": custody.FATES.items(), "whats": names.items(),
        "forms": custody.FORMS.items(), "most": custody.MOST_COPIES,
    }  # fmt: skip


def _mine(request: HttpRequest, found: Seen, one: custody.Request) -> bool:
    """Whether it waits for the answer of who looks."""
    return one.state == "waiting" and custody.may_answer(request.user, found.case, one.person.pk)


def named(request: HttpRequest, found: Seen) -> dict[str, Text | str]:
    """What could leave, by what it is asked for by."""
    case, acts = found.case.public_id, index(found.standing.kind).acts
    said: dict[str, Text | str] = {"bundle": T("事件の束（他の機関へ）", "the case as a bundle for another office")}
    for paper in papers.papers(request.user, case):
        said[f"document {paper.id}"] = T("書類：", "document: ").ja + paper.name if paper.name else paper.id
    for row in access.recorded(request.user, case):
        of = acts.get(row.entry.act)
        label = of.act.label if of else T(row.entry.act, row.entry.act)
        n = row.entry.seq
        if row.sealed:
            said[f"letter {n}"] = T(f"記録{n}の紙面（{label.ja}）", f"entry {n} on paper ({label.en})")
        said[f"package {n}"] = T(f"記録{n}の一式（{label.ja}）", f"entry {n} as a package ({label.en})")
        for name in row.sealed:
            said[f"value {n} {name}"] = T(f"記録{n}の値（{name}）", f"a value of entry {n} ({name})")
    return said


def _done(request: HttpRequest, case: str) -> HttpResponse:
    given, what = request.POST, "asked"
    if "manager" in given:
        custody.name(request.user, case, given["manager"][:40])
        what = "named"
    elif "number" in given:
        number = given["number"][:9]
        if not number.isdecimal():
            raise Http404
        try:
            custody.note(request.user, case, int(number), given.get("fate", ""), given.get("words", ""))
        except Unknown:
            raise Http404 from None
        what = "noted"
    else:
        custody.ask(request.user, case, given.get("what", "")[:200], given.get("form", ""),
                    whole(given.get("copies", "")), given.get("why", ""))  # fmt: skip
    messages.success(request, say(_SAID[what]))
    return redirect("custody", case)


def whole(text: str) -> int:
    """What was typed as a number; 0 where it is none, which the part that asks refuses in words."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, case: str, request_id: str) -> HttpResponse:
    """One request, and the form that answers it."""
    found = kept(request, case)
    try:
        one = custody.one(request.user, request_id)
    except Unknown:
        raise Http404 from None
    if one.case != case:
        raise Http404
    errors: dict[str, Text] = {}
    if request.method == "POST":
        try:
            return _answered(request, one)
        except (NotAsked, NotAllowed) as wrong:
            errors = {wrong.field or "why": wrong.text}
    return render(request, "web/custody/request.html", {
        **head(request, found, "custody"), "one": one, "what": named(request, found).get(one.what, one.what),
        "form": custody.FORMS[one.form], "mine": _mine(request, found, one), "errors": errors, "typed": request.POST,
        "revoke": one.state == "approved" and custody.may_answer(request.user, found.case, one.person.pk),
        "withdraw": one.state == "waiting" and one.person == request.user, "most_hours": custody.MOST_HOURS,
    }, status=400 if errors else 200)  # fmt: skip


def _answered(request: HttpRequest, one: custody.Request) -> HttpResponse:
    verdict, why = request.POST.get("verdict", ""), request.POST.get("why", "")
    if verdict == "withdrawn":
        custody.withdraw(request.user, one.id)
    elif verdict == "revoked":
        custody.revoke(request.user, one.id, why)
    else:
        copies, hours = whole(request.POST.get("copies", "")), request.POST.get("hours", "")
        custody.answer(request.user, one.id, verdict, why, copies, whole(hours) if hours else None)
    messages.success(request, say(_SAID.get(verdict, _SAID["asked"])))
    return redirect("custody", one.case)


@login_required
@require_http_methods(["GET", "HEAD"])
def decided(request: HttpRequest, case: str) -> HttpResponse:
    """Every decision on what is sealed in the case, the newest first."""
    found = kept(request, case)
    if not found.sealed:
        return render(request, "web/custody/case.html", head(request, found, "custody"), status=403)
    rows = custody.decided(request.user, case)[:200]
    said = [(row, custody.WHY.get(row.why, row.why)) for row in rows]
    return render(request, "web/custody/decided.html", {**head(request, found, "custody"), "rows": said})
