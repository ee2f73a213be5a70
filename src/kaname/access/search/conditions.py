"""The conditions of a search as SQL: that a case has a piece of text somewhere, and how well it fits."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Expression, F, Lookup, Q, TextField

from kaname.access.search.asked import Piece
from kaname.ledger.models import Case

TRIGRAM = 3  # the index knows groups of three characters; fewer are looked for in every row
SAME, BEGINS, HOLDS = 0, 1, 2  # how well a case fits; SCALE of them go into one number with the key of the case
SCALE = 4


def has(piece: Piece, index: bool = True) -> Q:
    """That a case has a piece somewhere in what lies open: in its words, as its number or as one of its days.

    `index`: by that of the words where it can; without it for who looks through a few cases only.
    """
    found = Q()
    for key in piece.keys:
        found |= Q(words__has=key) if index and len(key) >= TRIGRAM else Q(words__contains=key)
    if piece.number is not None:
        found |= Q(case__in=Case.objects.filter(number=piece.number))
    if piece.day:
        found |= Q(next_due_on=piece.day)
        found |= Q(case__in=Case.objects.filter(opened_on=piece.day.isoformat()))
    return found


class Among(Expression):
    """The cases of a set of keys, however large: handed over as one value."""

    def __init__(self, cases: Any) -> None:
        super().__init__(output_field=BooleanField())
        self.case: Any = F("case_id")
        self.cases = tuple(cases)

    def get_source_expressions(self) -> list[Any]:
        return [self.case]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.case,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        case, params = compiler.compile(self.case)
        return f"{case} = ANY(%s)", [*params, list(self.cases)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        case, params = compiler.compile(self.case)
        return f"{case} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.cases)]


class Fit(Expression):
    """Key of the case times SCALE, and how well its words fit: a line that is the text, one that begins so, any other.

    `number`: the case of that number fits as well as a line that is the text.
    """

    def __init__(self, whole: str, number: int | None) -> None:
        super().__init__(output_field=BigIntegerField())
        self.words: Any = F("words")
        self.case: Any = F("case_id")
        self.whole, self.number = whole, number

    def get_source_expressions(self) -> list[Any]:
        return [self.words, self.case]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.words, self.case = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        words, _ = compiler.compile(self.words)
        case, _ = compiler.compile(self.case)
        find, line = ("instr", "char(10)") if connection.vendor == "sqlite" else ("strpos", "chr(10)")
        values: list[Any] = [f"\n{self.whole}", f"\n{self.whole}\n"]
        begins, same = f"{find}({line} || {words}, %s) > 0", f"{find}({line} || {words} || {line}, %s) > 0"
        fit = f"WHEN {begins} THEN CASE WHEN {same} THEN {SAME} ELSE {BEGINS} END ELSE {HOLDS} END"
        if self.number is not None:
            fit = f"WHEN {case} IN (SELECT id FROM ledger_case WHERE number = %s) THEN {SAME} {fit}"
            values.insert(0, self.number)
        return f"{case} * {SCALE} + CASE {fit}", values


@TextField.register_lookup
class Has(Lookup):
    """Three characters or more of the words of a case, by the index of the database (see `ledger.words`)."""

    lookup_name = "has"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [*params, f"%{escaped}%"]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        quoted = '"' + str(self.rhs).replace('"', '""') + '"'
        return f"{table}.case_id IN (SELECT rowid FROM ledger_words WHERE ledger_words MATCH %s)", [quoted]
