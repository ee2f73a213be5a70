"""What a file is, by its bytes alone: a short list of kinds is taken, the name that it came with is never believed.

Nothing is parsed: a kind is told by how the file begins, and an office file by the names of parts that stand in it.
"""

import codecs
import re

from kaname.files import child
from kaname.law import T, Text

BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
PARTS = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
MACROS = b"vbaProject.bin"
TAKEN = T("PDF、PNG、JPEG、TIFF、Word（docx）、Excel（xlsx）、テキスト（CSV、XML、JSON を含む）",
          "PDF, PNG, JPEG, TIFF, Word (docx), Excel (xlsx), text (CSV, XML and JSON among it)")  # fmt: skip
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

    def refusal(self) -> Text | None:
        """What to do instead, where a file of this kind is not taken and there is more to say than which are."""
        if MACROS in self._parts:
            return _MACROS
        return next((said for beginning, said in _NOT_TAKEN if self._start.startswith(beginning)), None)

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


_MACROS = T("マクロを含む。マクロなし（.docx、.xlsx）で保存し直して",
            "holds macros; save it without them, as .docx or .xlsx")  # fmt: skip
_PICTURE = T("この画像形式は受け取れない。PNG か JPEG で保存し直して",
             "pictures of this kind are not taken; save it as PNG or JPEG")  # fmt: skip
_PROGRAM = T("プログラムは受け取れない", "programs are not taken")
_NOT_TAKEN = (
    (b"\xd0\xcf\x11\xe0", T("古い形式（.doc、.xls）か、パスワードの掛かったファイル。パスワードなしで .docx、.xlsx、"
                           "PDF のいずれかに保存し直して",
                           "an old office file (.doc, .xls) or a locked one; save it as .docx, .xlsx, PDF, unlocked")),
    (b"PK", T("圧縮ファイルか、受け取れない Office ファイル。中のファイルを一つずつ、又は PDF で添えて",
              "an archive, or an office file of another kind; attach what is in it one by one, or as PDF")),
    *((start, T("圧縮ファイルは受け取れない。中のファイルを一つずつ添えて",
                "archives are not taken; attach what is in it one by one"))
      for start in (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")),
    *((start, _PICTURE) for start in (b"GIF8", b"RIFF", b"BM", b"\x00\x00\x00")),
    *((start, _PROGRAM) for start in (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe")),
)  # fmt: skip
WHY_NOT = child.TOLD | {
    "macros": _MACROS,
    "broken": T("壊れている。作った道具で保存し直して添え直して", "broken; save it anew with the program that made it"),
    "password": T("パスワードが掛かっている。外したものを添え直して", "locked by a password; attach it without one"),
}  # fmt: skip


def part_of(media_type: str | None) -> str:
    """The part that an office file of this kind has, "" for others."""
    return next((part.decode() for part, kind in PARTS if kind == media_type), "")


def refused() -> Text:
    """Why a file is not taken, and what would be."""
    return T(f"この種類のファイルは受け取れない。受け取れるもの：{TAKEN.ja}。マクロのあるもの、空のものは受け取れない",
             f"files of this kind are not taken; taken: {TAKEN.en}; none with macros, none that is empty")  # fmt: skip
