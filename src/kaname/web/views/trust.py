"""What other offices hold of what is recorded here: anchors, countersignatures, contradictions; and how to check."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

import kaname_verify
from kaname.access import api as access
from kaname.days import JST
from kaname.law import T
from kaname.web.parts.tables import Column, Row, Table

_HEADS = (Column(T("定点", "anchor")), Column(T("作った時刻（日本時間）", "made at (Japan)")),
          Column(T("要約値", "digest")), Column(T("連署した機関", "countersigned by")),
          Column(T("時刻認証", "time stamp")))  # fmt: skip

_GONE = (Column(T("事件の id", "id of the case")), Column(T("記録", "entry"), num=True),
         Column(T("どう取り戻すか", "how it comes back")))  # fmt: skip
_MOST = 500


@login_required
@require_safe
def anchors(request: HttpRequest) -> HttpResponse:
    found = access.trust()
    rows = [Row(str(a.number), (_local(a.made_at), a.digest, "、".join(a.countersigned) or T("まだない", "nobody yet"),
                                 _stamped(a)))
            for a in found.anchors]  # fmt: skip
    told = {"trust": found, "protected": _local(found.protected),
            "table": Table(T("定点", "Anchors"), _HEADS, rows)}  # fmt: skip
    return render(request, "web/anchors.html", told)


@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """What a restore has taken back, entry by entry, and how each comes back."""
    found = access.restored(request.user)
    rows = [Row(g.case, (str(g.seq), g.text)) for g in found.gone[:_MOST]]
    told = {"restored": found, "table": Table(T("欠けている記録", "Missing entries"), _GONE, rows),
            "more": len(found.gone) - len(rows)}  # fmt: skip
    return render(request, "web/lost.html", told)


def _stamped(anchor: access.Told) -> Any:
    """Who has stamped an anchor and when, with the two files that show it."""
    if not anchor.stamped:
        return T("なし", "none")
    words = "、".join(f"{one.authority} {_local(one.at)}" for one in anchor.stamped)
    files = ((reverse("anchor_file", args=(anchor.number, sort)), sort) for sort in ("txt", "tsr"))
    return format_html("{} {}", words, format_html_join(" ", '<a href="{}" download>.{}</a>', files))


@login_required
@require_safe
def anchor_file(request: HttpRequest, number: int, sort: str) -> HttpResponse:
    """An anchor as signed (txt), or its first time stamp as the authority gave it (tsr): for `openssl ts -verify`."""
    found = access.anchor(number)
    if found is None or (sort == "tsr" and not found[1]) or sort not in ("txt", "tsr"):
        raise Http404
    statement, stamps = found
    raw = statement.encode() if sort == "txt" else stamps[0].answer
    response = HttpResponse(
        raw, content_type="text/plain; charset=utf-8" if sort == "txt" else "application/timestamp-reply"
    )
    response["Content-Disposition"] = f'attachment; filename="anchor-{number}.{sort}"'
    return response


@login_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks receipts and bundles without Kaname."""
    response = HttpResponse(Path(kaname_verify.__file__).read_bytes(), content_type="text/x-python")
    response["Content-Disposition"] = 'attachment; filename="kaname_verify.py"'
    return response


def _local(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(JST):%Y-%m-%d %H:%M:%S}" if instant else ""
