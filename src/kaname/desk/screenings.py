"""Screenings of a docket for one person: begun, run, read a page at a time, answered, taken away, thrown away.

A run reads and writes batch by batch; what was given, encrypted on the disk, lies in clear in memory meanwhile, and is
removed when it has been read. What came out lies in a box whose key goes with the record, a day after it was made at
the latest.
"""

import io
import logging
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from threading import Lock, Thread
from threading import enumerate as threads
from typing import IO, Any

import pyarrow as pa
from django.db import close_old_connections, transaction
from django.utils import timezone

from kaname.access.models import Person
from kaname.access.vault import Broken
from kaname.desk import given, sheets
from kaname.desk.box import Box, Filling
from kaname.desk.models import Screening
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import Unpacked, WrongEncoding
from kaname.files.tables import Batch, format_of, open_reader, read
from kaname.law import T, Text
from kaname.regimes.patents.columns import REQUIRED
from kaname.regimes.patents.docket_file import FIELDS, lookalikes, screen, told
from kaname.regimes.patents.row import Looked, look, replaced
from kaname.site.home import home

KEPT = timedelta(days=1)
DEAD = timedelta(minutes=2)  # a run that has not moved for so long has died with its process
AT_ONCE = 1 << 20  # bytes that are screened while the page waits
MOST = 200 << 20  # bytes of a file
PAGE = 50
_SLICE = 4096  # rows sealed together: a page opens one or two of them
_ONE = Lock()  # the engine uses every core; two runs at a time would only halve each other
_log = logging.getLogger("kaname.desk")

State = Screening.State


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a result: its number, what was given and came out, and how it looks with the answers."""

    number: int
    cells: Mapping[str, Any]
    looked: Looked | None


def of(person: Person, public_id: str) -> Screening | None:
    """A screening of that person; another's is not there, nor one whose key is gone."""
    sweep()
    found = Screening.objects.filter(person=person, public_id=public_id).first()
    return found if found and _opens(found) else None


def listed(person: Person) -> list[Screening]:
    sweep()
    return [one for one in Screening.objects.filter(person=person).order_by("-made_at")[:20] if _opens(one)]


def _opens(one: Screening) -> bool:
    """A database put back from a backup comes without the key: its screenings are lost, and thrown away."""
    try:
        return bool(one.known)
    except Broken:
        discard(one)
        return False


def sweep() -> int:
    """Throw away what has had its day, the files first; and files whose record is gone."""
    gone = list(Screening.objects.filter(ends_at__lte=timezone.now()))
    for one in gone:
        discard(one)
    oldest = (timezone.now() - KEPT).timestamp()
    for folder in _desk().glob("*"):
        if folder.stat().st_mtime < oldest and not Screening.objects.filter(public_id=folder.name).exists():
            shutil.rmtree(folder, ignore_errors=True)
    return len(gone)


def discard(one: Screening) -> None:
    shutil.rmtree(_folder(one), ignore_errors=True)
    one.delete()


# -- begin -----------------------------------------------------------------------------------------------------------


def begin(person: Person, name: str, content: IO[bytes], encoding: str = "") -> Screening:
    """Take a file. Its columns are mapped as far as their names tell; an encoding not named is found out.

    Raises BadInput, nothing kept.
    """
    sweep()
    one = Screening(person=person, ends_at=timezone.now() + KEPT, encoding=encoding or "utf-8")
    folder = _folder(one)
    folder.mkdir(mode=0o700, parents=True)
    try:
        head = content.read(8)
        name, coming = _named(name, head), _Again(head, content)
        if format_of(name) == "parquet":
            name, coming = _unfolded(name, coming)
        one.size, key = given.put(_given(one), coming, one.public_id)
        one.know(name=name, given=key.hex(), rows=token_bytes(32).hex())
        try:
            names = columns_of(one)
        except WrongEncoding as wrong:
            if encoding or not wrong.likely:
                raise
            one.encoding = wrong.likely
            names = columns_of(one)
        one.columns = suggested(names)
        one.save(force_insert=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return one


class _Again:
    """A stream whose first bytes were looked at already. Raises BadInput where it is packed and unpacks to too much."""

    def __init__(self, head: bytes, rest: given.Bytes) -> None:
        self._head, self._rest = head, rest
        self._unpacked = Unpacked() if head.startswith(b"\x1f\x8b") else None

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        piece = head or self._rest.read(size)
        if self._unpacked:
            self._unpacked.feed(piece)
        return piece


def _unfolded(name: str, content: given.Bytes) -> tuple[str, _Again]:
    """Parquet as lines of JSON, read in a child. Raises BadInput."""
    raw = b"".join(iter(lambda: content.read(1 << 20), b""))
    called, lines = sheets.as_text(name, raw)
    return called, _Again(b"", io.BytesIO(lines))


def suggested(names: list[str]) -> dict[str, str]:
    """Which column feeds which field: the same name first, then the usual names, then those that look alike."""
    found = {field: field for field in FIELDS if field in names}
    usual = {f: c for f, columns in _USUAL.items() if f not in found for c in columns[::-1] if c in names}
    close = {field: column for column, field in lookalikes(names, found).items()}
    return {**close, **usual, **found}


def _named(name: str, head: bytes) -> str:
    """The name of the file, told by its first bytes where it does not tell what it is. Raises BadInput."""
    name = Path(name.replace("\\", "/")).name[-200:] or "docket.csv"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput([Problem(name, 0, "", _A_BOOK)])
    if head.startswith(b"%PDF"):
        raise BadInput([Problem(name, 0, "", _A_PAGE)])
    if head.startswith(b"PAR1") and not name.lower().endswith((".parquet", ".pq")):
        return name + ".parquet"
    return name + ".gz" if head.startswith(b"\x1f\x8b") and not name.lower().endswith(".gz") else name


_A_BOOK = T(
    "Excelのブックなどの圧縮された文書で、表として読めない。ExcelでCSV（UTF-8）として保存し、そのファイルを選ぶこと",
    "an Excel workbook or another packed document, which is no table; save it as CSV (UTF-8), choose that",
)
_A_PAGE = T("PDFで、表として読めない。CSV、JSON Lines又はParquetのファイルを選ぶこと",
            "a PDF, which cannot be read as a table; choose a file in CSV, JSON Lines or Parquet")  # fmt: skip

# The names that exports of patent databases give to the same columns.
_USUAL = {
    "application_id": ("Application Number", "出願番号", "整理番号"),
    "filing_date": ("Application Date", "Filing Date", "出願日"),
    "ipc": ("IPCR Classifications", "IPC", "国際特許分類"),
    "title": ("Title", "発明の名称"), "abstract": ("Abstract", "要約"), "claims": ("Claims", "請求の範囲"),
}  # fmt: skip


def columns_of(one: Screening) -> list[str]:
    """The columns of the file that was given. Raises BadInput."""
    with _laid_out(one) as path, open_reader(str(path), None, one.encoding) as reader:
        if len(reader.names) > 2000:
            text = T(f"列が多すぎる（{len(reader.names)}列）；2000列までの表が要る",
                     f"too many columns ({len(reader.names):,}); expected a table of at most 2,000")  # fmt: skip
            raise BadInput([Problem(one.name, 1, "", text)])
        return list(reader.names)


def is_complete(one: Screening) -> bool:
    return all(field in one.columns for field in REQUIRED)


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


# -- run -------------------------------------------------------------------------------------------------------------


def _run_apart(pk: int) -> None:
    close_old_connections()
    try:
        _run(Screening.objects.get(pk=pk))
    finally:
        close_old_connections()


def _run(one: Screening) -> None:
    from kaname.regimes.patents.docket import Docket  # brings a compiler along: only who screens waits for it

    _folder(one).joinpath("rows").unlink(missing_ok=True)
    one.know(rows=token_bytes(32).hex())  # a box is filled once with a key: a second run has another
    box, rows = _box(one), one.name
    try:
        with (
            _ONE, box.filling() as filling, _laid_out(one) as path,
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
        _given(one).unlink(missing_ok=True)


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
        for first in range(0, len(whole), _SLICE):
            part = whole.slice(first, _SLICE)
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


# -- read ------------------------------------------------------------------------------------------------------------


def counts(one: Screening) -> Counter[str]:
    return sum((Counter(b["counts"]) for b in one.batches), Counter[str]())


def page(one: Screening, outcome: str, number: int) -> tuple[list[Row], int]:
    """Rows of a page (from 1) of one outcome, or of all; and how many rows there are of it."""
    total = counts(one)[outcome] if outcome else one.rows
    skip, wanted, found, first = (number - 1) * PAGE, PAGE, list[Row](), 0
    for at, b in enumerate(one.batches):
        here = b["counts"].get(outcome, 0) if outcome else b["rows"]
        if skip >= here:
            skip -= here
        else:
            rows = [r for r in _rows(one, at, first) if not outcome or r["outcome"] == outcome][skip : skip + wanted]
            found += [Row(r["number"], r, _looked(one, r)) for r in rows]
            skip, wanted = 0, wanted - len(rows)
        first += b["rows"]
        if not wanted:
            break
    return found, total


def row(one: Screening, number: int) -> Row | None:
    first = 0
    for at, b in enumerate(one.batches):
        if first <= number < first + b["rows"]:
            found = next(iter(_rows(one, at, first, number - first)))
            return Row(number, found, _looked(one, found))
        first += b["rows"]
    return None


def every(one: Screening) -> Iterator[dict[str, Any]]:
    """All rows of the output, in the order of the file, each with what was answered."""
    first = 0
    for at, b in enumerate(one.batches):
        yield from _rows(one, at, first)
        first += b["rows"]


def _rows(one: Screening, at: int, first: int, only: int | None = None) -> Iterator[dict[str, Any]]:
    b = one.batches[at]
    batch = _box(one).batch(at, b["at"], b["size"])
    plain = (batch if only is None else batch.slice(only, 1)).to_pylist()
    for number, cells in enumerate(plain, first + (only or 0)):
        found = {"number": number, **cells}
        answers = one.answers.get(str(number))
        looked = look(_given_cells(found), answers) if answers else None
        yield replaced(found, looked) if looked else found


def _looked(one: Screening, cells: Mapping[str, Any]) -> Looked | None:
    return look(_given_cells(cells), one.answers.get(str(cells["number"]), {}))


def _given_cells(cells: Mapping[str, Any]) -> dict[str, str | None]:
    return {name.removeprefix("in."): value for name, value in cells.items() if name.startswith("in.")}


# -- answer ----------------------------------------------------------------------------------------------------------


def answer(one: Screening, number: int, answers: Mapping[str, bool | None]) -> Row | None:
    """Answer questions of a row (None takes an answer back) and judge it again. None: there is no such row."""
    with transaction.atomic():
        held = Screening.objects.select_for_update().get(pk=one.pk)
        before = row(held, number)
        if before is None:
            return None
        now = {**held.answers.get(str(number), {}), **answers}
        held.answers[str(number)] = {name: value for name, value in now.items() if value is not None}
        after = row(held, number)
        assert after
        batch = _batch_of(held, number)
        old, new = before.cells["outcome"], after.cells["outcome"]
        batch["counts"][old] -= 1
        batch["counts"][new] = batch["counts"].get(new, 0) + 1
        held.save(update_fields=("answers", "batches"))
    one.answers, one.batches = held.answers, held.batches
    return after


def _batch_of(one: Screening, number: int) -> Any:
    for b in one.batches:
        if number < b["rows"]:
            return b
        number -= b["rows"]
    raise IndexError(number)


# -- places ----------------------------------------------------------------------------------------------------------


def _desk() -> Path:
    return home() / "desk"


def _folder(one: Screening) -> Path:
    return _desk() / one.public_id


def _given(one: Screening) -> Path:
    return _folder(one) / "given"


def _laid_out(one: Screening) -> AbstractContextManager[Path]:
    """What was given, to be read: in memory alone, under a name that tells its format."""
    known = one.known
    suffix = "".join(Path(known["name"]).suffixes[-2:]).lower()
    return given.in_memory(_given(one), bytes.fromhex(known["given"]), one.public_id, suffix)


def _box(one: Screening) -> Box:
    return Box(_folder(one) / "rows", bytes.fromhex(one.known["rows"]))
