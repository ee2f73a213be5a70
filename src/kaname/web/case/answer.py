"""The answer first: what a person must know of a case in a sentence, then what comes after it.

Everything is read off the declaration: a ban concerns who may do what it covers, a duty concerns who owes it, a chance
is an act of one's own that a running clock still leaves open.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from kaname.law import T
from kaname.procedure import Standing, bans, duties
from kaname.procedure.ahead import BanKey
from kaname.procedure.index import ActOf, full, index
from kaname.procedure.pending import label as label_of
from kaname.procedure.pending import pending, without_delay
from kaname.procedure.show import DutyNow, May, owes
from kaname.procedure.standing import Running, track_key
from kaname.web.case.banned import concerns, freed_lines, held_lines
from kaname.web.case.line import Line, named, nearest
from kaname.web.parts import dates

NEAR = 90  # days within which a chance is told before what is free already


def answer(
    standing: Standing, roles: Collection[str], ends: Mapping[BanKey, date], possible: Iterable[May] = ()
) -> list[Line]:
    """The sentences for one who acts in some roles, the most pressing first. Without roles: for everybody.

    `ends` are the days on which bans end by time alone (`procedure.ahead.ends_by_time`), `possible` what may be done
    now (`procedure.may`).
    """
    possible = list(possible)
    owed = [d for d in duties(standing) if not roles or owes(d).id in roles]
    held = [b for b in bans(standing) if concerns(standing, b.of, roles)]
    chances = sorted(_chances(standing, roles, possible), key=nearest)
    near = [c for c in chances if c.day and (c.day - standing.as_of).days <= NEAR]
    lines = [
        *_overdue(standing, owed),
        *held_lines(standing, held, ends),
        *sorted(_due(standing, owed), key=nearest),
        *near,
        *freed_lines(standing, roles, held, possible),
        *(c for c in chances if c not in near),
        *_waited_for(standing, owed),
    ]
    return [*(lines or sorted(_running(standing, roles), key=nearest)), _state(standing)]


def first(lines: list[Line], most: int = 5) -> list[Line]:
    """As many as can be taken in at a glance. The last, which says where the case stands, is always among them."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[-1]]


def _overdue(standing: Standing, owed: list[DutyNow]) -> Iterator[Line]:
    late = [d for d in owed if d.status == "overdue" and d.due]
    for d in sorted(late, key=lambda d: d.due or date.max):
        assert d.due
        days, due = (standing.as_of - d.due).days, dates.screen(d.due)
        label = named(d.of.duty.label, d.run, standing.kind.parties)
        text = T(
            f"期限を{days}日過ぎています：{label.ja}（{due.ja}まで）。",
            f"Overdue by {days} {'day' if days == 1 else 'days'}: {label.en} (was due {due.en}).",
        )
        yield Line("overdue", text, clock_of(standing, d), d.due)


def _waited_for(standing: Standing, owed: list[DutyNow]) -> Iterator[Line]:
    """Duties of others whose day is over: the reader waits for them."""
    late = [d for d in duties(standing) if d.status == "overdue" and d.due and d not in owed]
    for d in sorted(late, key=lambda d: d.due or date.max):
        assert d.due
        who, due, label = owes(d).label, dates.screen(d.due), named(d.of.duty.label, d.run, standing.kind.parties)
        text = T(
            f"相手の期限が過ぎています：{label.ja}（{who.ja}、{due.ja}まで）。",
            f"Others are overdue: {label.en} ({who.en}, was due {due.en}).",
        )
        yield Line("waiting", text, clock_of(standing, d), d.due)


def _due(standing: Standing, owed: list[DutyNow]) -> Iterator[Line]:
    for d in owed:
        if d.status != "open" or d.of.duty.effort or d.of.duty.lasts:
            continue
        label = named(d.of.duty.label, d.run, standing.kind.parties)
        if d.due:
            due, left = dates.screen(d.due), dates.left(d.due, standing.as_of)
            text = T(f"{due.ja}まで（{left.ja}）：{label.ja}。", f"By {due.en} ({left.en}): {label.en}.")
            yield Line("due", text, clock_of(standing, d), d.due)
        elif without_delay(standing.kind, d.of.name):
            yield Line("due", T(f"遅滞なく：{label.ja}。", f"Without delay: {label.en}."), clock_of(standing, d))
        else:
            yield Line("due", T(f"すること：{label.ja}。", f"To do: {label.en}."), clock_of(standing, d))


def clock_of(standing: Standing, d: DutyNow) -> str:
    """The key of the clock that a duty runs with, or ""."""
    if not d.of.duty.clock:
        return ""
    procedure, _, clock = full(d.of.procedure, d.of.duty.clock).partition(".")
    key = f"{track_key(procedure, d.run)}.{clock}"
    return key if key in standing.clocks else ""


def _chances(standing: Standing, roles: Collection[str], possible: Iterable[May]) -> Iterator[Line]:
    """Acts of one's own that a running clock still leaves open."""
    owed = {clock_of(standing, d) for d in duties(standing)}
    for m in possible:
        if not m.ready or (roles and not any(r.id in roles for r in m.of.act.roles)):
            continue
        for clock in met_by(standing, m.of, m.run):
            if clock.last_day and clock.status == "running" and clock.key not in owed:
                last, left = dates.screen(clock.last_day), dates.left(clock.last_day, standing.as_of)
                label = named(m.of.act.label, m.run, standing.kind.parties)
                text = T(f"{last.ja}まで（{left.ja}）は、次のことができます：{label.ja}。",
                         f"Open until {last.en} ({left.en}): {label.en}.")  # fmt: skip
                yield Line("chance", text, clock.key, clock.last_day)


def met_by(standing: Standing, of: ActOf, run: str) -> list[Running]:
    """The clocks that an act meets."""
    names = [full(of.procedure, name).partition(".") for name in of.act.meets]
    keys = [f"{track_key(p, run)}.{c}" for p, _, c in names]
    return [standing.clocks[k] for k in keys if k in standing.clocks]


def _running(standing: Standing, roles: Collection[str]) -> Iterator[Line]:
    """Clocks that one can end or extend by an act of one's own, as an inbox has them: the time there is left to act."""
    for p in pending(standing):
        if p.sort == "clock" and p.role in roles and p.day:
            procedure, _, clock = p.name.partition(".")
            last, left = dates.screen(p.day), dates.left(p.day, standing.as_of)
            label = named(label_of(standing.kind, p.sort, p.name)[0], p.run, standing.kind.parties)
            text = T(f"{last.ja}まで（{left.ja}）：{label.ja}。", f"Until {last.en} ({left.en}): {label.en}.")
            yield Line("due", text, f"{track_key(procedure, p.run)}.{clock}", p.day)


def _state(standing: Standing) -> Line:
    """Where the case stands: the procedure that moved last. What stands from the beginning (a ban) only follows others,
    as does what the law moves when an act arrives: then it is the procedure of that act.
    """
    moved = [t for t in standing.tracks.values() if t.since > date.min]
    if not moved:
        return Line("state", T("まだ何も記録されていません。", "Nothing is recorded yet."))
    procedures = index(standing.kind).procedures
    acts = index(standing.kind).acts
    begun = [t for t in moved if not procedures[t.procedure].start or t.cause in acts]
    last = max(begun or moved, key=lambda t: (t.since, t.entry))
    last = next((t for t in begun if t.entry == last.entry != 0 and t.cause in acts), last)
    procedure = procedures[last.procedure]
    label, since = procedure.label_of(last.state), dates.screen(last.since)
    name = named(procedure.label, last.run, standing.kind.parties)
    return Line(
        "state", T(f"{name.ja}は{since.ja}から「{label.ja}」です。", f"{name.en}: {label.en} since {since.en}.")
    )
