"""Anchors of other offices as they were told here: kept, countersigned, and held against what is told next.

    {"anchor": statement, "at", "format": "kaname-countersigned/1", "from": key of the witness}

Two statements that cannot both be true are kept as evidence (`Contradiction`):

    split    one number, two anchors: the office shows one history here and another there
    behind   its newest anchor is older than one already told: it went back to an old backup
    lost     the witness holds an anchor of ours that is not here: we went back to an old backup
    differs  the witness holds another anchor of ours under a number we have: our history was made anew
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import transaction

from kaname.law import T, Text
from kaname.ledger import clock, keys, link, rows, signed
from kaname.ledger.models import Contradiction, Witnessed
from kaname.ledger.proof import anchors
from kaname.ledger.proof.anchors import Statement
from kaname.ledger.signed import Untrusted

FORMAT, DOMAIN = "kaname-countersigned/1", b"kaname/countersigned/1"

SAYS: dict[str, Text] = {
    "split": T("同じ番号の定点を二つ示した：ここと他所とで違う記録を見せている",
               "showed two anchors under one number: one history here, another elsewhere"),
    "behind": T("前に示した定点より古いところに戻っている：古い写しから戻したか、記録を捨てた",
                "went back behind an anchor told before: restored from an old backup, or dropped entries"),
    "lost": T("ここにない、この機関の定点を持っている：ここは古い写しに戻っている",
              "holds an anchor of this office that is not here: this office went back to an old backup"),
    "differs": T("この機関の定点として、ここにあるのと違うものを持っている：ここの記録は作り直されている",
                 "holds another anchor of this office than the one here: the history here was made anew"),
}  # fmt: skip

OF_THEIRS = ("split", "behind")  # what puts the other office in the wrong


# -- theirs ----------------------------------------------------------------------------------------------------------


class Held(NamedTuple):
    """An anchor that an office (a key of it) has told, as it lies here."""

    number: int
    digest: str
    statement: str
    countersigned: str
    office: str


_HELD = "SELECT w.number, w.digest, w.statement, w.countersigned, w.office FROM ledger_witnessed w"
_UNDER = _HELD + " WHERE w.office IN ({}) AND w.number IN ({})"
_NEWEST = _HELD + (
    " JOIN (SELECT office, MAX(number) AS number FROM ledger_witnessed WHERE office IN ({}) GROUP BY office) m"
    " ON m.office = w.office AND m.number = w.number"
)
_KEEP = "INSERT INTO ledger_witnessed (number, digest, statement, countersigned, office) VALUES (%s, %s, %s, %s, %s)"
_SIGN = "UPDATE ledger_witnessed SET countersigned = %s WHERE office = %s AND number = %s"


def newest(office: str) -> Held | None:
    """The last anchor that an office has told."""
    return newest_of([office])[0]


def newest_of(offices: Sequence[str]) -> list[Held | None]:
    """The last anchor that each of some offices has told, in one statement."""
    lines = [keys.line(office) for office in offices]
    asked = [key for line in lines for key in line]
    found = {(held := Held(*row)).office: held for row in link.rows(_NEWEST.format(link.marks(asked)), asked)}
    return [max((found[key] for key in line if key in found), default=None) for line in lines]


def _under(line: Sequence[str], numbers: Collection[int]) -> list[Held]:
    """What offices (all their keys) have told under some numbers."""
    if not numbers:
        return []
    asked = _UNDER.format(link.marks(line), link.marks(numbers))
    return [Held(*row) for row in link.rows(asked, (*line, *numbers))]


def _keep(office: str, one: Statement) -> Held:
    held = Held(one.number, one.digest, one.text, "", office)
    link.run(_KEEP, held)
    return held


def hear(office: str, told: Sequence[str], at: str) -> Contradiction | None:
    """Take in anchors that an office (key) tells at an instant, in the order of their numbers; countersign the last.

    Returns what they contradict, recorded; then nothing else was. Raises Untrusted where they are no anchors of that
    office, or some are missing in between.
    """
    line = keys.line(office)
    said = [anchors.read(text, line) for text in told]
    for one, after in pairwise(said):
        _require_next(one, after)
    with transaction.atomic():
        held = newest(office)
        last = said[-1] if said else None
        if held and (last is None or last.number < held.number):
            if at <= anchors.read(held.statement, line).made_at:
                return None  # sent before what is held: it was only slower
            return _record(office, "behind", last.number if last else 0, held.statement, last.text if last else "")
        by_number = {held.number: held} if held else {}
        earlier = [one.number for one in said if held and one.number < held.number]
        by_number |= {one.number: one for one in _under(line, earlier)}
        for one in said:
            before = by_number.get(one.number)
            if before and before.digest != one.digest:
                return _record(office, "split", one.number, before.statement, one.text)
            if before is None and held:
                if one.number != held.number + 1:
                    _gap(held.number, one.number)
                if one.before != held.digest:
                    return _record(office, "split", held.number, held.statement, one.text)
            if before is None:
                held = _keep(office, one)
        if held and not held.countersigned:
            link.run(_SIGN, (_countersigned(held.statement), held.office, held.number))
    return None


def compare(told: Sequence[str]) -> list[Contradiction]:
    """What another office holds of third ones, against what is held here under the same numbers. This is how one office
    that shows two histories is found out; of offices that are not pinned here nothing is said.
    """
    partners = {office: keys.line(office) for office in keys.offices().values()}
    known = [key for line in partners.values() for key in line]
    said = [one for text in told if (one := _read(text, known))]
    held = {(one.office, one.number): one for one in _under(known, {one.number for one in said})}
    found = []
    for one in said:
        for office, line in partners.items():
            mine = [held[key, one.number] for key in line if (key, one.number) in held] if one.sender in line else []
            if mine and mine[0].digest != one.digest:
                found.append(_record(office, "split", one.number, mine[0].statement, one.text))
    return found


def _read(text: str, senders: Sequence[str]) -> Statement | None:
    try:
        return anchors.read(text, senders)
    except Untrusted:
        return None


def _require_next(one: Statement, after: Statement) -> None:
    if after.number != one.number + 1:
        _gap(one.number, after.number)
    if after.before != one.digest:
        raise Untrusted(T(f"定点 {after.number} が前の定点につながらない",
                          f"anchor {after.number} does not continue the one before it"))  # fmt: skip


def _gap(held: int, told: int) -> None:
    raise Untrusted(T(f"定点 {held + 1} から {told - 1} までがない；それを含めてもう一度送ってもらうこと",
                      f"anchors {held + 1} to {told - 1} are missing; ask for them to be sent as well"))  # fmt: skip


def _countersigned(statement: str) -> str:
    said = {"anchor": statement, "at": rows.instant(clock.now()), "format": FORMAT, "from": keys.own_key()}
    return signed.write(DOMAIN, said).decode()


# -- ours ------------------------------------------------------------------------------------------------------------


def countersigned(office: str, text: str) -> Statement | None:
    """The anchor of ours that an office (key) has countersigned; None for "". Raises Untrusted where it is no such
    thing."""
    if not text:
        return None
    said = signed.read(DOMAIN, text.encode(), keys.line(office))
    if set(said) != {"anchor", "at", "format", "from"} or said["format"] != FORMAT or not rows.is_instant(said["at"]):
        raise Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    return anchors.read(str(said["anchor"]), keys.own_keys())


_MINE = """SELECT a.digest, a.statement, (SELECT COUNT(*) FROM ledger_countersignature c
WHERE c.number = a.number AND c.office = %s) FROM ledger_anchor a WHERE a.number = %s"""


_COUNTERSIGNED = """INSERT INTO ledger_countersignature (number, office, statement) VALUES (%s, %s, %s)
ON CONFLICT (number, office) DO NOTHING"""


def hear_back(office: str, text: str, ours: Statement, still: bool) -> Contradiction | None:
    """Take in the countersignature (`text`) of an office (key) under an anchor of ours. What it contradicts, recorded.

    `still`: whether it holds the anchor yet. Of one that it has lost by a restore it must be told again.
    """
    mine = link.one(_MINE, (office, ours.number))
    if mine is None:
        return _record(office, "lost", ours.number, "", text)
    here, statement, known = mine
    if here != ours.digest:
        return _record(office, "differs", ours.number, statement, text)
    if still and not known:
        link.run(_COUNTERSIGNED, (ours.number, office, text))
    return None


# -- evidence --------------------------------------------------------------------------------------------------------


def _record(office: str, sort: str, number: int, held: str, told: str) -> Contradiction:
    """Kept once, however often it is met again before it is settled."""
    found: Contradiction
    found, _ = Contradiction.objects.get_or_create(
        office=office, sort=sort, number=number, held=held, told=told, settled_at="",
        defaults={"found_at": rows.instant(clock.now())},
    )  # fmt: skip
    return found


def open_contradictions() -> list[Contradiction]:
    """Everything that nobody has dealt with yet."""
    return list(Contradiction.objects.filter(settled_at="").order_by("pk"))


@transaction.atomic
def settle(office: str) -> int:
    """After people have spoken and know why: evidence stays, what the office tells next is heard afresh. How many."""
    line: list[Any] = keys.line(office)
    behind = Contradiction.objects.filter(settled_at="", office__in=line)
    if behind.filter(sort__in=OF_THEIRS).exists():
        Witnessed.objects.filter(office__in=line).delete()
    count: int = behind.update(settled_at=rows.instant(clock.now()))
    return count


def words(found: Contradiction) -> Text:
    """One contradiction as a sentence."""
    who, says = keys.name_of(found.office), SAYS[found.sort]
    return T(f"{who}（定点 {found.number}）：{says.ja}", f"{who} (anchor {found.number}) {says.en}")
