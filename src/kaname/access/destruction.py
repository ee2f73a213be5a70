"""Destroying the key of a compartment (府令10条3号ホ): one member asks and says why, another one confirms.

Both are members, and neither is an administrator by that: who is in no compartment destroys nothing in it. What was
asked waits for at most 30 days. What cannot be reached from here is told beforehand (`Reach`): backups from before a
case came in hold its values under another key.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from kaname.access.compartments import own_compartment
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Compartment, Destruction, Move, Person
from kaname.days import JST
from kaname.law import T, Text
from kaname.ledger import clock, destroyed
from kaname.ledger.destruction import destroy
from kaname.ledger.models import Case, Sealed

LONGEST, WAITS = 300, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the destruction of a key meets: cases, sealed values; and until when backups hold some under other keys."""

    cases: int
    values: int
    older: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """That a key was destroyed, for who may know of the compartment."""

    on: date
    reason: str
    by: str
    confirmed_by: str

    @property
    def text(self) -> Text:
        return T(f"封緘の鍵は {self.on} に破棄された。理由：{self.reason}（求めた人：{self.by}、確認した人："
                 f"{self.confirmed_by}）。封緘されていたものは誰にも開けない。記録はそのまま残っている。",
                 f"The key of what is sealed here was destroyed on {self.on}, because: {self.reason} (asked by "
                 f"{self.by}, confirmed by {self.confirmed_by}). What was sealed can be opened by nobody; the entries "
                 "stand as they were.")  # fmt: skip


def reach(by: Person, compartment: str) -> Reach:
    """Raises Unknown."""
    room = own_compartment(by, compartment)
    values = Sealed.objects.filter(key__circle=room.public_id, value__isnull=False).count()
    came = Move.objects.filter(compartment=room).exclude(case__series=room.public_id).order_by("-at").first()
    return Reach(Case.objects.filter(circle=room.public_id).count(), values, came.at if came else None)


def ask(by: Person, compartment: str, reason: str) -> Destruction:
    """Raises Unknown, NotAllowed."""
    room, why = own_compartment(by, compartment), " ".join(reason.split())
    _still_there(room)
    if not why or len(why) > LONGEST:
        raise NotAllowed(T(f"理由を {LONGEST} 字までで", f"give the reason, in at most {LONGEST} characters"), "reason")
    try:
        with transaction.atomic():
            _open(room).filter(asked_at__lte=clock.now() - WAITS).update(answered_at=clock.now())
            return Destruction.objects.create(compartment=room, reason=why, asked_by=by, asked_at=clock.now())
    except IntegrityError:
        raise NotAllowed(
            T("すでに求められている；確認か取りやめを", "asked already: confirm or withdraw that")
        ) from None


def waiting(by: Person, compartment: str) -> Destruction | None:
    """What a member has asked and nobody has answered. Raises Unknown."""
    found = _open(own_compartment(by, compartment)).filter(asked_at__gt=clock.now() - WAITS)
    return found.select_related("asked_by").first()


def confirm(by: Person, compartment: str) -> Told:
    """The second member: the key is destroyed, now and for ever. Raises Unknown, NotAllowed."""
    with transaction.atomic():
        one = _answer(by, compartment)
        if one.asked_by_id == by.pk:
            raise NotAllowed(
                T("求めた人は自分で確認できない；他の構成員が", "another member must confirm what you asked")
            )
        one.confirmed = True
        one.save(update_fields=("answered_by", "answered_at", "confirmed"))
    destroy(compartment, one.asked_by.public_id, by.public_id, one.reason)
    found = told(compartment)
    assert found is not None
    return found


def withdraw(by: Person, compartment: str) -> None:
    """Any member: it is not done. Raises Unknown."""
    with transaction.atomic():
        _answer(by, compartment).save(update_fields=("answered_by", "answered_at"))


def told(circle: str) -> Told | None:
    """What people are told of a destroyed key, by the circle of a case they see; None where it was not destroyed."""
    note = destroyed.of(circle)
    if note is None:
        return None
    names = dict(Person.objects.filter(Q(public_id__in=(note.by, note.confirmed_by))).values_list("public_id", "name"))
    on = datetime.fromisoformat(note.at).astimezone(JST).date()
    return Told(on, note.reason, names.get(note.by, "—"), names.get(note.confirmed_by, "—"))


def _answer(by: Person, compartment: str) -> Destruction:
    room = own_compartment(by, compartment)
    _still_there(room)
    found = _open(room).select_for_update(of=("self",)).select_related("asked_by")
    one = found.filter(asked_at__gt=clock.now() - WAITS).first()
    if one is None:
        raise Unknown
    one.answered_by, one.answered_at = by, clock.now()
    return one


def _open(room: Compartment) -> "QuerySet[Destruction]":
    return Destruction.objects.filter(compartment=room, answered_at=None)


def _still_there(room: Compartment) -> None:
    if destroyed.of(room.public_id):
        raise NotAllowed(T("この区画の鍵はもう破棄された", "the key of this compartment is destroyed already"))
