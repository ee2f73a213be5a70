"""Bans in sentences: until when something cannot be done, from when it can, at the latest and in the usual course.

The end of a ban by time is never called a permission: only the day is told from which nothing stands in the way.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.procedure.ahead import BanKey
from kaname.procedure.index import BanOf, full, index
from kaname.procedure.judge import says
from kaname.procedure.show import BanNow, May
from kaname.procedure.standing import Running, track_key
from kaname.web.case.line import Line, named, nearest
from kaname.web.parts import dates

ONE = timedelta(days=1)


def concerns(standing: Standing, of: BanOf, roles: Collection[str]) -> bool:
    """Whether a ban binds one of the roles, or covers an act that one of them may do."""
    if not roles or of.ban.binds.binds(roles):
        return True
    acts = index(standing.kind).acts
    return any(r.id in roles for name in _covered(of) if name in acts for r in acts[name].act.roles)


def _covered(of: BanOf) -> set[str]:
    return {full(of.procedure, c) for c in of.ban.covers}


# -- in force --------------------------------------------------------------------------------------------------------


def held_lines(standing: Standing, held: list[BanNow], ends: Mapping[BanKey, date]) -> list[Line]:
    """The bans, the nearest end first; several without any end share a sentence."""
    free = {b.of.name + b.run: ends.get((b.of.procedure.id, b.run, b.of.ban.id)) for b in held}
    endless = {act for b in held if free[b.of.name + b.run] is None and b.until is None for act in _covered(b.of)}
    lines = [_line(standing, b, free[b.of.name + b.run], bool(_covered(b.of) & endless)) for b in held]
    told = sorted(dict.fromkeys(line for line in lines if line.day), key=nearest)
    others = [b for b, line in zip(held, lines, strict=True) if line.day is None]
    if len(others) < 2:
        return [*told, *(line for line in lines if line.day is None)]
    labels = [named(b.label, b.run) for b in others]
    text = T(
        f"次のことはできません（禁止の終わる日は定まっていません）：{'、'.join(t.ja for t in labels)}。",
        f"Forbidden, with no day set on which the ban ends: {'; '.join(t.en for t in labels)}.",
    )
    return [*told, Line("ban", text)]


def _line(standing: Standing, b: BanNow, free: date | None, held_on: bool) -> Line:
    """`free`: from when it is free if nothing else happens. `held_on`: another ban without an end covers the same."""
    cannot = _cannot(b)
    if free is None and b.until is None:
        end = _end_of_the_endless(standing, b)
        return Line("ban", _of(b, f"{cannot.ja}。{end.ja}。", f"{cannot.en[0].upper()}{cannot.en[1:]}. {end.en}."))
    clock = _ends_on(standing, b, (free - ONE) if free else b.until)
    why = clock.key if clock else ""
    last = (free - ONE) if free else b.until
    assert last
    until = dates.screen(last)
    if free is None or held_on:
        text = _of(b, f"少なくとも{until.ja}まで、{cannot.ja}。", f"At least until {until.en}, {cannot.en}.")
        return Line("ban", text, why, last)
    only_if = _condition(b, clock)
    proviso = T(f"（条件：{only_if.ja}）", f", provided that: {only_if.en}") if only_if else \
        T("（ほかに何もなければ）", " if nothing else happens")  # fmt: skip
    first, can, worst = dates.screen(free), _can(b), _worst(standing, b, free)
    text = _of(
        b,
        f"{until.ja}まで、{cannot.ja}。{first.ja}から{can.ja}{proviso.ja}。{worst.ja}",
        f"Until {until.en}, {cannot.en}. {can.en} from {first.en}{proviso.en}.{worst.en}",
    )
    return Line("ban", text, why, last)


def _of(b: BanNow, ja: str, en: str) -> Text:
    """A plain sentence names the run at its head; a label has it behind."""
    return _plain(b.run, ja, en) if b.of.ban.plainly else T(ja, en)


def _plain(run: str, ja: str, en: str) -> Text:
    return T(f"{run}：{ja}", f"{run}: {en}") if run else T(ja, en)


def _cannot(b: BanNow) -> Text:
    if plainly := b.of.ban.plainly:
        return plainly.cannot
    label = named(b.label, b.run)
    return T(f"{label.ja}はできません", f"forbidden: {label.en}")


def _can(b: BanNow) -> Text:
    plainly = b.of.ban.plainly
    if plainly is None:
        return T("できます", "Free")
    return T(plainly.can.ja, f"{plainly.can.en[0].upper()}{plainly.can.en[1:]}")


def _end_of_the_endless(standing: Standing, b: BanNow) -> Text:
    """A ban that ends with a clock has no end before the clock has begun."""
    clocks = index(standing.kind).clocks
    waited = [clocks[name].label for name in b.of.ends_with if name in clocks]
    begun = [key for key in _ending(b.of, b.run) if key in standing.clocks]
    if b.of.ban.plainly and waited and not begun:
        return T(
            f"禁止の終わる日は「{waited[0].ja}」が始まると決まります",
            f"The ban has an end once this clock has begun: {waited[0].en}",
        )
    return T("禁止の終わる日は定まっていません", "No day is set on which the ban ends")


def _worst(standing: Standing, b: BanNow, free: date) -> Text:
    """From when it is free if what ends the ban is put off as far as the law allows."""
    if not b.of.ban.at_most:
        return T("", "")
    (key,) = _keys((full(b.of.procedure, b.of.ban.at_most),), b.of, b.run)
    cap = standing.clocks.get(key)
    if cap is None or cap.status != "running" or not cap.last_day or cap.last_day < free:
        return T("", "")
    day = dates.screen(cap.last_day + ONE)
    return T(f"上限まで延長されれば、{day.ja}からです。", f" If extended to the cap: from {day.en}.")


def _ends_on(standing: Standing, b: BanNow, last: date | None) -> Running | None:
    """The clock that ends a ban on its last day."""
    keys = _ending(b.of, b.run)
    return next((r for k in keys if (r := standing.clocks.get(k)) and r.later == last), None)


def _ending(of: BanOf, run: str) -> list[str]:
    return _keys(of.ends_with, of, run)


def _keys(names: Iterable[str], of: BanOf, run: str) -> list[str]:
    """The keys of clocks in a standing: those of the run, where the ban's procedure has runs."""
    return [f"{track_key(p, run if of.procedure.per else '')}.{c}" for p, _, c in (n.partition(".") for n in names)]


def _condition(b: BanNow, clock: Running | None) -> Text | None:
    """Under which condition the end of the clock frees: `only_if` of what the law does upon it."""
    if clock is None:
        return None
    name = f"{clock.procedure}.{clock.clock.id}"
    for c in b.of.procedure.consequences:
        if c.only_if and any(t.event == "end" and full(b.of.procedure, t.name) == name for t in c.upon):
            return says(c.only_if)
    return None


# -- over ------------------------------------------------------------------------------------------------------------


def freed_lines(
    standing: Standing, roles: Collection[str], held: list[BanNow], possible: Iterable[May]
) -> Iterator[Line]:
    """Bans that are over while what they covered is still to be done; by the end of a clock, or by an act."""
    names, covered = {b.of.name for b in held}, {act for b in held for act in _covered(b.of)}
    ready = {(m.of.name, m.run) for m in possible if not m.why}
    told: dict[Text, Line] = {}
    for of in index(standing.kind).bans:
        if of.name in names or not concerns(standing, of, roles):
            continue
        for run in [t.run for t in standing.tracks.values() if t.procedure == of.procedure.id]:
            if not _still_to_do(standing, of, run):
                continue
            line = _freed_by_time(standing, of, run)
            if line is None and of.ban.plainly and not (_covered(of) & covered) and of.ends_with:
                line = _freed_by_act(of, run) if any((act, run) in ready for act in _covered(of)) else None
            if line and line.text not in told:
                told[line.text] = line
    yield from told.values()


def _still_to_do(standing: Standing, of: BanOf, run: str) -> bool:
    """Whether an act the ban covers leads somewhere from where its procedure stands."""
    acts = index(standing.kind).acts
    for name in _covered(of):
        act = acts.get(name)
        if act is None:
            return True  # covered from outside: the ledger cannot tell
        if not act.moves or standing.state(act.procedure.id, run if act.procedure.per else "") in act.moves:
            return True
    return False


def _freed_by_time(standing: Standing, of: BanOf, run: str) -> Line | None:
    ended = [r for k in _ending(of, run) if (r := standing.clocks.get(k)) and r.status == "ended" and r.later]
    if not ended:
        return None
    first = min(ended, key=lambda r: r.later or date.max)
    assert first.later
    free = dates.screen(first.later + ONE)
    if plainly := of.ban.plainly:
        can = plainly.can
        text = _plain(run, f"{free.ja}から{can.ja}（期間の経過による）。",
                     f"From {free.en}, {can.en} (the period has ended).")  # fmt: skip
    else:
        label = named(of.ban.label, run)
        text = T(f"{free.ja}から、{label.ja}を妨げる禁止はありません（期間の経過による）。",
                 f"From {free.en} no ban stands against: {label.en} (the period has ended).")  # fmt: skip
    return Line("free", text, first.key, first.later + ONE)


def _freed_by_act(of: BanOf, run: str) -> Line:
    assert of.ban.plainly
    can = of.ban.plainly.can
    text = _plain(run, f"今は{can.ja}。妨げる禁止はありません。", f"Now {can.en}: no ban stands against it.")
    return Line("free", text)
