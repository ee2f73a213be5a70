"""What a person reads when the office cannot answer: the disk is full, the database is away, or the fault is ours.

It says what happened, whether anything was recorded, and what to do; gives back what was typed, to be sent again under
the same idempotency key; and carries the name under which the log tells the rest. It asks nothing of the database.
"""

import logging
import sys
from dataclasses import dataclass

from django.db import Error, IntegrityError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.defaults import page_not_found

from kaname.law import Lang, T, Text
from kaname.ledger.errors import Busy, CommitUnknown, Full, LedgerError, UnknownCase
from kaname.ledger.persist import disk_full
from kaname.site import logs

_log = logging.getLogger("kaname.trouble")
_WAIT = "10"  # seconds, for a browser or program that tries again by itself


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way of failing."""

    code: str
    status: int
    title: Text
    text: Text


FULL = Trouble("full", 507, T("記録する場所がありません", "There is no room to record"), T(
    "ディスクの空きがないため、記録できませんでした。何も失われていません。記録済みのものは読むことができます。"
    "管理者に知らせ、空きができたら、下のボタンでもう一度送ってください。",
    "The disk is full, so nothing was recorded and nothing is lost. What is recorded can be read. "
    "Tell the administrator; once there is room, send again with the button below.",
))  # fmt: skip
BUSY = Trouble("busy", 503, T("台帳が混み合っています", "The ledger is busy"), T(
    "ほかの記録が続いているため、記録できませんでした。少し待って、もう一度送ってください。",
    "Others are recording, so nothing was recorded. Wait a little and send again.",
))  # fmt: skip
UNKNOWN = Trouble("commit_unknown", 503, T("記録されたか分かりません", "It is not known whether this was recorded"), T(
    "記録の途中でデータベースとの接続が切れました。もう一度送れば確かめられます。二重に記録されることはありません。",
    "The connection to the database was lost while recording. Send again to find out; "
    "it will not be recorded twice.",
))  # fmt: skip
AWAY = Trouble("database", 503, T("データベースに届きません", "The database cannot be reached"), T(
    "いま読み書きができません。何も失われていません。戻れば、この事務所はひとりでに動き出します。少し待って、もう一度お試しください。",
    "Nothing can be read or recorded just now, and nothing is lost. Once the database is back the office goes on by "
    "itself. Wait a little and try again.",
))  # fmt: skip
OURS = Trouble("fault", 500, T("内部の誤りです", "Something went wrong here"), T(
    "この事務所のプログラムの誤りで、答えられませんでした。次の番号を管理者に伝えてください。",
    "The office could not answer because of a fault of its own. Tell the administrator the number below.",
))  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: what failed outside of a view comes here as well."""
    return answer(request, sys.exc_info()[1], told=True)


def answer(request: HttpRequest, error: BaseException | None, told: bool = False) -> HttpResponse:
    """The page (or, for the API, the problem) for an error. `told`: it stands in the log already."""
    if isinstance(error, UnknownCase):
        return page_not_found(request, error)
    found = named(error)
    if not told:
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
        "detail": found.text.en, "code": found.code, "request": number,
    }  # fmt: skip
    return JsonResponse(body, status=found.status, content_type="application/problem+json")


def _page(request: HttpRequest, found: Trouble, number: str) -> HttpResponse:
    lang: Lang = "en" if getattr(request, "LANGUAGE_CODE", "ja").startswith("en") else "ja"
    typed = _typed(request)
    values = {
        "lang": lang, "title": found.title[lang], "text": found.text[lang], "number": number, "typed": typed,
        "again": request.get_full_path(), "method": "post" if request.method == "POST" else "get",
        "token": get_token(request) if typed else "",
    }  # fmt: skip
    return render(None, "trouble.html", values, status=found.status)


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
