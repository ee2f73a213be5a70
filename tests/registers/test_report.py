"""The report: what a reader of the PDF finds is what the blocks say, and the file is fit for the archive."""

from datetime import date
from io import BytesIO

import pytest
from example_picture import picture
from PIL import Image
from pypdf import PdfReader

from kaname import typeset
from kaname.law import Lang
from kaname.registers import report, words
from kaname.registers.blocks import Bars, Flow, Numbers, Table, Timeline

LANGS: tuple[Lang, ...] = ("ja", "en")


def text_of(data: bytes) -> str:
    """The text without the spaces and line ends that setting it puts in."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_and_cell_can_be_read_back(lang: Lang) -> None:
    shown, told = picture(), text_of(report.pdf(picture(), lang))
    wanted = [words.figure(f, lang) for f in shown.figures()]
    for page in shown.pages:
        wanted += [page.answer[lang]]
        for block in page.blocks:
            match block:
                case Bars():
                    wanted += [words.cell(v, lang) for s in block.series for v in s.values]
                case Table():
                    wanted += [words.cell(cell, lang) for row in block.rows for cell in row.cells]
                case Timeline():
                    wanted += [words.cell(m.day, lang) for m in block.moments if m.day]
                case Flow():
                    wanted += [stage.label[lang] for stage in block.stages]
                case Numbers():
                    wanted += [words.source(f.source, lang) for f in block.figures]
    missing = [w for w in wanted if "".join(w.split()) not in told]
    assert not missing


def test_it_is_an_archival_tagged_pdf_with_its_fonts_within() -> None:
    data = report.pdf(picture(), "ja")
    reader = PdfReader(BytesIO(data))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "ja"
    xmp = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert reader.metadata.title == picture().title.ja
    fonts = {font.get_object()["/BaseFont"]: font.get_object() for p in reader.pages for font in _fonts(p).values()}
    assert {name.split("+")[1].split("-")[0] for name in fonts} >= {"BIZUDPGothic", "NotoSansJP"}  # 𠮷 by the second
    for name, font in fonts.items():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), name


def _fonts(page):
    return page["/Resources"].get_object().get("/Font", {})


def test_tables_have_heads_and_charts_have_words() -> None:
    reader = PdfReader(BytesIO(report.pdf(picture(), "en")))
    seen: dict[str, int] = {}
    spoken = []
    todo = [reader.root_object["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += [kid for kid in node if not isinstance(kid, int)]
            continue
        if "/S" in node:
            seen[node["/S"]] = seen.get(node["/S"], 0) + 1
            if node["/S"] == "/Figure":
                spoken.append(node.get("/Alt", "") or node["/A"])
        kids = node.get("/K", [])
        todo += [kid for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)]
    assert seen["/Table"] == 3 and seen["/TH"] == 3 + 5 + 3 and seen["/H1"] >= 5
    assert len(spoken) == 3 and any("the largest is semiconductors (7,730" in said for said in spoken)


def test_the_same_picture_gives_the_same_bytes_and_another_day_other_ones() -> None:
    once = report.pdf(picture(), "ja")
    typeset._compiler.cache_clear()
    assert (report.pdf(picture(), "ja") == once) is True  # so, lest two files are told byte by byte
    assert (report.pdf(picture(date(2024, 6, 5)), "ja") == once) is False


def test_a_subject_begins_on_a_page_of_its_own_and_every_page_says_its_number_and_day() -> None:
    reader = PdfReader(BytesIO(report.pdf(picture(), "en")))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for subject in picture().pages:
        (begins,) = [n for n, told in enumerate(pages) if n and subject.answer.en in told]
        assert pages[begins].index(subject.answer.en) < 160  # after the head alone
    for n, told in enumerate(pages, 1):
        assert f"{n} / {len(pages)}" in told and "As of 4 Jun 2024 (Tue)" in told


def test_nothing_runs_off_a_page() -> None:
    """Drawn to pixels, the margins of every page are white in both languages."""
    for lang in LANGS:
        for png in report.pngs(picture(), lang, 72):
            page = Image.open(BytesIO(png)).convert("L")
            wide, high = page.size
            assert page.crop((0, 0, 36, high)).getextrema()[0] == 255
            assert page.crop((wide - 36, 0, wide, high)).getextrema()[0] == 255
            assert page.crop((0, high - 18, wide, high)).getextrema()[0] == 255


def test_a_long_table_goes_on_under_its_heads() -> None:
    reader = PdfReader(BytesIO(report.pdf(picture(rows=120), "ja")))
    with_rows = [page.extract_text() for page in reader.pages if "株式会社" in page.extract_text()]
    assert len(with_rows) >= 4 and all("事業者" in told for told in with_rows)
