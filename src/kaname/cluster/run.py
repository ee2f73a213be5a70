"""Run a work: here or on a cluster, part by part into its folder."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.work import Arrays, Work


@dataclass(frozen=True, slots=True)
class Told:
    """How far a run is. `workers`: threads or processes at work on it now."""

    done: int
    parts: int
    workers: int


class Where(Protocol):
    """A place to run. `results` yields parts in whatever order they are finished, each once."""

    @property
    def workers(self) -> int: ...

    def results(self, work: Work, parts: Iterable[int]) -> Iterator[tuple[int, Arrays]]: ...


def run(work: Work, where: Where, kept: Checkpoint, told: Callable[[Told], None] = lambda _: None) -> None:
    """Finish all parts of a work that are not in its folder yet.

    Afterwards `kept.read(part)` has every part. Raises ClusterError: what was finished until then stays in the folder.
    """
    left = kept.left
    told(Told(kept.parts - len(left), kept.parts, where.workers))
    for done, (part, found) in enumerate(where.results(work, left) if left else (), kept.parts - len(left) + 1):
        kept.keep(part, found)
        told(Told(done, kept.parts, where.workers))
