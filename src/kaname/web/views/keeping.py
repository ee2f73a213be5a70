"""How the recovery of the office's keys stands: shares, who holds them, kits, drills; and the book of keys."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.law import T
from kaname.web.parts.tables import Column, Row, Table

_BOOK = (Column(T("何を", "what")), Column(T("いつ（日本時間）", "when (Japan)")), Column(T("誰が", "by")))
_SHARES = (Column(T("持つ人", "holder")), Column(T("分担片", "share")), Column(T("最後に確かめた日", "last proven")))
_ENVELOPES = (Column(T("方式", "suite")), Column(T("鍵の名", "name of the key")), Column(T("開く期限", "opens until")))
_PARTNERS = (Column(T("機関", "office")), Column(T("封緘の方式", "sealed for by")))
_NOW, _NOT_YET = T("今の鍵", "present key"), T("まだ届いていない", "no key has come yet")
_HOST = T("この機械で", "on the host")


@login_required
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    found = access.keeping(request.user)
    told: dict[str, object] = {"keeping": found, "made_by": (found.by if found else "") or _HOST}
    if found:
        held = [Row(h.name, (f"{h.number}/3", f"{h.tried:%Y-%m-%d}" if h.tried else T("まだ", "never")))
                for h in found.holders]  # fmt: skip
        book = [Row(e.what, (f"{e.at:%Y-%m-%d %H:%M}", e.by or _HOST)) for e in found.book]
        told |= {"held": Table(T("分担片", "Shares"), _SHARES, held),
                 "envelopes": Table(T("封筒の鍵", "Envelope keys"), _ENVELOPES, [
                     Row(k.suite or "—", (k.name[:16], f"{k.until[:10]}" or _NOW))
                     for k in (*found.envelopes.keys, *found.envelopes.former)]),
                 "partners": Table(T("相手の封筒の鍵", "Envelope keys of partners"), _PARTNERS, [
                     Row(name, (suite or _NOT_YET,)) for name, suite in found.envelopes.partners]),
                 "book": Table(T("鍵の記録簿", "Book of keys"), _BOOK, book)}  # fmt: skip
    return render(request, "web/people/keeping.html", told)
