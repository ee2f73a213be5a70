"""The projection of a standing for lists: made at each entry, refreshed when a day has come, rebuilt at will."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

from kaname.law.alike import alike
from kaname.ledger import clock, course, link, store
from kaname.ledger.kinds import version
from kaname.ledger.models import CaseParty, Matter
from kaname.ledger.models import Standing as Row
from kaname.ledger.strict_json import canonical
from kaname.procedure import Pending, Standing, at, duties, next_change, pending, stage
from kaname.procedure.declare import CaseKind
from kaname.procedure.fingerprint import fingerprint

V = TypeVar("V")


class Projected(NamedTuple):
    """The columns of `ledger_standing` after the case, in the order of the table."""

    kind: str
    state: str
    states: str
    as_of: date
    next_due_on: date | None
    next_change_on: date | None
    planned_on: date | None
    breach: bool
    overdue: bool
    version: date
    reference: str
    words: str
    head_seq: int
    head_digest: str
    moves: str
    declared: str
    authority: str = ""
    parties: tuple[tuple[str, str], ...] = ()  # (role, party); from here on in tables of their own
    matters: tuple[Pending, ...] = ()


COLUMNS = Projected._fields[:-2]
_PUT = (
    f"INSERT INTO ledger_standing (case_id, {', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * (len(COLUMNS) + 1))}) "
    f"ON CONFLICT (case_id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in COLUMNS)} "
    "WHERE ledger_standing.head_seq <= excluded.head_seq"  # a refresh never overtakes an entry that came meanwhile
)


# A row that is as this process wrote it; its course is in no daily number yet.
AS_WRITTEN = "head_seq = %s AND as_of = %s AND NOT counted"
_FORGET_PARTIES = "DELETE FROM ledger_caseparty WHERE case_id = %s"
_FORGET_PARTY = f"{_FORGET_PARTIES} AND role = %s AND party = %s"
_PUT_PARTY = "INSERT INTO ledger_caseparty (case_id, role, party) VALUES (%s, %s, %s)"
_FORGET_MATTERS = "DELETE FROM ledger_matter WHERE case_id = %s"
_FORGET_MATTER = (
    f"{_FORGET_MATTERS} AND sort = %s AND name = %s AND run = %s AND role = %s AND day IS NOT DISTINCT FROM %s"
)
_PUT_MATTER = "INSERT INTO ledger_matter (case_id, sort, name, run, role, day) VALUES (%s, %s, %s, %s, %s, %s)"
MATTER_COLUMNS = ("case_id", *Pending._fields)


def projected(standing: Standing, head_seq: int, head_digest: str, today: date) -> Projected:
    """What a list shows of a case on a day (or on its last entry's, where that lies later)."""
    day = max(standing.as_of, today)
    change = next_change(standing)
    if change is not None and change <= day:
        standing = at(standing.kind, standing, day)
        change = next_change(standing)
    of_case = duties(standing)
    matters = pending(standing, of_case)
    parties = parties_of(standing)
    reference = next((str(v) for name in standing.kind.reference if (v := standing.fact(name))), "")
    main = stage(standing)
    return Projected(
        kind=standing.kind.id,
        state=main.state if main else "",
        states=canonical({key: track.state for key, track in standing.tracks.items()}),
        as_of=day,
        next_due_on=min((m.day for m in matters if m.day and m.is_due), default=None),
        next_change_on=change,
        planned_on=planned_on(standing.kind, standing.fact),
        breach=any(note.kind == "breach" for note in standing.notes),
        overdue=any(d.status == "overdue" for d in of_case),
        version=version(standing.kind, day),
        reference=reference[:256],
        words=words_of(reference, parties),
        head_seq=head_seq,
        head_digest=head_digest,
        moves=course.text_of(course.course_of(standing)),
        declared=fingerprint(standing.kind),
        authority=authority_of(standing.kind, standing.fact, day),
        parties=parties,
        matters=matters,
    )


def planned_on(kind: CaseKind, fact: Callable[[str], Any]) -> date | None:
    """For which day the matter is planned: the first of the particulars that the kind declares and the case has."""
    found = next((value for name in kind.planned if (value := fact(name))), None)
    return date.fromisoformat(found) if isinstance(found, str) else found


def authority_of(kind: CaseKind, fact: Callable[[str], Any], day: date) -> str:
    """Under whom the case falls by its particulars, "" where they do not tell."""
    return kind.authority.of(fact, day) if kind.authority else ""


def parties_of(standing: Standing) -> tuple[tuple[str, str], ...]:
    """(role, party) of everyone who takes part; a role of its own run is filled by everyone a run is named for, one
    that a particular names by whom it names."""
    named = own_runs(standing.kind)
    of_runs = ((role, t.run.split(":")[0]) for t in standing.tracks.values() if t.run for role in named[t.procedure])
    return tuple(sorted({*standing.parties.items(), *of_runs, *named_parties(standing.kind, standing.fact)}))


def named_parties(kind: CaseKind, fact: Callable[[str], Any]) -> Iterable[tuple[str, str]]:
    """(role, party) of the roles whose party a particular of the case names (`Role.named_by`)."""
    return [(role, str(party)) for role, name in _named_by(kind) if (party := fact(name))]


@cache
def _named_by(kind: CaseKind) -> tuple[tuple[str, str], ...]:
    roles = {r.id: r.named_by for p in kind.procedures for a in p.acts for r in a.roles if r.named_by}
    return tuple(roles.items())


@cache
def own_runs(kind: CaseKind) -> dict[str, tuple[str, ...]]:
    """The roles that are filled by whom a run is named for, by procedure."""
    return {p.id: tuple({r.id: None for a in p.acts for r in a.roles if p.is_run_of(r)}) for p in kind.procedures}


def words_of(reference: str, parties: Iterable[tuple[str, str]]) -> str:
    """What of a case may be searched in clear: its reference and its parties, made alike, a line each."""
    return "\n".join(dict.fromkeys([_alike(text) for text in (reference, *(party for _, party in parties)) if text]))


_alike = lru_cache(4096)(alike)  # references and parties lie open and come again and again; a title is never put here


def params(case: int, row: Projected) -> tuple[Any, ...]:
    """Values for the statement, days as the database takes them."""
    return many_params([(case, row)])[0]


def many_params(rows: Iterable[tuple[int, Projected]]) -> list[tuple[Any, ...]]:
    """The same for several cases."""
    stored = _storing()
    return [(case, *stored(row[: len(COLUMNS)])) for case, row in rows]


def _storing() -> Callable[[Iterable[Any]], Iterable[Any]]:
    """Values as the driver takes them: PostgreSQL days as they are, SQLite as text."""
    return _days_as_text if link.vendor() == "sqlite" else iter


def _days_as_text(values: Iterable[Any]) -> Iterable[Any]:
    return [v.isoformat() if type(v) is date else v for v in values]


def put(case: int, row: Projected, over: Projected | None = None) -> None:
    """Write the projection of one case. Within the caller's transaction. `over`: what was written last, if known."""
    if over is not None and _put_difference(case, row, over):
        return
    known: tuple[link.Statement, ...] = ()
    if row.head_seq > 1:
        course.uncount([case])
        known = (_FORGET_PARTIES, (case,)), (_FORGET_MATTERS, (case,))
    link.run_all([
        (_PUT, params(case, row)), *known,
        *((_PUT_PARTY, values) for values in party_params([(case, row)])),
        *((_PUT_MATTER, values) for values in matter_params([(case, row)])),
    ])  # fmt: skip


def _put_difference(case: int, row: Projected, over: Projected) -> bool:
    """Write only what differs. False: `over` lies there no more (a refresh came meanwhile), or its course has been
    counted; then nothing was done."""
    changed = [i for i in range(len(COLUMNS)) if row[i] != over[i]]
    stored = _storing()
    values = stored([*[row[i] for i in changed], case, over.head_seq, over.as_of])
    if link.run(_update(tuple(changed)), tuple(values)) != 1:
        return False
    others: list[link.Statement] = []
    if row.parties != over.parties:
        left, joined = differing(over.parties, row.parties)
        others += [*((_FORGET_PARTY, (case, *p)) for p in left), *((_PUT_PARTY, (case, *p)) for p in joined)]
    if row.matters != over.matters:
        gone, came = differing(over.matters, row.matters)
        others += [(_FORGET_MATTER, (case, *stored(m))) for m in gone]
        others += [(_PUT_MATTER, (case, *stored(m))) for m in came]
    link.run_all(others)
    return True


def differing(before: Sequence[V], after: Sequence[V]) -> tuple[list[V], list[V]]:
    """What is there no more, and what is there now."""
    old, new = set(before), set(after)
    return [one for one in before if one not in new], [one for one in after if one not in old]


@lru_cache(512)
def _update(changed: tuple[int, ...]) -> str:
    """The statement that changes these columns of a row."""
    set_ = ", ".join([f"{COLUMNS[i]} = %s" for i in changed])
    return f"UPDATE ledger_standing SET {set_} WHERE case_id = %s AND {AS_WRITTEN}"


def put_many(rows: Sequence[tuple[int, Projected]]) -> None:
    """Write the projections of several cases. Within the caller's transaction."""
    course.uncount([case for case, _ in rows])
    with connection.cursor() as cursor:
        cursor.executemany(_PUT, many_params(rows))
        _put_parties(cursor, rows)
        _put_matters(cursor, rows)


def _put_parties(cursor: Any, rows: Sequence[tuple[int, Projected]]) -> None:
    cursor.executemany(_FORGET_PARTIES, [(case,) for case, _ in rows])
    if found := party_params(rows):
        cursor.executemany(_PUT_PARTY, found)


def _put_matters(cursor: Any, rows: Sequence[tuple[int, Projected]]) -> None:
    cursor.executemany(_FORGET_MATTERS, [(case,) for case, _ in rows])
    if found := matter_params(rows):
        cursor.executemany(_PUT_MATTER, found)


def matter_params(rows: Iterable[tuple[int, Projected]]) -> list[tuple[Any, ...]]:
    """Rows of the table of pending matters. Cases that stand alike share theirs: each is put into columns once."""
    stored = _storing()
    known: dict[tuple[Pending, ...], list[tuple[Any, ...]]] = {}
    found = []
    for case, row in rows:
        columns = known.get(row.matters)
        if columns is None:
            columns = known[row.matters] = [tuple(stored(m)) for m in row.matters]
        found += [(case, *values) for values in columns]
    return found


def party_params(rows: Iterable[tuple[int, Projected]]) -> list[tuple[int, str, str]]:
    """Rows of the table of parties."""
    return [(case, role, party) for case, row in rows for role, party in row.parties]


def held(cases: Sequence[int]) -> dict[int, Projected]:
    """The projections of several cases as they are stored."""
    parties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for case, role, party in CaseParty.objects.filter(case__in=cases).values_list("case_id", "role", "party"):
        parties[case].append((role, party))
    matters: dict[int, list[Pending]] = defaultdict(list)
    for case, *found in Matter.objects.filter(case__in=cases).values_list(*MATTER_COLUMNS):
        matters[case].append(Pending._make(found))
    rows = Row.objects.filter(case__in=cases).values_list("case_id", *COLUMNS)
    return {case: Projected._make((*row, tuple(sorted(parties[case])), _sorted(matters[case]))) for case, *row in rows}


def _sorted(found: Iterable[Pending]) -> tuple[Pending, ...]:
    return tuple(sorted(found, key=Pending.order))


AT_ONCE = 250  # cases that a request brings up to date at the most: a third of a second
_left = False


def refresh(today: date | None = None, most: int = 0) -> int:
    """Bring up to date what a day has changed since it was stored. Lists call this before they read.

    Where a day changes more, who asks is not kept waiting: the rest is shown as it was (`is_behind`), and is left to
    the next requests and to `anew.catch_up`, which the office does by itself when the day begins. How many those are is
    a matter of the whole office: it says nothing of any one case.
    """
    global _left
    today, most = today or clock.today(), most or AT_ONCE
    due = list(stale_by_day(today).order_by("next_change_on", "pk").values_list("pk", flat=True)[: most + 1])
    _left = len(due) > most
    return again(due[:most], today) if due else 0


def is_behind() -> bool:
    """Whether lists, as they were last asked for here, show some cases as they stood before today."""
    return _left


def stale_by_day(today: date) -> QuerySet[Row]:
    """The rows that time alone has changed since they were stored."""
    return Row.objects.filter(next_change_on__lte=today)


def again(cases: list[int], today: date) -> int:
    """The rows of some cases made again. Folded first: nobody who acts waits for more than the writing."""
    made = folded(store.heads(cases), today)
    with transaction.atomic():
        now = store.heads(cases, lock=True)
        moved = folded([head for head in now if made[head.pk].head_digest != head.head_digest], today)
        put_many([(head.pk, moved.get(head.pk) or made[head.pk]) for head in now])
    return len(cases)


def folded(heads: Sequence[store.Head], today: date) -> dict[int, Projected]:
    """The projections of several cases from their entries, which are read together."""
    found = store.standings(heads)
    return {head.pk: projected(found[head.pk], head.head_seq, head.head_digest, today) for head in heads}


def of(head: store.Head, today: date) -> Projected:
    """The projection of a case from its entries."""
    return projected(store.standing(head), head.head_seq, head.head_digest, today)
