"""Opening a case: which kind, by which act, then the same way as for every act."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.ledger.kinds import kinds
from kaname.papers.api import uploads
from kaname.web.forms.opening import OpeningForm, opening_acts
from kaname.web.views import steps


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """The kinds of which this person may open cases, each with its opening acts."""
    offered = [(kind, mine(request, kind.id)) for kind in kinds().values()]
    return render(request, "web/case/new.html", {"kinds": [(kind, forms) for kind, forms in offered if forms]})


@uploads
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, kind: str) -> HttpResponse:
    forms = mine(request, kind)
    form = chosen(request, forms)
    if form is None:
        return render(request, "web/case/new.html", {"kinds": [(kinds()[kind], forms)]})
    return steps.fill_in(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_check(request: HttpRequest, kind: str) -> HttpResponse:
    form = chosen(request, mine(request, kind))
    if form is None:
        raise Http404
    return steps.check(request, form, lambda: form)


def mine(request: HttpRequest, kind: str) -> list[OpeningForm]:
    """The opening acts of a kind that this person may do. Raises Http404 for an unknown kind."""
    if kind not in kinds():
        raise Http404
    roles = {m.role for m in access.may_open(request.user, kind)}
    acts = [of for of in opening_acts(kinds()[kind]) if any(r.id in roles for r in of.act.roles)]
    return [OpeningForm(request.user, kinds()[kind], of) for of in acts]


def chosen(request: HttpRequest, forms: list[OpeningForm]) -> OpeningForm | None:
    """The one that the address names, or the only one there is."""
    name = request.GET.get("act", "")
    return next((f for f in forms if f.of.name == name or (not name and len(forms) == 1)), None)
