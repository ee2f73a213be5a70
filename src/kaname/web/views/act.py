"""Acts in a case: of its kind, and upon its entries."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.papers.api import uploads
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.web.forms.act import ActForm
from kaname.web.forms.amend import AmendForm
from kaname.web.views import steps


@uploads
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """The form of an act. Whose act it is not may still try it."""
    form = form_of(request, case, name)
    if not form.is_mine and isinstance(form, AmendForm):
        return redirect("case_history", case)
    if not form.is_mine:
        run = request.GET.get("run", "")
        return redirect(f"{reverse('try', args=[case])}?{urlencode({'act': name, **({'run': run} if run else {})})}")
    return steps.fill_in(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act_check(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """The last look before it is recorded."""
    return steps.check(request, form_of(request, case, name), lambda: form_of(request, case, name))


def form_of(request: HttpRequest, case: str, name: str) -> ActForm | AmendForm:
    """The form of an act, or of one upon an entry. Raises Http404 where there is none."""
    found = access.see(request.user, case)
    if name in KERNEL_ACTS:
        entry = request.GET.get("entry", "")
        about = int(entry) if entry.isdecimal() and len(entry) < 10 else 0
        form: ActForm | AmendForm | None = AmendForm.of_entry(request.user, found, name, about)
    else:
        form = ActForm.of_name(request.user, found, name, request.GET.get("run", ""))
    if form is None:
        raise Http404
    return form
