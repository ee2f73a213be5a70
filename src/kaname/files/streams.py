"""Bytes for the readers of tables: opened, gunzipped, looked at before they are read."""

import codecs
import gzip
import io
import shutil
import sys
import tempfile
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, cast

from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

SNIFFED = 1 << 20
RATIO, SMALL = 20, 40 << 20  # what is packed may unpack to so many times its size, or to so many bytes
_PIECE = 1 << 20


def unusable(name: str, text: Text, line: int = 0) -> BadInput:
    """A file that cannot be used at all."""
    return BadInput([Problem(name, line, "", text)])


class WrongEncoding(BadInput):
    """Bytes that are not of the encoding asked for. `likely`: the one they seem to be in, or "" where none fits."""

    def __init__(self, name: str, line: int, likely: str, text: Text) -> None:
        self.likely = likely
        super().__init__([Problem(name, line, "", text)])


class Rejoined(io.RawIOBase):
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        part = self._head.read(len(into)) or self._rest.read(len(into))
        into[: len(part)] = part
        return len(part)


class Unpacked:
    """Counts what a gzipped stream unpacks to as it comes in, and raises BadInput where that is out of all proportion.

    What is no gzip, or broken, is not its business: the reader tells that with its place.
    """

    def __init__(self) -> None:
        self._packed = self._count = 0
        self._member: Any = zlib.decompressobj(31)

    def feed(self, piece: bytes) -> None:
        self._packed += len(piece)
        while piece and self._member:
            try:
                self._count += len(self._member.decompress(piece, _PIECE))
            except zlib.error:
                self._member = None
                return
            if self._count > max(self._packed * RATIO, SMALL):
                raise unusable("-", _UNFOLDS)
            piece = self._member.unconsumed_tail or self._member.unused_data
            if self._member.eof:
                self._member = zlib.decompressobj(31)  # one member may follow another


_UNFOLDS = T(f"開くと {RATIO} 倍を超える；開いたものを、分けて送る",
             f"unpacks to over {RATIO} times its size; send it unpacked, in parts")  # fmt: skip


class UpToTheBreak(io.RawIOBase):
    """A compressed stream up to where it breaks: it ends there with its last whole line, and `fault` says why.

    Arrow reads ahead, and throws away what it has read when an error follows: how many rows came through a file that
    was cut short would be chance.
    """

    def __init__(self, stream: Any) -> None:
        self._stream, self._held = stream, b""
        self.fault = ""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        """Whole lines, as many as have room; what is behind them waits for the end of its line. A line for which there
        is no room comes in parts."""
        ended = False
        while not (ended or self.fault) and len(self._held) < len(into):
            try:
                part = self._stream.read(len(into) - len(self._held))
            except (OSError, ValueError) as error:  # as Arrow calls what is broken
                self.fault = str(error).partition("\n")[0] or type(error).__name__
                break
            self._held += part
            ended = not part
        lines = self._held.rfind(b"\n", 0, len(into)) + 1
        size = len(self._held) if ended else lines or (0 if self.fault else min(len(self._held), len(into)))
        into[:size] = self._held[:size]
        self._held = self._held[size:]
        return size


def opened(name: str, held: ExitStack) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    if name.endswith(".gz"):
        return cast(IO[bytes], held.enter_context(gzip.GzipFile(name, "rb")))
    return held.enter_context(Path(name).open("rb"))


def seekable(name: str, held: ExitStack) -> Any:
    if name != "-" and not name.endswith(".gz"):
        return name
    copy: IO[bytes] = held.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    shutil.copyfileobj(opened(name, held), copy)
    copy.seek(0)
    return copy


def peeked(name: str, encoding: str, held: ExitStack) -> tuple[bytes, IO[bytes]]:
    stream = opened(name, held)
    head = stream.read(SNIFFED)
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise unusable(name, T("空のファイル；見出し行とデータが要る", "empty; expected a header and rows"))
    if encoding == "utf-8":
        _check_utf8(name, head)
    return head, stream


def _check_utf8(name: str, head: bytes) -> None:
    """Only the first bytes: what comes later is found row by row."""
    try:
        # Not final: a character may be cut in two at the end of what was read.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        line = head[: error.start].count(b"\n") + 1
    else:
        return
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        wrong = T("UTF-8でなくUTF-16；--encoding utf-16 を付ける", "not UTF-8 but UTF-16; add --encoding utf-16")
        raise WrongEncoding(name, line, "utf-16", wrong)
    try:
        codecs.getincrementaldecoder("cp932")().decode(head)
    except UnicodeDecodeError:
        wrong = T("UTF-8でない；--encoding で文字コードを指定する", "not UTF-8; name its encoding with --encoding")
        raise WrongEncoding(name, line, "", wrong) from None
    wrong = T("UTF-8でなくShift_JIS；--encoding cp932 を付ける", "not UTF-8 but Shift_JIS; add --encoding cp932")
    raise WrongEncoding(name, line, "cp932", wrong)
