"""From a page of trade into the yearly check: its shares become the figures of a product's dependence."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kaname.access import api as access
from kaname.desk import supply
from kaname.law import Text
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.effect.from_trade import OF_ALL
from kaname.web.views.trade.asked import Asked, full


def checkable(found: Asked) -> list[tuple[str, Text, bool]]:
    """The designated products that can take the figures of a page, with the one it is of; none if it has no share."""
    if found.shown is None or not any(f.measure in OF_ALL and f.value is not None for f in found.shown.page.figures):
        return []
    asked = found.question.product.removeprefix("@").partition(".")[0]
    return [(p.id, p.label, p.id == asked) for p in PRODUCTS.values() if p.designated_on <= access.today()]


@require_POST
def taken(request: HttpRequest, id: str) -> HttpResponse:
    found = full(request, id)
    of = request.POST.get("of", "")
    if found.shown is None or of not in {product for product, _, _ in checkable(found)}:
        raise Http404
    supply.keep_dependence(request.user, of, found.shown)
    return redirect("supply_effect", of)
