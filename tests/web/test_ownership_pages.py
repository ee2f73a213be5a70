"""The ownership pages in Chromium: clean everywhere, by keys alone, without script; another office sees nothing."""

from datetime import date
from pathlib import Path

import pytest
from browser import assert_clean, expect, follow, shot

from kaname.desk import holdings
from kaname.desk.models import Holdings
from kaname.ledger import clock

EXAMPLE = Path(__file__).parents[2] / "docs/examples/holdings.csv"


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


@pytest.fixture
def clerk(site, today):
    return site.person("架空 花子")


@pytest.fixture
def source(clerk):
    with EXAMPLE.open("rb") as file:
        return holdings.keep(clerk, "holdings.csv", file)


def number(source: Holdings, one: str) -> int:
    return holdings.opened(source).book.number[one]


def test_the_pages_are_clean(browse, clerk, source):
    tab = browse(clerk)
    vendor = number(source, "vendor")
    start = f"/ownership/{source.public_id}/"
    for path in ("/ownership/", start, f"{start}?q=zzz", f"{start}company/{vendor}/",
                 f"{start}company/{vendor}/?before=20260331&right=votes", f"{start}company/{vendor}/drawing/",
                 f"{start}company/{vendor}/holder/{number(source, 'gov')}/"):  # fmt: skip
        assert_clean(tab, path)


def test_from_an_empty_desk_to_the_working_by_keys_alone(site, browse, clerk):
    tab = browse(clerk)
    tab.goto("/ownership/")
    tab.locator("#f-table").focus()
    tab.keyboard.insert_text(EXAMPLE.read_text(encoding="utf-8"))
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/ownership/*/")
    expect(tab.locator("#f-q")).to_be_focused()
    tab.keyboard.type("sora")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**?q=sora*")
    tab.locator("h1").focus()
    tab.evaluate("() => document.activeElement.blur()")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".answer")
    assert "50.0 %〜88.9 %" in tab.inner_text(".answer p:first-child")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(tab.locator(":focus")).to_have_text("Kumo Holdings")
    expect(tab.locator("svg.owners .chosen title")).to_have_text("Kumo Holdings")  # the box of the line is marked
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/holder/*/")
    assert "なぜこの割合か" in tab.inner_text("h1")


def test_a_box_of_the_drawing_leads_to_its_line(browse, clerk, source):
    tab = browse(clerk)
    tab.goto(f"/ownership/{source.public_id}/company/{number(source, 'vendor')}/")
    tab.locator("svg.owners .box", has_text="Tori Fund").click()
    expect(tab.locator(":focus")).to_have_text("Tori Fund")
    expect(tab.locator("tr.chosen")).to_have_count(1)
    assert tab.locator("svg.owners .tie.control").count() == 4 and tab.locator("svg.owners .tie.missing").count() == 1


def test_without_script_the_whole_way_is_open(browse, clerk):
    tab = browse(clerk, script=False)
    tab.goto("/ownership/?example=1")
    follow(tab, "main form button.button:not([type=button])")
    follow(tab, "table.list tbody a >> nth=0")
    assert "外国の持分" in tab.inner_text(".answer")
    tab.locator("details.sum summary").first.click()
    expect(tab.locator("details.sum[open]")).to_contain_text("確かな分")


def test_narrow_screens_get_the_drawing_behind_a_link(browse, clerk, source):
    tab = browse(clerk, width=390)
    tab.goto(f"/ownership/{source.public_id}/company/{number(source, 'vendor')}/")
    assert not tab.locator(".drawing-box").is_visible()
    follow(tab, ".to-drawing a")
    assert tab.locator("svg.owners").is_visible()
    shot(tab, "ownership-drawing-390")


def test_a_colleague_sees_it_and_another_office_does_not(site, browse, source):
    company = f"/ownership/{source.public_id}/company/{number(source, 'vendor')}/"
    colleague, stranger = (
        site.person("同僚 太郎"),
        site.person("他社 次郎", office=site.office("他社", "company", "Other")),
    )
    assert browse(colleague).goto(company).status == 200
    tab = browse(stranger)
    assert tab.goto(company).status == 404
    tab.goto("/ownership/")
    assert "holdings.csv" not in tab.inner_text("main")
