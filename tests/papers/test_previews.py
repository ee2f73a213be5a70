"""Pages to be seen before a paper is opened: made in a child, kept sealed, each look written down, doors respected."""

import io
from dataclasses import replace

import pikepdf
import pytest
from django.conf import settings
from django.test import Client, override_settings
from PIL import Image, ImageChops

from access.folk import circle, person
from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.access.models import SealedRead
from kaname.ledger.kinds import kinds
from kaname.papers import previews, texts, vault
from kaname.papers.models import Document, Picture
from kaname.regimes import KINDS
from papers.test_documents import KIND, claimed, filed, put
from papers.test_texts import Case, book, page_of, word


def pages(*titles):
    out = io.BytesIO()
    with pikepdf.new() as made:
        for title in titles:
            with pikepdf.open(io.BytesIO(page_of(title))) as one:
                made.pages.extend(one.pages)
        made.save(out)
    return out.getvalue()


def scan(*colours, form="TIFF"):
    out = io.BytesIO()
    first, *rest = (Image.new("RGB", (300, 400), colour) for colour in colours)
    first.save(out, form, **({"save_all": True, "append_images": rest} if form == "TIFF" else {}))
    return out.getvalue()


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", sealed=True)


@pytest.fixture
def case(hana):
    return filed(hana)


@pytest.fixture
def browser(hana):
    client = Client()
    client.force_login(hana, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.cookies["kaname_language"] = "en"
    return client


def picture(png):
    found = Image.open(io.BytesIO(png))
    assert found.format == "PNG"
    return found.convert("RGB")


def inked(png):
    """How much of a page is not white."""
    page = picture(png)
    return ImageChops.invert(page.convert("L")).getbbox() is not None


def test_pages_of_a_pdf_are_seen_with_letters_of_fonts_that_it_lacks(hana, case):
    paper = put(hana, pages("一", "二", "三"), case=case)
    assert previews.look(hana, case, paper.id).pictures == 3
    large = [previews.page(hana, case, paper.id, n) for n in (1, 2, 3)]
    assert all(inked(png) and picture(png).width == previews.WIDE for png in large) and len(set(large)) == 3
    with pytest.raises(access.Unknown):
        previews.page(hana, case, paper.id, 4)


@pytest.mark.parametrize(("form", "count"), [("TIFF", 3), ("PNG", 1), ("JPEG", 1)])
def test_pictures_are_pages_too(hana, case, form, count):
    paper = put(hana, scan("red", "green", "blue", form=form), "a.x", case)
    assert previews.look(hana, case, paper.id).pictures == count
    seen = [picture(previews.small(hana, case, paper.id, n)).getpixel((20, 20)) for n in range(1, count + 1)]
    assert [max(range(3), key=rgb.__getitem__) for rgb in seen] == [0, 1, 2][:count]


@pytest.mark.parametrize("content", [word("本文"), book(表=[["本文"]]), "本文".encode(), b"%PDF-1.7\n broken"])
def test_what_has_no_pages_gives_its_words_or_why_not(hana, case, content):
    paper = put(hana, content, case=case)
    look = previews.look(hana, case, paper.id)
    assert look.pictures == 0
    assert "本文" in look.texts[0] if look.texts else look.why == texts.WHY["broken"]
    with pytest.raises(access.Unknown):
        previews.page(hana, case, paper.id, 1)


def test_small_pages_are_kept_sealed_and_made_anew_in_another_circle(hana, case, own_home):
    paper = put(hana, pages(*"一二三四五六七八九十上下左"), case=case)
    one = previews.small(hana, case, paper.id, 1)
    assert Picture.objects.count() == 12
    assert previews.small(hana, case, paper.id, 13) and Picture.objects.count() == 13
    assert not any(b"\x89PNG" in bytes(p.sealed) for p in Picture.objects.all())
    assert {p.name for p in own_home.rglob("*") if p.is_file()} <= {paper.id, "sealing_key"}
    assert [p.name for p in vault.folder().iterdir()] == [paper.id]
    access.place(hana, case, circle("輪", hana).public_id)
    assert not Picture.objects.exists()
    assert previews.small(hana, case, paper.id, 1) == one
    assert {p.key.circle for p in Picture.objects.all()} == {Document.objects.get().case.circle}


def test_each_look_is_written_down_before_it_answers(hana, case, monkeypatch):
    paper = put(hana, pages("一"), case=case)
    previews.look(hana, case, paper.id)
    previews.small(hana, case, paper.id, 1)
    previews.page(hana, case, paper.id, 1)
    assert list(SealedRead.objects.order_by("pk").values_list("field", "door")) == [
        (f"document {paper.id}", door) for door in ("preview", "page 1", "page 1")
    ]
    monkeypatch.setattr("kaname.papers.shelf.log_read", lambda *_, **__: 1 / 0)
    for look in (previews.small, previews.page):
        with pytest.raises(ZeroDivisionError):
            look(hana, case, paper.id, 1)


def test_what_one_may_not_open_one_does_not_see(hana, case):
    paper = put(hana, pages("一"), case=case)
    claimed(hana, paper.reference, Case.objects.get(public_id=case), "claims", KIND)
    ren, outside = person("Ren", "jpo"), person("Outside", "applicant", sealed=True)
    with pytest.raises(NotAllowed):
        previews.look(ren, case, paper.id)
    with pytest.raises(access.Unknown):
        previews.small(hana, filed(hana), paper.id, 1)  # in another case it is not there
    access.place(hana, case, circle("輪", hana).public_id)
    for look in (previews.page, previews.small):
        with pytest.raises(access.Unknown):
            look(outside, case, paper.id, 1)
    with pytest.raises(access.Unknown):
        previews.look(outside, case, paper.id)


def test_a_kind_that_marks_its_papers_marks_their_pages(hana, case):
    paper = put(hana, pages("一"), case=case)
    plain = previews.page(hana, case, paper.id, 1)
    with override_settings(KANAME_KINDS=f"{__name__}.MARKED"):
        kinds.cache_clear()
        marked = previews.page(hana, case, paper.id, 1)
        small = previews.small(hana, case, paper.id, 1)
    kinds.cache_clear()
    assert ImageChops.difference(picture(plain), picture(marked)).getbbox() and inked(small)
    assert not Picture.objects.exists()


MARKED = {**KINDS, KIND: replace(KINDS[KIND], marks_papers=True)}


# -- pages -----------------------------------------------------------------------------------------------------------


def test_from_the_papers_of_a_case_to_a_page_and_on(browser, hana, case):
    paper = put(hana, pages(*"一二三四五六七八九十上下左"), "図面.pdf", case)
    at = f"/cases/{case}/papers/{paper.id}/"
    first = browser.get(at).content.decode()
    assert "図面</span>.pdf" in first and paper.sha256 in first and "13 pages" in first
    assert first.count("/small.png") == 12 and 'alt="Page 12"' in first and "?from=13" in first
    assert browser.get(f"{at}?from=13").content.decode().count("/small.png") == 1
    second = browser.get(f"{at}2/").content.decode()
    assert f"{at}1/" in second and f"{at}3/" in second
    assert "二" in second.partition("<pre")[2]
    for address in (f"{at}2.png", f"{at}2/small.png"):
        answer = browser.get(address)
        assert (answer["Content-Type"], answer["Cache-Control"], answer.content[:4]) == (
            "image/png",
            "no-store",
            b"\x89PNG",
        )
    for address in (f"{at}14/", f"{at}0/", f"{at}14.png", f"/cases/{case}/papers/{'a' * 16}/"):
        assert browser.get(address).status_code == 404
    assert browser.get(f"{at}?from=x").status_code == 200


def test_words_are_shown_as_words(browser, hana, case):
    paper = put(hana, b"<script>alert(1)</script>\n" * 3, "a.txt", case)
    shown = browser.get(f"/cases/{case}/papers/{paper.id}/").content.decode()
    assert "&lt;script&gt;alert" in shown and "<script>alert" not in shown


def test_who_may_not_open_it_is_told_so(hana, case):
    paper = put(hana, pages("一"), case=case)
    claimed(hana, paper.reference, Case.objects.get(public_id=case), "claims", KIND)
    ren = Client()
    ren.force_login(person("Ren", "jpo"), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert ren.get(f"/cases/{case}/papers/{paper.id}/").status_code == 403
    assert ren.get(f"/cases/{case}/papers/{paper.id}/1.png").status_code == 403
