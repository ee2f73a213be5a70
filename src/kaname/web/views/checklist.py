"""The checklist of a case, and the lines that an office wants on every case of a kind."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.aside import checklist
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.web import drafts
from kaname.web.case.checks import Sheet, sheet
from kaname.web.case.page import page as case_page
from kaname.web.templatetags.kaname import say
from kaname.web.views.asked import seen
from kaname.web.views.case import head


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, case: str) -> HttpResponse:
    """One form for the whole list: a line whose box changed gets a tick more, with the name and the time."""
    found = seen(request, case)
    made = sheet(request.user, found, case_page(found.standing, found.roles, drafts.of_case(request, case)))
    wrong: Text | None = None
    if request.method == "POST":
        try:
            _done(request, case, made)
            return redirect("case_checklist", case)
        except checklist.BadLine as bad:
            wrong = bad.text
    return render(request, "web/case/checklist.html", {
        **head(request, found, "case_checklist"), "sheet": made, "errors": {"text": wrong} if wrong else {},
        "typed": request.POST.get("text", ""), "longest": checklist.LONGEST,
    }, status=400 if wrong else 200)  # fmt: skip


def _done(request: HttpRequest, case: str, made: Sheet) -> None:
    if key := request.POST.get("remove", "")[:40]:
        if not checklist.remove(request.user, case, key):
            raise Http404
        return
    if "add" in request.POST:
        checklist.add(request.user, case, request.POST.get("text", ""))
        return
    ticked, was = set(request.POST.getlist("tick")), set(request.POST.getlist("was"))
    for key in (ticked ^ was) & made.known:
        checklist.tick(request.user, case, key, key in ticked)
    messages.success(request, say(T("点検表を保存しました。", "The checklist is saved.")))


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """What this office wants on every case of a kind."""
    wrong: Text | None = None
    asked: dict[str, Any] = {"kind": request.POST.get("kind", ""), "text": request.POST.get("text", "")}
    if request.method == "POST":
        try:
            if "end" in request.POST:
                checklist.end(request.user, request.POST["end"][:16])
            elif asked["kind"] in kinds():
                checklist.want(request.user, asked["kind"], asked["text"])
            else:
                raise checklist.BadLine(T("案件の種類を選んでください。", "Choose a kind of case."))
            return redirect("checklists")
        except checklist.BadLine as bad:
            wrong = bad.text
    found: dict[str, list[Any]] = {}
    for line in checklist.templates(request.user, kinds()):
        found.setdefault(line.kind, []).append(line)
    return render(request, "web/checklists.html", {
        "groups": [(kinds()[k].label, lines) for k, lines in found.items()], "kinds": kinds().values(),
        "errors": {"text": wrong} if wrong else {}, "typed": asked, "longest": checklist.LONGEST,
    }, status=400 if wrong else 200)  # fmt: skip
