"""The pages of a case in Chromium: clean for axe at every width, acts done by mouse, by keys and without script."""

import re
from datetime import date, timedelta

import pytest
from browser import assert_clean, expect, follow

from kaname.access import api as access
from web import world

TODAY = date.today()


@pytest.fixture
def folk(site):
    return world.people()


@pytest.fixture
def case(folk):
    """Sent and notified, with a day of receipt, a correction and a second request: most of what the pages can show."""
    case = world.filed(folk["attorney"], TODAY - timedelta(70))
    world.act(folk["jpo"], case, "first_review.send", TODAY - timedelta(30), ground="listed")
    received = (TODAY - timedelta(20)).isoformat()
    world.act(folk["jpo"], case, "first_review.notify_sent", TODAY - timedelta(25), received_on=received)
    correct = world.Entry("correct", TODAY, {"entry": 1, "data": {"application_number": "特願2026-000124"}})
    access.act(folk["attorney"], case, correct, idempotency_key=world.key())
    return case


PAGES = (
    "/cases/{}/", "/cases/{}/?as_of=2026-10-01", "/cases/{}/acts/", "/cases/{}/history/", "/cases/{}/papers/",
    "/cases/{}/people/", "/cases/{}/flow/", "/cases/{}/why/foreign_filing_ban.ten_months/?both=1",
    "/cases/{}/receipt/1/",
    "/cases/{}/act/first_review.file_translation/", "/cases/{}/act/correct/?entry=1", "/cases/{}/act/annul/?entry=1",
    "/cases/{}/try/?act=security_review.open_review&act.on=2026/11/28&act.by=prime_minister&go=1",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_case_is_clean(folk, case, browse, address):
    assert_clean(browse(folk["attorney"]), address.format(case))


def test_forced_colours_show_which_page_is_open(site, folk, case, browse):
    """An edge that is only transparent is drawn in forced colours: every door and tab would look like the open one."""
    page = browse(folk["attorney"])
    page.emulate_media(forced_colors="active")
    for address, doors in ((f"/cases/{case}/", ".tabs a"), ("/cases/", ".bar nav li:not(.folded) > a")):
        page.goto(site.url + address)
        edges = page.eval_on_selector_all(
            doors, "all => all.map(a => [a.hasAttribute('aria-current'), getComputedStyle(a).borderBottomColor])"
        )
        here = {colour for on, colour in edges if on}
        assert len(here) == 1 and here.isdisjoint(colour for on, colour in edges if not on), (address, edges)


@pytest.mark.parametrize("address", ["/new/", "/new/patents.application/"])
def test_the_way_to_a_new_case_is_clean(folk, browse, address):
    assert_clean(browse(folk["attorney"]), address)


def test_a_form_with_rows_choices_and_a_refusal_is_clean(folk, case, browse):
    assert_clean(browse(folk["pm"]), f"/cases/{case}/act/designation.designate/")


def test_what_is_sealed_is_clean_before_it_is_opened(folk, case, browse):
    assert_clean(browse(folk["jpo"]), f"/cases/{case}/sealed/1/")


# -- the story of an act -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_filing_to_the_notice_between_two_offices(folk, browse, script):
    """The attorney files, the Patent Office sends, the attorney sees what it did: three screens an act."""
    hana = browse(folk["attorney"], script=script)
    hana.goto("/new/patents.application/")
    hana.fill("[name='act.on']", f"{TODAY - timedelta(40):%Y%m%d}")
    hana.fill("[name='act.party']", world.PARTY)
    hana.check("[name='listed'][value=yes]")
    follow(hana, "button[value=check]")
    follow(hana, "main form button.button")
    assert hana.url.endswith("/receipt/1/")
    case = re.search("/cases/([^/]+)/", hana.url)[1]

    jiro = browse(folk["jpo"], script=script)
    jiro.goto(f"/cases/{case}/act/first_review.send/")
    jiro.check("[name='ground'][value=listed]")
    follow(jiro, "button[value=check]")
    assert "送付済" in jiro.inner_text("#effect")
    follow(jiro, "main form button.button")
    assert jiro.url.endswith("/receipt/2/")
    assert access.receipt(folk["jpo"], case, 2).digest in jiro.inner_text("main")

    hana.goto(f"/cases/{case}/history/")
    assert "内閣総理大臣に送付する" in hana.inner_text("main")


def test_the_effect_follows_what_is_typed_and_focus_stays(folk, browse):
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["jpo"])
    page.goto(f"/cases/{case}/act/first_review.send/")
    assert "送付済" in page.inner_text("#effect")
    page.fill("[name='act.on']", f"{TODAY - timedelta(60):%Y/%m/%d}")
    page.press("[name='act.on']", "Tab")
    expect(page.locator("#effect .reasons")).to_contain_text("まだ始まっていない")
    expect(page.locator("form :focus")).to_have_count(1)  # the focus stays in the form
    expect(page.locator("#live")).not_to_be_empty()  # and the change is said aloud


def test_what_was_typed_survives_leaving_the_page(folk, browse, case):
    page = browse(folk["attorney"])
    page.goto(f"/cases/{case}/act/annul/?entry=1")
    with page.expect_response(re.compile("/act/annul/")):
        page.fill("textarea[name=reason], input[name=reason]", "長い理由")
        page.press("[name=reason]", "Tab")
    page.goto("/")
    page.goto(f"/cases/{case}/act/annul/?entry=1")
    assert page.input_value("[name=reason]") == "長い理由"


def test_a_double_click_records_once(folk, browse):
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["jpo"])
    page.goto(f"/cases/{case}/act/first_review.send/")
    follow(page, "button[value=check]")
    page.dblclick("main form button.button")
    page.wait_for_url(re.compile("/receipt/2/"))
    assert [r.entry.act for r in access.recorded(folk["jpo"], case)] == ["first_review.file", "first_review.send"]


# -- keys --------------------------------------------------------------------------------------------------------------


def test_the_usual_act_is_three_screens_and_five_keys_away(folk, browse):
    """From the case: `a` opens the form with what is known filled in; two buttons reached by one key each."""
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["attorney"])
    page.goto(f"/cases/{case}/")
    page.keyboard.press("a")
    page.wait_for_url(re.compile("/act/first_review.request_nonsend_notice/"))
    assert page.input_value("[name=application_number]") == "特願2026-000123"
    page.focus("button[value=check]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/check/"))
    page.focus("main form button.button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/receipt/2/"))


def test_why_this_date_is_one_link_from_the_answer_and_a_count_one_field(folk, browse):
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["jpo"])
    page.goto(f"/cases/{case}/")
    follow(page, ".answer a >> nth=0")
    page.fill("[name=typed]", "2030/1/1")
    page.press("[name=typed]", "Enter")
    page.wait_for_selector("#counts ~ .timeline")
    expect(page.locator("main")).to_contain_text("手順")


def test_reasons_of_what_is_impossible_come_when_they_are_unfolded(folk, browse):
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["attorney"])
    page.goto(f"/cases/{case}/")
    page.click("#impossible summary")
    expect(page.locator("#impossible .hint-list").first).to_be_visible()
    expect(page.locator("#impossible")).to_contain_text("まだ始まっていない")


def test_on_a_narrow_page_one_bottom_button_leads_to_what_can_be_done(folk, browse):
    case = world.filed(folk["attorney"], TODAY - timedelta(40))
    page = browse(folk["attorney"], width=390)
    page.goto(f"/cases/{case}/")
    assert not page.locator("#may").is_visible()
    button = page.locator(".bottom a")
    assert button.is_visible() and re.fullmatch(r"できること \(\d+\)", button.inner_text())
    assert page.locator(".bottom").bounding_box()["height"] < 0.2 * 900
    follow(page, button)
    assert "/acts/" in page.url
