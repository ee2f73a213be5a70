"""What a plan consists of: files taken in, components with their suppliers, the tree of re-entrustments."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.regimes.infrastructure.filing.tree import tree_of
from kaname.vendors import api as vendors
from kaname.web.parts.tables import Column, Pager, Row, Table
from kaname.web.tables_given import too_large
from kaname.web.views import uploads
from kaname.web.views.vendors.plans import plainly
from kaname.web.views.vendors.told import done

MOST = 64 << 20
_PAGE = 50
_SHOWN = 200
_NO_FILE = T("ファイルを選んでください。", "Choose a file.")
_CHANGED = T("ほかの人が計画を変えました。もう一度送ってください。", "Somebody else changed the plan. Send it again.")


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form
def upload(request: HttpRequest, plan: str) -> HttpResponse:
    """Take a file into the plan: all of it, or nothing with every fault by sheet, row and column."""
    return _upload(request, uploads.limit(request, MOST), plan)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@plainly
def _upload(request: HttpRequest, limited: uploads.Limited, plan: str) -> HttpResponse:
    now = vendors.see(request.user, plan)
    errors: dict[str, Text] = {}
    problems: Any = ()
    if request.method == "POST":
        given = request.FILES.get("file")
        if limited.too_large:
            errors["file"] = too_large(MOST)
        elif given is None:
            errors["file"] = _NO_FILE
        else:
            try:
                after = vendors.take_in(request.user, plan, str(given.name)[:200], given.read(),
                                        request.POST.get("publishers") == "yes")  # fmt: skip
            except BadInput as wrong:
                problems = wrong.problems
                many = len(problems)
                errors["file"] = T(
                    f"{many} か所が読めないので、何も取り込みませんでした。下に全て示します。",
                    f"{many} places cannot be read: nothing was taken in. They are listed below.",
                )
            except vendors.Changed:
                errors["file"] = _CHANGED
            else:
                done(request, _taken(now.plan, after.plan))
                return redirect("plan_parts", plan)
    rows = [Row(p.field or T("ファイル全体", "the whole file"), (p.line or "", p.text)) for p in problems[:_SHOWN]]
    heads = (Column(T("場所", "place")), Column(T("行", "row"), num=True), Column(T("何が要るか", "what is expected")))
    table = Table(T("読めないところ", "What cannot be read"), heads, rows) if rows else None
    told = {"now": now, "errors": errors, "table": table, "left": max(len(problems) - _SHOWN, 0), "most": MOST}
    return render(request, "web/vendors/upload.html", told, status=422 if errors else 200)


def _taken(before: Plan, after: Plan) -> Text:
    parts = len(after.components) - len(before.components)
    tiers = len(after.entrustments) - len(before.entrustments)
    return T(f"取り込みました：構成設備 {parts:,} 件、委託 {tiers:,} 件。",
             f"Taken in: {parts:,} components, {tiers:,} entrustments.")  # fmt: skip


@require_safe
def parts(request: HttpRequest, plan: str) -> HttpResponse:
    """Components a page, by line, with suppliers counted beside; or the entrustments as a tree."""
    now = vendors.see(request.user, plan)
    intro = now.plan.sort is Sort.INTRODUCTION
    told = {"now": now, "intro": intro, **(_components(request, now) if intro else _tree(now))}
    return render(request, "web/vendors/parts.html", told)


def _components(request: HttpRequest, now: vendors.Prepared) -> dict[str, Any]:
    every = list(enumerate(now.plan.components, 1))
    supplier = request.GET.get("supplier", "")
    found = [(n, c) for n, c in every if not supplier or c.supplier == supplier]
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and 0 < int(asked[:6]) <= len(found) // _PAGE + 1 else 1
    shown = found[(page - 1) * _PAGE : page * _PAGE]
    rows = [Row(c.name or "—", (c.kind, c.function, c.supplier, c.version, c.source),
                reverse("plan_line", args=[now.id, "components", n])) for n, c in shown]  # fmt: skip
    heads = (T("名称", "name"), T("区分", "kind"), T("機能", "function"), T("供給者", "supplier"), T("版", "version"),
             T("元の行", "came from"))  # fmt: skip
    query = {"supplier": supplier} if supplier else {}
    by = Counter(c.supplier for c in now.plan.components)
    return {
        "table": Table(T("構成設備", "Components"), [Column(h) for h in heads], rows, query=query) if rows else None,
        "pager": Pager(page, _PAGE, len(found), query), "suppliers": by.most_common(_SHOWN), "supplier": supplier,
    }  # fmt: skip


def _tree(now: vendors.Prepared) -> dict[str, Any]:
    rows = {id(one): n for n, one in enumerate(now.plan.entrustments, 1)}
    tree = tree_of(now.plan.entrustments)
    walked = [(tier, min(tier, 6), one, rows[id(one)]) for tier, one in tree.walk()]
    standing = {id(one) for _, _, one, _ in walked}
    astray = [(one, rows[id(one)]) for one in now.plan.entrustments if id(one) not in standing]
    return {"walked": walked, "astray": astray}
