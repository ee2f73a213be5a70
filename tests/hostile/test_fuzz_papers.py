"""Papers that Kaname opens, changed in structure and in bytes: docx, pictures, and both for text, previews and marks.

Readers work in children, many files each (`batches`). Each file is read or refused by a code that has its words; no
reader ends by an exception that nobody foresaw; what is read of an unchanged paper is what stands in it.
"""

import io
import random
import re
import zipfile

import pytest
from PIL import Image

from figures import seeds, tries
from hostile import grammar
from hostile.batches import told
from kaname.files import child
from kaname.papers import media, read_child, texts
from papers.test_texts import book, page_of, word

EACH = 200
PAPERS = tries(1, ci=5, soak=1_000)  # seeds, of each kind: 4,000 papers together, 800,000 in the soak
PDF = "application/pdf"


def picture(form, **saved):
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), (n * 40, 90, 10)) for n in range(3)]
    more = {"save_all": True, "append_images": frames[1:]} if form == "TIFF" else {}
    frames[0].save(out, form, **more, **saved)
    return out.getvalue()


def oriented():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "架空"
    return picture("JPEG", exif=exif)


WORDS, A_BOOK = word("届出の", "特定重要設備の概要"), book(表=[["番号", "設備"], ["1", "盤"]])
PICTURES = {
    "image/png": [picture("PNG"), picture("PNG", optimize=True)], "image/jpeg": [picture("JPEG"), oriented()],
    "image/tiff": [picture("TIFF"), *(picture("TIFF", compression=f"tiff_{way}") for way in ("lzw", "deflate"))],
}  # fmt: skip
_XML = ("<w:t>", "</w:p>", "<w:p/>", "<w:t xml:space='preserve'>", "<!DOCTYPE a>", "<![CDATA[", "]]>", "<!--", "&amp;",
        "&x;", "<w:tab/>", "<?x?>", "\x00", "\ufffe", "<w:body>" * 300)  # fmt: skip


def docx(lot):
    """Bytes of the archive changed; or a sound archive around changed parts, more parts, other names."""
    if lot.random() < 0.4:
        return grammar.mutated(lot, WORDS)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORDS)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for one in made.namelist():
            body = made.read(one)
            if one.endswith(".xml") and lot.random() < 0.7:
                body = grammar.mutated(lot, body) if lot.random() < 0.5 else _marked_up(lot, body)
            if lot.random() < 0.95:
                parts.writestr(
                    one if lot.random() < 0.97 else one.replace("word", lot.choice(("Word", "..", "/word"))), body
                )
        for name in lot.sample(
            ("word/header1.xml", "word/footnotes.xml", "word/footer9.xml", "x/../y", "word/a.bin"), 2
        ):
            parts.writestr(name, lot.choice((b"", b"<a/>", made.read(made.namelist()[0]), bytes(lot.randrange(5000)))))
    return out.getvalue()


def _marked_up(lot, body):
    tags = [m.start() for m in re.finditer(b"<", body)] or [0]
    for _ in range(lot.choice((1, 1, 2, 5))):
        at = lot.choice(tags)
        put = lot.choice((lot.choice(_XML), grammar.text(lot)[:200])).encode("utf-8", "replace")
        body = body[:at] + put + body[at:]
    return body


def pictures(lot):
    kind = lot.choice([*PICTURES])
    return kind, grammar.mutated(lot, lot.choice(PICTURES[kind]))


def files(what, lot):
    """(program, asked, bytes) as the office asks for them."""
    if what == "docx":
        return "read", {"type": read_child.WORD}, docx(lot)
    if what == "text":
        raw = grammar.text(lot, halves=True).encode(lot.choice(("utf-8", "utf-16", "cp932")), "replace")
        raw = grammar.mutated(lot, raw) if lot.random() < 0.5 else raw
        return *lot.choice((("read", {"type": "text/plain"}), ("mark", {"type": "text/plain", "lines": ["写"]}))), raw
    kind, raw = pictures(lot) if what == "pictures" else (PDF, grammar.mutated(lot, page_of("特定重要設備")))
    program = lot.choice(("read", "page", "page", "mark"))
    asked = {"read": {"type": kind}, "page": {"type": kind, "pages": [0, 1, 2], "wide": 60},
             "mark": {"type": kind, "lines": ["写", "No. 1"]}}[program]  # fmt: skip
    return program, asked, raw


KNOWN = texts.WHY.keys() | media.WHY_NOT.keys() | child.TOLD.keys()


def faults(what, seed, read=told):
    """Faults of the readers, refusals without words; and how many were read."""
    lot = random.Random(seed)
    said = read([files(what, lot) for _ in range(EACH)])
    found = [one.get("fault") or one["refused"] for one in said
             if "fault" in one or one.get("refused", "") not in KNOWN | {""}]  # fmt: skip
    return found, sum("refused" not in one for one in said)


@pytest.mark.parametrize("what", ["docx", "text", "pictures", "previews of PDF"])
def test_whatever_is_changed_in_a_paper_it_is_read_or_refused(what):
    read = tried = 0
    for seed in seeds(PAPERS, fewest=2):
        found, many = faults(what, seed)
        assert found == []
        read, tried = read + many, tried + EACH
    assert 0 < read <= tried


def test_the_unchanged_is_read_whole():
    one = [("read", {"type": read_child.WORD}, WORDS)]
    one += [
        ("page", {"type": kind, "pages": [0, 1, 2], "wide": 60}, raw)
        for kind, every in PICTURES.items()
        for raw in every
    ]
    words, *pages = told(one)
    assert "特定重要設備の概要" in words["pages"][0]
    assert [len(page["sizes"]) for page in pages] == [1, 1, 1, 1, 3, 3, 3]


def test_a_reader_that_did_not_foresee_a_file_is_found():
    """One that believes what stands in the archive: the first changed byte that is no letter ends it."""

    def believing(files):
        return [{"fault": "UnicodeDecodeError"} if b"\xff\xff" in raw else {} for *_, raw in files]

    assert any(faults("docx", seed, believing)[0] for seed in range(4))
