"""An act on paper: the letter or filing of an entry, and of a draft before it is recorded."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from kaname.access import api as access
from kaname.law import Lang
from kaname.papers import letters
from kaname.typeset import Unprintable
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.templatetags.kaname import lang
from kaname.web.views import errors

_LANGUAGES = ("ja", "en")


@login_required
@require_safe
def letter(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The PDF of a recorded act, in the language asked for (`lang`, else that of the page). Unknown: not there."""
    return as_pdf(request, letters.letter(request.user, case, seq, asked(request)))


@login_required
@require_POST
def letter_whole(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The same with what is sealed, for who may read it. By POST: each reading is logged."""
    try:
        return as_pdf(request, letters.whole(request.user, case, seq, asked(request)))
    except access.NotAllowed:
        return redirect("case_sealed", case, seq)


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
