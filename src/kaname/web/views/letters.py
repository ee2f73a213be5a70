"""An act on paper: the letter or filing of an entry, and of a draft before it is recorded."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kaname.access import api as access
from kaname.access.custody.api import NeedsApproval
from kaname.access.login.fresh import proved, to_take, unproved
from kaname.law import Lang
from kaname.papers import letters
from kaname.typeset import Unprintable
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.forms.together import Together
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views import errors
from kaname.web.views.documents import handed_out
from kaname.web.views.needs import to_ask

_LANGUAGES = ("ja", "en")


@login_required
@require_safe
def letter(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The PDF of a recorded act, in the language asked for (`lang`, else that of the page). Unknown: not there."""
    return as_pdf(request, letters.letter(request.user, case, seq, asked(request)))


@login_required
@require_POST
@to_take
def letter_whole(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The same with what is sealed, for who may read it. By POST: each reading is logged."""
    try:
        return as_pdf(request, letters.whole(request.user, case, seq, asked(request)))
    except NeedsApproval as wrong:
        return to_ask(wrong)
    except access.NotAllowed:
        return redirect("case_sealed", case, seq)


@login_required
@require_safe
def letters_together(request: HttpRequest) -> HttpResponseBase:
    """Many letters at once, chosen by kind, act and days: as a list, a ZIP (`as=zip`) or one PDF (`as=pdf`)."""
    asked_for = Together.read(request.user, request.GET)
    if asked_for.wanted and (form := request.GET.get("as")) in ("zip", "pdf"):
        return unproved(request) or _together(request, asked_for.wanted, form)
    return render(request, "web/letters.html", {"asked": asked_for})


def _together(request: HttpRequest, wanted: Sequence[letters.Wanted], form: str) -> HttpResponseBase:
    write = letters.archive if form == "zip" else letters.joined
    made = letters.together(lambda out: write(request.user, wanted, out, asked(request)))
    media = "application/zip" if form == "zip" else "application/pdf"
    return FileResponse(made, as_attachment=True, filename=f"letters.{form}", content_type=media)


@login_required
@require_POST
def letter_issue(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """Issue the paper of an act; issued before, it is that paper. Then to the papers of the case."""
    try:
        letters.issue(request.user, case, seq)
    except Unprintable as wrong:
        return errors.unprintable(request, wrong.text)
    except letters.NotIssued as wrong:
        return errors.unprintable(request, wrong.text)
    return redirect("case_papers", case)


@login_required
@require_safe
def letter_issued(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The bytes of a paper as they went out; `seq`: the entry of its issue."""
    try:
        return handed_out(letters.again(request.user, case, seq, proved=proved(request)))
    except NeedsApproval as wrong:
        return to_ask(wrong)
    except access.NotAllowed as wrong:
        return HttpResponse(say(wrong.text), status=403, content_type="text/plain; charset=utf-8")


@login_required
@require_safe
def letter_draft(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """The same of what is typed and not recorded yet, marked as a draft. Nothing typed: back to the form."""
    form = ActForm.of_name(request.user, access.see(request.user, case), name, request.GET.get("run", ""))
    if form is None:
        raise Http404
    kept = drafts.opened(request, form.place, form.seen.case.head_seq)
    read = None if kept.fresh else form.read(kept.typed)
    if read is None or read.errors:
        return redirect(form.address)
    return as_pdf(request, letters.draft(request.user, case, read.entry, asked(request)))


def asked(request: HttpRequest) -> Lang:
    given = request.GET.get("lang", "")
    return "en" if (given if given in _LANGUAGES else lang()) == "en" else "ja"


def as_pdf(request: HttpRequest, found: letters.Letter) -> HttpResponse:
    try:
        response = HttpResponse(letters.pdf(found), content_type="application/pdf")
    except Unprintable as wrong:
        return errors.unprintable(request, wrong.text)
    name = "draft" if found.draft else f"letter-{found.digest[:12]}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
