"""Anchors of other offices as they were told here: kept, countersigned, and held against what is told next.

    {"anchor": statement, "at", "format": "kaname-countersigned/1", "from": key of the witness}

Two statements that cannot both be true are kept as evidence (`Contradiction`):

    split    one number, two anchors: the office shows one history here and another there
    behind   its newest anchor is older than one already told: it went back to an old backup
    lost     the witness holds an anchor of ours that is not here: we went back to an old backup
    differs  the witness holds another anchor of ours under a number we have: our history was made anew
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction

from kaname.law import T, Text
from kaname.ledger import clock, keys, rows, signed
from kaname.ledger.models import Anchor, Contradiction, Countersignature, Witnessed
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


def newest(office: str) -> Witnessed | None:
    """The last anchor that an office has told."""
    return Witnessed.objects.filter(office__in=keys.line(office)).order_by("-number").first()


def hear(office: str, told: Sequence[str], at: str) -> Contradiction | None:
    """Take in anchors that an office (key) tells at an instant, in the order of their numbers; countersign the last.

    Returns what they contradict, recorded; then nothing else was. Raises Untrusted where they are no anchors of that
    office, or some are missing in between.
    """
    said = [anchors.read(text, keys.line(office)) for text in told]
    for one, after in pairwise(said):
        _require_next(one, after)
    with transaction.atomic():
        held = newest(office)
        last = said[-1] if said else None
        if held and (last is None or last.number < held.number):
            if at <= anchors.read(held.statement, keys.line(office)).made_at:
                return None  # sent before what is held: it was only slower
            return _record(office, "behind", last.number if last else 0, held.statement, last.text if last else "")
        known = Witnessed.objects.filter(office__in=keys.line(office), number__in=[s.number for s in said])
        by_number = {w.number: w for w in known}
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
                held = Witnessed.objects.create(office=office, number=one.number, digest=one.digest, statement=one.text)
        if held and not held.countersigned:
            held.countersigned = _countersigned(held.statement)
            held.save(update_fields=["countersigned"])
    return None


def compare(told: Sequence[str]) -> list[Contradiction]:
    """What another office holds of third ones, against what is held here under the same numbers. This is how one office
    that shows two histories is found out; of offices that are not pinned here nothing is said.
    """
    found = []
    for text in told:
        for office in keys.offices().values():
            try:
                said = anchors.read(text, keys.line(office))
            except Untrusted:
                continue
            held = Witnessed.objects.filter(office__in=keys.line(office), number=said.number).first()
            if held and held.digest != said.digest:
                found.append(_record(office, "split", said.number, held.statement, text))
    return found


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


def number_of(office: str, countersigned: str) -> int:
    """The number of the anchor of ours under a countersignature of an office (key); 0 for none. Raises Untrusted."""
    if not countersigned:
        return 0
    said = signed.read(DOMAIN, countersigned.encode(), keys.line(office))
    return anchors.read(str(said.get("anchor")), keys.own_keys()).number


def hear_back(office: str, countersigned: str) -> Contradiction | None:
    """Take in the countersignature of an office (key) under an anchor of ours ("": it holds none).

    Returns what it contradicts, recorded. Raises Untrusted where it is no such thing.
    """
    if not countersigned:
        return None
    said = signed.read(DOMAIN, countersigned.encode(), keys.line(office))
    if set(said) != {"anchor", "at", "format", "from"} or said["format"] != FORMAT:
        raise Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    ours = anchors.read(str(said["anchor"]), keys.own_keys())
    mine = Anchor.objects.filter(number=ours.number).first()
    if mine is None:
        return _record(office, "lost", ours.number, "", countersigned)
    if mine.digest != ours.digest:
        return _record(office, "differs", ours.number, mine.statement, countersigned)
    Countersignature.objects.get_or_create(number=ours.number, office=office, defaults={"statement": countersigned})
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
