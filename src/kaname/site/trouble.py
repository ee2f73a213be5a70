"""What a person reads when the office cannot answer: the disk is full, the database is away, or the fault is ours.

It says what happened, whether anything was recorded, and what to do; gives back what was typed, to be sent again under
the same idempotency key; and carries the name under which the log tells the rest. It asks nothing of the database.
"""

import logging
import sys
from dataclasses import dataclass, replace

from django.db import Error, IntegrityError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import get_resolver
from django.utils.translation import get_language_from_request, override

from kaname.law import T, Text
from kaname.ledger.errors import Busy, CommitUnknown, Destroyed, Full, LedgerError, UnknownCase
from kaname.ledger.persist import disk_full
from kaname.site import logs

_log = logging.getLogger("kaname.trouble")
_WAIT = "10"  # seconds, for a browser or program that tries again by itself


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way of failing: what happened, why, what to do, what of the work is left."""

    code: str
    status: int
    title: Text
    why: Text
    todo: Text
    kept: tuple[Text, ...]


_NOTHING = T("この要求では何も記録されていません。", "Nothing was recorded by this request.")
_READ = T("記録済みのものは、今までどおり読むことができます。", "What is recorded can be read as before.")
_TYPED = T(
    "入力した内容は、下のボタンでもう一度送ることができます（ファイルは選び直してください）。",
    "What you entered can be sent again with the button below (choose files anew).",
)
FULL = Trouble(
    "full", 507,
    T("記録する場所がありません", "There is no room to record"),
    T("この事務所のディスクに空きがありません。", "The disk of this office is full."),
    T("管理者に知らせてください。空きができれば、すぐに記録できます。",
      "Tell the administrator. As soon as there is room, recording goes on."),
    (_NOTHING, _READ),
)  # fmt: skip
BUSY = Trouble(
    "busy", 503,
    T("台帳が混み合っています", "The ledger is busy"),
    T("ほかの記録が続いていて、順番が来ませんでした。", "Others were recording all the while."),
    T("少し待って、もう一度送ってください。", "Wait a little and send again."),
    (_NOTHING, _READ),
)  # fmt: skip
UNKNOWN = Trouble(
    "commit_unknown", 503,
    T("記録されたかどうか分かりません", "It is not known whether this was recorded"),
    T("記録の途中で、データベースとの接続が切れました。", "The connection to the database was lost while recording."),
    T("もう一度送れば分かります。同じ行為が二重に記録されることはありません。",
      "Send again to find out. The same act is never recorded twice."),
    (),
)  # fmt: skip
AWAY = Trouble(
    "database", 503,
    T("データベースに届きません", "The database cannot be reached"),
    T("今は読むことも記録することもできません。", "Nothing can be read or recorded just now."),
    T("少し待って、もう一度試してください。データベースが戻れば、そのまま続けられます。",
      "Wait a little and try again. Once the database is back, you go on where you were."),
    (_NOTHING,),
)  # fmt: skip
GONE = Trouble(
    "destroyed", 410,
    T("鍵とともに破棄されました", "It was destroyed with its key"),
    T("封緘の鍵が破棄されました。", "The key of what is sealed was destroyed."),
    T("案件のページに、いつ、なぜ破棄されたかがあります。", "The page of the case says when and why."),
    (T("記録と経過は、今までどおり読むことができます。", "Entries and history can be read as before."),),
)  # fmt: skip
OURS = Trouble(
    "fault", 500,
    T("処理が途中で止まりました", "The page failed"),
    T("この事務所の側の故障です。あなたの操作のせいではありません。",
      "The fault is on our side; you did nothing wrong."),
    T("少し待って、もう一度試してください。続くときは、下の番号を管理者に伝えてください。",
      "Wait a moment and try again. If it stays, give the number below to your administrator."),
    (T("受領証が出ていない行為は、記録されていません。", "An act without a receipt was not recorded."),),
)  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: what failed outside of a view comes here as well."""
    return answer(request, sys.exc_info()[1])


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The page (or, for the API, the problem) for an error, which is written into the log."""
    if isinstance(error, UnknownCase):
        hidden: HttpResponse = get_resolver().resolve_error_handler(404)(request, exception=error)
        return hidden  # the very page of an address that does not exist
    found = named(error)
    _log.error(found.code, exc_info=error)
    number = logs.request_id.get()
    response = _problem(found, number) if request.path.startswith("/api/") else _page(request, found, number)
    if found.status == 503:
        response["Retry-After"] = _WAIT
    response["Cache-Control"] = "no-store"
    return response


def named(error: BaseException | None) -> Trouble:
    """Which trouble an error is."""
    if isinstance(error, Full) or (isinstance(error, Error) and disk_full(error)):
        return FULL
    if isinstance(error, Destroyed):
        return replace(GONE, why=error.text)
    if isinstance(error, CommitUnknown):
        return UNKNOWN
    if isinstance(error, Busy) or (isinstance(error, Error) and "locked" in str(error)):
        return BUSY
    if isinstance(error, IntegrityError | ProgrammingError) or not isinstance(error, LedgerError | Error):
        return OURS
    return AWAY


def _problem(found: Trouble, number: str) -> HttpResponse:
    body = {
        "type": f"urn:kaname:problem:{found.code}", "title": found.title.en, "status": found.status,
        "detail": f"{found.why.en} {found.todo.en}", "code": found.code, "request": number,
    }  # fmt: skip
    return JsonResponse(body, status=found.status, content_type="application/problem+json")


def _page(request: HttpRequest, found: Trouble, number: str) -> HttpResponse:
    typed = _typed(request)
    values = {
        "title": found.title, "why": found.why, "todo": found.todo, "status": found.status, "number": number,
        "kept": (*found.kept, *((_TYPED,) if typed else ())), "typed": typed, "again": request.get_full_path(),
        "token": get_token(request) if typed else "",
    }  # fmt: skip
    # Asked anew: what failed may lie before the layer that settles the language of a request.
    with override(get_language_from_request(request)):
        return HttpResponse(render_to_string("web/trouble.html", values), status=found.status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent once more; never what proves who someone is. Files cannot be given back."""
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return []
    try:
        sent = request.POST.lists()
    except Exception:  # a form that could not be read is not given back
        return []
    held = ((name, value) for name, values in sent for value in values)
    return [(name, value) for name, value in held if name != "csrfmiddlewaretoken" and "password" not in name]
