"""Papers that leave with the reader's name: on every page, with the instant that the log has, before the first byte."""

import io
import re
import zlib
from dataclasses import replace

import pikepdf
import pytest
from django.test import override_settings
from PIL import Image

from access.folk import person
from kaname.access.models import SealedRead
from kaname.days import JST
from kaname.ledger.kinds import kinds
from kaname.papers import marks
from kaname.papers.api import fetch
from kaname.regimes import KINDS
from papers.test_documents import KIND, content, filed, put

MARKED = {**KINDS, KIND: replace(KINDS[KIND], marks_papers=True)}
TOLD = ["要 花子（架空大学）", "2026-11-26 12:34:56 JST abcd"]
A4, WIDE, TINY = (595, 842), (842, 595), (60, 20)


def pdf(*sizes, turned=(), **saved) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as book:
        for number, size in enumerate(sizes):
            book.add_blank_page(page_size=size)
            if number in turned:
                book.pages[number].Rotate = 90
        book.save(out, **saved)
    return out.getvalue()


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(out, form)
    return out.getvalue()


def words(copy: bytes) -> list[str]:
    """What the marks of each page say."""
    with pikepdf.open(io.BytesIO(copy)) as book:
        return [" ".join(_words(page)) for page in book.pages]


def _words(page) -> list[str]:
    forms = [form for _, form in page.Resources.XObject.items() if form.Subtype == "/Form"]
    shown = [found for form in forms for found in re.findall(rb"<([0-9a-f]+)> Tj", form.read_bytes())]
    return [bytes.fromhex(one.decode()).decode("utf-16-be") for one in shown]


def test_every_page_says_who_and_when():
    copy = marks.marked("application/pdf", "a.pdf", [pdf(A4, WIDE, TINY, A4, turned=(3,))], TOLD)
    said = words(copy.content)
    assert len(said) == 4
    assert all(TOLD[0] in page and TOLD[1] in page for page in said)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_leaves_as_a_page_with_the_mark(form):
    copy = marks.marked(f"image/{form.lower()}", "a.x", [picture(form)], TOLD)
    assert (copy.name, copy.media_type) == ("a.x.pdf", "application/pdf")
    assert TOLD[0] in words(copy.content)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_text_begins_with_it(encoding):
    copy = marks.marked("text/plain", "a.txt", ["本文".encode(encoding)], TOLD)
    first, _, rest = copy.content.decode(encoding).partition("\r\n\r\n")
    assert (first, rest) == ("  ".join(TOLD), "本文")


LOCKED = pdf(A4, encryption=pikepdf.Encryption(user="u", owner="o"))
BROKEN = [
    ("application/pdf", "a.pdf", LOCKED), ("application/pdf", "a.pdf", b"%PDF-1.7\n"),
    ("application/pdf", "a.pdf", pdf(A4)[:200]), ("image/png", "a.png", picture("PNG")[:60]),
    ("image/jpeg", "a.jpg", b"\xff\xd8\xff\xe0"), ("text/plain", "a.csv", b"a,b\n1,2\n"),
    ("application/json", "a.json", b"{}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "raw"), BROKEN)
def test_what_takes_no_mark_stays_as_it_is(kind, name, raw):
    assert marks.marked(kind, name, [raw], TOLD) == raw


def test_a_picture_of_too_many_points_is_not_unpacked():
    head = picture("PNG")
    told = head[12:16] + (60_000).to_bytes(4) * 2 + head[24:29]
    bomb = head[:12] + told + zlib.crc32(told).to_bytes(4) + head[33:]
    assert marks.marked("image/png", "a.png", [bomb], TOLD) == bomb


# -- by the door -------------------------------------------------------------------------------------------------------


@pytest.fixture
def hana(db):
    with override_settings(KANAME_KINDS=f"{__name__}.MARKED"):
        kinds.cache_clear()
        yield person("要 花子", "applicant", sealed=True)
    kinds.cache_clear()


def test_the_mark_has_the_reader_and_the_instant_of_the_log(hana):
    paper = put(hana, pdf(A4), case=filed(hana))
    found = fetch(hana, paper.id)
    line = SealedRead.objects.get(field=f"document {paper.id}")
    copy = content(found)
    assert found.size == len(copy)
    assert hana.name in words(copy)[0] and hana.office.name_ja in words(copy)[0]
    assert line.at.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S JST") in words(copy)[0]
    assert (line.person, line.door) == (hana, "document")


def test_a_copy_without_mark_is_told_in_the_log(hana):
    case = filed(hana)
    for raw, name in ((b"a,b\n", "a.csv"), (LOCKED, "a.pdf")):
        paper = put(hana, raw, name, case)
        assert content(fetch(hana, paper.id, "api")) == raw
        assert SealedRead.objects.get(field=f"document {paper.id}").door == "api unmarked"


def test_papers_of_other_kinds_leave_as_they_came(db):
    hana = person("要 花子", "applicant", sealed=True)
    raw = pdf(A4)
    paper = put(hana, raw, case=filed(hana))
    assert content(fetch(hana, paper.id)) == raw
