"""The machines of a cluster: Dask distributed, found by the address of its scheduler.

Workers may come and go: a part that a worker took with it is given to another one. A scheduler that goes away is waited
for; what it had under way is handed in anew. Inputs travel once to each machine and lie there in a folder of their own.
"""

import logging
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from kaname.cluster.code import version
from kaname.cluster.errors import ClusterError, kept
from kaname.cluster.work import Arrays, Input, Work
from kaname.files import arrays
from kaname.law import T

_PIECE = 16 << 20
_PATIENCE = 120.0  # seconds that a scheduler may stay away, and that a cluster may be without workers
_GLANCE = 0.02  # seconds between two looks at what is under way
_AGAIN = 5  # workers that a part may lose before it is to blame
_FOLDER = "KANAME_CLUSTER_FOLDER"  # of a worker: where inputs lie; else in the machine's folder for temporary files


class Cluster:
    """A cluster by address, such as tcp://10.0.0.5:8786, or tls://... with what Dask's own configuration says of keys.

    Raises ClusterError where nobody answers.
    """

    def __init__(self, address: str, patience: float = _PATIENCE, at_first: float = 15.0) -> None:
        self.address, self._patience = address, patience
        self._client: Any = None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in our own words
        self._connect(at_first)

    @property
    def workers(self) -> int:
        with suppress(Exception):  # asked for show only, maybe in the moment in which the scheduler goes
            return sum(self._client.nthreads().values())
        return 0

    def results(self, work: Work, parts: Iterable[int]) -> Iterator[tuple[int, Arrays]]:
        """Raises ClusterError: the scheduler stayed away, a part failed everywhere, or a worker has other code."""
        waiting, offers, fruitless = list(parts), False, 0
        while waiting:
            fruitless += 1
            try:
                for part, found in self._round(work, waiting, work.inputs if offers else ()):
                    waiting.remove(part)
                    fruitless = 0
                    yield part, found
            except _NoInput:
                offers = True
            except _Gone:
                self._connect(self._patience)
            if fruitless > _AGAIN:
                raise kept(f"{self.address} のクラスターでは何も終わらない",
                           f"nothing comes to an end on the cluster at {self.address}")  # fmt: skip

    def close(self) -> None:
        self._client.close(timeout=2)

    def _round(self, work: Work, parts: list[int], offered: tuple[Input, ...]) -> Iterator[tuple[int, Arrays]]:
        """As many as come while the scheduler is there. Raises _Gone, _NoInput, ClusterError."""
        held, scheduler = self._offer(offered), self._scheduler()
        todo = iter(list(parts))
        running: dict[Any, int] = {}
        try:
            while True:
                for part in islice(todo, max(self._width() - len(running), 0)):
                    running[self._submit(work, part)] = part
                if not running:
                    return
                done = [one for one in running if one.done()]
                for one in done:
                    part = running.pop(one)
                    yield part, self._result(one, part)
                # A client that has found another scheduler would wait for ever for what it asked of the last one.
                if not done and self._scheduler() != scheduler:
                    raise _Gone
                if not done:
                    time.sleep(_GLANCE)
        finally:
            for name in held:
                with suppress(Exception):  # the scheduler may be gone, and its data with it
                    self._client.unpublish_dataset(name)

    def _scheduler(self) -> str:
        """Which one the client has last connected to; "" while it has none. Asks nobody: an answer may never come."""
        return str(self._client._scheduler_identity.get("id")) if self._client.status == "running" else ""

    def _width(self) -> int:
        """Parts under way: enough that no worker waits, few enough that little is done twice."""
        return 3 * max(self.workers, 1)

    def _submit(self, work: Work, part: int) -> Any:
        key = f"kaname-{os.urandom(8).hex()}"  # never the key of an earlier attempt: its result may be gone
        return self._client.submit(_task, work, part, version(), pure=False, key=key)

    def _result(self, done: Any, part: int) -> Arrays:
        from distributed import CancelledError, KilledWorker

        try:
            found: Arrays = done.result(timeout=self._patience)
            return found
        except _OtherCode as error:
            raise ClusterError(error.text) from None
        except KilledWorker:
            lost = kept(f"部分 {part} を受けたワーカーが次々に止まった（メモリー不足など）",
                        f"workers died one after the other with part {part} (out of memory, perhaps)")  # fmt: skip
            raise lost from None
        except (CancelledError, TimeoutError, OSError) as error:
            raise _Gone from error

    def _offer(self, inputs: tuple[Input, ...]) -> list[str]:
        """Lay out inputs for machines that lack them: read piece by piece, held by the cluster, published by name."""
        names = []
        try:
            for one in inputs:
                name, held = _called(one), []
                with Path(one.path).open("rb") as file:
                    while piece := file.read(_PIECE):
                        held.append(self._client.scatter(piece, hash=False))
                with suppress(KeyError):
                    self._client.unpublish_dataset(name)
                self._client.publish_dataset(held, name=name)
                names.append(name)
        except (TimeoutError, OSError) as error:
            raise _Gone from error
        return names

    def _connect(self, patience: float) -> None:
        from distributed import Client

        end = time.monotonic() + patience
        if self._client is not None:
            self._client.close(timeout=1)
        while True:
            try:
                self._client = Client(self.address, timeout=min(5, patience), set_as_default=False)
                self._client.wait_for_workers(1, timeout=max(end - time.monotonic(), 1))
                return
            except (TimeoutError, OSError) as error:
                if time.monotonic() > end:
                    silent = kept(f"{self.address} のクラスターが答えない、又はワーカーがいない",
                                  f"no answer from the cluster at {self.address}, or it has no workers")  # fmt: skip
                    raise silent from error
                time.sleep(0.5)
            except ValueError as error:
                text = T(f"{self.address} はアドレスではない；tcp://ホスト:8786 の形で",
                         f"{self.address} is no address; expected tcp://HOST:8786")  # fmt: skip
                raise ClusterError(text) from error


class _Gone(Exception):
    """The scheduler does not answer any more."""


def _called(one: Input) -> str:
    return f"kaname-input-{one.digest}"


# -- on the worker -----------------------------------------------------------------------------------------------------


class _NoInput(Exception):
    """A worker's machine has not got an input, and nobody offers it (any more)."""


class _OtherCode(Exception):
    def __init__(self, ours: str, theirs: str) -> None:
        super().__init__(ours, theirs)
        self.text = T(f"ワーカーの Kaname は {theirs}、こちらは {ours}；同じ版を入れること",
                      f"a worker has Kaname {theirs}, this machine {ours}; install the same version")  # fmt: skip


def _task(work: Work, part: int, asked: str) -> Arrays:
    if (have := version()) != asked:
        raise _OtherCode(asked, have)
    return work.run(part, tuple(_on_this_machine(one) for one in work.inputs))


@cache
def _on_this_machine(one: Input) -> Path:
    """Where the file lies on this machine, its digest compared once by each process: at its own place, else a copy that
    one process fetches for all."""
    import fcntl

    own = Path(one.path)
    if _is(own, one):
        return own
    folder = Path(os.environ.get(_FOLDER) or Path(tempfile.gettempdir()) / f"kaname-inputs-{os.getuid()}")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = folder / one.digest
    with (folder / f"{one.digest}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is(copy, one) and arrays.put(copy, _fetched(one)) != one.digest:
            copy.unlink()
            raise OSError(f"input {one.digest} arrived changed")
    return copy


def _is(path: Path, one: Input) -> bool:
    with suppress(OSError):
        return path.is_file() and arrays.digest_of(path) == one.digest
    return False


def _fetched(one: Input) -> Iterator[bytes]:
    from distributed import worker_client

    try:
        with worker_client(separate_thread=False) as client:  # a thread given away could not be had back
            for piece in client.get_dataset(_called(one)):
                yield piece.result(timeout=60)
    except Exception as error:  # not offered, or lost with the worker that held it: either way it is offered anew
        raise _NoInput(one.digest) from error
