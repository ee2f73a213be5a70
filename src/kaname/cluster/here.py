"""The processes of this machine."""

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from kaname.cluster.errors import kept
from kaname.cluster.work import Arrays, Work

_DEATHS = 3  # of a process with the same part under way, before the part is to blame


class Here:
    """`processes`: 0 takes one a core. A process that is killed is replaced, and what it had under way done again."""

    def __init__(self, processes: int = 0) -> None:
        self.workers = processes or os.cpu_count() or 1

    def results(self, work: Work, parts: Iterable[int]) -> Iterator[tuple[int, Arrays]]:
        """Raises ClusterError where processes die again and again."""
        paths = tuple(Path(one.path) for one in work.inputs)
        waiting, died = deque(parts), Counter[int]()
        while waiting:
            with ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn")) as pool:
                running: dict[Future[Arrays], int] = {}
                try:
                    while waiting or running:
                        while waiting and len(running) < 2 * self.workers:
                            running[pool.submit(_one, work, waiting[0], paths)] = waiting[0]
                            waiting.popleft()
                        for done in wait(running, return_when=FIRST_COMPLETED).done:
                            found = done.result()
                            yield running.pop(done), found
                except BrokenProcessPool:
                    died.update(running.values())
                    waiting.extendleft(sorted(running.values(), reverse=True))
            worst = died.most_common(1)
            if waiting and worst and worst[0][1] >= _DEATHS:
                part = worst[0][0]
                raise kept(f"部分 {part} の近くで処理のプロセスが{_DEATHS}回止められた（メモリー不足など）",
                           f"processes died {_DEATHS} times around part {part} (out of memory, perhaps)")  # fmt: skip


def _one(work: Work, part: int, paths: tuple[Path, ...]) -> Arrays:
    return work.run(part, paths)
