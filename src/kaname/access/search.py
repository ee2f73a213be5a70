"""Search over numbers, references, names of parties and titles, from one character on; only what the person may know.

Every piece of the words typed must be found somewhere in a case. Words are made alike first (width, case, old and new
forms of characters); sealed titles are looked through only for people who may read them, and only in memory.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection as database
from django.db.models import Count, Lookup, Q, TextField

from kaname.access.lists import CaseRow, rows_of, shown
from kaname.access.models import Mandate, Person
from kaname.access.predicate import covers, mandates, rows_visible_to
from kaname.access.sealed import reveal_in_list
from kaname.ledger import clock, projection, titles
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.ledger.words import alike, marked

LONGEST, PIECES = 200, 6
TRIGRAM = 3  # the index knows groups of three characters; fewer are looked for in every row
MOST = 1000  # cases looked at where less than three characters are typed
TITLES = 1000  # cases with a title that fits, the newest first: more are asked to be narrowed down


@dataclass(frozen=True, slots=True)
class Hit:
    """A case found. `title` is "" where there is none or the person may not read it. Marks: (text, is it a hit)."""

    row: CaseRow
    title: str
    title_marks: tuple[tuple[str, bool], ...]
    reference_marks: tuple[tuple[str, bool], ...]
    party_marks: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Hits `start + 1` onwards of `total`; how many there are by kind and by (kind, state); the words as looked for."""

    hits: tuple[Hit, ...]
    start: int
    size: int
    total: int
    kinds: dict[str, int]
    states: dict[tuple[str, str], int]
    pieces: tuple[str, ...]
    cut: bool  # a piece stands in more titles, or in more cases, than were looked at


def search(
    person: Person, text: str, *, kind_id: str = "", state: str = "", start: int = 0, size: int = 20,
    today: date | None = None,
) -> Found:  # fmt: skip
    """What a person finds. An empty text finds nothing."""
    day = today or clock.today()
    pieces = tuple(alike(text[:LONGEST]).split()[:PIECES])
    if not pieces:
        return Found((), start, size, 0, {}, {}, (), False)
    projection.refresh(day)
    held = mandates(person, day)
    readers = [m for m in held if m.sealed]
    asked, cut = rows_visible_to(person, day, held), False
    for piece in pieces:
        one, more = _has(piece, readers)
        asked, cut = asked & one, cut or more
    if any(len(piece) < TRIGRAM for piece in pieces):
        # So little text may stand in every case. Along the index of words, or the newest first, as many as help anyone.
        order = ("-words", "-pk") if database.vendor == "sqlite" else ("-pk",)
        first = list(Row.objects.filter(asked).order_by(*order).values_list("pk", flat=True)[: MOST + 1])
        asked, cut = Q(pk__in=first[:MOST]), cut or len(first) > MOST
    facets = list(
        Row.objects.filter(asked)
        .order_by()
        .values("kind", "state")
        .annotate(n=Count("pk"))
        .values_list("kind", "state", "n")
    )
    kinds: Counter[str] = Counter()
    for kind, _, n in facets:
        kinds[kind] += n
    narrowed = Q(**{name: value for name, value in (("kind", kind_id), ("state", state)) if value})
    rows = Row.objects.filter(asked, narrowed).order_by("-case__opened_on", "-case_id")
    hits = rows_of(shown(rows[start : start + size]), day)
    total = sum(n for kind, s, n in facets if kind_id in ("", kind) and state in ("", s))
    return Found(
        tuple(_hits(person, hits, pieces)),
        start,
        size,
        total,
        dict(kinds),
        {(k, s): n for k, s, n in facets},
        pieces,
        cut,
    )


def _has(piece: str, readers: list[Mandate]) -> tuple[Q, bool]:
    """That a case has a piece of text somewhere; whether titles were cut off."""
    found = Q(words__has=piece) if len(piece) >= TRIGRAM else Q(words__contains=piece)
    if piece.isascii() and piece.isdigit() and len(piece) < 19:
        found |= Q(case__in=Case.objects.filter(number=int(piece)))
    if not readers:
        return found, False
    fits = sorted(titles.having(piece), reverse=True)
    return found | (Q(case__in=fits[:TITLES]) & covers(readers, "case")), len(fits) > TITLES


def _hits(person: Person, rows: list[CaseRow], pieces: tuple[str, ...]) -> list[Hit]:
    by_field: dict[str, list[str]] = {}
    for row in rows:
        if name := titles.title_field(row.kind):
            by_field.setdefault(name, []).append(row.case)
    said: dict[str, Any] = {}
    for name, cases in by_field.items():
        said |= reveal_in_list(person, cases, name, door="search")
    return [
        Hit(
            row, title := str(said.get(row.case) or ""), marked(title, pieces), marked(row.reference, pieces),
            tuple(marked(party, pieces) for party in row.parties),
        )
        for row in rows
    ]  # fmt: skip


@TextField.register_lookup
class Has(Lookup):
    """Three characters or more of the words of a case, by the index of the database (see `ledger.words`)."""

    lookup_name = "has"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return self._like(compiler, connection)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        quoted = '"' + str(self.rhs).replace('"', '""') + '"'
        return f"{table}.case_id IN (SELECT rowid FROM ledger_words WHERE ledger_words MATCH %s)", [quoted]

    def _like(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [*params, f"%{escaped}%"]
