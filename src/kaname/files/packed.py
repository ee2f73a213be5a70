"""Office files as what they are: a zip with parts in XML, looked at within bounds. Used in children alone."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from kaname.files.confined import Refused

UNPACKED, RATIO, MEMBERS = 200 << 20, 20, 10_000
SMALL = 40 << 20  # unpacked: harmless, whatever the ratio says
# What zipfile and its decompressors raise on a file that lies: each was met by a mutated input.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError)
WORD, BOOK = "word/document.xml", "xl/workbook.xml"


def opened(content: bytes, part: str) -> zipfile.ZipFile:
    """The parts of a file that must have one; none is unpacked yet. Raises Refused."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        raise Refused("broken") from None
    members = packed.infolist()
    names = {m.filename for m in members}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if part not in names or len(names) < len(members):
        raise Refused("broken")
    unpacked = sum(m.file_size for m in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > max(len(content) * RATIO, SMALL):
        raise Refused("large")
    if any(m.flag_bits & 1 for m in members):
        raise Refused("password")
    return packed


def walk(packed: zipfile.ZipFile, path: str, begin: Callable[[str, dict[str, str]], None],
         said: Callable[[str], None] | None = None, end: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Every element of a part. A document type is refused: nothing in an office file needs one, and bombs do."""

    def doctype(*_: Any) -> None:
        raise Refused("doctype")

    try:
        part = packed.open(path)
    except BROKEN:
        return  # no such part, or none that can be read: nothing stands in it
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, doctype
    if said:
        parser.CharacterDataHandler = said
    if end:
        parser.EndElementHandler = end
    taken = 0
    try:
        with part:
            while piece := part.read(1 << 20):
                taken += len(piece)
                if taken > UNPACKED:
                    raise Refused("large")
                parser.Parse(piece)
            parser.Parse(b"", True)
    except (expat.ExpatError, *BROKEN):
        raise Refused("broken") from None
