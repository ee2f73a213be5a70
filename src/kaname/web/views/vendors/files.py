"""The papers behind certificates, handed out to the vendor, an operator, the authority. Each is logged."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaname.access.login.fresh import proved
from kaname.law import Text
from kaname.papers.api import Opened
from kaname.regimes.infrastructure.filing.disclosure import Disclosure
from kaname.vendors import api as vendors
from kaname.web.templatetags.kaname import say
from kaname.web.vendors.views import certificate
from kaname.web.views.documents import handed_out

Answer: TypeAlias = HttpResponse | StreamingHttpResponse


class Linked(NamedTuple):
    """A paper in a list. `href` "": only who may read what is sealed opens it."""

    label: Text
    href: str


def linked(said: Disclosure | None, href: Callable[[str], str], all_of_them: bool) -> list[Linked]:
    """The papers of a disclosure. `all_of_them`: also those about people, with birth dates and nationalities."""
    found = said.certificates if said else ()
    return [
        Linked(certificate(c), href(vendors.file_id(c.file)) if c.is_open or all_of_them else "")
        for c in found if c.file
    ]  # fmt: skip


@require_safe
def passport_file(request: HttpRequest, vendor: str, file: str) -> Answer:
    """To the vendor's own people."""
    return handed_out(vendors.open_own(request.user, vendor, file))


@require_safe
def plan_vendor_file(request: HttpRequest, plan: str, vendor: str, file: str) -> Answer:
    """To an operator in whose plan the passport stands, as far as the vendor consents."""
    return _opened(lambda: vendors.open_in_preparation(request.user, plan, vendor, file, proved=proved(request)))


@require_safe
def vendor_file(request: HttpRequest, vendor: str, case: str, number: int, file: str) -> Answer:
    """To the authority with which the plan was filed."""
    return _opened(lambda: vendors.open_in_case(request.user, case, vendor, number, file, proved=proved(request)))


def _opened(open_: Callable[[], Opened]) -> Answer:
    try:
        return handed_out(open_())
    except vendors.NotAllowed as wrong:
        return HttpResponse(say(wrong.text), status=403, content_type="text/plain; charset=utf-8")


def in_plan(plan: str, vendor: str) -> Callable[[str], str]:
    """Where an operator opens a file."""
    return lambda file: reverse("plan_vendor_file", args=[plan, vendor, file])


def in_case(vendor: str, case: str, number: int) -> Callable[[str], str]:
    """Where the authority opens one."""
    return lambda file: reverse("vendor_file", args=[vendor, case, number, file])


def own(vendor: str) -> Callable[[str], str]:
    """Where the vendor opens one."""
    return lambda file: reverse("passport_file", args=[vendor, file])
