"""What documents say: read once in a child, kept sealed, found by who may open them and by nobody else."""

import io
import random
import zipfile

import pikepdf
import pytest
import xlsxwriter

from access.folk import circle, person
from kaname.access import api as access
from kaname.access.models import SealedRead
from kaname.demo.papers import _page as page_of
from kaname.ledger.models import Case
from kaname.papers import postings, shelf, texts, vault
from kaname.papers.api import find
from kaname.papers.models import Block, Bucket, Content, Document, IndexKey
from papers.test_documents import KIND, claimed, filed, put

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs, more=()):
    out = io.BytesIO()
    said = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{said}</w:body></w:document>')
        for name, content in more:
            parts.writestr(name, content)
    return out.getvalue()


def book(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", sealed=True)


def read(who, content, name="図面.pdf", case=""):
    """A document of a case that an act has named, read."""
    paper = put(who, content, name, case or filed(who))
    claimed(who, paper.reference, Case.objects.get(documents__public_id=paper.id), "application_number", KIND)
    texts.read_waiting()
    return paper.id


def found(who, words, **more):
    return [hit.document for hit in find(who, words, **more).hits]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (page_of("特定重要設備の概要"), "a.pdf"),
        (word("届出の", "特定重要設備の概要"), "a.docx"),
        (book(表=[["番号", "設備"], ["1", "特定重要設備の概要"]]), "a.xlsx"),
        ("番号,設備\n1,特定重要設備の概要\n".encode("cp932"), "a.csv"),
        ('{"設備": "特定重要設備の概要"}'.encode(), "a.json"),
    ],
)
def test_a_document_is_found_by_what_it_says(hana, content, name):
    paper = read(hana, content, name)
    for words in ("特定重要設備", "概", "備の 特定", "設備"):
        assert found(hana, words) == [paper], words
    assert found(hana, "特定設備") == found(hana, "備重") == found(hana, "") == found(hana, "特定 無関係") == []
    (hit,) = find(hana, "重要設備").hits
    assert (hit.name, hit.page) == (name, 1)
    assert [words for words, is_hit in hit.snippet if is_hit] == ["重要設備"]


def test_old_and_new_forms_widths_and_line_ends_are_alike(hana):
    paper = read(hana, "ＫＡＮＡＭＥ　髙橋の經濟安全保\n障".encode(), "a.txt")
    for words in ("kaname", "高橋", "安全保障", "Kaname 髙橋"):
        assert found(hana, words) == [paper], words


def test_each_document_found_is_written_down_as_read(hana):
    paper = read(hana, "秘密".encode(), "a.txt")
    assert not SealedRead.objects.exists()
    find(hana, "秘密")
    assert list(SealedRead.objects.values_list("field", "door")) == [(f"document {paper}", "search")]


def test_nobody_finds_what_they_may_not_open(hana):
    ren, outside = person("Ren", "jpo"), person("Outside", "applicant", sealed=True)
    hidden, veiled, opened = filed(hana), filed(hana), filed(hana)
    one = read(hana, "金剛石の鍵".encode(), "a.txt", hidden)
    access.place(hana, hidden, circle("輪", hana).public_id)
    two = put(hana, "金剛石の鍵".encode(), "b.txt", veiled).id
    claimed(
        hana, shelf.reference(Document.objects.get(public_id=two)), Case.objects.get(public_id=veiled), "claims", KIND
    )
    unnamed = put(hana, "金剛石の鍵".encode(), "c.txt", opened).id
    three = read(hana, "金剛石の鍵".encode(), "d.txt", opened)
    assert found(hana, "金剛石") == [three, unnamed, two, one]
    assert found(hana, "金剛石", case=veiled) == [two]
    assert found(hana, "金剛石", unsealing=False) == [three, unnamed, one]
    assert found(ren, "金剛石") == [three]
    assert found(outside, "金剛石") == [three, two]


def test_a_document_that_moves_is_indexed_in_its_new_circle_alone(hana, monkeypatch):
    monkeypatch.setattr(postings, "TAIL", 1)
    case = filed(hana)
    paper = read(hana, "金剛石".encode(), "a.txt", case)
    room = circle("輪", hana).public_id
    assert postings.candidates([""], ["金剛石"]) != []
    access.place(hana, case, room)
    postings.renew()
    assert postings.candidates([""], ["金剛石"]) == []
    assert postings.candidates([room], ["金剛石"]) != []
    assert Content.objects.get().key.circle == room and not Block.objects.filter(circle="").exists()
    assert found(hana, "金剛石") == [paper]


def test_a_search_says_the_same_as_a_look_into_every_text(hana, monkeypatch):
    """Blocks, half-filled blocks and those in none; letters drawn so that pairs meet by chance."""
    monkeypatch.setattr(postings, "TAIL", 7)
    monkeypatch.setattr(postings, "_DENSE", 5)
    monkeypatch.setattr(postings, "SIZE", 16)
    lot, case = random.Random(4), filed(hana)
    said = {}
    for number in range(60):
        text = "".join(lot.choices("経済安全保障", k=lot.randint(1, 9)))
        said[put(hana, text.encode(), "a.txt", case).id] = text
        if number % 9 == 8:
            texts.read_waiting()
    texts.read_waiting()
    assert Block.objects.count() > 2 and Content.objects.filter(block=None).exists()
    for size in (1, 2, 3, 4):
        for _ in range(12):
            words = "".join(lot.choices("経済安全保障", k=size))
            assert set(found(hana, words, limit=100)) == {id for id, text in said.items() if words in text}, words
    assert len(find(hana, "経", limit=3).hits) == 3 and find(hana, "経", limit=3).more


def test_neither_text_nor_tokens_lie_in_clear(hana, monkeypatch):
    monkeypatch.setattr(postings, "TAIL", 1)
    read(hana, "金剛石の秘密の鍵".encode() * 3, "a.txt")
    key = postings.key_of("")
    tokens = [int(t).to_bytes(4, "little") for t in postings.hashed(key, postings.pairs("金剛石の秘密の鍵"))]
    stored = b"".join(
        bytes(blob)
        for rows in (Content.objects.values_list("sealed", "tokens"), Bucket.objects.values_list("sealed"),
                     IndexKey.objects.values_list("sealed"))
        for row in rows for blob in row
    )  # fmt: skip
    assert Bucket.objects.exists() and key not in stored
    assert not any("金剛石".encode(code) in stored for code in ("utf-8", "utf-16-le", "cp932"))
    assert sum(token in stored for token in tokens) <= 1  # four bytes may stand anywhere by chance


# -- what cannot be read ---------------------------------------------------------------------------------------------


def locked():
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [(locked(), "password"), (b"%PDF-1.7\n", "broken"), (page_of("x")[:300], "broken"),
     (b"%PDF-1.4\n" + b"[" * 3_000_000, "broken")],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_is_not_lost(hana, content, why):
    paper = read(hana, content)
    assert texts.read(Document.objects.get()).refused == why
    assert texts.WHY[why].ja and texts.WHY[why].en
    assert b"".join(shelf.fetch(hana, paper).pieces) == content
    assert texts.read_waiting() == 0


def test_a_lost_file_is_passed_over(hana):
    paper = put(hana, b"a", "a.txt", filed(hana))
    vault.path_of(paper.id).unlink()
    assert texts.read_waiting() == 0 and not Content.objects.exists()
