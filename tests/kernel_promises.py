"""What must hold for every ledger of every kind."""

import json
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from kaname.days import recompute
from kaname.ledger.course import course_of, states_on
from kaname.procedure import Entry, Standing, as_data, at, fold, step
from kaname.procedure.declare import CaseKind
from kaname.procedure.explain import explain_clock
from kaname.procedure.index import index
from kaname.procedure.order import JAPAN
from kaname.procedure.standing import Running


def keeps_every_promise(kind: CaseKind, entries: Sequence[Entry], reached: Standing, rng: random.Random) -> None:
    """Assert all of them; `reached` is the standing that the walk came to by deciding act by act."""
    if not entries:
        return
    last = max(e.on for e in entries)
    full = fold(kind, entries, last)
    assert essence(reached) == essence(full), "what-if and act differ"
    assert essence(stepwise(kind, entries)) == essence(full), "incremental and full fold differ"
    annulled_is_never_entered(kind, entries, rng)
    nothing_known_is_nothing(kind, entries, last)
    course_tells_any_day(kind, entries, full, rng)
    for day in (last, last + timedelta(200)):
        sound(kind, at(kind, full, day), entries)


def essence(standing: Standing) -> dict[str, Any]:
    """A standing without the number of its last entry."""
    return {
        name: getattr(standing, name)
        for name in ("as_of", "tracks", "clocks", "facts", "done", "waiting", "bound", "parties", "notes", "course")
    }


def stepwise(kind: CaseKind, entries: Sequence[Entry]) -> Standing:
    """The ledger taken entry by entry in order of effect, as an office does."""
    standing = fold(kind, [], entries[0].on)
    for entry in entries:
        after = step(kind, standing, entry)
        assert after is not None
        standing = after
    return standing


def annulled_is_never_entered(kind: CaseKind, entries: Sequence[Entry], rng: random.Random) -> None:
    victim = rng.choice(entries)
    last = max(e.on for e in entries)
    number = len(entries) + 1
    annul = Entry("annul", last, {"entry": victim.seq}, seq=number)
    without = fold(kind, [e for e in entries if e.seq != victim.seq], last)
    assert essence(fold(kind, [*entries, annul], last)) == essence(without)
    restored = [*entries, annul, Entry("annul", last, {"entry": number}, seq=number + 1)]
    assert essence(fold(kind, restored, last)) == essence(fold(kind, entries, last))


def nothing_known_is_nothing(kind: CaseKind, entries: Sequence[Entry], last: date) -> None:
    before = datetime(1990, 1, 1, tzinfo=JAPAN)
    assert essence(fold(kind, entries, last, known_at=before)) == essence(fold(kind, [], last))


def course_tells_any_day(kind: CaseKind, entries: Sequence[Entry], full: Standing, rng: random.Random) -> None:
    """What the course says of a day is what folding up to that day says: where each track that ever moved stood."""
    course = course_of(full)
    days = sorted({date.fromisoformat(on) for on, _, _ in course})
    for day in {*rng.sample(days, min(3, len(days))), rng.choice(days) - timedelta(1)}:
        then = {key: t.state for key, t in fold(kind, entries, day).tracks.items() if t.since > date.min}
        assert {track: state for track, state in states_on(course, day).items() if track} == then, day


def sound(kind: CaseKind, standing: Standing, entries: Sequence[Entry]) -> None:
    """No clock runs in an ended track; each day explains itself; what is shown is plain data; bans are not past."""
    for running in standing.clocks.values():
        if running.status == "running" and not running.clock.lasting:
            state = standing.state(running.procedure, running.run)
            assert not state or not index(kind).procedures[running.procedure].is_end(state), running.key
        explains_itself(running, entries)
    for lang in ("ja", "en"):
        data = json.loads(json.dumps(as_data(standing, lang)))
        assert all(b["until"] is None or b["until"] >= data["as_of"] for b in data["bans"])
        assert data["next_change_on"] is None or data["next_change_on"] > data["as_of"]


def explains_itself(running: Running, entries: Sequence[Entry]) -> None:
    """The steps lead to the last day again; a day is `set` only where it starts a count or stands in an entry."""
    explained = explain_clock(running)
    if running.last_day is None:
        return
    assert recompute(explained.steps) == running.last_day, running.key
    written = {str(v) for e in entries for v in e.data.values()} | {str(d) for d in running.starts if d}
    counted = {str(s.counted[0]) for s in running.set_by if s.counted}
    assert {str(s.day) for s in explained.steps if s.op == "set"} <= written | counted, running.key
