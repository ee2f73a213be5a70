"""What an act changes: two standings of one day compared, told in words."""

from collections.abc import Iterator
from typing import NamedTuple

from kaname.law import T, Text
from kaname.procedure.index import index
from kaname.procedure.show import DutyNow, bans, duties
from kaname.procedure.standing import Standing, track_key

_STATUS = {
    "pending": T("起算日待ち", "waits to start"), "running": T("進行", "runs"), "met": T("履行", "met"),
    "ended": T("経過", "ended"), "stopped": T("停止", "stopped"),
}  # fmt: skip
_DUTY = {
    "open": T("生じる", "arises"), "done": T("済", "done"), "overdue": T("期限経過", "overdue"),
    "void": T("消滅", "void"),
}  # fmt: skip
SORTS = {
    "state": T("状態", "state"), "clock": T("期間", "clock"), "ban": T("禁止", "ban"), "duty": T("義務", "duty"),
}  # fmt: skip


class Change(NamedTuple):
    """One thing that changes: its sort (state, clock, ban, duty), what it is, and what becomes of it.

    `key` names it: a track, a clock, or `track.id` of a ban or duty.
    """

    sort: str
    key: str
    what: Text
    becomes: Text


def changes(before: Standing, after: Standing) -> list[Change]:
    """States entered, clocks started, set, met or stopped, bans and duties begun or over, what is gone altogether."""
    return [*_states(before, after), *_clocks(before, after), *_bans(before, after), *_duties(before, after),
            *_gone(before, after)]  # fmt: skip


def _states(before: Standing, after: Standing) -> Iterator[Change]:
    procedures = index(after.kind).procedures
    for key, now in after.tracks.items():
        was, procedure = before.tracks.get(key), procedures[now.procedure]
        if was is None or was.state != now.state:
            moved = label = procedure.label_of(now.state)
            if was is not None:
                source = procedure.label_of(was.state)
                moved = T(f"{source.ja} → {label.ja}", f"{source.en} -> {label.en}")
            yield Change("state", key, _named(after, key), moved)


def _named(standing: Standing, key: str) -> Text:
    """What a track is called: its procedure, and its run where it has one."""
    track = standing.tracks[key]
    label = index(standing.kind).procedures[track.procedure].label
    return T(*(" ".join(p for p in (said, track.run) if p) for said in (label.ja, label.en)))


def _clocks(before: Standing, after: Standing) -> Iterator[Change]:
    for key, now in after.clocks.items():
        was = before.clocks.get(key)
        if was is None or (was.status, was.last_day) != (now.status, now.last_day):
            until = (
                T(f"（{now.last_day} まで）", f" (to {now.last_day})")
                if now.last_day and now.status in ("running", "ended")
                else T("", "")
            )
            status = _STATUS[now.status]
            yield Change("clock", key, now.clock.label, T(status.ja + until.ja, status.en + until.en))


def _bans(before: Standing, after: Standing) -> Iterator[Change]:
    old, new = ({f"{track_key(b.of.procedure.id, b.run)}.{b.of.ban.id}": b.label for b in bans(s)}
                for s in (before, after))  # fmt: skip
    for key in (k for k in new if k not in old):
        yield Change("ban", key, new[key], T("始まる", "begins"))
    for key in (k for k in old if k not in new):
        yield Change("ban", key, old[key], T("終わる", "is over"))


def _duties(before: Standing, after: Standing) -> Iterator[Change]:
    old = _held(before)
    for key, now in _held(after).items():
        was = old.get(key)
        if was is None or was.status != now.status:
            status = _DUTY[now.status]
            due = T(f"（{now.due} まで）", f" (by {now.due})") if now.due and now.status == "open" else T("", "")
            yield Change("duty", key, now.of.duty.label, T(status.ja + due.ja, status.en + due.en))


def _held(standing: Standing) -> dict[str, DutyNow]:
    return {f"{track_key(d.of.procedure.id, d.run)}.{d.of.duty.id} {d.party}".rstrip(): d for d in duties(standing)}


def _gone(before: Standing, after: Standing) -> Iterator[Change]:
    """What a correction or an annulment takes away as if it had never been."""
    gone = T("なくなる", "is gone")
    for key in (k for k in before.tracks if k not in after.tracks):
        yield Change("state", key, _named(before, key), gone)
    for key in (k for k in before.clocks if k not in after.clocks):
        yield Change("clock", key, before.clocks[key].clock.label, gone)
    old, new = _held(before), _held(after)
    for key in (k for k in old if k not in new):
        yield Change("duty", key, old[key].of.duty.label, gone)
