"""One company: whose it is, who controls it, who holds 5 %, what changed; each figure with its working."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaname.assess.ownership.report import changes
from kaname.assess.ownership.shares import Share, parse
from kaname.law import T, Text
from kaname.web.ownership import page, told
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.views.ownership.asked import Asked, asked

_CHANGE = {
    ("rise", "yes"): T("上回った", "risen over"), ("rise", "possible"): T("上回った可能性", "may have risen over"),
    ("fall", "yes"): T("下回った", "fallen below"), ("fall", "possible"): T("下回った可能性", "may have fallen below"),
}  # fmt: skip


def company(request: HttpRequest, id: str, number: int) -> HttpResponse:
    found, known = _known(request, id, number)
    seen, address = known["seen"], known["address"]
    known |= {
        "owners": page.owners(seen, found.read.line, address), "kinds": page.kinds(seen, address),
        "countries": page.countries(seen, address), "control": page.control(seen), "five": _five(seen, address),
        "ends": page.ends(seen, address), "right": found.right, "rights": told.RIGHTS,
        "changes": _changes(found, number) if found.before else None, "before": found.before, "errors": found.errors,
        "typed": request.GET, "may": [who for who, _, sure in page.control(seen) if not sure],
    }  # fmt: skip
    return render(request, "web/ownership/company.html", known)


def drawn(request: HttpRequest, id: str, number: int) -> HttpResponse:
    """The drawing alone, for a narrow screen."""
    _, known = _known(request, id, number)
    return render(request, "web/ownership/drawing.html", known)


def _known(request: HttpRequest, id: str, number: int) -> tuple[Asked, dict[str, Any]]:
    found = asked(request, id)
    seen = found.look(number)
    entity = seen.book.entities[seen.company]

    def address(holder: int) -> str:
        where = reverse("ownership_why", args=[id, number, found.number(seen, holder)])
        return f"{where}?{found.query}".rstrip("?")

    return found, {
        "one": found.one, "number": number, "query": found.query, "day": found.day, "seen": seen, "address": address,
        "name": told.who(entity),
        "below": told.below(entity, page.kind_of(seen, seen.company)),
        "answer": told.answer(seen, found.day),
        "drawing": (made := page.drawn(seen)), "boxes": list(zip(made.boxes, seen.tree.nodes, strict=True)),
        "tree": seen.tree, "shown": len(seen.tree.nodes),
    }  # fmt: skip


def _five(seen: Any, address: page.Address) -> Table:
    columns = (Column(T("保有者", "Holder")), Column(T("国", "Country")), Column(T("議決権", "Votes"), num=True),
               Column(T("資本", "Capital"), num=True), Column(T("5 %以上", "5 % or more")))  # fmt: skip
    rows = []
    for direct, word in page.five(seen):
        entity = seen.book.entities[direct.holder]
        cells = (entity.country, told.stated(direct.votes), told.stated(direct.capital), word)
        rows.append(Row(told.who(entity), cells, "" if direct.holder == seen.company else address(direct.holder)))
    sub = T("議決権が書かれていないため、資本で数えました。", "No votes are stated; capital stands in.")
    return Table(T("議決権の5 %以上を直接に持つ者", "Direct holders of 5 % of the votes or more"), columns, rows,
                 sub if seen.lent else None)  # fmt: skip


def _changes(found: Asked, number: int) -> Table:
    """The lines that direct holders crossed from one day to the other."""
    assert found.before
    book = found.read.book
    columns = (Column(T("保有者", "Holder")), Column(T("線", "Line")), Column(T("変化", "Change")),
               Column(T("前", "Before"), num=True), Column(T("後", "After"), num=True))  # fmt: skip
    rows = []
    for change in changes(book, found.before, found.day, book.entities[number].id):
        holder = book.entities[book.number[str(change["holder"])]]
        before, after = (told.stated(_share(str(change[name]))) for name in ("before", "after"))
        word = _CHANGE[str(change["change"]), str(change["sure"])]
        rows.append(Row(told.who(holder), (told.LINES[str(change["line"])], word, before, after)))
    caption = T(f"{found.before}から{found.day}までに越えた線（議決権）",
                f"Lines crossed from {found.before} to {found.day} (votes)")  # fmt: skip
    return Table(caption, columns, rows)


def _share(text: str) -> Share:
    return parse(text)


def holder(request: HttpRequest, id: str, number: int, holder: int) -> HttpResponse:
    """Why one holder has what it has of the company: every way that the shares take, step by step."""
    found = asked(request, id)
    seen = found.look(number)
    entities = found.read.book.entities
    one = entities[holder].id if holder < len(entities) else ""
    if one not in seen.book.number or holder == number:
        raise Http404
    here = seen.book.number[one]
    low, high, steps = seen.of_holder(here)
    name, company = told.who(seen.book.entities[here]), told.who(seen.book.entities[seen.company])
    share = told.figure(low, high)
    right = told.RIGHTS[found.right]
    lines = [_where(found.one.name, line) for line in page.owners(seen, found.read.line, lambda _: "")
             if line.node == here]  # fmt: skip
    return render(request, "web/ownership/why.html", {
        "one": found.one, "number": number, "query": found.query, "name": name, "company": company, "lines": lines,
        "below": told.below(seen.book.entities[here], page.kind_of(seen, here)), "steps": steps,
        "is_open": high - low > 1e-9,
        "answer": [T(f"{name} は {company} の {share.ja} を持ちます（{right.ja}、直接と間接）。",
                     f"{name} has {share.en} of {company} ({right.en}, directly and through others).")],
        "low": told.figure(low), "high": told.figure(high),
    })  # fmt: skip


def _where(source: str, line: page.Owner) -> Text:
    """A holding with the place in the source where it stands."""
    ja, en = (", ".join(filter(None, (source, line.source[lang], line.held[lang]))) for lang in ("ja", "en"))
    return T(f"{line.share.ja}（{ja.replace(', ', '、')}）", f"{line.share.en} ({en})")
