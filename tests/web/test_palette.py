"""The palette: everything a person may open, by keys, aloud, with the input method at work, and without script."""

import re
from datetime import timedelta

import pytest
from browser import assert_clean, axe, expect, shot

from kaname.access import api as access
from web import world


@pytest.fixture
def jiro(site):
    return site.person("審査 次郎", roles=("jpo", "applicant"), sealed=True)


@pytest.fixture
def case(jiro):
    return world.filed(jiro, access.today() - timedelta(40), title="銀の歯車")


def items(site, person, q="", source="/") -> list[dict]:
    answer = site.client(person).get("/go/", {"q": q, "from": source}, headers={"accept": "application/json"})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return answer.json()["items"]


def hrefs(found) -> list[str]:
    return [item["href"] for item in found]


def test_the_page_for_who_has_no_script_is_clean(site, browse, jiro, case):
    tab = browse(jiro)
    for path in ("/go/", f"/go/?q=特願&from=/cases/{case}/", "/go/?q=zzzz"):
        assert_clean(tab, path)
    bare = browse(jiro, script=False)
    bare.goto("/")
    bare.click(".bar .go")
    bare.fill("#go-q", "銀")
    bare.press("#go-q", "Enter")
    bare.click(".hits a")
    assert bare.url.endswith(f"/cases/{case}/")


def test_pages_in_both_languages_cases_by_number_and_title_days_and_acts(site, jiro, case):
    assert "/patents/screening/" in hrefs(items(site, jiro, "該当")) and "/patents/screening/" in hrefs(
        items(site, jiro, "scREEn")
    )
    number = str(access.find(jiro, case).number)
    for typed in (number, "銀", "歯車", "2026-000123"):
        assert f"/cases/{case}/" in hrefs(items(site, jiro, typed)), typed
    assert f"/cases/{case}/?as_of=2026-11-01" in hrefs(items(site, jiro, "令和8年11月1日", f"/cases/{case}/"))
    acts = [i for i in items(site, jiro, "", f"/cases/{case}/") if i["sort"] == "行為"]
    assert acts and acts[0]["key"] == "a" and all(f"/cases/{case}/act/" in a["href"] for a in acts)
    for act in acts:
        assert site.client(jiro).get(act["href"]).status_code == 200, act


def test_every_page_offered_opens(site, jiro):
    client = site.client(jiro)
    for item in items(site, jiro):
        assert client.get(item["href"]).status_code == 200, item


def test_what_a_person_may_not_know_of_is_not_offered(site, jiro, case):
    stranger = world.person("taro", "operator", kind="infrastructure.plan")
    for typed in ("銀", "000123", str(access.find(jiro, case).number)):
        assert not [i for i in items(site, stranger, typed, f"/cases/{case}/") if case in i["href"]]
    assert site.client(None).get("/go/").status_code == 302
    reader = site.person("読む 花子", roles=("jpo",))  # sees the case, not what is sealed in it
    assert not [i for i in items(site, reader, "銀") if case in i["href"]]


def test_it_opens_by_keys_counts_aloud_goes_and_gives_the_focus_back(browse, jiro, case):
    tab = browse(jiro)
    tab.goto(f"/cases/{case}/")
    tab.focus("a.help")
    tab.keyboard.press("Control+k")
    expect(tab.locator("#palette-q")).to_be_focused()
    expect(tab.locator("#palette-list [role=option]").first).to_be_visible()
    expect(tab.locator("#live")).to_have_text(re.compile(r"\d+件"))
    assert axe(tab) == []
    shot(tab, "palette-open")
    tab.keyboard.press("ArrowDown")
    active = tab.get_attribute("#palette-q", "aria-activedescendant")
    assert tab.get_attribute(f"#{active}", "aria-selected") == "true"
    tab.keyboard.press("Escape")
    expect(tab.locator("a.help")).to_be_focused()
    tab.keyboard.press("Control+k")
    tab.keyboard.insert_text("受信箱")
    expect(tab.locator("#palette-list [role=option]")).to_have_count(1)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.rstrip("/").count("/") == 2
    assert tab.complaints == []


def test_one_japanese_character_is_enough_and_the_input_method_is_left_alone(browse, jiro, case):
    tab = browse(jiro)
    tab.goto("/")
    tab.keyboard.press("Control+k")
    expect(tab.locator("#palette-list [role=option]").first).to_be_visible()
    before = tab.url
    keys = """([key, code]) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown',
        {key, keyCode: code, isComposing: code !== 229, bubbles: true, cancelable: true}))"""
    tab.evaluate(keys, ["Enter", 13])  # the Enter that takes a conversion
    tab.evaluate(keys, ["Enter", 229])
    assert tab.url == before and tab.locator("#palette[open]").count() == 1
    tab.keyboard.insert_text("銀")
    expect(tab.locator("#palette-list [role=option]").first).to_contain_text("特願2026-000123")


def test_a_narrow_screen_and_the_dark_hold_it_too(browse, jiro, case):
    tab = browse(jiro, width=390)
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"/cases/{case}/")
    tab.click(".bar .go")
    expect(tab.locator("#palette-list [role=option]").first).to_be_visible()
    assert axe(tab) == []
    shot(tab, "palette-narrow")
