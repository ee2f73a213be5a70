"""One box over all there is: cases, parties, papers, the law, the glossary.

The address holds words, facets and page; hits as CSV or XLSX.

With script the results follow the typing (search.js, htmx); without it the same form is sent by its button.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Hit, Narrowed, PartyHit
from kaname.days import jst_date
from kaname.law import T
from kaname.law.alike import marked
from kaname.law.glossary import Term
from kaname.search import api as find
from kaname.web.parts.tables import Pager
from kaname.web.search.facets import WHAT, asked_of, chips, groups
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import case_href, case_name, page_of

SIZE, FEW, MOST, MOST_PAPERS = 20, 5, 2000, 50  # hits a page; of each sort where all are shown; in a file; papers


@access.asked_once()
def search(request: HttpRequest) -> HttpResponseBase:
    asked = asked_of(request.GET)
    text, what = asked.get("q", ""), asked.get("what", "")
    narrowed = _narrowed(asked)
    if request.GET.get("as") in ("csv", "xlsx"):
        everything = find.everything(request.user, text, narrowed, size=MOST, door="table")
        return as_csv("search.csv", _heads(), _rows(everything, asked))
    page = page_of(request)
    most = MOST_PAPERS if what == "papers" else FEW + 1
    found = find.everything(request.user, text, narrowed, start=(page - 1) * SIZE, size=SIZE, papers_most=most)
    start = (page - 1) * SIZE
    law = [entry for entry in found.law if asked.get("sort", "") in ("", entry.sort)]
    totals = {"cases": found.cases.total, "parties": len(found.cases.parties), "papers": len(found.papers),
              "law": len(law), "terms": len(found.terms)}  # fmt: skip
    query = dict(asked)
    return render(request, "web/search.html", {
        "q": text, "found": found, "what": what, "facets_only": "facets" in request.GET, "kept": _kept(asked),
        "sections": [s for s in (_section(name, totals[name], asked) for name in WHAT) if what in ("", s["name"])],
        "parties": _party_lines(found.cases.parties, start if what == "parties" else 0, SIZE if what else FEW),
        "law": _law_lines(law, text, start if what == "law" else 0, SIZE if what else FEW),
        "papers": found.papers[: None if what else FEW],
        "terms": _term_lines(found.terms, text, start if what == "terms" else 0, SIZE if what else FEW),
        "total": totals[what] if what else sum(totals.values()),
        "groups": groups(found, totals, asked), "chips": chips(asked),
        "pager": Pager(page, SIZE, totals[what or "cases"], query),
        "paged": what != "papers" and totals[what or "cases"] > SIZE,
        "all": "?" + urlencode({"q": text}), "here": "?" + urlencode(query),
        "file": "?" + urlencode({**query, "as": "csv"}),
        "variants": tried if " ".join(tried := find.tried(text)) != text else (),
        "readings": [p.reading for p in found.pieces if p.reading],
    })  # fmt: skip


def _narrowed(asked: Mapping[str, str]) -> Narrowed:
    names = ("regime", "kind", "state", "year", "role", "authority")
    return Narrowed(**{name: asked.get(name, "") for name in names}, overdue="overdue" in asked)


def _kept(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the form sends along with new words: the facets that are on."""
    return [(name, value) for name, value in asked.items() if name != "q"]


def _section(name: str, total: int, asked: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "label": WHAT[name], "total": total,
            "more": "?" + urlencode({**asked, "what": name}) if total > FEW else ""}  # fmt: skip


# -- lines -----------------------------------------------------------------------------------------------------------


def _party_lines(found: tuple[PartyHit, ...], start: int, size: int) -> list[dict[str, Any]]:
    href = reverse("cases")
    return [
        {"marks": p.marks, "href": f"{href}?{urlencode({'party': p.name})}", "cases": p.cases, "roles": p.roles}
        for p in found[start : start + size]
    ]


def _law_lines(found: list[find.Entry], text: str, start: int, size: int) -> list[dict[str, Any]]:
    keys = [key for piece in find.words(text) for key in piece.keys]
    return [
        {"place": marked(say(e.place), keys), "label": marked(say(e.label), keys), "sort": find.SORTS[e.sort],
         "href": law_href(e), "url": e.url, "more": say(e.more)}
        for e in found[start : start + size]
    ]  # fmt: skip


def _term_lines(found: tuple[Term, ...], text: str, start: int, size: int) -> list[dict[str, Any]]:
    keys = [key for piece in find.words(text) for key in piece.keys]
    return [
        {"marks": marked(term.ja, keys), "en": marked(term.en, keys), "kana": term.kana, "means": term.means,
         "href": reverse("glossary_term", args=[term.id])}
        for term in found[start : start + size]
    ]  # fmt: skip


def law_href(entry: find.Entry) -> str:
    """The page about an entry of the law book, "" where there is none."""
    if not entry.page:
        return ""
    query = {name[1:]: value for name, value in entry.parameters.items() if name.startswith("?")}
    kwargs = {name: value for name, value in entry.parameters.items() if not name.startswith("?")}
    return reverse(entry.page, kwargs=kwargs) + (f"?{urlencode(query)}" if query else "")


# -- to take away ----------------------------------------------------------------------------------------------------

_HEADS = (
    T("何", "what"), T("名", "name"), T("題・内容", "title or content"), T("種類", "kind"), T("段階", "stage"),
    T("起こした日", "opened"), T("次の期日", "next due"), T("当事者", "parties"), T("リンク", "link"),
)  # fmt: skip


def _heads() -> list[str]:
    return [head[lang()] for head in _HEADS]


def _rows(found: find.Everything, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    what = asked.get("what", "")
    if what in ("", "cases"):
        yield from (_case_row(hit) for hit in found.cases.hits)
    if what in ("", "parties"):
        for p in found.cases.parties:
            yield [say(WHAT["parties"]), p.name, "", "", "", "", "", p.cases, ""]
    if what in ("", "papers"):
        for paper in found.papers:
            yield [say(WHAT["papers"]), _plain(paper.name), _plain(paper.snippet), "", "", jst_date(paper.at), "", "",
                   reverse("document", args=[paper.document])]  # fmt: skip
    if what in ("", "terms"):
        for term in found.terms:
            yield [say(WHAT["terms"]), say(term.label), say(term.means), "", "", "", "", "",
                   reverse("glossary_term", args=[term.id])]  # fmt: skip
    if what in ("", "law"):
        for e in found.law:
            if asked.get("sort", "") in ("", e.sort):
                yield [say(WHAT["law"]), say(e.place), say(e.label), say(find.SORTS[e.sort]), "", "", "", "",
                       law_href(e) or e.url]  # fmt: skip


def _plain(marks: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in marks)


def _case_row(hit: Hit) -> list[Any]:
    row = hit.row
    return [say(WHAT["cases"]), say(case_name(row)), hit.title, say(row.kind_label), say(row.state_label),
            row.opened_on, row.next_due_on, "、".join(row.parties), case_href(row.case)]  # fmt: skip
