"""Judging: what a door asks, the kernel's answer as a row ready to be appended, and the same key asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from kaname.days import DayError
from kaname.law import T
from kaname.ledger import clock, reading, rows, store
from kaname.ledger.kinds import kind
from kaname.ledger.rows import Row, Secret
from kaname.ledger.store import Head
from kaname.ledger.strict_json import NotStrict, canonical, loads
from kaname.procedure import Accepted, Entry, Reason, Refused, Standing, decide, step
from kaname.procedure.forms import read_form
from kaname.procedure.index import index


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
    happened: bool = False
    head: str = ""


class Step(NamedTuple):
    """An accepted act, ready to be appended to the head it was judged upon."""

    head: Head
    row: Row
    secrets: list[Secret]
    after: Standing
    keep: bool
    warnings: tuple[Reason, ...]


def wrong_form(asked: Asked) -> Refused | None:
    """What is wrong with the form, before anything is read."""
    try:
        rows.check_entry(asked.entry, asked.person, asked.key)
    except NotStrict as wrong:
        return _refused(wrong)
    return None


def _refused(wrong: NotStrict) -> Refused:
    return Refused((Reason(wrong.text, field=wrong.field.removeprefix("data."), code="field"),))


def judged(head: Head, before: Standing, ledger: Sequence[Entry], asked: Asked) -> Step | Refused:
    """The kernel's answer as a row, or its reasons."""
    taken, heads = reading.context(asked.context, asked.entry.on)
    entry = asked.entry.numbered(head.head_seq + 1, clock.after(head.head_at))
    if heads:
        entry = replace(entry, data={**entry.data, "context": {"@heads": heads}})
    answer = decided(before, entry, taken, ledger)
    if isinstance(answer, Refused) and asked.happened:
        answer = as_it_happened(before, entry, ledger, answer)
    if isinstance(answer, Refused):
        return answer
    try:
        row, secrets = rows.to_row(
            before.kind, head.public_id, answer.entry, person=asked.person, key=asked.key, prev=head.head_digest
        )
    except NotStrict as wrong:
        return _refused(wrong)
    # What was taken from other cases is read back as plain JSON: the next act folds what is written, not what was held.
    return Step(head, row, secrets, answer.standing, not heads, answer.warnings)


def decided(
    before: Standing, entry: Entry, taken: Mapping[str, Standing], ledger: Sequence[Entry]
) -> Accepted | Refused:
    """The kernel's answer; a day from which a period cannot be counted is a refusal too."""
    try:
        return decide(before, entry, taken, ledger)
    except DayError as error:
        return Refused((Reason(error.text, field="on", code="day"),))
    except OverflowError:
        text = T("期間が暦の範囲を超える", "a period leaves the calendar")
        return Refused((Reason(text, field="on", code="day"),))


def as_it_happened(before: Standing, entry: Entry, ledger: Sequence[Entry], refused: Refused) -> Accepted | Refused:
    """A deed that only a ban stands against happened all the same: it is recorded, its reasons go along as warnings."""
    of = index(before.kind).acts.get(entry.act)
    if of is None or not of.act.deed or any(reason.code != "ban" for reason in refused.reasons):
        return refused
    by = entry.by or (of.act.roles[0].id if len(of.act.roles) == 1 else "")
    entry = replace(entry, act=of.name, by=by)
    after = None if ledger else step(before.kind, before, entry)
    return Accepted(entry, after or store.at_last(before.kind.id, [*ledger, entry]), refused.reasons)


def receipt_of(head: Head, row: Row, warnings: tuple[Reason, ...] = ()) -> Receipt:
    on = date.fromisoformat(row.effective_on)
    return Receipt(head.public_id, head.number, row.seq, row.act, on, row.recorded_at, row.digest, warnings)


# -- the same key again ---------------------------------------------------------------------------------------------


def again(head: Head, asked: Asked, row: Row, secrets: list[Secret]) -> Receipt | Refused:
    """The receipt of what was recorded under the key, if it was this act."""
    if _is_same(head, asked, row, secrets):
        return receipt_of(head, row)
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
    values, unreadable = read_form(of.fields, entry.data) if of else (entry.data, ())
    if unreadable:
        return False
    stored = {**loads(row.data), **{s.field: loads(s.value) for s in secrets if s.value is not None}}
    open_, hidden = rows.split(kind(head.kind), row.act, rows.plain(values))
    gone = {s.field for s in secrets if s.value is None}
    return all(
        name in gone or (name in stored and canonical(stored[name]) == canonical(value))
        for name, value in (*open_.items(), *hidden.items())
        if value is not None
    )
