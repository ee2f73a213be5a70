"""Reading ahead and writing behind: each in a thread of its own, in order, a few batches deep."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pyarrow as pa

from kaname.files.batches import Batch
from kaname.files.writers import Write

Later = Callable[[Callable[[], pa.RecordBatch]], None]

_AHEAD = 4  # batches


@contextmanager
def ahead(batches: Iterator[Batch]) -> Iterator[Iterator[Batch]]:
    """The same batches; their reading begins at once and goes on while others are worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = deque(reader.submit(next, batches, None) for _ in range(_AHEAD))

        def in_order() -> Iterator[Batch]:
            while (batch := coming.popleft().result()) is not None:
                coming.append(reader.submit(next, batches, None))
                yield batch

        yield in_order()


@contextmanager
def behind(write: Write) -> Iterator[Later]:
    """A function that takes what makes a table, to be made and written meanwhile; all are written when the block ends.

    An error of a write comes out of a later call, or of the end of the block.
    """
    with ThreadPoolExecutor(1) as writer:
        pending: deque[Future[None]] = deque()

        def later(table: Callable[[], pa.RecordBatch]) -> None:
            while len(pending) > 1:
                pending.popleft().result()
            pending.append(writer.submit(lambda: write(table())))

        yield later
        for last in pending:
            last.result()
