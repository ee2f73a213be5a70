"""The whole ledger over all cores: ranges of cases, each worked through by a process with a connection of its own.

The processes are copies of this one (fork): they know the same kinds, the same clock and the same database, and nothing
of it has to be loaded again. What is small, lies in memory, or is held by an open transaction stays in this process.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

from kaname.ledger.models import Case

SIZE = 1000  # cases of a range: some seconds of work

Answer = TypeVar("Answer")


class Range(NamedTuple):
    """Cases by their keys, both included. `last` None: to the end, with what is opened meanwhile."""

    first: int
    last: int | None

    def __str__(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"


def joined(parts: Iterable[Range]) -> list[Range]:
    """Ranges that follow one another as one."""
    found: list[Range] = []
    for part in parts:
        if found and found[-1].last is not None and found[-1].last + 1 == part.first:
            found[-1] = Range(found[-1].first, part.last)
        else:
            found.append(part)
    return found


def ranges() -> list[Range]:
    """All cases, in the order of their keys."""
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    firsts = keys[::SIZE] or [0]
    return [Range(a, b - 1 if b else None) for a, b in zip(firsts, [*firsts[1:], None], strict=True)]


def count() -> int:
    """How many processes may work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over(
    parts: Sequence[Range], job: Callable[[Range], Answer], jobs: int = 0, read_only: bool = False
) -> Iterator[Answer | None]:
    """The answer of `job` to each range, in their order, whoever worked it out; None where its process died.

    `jobs`: so many processes, 0: one a core. What the job raises is raised here.
    """
    jobs = min(jobs or count(), len(parts))
    if jobs < 2 or not _can_part():
        yield from map(job, parts)
        return
    here = connections[DEFAULT_DB_ALIAS]
    connections.close_all()  # no process may inherit one: to close it there would lift the locks of SQLite here
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (job, read_only, here)) as pool:
        asked = [pool.submit(_work, part) for part in parts]
        try:
            for answer in asked:
                try:
                    yield answer.result()
                except BrokenProcessPool:
                    yield None
        finally:
            pool.shutdown(cancel_futures=True)


def _can_part() -> bool:
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    return "fork" in get_all_start_methods() and not connection.in_atomic_block and not in_memory


# -- in the process of a worker --------------------------------------------------------------------------------------

_job: Callable[[Range], Any]


def _begin(job: Callable[[Range], Any], read_only: bool, here: Any) -> None:
    """`here`: the database of the caller. Connections are kept by thread or by loop, and no loop runs in a copy."""
    global _job
    _job = job
    connections[DEFAULT_DB_ALIAS] = here
    if read_only:
        with connection.cursor() as cursor:
            sqlite = connection.vendor == "sqlite"
            cursor.execute("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on")


def _work(part: Range) -> Any:
    return _job(part)
