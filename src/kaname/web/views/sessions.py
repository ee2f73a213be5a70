"""Where I am logged in: since when, from where as far as is known; one ended, or all but this."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.access.gate import open_sessions
from kaname.access.gate.open_sessions import Open
from kaname.access.login.fresh import unproved
from kaname.law import T
from kaname.web.parts.dates import instant
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.templatetags.kaname import lang

OTHERS = "others"
_COLUMNS = (
    Column(T("ログインした時", "Logged in")), Column(T("最後に使った時", "Last used")),
    Column(T("ブラウザー", "Browser")),
    Column(T("所在（IP アドレス）", "From (IP address)")), Column(T("どれか", "Which")),
)  # fmt: skip
_HERE, _ELSEWHERE = T("このブラウザー", "this browser"), T("ほかのブラウザー", "another browser")
_UNKNOWN = T("不明", "not known")


@require_http_methods(["GET", "HEAD", "POST"])
def sessions_page(request: HttpRequest) -> HttpResponse:
    """The list; what is posted ends one of them, or all others, once it is proved anew who asks."""
    if request.method == "POST":
        return unproved(request) or _end(request, request.POST.get("end", ""))
    found = open_sessions.listed(request)
    others = [(one, _about(one)) for one in found if not one.here]
    table = Table(T("開いているセッション", "Open sessions"), _COLUMNS, [_row(one) for one in found])
    return render(request, "web/sessions.html", {"table": table, "others": others, "all": OTHERS})


def _end(request: HttpRequest, which: str) -> HttpResponse:
    ended = open_sessions.end_others(request) if which == OTHERS else open_sessions.end(request, which)
    if ended:
        text = T("終わらせました。そのブラウザーでは、もう一度ログインが要ります。",
                 "Ended: that browser has to log in again.")  # fmt: skip
        messages.success(request, text[lang()])
    else:
        messages.info(request, T("もう終わっていました。", "It had ended already.")[lang()])
    return redirect("sessions")


def _row(one: Open) -> Row:
    which = _HERE if one.here else _ELSEWHERE
    return Row(instant(one.began), (instant(one.seen), one.browser or _UNKNOWN, one.address or _UNKNOWN, which))


def _about(one: Open) -> str:
    return " ".join(filter(None, (instant(one.began)[lang()], one.browser, one.address)))
