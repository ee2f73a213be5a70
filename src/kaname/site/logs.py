"""The log: one JSON object a line on the standard error, fit to be kept and shown to anyone.

No case content may stand in it, whatever fails. So nothing that was put into a message is written, only the sentence
around it; an error is told by its type and where it happened, never by its own words or by the values it met; people
and cases stand under pseudonyms, the same ones as long as the key of this office lasts.
"""

import hashlib
import hmac
import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

request_id: ContextVar[str] = ContextVar("request_id", default="")

# What our own lines may carry beside their sentence; each of them is free of content by the way it is made.
FIELDS = ("part", "said", "method", "route", "about", "status", "ms", "person", "way", "kind", "account", "network")
# Django's own sentences on what it refuses repeat what was sent: we tell which of its rules it was, and no more.
_REFUSED = "django.security."
_OWN, _SERVER = "kaname", "_granian"  # their sentences are written by us, or by a server that knows no case


def pseudonym(what: str, name: str) -> str:
    """A short name for a person or a case, which only this office can connect with it."""
    key = hashlib.sha256(b"kaname log\0" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{what}\0{name}".encode(), hashlib.sha256).hexdigest()[:12]


def whose(request: object) -> dict[str, str]:
    """The person of a request, only where it was asked who it is: looking here would cost every file and every failure
    a query."""
    person = getattr(request, "_cached_user", None)
    return {"person": pseudonym("person", person.public_id)} if person is not None and person.is_authenticated else {}


class Json(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in (_OWN, _SERVER)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Whoever's library it is: the sentence as it stands in its source, without what was filled in.
            "event": record.getMessage() if ours else str(record.msg),
        }
        if found := request_id.get():
            line["request"] = found
        if record.name.startswith(_REFUSED):
            line |= {"event": "a request was refused", "kind": record.name.removeprefix(_REFUSED)}
            line |= whose(getattr(record, "request", None))
        line |= {name: getattr(record, name) for name in FIELDS if ours and hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["errors"] = errors(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def errors(error: BaseException | None) -> list[dict[str, Any]]:
    """An error and those it came from, the last first: type and places."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 10:
        frames = traceback.extract_tb(error.__traceback__)
        found.append({
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        })  # fmt: skip
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def config() -> dict[str, Any]:
    """For Django (`LOGGING`) and for the server, whose workers and parent write to the same place."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "kaname.site.logs.Json"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "kaname": {"level": "INFO"},
            "_granian": {"level": "INFO"},
            "granian.access": {"handlers": ["nowhere"], "propagate": False},  # it would write addresses of cases
            "django": {"handlers": [], "level": "WARNING"},
            # Each request and each failure has a line of ours; Django's would come after it, without its number.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
        },
    }
