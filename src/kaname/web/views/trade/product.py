"""A product: on whom the country depends, over the years and between two, beside thresholds that a person sets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.web.trade.page import ProductPage
from kaname.web.views.trade.asked import asked, choices
from kaname.web.views.trade.dependence import checkable

_SHOWN = 50


def product(request: HttpRequest, id: str) -> HttpResponse:
    found = asked(request, id)
    known = {"one": found.one, "errors": found.errors, "typed": found.typed, "choices": choices(request),
             "asked": found, "query": found.query, "asks": True, "is_trade": True}  # fmt: skip
    if found.shown is None:
        return render(request, "web/trade/ask.html", known, status=400)
    page = ProductPage(found.shown, lambda number: found.address("evidence_why", number), found.thresholds)
    problems = found.shown.read.problems
    return render(request, "web/trade/product.html", {
        **known, "page": page, "answer": page.answer, "problems": problems[:_SHOWN], "bad": len(problems),
        "more_bad": len(problems) - _SHOWN, "products": checkable(found),
    }, status=400 if found.errors else 200)  # fmt: skip
