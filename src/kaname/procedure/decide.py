"""Decide: may this act be done, and if not, every reason why not with its provision. The same call is the what-if."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kaname.law import Bases, T
from kaname.procedure import forms, kernel_acts, timing
from kaname.procedure.apply import broken_bans, not_running
from kaname.procedure.declare import Clock, Extend, Field, FieldType, Option, Shorten, Worked
from kaname.procedure.fold import advance, fold, reaches_back, take, take_judged
from kaname.procedure.index import ActOf, index
from kaname.procedure.judge import NEEDS, in_force, verdict
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.order import names_earlier, numbered
from kaname.procedure.reasons import (
    no_such_act,
    not_yet_received,
    of_another_day,
    outside_calendar,
    received_before_issued,
    state_reason,
    too_early,
    version_reason,
    which_run,
    wrong_actor,
)
from kaname.procedure.standing import Entry, Note, Reason, Standing
from kaname.procedure.view import View
from kaname.procedure.work import Work


@dataclass(frozen=True)
class Accepted:
    """The act may be done: the entry to append, worked values and taken facts filled in, and the standing after it."""

    entry: Entry
    standing: Standing
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The act may not be done: every reason, each with its provision where the law gives one."""

    reasons: tuple[Reason, ...]


def decide(
    standing: Standing, entry: Entry, context: Mapping[str, Standing] | None = None, ledger: Sequence[Entry] = ()
) -> Accepted | Refused:
    """Judge one act upon a case. `standing` is the one at the last entry; `entry.by`/`party` name the actor.

    `context` gives other cases by the name under which the act takes from them. An entry that reaches back (before the
    day of the standing, or correct, annul, deliver) needs the `ledger`; its later victims come as warnings.
    """
    if reaches_back(standing, entry):
        return _reach_back(standing, entry, context, ledger)
    work = Work.on_top_of(standing)
    of = work.index.acts.get(entry.act)
    if of is None:
        return Refused((no_such_act(work.index, entry.act),))
    if entry.on > work.today and forms.in_calendar(entry.on):
        advance(work, entry.on)
    entry = _completed(entry, of, context, entry.seq or standing.seq + 1)
    reasons, warnings, values = _judge(work, of, entry)
    if reasons:
        return _refused(reasons, of.act.basis)
    entry = entry.filled(of.name, values)
    # A worked value is read as the fold will read it; of any other form nothing is left to be asked.
    (take if of.worked else take_judged)(work, entry)
    return Accepted(entry, work.standing(entry.on), warnings)


def _refused(reasons: Sequence[Reason], basis: Bases) -> Refused:
    """Every reason with a provision: a fault of form falls back on the provision of the act whose form it is."""
    return Refused(tuple(r if r.basis else replace(r, basis=basis) for r in reasons))


def _completed(entry: Entry, of: ActOf, context: Mapping[str, Standing] | None, seq: int) -> Entry:
    """The entry with its number, its only possible role, and what it takes from other cases copied in."""
    by = entry.by or (of.act.roles[0].id if len(of.act.roles) == 1 else "")
    taken = {t.id: dict(t.read(context[t.id])) for t in of.act.takes if t.id in context} if context else {}
    if by == entry.by and seq == entry.seq and not taken:
        return entry
    given = entry.data.get("context") or {}  # anything but fields is a fault of the form
    data = {**entry.data, "context": {**given, **taken}} if taken and isinstance(given, Mapping) else entry.data
    return Entry(entry.act, entry.on, data, entry.run, by, entry.party, entry.at, entry.recorded_at, seq)


def _judge(work: Work, of: ActOf, entry: Entry) -> tuple[tuple[Reason, ...], tuple[Reason, ...], Mapping[str, Any]]:
    """Reasons against, warnings, and the form's values with the worked ones filled in."""
    values, unread = forms.read_form(of.fields, entry.data)
    view = View(work.index, work, of.procedure, entry.run, entry.on, entry.filled(entry.act, values))
    reasons = [*wrong_actor(of, entry), *which_run(of, entry), *outside_calendar(entry), *of_another_day(entry)]
    reasons += (*forms.unknown_fields(of.fields, entry.data), *unread, *where(of, view))
    if of.worked:
        values, differing = _worked(of, view, values)
        reasons += differing
        view = View(work.index, work, of.procedure, entry.run, entry.on, entry.filled(entry.act, values))
    reasons += (*_asked(of, view, {r.field for r in unread}), *broken_bans(of, view), *_ends(work, of, view))
    for condition in of.act.conditions:
        reasons += verdict(condition, view).reasons
    advised = tuple(r for c in of.act.advice for v in (verdict(c, view),) if v.met is False for r in v.reasons)
    advised = (*advised, *_not_asked(of, view))
    if of.name in work.index.bites_on_receipt and view.given("received_on") is None:
        advised = (*advised, not_yet_received(of))
    return _once(reasons) if reasons else (), advised, values


def where(of: ActOf, view: View) -> tuple[Reason, ...]:
    """Version and state; a run that does not exist is named beside those that do."""
    if not in_force(of.act, view):
        return (version_reason(of.act, view),)
    if of.moves.get(view.state()) is not None:
        return too_early(of, view)
    reason = state_reason(of, view)
    runs = view.runs() if of.procedure.per and not view.state() else ()
    if runs:
        known = "、".join(r or "（本体）" for r in runs)
        text = T(f"{reason.text.ja}。ある run：{known}", f"{reason.text.en}; runs: {known}")
        reason = replace(reason, text=text, code="run")
    return (reason,)


def _worked(of: ActOf, view: View, values: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """Fill in worked values; a different value given needs a recorded reason."""
    filled, reasons = dict(values), []
    for field in of.worked:
        proposed = field.proposes(view) if field.proposes else None
        proposed = proposed.value if isinstance(proposed, Worked) else proposed
        if proposed is None:
            continue
        if field.id not in filled:
            filled[field.id] = proposed
        elif filled[field.id] != proposed and not filled.get(f"reason_for_{field.id}"):
            text = T("「{label}」は計算では {proposed}。異なる値 {given} には理由（reason_for_{id}）が要る",
                     "{label} works out as {proposed}; {given} needs a reason (reason_for_{id})")  # fmt: skip
            text = text.fill(label=field.label, proposed=proposed, given=filled[field.id], id=field.id)
            reasons.append(Reason(text, field.basis, field.id, "field"))
    return filled, tuple(reasons)


def _asked(of: ActOf, view: View, unread: Set[str]) -> tuple[Reason, ...]:
    """Required fields that are not filled in (of one that cannot be read that is said already); options and days that
    are not of this day.
    """
    asked = [f for f in of.act.fields if f.id not in unread]
    reasons = [not_filled(f) for f in asked if is_required(f, view) and view.given(f.id) in (None, "", ())]
    for field in asked:
        chosen = view.given(field.id)
        for option in field.options:
            if option.id in (chosen if isinstance(chosen, tuple) else (chosen,)) and not is_open(option, view.on):
                text = T(
                    f"「{option.label.ja}」はこの日には選べない", f"{option.label.en!r} cannot be chosen on this day"
                )
                reasons.append(Reason(text, option.basis, field.id, "field"))
    return (*reasons, *received_before_issued(of, view.on, view.received_on))


def _not_asked(of: ActOf, view: View) -> Iterator[Reason]:
    """Fields of another day: filled in all the same they do no harm. A "no" claims nothing."""
    for field in of.act.fields:
        if view.given(field.id) not in (None, False, "", ()) and not is_open(field, view.on):
            text = T("「{label}」はこの日の記載事項でない", "{label!r} is not asked for on this day")
            yield Reason(text.fill(label=field.label), field.basis, field.id, "field")


def is_open(element: Field | Option, on: date) -> bool:
    """Whether a field is asked for, or an option can be chosen, on a day."""
    return not ((element.since and on < element.since) or (element.until and on > element.until))


def is_required(field: Field, view: View) -> bool:
    """Whether a field must be filled in for this form."""
    if not is_open(field, view.on):
        return False
    if isinstance(field.required, bool):
        return field.required
    return verdict(field.required, view).met is True


def not_filled(field: Field) -> Reason:
    text = T(f"「{field.label.ja}」が未記入", f"{field.label.en!r} is not filled in")
    return Reason(text, field.basis, field.id, NEEDS)


def _ends(work: Work, of: ActOf, view: View) -> tuple[Reason, ...]:
    """Days that an authority sets: not in the past, not past the cap; a clock to be changed must be running."""
    reasons: list[Reason] = []
    for ref in of.act.starts:
        clock = work.index.clocks[f"{of.procedure.id}.{ref}" if "." not in ref else ref]
        day = view.given(clock.chosen) if clock.chosen else None
        if isinstance(day, date):
            capless = replace(clock, chosen=None)
            running = timing.start(view, capless, view.on, of.name, 0)
            reasons += _within(view, day, running.last_day, clock.chosen or "", clock.basis)
        reasons += _set_in_the_past(of, view, clock)
    changes: tuple[Extend | Shorten, ...] = (*of.act.extends, *of.act.shortens)
    for change in changes:
        running_now = view.clock(change.clock)
        if running_now is None or running_now.status != "running" or running_now.last_day is None:
            reasons.append(not_running(work, of, change.clock))
            continue
        day = view.given(change.to)
        if isinstance(day, date):
            extends = isinstance(change, Extend)
            cap = timing.cap_of(running_now, change) if isinstance(change, Extend) else running_now.last_day
            reasons += _within(view, day, cap, change.to, change.basis)
            if extends and day <= running_now.last_day:
                text = T(f"延長後の末日 {day} が今の末日 {running_now.last_day} より後でない",
                         f"the extended end {day} is not after the present end {running_now.last_day}")  # fmt: skip
                reasons.append(Reason(text, change.basis, change.to, "clock"))
    return tuple(reasons)


def _set_in_the_past(of: ActOf, view: View, clock: Clock) -> list[Reason]:
    """The days that this form sets for a clock which ends on a day set, not after a length: none may have passed."""
    ends = {count.at.day(view) for count in clock.counts if count.length is None}
    days = {f.id: view.given(f.id) for f in of.act.fields if f.type is FieldType.DAY} if ends else {}
    return [r for id, day in days.items() if day and day in ends for r in _within(view, day, None, id, clock.basis)]


def _within(view: View, day: date, cap: date | None, field: str, basis: Any) -> list[Reason]:
    if day < view.on:
        text = T(f"定める末日 {day} が過去の日である", f"the day set, {day}, lies in the past")
        return [Reason(text, basis, field, "clock")]
    if cap and day > cap:
        text = T(f"末日は遅くとも {cap}（{day} は超える）", f"the last lawful day is {cap}; {day} lies beyond it")
        return [Reason(text, basis, field, "clock")]
    return []


def _once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Each reason once, in the order in which they were found."""
    return tuple(dict.fromkeys(reasons))


# -- entries that reach back ----------------------------------------------------------------------------------------


def _reach_back(
    standing: Standing, entry: Entry, context: Mapping[str, Standing] | None, ledger: Sequence[Entry]
) -> Accepted | Refused:
    kind, entries = standing.kind, numbered(ledger)
    warned: tuple[Reason, ...] = ()
    entry = replace(entry, seq=entry.seq or max((e.seq for e in entries), default=standing.seq) + 1)
    if not entries and standing.seq:
        text = T("先の日に及ぶ記録には台帳全体が要る", "an entry that reaches back needs the whole ledger")
        return _refused((Reason(text, code="ledger"),), kind.procedures[0].basis)
    if entry.act in KERNEL_ACTS:
        if wrong := _kernel_act(standing, entry, entries):
            return _refused(wrong, _basis_of_target(standing, entry, entries))
    else:
        answer = decide(fold(kind, entries, entry.on), entry, context)
        if isinstance(answer, Refused):
            return answer
        entry, warned = answer.entry, answer.warnings
    old, new = (fold(kind, known, judge=True) for known in (entries, [*entries, entry]))
    return Accepted(entry, replace(new, notes=fold(kind, [*entries, entry]).notes), (*warned, *_victims(old, new)))


def _kernel_act(standing: Standing, entry: Entry, entries: Sequence[Entry]) -> tuple[Reason, ...]:
    """Everything wrong with a correction, an annulment or a delivery."""
    values, reasons = kernel_acts.read(entry)
    reasons = (*outside_calendar(entry), *of_another_day(entry), *reasons)
    target = next((e for e in entries if e.seq == values.get("entry")), None)
    if target is None or not names_earlier(entry, target):
        return (*reasons, kernel_acts.names_nothing(entry))
    of = index(standing.kind).acts.get(target.act)
    if reasons or of is None:
        return reasons
    if entry.act == kernel_acts.DELIVER:
        return _delivered(of, target, values["received_on"], entry.on)
    data = values["data"]
    return (*forms.read_form(of.fields, data)[1], *forms.unknown_fields(of.fields, data))


def _basis_of_target(standing: Standing, entry: Entry, entries: Sequence[Entry]) -> Bases:
    """The provision of the act that a kernel act names, else of the case's first procedure."""
    target = next((e for e in entries if e.seq == entry.data.get("entry")), None)
    of = index(standing.kind).acts.get(target.act) if target else None
    return of.act.basis if of else standing.kind.procedures[0].basis


def _delivered(of: ActOf, target: Entry, received_on: date, known_on: date) -> tuple[Reason, ...]:
    if not of.act.received:
        text = T(f"「{of.act.label.ja}」は到達を問わない行為である", f"{of.act.label.en!r} has no day of receipt")
        return (Reason(text, field="entry", code="field"),)
    if received_on > known_on:
        text = T(f"到達日 {received_on} が記録の日 {known_on} より後である",
                 f"the day of receipt, {received_on}, lies after the day of the record, {known_on}")  # fmt: skip
        return (Reason(text, of.act.basis, "received_on", "field"),)
    return received_before_issued(of, target.on, received_on)


def _victims(old: Standing, new: Standing) -> tuple[Reason, ...]:
    """Later entries that would now be irregular, doubtful or a breach, and were not before."""
    before = {(n.entry, n.kind) for n in old.notes}
    return tuple(_victim(n) for n in new.notes if (n.entry, n.kind) not in before)


def _victim(note: Note) -> Reason:
    words = {"irregular": T("効力を失う", "would have no effect"), "doubtful": T("疑義が生じる", "would be doubtful"),
             "breach": T("違反となる", "would be a breach")}[note.kind]  # fmt: skip
    why_ja, why_en = "；".join(r.text.ja for r in note.reasons), "; ".join(r.text.en for r in note.reasons)
    text = T(f"後の記録 {note.entry}（{note.act}、{note.on}）が{words.ja}：{why_ja}",
             f"later entry {note.entry} ({note.act}, {note.on}) {words.en}: {why_en}")  # fmt: skip
    return Reason(text, tuple(b for r in note.reasons for b in r.basis), code="order")
