"""The regimes of the Act, one folder each; they never import one another.

KINDS: every case kind by id (`patents.application`); `kind(id)` finds one, or says which there are.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaname.procedure.declare import CaseKind

_REGIMES = ("patents", "infrastructure", "supply", "technology", "general")


class _Kinds(Mapping[str, "CaseKind"]):
    """Declared when first looked at: who only wants a table of a regime, as screening does, starts much faster."""

    @cached_property
    def _by_id(self) -> "dict[str, CaseKind]":
        return {k.id: k for regime in _REGIMES for k in import_module(f"kaname.regimes.{regime}.kinds").KINDS}

    def __getitem__(self, id: str) -> "CaseKind":
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


KINDS: "Mapping[str, CaseKind]" = _Kinds()


def kind(id: str) -> "CaseKind":
    """The case kind of an id. Raises LookupError naming the nearest ids."""
    if id in KINDS:
        return KINDS[id]
    near = get_close_matches(id, KINDS) or sorted(KINDS)
    raise LookupError(f"no case kind {id!r}; expected one of {', '.join(near)}")


__all__ = ["KINDS", "kind"]
