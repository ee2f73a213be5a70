"""The pages of a document before it is opened: what every page must hold, and the way through them by keyboard."""

from io import BytesIO

from browser import assert_clean, follow, shot

from kaname.ledger import clock
from kaname.papers import api as papers
from kaname.papers.models import Document
from papers.test_previews import pages
from web import world


def test_from_small_pages_to_large_ones_by_keyboard(site, browse):
    hana = site.person("要 花子", roles=("applicant",), sealed=True)
    case = world.filed(hana)
    paper = papers.take(hana, BytesIO(pages("図面の一", "図面の二", "図面の三")), "凧の図面.pdf", case)
    words = papers.take(hana, BytesIO("件名,数\n凧,3\n".encode()), "数量.csv", case)
    tab = browse(hana)
    at = f"/cases/{case}/papers/{paper.id}/"
    assert_clean(tab, at)
    shot(tab, "paper")
    seen = tab.evaluate("[...document.querySelectorAll('.paper-pages img')].map(i => i.naturalWidth)")
    assert len(seen) == 3 and all(seen), "the small pages are there"
    tab.focus(".paper-pages li:nth-child(2) a")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{at}2/")
    follow(tab, "nav.pager a[rel=next]")
    assert tab.url.endswith(f"{at}3/")
    assert_clean(tab, f"{at}2/")
    shot(tab, "paper_page")
    assert_clean(tab, f"/cases/{case}/papers/{words.id}/")
    assert "凧,3" in tab.inner_text(".paper-text")


def test_a_sealed_one_is_opened_after_one_proof_that_leads_back_to_it(site, browse):
    hana = site.person("要 花子", roles=("applicant",), sealed=True)
    case = world.filed(hana)
    paper = papers.take(hana, BytesIO(pages("図面の一", "図面の二")), "凧の図面.pdf", case)
    Document.objects.update(claimed_at=clock.now(), veiled=True)
    tab, at = browse(hana, script=False), f"/cases/{case}/papers/{paper.id}/"
    tab.goto(at)
    assert "/accounts/reauthenticate/" in tab.url and paper.name not in tab.content()
    shot(tab, "sealed_asks")
    tab.fill("input[name=password]", "correct horse battery")
    follow(tab, "main form .button")
    assert tab.url.endswith(at) and tab.inner_text("h1") == paper.name
    shot(tab, "sealed_opened")
    follow(tab, ".paper-pages li:nth-child(2) a")  # once is enough for all of it
    assert tab.url.endswith(f"{at}2/")
