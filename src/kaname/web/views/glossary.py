"""The glossary: terms under their letter or row of the syllabary, one page a term, the words of the procedures."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.law import Bases, Text, cited, glossary
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import CaseKind
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang

_CSV = ("term", "ja", "kana", "en", "means_ja", "means_en", "basis_ja", "basis_en", "source", "also")
LONGEST = 100


def page(request: HttpRequest) -> HttpResponseBase:
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    if "csv" in request.GET:
        return as_csv("glossary.csv", list(_CSV), (_row(t) for t in glossary.TERMS))
    found = glossary.find(asked)
    return render(request, "web/glossary/index.html", {
        "asked": asked, "found": found, "index": glossary.index(lang()), "count": len(glossary.TERMS),
        "procedures": words_of_procedures(), "csv": reverse("glossary") + "?csv=1",
    })  # fmt: skip


def term(request: HttpRequest, term: str) -> HttpResponse:
    try:
        found = glossary.term(term)
    except LookupError:
        raise Http404 from None
    return render(request, "web/glossary/term.html", {
        "term": found, "see": [glossary.term(id) for id in found.see], "on": access.today(),
    })  # fmt: skip


def _row(t: glossary.Term) -> tuple[str, ...]:
    source = t.source["ja"] if t.source else ""
    bases = (cited(t.basis, "ja"), cited(t.basis, "en"))
    return (t.id, t.ja, t.kana, t.en, t.means.ja, t.means.en, *bases, source, " / ".join(t.also))


@cache
def words_of_procedures() -> list[tuple[Text, list[tuple[Text, Bases]]]]:
    """The words of every kind of case, kind by kind, in the order of the procedures."""
    return [(kind.label, list(_words(kind))) for kind in kinds().values()]


def _words(kind: CaseKind) -> Iterable[tuple[Text, Bases]]:
    seen: set[str] = set()
    for p in kind.procedures:
        elements: list[Any] = [p, *p.acts, *p.clocks, *p.duties, *p.bans]
        for element in elements:
            if element.label.ja not in seen:
                seen.add(element.label.ja)
                yield element.label, element.basis
