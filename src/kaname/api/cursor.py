"""Pages of a list by a cursor: where the last page ended, never how many rows there are or how they are numbered."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from kaname.api.problems import Problem
from kaname.law import T

_LONGEST = 200
_CASE = re.compile(r"[a-z2-7]{26}")
_VALUE = re.compile(r"[0-9TZ:.-]{10,27}")


class Order(NamedTuple):
    """A column that a list may be sorted by. `read` makes the value of the column out of a cursor's text."""

    column: str
    down: bool
    read: Callable[[str], Any]


ORDERS = {
    name: Order(column, down, read)
    for sign, down in (("", False), ("-", True))
    for name, column, read in (
        (f"{sign}next_due_on", "next_due_on", date.fromisoformat),
        (f"{sign}opened_on", "case__opened_on", lambda text: date.fromisoformat(text).isoformat()),
        (f"{sign}recorded_at", "case__head_at", str),
    )
}
_ID = "case__public_id"


def page(rows: "QuerySet[Any]", sort: str, cursor: str, limit: int) -> tuple[list[Any], str | None]:
    """The rows after a cursor, and the cursor of the page after them. Rows without a value come last, both ways."""
    order = ORDERS[sort]
    by = F(order.column)
    rows = rows.order_by(by.desc(nulls_last=True) if order.down else by.asc(nulls_last=True), _ID)
    if cursor:
        rows = rows.filter(_after(order, *_read(order, cursor)))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    return found[:limit], _write(_value(found[limit - 1], order.column), found[limit - 1].case.public_id)


def _after(order: Order, value: Any, id: str) -> Q:
    column = order.column
    if value is None:
        return Q(**{f"{column}__isnull": True, f"{_ID}__gt": id})
    beyond = Q(**{f"{column}__lt" if order.down else f"{column}__gt": value})
    return beyond | Q(**{column: value, f"{_ID}__gt": id}) | Q(**{f"{column}__isnull": True})


def _value(row: Any, column: str) -> Any:
    for name in column.split("__"):
        row = getattr(row, name)
    return row


def _write(value: Any, id: str) -> str:
    text = json.dumps([str(value) if value is not None else None, id])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(order: Order, cursor: str) -> tuple[Any, str]:
    """Raises Problem where the text is no cursor of this list."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        value, id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not _CASE.fullmatch(id) or not (value is None or _VALUE.fullmatch(value)):
            raise ValueError
        return None if value is None else order.read(value), id
    except (ValueError, Error, TypeError, RecursionError):
        text = T("前の頁の next をそのまま", "expected the next of the page before, as it stands")
        raise Problem("invalid", faults=[("cursor", text)]) from None
