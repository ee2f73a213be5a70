"""Office files as what they are: a zip with parts in XML, looked at within bounds. Used in children alone."""

import io
import re
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
    # Office programs know a part by any case and either stroke: two that they take for one would be read differently.
    names = {m.filename.replace("\\", "/").lstrip("/").lower() for m in members}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if part not in packed.namelist() or len(names) < len(members) or any(".." in name.split("/") for name in names):
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


# -- what opening it would fetch -------------------------------------------------------------------------------------

_FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b", re.IGNORECASE)
_DATA = re.compile(r"xl/(externallinks/|querytables/|connections\.xml)")  # tables of elsewhere, DDE among them
_INSIDE = re.compile(r"/(embeddings|activex)/|afchunk", re.IGNORECASE)


def told(packed: zipfile.ZipFile) -> set[str]:
    """What to mind before it is opened elsewhere: `links` (a template, a picture, a table or a program of elsewhere is
    asked for as it opens, and whoever is asked learns of it), `files` (others lie in it)."""
    found: set[str] = set()
    for name in packed.namelist():
        low = name.lower()
        if _INSIDE.search(low):
            found.add("files")
        if _DATA.search(low) or (low.endswith(".rels") and _leads_out(packed, name)):
            found.add("links")
    return found


def _leads_out(packed: zipfile.ZipFile, name: str) -> bool:
    """A link that one clicks on is none: it leads nowhere by itself."""
    out = []

    def begin(tag: str, given: dict[str, str]) -> None:
        of = given.get("Type", "").rpartition("/")[2].lower()
        out.append(given.get("TargetMode", "").lower() == "external" and of != "hyperlink")

    walk(packed, name, begin)
    return any(out)


def fetches(fields: str) -> bool:
    """Whether the fields of a text, put together, hold one that asks for something of elsewhere."""
    return _FETCHES.search(fields) is not None
