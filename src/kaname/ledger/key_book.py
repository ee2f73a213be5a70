"""The book of keys (鍵の記録簿): what people did to the keys of the office, each line chained to the one before.

A line names the people (public ids, "" for who works on the host) and says what was done, never a key. `verify` follows
the chain. Digest: SHA-256, framed (`digest.frames`), of the domain, the digest before, and the line without its digest.
"""

from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.digest import frames
from kaname.ledger.models import KeyEvent
from kaname.ledger.rows import instant
from kaname.ledger.strict_json import canonical, loads

_DOMAIN = b"kaname/key-event/1"

WHAT: dict[str, Text] = {
    "destroyed": T("区画の鍵を破棄した", "the key of a compartment was destroyed"),
    "shares": T("回復の分担片を作った", "recovery shares were made"),
    "drill": T("回復の訓練をした", "recovery was tried"),
    "kit": T("回復用の包みを作った", "a recovery kit was made"),
    "recovered": T("分担片から親鍵を回復した", "the master key was recovered from shares"),
    "envelope": T("封筒の鍵を新しくした", "the envelope keys were renewed"),
    "envelope_revoked": T("封筒の鍵を失効させた", "envelope keys were revoked"),
    "renewed": T("親鍵を新しくした", "the master key was renewed"),
}


class Line(NamedTuple):
    number: int
    at: str
    what: str
    data: dict[str, Any]
    digest: str


def write(what: str, **data: Any) -> None:
    """Add a line. Raises where it cannot be written: what is not in the book must not be taken as done."""
    for attempt in range(5):
        try:
            with transaction.atomic():
                last = KeyEvent.objects.order_by("-number").first()
                row = KeyEvent(
                    number=last.number + 1 if last else 1, at=instant(clock.now()), what=what, data=canonical(data),
                    before=last.digest if last else "",
                )  # fmt: skip
                row.digest = _digest(row)
                row.save(force_insert=True)
            return
        except IntegrityError:
            if attempt == 4:
                raise


def lines(what: str = "") -> list[Line]:
    """The newest first."""
    found = KeyEvent.objects.filter(**({"what": what} if what else {})).order_by("-number")
    return [Line(row.number, row.at, row.what, loads(row.data), row.digest) for row in found]


def faults() -> list[Text]:
    """Where the chain is broken."""
    before, number, found = "", 0, []
    for row in KeyEvent.objects.order_by("number"):
        if (row.number, row.before, row.digest) != (number + 1, before, _digest(row)):
            found.append(T(f"鍵の記録簿の {row.number} が書かれたままでない",
                           f"line {row.number} of the book of keys is not as it was written"))  # fmt: skip
        before, number = row.digest, row.number
    return found


def _digest(row: KeyEvent) -> str:
    said = {"at": row.at, "data": row.data, "number": row.number, "what": row.what}
    return frames(_DOMAIN, row.before.encode(), canonical(said).encode())
