"""A docket is given: its file taken, its format and encoding found out, its columns mapped as far as names tell."""

import io
import shutil
from pathlib import Path
from secrets import token_bytes
from typing import IO

from django.utils import timezone

from kaname.access.models import Person
from kaname.desk import given, sheets
from kaname.desk.models import Screening
from kaname.desk.screenings.keep import sweep
from kaname.desk.screenings.places import KEPT, folder, given_file, laid_out
from kaname.files.formats import format_of
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import Unpacked, WrongEncoding
from kaname.files.tables import open_reader
from kaname.law import T
from kaname.regimes.patents.columns import REQUIRED
from kaname.regimes.patents.docket_file import FIELDS, lookalikes


def begin(person: Person, name: str, content: IO[bytes], encoding: str = "") -> Screening:
    """Take a file. Its columns are mapped as far as their names tell; an encoding not named is found out.

    Raises BadInput, nothing kept.
    """
    sweep()
    one = Screening(person=person, ends_at=timezone.now() + KEPT, encoding=encoding or "utf-8")
    place = folder(one)
    place.mkdir(mode=0o700, parents=True)
    try:
        head = content.read(8)
        name, coming = _named(name, head), _Again(head, content)
        if format_of(name) == "parquet":
            name, coming = _unfolded(name, coming)
        one.size, key = given.put(given_file(one), coming, one.public_id)
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
        shutil.rmtree(place, ignore_errors=True)
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
    with laid_out(one) as path, open_reader(str(path), None, one.encoding) as reader:
        if len(reader.names) > 2000:
            text = T(f"列が多すぎる（{len(reader.names)}列）；2000列までの表が要る",
                     f"too many columns ({len(reader.names):,}); expected a table of at most 2,000")  # fmt: skip
            raise BadInput([Problem(one.name, 1, "", text)])
        return list(reader.names)


def is_complete(one: Screening) -> bool:
    return all(field in one.columns for field in REQUIRED)
