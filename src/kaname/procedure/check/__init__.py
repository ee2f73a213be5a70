"""Check a declaration before it runs: what it names exists, every clock is heard, every question can be asked.

    check(kind)  ->  (Problem(code, where, text), ...)    empty: nothing wrong was found

Misspelt names come first and alone, since all other checks build on them; then circles of consequences; then the rest.
What it cannot see is wrong law (a wrong role, article, first day): that is for conformance tests and worked cases.
"""

from collections.abc import Iterable

from kaname.procedure.check.clocks import check_clocks
from kaname.procedure.check.flow import check_circles, check_flow
from kaname.procedure.check.forms import check_forms
from kaname.procedure.check.names import check_names
from kaname.procedure.check.problem import Problem
from kaname.procedure.check.questions import check_questions
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index


def check(kind: CaseKind) -> tuple[Problem, ...]:
    """Every problem of a kind's declaration, each once, in order of family and declaration."""
    tables = index(kind)
    if misspelt := _once(check_names(kind, tables)):
        return misspelt
    if circles := _once(check_circles(kind, tables)):
        return circles
    return _once(
        (*check_forms(kind), *check_questions(kind, tables), *check_clocks(kind, tables), *check_flow(kind, tables))
    )


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


__all__ = ["Problem", "check"]
