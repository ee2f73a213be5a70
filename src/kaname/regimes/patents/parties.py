"""The parties bound by a designation, as runs: unnamed for the applicant, a short id for each sharing operator."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kaname.procedure.view import View

APPLICANT_RUN = ""  # the main subject of the case
_ID = re.compile(r"[A-Za-z0-9_.-]+")


def operators(view: View) -> tuple[str, ...]:
    """The sharing operators named in the designation, else in the answer of Art. 67(10)."""
    rows = view.fact("designation.operators") or view.fact("security_review.operators") or ()
    return tuple(dict.fromkeys(_names(rows)))


def parties(view: View) -> tuple[str, ...]:
    """The applicant and every sharing operator."""
    return (APPLICANT_RUN, *operators(view))


def _names(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The short id of each row; the name where it can serve as one; else the place in the list."""
    for number, row in enumerate(rows, 1):
        candidates = (str(row.get(key) or "") for key in ("id", "name"))
        yield next((c for c in candidates if _ID.fullmatch(c)), f"operator-{number}")
