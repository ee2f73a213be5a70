"""The answer first: what a person must know of a case in a sentence, then what comes after it.

Everything is read off the declaration: a ban concerns who may do what it covers, a duty concerns who owes it, a chance
is an act of one's own that a running clock still leaves open.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import T, Text
from kaname.procedure import Standing, bans, duties
from kaname.procedure.ahead import BanKey
from kaname.procedure.index import ActOf, BanOf, full, index
from kaname.procedure.judge import says
from kaname.procedure.show import BanNow, DutyNow, May, owes
from kaname.procedure.standing import Running, track_key
from kaname.web.parts import dates

ONE = timedelta(days=1)
NEAR = 90  # days within which a chance is told before what is free already


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. `sort`: overdue, ban, due, chance, free or state; `why`: the clock it rests on; `day`: its day."""

    sort: str
    text: Text
    why: str = ""
    day: date | None = None


def answer(
    standing: Standing, roles: Collection[str], ends: Mapping[BanKey, date], possible: Iterable[May] = ()
) -> list[Line]:
    """The sentences for one who acts in some roles, the most pressing first. Without roles: for everybody.

    `ends` are the days on which bans end by time alone (`procedure.ahead.ends_by_time`), `possible` what may be done
    now (`procedure.may`).
    """
    owed = [d for d in duties(standing) if not roles or owes(d).id in roles]
    held = [b for b in bans(standing) if concerns(standing, b.of, roles)]
    chances = sorted(_chances(standing, roles, possible), key=_nearest)
    near = [c for c in chances if c.day and (c.day - standing.as_of).days <= NEAR]
    lines = [
        *_overdue(standing, owed),
        *_held(standing, held, ends),
        *sorted(_due(standing, owed), key=_nearest),
        *near,
        *_freed(standing, roles, {b.of.name for b in held}),
        *(c for c in chances if c not in near),
    ]
    return [*lines, _state(standing)]


def first(lines: list[Line], most: int = 5) -> list[Line]:
    """As many as can be taken in at a glance. The last, which says where the case stands, is always among them."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[-1]]


def _held(standing: Standing, held: list[BanNow], ends: Mapping[BanKey, date]) -> list[Line]:
    """The bans, the nearest end first; several without any end share a sentence."""
    lines = sorted((_ban(standing, b, ends) for b in held), key=_nearest)
    endless = [line for line in lines if line.day is None]
    if len(endless) < 2:
        return lines
    labels = [_named(b.label, b.run) for b in held if _ban(standing, b, ends).day is None]
    text = T(
        f"次のことはできません（禁止の終わる日は定まっていません）：{'、'.join(t.ja for t in labels)}。",
        f"Forbidden, with no day set on which the ban ends: {'; '.join(t.en for t in labels)}.",
    )
    return [*(line for line in lines if line.day), Line("ban", text)]


def concerns(standing: Standing, of: BanOf, roles: Collection[str]) -> bool:
    """Whether a ban binds one of the roles, or covers an act that one of them may do."""
    if not roles or of.ban.binds.binds(roles):
        return True
    acts = index(standing.kind).acts
    covered = [acts[name] for c in of.ban.covers if (name := full(of.procedure, c)) in acts]
    return any(r.id in roles for a in covered for r in a.act.roles)


def _nearest(line: Line) -> date:
    return line.day or date.max


def _overdue(standing: Standing, owed: list[DutyNow]) -> Iterator[Line]:
    late = [d for d in owed if d.status == "overdue" and d.due]
    for d in sorted(late, key=lambda d: d.due or date.max):
        assert d.due
        days, due, label = (standing.as_of - d.due).days, dates.screen(d.due), _named(d.of.duty.label, d.run)
        text = T(
            f"期限を{days}日過ぎています：{label.ja}（{due.ja}まで）。",
            f"Overdue by {days} {'day' if days == 1 else 'days'}: {label.en} (was due {due.en}).",
        )
        yield Line("overdue", text, clock_of(standing, d), d.due)


def _due(standing: Standing, owed: list[DutyNow]) -> Iterator[Line]:
    for d in owed:
        if d.status != "open" or d.of.duty.effort or d.of.duty.lasts:
            continue
        label = _named(d.of.duty.label, d.run)
        if d.due:
            due, left = dates.screen(d.due), dates.left(d.due, standing.as_of)
            text = T(f"{due.ja}まで（{left.ja}）：{label.ja}。", f"By {due.en} ({left.en}): {label.en}.")
            yield Line("due", text, clock_of(standing, d), d.due)
        elif d.of.duty.clock:
            yield Line("due", T(f"遅滞なく：{label.ja}。", f"Without delay: {label.en}."), clock_of(standing, d))
        else:
            yield Line("due", T(f"すること：{label.ja}。", f"To do: {label.en}."))


def clock_of(standing: Standing, d: DutyNow) -> str:
    """The key of the clock that a duty runs with, or ""."""
    if not d.of.duty.clock:
        return ""
    procedure, _, clock = full(d.of.procedure, d.of.duty.clock).partition(".")
    key = f"{track_key(procedure, d.run)}.{clock}"
    return key if key in standing.clocks else ""


def _ban(standing: Standing, b: BanNow, ends: Mapping[BanKey, date]) -> Line:
    label = _named(b.label, b.run)
    free = ends.get((b.of.procedure.id, b.run, b.of.ban.id))
    if free is None and b.until is None:
        text = T(
            f"{label.ja}はできません。禁止の終わる日は定まっていません。",
            f"Forbidden: {label.en}. No day is set on which the ban ends.",
        )
        return Line("ban", text)
    clock = _ends_on(standing, b, (free - ONE) if free else b.until)
    why = clock.key if clock else ""
    if free is None:
        assert b.until
        until = dates.screen(b.until)
        text = T(
            f"少なくとも{until.ja}まで、{label.ja}はできません。", f"At least until {until.en}, forbidden: {label.en}."
        )
        return Line("ban", text, why, b.until)
    last, first, only_if = dates.screen(free - ONE), dates.screen(free), _condition(b, clock)
    proviso = T(f"（条件：{only_if.ja}）", f", provided that: {only_if.en}") if only_if else \
        T("（ほかに何もなければ）", " if nothing else happens")  # fmt: skip
    text = T(
        f"{last.ja}まで、{label.ja}はできません。{first.ja}からできます{proviso.ja}。",
        f"Until {last.en}, forbidden: {label.en}. Free from {first.en}{proviso.en}.",
    )
    return Line("ban", text, why, free - ONE)


def _ends_on(standing: Standing, b: BanNow, last: date | None) -> Running | None:
    """The clock that ends a ban on its last day."""
    keys = _ending(b.of, b.run)
    return next((r for k in keys if (r := standing.clocks.get(k)) and r.later == last), None)


def _ending(of: BanOf, run: str) -> list[str]:
    return [
        f"{track_key(p, run if of.procedure.per else '')}.{c}" for p, _, c in (n.partition(".") for n in of.ends_with)
    ]


def _condition(b: BanNow, clock: Running | None) -> Text | None:
    """Under which condition the end of the clock frees: `only_if` of what the law does upon it."""
    if clock is None:
        return None
    name = f"{clock.procedure}.{clock.clock.id}"
    for c in b.of.procedure.consequences:
        if c.only_if and any(t.event == "end" and full(b.of.procedure, t.name) == name for t in c.upon):
            return says(c.only_if)
    return None


def _chances(standing: Standing, roles: Collection[str], possible: Iterable[May]) -> Iterator[Line]:
    """Acts of one's own that a running clock still leaves open."""
    owed = {clock_of(standing, d) for d in duties(standing)}
    for m in possible:
        if not m.ready or (roles and not any(r.id in roles for r in m.of.act.roles)):
            continue
        for clock in met_by(standing, m.of, m.run):
            if clock.last_day and clock.status == "running" and clock.key not in owed:
                last, left = dates.screen(clock.last_day), dates.left(clock.last_day, standing.as_of)
                label = _named(m.of.act.label, m.run)
                text = T(f"{last.ja}まで（{left.ja}）は、次のことができます：{label.ja}。",
                         f"Open until {last.en} ({left.en}): {label.en}.")  # fmt: skip
                yield Line("chance", text, clock.key, clock.last_day)


def met_by(standing: Standing, of: ActOf, run: str) -> list[Running]:
    """The clocks that an act meets."""
    names = [full(of.procedure, name).partition(".") for name in of.act.meets]
    keys = [f"{track_key(p, run)}.{c}" for p, _, c in names]
    return [standing.clocks[k] for k in keys if k in standing.clocks]


def _freed(standing: Standing, roles: Collection[str], held: Collection[str]) -> Iterator[Line]:
    """Bans that time has ended: never called a permission, only the day from which nothing stands in the way."""
    for of in index(standing.kind).bans:
        if of.name in held or not concerns(standing, of, roles):
            continue
        for run in [t.run for t in standing.tracks.values() if t.procedure == of.procedure.id]:
            ended = [r for k in _ending(of, run) if (r := standing.clocks.get(k)) and r.status == "ended" and r.later]
            if ended:
                first = min(ended, key=lambda r: r.later or date.max)
                assert first.later
                free, label = dates.screen(first.later + ONE), _named(of.ban.label, run)
                text = T(f"{free.ja}から、{label.ja}を妨げる禁止はありません（期間の経過による）。",
                         f"From {free.en} no ban stands against: {label.en} (the period has ended).")  # fmt: skip
                yield Line("free", text, first.key, first.later + ONE)


def _state(standing: Standing) -> Line:
    """Where the case stands: the procedure that moved last. What stands from the beginning (a ban) only follows others,
    as does what the law moves when an act arrives: then it is the procedure of that act.
    """
    moved = [t for t in standing.tracks.values() if t.since > date.min]
    if not moved:
        return Line("state", T("まだ何も記録されていません。", "Nothing is recorded yet."))
    procedures = index(standing.kind).procedures
    begun = [t for t in moved if not procedures[t.procedure].start]
    last = max(begun or moved, key=lambda t: (t.since, t.entry))
    last = next((t for t in begun if t.entry == last.entry != 0 and t.cause in index(standing.kind).acts), last)
    procedure = procedures[last.procedure]
    label, name, since = procedure.label_of(last.state), _named(procedure.label, last.run), dates.screen(last.since)
    return Line(
        "state", T(f"{name.ja}は{since.ja}から「{label.ja}」です。", f"{name.en}: {label.en} since {since.en}.")
    )


def _named(label: Text, run: str) -> Text:
    return T(f"{label.ja}（{run}）", f"{label.en} ({run})") if run else label
