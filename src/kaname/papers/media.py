"""What a file is, by its bytes alone: a short list of kinds is taken, the name that it came with is never believed.

Nothing is parsed: a kind is told by how the file begins, and an office file by the names of parts that stand in it.
"""

import codecs
import re

from kaname.law import T, Text

BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
PARTS = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
MACROS = b"vbaProject.bin"
TAKEN = T("PDF、PNG、JPEG、Word（docx）、Excel（xlsx）、テキスト（CSV、XML、JSON を含む）",
          "PDF, PNG, JPEG, Word (docx), Excel (xlsx), text (CSV, XML and JSON among it)")  # fmt: skip
_OVERLAP = max(len(MACROS), *(len(part) for part, _ in PARTS)) - 1
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # escape (1b) stands in old Japanese text


class Sniffer:
    """Fed with a file as it comes; remembers a few bytes of it."""

    def __init__(self) -> None:
        self._start, self._tail = b"", b""
        self._parts: set[bytes] = set()
        self._texts = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", "cp932")}

    def feed(self, chunk: bytes) -> None:
        self._start = (self._start + chunk)[:64] if len(self._start) < 64 else self._start
        seen = self._tail + chunk
        self._parts.update(part for part in (MACROS, *(p for p, _ in PARTS)) if part in seen)
        self._tail = seen[-_OVERLAP:]
        self._as_text(chunk, final=False)

    def _as_text(self, chunk: bytes, final: bool) -> None:
        for name, decoder in list(self._texts.items()):
            try:
                if _NO_TEXT.search(decoder.decode(chunk, final)):
                    del self._texts[name]
            except UnicodeDecodeError:
                del self._texts[name]

    def media_type(self) -> str | None:
        """The kind, None where it is none of those taken. Called once, at the end."""
        self._as_text(b"", final=True)
        for beginning, kind in BEGINNINGS:
            if self._start.startswith(beginning):
                return kind
        if self._start.startswith(b"PK\x03\x04"):
            kinds = [kind for part, kind in PARTS if part in self._parts]
            return kinds[0] if len(kinds) == 1 and MACROS not in self._parts else None
        if not self._texts or not self._start:
            return None
        text = self._start.removeprefix(codecs.BOM_UTF8).lstrip()
        if text.startswith(b"<?xml"):
            return "application/xml"
        return "application/json" if text[:1] in (b"{", b"[") else "text/plain"


def refused() -> Text:
    """Why a file is not taken, and what would be."""
    return T(f"この種類のファイルは受け取れない。受け取れるもの：{TAKEN.ja}。マクロのあるもの、空のものは受け取れない",
             f"files of this kind are not taken; taken: {TAKEN.en}; none with macros, none that is empty")  # fmt: skip
