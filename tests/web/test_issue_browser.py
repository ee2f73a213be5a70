"""The pages of papers in Chromium: clean for axe at every width, issued by a click, packed and taken in."""

from datetime import date, timedelta

import pytest
from browser import assert_clean, expect, follow, shot

from kaname.papers import letters
from web import world

TODAY = date.today()


@pytest.fixture
def folk(site):
    return world.people()


@pytest.fixture
def sent(folk):
    case = world.filed(folk["attorney"], TODAY - timedelta(70))
    world.act(folk["jpo"], case, "first_review.send", TODAY - timedelta(30), ground="listed")
    return case, world.act(folk["jpo"], case, "first_review.notify_sent", TODAY - timedelta(25))


@pytest.mark.parametrize("address", [
    "/cases/{}/papers/", "/cases/{}/package/", "/new/package/", "/letters/",
    "/letters/?act=patents.application/first_review.notify_sent",
    "/letters/?act=patents.application/first_review.file&from=2030-01-01", "/letters/?act=x&from=x",
    "/cases/{}/receipt/1/",
])  # fmt: skip
def test_every_page_of_papers_is_clean(folk, sent, browse, address):
    case, seq = sent
    letters.issue(folk["jpo"], case, seq)
    assert_clean(browse(folk["jpo"]), address.format(case))


def test_a_paper_is_issued_by_a_click_and_stands_in_the_list(folk, sent, browse):
    case, seq = sent
    page = browse(folk["jpo"])
    page.goto(f"/cases/{case}/papers/")
    button = page.get_by_role("button", name=f"発する 記録{seq}")
    follow(page, button)
    (one,) = letters.issued(folk["jpo"], case)
    expect(page.get_by_role("link", name=one.number)).to_be_visible()
    shot(page, "papers_issued")
