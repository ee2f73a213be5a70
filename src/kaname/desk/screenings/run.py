"""The run: batch by batch out of the file and into the box, at once or in a thread of its own."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import token_bytes
from threading import Lock, Thread
from threading import enumerate as threads
from typing import Any

import pyarrow as pa
from django.db import close_old_connections
from django.utils import timezone

from kaname.desk.box import Filling
from kaname.desk.models import Screening
from kaname.desk.screenings.places import box, folder, given_file, laid_out
from kaname.files.batches import Batch
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T, Text
from kaname.regimes.patents.docket_file import screen, told

AT_ONCE = 1 << 20  # bytes that are screened while the page waits
DEAD = timedelta(minutes=2)  # a run that has not moved for so long has died with its process
SLICE = 4096  # rows sealed together: a page opens one or two of them
_ONE = Lock()  # the engine uses every core; two runs at a time would only halve each other
_log = logging.getLogger("kaname.desk")

State = Screening.State


def start(one: Screening) -> None:
    """Run it: at once if it is small, else in a thread of its own while the page shows how far it is."""
    one.state = State.RUNNING
    one.save()
    if one.size <= AT_ONCE:
        _run(one)
    else:
        Thread(target=_run_apart, args=(one.pk,), name=f"screening-{one.public_id}", daemon=True).start()


def running() -> list[Thread]:
    """The runs under way in this process."""
    return [thread for thread in threads() if thread.name.startswith("screening-")]


def is_dead(one: Screening) -> bool:
    return bool(one.state == State.RUNNING and timezone.now() - one.beat_at > DEAD)


def _run_apart(pk: int) -> None:
    close_old_connections()
    try:
        _run(Screening.objects.get(pk=pk))
    finally:
        close_old_connections()


def _run(one: Screening) -> None:
    from kaname.regimes.patents.docket import Docket  # brings a compiler along: only who screens waits for it

    folder(one).joinpath("rows").unlink(missing_ok=True)
    one.know(rows=token_bytes(32).hex())  # a box is filled once with a key: a second run has another
    kept_in, rows = box(one), one.name
    try:
        with (
            _ONE, kept_in.filling() as filling, laid_out(one) as path,
            open_reader(str(path), None, one.encoding) as reader,
        ):  # fmt: skip
            kept = _Kept(filling, lambda done: _beat(one, done))
            tally = screen(kept.passing(read(reader, one.columns)), Docket(), kept.put)
            placed = reader.place(tally.faults)
        problems = [*(told(rows, line, fault) for line, fault in placed), *tally.broken_off]
        one.batches, one.rows, one.bad = kept.batches, tally.rows, dict(tally.bad)
        one.state = State.DONE if tally.rows else State.FAILED
        one.know(problems=_plain(problems or ([] if tally.rows else [Problem(rows, 0, "", _NOTHING)])))
    except BadInput as wrong:
        one.state = State.FAILED
        one.know(problems=_plain(list(wrong.problems)))
    except Exception:
        _log.exception("screening failed", extra={"screening": one.public_id})
        one.state = State.FAILED
        one.know(problems=_plain([Problem(rows, 0, "", _BROKEN)]))
    if Screening.objects.filter(pk=one.pk).exists():  # its maker may have thrown it away meanwhile
        one.save()
    if one.state == State.DONE:
        given_file(one).unlink(missing_ok=True)


_NOTHING = T("データがない；1行以上が要る", "no rows; expected one or more")
_BROKEN = T(
    "判定が途中で止まった。もう一度実行するか、管理者に時刻を伝えること",
    "the screening stopped; run it again, or tell an administrator the time",
)


class _Kept:
    """Puts what was given and what came out side by side into the box, in slices."""

    def __init__(self, filling: Filling, beat: Callable[[int], None]) -> None:
        self._filling, self._beat = filling, beat
        self._given: list[dict[str, pa.Array]] = []
        self.batches: list[dict[str, Any]] = []
        self._rows = 0

    def passing(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        for batch in batches:
            self._given.append(batch.columns)
            yield batch

    def put(self, table: Callable[[], pa.RecordBatch]) -> None:
        made, given = table(), self._given.pop(0)
        columns = {f"in.{name}": _flat(array) for name, array in given.items() if name != "application_id"}
        columns |= dict(zip(made.schema.names, made.columns, strict=True))
        whole = pa.RecordBatch.from_pydict(columns)
        for first in range(0, len(whole), SLICE):
            part = whole.slice(first, SLICE)
            offset, size = self._filling.put(part)
            counts = Counter(part.column("outcome").to_pylist())
            self.batches.append({"at": offset, "size": size, "rows": len(part), "counts": dict(counts)})
        self._rows += len(whole)
        self._beat(self._rows)


def _flat(array: Any) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _beat(one: Screening, rows: int) -> None:
    if one.size > AT_ONCE:
        Screening.objects.filter(pk=one.pk).update(rows=rows, beat_at=timezone.now())


def _plain(problems: list[Problem]) -> list[dict[str, Any]]:
    return [{"line": p.line, "field": p.field, "ja": p.text.ja, "en": p.text.en} for p in problems[:100]]


def problem_texts(one: Screening) -> list[tuple[int, str, Text]]:
    return [(p["line"], p["field"], T(p["ja"], p["en"])) for p in one.known.get("problems", ())]
