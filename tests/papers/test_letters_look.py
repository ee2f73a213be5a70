"""Letters as people see them: each compared with a picture that somebody has looked at. KANAME_GOLDEN=write makes the
pictures anew; then look at them. What is shown here are the template's parts, whatever the law says of them."""

import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image

from kaname.papers import letters
from kaname.papers.letters.words import Line
from papers.test_letters import words

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
SCALE, FAR, MOST = 0.75, 48, 0.002  # pixels that differ by more than FAR of 255, and how many of them may
LAW = "法：経済施策を一体的に講ずることによる安全保障の確保の推進に関する法律（令和4年法律第43号）"
NOTICE = letters.Letter(
    "ja", "架空特許庁令和8年第12号", date(2026, 11, 24), "令和8年11月24日", ("架空電機株式会社　様",), ("特許庁長官",),
    "送付の通知", "法66条3項に基づき、次のとおり送付した旨を通知する。",
    (Line("出願番号", "特願2026-000123", "特許法36条1項"), Line("氏名", "𠮷野 葛󠄀 Nguyễn محمد")),
    (Line("審査の理由", "政令で定める技術の分野に属する発明が記載されている。"),),
    (Line("外国出願の禁止", "令和8年11月2日から令和9年9月2日まで（令和9年9月2日を含む）", "法78条1項"),),
    "この通知について疑義があるときは、当課に問い合わせること。", "架空課\n03-0000-0000", "", "sending", (),
    "令和8年11月25日", (LAW,), "0" * 64, False,
)  # fmt: skip
FILING = replace(
    NOTICE, number="第1-3号", title="導入等計画書を届け出る", form="様式第四（一） 導入等計画書（導入）",
    sender=("特定社会基盤事業者", "架空電力株式会社"), to=("主務大臣　宛て",), remedies="", contact="", reasons=(),
    remarks=("令和8年11月26日の訂正（記録4）を反映している。", "この書面は、架空電力令和8年第3号に代わる。"),
)  # fmt: skip
READING = replace(
    NOTICE, lang="en", number="No. 1-3", day="24 November 2026", to=("To: Kaku Denki KK",), title="Notice of sending",
    sender=("Commissioner of the Patent Office",), opening="Under Art. 66(3), as follows: give notice of sending.",
    particulars=(Line("Application number", "2026-000123", "Patent Act Art. 36(1)"),), reasons=(), periods=(),
    remedies="", contact="", received="25 November 2026", laws=("Act: Economic Security Promotion Act",),
)  # fmt: skip
DRAFT = replace(NOTICE, number="（番号未定）", digest="", draft=True)
SHOWN = {"notice": NOTICE, "filing": FILING, "reading_copy": READING, "draft": DRAFT}


def picture(raw: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(raw) as document:
        return document[0].render(scale=SCALE, grayscale=True).to_pil()


@pytest.mark.parametrize("name", SHOWN)
def test_it_looks_as_it_was_looked_at(name):
    place, seen = GOLDEN / f"{name}.png", picture(letters.pdf(SHOWN[name]))
    if os.environ.get("KANAME_GOLDEN") == "write":
        place.parent.mkdir(exist_ok=True)
        seen.save(place, optimize=True)
    assert far(seen, Image.open(place)) < MOST, f"{name} looks different: KANAME_GOLDEN=write, then look at {place}"


def test_another_size_of_the_title_would_be_seen():
    """The comparison is not blind: the same letter with one line left out is another picture."""
    other = picture(letters.pdf(replace(NOTICE, received="")))
    assert far(other, Image.open(GOLDEN / "notice.png")) > MOST


def far(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ so that an eye sees it."""
    a, b = (np.asarray(image.convert("L"), dtype=np.int16) for image in (one, other))
    return 1.0 if a.shape != b.shape else float((np.abs(a - b) > FAR).mean())


@pytest.mark.parametrize("name", SHOWN)
def test_it_reads_back_and_is_what_an_archive_asks_for(name):
    """PDF/A-2a as far as it can be looked at without a validator: what it says of itself, tags, language, title, fonts
    embedded with a way back to the text, one colour space, nothing that acts or points outside."""
    letter = SHOWN[name]
    raw = letters.pdf(letter)
    said = words(raw)
    for part in (letter.number, letter.title, *letter.to, *letter.sender):
        assert words_of(part) in said, part
    with pikepdf.open(io.BytesIO(raw)) as made:
        root = made.Root
        meta = root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in meta and "<pdfaid:conformance>A</pdfaid:conformance>" in meta
        assert root.MarkInfo.Marked and root.StructTreeRoot and str(root.Lang) == letter.lang
        assert root.OutputIntents[0].DestOutputProfile and not made.is_encrypted
        assert not any(name in root for name in ("/OpenAction", "/AA", "/AcroForm")) and "/JavaScript" not in str(root)
        for page in made.pages:
            assert "/AA" not in page and not page.get("/Annots")
            for font in page.Resources.Font.values():
                below = font.DescendantFonts[0].FontDescriptor
                assert any(k in below for k in ("/FontFile2", "/FontFile3")) and "/ToUnicode" in font


def words_of(part: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", "".join(part.split()))


def test_the_tags_tell_a_screen_reader_title_headings_and_lines():
    with pikepdf.open(io.BytesIO(letters.pdf(NOTICE))) as made:
        roles: list[str] = []

        def walk(node) -> None:
            if isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    roles.append(str(node.S))
                if "/K" in node:
                    walk(node.K)
            elif isinstance(node, pikepdf.Array):
                for one in node:
                    walk(one)

        walk(made.Root.StructTreeRoot)
    assert sum(r.startswith("/H") for r in roles) >= 3 and "/P" in roles
    assert pypdf.PdfReader(io.BytesIO(letters.pdf(NOTICE))).metadata.title == NOTICE.title
