"""What a person may carry out of the house to hold against it: signed receipts, proofs, anchors; and what comes in."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaname.access.door import find
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger import keys, reading, store
from kaname.ledger.models import Anchor, Countersignature, TimeStamp
from kaname.ledger.proof import anchors, clocks, contact, receipts, restores, stamps, witness

_ADMINISTRATORS = T("他の機関とやりとりできるのは管理者だけ",
                    "only who administers the office may deal with other offices")  # fmt: skip


_PUT_BACK = T("復元で失われたものを見られるのは管理者だけ", "only who administers the office sees what a restore lost")


@dataclass(frozen=True, slots=True)
class Stamp:
    """That an authority of time has signed an anchor at an instant: its answer as it came (RFC 3161, DER)."""

    authority: str
    at: str
    answer: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """An anchor for a page: its number, when it was made, its digest, who has countersigned and who has stamped it."""

    number: int
    made_at: str
    digest: str
    countersigned: tuple[str, ...]
    stamped: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """How far others hold what is recorded here. `protected`: an instant, "" not at all."""

    key: str
    protected: str
    anchors: tuple[Told, ...]
    contradictions: tuple[Text, ...]
    restores: tuple[Text, ...] = ()  # when the office was put back to an old state
    clocks: tuple[Text, ...] = ()  # whose clock and ours cannot both be right


def signed_receipt(person: Person, case: str, seq: int) -> bytes | None:
    """The receipt of an entry for who filed, signed; None where there is no such entry. Raises UnknownCase,
    Elsewhere."""
    head = reading.head(find(person, case).public_id)
    row = next((r for r in store.rows_of([head.pk])[head.pk] if r.seq == seq), None)
    return receipts.write(head, row) if row else None


def proof(person: Person, case: str) -> str:
    """That the newest anchor covers a case. Raises UnknownCase, Elsewhere, LedgerError."""
    return anchors.proof(find(person, case).public_id)


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that a restore has taken back: the random id of its case, its number, who says so and what to do."""

    case: str
    seq: int
    text: Text


@dataclass(frozen=True, slots=True)
class Restored:
    """How often the database was put back, and what is missing since. `unsaid`: it was, and nobody has said so."""

    epochs: tuple[Text, ...]
    unsaid: Text | None
    gone: tuple[Gone, ...]


def restored(person: Person) -> Restored:
    """For administrators, who put it back. Of a case it says the random id alone, for a receipt bears it. Raises
    NotAllowed."""
    if not (person.is_active and person.administers):
        raise NotAllowed(_PUT_BACK)
    gone = tuple(Gone(one.case, one.seq, restores.words(one)) for one in restores.missing())
    return Restored(tuple(map(restores.of_epoch, restores.epochs())), restores.unsaid(), gone)


def trust(size: int = 30) -> Trust:
    """The newest anchors and what others make of them: it tells nothing of any case."""
    newest = list(Anchor.objects.order_by("-number")[:size])
    signed: dict[int, dict[str, None]] = {}  # each office once, by however many of its keys it has signed
    for one in Countersignature.objects.filter(number__in=[a.number for a in newest]).order_by("office"):
        signed.setdefault(one.number, {})[keys.name_of(one.office)] = None
    stamped = stamps.of([a.number for a in newest])
    told = [Told(a.number, a.made_at, a.digest, tuple(signed.get(a.number, ())), _stamps(stamped.get(a.number, ())))
            for a in newest]  # fmt: skip
    found = tuple(witness.words(one) for one in witness.open_contradictions())
    back, doubts = map(restores.of_epoch, restores.epochs()), (doubt.text for doubt in clocks.doubts())
    return Trust(keys.own_key(), anchors.protected_until(), tuple(told), found, tuple(back), tuple(doubts))


def anchor(number: int) -> tuple[str, tuple[Stamp, ...]] | None:
    """The statement of an anchor as signed, and its time stamps; None where there is no such anchor."""
    found = Anchor.objects.filter(number=number).first()
    return (found.statement, _stamps(stamps.of([number]).get(number, ()))) if found else None


def _stamps(found: Iterable[TimeStamp]) -> tuple[Stamp, ...]:
    return tuple(Stamp(one.authority, one.at, bytes(one.answer)) for one in found)


def contact_for(person: Person, office: str) -> bytes:
    """What this office tells another (its name or key), to be carried there. Raises NotAllowed, KeyProblem."""
    _require_administrator(person)
    return contact.write(keys.partner(office))


def meet(person: Person, raw: bytes) -> tuple[str, tuple[Text, ...]]:
    """Take in what another office tells; its key, and what contradicts. Raises NotAllowed, Untrusted."""
    _require_administrator(person)
    sender, found = contact.take_in(raw)
    return sender, tuple(witness.words(one) for one in found)


def _require_administrator(person: Person) -> None:
    if not (person.is_active and person.administers):
        raise NotAllowed(_ADMINISTRATORS)
