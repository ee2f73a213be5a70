"""What the pages of the regimes share: how a case is named and reached, how a day in the address is read."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kaname.days import DayError
from kaname.law import T, Text
from kaname.web.read import parse_day


def case_name(case: Any) -> Text:
    """Cases are known by their number: a title is sealed."""
    return T(f"第{case.number}号", f"No. {case.number}")


def case_href(case: Any, page: str = "case", *more: str) -> str:
    """The address of a page of the case."""
    return address(page, case.public_id, *more)


def address(page: str, *args: str) -> str:
    """The address of a page; "" in an office that has no such page."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""


def day_of(request: HttpRequest, name: str, default: date, errors: dict[str, Text]) -> date:
    """A day out of the address; the default where it is left out or cannot be read, which is told."""
    text = request.GET.get(name, "").strip()[:60]
    try:
        return parse_day(text) if text else default
    except DayError as error:
        errors[name] = error.text
        return default
