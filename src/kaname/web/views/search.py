"""One box: cases by number, reference, party and (for who may read it) title. Facets in the address."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import T
from kaname.ledger.kinds import kinds
from kaname.web.parts.tables import Chip, Pager
from kaname.web.views.cases import page_of

SIZE = 20


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    kind_id = request.GET.get("kind", "")
    kind_id = kind_id if kind_id in kinds() else ""
    state, page = request.GET.get("state", "")[:64], page_of(request)
    found = access.search(request.user, text, kind_id=kind_id, state=state, start=(page - 1) * SIZE, size=SIZE)
    query = {k: v for k, v in (("q", text), ("kind", kind_id), ("state", state)) if v}
    return render(request, "web/search.html", {
        "q": text, "found": found, "pager": Pager(page, SIZE, found.total, query),
        "facets": _facets(found, text, kind_id, state), "all": "?" + urlencode({"q": text}) if kind_id else "",
        "alike": " ".join(found.pieces) if " ".join(found.pieces) != text else "",
    })  # fmt: skip


def _facets(found: access.Found, text: str, kind_id: str, state: str) -> list[Chip]:
    """The kinds found, then the stages of the chosen kind."""
    of = kinds()
    chips = [
        Chip(of[k].label, "?" + urlencode({"q": text, "kind": k}), n, on=k == kind_id)
        for k, n in sorted(found.kinds.items(), key=lambda pair: -pair[1])
    ]
    for (k, s), n in sorted(found.states.items(), key=lambda pair: -pair[1]):
        if k == kind_id:
            label = access.state_label(k, s)
            href = "?" + urlencode({"q": text, "kind": k} | ({} if s == state else {"state": s}))
            chips.append(Chip(T(f"› {label.ja}", f"› {label.en}"), href, n, on=s == state))
    return chips
