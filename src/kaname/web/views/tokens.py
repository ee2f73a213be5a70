"""Tokens of programs: which ones I have, a new one (its secret shown once), one ended at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from kaname.access import tokens
from kaname.access.login.fresh import fresh
from kaname.access.models import Token
from kaname.access.tokens import BadToken, Scope
from kaname.law import T, Text
from kaname.web.parts.tables import Column, Row, Table, Tag
from kaname.web.templatetags.kaname import lang, say

LIVES = (30, 90, 365)
_COLUMNS = (
    Column(T("名", "Name")), Column(T("はじめの文字", "Begins with")), Column(T("できること", "May")),
    Column(T("最後に使った日", "Last used")), Column(T("期限", "Ends")), Column(T("状態", "State")),
)  # fmt: skip


@fresh
def tokens_page(request: HttpRequest) -> HttpResponse:
    """The list and the form. A new token's secret stands on the answer to the form and nowhere else."""
    if request.method != "POST":
        return _page(request)
    given = request.POST
    try:
        made = tokens.make(request.user, given.get("name", ""), given.getlist("scope"), _life(given.get("days", "")))
    except BadToken as wrong:
        return _page(request, errors={wrong.field: wrong.text}, status=422)
    return _page(request, made=made)


@require_POST
def token_end(request: HttpRequest, token: str) -> HttpResponse:
    """End one of my tokens: the next call with it is refused."""
    if tokens.end(request.user, token):
        messages.success(request, T("トークンを終わらせました。", "The token has ended.")[lang()])
    return redirect("tokens")


def _page(
    request: HttpRequest,
    made: tuple[Token, str] | None = None,
    errors: dict[str, Text] | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = list(tokens.listed(request.user))
    typed: Any = request.POST if errors else {}
    chosen = typed.getlist("scope") if errors else [Scope.READ.value]
    offered = [s for s in Scope if s is not Scope.ADMIN or request.user.administers]
    values = {
        "table": Table(T("わたしのトークン", "My tokens"), _COLUMNS, [_row(t) for t in mine]) if mine else None,
        "live": [t for t in mine if tokens.is_in_force(t)],
        "scopes": [(s.value, s.label, s.value in chosen) for s in offered],
        "lives": LIVES, "days": _life(typed.get("days", "")) or LIVES[1], "name": typed.get("name", ""),
        "made": made, "errors": errors or {},
    }  # fmt: skip
    return render(request, "web/tokens.html", values, status=status)


def _life(typed: str) -> int:
    """One of the lives offered, or 0."""
    return next((days for days in LIVES if str(days) == typed), 0)


def _row(token: Token) -> Row:
    scopes = " / ".join(say(Scope(scope).label) for scope in token.scopes.split())
    used = localdate(token.last_used_at) if token.last_used_at else T("まだ", "never")
    state = Tag("running") if tokens.is_in_force(token) else Tag("stopped")
    begins = SafeString(f"<code>{token.hint}…</code>")  # letters and digits that we drew ourselves
    return Row(token.name, (begins, scopes, used, localdate(token.expires_at), state))
