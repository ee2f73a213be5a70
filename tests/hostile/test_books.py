"""Workbooks that mean harm, made by code: each is read or refused in words, within its time, by the door of readers."""

# ruff: noqa: E501 - a table: one bomb a line

import io
import struct
import time
import zipfile

import pytest

from kaname.files import packed
from kaname.files.problems import BadInput
from kaname.files.sheets import sheets_of
from papers.test_texts import book, word

WB = "xl/workbook.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def parts(**changed):
    """The parts of a sound workbook; `changed` by the last word of their names."""
    with zipfile.ZipFile(io.BytesIO(book(表=[["番号", "設備"], ["1", "盤"]]))) as made:
        found = {n: made.read(n) for n in made.namelist()}
    names = {n.rpartition("/")[2].partition(".")[0]: n for n in found}
    return found | {names[word]: raw for word, raw in changed.items()}


def zipped(files, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, raw in files.items() if isinstance(files, dict) else files:
            made.writestr(name, raw)
    return out.getvalue()


def sheet(body, dimension="A1", after=""):
    return (f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{body}</sheetData>{after}'
            "</worksheet>").encode()  # fmt: skip


def with_sheet(body, **more):
    return zipped(parts(sheet1=sheet(body, **more)))


def cell(place, value="1"):
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}"><v>{value}</v></c></row>'


def doctype(entities):
    return b"<?xml version='1.0'?><!DOCTYPE w [" + entities + b"]>" + sheet(cell("A1", "&z;")).replace(b"<?xml", b"")


LAUGHS = b"<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"<!ENTITY z '&j;'>"  # fmt: skip


def patched(raw, mark, offset, value):
    """Every header that begins with a mark changed at a place."""
    found, at = bytearray(raw), raw.find(mark)
    while at >= 0:
        found[at + offset : at + offset + len(value)] = value
        at = raw.find(mark, at + 4)
    return bytes(found)


def overlapping():
    """Every entry of the directory leads to the first member (as in the bombs that unpack one stream many times)."""
    return patched(zipped(parts()), b"PK\x01\x02", 42, struct.pack("<I", 0))


def in_name(name):
    return zipped([*parts().items(), (name, b"x")])


HOSTILE = {
    # the three of one merged range of a million cells, one cell at the far corner, and much text in little
    "merged range of a million": lambda: with_sheet(
        cell("A1"), after='<mergeCells count="1"><mergeCell ref="A1:XFD64"/></mergeCells>'),
    "cell at the far corner": lambda: with_sheet(cell("A1") + cell("XFD1048576")),
    "much text in little": lambda: zipped(parts(sharedStrings=b"<sst>" + b"<si><t>" + b"a" * (290 << 20) + b"</t></si></sst>")),
    "ranges by the hundred": lambda: with_sheet(cell("A1"), after="<mergeCells>" + "".join(
        f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 2000)) + "</mergeCells>"),
    "dimension that lies": lambda: with_sheet(cell("A1"), dimension="A1:XFD1048576"),
    "many columns": lambda: with_sheet('<row r="1">' + "".join(f'<c r="{c}1"><v>1</v></c>' for c in ("A", "ZZ", "XFD")) + "</row>"),
    "many rows": lambda: with_sheet(cell("A1") + cell("A1048576")),
    "a cell beyond the sheet": lambda: with_sheet(cell("ZZZZ99999999")),
    "rows that run back": lambda: with_sheet(cell("A9") + cell("A1") + cell("A9")),
    "a row of number nought": lambda: with_sheet(cell("A0")),
    "a place that is none": lambda: with_sheet('<row r="x"><c r="?"><v>1</v></c></row>'),
    "a shared text that is not there": lambda: with_sheet('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>'),
    "a shared text below nought": lambda: with_sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
    "a day out of every calendar": lambda: with_sheet('<row r="1"><c r="A1" s="1" t="d"><v>99999-99-99</v></c></row>'),
    "numbers that are none": lambda: with_sheet(cell("A1", "1e999") + cell("A2", "NaN") + cell("A3", "9" * 5000)),
    "nested deeply": lambda: zipped(parts(sheet1=b"<a>" * 500_000)),
    "never closed": lambda: zipped(parts(sheet1=b"<worksheet><sheetData>" + b"<row>" * 100_000)),
    "one attribute of ten megabytes": lambda: zipped(parts(sheet1=b'<worksheet a="' + b"x" * (10 << 20) + b'"/>')),
    "a hundred thousand attributes": lambda: zipped(parts(
        sheet1=b"<worksheet " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>")),
    "laughs": lambda: zipped(parts(sheet1=doctype(LAUGHS))),
    "quadratic": lambda: zipped(parts(sheet1=doctype(b"<!ENTITY z '" + b"a" * 100_000 + b"'>"))),
    "a file as an entity": lambda: zipped(parts(sheet1=doctype(b"<!ENTITY z SYSTEM 'file:///etc/passwd'>"))),
    "an address as an entity": lambda: zipped(parts(sheet1=doctype(b"<!ENTITY z SYSTEM 'http://127.0.0.1:1/'>"))),
    "a foreign DTD": lambda: zipped(parts(workbook=b"<!DOCTYPE w SYSTEM 'http://127.0.0.1:1/x.dtd'><workbook/>")),
    "entities in the names of sheets": lambda: zipped(parts(workbook=b"<!DOCTYPE w [" + LAUGHS + b"]><workbook>&z;</workbook>")),
    "half a letter": lambda: zipped(parts(sheet1=b"<worksheet>\xff\xfe\x80</worksheet>")),
    "UTF-16 that says UTF-8": lambda: zipped(parts(sheet1="<?xml version='1.0' encoding='utf-8'?><a/>".encode("utf-16"))),
    "an encoding that nobody has": lambda: zipped(parts(sheet1=b"<?xml version='1.0' encoding='x-none'?><a/>")),
    "a bomb by its ratio": lambda: zipped({**parts(), "x.bin": bytes(60 << 20)}),
    "ten thousand members": lambda: zipped([*parts().items(), *((f"m{n}", b"") for n in range(10_001))]),
    "a member twice": lambda: zipped([*parts().items(), (SHEET, b"<worksheet/>")]),
    "members that overlap": overlapping,
    "a size that lies": lambda: patched(zipped(parts()), b"PK\x01\x02", 24, struct.pack("<I", 10)),
    "a size of four gigabytes": lambda: patched(zipped(parts()), b"PK\x01\x02", 24, b"\xff\xff\xff\xff"),
    "a sum that lies": lambda: patched(zipped(parts()), b"PK\x01\x02", 16, b"\0\0\0\0"),
    "a way of packing that nobody has": lambda: patched(zipped(parts()), b"PK\x01\x02", 10, b"\x63\x00"),
    "locked": lambda: patched(zipped(parts()), b"PK\x01\x02", 8, b"\x01\x00"),
    "a directory that is missing": lambda: zipped(parts())[:-60],
    "bytes before": lambda: b"PK\x03\x04" + bytes(100) + zipped(parts()),
    "a path upward": lambda: in_name("../../evil.xml"), "an absolute path": lambda: in_name("/etc/evil"),
    "a path of Windows": lambda: in_name("C:\\evil"), "a name with NUL": lambda: in_name("a\0b"),
    "a workbook within": lambda: zipped({**parts(), "xl/embeddings/a.xlsx": zipped(parts())}),
    "macros": lambda: in_name("xl/vbaProject.bin"), "macros in capitals": lambda: in_name("XL/VBAPROJECT.BIN"),
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a table of OpenDocument": lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "a letter": lambda: word("文"), "a PDF and an archive in one": lambda: b"PK\x03\x04%PDF-1.7\n" + zipped(parts()),
    "no sheets": lambda: zipped(parts(workbook=f'<workbook xmlns="{_MAIN}"/>'.encode())),
    "sheets that are not there": lambda: zipped({n: r for n, r in parts().items() if n != SHEET}),
    "a sheet that is itself": lambda: zipped(parts() | {"xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_REL}"><Relationship Id="rId1" Target="workbook.xml"/></Relationships>').encode()}),
}  # fmt: skip
MUST_TELL = {
    "much text in little": "unpacks to too much", "laughs": "document type", "quadratic": "document type",
    "cell at the far corner": "too large", "many rows": "too large a table", "locked": "encrypted",
    "a file as an entity": "document type", "an address as an entity": "document type", "a foreign DTD": "document type",
    "entities in the names of sheets": "document type", "ranges by the hundred": "merged", "macros": "macros",
    "macros in capitals": "macros", "an old workbook": ".xls", "a bomb by its ratio": "unpacks to too much",
    "ten thousand members": "unpacks to too much", "a member twice": "cannot be read", "a letter": "cannot be read",
    "a table of OpenDocument": "cannot be read", "a directory that is missing": "cannot be read",
    "a size of four gigabytes": "unpacks to too much",
}  # fmt: skip


def test_there_are_as_many_as_promised():
    assert len(HOSTILE) >= 40 and MUST_TELL.keys() <= HOSTILE.keys()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_read_or_refused_in_words(name):
    raw, begun, said = HOSTILE[name](), time.process_time(), None
    try:
        sheets_of("a.xlsx", raw)
    except BadInput as bad:
        (said,) = bad.lines("en")
        assert bad.lines("ja")
    assert time.process_time() - begun < 10  # of the office: that of the child is bounded by its own limit
    if name in MUST_TELL:
        assert said is not None and MUST_TELL[name] in said, (name, said)


def test_limits_that_are_off_are_found(monkeypatch):
    """Planted: without the bounds of an archive its bomb is taken for a workbook."""
    monkeypatch.setattr(packed, "SMALL", 1 << 40)
    monkeypatch.setattr(packed, "UNPACKED", 1 << 40)
    with packed.opened(HOSTILE["a bomb by its ratio"](), packed.BOOK) as parts:
        assert sum(m.file_size for m in parts.infolist()) > 60 << 20
