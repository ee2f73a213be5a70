"""Why this day, why this state: the working, line by line, in both languages.

Each step carries its operation; `kaname.days.recompute` over the steps gives the result again. A `set` step stands only
for the start day and for a day that is written in an entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import (
    FIRST_KNOWN,
    Move,
    Step,
    closed_name,
    is_closed,
    move_basis,
    period,
    previous_open_day,
    recompute,
)
from kaname.law import Bases, Lang, T, Text, cited
from kaname.procedure.declare import Clock, Force, Kind
from kaname.procedure.index import UnknownName, index
from kaname.procedure.standing import OPENED_BY_TIME, Running, SetEnd, Standing
from kaname.procedure.timing import is_late


@dataclass(frozen=True)
class Explained:
    """The working of one day (or state): steps that lead to `result`, and `asides`, which do not decide it."""

    subject: Text
    basis: Bases
    steps: tuple[Step, ...]
    result: date | None
    asides: "tuple[Explained, ...]" = ()

    def lines(self, lang: Lang, day: date | None = None, indent: str = "") -> list[str]:
        """The working as text, provisions in brackets, under the numbers they bear on `day`."""
        cite = cited(self.basis, lang, day)
        out = [f"{indent}{self.subject[lang]}" + (f"  [{cite}]" if cite else "")]
        for step in self.steps:
            basis = cited(step.basis, lang, day)
            out.append(f"{indent}  {step.text[lang]}" + (f"  [{basis}]" if basis else ""))
        for aside in self.asides:
            out += aside.lines(lang, day, indent + "    ")
        return out


def explain(standing: Standing, name: str) -> Explained:
    """Explain a clock (`three_months`, `procedure.clock`, `procedure/run.clock`) or a track (`procedure/run`).

    Raises UnknownName, listing what there is, where the case has nothing of that name.
    """
    if name in standing.tracks:
        return explain_state(standing, name)
    found = find_clocks(standing, name)
    if not found:
        raise UnknownName(_what_there_is(standing, name))
    return explain_clock(found[0])


def find_clocks(standing: Standing, name: str) -> list[Running]:
    """The clocks a name can mean, exact key first."""
    if name in standing.clocks:
        return [standing.clocks[name]]
    return [r for r in standing.clocks.values() if name in (r.clock.id, f"{r.procedure}.{r.clock.id}")]


def _what_there_is(standing: Standing, name: str) -> str:
    known = ", ".join((*standing.clocks, *standing.tracks)) or "nothing yet"
    declared = name in index(standing.kind).clocks
    return (
        f"{name} has not started; there is: {known}" if declared else f"no clock or track {name!r}; there is: {known}"
    )


def explain_clock(running: Running) -> Explained:
    """The working of one clock: start, count, move, end as set by an entry, other counts, the second reading."""
    clock = running.clock
    if not clock.counts:
        text = T(f"{running.since} に始まる。遅滞なく行う義務で、末日の定めはない",
                 f"runs from {running.since}; to be done without delay, no last day is set")  # fmt: skip
        return Explained(clock.label, clock.basis, (Step("set", running.since, running.since, text),), None)
    if running.unmoved_last_day is None:
        waits = [count.at.label for count in clock.counts]
        text = T(f"起算日が来ていない：{'、'.join(t.ja for t in waits)}",
                 f"waits for its first day: {', '.join(t.en for t in waits)}")  # fmt: skip
        return Explained(clock.label, clock.basis, (Step("set", running.since, running.since, text),), None)
    asides = [*_other_counts(running), *_reading(running)]
    if running.set_by:
        last = running.set_by[-1]
        label = T("はじめに数えた末日", "the day as first counted")
        counted = Explained(label, clock.basis, tuple(_count_steps(running)), None)
        return Explained(clock.label, clock.basis, _set_steps(running, last), running.last_day, (counted, *asides))
    return Explained(clock.label, clock.basis, tuple(_count_steps(running)), running.last_day, tuple(asides))


def _count_steps(running: Running, i: int | None = None, plus: int = 0) -> Iterable[Step]:
    clock, i = running.clock, running.winner if i is None else i
    at, count = running.starts[i], running.clock.counts[i]
    assert at is not None
    move = clock.kind.move if at >= FIRST_KNOWN else Move.NONE
    counted = period(at, count.length, count.first_day, move, count.at.label).steps if count.length else ()
    if counted and not plus:
        return counted
    if count.length is None:
        text = T(f"その日が末日 {at}（{count.at.label.ja}）", f"that very day is the last: {at} ({count.at.label.en})")
        steps = [Step("set", at, at, text), *_stays(clock, at)]
    else:
        steps = [s for s in counted if s.op not in ("pass_closed", "stay")]  # the move comes after the added day
    if plus:
        day = steps[-1].day + timedelta(plus)
        assert clock.reading
        steps.append(
            Step("forward", plus, day, T(f"{clock.reading.label.ja}: {day}", f"{clock.reading.label.en}: {day}"))
        )
    return [*steps, *_moves(steps[-1].day, move)]


def safe_day(clock: Clock, day: date | None) -> date | None:
    """A date that an order or a request names stays on a closed day: the open day before it, which is safe."""
    if clock.kind is not Kind.DATE or clock.force is not Force.DEADLINE or day is None or day < FIRST_KNOWN:
        return None
    return previous_open_day(day) if is_closed(day, Move.AGENCY) else None


def _stays(clock: Clock, day: date) -> Iterable[Step]:
    if open_day := safe_day(clock, day):
        name = closed_name(day)
        text = T(f"{day} は{name.ja}だが、期間でなく暦日なので延びない。直前の開庁日 {open_day} が安全な日",
                 f"{day} is {name.en}; a date, not a period, it does not move: the safe day is {open_day},"
                 " the last open day before it")  # fmt: skip
        yield Step("stay", None, day, text, move_basis(Move.NONE))


def _moves(day: date, move: Move) -> Iterable[Step]:
    while is_closed(day, move):
        after = day + timedelta(1)
        name = closed_name(day)
        text = T(f"{day} は{name.ja}のため翌日 {after} へ", f"{day} is {name.en}; on to {after}")
        yield Step("pass_closed", move, after, text, move_basis(move))
        day = after


def _other_counts(running: Running) -> Iterable[Explained]:
    for i, at in enumerate(running.starts):
        if i != running.winner and at is not None:
            steps = tuple(_count_steps(running, i))
            subject = T(
                f"他の数え方（遅い方による）: {recompute(steps)}",
                f"another count (the later one counts): {recompute(steps)}",
            )
            yield Explained(subject, (), steps, recompute(steps))


def _reading(running: Running) -> Iterable[Explained]:
    reading = running.clock.reading
    if reading and running.later and not running.set_by:
        subject = T(f"別の読み方（未確認、論点{reading.question}）: {running.later}",
                    f"second reading (unverified, question {reading.question}): {running.later}")  # fmt: skip
        yield Explained(subject, (), tuple(_count_steps(running, plus=reading.plus)), running.later)


_HOW = {
    "chosen": T("定められた末日", "the end as set"),
    "extended": T("延長後の末日", "the end as extended"),
    "shortened": T("短縮後の末日", "the end as shortened"),
}


def _set_steps(running: Running, by: SetEnd) -> tuple[Step, ...]:
    how = _HOW[by.how]
    if not by.written and by.counted:
        label = T(f"延長による期間の初日、記録{by.entry}", f"first day of the extension, entry {by.entry}")
        return period(*by.counted, Move.NONE, label).steps
    day = running.last_day
    assert day is not None
    if by.cap and by.day > by.cap:
        text = T(
            f"記録{by.entry}は {by.day} とするが、末日は遅くとも {by.cap}",
            f"entry {by.entry} sets {by.day}; the last lawful day is {by.cap}",
        )
    else:
        cap = T(f"（遅くとも {by.cap}）", f" (at the latest {by.cap})") if by.cap else T("", "")
        text = T(f"{how.ja} {day}（記録{by.entry}）{cap.ja}", f"{how.en}: {day}, written in entry {by.entry}{cap.en}")
    return (Step("set", day, day, text),)


def explain_state(standing: Standing, key: str) -> Explained:
    """Why a track stands where it does: since when, and by which act or operation of law."""
    track = standing.tracks[key]
    tables = index(standing.kind)
    procedure = tables.procedures[track.procedure]
    label = procedure.label_of(track.state)
    subject = T(f"{procedure.label.ja}：{label.ja}", f"{procedure.label.en}: {label.en}")
    if not track.cause:
        text = T("はじめからの状態", "the state it has from the start")
        return Explained(subject, procedure.basis, (Step("set", None, standing.as_of, text),), None)
    if track.cause == OPENED_BY_TIME:
        text = T(f"{track.since} に、時の経過により始まった", f"opened by time on {track.since}")
        return Explained(subject, procedure.basis, (Step("set", track.since, track.since, text),), track.since)
    element = tables.element(track.cause)
    by = (
        T(f"記録{track.entry}による", f"by entry {track.entry}")
        if track.entry
        else T("時の経過による", "by the passage of time")
    )
    text = T(f"{track.since} から。{element.label.ja}（{by.ja}）", f"since {track.since}: {element.label.en} ({by.en})")
    return Explained(subject, element.basis, (Step("set", track.since, track.since, text),), track.since)


def status_text(running: Running) -> Text:
    """How a clock stands, in a word or two."""
    if running.status == "met":
        late = T("（期限後）", " (late)") if is_late(running) else T("", "")
        return T(f"{running.met_on} に履行{late.ja}", f"met on {running.met_on}{late.en}")
    return {
        "pending": T("起算日待ち", "waiting to start"),
        "running": T("進行中", "running"),
        "ended": T("経過", "ended"),
        "stopped": T("停止", "stopped"),
    }[running.status]
