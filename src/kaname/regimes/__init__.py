"""The regimes of the Act, one folder each; they never import one another.

KINDS: every case kind by id (`patents.application`); `kind(id)` finds one, or says which there are.
"""

from difflib import get_close_matches

from kaname.procedure.declare import CaseKind
from kaname.regimes import patents

KINDS: dict[str, CaseKind] = {k.id: k for k in (*patents.KINDS,)}


def kind(id: str) -> CaseKind:
    """The case kind of an id. Raises LookupError naming the nearest ids."""
    if id in KINDS:
        return KINDS[id]
    near = get_close_matches(id, KINDS) or sorted(KINDS)
    raise LookupError(f"no case kind {id!r}; expected one of {', '.join(near)}")


__all__ = ["KINDS", "kind"]
