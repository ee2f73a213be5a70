"""Values that requests bring: days, instants, names, and the strict forms that hold them."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from kaname.days import DayError, parse_instant
from kaname.law import Lang, T, Text
from kaname.procedure.forms import EARLIEST, LATEST, in_calendar

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_DAY = T(
    f"2026-11-24 のような、{EARLIEST} から {LATEST} までの日", f"a day such as 2026-11-24, {EARLIEST} to {LATEST}"
)
_LONGEST_INSTANT = 40


def wrong(text: Text) -> PydanticCustomError:
    """An error of validation that speaks both languages."""
    return PydanticCustomError("kaname", "{en}", {"ja": text.ja, "en": text.en})


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or not in_calendar(day):
        raise wrong(_A_DAY)
    return day


def _instant(value: Any) -> datetime:
    try:
        if not isinstance(value, str) or len(value) > _LONGEST_INSTANT:
            raise DayError(T("", ""))
        return parse_instant(value.replace(" ", "+"))  # a plus sign left as it is in an address arrives as a space
    except (DayError, OverflowError):
        raise wrong(
            T("2026-11-24T09:30:00+09:00 のような時差のある時刻", "an instant such as 2026-11-24T09:30:00+09:00")
        ) from None


Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "description": _A_DAY.en})
]
Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 40})
]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,128}$")]
ActName = Annotated[str, Field(min_length=1, max_length=128)]
CaseId = Annotated[str, Field(description="the public id of a case")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Strict(Schema):
    """A body: nothing is guessed, nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)


def language(request: HttpRequest) -> Lang:
    """`?lang=` where it is given, else Accept-Language, else Japanese."""
    asked = request.GET.get("lang") or get_language_from_request(request)
    return "en" if asked.startswith("en") else "ja"
