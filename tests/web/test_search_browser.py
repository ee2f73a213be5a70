"""The search in the browser: clean with and without hits, results follow the typing and the field keeps its focus."""

from datetime import timedelta

import pytest

from kaname.access import api as access
from web import world
from web.browser import assert_clean, expect, shot


def days_ago(n: int):
    return access.today() - timedelta(n)


def test_results_follow_the_typing_and_the_field_keeps_its_focus(site, browse):
    clerk = site.person("要 花子", roles=("applicant", "jpo"), sealed=True)
    world.filed(clerk, days_ago(88))
    page = browse(clerk)
    page.goto(f"{site.url}/search/?q=蓄電池")
    field = page.locator("#f-q")
    field.focus()
    field.fill("架空電機")
    expect(page.locator("#found mark").first).to_have_text("架空電機")
    expect(field).to_be_focused()
    expect(page.locator("#live")).to_contain_text("件見つかりました")
    assert "%E6%9E%B6%E7%A9%BA" in page.url
    expect(page.locator("#facets .chips a").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#found mark").first).to_have_text("架空電機")
    assert page.complaints == []


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=特許",
        "/search/?q=特許&facets=on",
        "/search/?q=特許&what=law&sort=article",
        "/search/?q=存在しない語",
    ],
)
def test_the_search_is_clean(site, browse, address):
    clerk = site.person("要 花子", roles=("applicant", "jpo"), sealed=True)
    world.filed(clerk, days_ago(3))
    page = browse(clerk)
    page.goto(site.url + address)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, f"search-{address.count('&')}-{width}")
    assert_clean(page, address)
