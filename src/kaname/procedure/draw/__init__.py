"""Draw a declaration: flow charts as Mermaid, SVG, BPMN or JSON, derived from it and never kept beside it.

draw(kind, "svg", "ja", here={"first_review.under_review"})
draw(kind, "mermaid", "en", procedure="designation", as_of=date(2026, 4, 1))
"""

from collections.abc import Callable, Iterable
from datetime import date

from kaname.law import Lang
from kaname.procedure.declare import CaseKind, Procedure
from kaname.procedure.draw.as_json import as_json
from kaname.procedure.draw.bpmn import bpmn
from kaname.procedure.draw.graph import Graph, graphs
from kaname.procedure.draw.mermaid import mermaid
from kaname.procedure.draw.svg import svg

_FORMS: dict[str, Callable[[tuple[Graph, ...], Lang, date | None], str]] = {
    "mermaid": mermaid,
    "svg": svg,
    "bpmn": bpmn,
    "json": as_json,
}
FORMS = tuple(_FORMS)


def draw(
    subject: CaseKind | Procedure,
    form: str,
    lang: Lang = "ja",
    here: Iterable[str] | None = None,
    *,
    procedure: str = "",
    as_of: date | None = None,
) -> str:
    """The chart of a kind, of one `procedure` of it, or of a procedure alone, as text in one of `FORMS`.

    `here` are the states in which a case stands, as `procedure.state`; where one procedure is drawn, bare states do.
    With `as_of`, only what is in force on that day is drawn, under the numbers that provisions bear on it.
    Raises ValueError for an unknown form and UnknownName for an unknown procedure or state.
    """
    if form not in _FORMS:
        raise ValueError(f"no chart form {form!r}; expected one of {', '.join(FORMS)}")
    return _FORMS[form](graphs(subject, here or (), procedure, as_of), lang, as_of)


__all__ = ["FORMS", "draw"]
