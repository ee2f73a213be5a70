"""Acts written down late, corrected, delivered and annulled in any order, against the same law told plainly.

`plainly` knows nothing of the kernel: no clocks, no heap, no consequences, just a loop over days.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from small_kinds import PERMIT

from kaname.procedure import Accepted, Entry, Refused, decide, fold
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kernel_promises import essence

ONE = timedelta(1)
FIRST = date(2026, 6, 1)
HOLIDAYS = {date(2026, 7, 20), date(2026, 8, 11), date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 23)}
FROM = {
    "apply": ("",), "acknowledge": ("filed",), "extend": ("filed", "recommended"), "recommend": ("filed",),
    "accept": ("recommended",), "refuse": ("recommended",), "order": ("refused", "silent"),
    "withdraw": ("filed", "recommended"),
}  # fmt: skip
TO = {"apply": "filed", "recommend": "recommended", "accept": "accepted", "refuse": "refused", "order": "ordered",
      "withdraw": "withdrawn"}  # fmt: skip
OVER = ("cleared", "ordered", "withdrawn")


@dataclass
class Plain:
    """Where the permit stands: its state, and the last days of what still runs."""

    state: str = ""
    standstill: date | None = None
    reply: date | None = None
    cap: date | None = None


def in_effect(entries):
    """The acts as annulled, corrected and delivered; an annulment annulled in its turn restores."""
    gone = set()
    for e in reversed(entries):
        gone |= {e.data["entry"]} if e.act == "annul" and e.seq not in gone else set()
    acts = {e.seq: e for e in entries if e.act not in KERNEL_ACTS}
    for e in entries:
        if e.act == "deliver" and e.seq not in gone:
            old = acts[e.data["entry"]]
            acts[old.seq] = replace(old, data={**old.data, "received_on": e.data["received_on"]})
        if e.act == "correct" and e.seq not in gone:
            acts[e.data["entry"]] = replace(acts[e.data["entry"]], on=date.fromisoformat(e.data["on"]))
    return sorted((e for seq, e in acts.items() if seq not in gone), key=lambda e: (e.on, e.seq))


def plainly(entries, as_of):
    acts = in_effect(entries)
    here, waiting = Plain(), []
    day = acts[0].on if acts else as_of + ONE
    while day <= as_of:
        _pass(here, day)
        for received in [w for w in waiting if w == day]:
            _receive(here, received, day)
        for e in (e for e in acts if e.on == day):
            if fits(here, e, day):
                _do(here, e, waiting)
                _pass(here, day)
        day += ONE
    return here


def _pass(here, day):
    """Periods whose last day is over: those of one day together."""
    while ended := min((d for d in (here.standstill, here.reply) if d and d < day), default=None):
        free, silent = here.standstill == ended, here.reply == ended
        here.standstill = None if free else here.standstill
        here.reply = None if silent else here.reply
        if free and here.state in ("filed", "accepted"):
            _enter(here, "cleared")
        if silent and here.state == "recommended":
            _enter(here, "silent")


def _enter(here, state):
    here.state = state
    if state in OVER:
        here.standstill = here.reply = None


def _receive(here, received, day):
    """Ten days from receipt, that day counted; by the second reading one more; then on to an open day."""
    if here.state != "recommended":
        return
    last = received + 10 * ONE
    while last.weekday() > 4 or last in HOLIDAYS:
        last += ONE
    here.reply = last
    _pass(here, day)


def four_months(day):
    """The first day counted: up to the day before the corresponding day, or to the month's last where there is none."""
    try:
        return date(day.year, day.month + 4, day.day) - ONE
    except ValueError:
        return date(day.year, day.month + 5, 1) - ONE


def fits(here, e, day):
    act = e.act.partition(".")[2]
    return here.state in FROM[act] and (act != "extend" or here.standstill is not None)


def _do(here, e, waiting):
    act = e.act.partition(".")[2]
    if act == "apply":
        here.standstill = e.on + 29 * ONE
        here.cap = four_months(e.on)
    if act == "extend":
        here.standstill = min(date.fromisoformat(str(e.data["ends_on"])), here.cap)
    if act in ("accept", "refuse"):
        here.reply = None
    if act in TO:
        _enter(here, TO[act])
    received = e.data.get("received_on") if act == "recommend" else None
    if received:
        received = date.fromisoformat(str(received))
        if received <= e.on:
            _receive(here, received, e.on)
        else:
            waiting.append(received)


def proposed(rng, entries):
    """An act or a change of an earlier one; near to what is there, and written down on a day of no consequence."""
    near = [(e.on - FIRST).days + k for e in entries[-3:] for k in (0, 1, 9, 10, 30)]
    on = FIRST + ONE * min(rng.choice([*near, rng.randint(0, 60)]), 75)
    acts = [e for e in entries if e.act not in KERNEL_ACTS]
    if acts and rng.random() < 0.4:
        how, named = rng.choice(("deliver", "correct", "correct", "annul")), rng.choice(acts)
        data = {"entry": rng.choice(entries).seq if how == "annul" else named.seq}
        if how == "deliver":
            data["received_on"] = (named.on + ONE * rng.randint(0, 4)).isoformat()
        if how == "correct":
            data["on"] = min(named.on + ONE * rng.randint(-12, 12), FIRST + 75 * ONE).isoformat()
        return Entry(how, on, data)
    state = plainly(entries, on).state
    fitting = [a for a in FROM if state in FROM[a]]
    act = rng.choice(fitting if fitting and rng.random() < 0.8 else list(FROM)) if entries else "apply"
    data = {}
    if act == "apply":
        data = {"name": "Kumo", "size": "large", "guarantee": "a"}
    if act == "extend":
        data = {"ends_on": (on + ONE * rng.randint(0, 40)).isoformat()}
    if act == "recommend":
        data = {"sound": True} | (
            {"received_on": (on + ONE * rng.randint(0, 4)).isoformat()} if rng.random() < 0.6 else {}
        )
    return Entry(f"permit.{act}", on, data)


def lawful(here, e):
    """What `decide` asks beyond what the fold asks."""
    if not fits(here, e, e.on):
        return False
    if e.act != "permit.extend":
        return True
    ends_on = date.fromisoformat(e.data["ends_on"])
    return max(e.on, here.standstill + ONE) <= ends_on <= here.cap


def walked(seed):
    """One case, decided entry by entry as an office does; the kernel and the plain law must agree at every step."""
    rng = random.Random(seed)
    entries, standing, seen = [], fold(PERMIT, ()), set()
    for _ in range(16):
        entry = proposed(rng, entries)
        answer = decide(standing, entry, ledger=entries)
        if entry.act not in KERNEL_ACTS:
            assert isinstance(answer, Accepted) == lawful(plainly(entries, entry.on), entry), (entries, entry)
        if isinstance(answer, Refused):
            continue
        if entry.act in KERNEL_ACTS:
            seen.add(entry.act)
        elif standing.last_on and entry.on < standing.last_on:
            seen.add("late")
        entries, standing = [*entries, answer.entry], answer.standing
        whole = fold(PERMIT, entries)
        assert essence(standing) == essence(whole), entries
        acts = in_effect(entries)
        for day in {acts[-1].on, acts[-1].on + 12 * ONE, rng.choice(acts).on} if acts else ():
            told, plain = fold(PERMIT, entries, day), plainly(entries, day)
            running = {r.clock.id: r.later for r in told.clocks.values() if r.status == "running" and r.later}
            ours = {k: v for k, v in (("standstill", plain.standstill), ("reply", plain.reply)) if v}
            assert (told.state("permit"), running) == (plain.state, ours), (day, entries)
            seen.add(plain.state)
    return seen


SEEDS = range(60)


def test_the_kernel_agrees_with_the_law_told_plainly():
    seen = set().union(*(walked(seed) for seed in SEEDS))
    assert seen >= {"deliver", "correct", "annul", "late", "", *TO.values(), *OVER, "silent"}


def judged_by_the_last_act(standing, entry):
    return entry.act in KERNEL_ACTS or (standing.last_on is not None and entry.on < standing.last_on)


def to_the_day_written(kind, entries, as_of=None, *more, **how):
    return fold(kind, entries, as_of or max((e.on for e in entries), default=None), *more, **how)


def without_what_lay_later(kind, entries, as_of=None, *more, **how):
    return fold(
        kind, [e for e in entries if as_of is None or e.on <= as_of or e.act in KERNEL_ACTS], as_of, *more, **how
    )


@pytest.mark.parametrize("planted", [
    {"reaches_back": judged_by_the_last_act, "fold": to_the_day_written}, {"fold": to_the_day_written},
    {"fold": without_what_lay_later},
])  # fmt: skip
def test_a_fault_is_found(planted, monkeypatch):
    for name, fault in planted.items():
        monkeypatch.setattr(import_module("kaname.procedure.decide"), name, fault)
    with pytest.raises(AssertionError):
        for seed in SEEDS:
            walked(seed)
