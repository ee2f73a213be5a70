"""Random legal walks: from a random prefix of a worked case, acts that the case has not seen yet are preferred, days
are the eve, the day and the morrow of running ends, parties, persons and runs come from the case itself.

Uniform walks are nearly blind; these reach every act and state (asserted where they are used).
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kaname.procedure import Accepted, Entry, Standing, decide, fold, may, step
from kaname.procedure.declare import AnyCondition, CaseKind, Field, FieldType
from kaname.procedure.index import index

ONE_DAY = timedelta(days=1)
PARTIES = ("甲社", "乙社", "丙大学")


def read_ledger(path: Path) -> list[Entry]:
    """A ledger file as entries."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [entry_of(line, i) for i, line in enumerate(lines, 1)]


def entry_of(line: dict[str, Any], seq: int) -> Entry:
    instants = {k: datetime.fromisoformat(line[k]) for k in ("at", "recorded_at") if line.get(k)}
    texts = {k: line[k] for k in ("run", "by", "party") if k in line}
    return Entry(line["act"], date.fromisoformat(line["on"]), line.get("data", {}), **texts, **instants, seq=seq)


@dataclass
class Walk:
    """One walk: its ledger, its last standing, every (procedure, state) seen and every act done on the way."""

    kind: CaseKind
    rng: random.Random
    entries: list[Entry]
    standing: Standing
    acts: set[str] = field(default_factory=set)
    states: set[tuple[str, str]] = field(default_factory=set)

    def see(self, standing: Standing) -> None:
        self.standing = standing
        self.states |= {(t.procedure, t.state) for t in standing.tracks.values()}


def walk(kind: CaseKind, seeds: Sequence[Sequence[Entry]], rng: random.Random, steps: int, start: date) -> Walk:
    """A walk of up to `steps` accepted acts, from a random prefix of one of the seeds (or from nothing)."""
    seed = list(rng.choice(seeds)) if seeds else []
    entries = seed[: rng.randint(0, len(seed))]
    day = max((e.on for e in entries), default=start)
    here = Walk(kind, rng, entries, fold(kind, entries, day))
    for i in range(len(entries)):
        here.see(fold(kind, entries[: i + 1], max(e.on for e in entries[: i + 1])))
    here.acts |= {index(kind).acts[e.act].name for e in entries if e.act in index(kind).acts}
    for _ in range(steps):
        _take_one(here, day)
    return here


def _take_one(here: Walk, start: date) -> None:
    for _ in range(12):
        entry = _propose(here, start)
        if entry is None:
            return None
        answer = decide(here.standing, entry)
        if isinstance(answer, Accepted):
            here.entries.append(answer.entry)
            here.acts.add(answer.entry.act)
            here.see(answer.standing)
            return None
        if index(here.kind).acts[entry.act].act.deed and all(r.code == "ban" for r in answer.reasons):
            return _breach(here, entry)
    return None


def _breach(here: Walk, entry: Entry) -> None:
    """A deed can happen although it is forbidden: the ledger holds it, and the standing notes a breach."""
    done = replace(entry, seq=here.standing.seq + 1)
    after = step(here.kind, here.standing, done)
    assert after is not None
    assert any(n.kind == "breach" and n.entry == done.seq for n in after.notes)
    here.entries.append(done)
    here.acts.add(done.act)
    here.see(after)


def _propose(here: Walk, start: date) -> Entry | None:
    rng, standing = here.rng, here.standing
    day = rng.choice(days_to_try(standing, start))
    open_acts = [m for m in may(standing) if m.ready or (m.of.act.deed and all(r.code == "ban" for r in m.why))]
    if not open_acts:
        return None
    weights = [1 if m.of.name in here.acts else 6 for m in open_acts]
    chosen = rng.choices(open_acts, weights)[0]
    run = chosen.run or (_new_run(here) if chosen.of.procedure.per else "")
    role = rng.choice(chosen.of.act.roles)
    entry = Entry(
        chosen.of.name, day, by=role.id, run=run, party=run.split(":")[0] if chosen.of.procedure.is_run_of(role) else ""
    )
    data = {f.id: value(f, here, day) for f in chosen.of.act.fields if _fills(f, rng, chosen.of.act.conditions)}
    if chosen.of.act.received and rng.random() < 0.8:
        data["received_on"] = (day + ONE_DAY * rng.randint(0, 3)).isoformat()
    return Entry(entry.act, day, data, run, entry.by, entry.party)


def days_to_try(standing: Standing, start: date) -> list[date]:
    """From the last entry's day on: the same day, soon after, and around the ends of running clocks."""
    last = standing.last_on or start
    ends = [r.last_day for r in standing.clocks.values() if r.status == "running" and r.last_day]
    around = [end + ONE_DAY * k for end in ends for k in (-1, 0, 1) if end + ONE_DAY * k >= last]
    return [last, last + ONE_DAY, last + ONE_DAY * 9, *around, *around]


def _new_run(here: Walk) -> str:
    runs = [t.run for t in here.standing.tracks.values() if t.run]
    return here.rng.choice([*runs, *"abc", f"r{len(runs)}"])


def _fills(f: Field, rng: random.Random, conditions: Iterable[AnyCondition]) -> bool:
    return bool(f.required) or f.finding or rng.random() < 0.6


def value(f: Field, here: Walk, day: date) -> Any:
    """A value that fits a field, drawn from the case where it can be."""
    rng = here.rng
    match f.type:
        case FieldType.FLAG:
            return rng.random() < 0.85
        case FieldType.DAY:
            return (day + ONE_DAY * rng.choice([-400, -30, 0, 5, 30, 120, 364])).isoformat()
        case FieldType.INSTANT:
            return f"{day}T10:00:00+09:00"
        case FieldType.INTEGER | FieldType.YEN:
            return rng.choice([0, 1, 10, 25_000, 10**9])
        case FieldType.PERCENT:
            return rng.choice(["0", "10.95", "50"])
        case FieldType.IPC:
            return rng.sample(["F41G 7/00", "B63B 3/13", "B64C 39/02", "F41H 11/00", "A01B 1/00", "G21J 1/00"], 2)
        case FieldType.CHOICE:
            options = [o.id for o in f.options if not (o.since and o.since > day)]
            return [rng.choice(options)] if f.several else rng.choice(options)
        case FieldType.ROWS:
            return [{c.id: value(c, here, day) for c in f.columns} for _ in range(rng.randint(1, 2))]
        case FieldType.PARTY | FieldType.PERSON:
            known = [*here.standing.parties.values(), *PARTIES]
            chosen = rng.choice(known)
            return [chosen] if f.several else chosen
    return ["文書1"] if f.several else "文書1"
