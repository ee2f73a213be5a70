"""`perform`: the only way in. Judge the act, append it, hand out the receipt once the database has made it durable.

The proof that no act is lost or written twice rests on three things, at any isolation level: a unique (case, seq), a
compare-and-swap of the head of the case, and the idempotency key. An act is judged outside the transaction; whoever
loses the race judges again, and after a few losses judges while holding the head.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import random
from secrets import token_bytes
from typing import Any, NamedTuple

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from kaname.law import T
from kaname.ledger import clock, digest, projection, reading, rows, store
from kaname.ledger.errors import Busy, CommitUnknown, Full, LedgerError, UnknownCase
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case, Counter
from kaname.ledger.rows import Row, Secret
from kaname.ledger.store import Head
from kaname.ledger.strict_json import NotStrict, canonical, loads
from kaname.procedure import Entry, Reason, Refused, Standing, decide
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS

_RACES, _CUTS = 40, 3
_UNLOCKED = 3  # losses after which an act is judged while holding the head


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an act was recorded: whoever holds it can show that the entry is missing or changed."""

    case: str
    number: int
    seq: int
    act: str
    effective_on: date
    recorded_at: str
    digest: str
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a door asks for."""

    entry: Entry
    key: str
    person: str = ""
    context: Mapping[str, str] = field(default_factory=dict)


class _Step(NamedTuple):
    """An accepted act, ready to be appended to the head it was judged upon."""

    head: Head
    row: Row
    secrets: list[Secret]
    after: Standing
    keep: bool
    warnings: tuple[Reason, ...]


def perform(
    case: str, entry: Entry, *, idempotency_key: str, person: str = "", context: Mapping[str, str] | None = None
) -> Receipt | Refused:
    """Do an act in a case (its public id). Returns the receipt after the commit, or every reason against.

    `idempotency_key`: chosen by the caller, one an act; the same key gives the same receipt and never a second entry.
    `person`: who did it. `context`: public ids of other cases, by the name under which the act takes from them.
    Raises UnknownCase, Busy, Full, CommitUnknown.
    """
    asked = Asked(entry, idempotency_key, person, context or {})
    if wrong := _wrong_form(asked):
        return wrong
    return _persist(lambda held: _attempt(case, asked, held))


def open_case(
    kind_id: str,
    entry: Entry,
    *,
    idempotency_key: str,
    person: str = "",
    context: Mapping[str, str] | None = None,
    series: str = "",
) -> Receipt | Refused:
    """Open a case with its first act, both or neither. The same key opens no second case. `series`: of its number.

    Raises LookupError for an unknown kind, and what `perform` raises.
    """
    asked = Asked(entry, idempotency_key, person, context or {})
    kind(kind_id)
    if wrong := _wrong_form(asked):
        return wrong
    return _persist(lambda _: _open(kind_id, asked, series))


def _wrong_form(asked: Asked) -> Refused | None:
    try:
        rows.check_entry(asked.entry, asked.person, asked.key)
    except NotStrict as wrong:
        return _refused(wrong)
    return None


def _refused(wrong: NotStrict) -> Refused:
    return Refused((Reason(wrong.text, field=wrong.field.removeprefix("data."), code="field"),))


# -- again until it is known ----------------------------------------------------------------------------------------


def _persist(attempt: Any) -> Receipt | Refused:
    """Try until there is an answer: after a lost race with patience, after a lost connection with the same key."""
    cuts = 0
    for races in range(_RACES):
        try:
            answer = attempt(races >= _UNLOCKED)
        except (OperationalError, InterfaceError) as error:
            cuts += not _is_conflict(error)
            if not _is_conflict(error):
                _tell(error, cuts)
            continue
        except IntegrityError:
            answer = None
        except DatabaseError as error:
            if full := _full(error):
                raise full from error
            raise
        if answer is not None:
            return answer
        time.sleep(random() * 0.002 * races)
    raise Busy


def _tell(error: Exception, cuts: int) -> None:
    """Raise what the user must know; a lost connection is first tried again, for the key makes that harmless."""
    if full := _full(error):
        raise full from error
    if "locked" in str(error) or "busy" in str(error):
        raise Busy from error
    connection.close()
    if cuts >= _CUTS:
        raise CommitUnknown from error
    time.sleep(0.05 * cuts)


def _full(error: Exception) -> LedgerError | None:
    return Full() if _state(error) == "53100" or "disk is full" in str(error) or "No space left" in str(error) else None


def _is_conflict(error: Exception) -> bool:
    """A database set to a stricter isolation, or a deadlock: nothing was written."""
    return _state(error) in ("40001", "40P01")


def _state(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


# -- one attempt ----------------------------------------------------------------------------------------------------


def _attempt(case: str, asked: Asked, held: bool) -> Receipt | Refused | None:
    """None: the race was lost."""
    if not held:
        step = _judge(case, asked, lock=False)
        if not isinstance(step, _Step):
            return step
        with transaction.atomic(durable=True):
            done = _append(step)
        return _receipt(step) if done else None
    with transaction.atomic(durable=True):
        step = _judge(case, asked, lock=True)
        done = isinstance(step, _Step) and _append(step)
    if isinstance(step, _Step):
        return _receipt(step) if done else None
    return step


def _judge(case: str, asked: Asked, lock: bool) -> _Step | Receipt | Refused:
    head = store.head(case, lock)
    if head is None:
        raise UnknownCase
    if found := store.by_key(head.pk, asked.key):
        return _again(head, asked, *found)
    if head.origin:
        text = T(
            "この事件は他の機関の台帳にある。行為はその機関で記録し、その束を取り込むこと",
            "this case is kept by another office; record the act there and import its bundle",
        )
        return Refused((Reason(text, code="office"),))
    before = store.standing(head)
    reaches_back = asked.entry.act in KERNEL_ACTS or (before.last_on is not None and asked.entry.on < before.last_on)
    ledger = store.entries(head.pk) if reaches_back else ()
    return _judged(head, before, ledger, asked)


def _judged(head: Head, before: Standing, ledger: Any, asked: Asked) -> _Step | Refused:
    """The kernel's answer as a row, or its reasons."""
    taken, heads = reading.context(asked.context, asked.entry.on)
    entry = replace(asked.entry, seq=head.head_seq + 1, recorded_at=clock.after(head.head_at))
    if heads:
        entry = replace(entry, data={**entry.data, "context": {"@heads": heads}})
    answer = decide(before, entry, taken, ledger)
    if isinstance(answer, Refused):
        return answer
    try:
        row, secrets = rows.to_row(
            before.kind, head.public_id, answer.entry, person=asked.person, key=asked.key, prev=head.head_digest
        )
    except NotStrict as wrong:
        return _refused(wrong)
    # What was taken from other cases is read back as plain JSON: the next act folds what is written, not what was held.
    return _Step(head, row, secrets, answer.standing, not heads and not ledger, answer.warnings)


def _append(step: _Step) -> bool:
    """Within a transaction: swap the head, insert the entry, write the projection. False: the race was lost."""
    if not store.swap(step.head, step.row):
        return False
    store.insert(step.head.pk, step.row, step.secrets)
    projection.put(step.head.pk, projection.projected(step.after, step.row.seq, step.row.digest, clock.today()))
    return True


def _receipt(step: _Step) -> Receipt:
    """Only ever called after the commit."""
    if step.keep:
        store.keep(step.head.pk, step.row.digest, step.after)
    return _receipt_of(step.head, step.row, step.warnings)


def _receipt_of(head: Head, row: Row, warnings: tuple[Reason, ...] = ()) -> Receipt:
    on = date.fromisoformat(row.effective_on)
    return Receipt(head.public_id, head.number, row.seq, row.act, on, row.recorded_at, row.digest, warnings)


# -- the same key again ---------------------------------------------------------------------------------------------


def _again(head: Head, asked: Asked, row: Row, secrets: list[Secret]) -> Receipt | Refused:
    """The receipt of what was recorded under the key, if it was this act."""
    if _is_same(head, asked, row, secrets):
        return _receipt_of(head, row)
    text = T(
        "この idempotency key は別の行為で使われた。行為ごとに新しい key を",
        "this idempotency key was used for another act; choose a new key for each act",
    )
    return Refused((Reason(text, field="idempotency_key", code="key"),))


def _is_same(head: Head, asked: Asked, row: Row, secrets: list[Secret]) -> bool:
    """Whether an asked act is the recorded one. What the kernel filled in (role, worked values) may come on top."""
    entry, of = asked.entry, index(kind(head.kind)).acts.get(asked.entry.act)
    given = (of.name if of else entry.act, entry.on.isoformat(), entry.run, entry.party, asked.person)
    if given != (row.act, row.effective_on, row.run, row.party, row.person) or entry.by not in ("", row.role):
        return False
    stored = {**loads(row.data), **{s.field: loads(s.value) for s in secrets if s.value is not None}}
    open_, hidden = rows.split(kind(head.kind), row.act, rows.plain(_typed(of, entry)))
    gone = {s.field for s in secrets if s.value is None}
    return all(
        name in gone or (name in stored and canonical(stored[name]) == canonical(value))
        for name, value in (*open_.items(), *hidden.items())
        if value is not None
    )


def _typed(of: Any, entry: Entry) -> Mapping[str, Any]:
    """The form as the kernel reads it, for comparing with what it wrote."""
    from kaname.procedure.forms import read_form

    return read_form(of.fields, entry.data)[0] if of else entry.data


# -- a new case -----------------------------------------------------------------------------------------------------


def new_id() -> str:
    """A random public id: 26 letters and digits, 130 bits."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(alphabet[b & 31] for b in token_bytes(26))


def numbers(series: str, count: int) -> int:
    """Take the next numbers of a series; returns the first. The caller's transaction holds the series till its end."""
    Counter.objects.get_or_create(series=series, defaults={"value": 0})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_counter SET value = value + %s WHERE series = %s RETURNING value", (count, series)
        )
        return int(cursor.fetchone()[0]) - count + 1


def _open(kind_id: str, asked: Asked, series: str) -> Receipt | Refused:
    known = Case.objects.filter(opening_key=asked.key).values_list("public_id", "kind").first()
    if known:
        same = known[1] == kind_id and perform(
            known[0], asked.entry, idempotency_key=asked.key, person=asked.person, context=asked.context
        )
        return same or _again_elsewhere()
    case, opened_on = new_id(), asked.entry.on.isoformat()
    head = Head(0, case, kind_id, opened_on, 0, "", 0, digest.genesis(case, kind_id, opened_on), "")
    step = _judged(head, store.at_last(kind_id, ()), (), asked)
    if isinstance(step, Refused):
        return step
    with transaction.atomic(durable=True):
        row = Case.objects.create(
            public_id=case,
            kind=kind_id,
            opened_on=opened_on,
            series=series,
            number=numbers(series, 1),
            opening_key=asked.key,
            head_digest=head.head_digest,
        )
        head = head._replace(pk=row.pk, number=row.number)
        step = step._replace(head=head)
        _append(step)
    return _receipt(step)


def _again_elsewhere() -> Refused:
    text = T(
        "この idempotency key は別の事件で使われた。新しい key を",
        "this idempotency key opened another case; choose a new one",
    )
    return Refused((Reason(text, field="idempotency_key", code="key"),))
