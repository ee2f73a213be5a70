"""A form to take away as a workbook, and to bring back filled in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.files.problems import BadInput, Problem
from kaname.files.sheets import LARGEST
from kaname.law import T
from kaname.papers.packages import sheet
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.forms.opening import OpeningForm
from kaname.web.templatetags.kaname import lang
from kaname.web.views import uploads
from kaname.web.views.act import form_of
from kaname.web.views.new_case import chosen, mine
from kaname.web.workbook import as_workbook


@uploads.in_memory(LARGEST)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act_sheet(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """The form of an act."""
    form = form_of(request, case, name)
    return redirect(form.address) if not isinstance(form, ActForm) else _sheet(request, form, form.seen.case.head_seq)


@uploads.in_memory(LARGEST)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of the act that opens a case."""
    form = chosen(request, mine(request, kind))
    if form is None:
        raise Http404
    return _sheet(request, form, 0)


def _sheet(request: HttpRequest, form: ActForm | OpeningForm, seq: int) -> HttpResponse:
    kept = drafts.opened(request, form.place, seq)
    typed = form.first() if kept.fresh else kept.typed
    fields = form.asking.fields
    if request.method != "POST":
        name = f"{form.place.act.replace('.', '-')}.xlsx"
        return as_workbook(name, sheet.workbook(fields, typed, lang()))
    problems: tuple[Problem, ...] = ()
    file = request.FILES.get("sheet")
    if file is None or file.size > LARGEST:
        text = T(f"{LARGEST >> 20} MB までの、記入した表（.xlsx）を選んでください。",
                 f"Choose the filled-in workbook (.xlsx), up to {LARGEST >> 20} MB.")  # fmt: skip
        problems = (Problem("", 0, "sheet", text),)
    else:
        try:
            found = sheet.read(file.name, file.read(), fields)
        except BadInput as wrong:
            problems = tuple(wrong.problems)
        else:
            problems = found.problems
            if found.typed:
                drafts.save(request, kept, {**typed, **_without(typed, found.typed), **found.typed})
    if problems:
        told = {"problems": problems, "form": form, "most": LARGEST}
        return render(request, "web/case/sheet.html", told, status=422)
    said = T("表の内容を書きかけに入れました。確かめて進んでください。",
             "The workbook's content is in your draft. Check it and go on.")  # fmt: skip
    messages.success(request, said[lang()])
    return redirect(form.address)


def _without(typed: drafts.Typed, found: drafts.Typed) -> dict[str, list[str]]:
    """Rows of a table that came anew take the place of all rows typed before."""
    tables = {name.partition(".")[0] for name in found if "." in name and name.split(".")[1].isdecimal()}
    return {name: [] for name in typed if "." in name and name.partition(".")[0] in tables}
