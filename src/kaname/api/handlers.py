"""Which problem each exception is."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kaname.access.api import AccessError, NotAllowed, Unknown
from kaname.access.custody.api import NeedsApproval
from kaname.api.problems import Problem, answer
from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger.errors import Busy, CommitUnknown, Destroyed, Full, LedgerError, Moved, StartRefused, UnknownCase
from kaname.ledger.keys import KeyProblem
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import NotStrict
from kaname.typeset import Unprintable

_AGAIN = {"Retry-After": "1"}
_LEDGER: dict[type[LedgerError], tuple[str, dict[str, str]]] = {
    UnknownCase: ("not_found", {}),
    Moved: ("moved", {}),
    Busy: ("busy", _AGAIN),
    CommitUnknown: ("unknown", _AGAIN),
    Full: ("full", {}),
    Destroyed: ("destroyed", {}),
    StartRefused: ("closed", {"Retry-After": "60"}),
}


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception stands for, or None where it is a fault of ours."""
    match error:
        case Problem():
            return error
        case UnknownCase() | Unknown() | Http404():
            return Problem("not_found")
        case LedgerError():
            code, headers = _LEDGER.get(type(error), ("elsewhere", {}))
            return Problem(code, error.text, headers)
        case ValidationError():
            return _invalid(error.errors)
        case HttpError():
            return _of_ninja(error)
        case Untrusted():
            return Problem("bundle", error.text)
        case KeyProblem() | DayError() | Unprintable():
            return Problem("invalid", error.text)
        case NeedsApproval():
            return Problem("approval", error.text)
        case NotAllowed():
            return Problem("mandate", error.text)
        case AccessError():
            return Problem("invalid", error.text, faults=[(error.field or "body", error.text)])
        case RequestDataTooBig():
            return Problem("too_large", T("本文は 2.5 MB まで", "expected a body of at most 2.5 MB"))
        case OperationalError() | InterfaceError():
            return Problem("busy", headers=_AGAIN)
    return None


def register(api: NinjaAPI) -> None:
    """Let every exception of an operation be answered here; faults of ours go on to Django, which logs them."""

    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        problem = problem_of(error)
        if problem is None:
            raise error
        return answer(request, problem)

    for exception in (Exception, HttpError, ValidationError, Http404):
        api.add_exception_handler(exception, handle)


def _of_ninja(error: HttpError) -> Problem:
    """What the framework raises while it reads the request; the parser's own reason stands behind it."""
    match error.__cause__:
        case Problem() as problem:
            return problem
        case NotStrict() as wrong:
            return Problem("json", wrong.text, faults=[(wrong.field or "body", wrong.text)])
    return Problem("invalid")


# -- validation ------------------------------------------------------------------------------------------------------

_EXPECTED = {
    "missing": T("必要", "required"),
    "extra_forbidden": T("この項目はない", "there is no such field"),
    "string_type": T("文字列を", "expected text"),
    "bool_type": T("true か false を", "expected true or false"),
    "bool_parsing": T("true か false を", "expected true or false"),
    "int_type": T("整数を", "expected a whole number"),
    "int_parsing": T("整数を", "expected a whole number"),
    "int_from_float": T("整数を", "expected a whole number"),
    "list_type": T("列（配列）を", "expected a list"),
    "dict_type": T("組（オブジェクト）を", "expected an object"),
    "model_type": T("組（オブジェクト）を", "expected an object"),
    "model_attributes_type": T("組（オブジェクト）を", "expected an object"),
    "literal_error": T("{expected} のどれかを", "expected {expected}"),
    "enum": T("{expected} のどれかを", "expected {expected}"),
    "string_too_long": T("{max_length} 文字までに", "expected at most {max_length} characters"),
    "string_too_short": T("{min_length} 文字以上を", "expected at least {min_length} characters"),
    "too_long": T("{max_length} 個までに", "expected at most {max_length} items"),
    "too_short": T("{min_length} 個以上を", "expected at least {min_length} items"),
    "greater_than_equal": T("{ge} 以上を", "expected {ge} or more"),
    "less_than_equal": T("{le} 以下を", "expected {le} or less"),
    "string_pattern_mismatch": T("{pattern} の形の文字列を", "expected text of the form {pattern}"),
    "kaname": T("{ja}を", "expected {en}"),
}
_SHOWN = 100
_OTHER = T("使えない値（{msg}）", "cannot be used: {msg}")


def _invalid(errors: list[dict[str, Any]]) -> Problem:
    text = T("直すべき項目が errors にある", "the fields to mend stand in errors")
    return Problem("invalid", text, faults=[(_path(e["loc"]), _said(e)) for e in errors[:_SHOWN]])


def _said(error: dict[str, Any]) -> Text:
    values = {"msg": error.get("msg", ""), **error.get("ctx", {})}
    return _EXPECTED.get(error["type"], _OTHER).fill(**values)


def _path(loc: tuple[Any, ...]) -> str:
    """`body.asked.rows.2.ipc` as `rows[2].ipc`; a parameter by its name."""
    parts = list(loc[2:] if loc and loc[0] == "body" else loc[1:])
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path or (str(loc[0]) if loc else "")
