"""`perform`: the only way in. Judge the act, append it, hand out the receipt once the database has made it durable.

The proof that no act is lost or written twice rests on three things, at any isolation level: a unique (case, seq), a
compare-and-swap of the head of the case, and the idempotency key. An act is judged outside the transaction; whoever
loses the race judges again while holding the head.
"""

from collections.abc import Callable, Mapping
from secrets import randbits

from django.db import transaction

from kaname.law import T
from kaname.ledger import at_once, clock, digest, link, projection, store
from kaname.ledger.errors import Moved, UnknownCase
from kaname.ledger.judging import Asked, Receipt, Step, again, judged, receipt_of, wrong_form
from kaname.ledger.kinds import kind
from kaname.ledger.persist import persist
from kaname.ledger.projection import Projected
from kaname.ledger.store import Head
from kaname.procedure import Entry, Reason, Refused
from kaname.procedure.fold import reaches_back


def perform(
    case: str, entry: Entry, *, idempotency_key: str, person: str = "", context: Mapping[str, str] | None = None,
    happened: bool = False, head: str = "",
) -> Receipt | Refused:  # fmt: skip
    """Do an act in a case (its public id). Returns the receipt after the commit, or every reason against.

    `idempotency_key`: chosen by the caller, one an act; the same key gives the same receipt and never a second entry.
    `person`: who did it. `context`: public ids of other cases, by the name under which the act takes from them.
    `happened`: a deed (事実行為) that a ban forbids was done all the same; it is recorded, as a breach.
    `head`: the digest of the last entry that the caller has seen; Moved is raised where another one has come.
    Raises UnknownCase, Moved, Busy, Full, CommitUnknown.
    """
    asked = Asked(entry, idempotency_key, person, context or {}, happened, head)
    if wrong := wrong_form(asked):
        return wrong
    return persist(lambda held: _attempt(case, asked, held))


def open_case(
    kind_id: str,
    entry: Entry,
    *,
    idempotency_key: str,
    person: str = "",
    context: Mapping[str, str] | None = None,
    series: str = "",
    beside: Callable[[int], None] | None = None,
) -> Receipt | Refused:
    """Open a case with its first act, both or neither. The same key opens no second case. `series`: of its number.

    `beside`: called with the key of the row in the same transaction, for what must come with the case or not at all.
    Raises LookupError for an unknown kind, and what `perform` raises.
    """
    asked = Asked(entry, idempotency_key, person, context or {})
    kind(kind_id)
    if wrong := wrong_form(asked):
        return wrong
    return persist(lambda _: _open(kind_id, asked, series, beside))


# -- one attempt ----------------------------------------------------------------------------------------------------


def _attempt(case: str, asked: Asked, held: bool) -> Receipt | Refused | None:
    """None: the race was lost."""
    if not held:
        found = _judge(case, asked, lock=False)
        if not isinstance(found, Step):
            return found
        done = _append_alone(found)
        return _receipt(found, done) if done else None
    with transaction.atomic(durable=True):
        found = _judge(case, asked, lock=True)
        done = _append(found) if isinstance(found, Step) else None
    if isinstance(found, Step):
        return _receipt(found, done) if done else None
    return found


def _judge(case: str, asked: Asked, lock: bool) -> Step | Receipt | Refused:
    known = store.head_and_key(case, asked.key, lock)
    if known is None:
        raise UnknownCase
    head, may_be_there = known
    if may_be_there and (found := store.by_key(head.pk, asked.key)):
        return again(head, asked, *found)
    if asked.head not in ("", head.head_digest):
        raise Moved
    if head.origin:
        text = T(
            "この事件は他の機関の台帳にある。行為はその機関で記録し、その束を取り込むこと",
            "this case is kept by another office; record the act there and import its bundle",
        )
        return Refused((Reason(text, code="office"),))
    before = store.standing(head)
    ledger = store.entries(head.pk) if reaches_back(before, asked.entry) else ()
    return judged(head, before, ledger, asked)


def _append_alone(new: Step) -> Projected | None:
    """A transaction of its own for an entry. None: the race was lost."""
    if new.secrets:  # their keys are read and made through Django
        with transaction.atomic(durable=True):
            return _append(new)
    shown = _projected(new)
    over = store.shown(new.head)
    if over is not None and link.in_one_statement():
        try:
            return shown if at_once.append(new.head, new.row, shown, over) else None
        except at_once.OtherRow:
            over = None
    with link.transaction():
        return _write(new, shown, over)


def _append(new: Step) -> Projected | None:
    """Within a transaction: swap the head, insert the entry, write the projection. None: the race was lost."""
    return _write(new, _projected(new), store.shown(new.head))


def _write(new: Step, shown: Projected, over: Projected | None) -> Projected | None:
    if not store.swap(new.head, new.row):
        return None
    store.insert(new.head, new.row, new.secrets)
    projection.put(new.head.pk, shown, over)
    return shown


def _projected(new: Step) -> Projected:
    return projection.projected(new.after, new.row.seq, new.row.digest, clock.today())


def _receipt(new: Step, shown: Projected | None) -> Receipt:
    """Only ever called after the commit."""
    if new.keep:
        store.keep(new.head.pk, new.row.digest, new.after)
    store.keep_shown(new.head, new.row.digest, shown)
    return receipt_of(new.head, new.row, new.warnings)


# -- a new case -----------------------------------------------------------------------------------------------------


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # as in Base32
_PAIRS = [a + b for a in _LETTERS for b in _LETTERS]


def new_id() -> str:
    """A random public id: 26 letters and digits, 130 bits."""
    bits = randbits(130)
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(0, 130, 10)])


def _open(kind_id: str, asked: Asked, series: str, beside: Callable[[int], None] | None) -> Receipt | Refused:
    known = store.opened_by(asked.key)
    if known:
        same = known[1] == kind_id and perform(
            known[0], asked.entry, idempotency_key=asked.key, person=asked.person, context=asked.context
        )
        return same or _again_elsewhere()
    case, opened_on = new_id(), asked.entry.on.isoformat()
    head = Head(0, case, kind_id, opened_on, 0, "", 0, digest.genesis(case, kind_id, opened_on), "")
    new = judged(head, store.at_last(kind_id, ()), (), asked)
    if isinstance(new, Refused):
        return new
    with transaction.atomic(durable=True):
        head = head._replace(number=store.numbers(series, 1), circle=series)
        head = head._replace(pk=store.insert_case(head, series, asked.key))
        new = new._replace(head=head)
        shown = _append(new)
        if beside:
            beside(head.pk)
    return _receipt(new, shown)


def _again_elsewhere() -> Refused:
    text = T(
        "この idempotency key は別の事件で使われた。新しい key を",
        "this idempotency key opened another case; choose a new one",
    )
    return Refused((Reason(text, field="idempotency_key", code="key"),))
