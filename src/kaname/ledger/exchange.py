"""Sending a case to another office, and taking in what another office has sent: checked whole, then written.

A case is kept by one office; the others hold copies that only its bundles extend. What was taken in already is taken
in again without effect; a bundle whose chain leaves the one held is refused, for one of the two was rewritten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from kaname.law import T
from kaname.ledger import attached, clock, digest, envelope, keys, projection, reading, rows, store
from kaname.ledger.bundle import MOST_DOCUMENTS, BadBundle, Bundle, read, references, write
from kaname.ledger.errors import LedgerError
from kaname.ledger.kinds import kind
from kaname.ledger.proof import contact, restores, witness
from kaname.ledger.rows import Row, Secret
from kaname.ledger.signed import Untrusted
from kaname.ledger.store import Head
from kaname.ledger.strict_json import loads
from kaname.ledger.verify import chain_faults, sealed_faults
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS

_MOVED = T("取り込みの間に事件が動いた；もう一度", "the case moved meanwhile; import again")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did. `new`: entries that were not held before."""

    case: str
    number: int
    sender: str
    entries: int
    new: int


@keys.read_once()
def export(case: str, recipient: str, may_read: Callable[[int, str], bool] = lambda seq, field: True) -> bytes:
    """A case as a signed bundle for an office (its key). `may_read(seq, field)`: which sealed values go along.

    A copy goes to nobody but the office that keeps the case, where that has lost entries of it.
    """
    head, key = reading.head(case), keys.named(recipient)
    if head.origin and key not in keys.line(head.origin):
        raise LedgerError(T("この事件は他の機関の台帳にある；その機関だけが送れる",
                            "this case is kept by another office, which alone can send it"))  # fmt: skip
    secrets = {
        seq: [s for s in found if s.value is not None and may_read(seq, s.field)]
        for seq, found in store.secrets_of([head.pk])[head.pk].items()
    }
    ledger = tuple(store.rows_of([head.pk])[head.pk])
    papers = attached.packed(case, references(ledger, secrets))
    if sum(len(paper.content) for paper in papers) > MOST_DOCUMENTS:
        most = MOST_DOCUMENTS >> 20
        raise LedgerError(T(f"書類が合わせて {most} MB を超え、束に入らない",
                            f"its documents are over {most} MB in all, which no bundle holds"))  # fmt: skip
    issued_at = contact.instant()
    return write(
        Bundle(
            case=case,
            kind=head.kind,
            opened_on=head.opened_on,
            sender=keys.own_key(),
            recipient=key,
            issued_at=issued_at,
            ledger=ledger,
            secrets=secrets,
            papers=papers,
            contact=contact.told(key, copies=bool(head.origin)),
        )
    )


def send(case: str, recipient: str, may_read: Callable[[int, str], bool] = lambda seq, field: True) -> bytes:
    """The same, sealed for that office alone (`envelope`): this is what leaves the house."""
    return envelope.seal(export(case, recipient, may_read), keys.named(recipient))


@keys.read_once()
def take_in(raw: bytes, series: str = "") -> TakenIn:
    """Take in a bundle meant for this office and signed by a pinned one, in its envelope or (of versions before) bare.

    Raises BadBundle; then nothing was written.
    """
    try:
        raw = envelope.opened(raw)
    except Untrusted as wrong:
        raise BadBundle(wrong.text) from None
    bundle = read(raw, keys.own_keys(), [*keys.offices().values()])
    _check(bundle)
    try:
        _hear(bundle)
        with transaction.atomic(durable=True):
            held = store.head(bundle.case, lock=True)
            ledger = store.rows_of([held.pk])[held.pk] if held else []
            _check_continues(bundle, held, ledger)
            ours = restores.was_ours(bundle.case) and not (held and held.origin)
            new = _coming_back(bundle, len(ledger)) if ours else bundle.ledger[len(ledger) :]
            if held is None or new:
                held = _write(bundle, held, new, series, "" if ours else bundle.sender)
            attached.unpacked(bundle.case, bundle.papers)
    except IntegrityError:
        raise BadBundle(_MOVED) from None
    return TakenIn(bundle.case, held.number, bundle.sender, len(bundle.ledger), len(new))


def _hear(bundle: Bundle) -> None:
    """What the sender tells of its anchors. An office that contradicts itself sends no case until people have spoken;
    what it knows of our own is our own trouble (`verify`)."""
    try:
        found = contact.hear(bundle.sender, bundle.contact, bundle.issued_at)
    except Untrusted as wrong:
        raise BadBundle(wrong.text) from None
    for one in found:
        if one.office in keys.line(bundle.sender) and one.sort in witness.OF_THEIRS:
            why = witness.words(one)
            raise BadBundle(T(f"{why.ja}；確かめて kaname anchor settle の後に",
                              f"{why.en}; find out why, then: kaname anchor settle"))  # fmt: skip


def _check(bundle: Bundle) -> None:
    """That the bundle is a whole, sound case of a kind that this version knows."""
    try:
        of = kind(bundle.kind)
    except LookupError:
        raise BadBundle(
            T(f"この版に {bundle.kind} という種類はない", f"this version has no kind {bundle.kind}")
        ) from None
    head = Head(0, bundle.case, bundle.kind, bundle.opened_on, 0, "", 0, "", "")
    for fault in chain_faults(head, bundle.ledger):
        raise BadBundle(T(f"記録 {fault.seq}：{fault.text.ja}", f"entry {fault.seq}: {fault.text.en}"))
    known = {*index(of).acts, *KERNEL_ACTS}
    numbers = {row.seq for row in bundle.ledger}
    if not set(bundle.secrets) <= numbers:
        raise BadBundle(T("封緘された値に、その記録がない", "a sealed value belongs to no entry"))
    for row in bundle.ledger:
        if row.act not in known:
            raise BadBundle(T(f"記録 {row.seq}：この版に {row.act} という行為はない",
                              f"entry {row.seq}: this version has no act {row.act}"))  # fmt: skip
        for text in sealed_faults(row, _with_gaps(row, bundle.secrets.get(row.seq, ()))):
            raise BadBundle(T(f"記録 {row.seq}：{text.ja}", f"entry {row.seq}: {text.en}"))
    try:
        store.at_last(bundle.kind, rows.to_entries(bundle.ledger, bundle.secrets))
    except (ValueError, LookupError, OverflowError, TypeError) as error:
        raise BadBundle(T(f"導けない（{error}）", f"cannot be folded: {error}")) from None


def _with_gaps(row: Row, secrets: Sequence[Secret]) -> list[Secret]:
    """Sealed values that were not sent stand as if destroyed here."""
    sent = {s.field for s in secrets}
    held_back = [name for name in loads(row.sealed) if name not in sent]
    return [*secrets, *(Secret(name, None, None) for name in held_back)]


def _check_continues(bundle: Bundle, held: Head | None, ledger: Sequence[Row]) -> None:
    """That the bundle continues what is held, or is a part of it, and comes from the office that keeps the case."""
    for ours, theirs in zip(ledger, bundle.ledger, strict=False):
        if ours != theirs:
            raise BadBundle(T(f"記録 {ours.seq} から、ここにある事件と食い違う",
                              f"differs from the case held here from entry {ours.seq} on"))  # fmt: skip
    if held and not held.origin and restores.was_ours(bundle.case):
        return
    if held and len(bundle.ledger) > len(ledger) and bundle.sender not in keys.line(held.origin):
        keeper, sender = keys.name_of(held.origin or keys.own_key()), keys.name_of(bundle.sender)
        raise BadBundle(T(f"この事件を持つ機関の束でない（ここでは {keeper} の事件、この束は {sender} のもの）",
                          "not sent by the office that keeps this case: here it is kept as a case of "
                          f"{keeper}, this is sent by {sender}"))  # fmt: skip


def _coming_back(bundle: Bundle, held: int) -> Sequence[Row]:
    """The entries of a case of ours that a restore took back, as far as it is proven that they were here: an entry that
    this office has signed for holds all before it fast."""
    proven = restores.proven(bundle.case)
    upto = max((row.seq for row in bundle.ledger if proven.get(row.seq) == row.digest), default=0)
    if not upto:
        raise BadBundle(T("この事件はここにあったというが、それを示す受領証がない；kaname missing --receipts の後に",
                          "this case is said to have been kept here, but no receipt of ours shows it; bring one first: "
                          "kaname missing --receipts"))  # fmt: skip
    return bundle.ledger[held:upto]


def _write(bundle: Bundle, held: Head | None, new: Sequence[Row], series: str, origin: str) -> Head:
    """The new entries, their sealed values and the projection. Within the transaction. `origin`: "" a case of ours."""
    last = new[-1]
    if held is None:
        first = digest.genesis(bundle.case, bundle.kind, bundle.opened_on)
        number = store.numbers(series, 1)
        held = Head(0, bundle.case, bundle.kind, bundle.opened_on, number, origin, 0, first, "")
        held = held._replace(circle=series)
        held = held._replace(pk=store.insert_case(held, series, _opening_key(bundle, origin)))
    if not store.swap(held, last):
        raise BadBundle(_MOVED)
    for row in new:
        store.insert(held, row, _with_gaps(row, bundle.secrets.get(row.seq, ())))
    head = held._replace(head_seq=last.seq, head_digest=last.digest, head_at=last.recorded_at)
    projection.put(held.pk, projection.of(head, clock.today()))
    return head


def _opening_key(bundle: Bundle, origin: str) -> str:
    """Of a copy, a key of its own; of a case that comes back, the one under which it was opened: asked for again it is
    the same case."""
    if origin:
        return f"bundle/{bundle.case}"
    key = bundle.ledger[0].idempotency_key
    if again := store.opened_by(key):
        raise BadBundle(T(f"その間に事件 {again[0]} として出し直されている；食い違いは人が決めること",
                          f"it was filed again meanwhile, as case {again[0]}; people decide which stands"))  # fmt: skip
    return key
