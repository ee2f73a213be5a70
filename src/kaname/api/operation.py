"""`operation`: one line that says everything of an operation: address, scope, answer, and the problems it can give.

What it says is what the OpenAPI document shows and what the tests hold it to.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from ninja import Router
from ninja.parser import Parser
from ninja.responses import Status

from kaname.access.tokens import Scope
from kaname.api.auth import Bearer
from kaname.api.problems import Problem
from kaname.api.shapes import ProblemOut
from kaname.law import T, Text
from kaname.ledger.strict_json import loads

router = Router()
GIVES: dict[str, dict[str, str]] = {}  # operation -> what its declaration gives
JSON = "application/json"
_ALWAYS = (401, 403, 422, 429, 503)
_BODY = (400, 413, 415)
_F = TypeVar("_F", bound=Callable[..., Any])


class StrictParser(Parser):
    """Bodies are JSON with one meaning, announced as JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        expect(request, JSON)
        return loads(request.body)


def expect(request: HttpRequest, media_type: str) -> None:
    """Raises Problem 415 unless the body is announced as this."""
    if (request.content_type or "").lower() != media_type:
        raise Problem("media_type", T(f"Content-Type は {media_type}", f"expected Content-Type {media_type}"))


def operation(
    method: str, path: str, label: Text, answer: Any, *, scopes: tuple[Scope, ...] = (Scope.READ,),
    status: int = 200, problems: tuple[int, ...] = (), tags: tuple[str, ...] = (),
    extra: Mapping[str, Any] | None = None, exports: bool = False, gives: Mapping[str, str] | None = None,
) -> Callable[[_F], _F]:  # fmt: skip
    """Register a function. `problems`: statuses beside those that every operation can give. `exports`: it
    hands out a case whole, and is counted as that (so is all that takes the scope `export`). `gives`: where its answer
    leads (kaname.api.links): {"/cases/{case}": "body#/case"}."""
    found = {*_ALWAYS, *problems, *(_BODY if method == "POST" else ()), *((404,) if "{" in path else ())}

    def register(function: _F) -> _F:
        GIVES[function.__name__] = dict(gives or {})
        checked = _checked(function, status)
        router.api_operation(
            [method],
            path,
            response={status: answer, **dict.fromkeys(sorted(found), ProblemOut)},
            auth=Bearer(*scopes, exports=exports),
            summary=f"{label.ja} / {label.en}",
            description=function.__doc__,
            operation_id=function.__name__,
            tags=list(tags),
            openapi_extra=dict(extra or {}),
        )(checked)
        return function

    return register


def _checked(function: Any, status: int) -> Any:
    """A misspelt filter must not read as no filter: parameters that the operation does not have are refused."""

    @wraps(function)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        models = checked._ninja_operation.models  # type: ignore[attr-defined]
        known = {"lang"}
        for model in models:
            if model.__ninja_param_source__ == "query":
                known |= set(model.__ninja_flatten_map__)
        unknown = [name for name in request.GET if name not in known]
        if unknown or request.GET.get("lang", "ja") not in ("ja", "en"):
            raise _unknown(unknown or ["lang"], sorted(known))
        answer = function(request, *args, **values)
        return answer if isinstance(answer, HttpResponseBase) else Status(status, answer)

    return checked


def _unknown(names: list[str], known: list[str]) -> Problem:
    text = T(
        f"使えるのは {', '.join(known)}（lang は ja か en）", f"expected one of {', '.join(known)} (lang: ja or en)"
    )
    return Problem("invalid", faults=[(name, text) for name in names[:20]])
