"""Sub-entrustments (再委託) of any depth: walked without recursion, circles and loose ends told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kaname.regimes.infrastructure.filing.content import Entrustment


@dataclass(frozen=True, slots=True)
class Tree:
    """Entrustments by their places. `rings`: circles, each once, as ids in order; `loose`: whose parent is not there;
    `twice`: ids that more than one entrustment bears."""

    roots: tuple[Entrustment, ...]
    below: dict[str, list[Entrustment]] = field(default_factory=dict)
    rings: tuple[tuple[str, ...], ...] = ()
    loose: tuple[Entrustment, ...] = ()
    twice: tuple[str, ...] = ()

    def walk(self) -> Iterator[tuple[int, Entrustment]]:
        """Every entrustment that hangs on a root with its tier (0: by the operator), parents before children."""
        ahead = [(0, one) for one in reversed(self.roots)]
        while ahead:
            tier, one = ahead.pop()
            yield tier, one
            ahead += [(tier + 1, child) for child in reversed(self.below.get(one.id, []))]


def tree_of(entrustments: Iterable[Entrustment]) -> Tree:
    """The tree of a plan's entrustments. One that stands in a circle, or below one, hangs on no root."""
    first: dict[str, Entrustment] = {}
    twice: dict[str, None] = {}
    for one in entrustments:
        if one.id in first:
            twice[one.id] = None
        else:
            first[one.id] = one
    below: dict[str, list[Entrustment]] = defaultdict(list)
    for one in first.values():
        if one.parent:
            below[one.parent].append(one)
    return Tree(
        tuple(one for one in first.values() if not one.parent), dict(below), tuple(_rings(first)),
        tuple(one for one in first.values() if one.parent and one.parent not in first), tuple(twice),
    )  # fmt: skip


def _rings(known: dict[str, Entrustment]) -> Iterator[tuple[str, ...]]:
    """From each entrustment upwards: whoever comes back to itself has found a circle. Every id is passed once."""
    done: set[str] = set()
    for start in known:
        path: dict[str, int] = {}
        here = start
        while here in known and here not in done and here not in path:
            path[here] = len(path)
            here = known[here].parent
        if here in path:
            yield tuple(list(path)[path[here] :])
        done.update(path)
