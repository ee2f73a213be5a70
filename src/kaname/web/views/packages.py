"""The filing package on pages: made of a recorded filing, taken in as a draft that is checked like any other."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kaname.access import api as access
from kaname.access.custody.api import NeedsApproval
from kaname.access.login.fresh import to_take
from kaname.files.problems import BadInput, Problem
from kaname.law import T
from kaname.papers import packages
from kaname.papers.api import NotTaken
from kaname.papers.letters import NotIssued
from kaname.papers.packages.typed import as_typed
from kaname.typeset import Unprintable
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.forms.asking import BY, ON, PARTY, RUN
from kaname.web.forms.opening import OpeningForm
from kaname.web.templatetags.kaname import lang
from kaname.web.views import errors, uploads
from kaname.web.views.needs import to_ask
from kaname.web.views.new_case import mine

LARGEST = 20 << 20  # what the form of a page takes; a program or command hands in more
_NO_FILE = T(f"{LARGEST >> 20} MB までの一式（ZIP）を選んでください。",
             f"Choose a package (ZIP) of up to {LARGEST >> 20} MB.")  # fmt: skip
_NOT_HERE = T("この行為は、ここでは記録できません。", "This act cannot be recorded here.")
_IN = T("一式の内容を書きかけに入れました。確かめて記録してください。",
        "The package is in your draft. Check it, then record it.")  # fmt: skip
_LEFT = T("入らなかった項目：{names}", "Left out: {names}")


@login_required
@require_POST
@to_take
def package(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """A recorded filing as a package. By POST: what is sealed in it is read, and each reading is logged."""
    try:
        raw = packages.pack(request.user, case, seq, lang())
    except NeedsApproval as wrong:
        return to_ask(wrong)
    except (NotIssued, Unprintable) as wrong:
        return errors.unprintable(request, wrong.text)
    response = HttpResponse(raw, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="filing-{seq}.zip"'
    return response


@uploads.in_memory(LARGEST)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, case: str = "") -> HttpResponse:
    """A package that came: into a draft, with its documents; then to the check page, which shows what it would do."""
    found = access.see(request.user, case) if case else None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        file = request.FILES.get("package")
        try:
            if file is None or file.size > LARGEST:
                raise BadInput([Problem("", 0, "", _NO_FILE)])
            form = _drafted(request, packages.opened(file.name, file.read()), found)
        except BadInput as wrong:
            problems = tuple(wrong.problems)
        except NotTaken as wrong:
            problems = (Problem("", 0, "", wrong.text),)
        else:
            return redirect(form.check_address)
    told = {"problems": problems, "case": found.case if found else None}
    return render(request, "web/package.html", told, status=422 if problems else 200)


def _drafted(request: HttpRequest, package: packages.Package, found: access.Seen | None) -> ActForm | OpeningForm:
    """Raises BadInput where the person cannot record such an act here; NotTaken for a document."""
    if found is not None:
        form: ActForm | OpeningForm | None = ActForm.of_name(request.user, found, package.of.name, package.entry.run)
        fits = found.case.kind == package.kind
    else:
        form = next((f for f in mine(request, package.kind) if f.of.name == package.of.name), None)
        fits = True
    if form is None or not fits or not form.is_mine:
        raise BadInput([Problem("", 0, "", _NOT_HERE)])
    entry, data = package.entry, packages.attached(request.user, package, found.case.public_id if found else "")
    typed = as_typed(package.of.fields, data)
    head = {ON: f"{entry.on:%Y/%m/%d}", BY: entry.by, PARTY: entry.party, RUN: entry.run}
    typed |= {name: [value] for name, value in head.items() if value}
    kept = drafts.opened(request, form.place, found.case.head_seq if found else 0)
    drafts.save(request, kept, typed)
    messages.success(request, _IN[lang()])
    if package.left_out:
        names = "、".join(t[lang()] for t in package.left_out)
        messages.warning(request, _LEFT.fill(names=names)[lang()])
    return form
