"""One table of keys: the help page draws it, templates write no key beside it, and none acts where somebody types."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from browser import expect

import kaname.web
from kaname.access import api as access
from kaname.web import context, keys
from web import world

WEB = Path(kaname.web.__file__).parent
TEMPLATES = {p: p.read_text(encoding="utf-8") for p in (WEB / "templates").rglob("*.html")}
BY_SCRIPT = {"walk", "pick", "open", "send", "palette"}  # heard without a link of their own


@pytest.fixture
def jiro(site):
    return site.person("審査 次郎", roles=("jpo", "applicant"), sealed=True)


def test_no_key_means_two_things():
    pressed = Counter(one for key in keys.KEYS for one in key.pressed)
    assert [one for one, n in pressed.items() if n > 1] == []
    assert len({key.id for key in keys.KEYS}) == len(keys.KEYS)


def test_templates_write_no_key_that_the_table_does_not_hold():
    known = {one for key in keys.KEYS for one in key.pressed}
    for path, text in TEMPLATES.items():
        for written in re.findall(r'data-key="([^"{]+)"', text):
            assert written in known, f"{path}: {written!r} is not in web/keys.py"
        for id in re.findall(r'{% key(?:ed|_of) "([^"]+)"', text):
            assert keys.key(id), path


def test_every_key_of_the_table_acts_somewhere():
    written = {id for text in TEMPLATES.values() for id in re.findall(r'{% keyed "([^"]+)"', text)}
    literal = {one for text in TEMPLATES.values() for one in re.findall(r'data-key="([^"{]+)"', text)}
    doors = {row[0] for row in (*context._NAV, *context._NAV_OF_ROLES, context._PASSPORTS)}
    for key in keys.KEYS:
        assert key.id in written | doors | BY_SCRIPT or key.press in literal, key


def test_the_help_page_shows_them_all(site, jiro):
    page = unescape(site.client(jiro).get("/help/").content.decode())
    for key in keys.KEYS:
        assert f"<kbd>{key.press}</kbd>" in page and key.text.ja in page


def test_keys_act_on_pages_and_stand_beside_their_buttons(browse, jiro):
    case = world.filed(jiro, access.today() - timedelta(40))
    tab = browse(jiro)
    tab.goto("/patents/screening/")
    assert not tab.locator(".bar nav kbd:visible").count()
    tab.goto("/")
    tab.keyboard.press("g")
    expect(tab.locator(".bar nav kbd").first).to_be_visible()
    with tab.expect_navigation():
        tab.keyboard.press("c")
    assert tab.url.endswith("/cases/")
    tab.goto(f"/cases/{case}/")
    expect(tab.locator(".buttons a.button kbd")).to_have_text("a")
    with tab.expect_navigation():
        tab.keyboard.press("?")
    assert "/help/" in tab.url


def test_no_key_acts_in_a_text_field_or_while_letters_are_converted(browse, jiro):
    tab = browse(jiro)
    tab.goto("/glossary/")
    tab.focus("#g-q")
    for key in ("g", "i", "?", "a", "/", "Control+k"):
        tab.keyboard.press(key)
    assert tab.url.endswith("/glossary/") and tab.locator("#palette[open]").count() == 0
    assert tab.input_value("#g-q") == "gi?a/"
    tab.evaluate("() => document.activeElement.blur()")
    for how in ("{isComposing: true}", "{keyCode: 229}"):
        tab.evaluate(f"() => dispatchEvent(new KeyboardEvent('keydown', {{key: '?', bubbles: true, ...{how}}}))")
    assert tab.url.endswith("/glossary/")


def test_switched_off_they_are_neither_heard_nor_shown(browse, jiro):
    case = world.filed(jiro, access.today() - timedelta(40))
    tab = browse(jiro)
    tab.goto("/settings/")
    tab.check("input[name=keys][value=off]")
    with tab.expect_navigation():
        tab.click("form .buttons button")
    tab.goto(f"/cases/{case}/")
    tab.keyboard.press("?")
    tab.keyboard.press("Control+k")
    assert tab.url.endswith(f"/cases/{case}/") and tab.locator("#palette[open]").count() == 0
    assert not tab.locator("kbd:visible").count()
    tab.click(".bar .go")  # the button itself stays
    expect(tab.locator("#palette-q")).to_be_focused()
