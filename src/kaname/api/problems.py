"""What went wrong, as RFC 9457 `application/problem+json`: a stable `code` for programs, a sentence for people.

A refusal by the law or by the form of an act is 422 `refused` with every reason and its provision: the request was
understood and will not be carried out as it stands. 409 is kept for what has nothing to do with the law: the key was
used for another act, the case is another office's. What a person may not see is 404 with the very same bytes as what
is not there: nothing of the request enters the body.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from kaname.api.values import language
from kaname.law import T, Text
from kaname.procedure import Reason
from kaname.procedure.show import reason_data

MEDIA_TYPE = "application/problem+json"

# code -> (status, title). The codes are part of the interface: they are never renamed.
CODES: Mapping[str, tuple[int, Text]] = {
    "json": (400, T("本文が一つの意味に読める JSON でない", "the body is not JSON with one meaning")),
    "token": (401, T("有効なトークンがない", "no token in force")),
    "scope": (403, T("トークンの範囲にない", "outside the scopes of the token")),
    "mandate": (403, T("この行為の権限がない", "no mandate for this act")),
    "approval": (403, T("他の人の承認が要る", "the approval of a second person is needed")),
    "not_found": (404, T("見つからない", "not found")),
    "no_such_name": (404, T("その名のものはない", "nothing of that name")),
    "method": (405, T("その方法では呼べない", "method not allowed")),
    "key_reused": (409, T("idempotency key が別の行為で使われている", "the idempotency key was used for another act")),
    "elsewhere": (409, T("他の機関の事件である", "the case is another office's")),
    "contradiction": (409, T("他の機関の言うことと食い違う", "contradicts what another office says")),
    "destroyed": (410, T("鍵とともに破棄された", "destroyed with its key")),
    "moved": (412, T("事件が動いた", "the case has moved")),
    "too_large": (413, T("大きすぎる", "too large")),
    "media_type": (415, T("本文の種類が違う", "unsupported media type")),
    "invalid": (422, T("求めの形が違う", "the request does not have the form laid down")),
    "refused": (422, T("できない", "refused")),
    "bundle": (422, T("束を取り込めない", "the bundle cannot be taken in")),
    "rate": (429, T("呼び出しが多すぎる", "too many requests")),
    "fault": (500, T("サーバーの故障", "a fault of the server")),
    "busy": (503, T("台帳が混み合っている", "the ledger is busy")),
    "unknown": (503, T("記録されたか分からない", "it is not known whether the act was recorded")),
    "closed": (503, T("事務所が開いていない", "the office is not open")),
    "full": (507, T("記録する場所がない", "no room to record")),
}


class Problem(Exception):
    """Raised anywhere behind an operation, answered as a problem.

    `faults`: what is wrong field by field; `reasons`: why an act is refused, cited as of the day `on`.
    """

    def __init__(
        self, code: str, detail: Text | None = None, headers: Mapping[str, str] | None = None,
        faults: Iterable[tuple[str, Text]] = (), reasons: Iterable[Reason] = (), on: date | None = None,
    ) -> None:  # fmt: skip
        self.code, self.detail, self.headers = code, detail, dict(headers or {})
        self.faults, self.reasons, self.on = tuple(faults), tuple(reasons), on
        self.status, self.title = CODES[code]
        super().__init__(f"{self.status} {code}")


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response of a problem in the language of the request."""
    lang = language(request)
    body: dict[str, Any] = {
        "type": f"urn:kaname:problem:{problem.code}",
        "title": problem.title[lang],
        "status": problem.status,
        "detail": (problem.detail or problem.title)[lang],
        "code": problem.code,
    }
    if problem.faults:
        body["errors"] = [{"field": _printable(field), "detail": text[lang]} for field, text in problem.faults]
    if problem.reasons:
        body["reasons"] = [reason_data(r, lang, problem.on or date.max) for r in problem.reasons]
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def _printable(field: str) -> str:
    """A name as given by the caller, cut short, half characters taken out."""
    return field.encode("utf-8", "replace").decode()[:200]
