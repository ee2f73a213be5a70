"""The parts on /parts/: clean in both languages and themes, told apart without colour, on paper, worked by key."""

import re
from itertools import combinations

import pytest
from browser import assert_clean, expect, follow, no_sideways_scroll

_LOOK = """e => { const s = getComputedStyle(e); return [e.textContent.trim(), s.borderStyle, s.borderInlineStartWidth,
  s.borderRadius, s.fontWeight, s.borderColor === 'rgba(0, 0, 0, 0)' ? 'no edge' : 'edge',
  grey(s.backgroundColor)];
  function grey(colour) { const [r, g, b, a] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 || (r + g + b) / 3 > 200 ? 'light' : 'dark' } }"""


@pytest.fixture
def page(site, browse):
    page = browse(site.person("要 花子", roles=("applicant",)))
    page.goto("/parts/")
    return page


def test_clean(site, browse):
    assert_clean(browse(site.person("要 花子")), "/parts/")


def test_states_are_told_apart_without_colour(page):
    tags = [page.evaluate(_LOOK, tag) for tag in page.query_selector_all("[data-states] .tag")]
    assert len(tags) == 10
    for one, other in combinations(tags, 2):
        assert one[0] != other[0], "icon and word"
    bare = {"met", "lapsed", "pending"}  # nothing is asked of the reader: icon and word alone
    names = [t.get_attribute("class").split()[1] for t in page.query_selector_all("[data-states] .tag")]
    shapes = [tuple(t[1:]) for t, name in zip(tags, names, strict=True) if name not in bare]
    assert len(set(shapes)) == len(shapes), "edge, width, corner, weight or fill"


@pytest.mark.parametrize("sight", ["achromatopsia", "deuteranopia", "protanopia"])
def test_states_look_different_to_every_eye(page, sight):
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
    pictures = [tag.screenshot() for tag in page.query_selector_all("[data-states] .tag")]
    assert len(set(pictures)) == 10


def test_states_can_be_read_on_paper_and_in_forced_colours(page):
    page.emulate_media(media="print")
    for state in ("overdue", "ban", "due_soon", "running"):
        look = page.evaluate(
            "e => { const c = getComputedStyle(e); return [c.color, c.borderTopWidth] }",
            page.query_selector(f"[data-states] .tag.{state}"),
        )
        assert look[0] == "rgb(0, 0, 0)", "black on white, whatever the printer does with backgrounds"
        assert float(look[1].removesuffix("px")) >= 1
    page.emulate_media(media="screen", forced_colors="active")
    edges = page.eval_on_selector_all("[data-states] .tag", "all => all.map(e => getComputedStyle(e).borderStyle)")
    assert {"dashed", "dotted", "solid"} <= set(edges)


def test_zoomed_to_400_per_cent(page):
    """1280 pixels at 400 % are 320: one column, nothing to scroll sideways."""
    assert no_sideways_scroll(page, 320) == []
    # a reader's own spacing (WCAG 1.4.12) and texts 40 % longer clip nothing
    page.evaluate("""() => { const s = new CSSStyleSheet();
      s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; ' +
                    'word-spacing: .16em !important }');
      document.adoptedStyleSheets.push(s) }""")
    assert no_sideways_scroll(page) == []


def test_a_table_becomes_cards(page):
    page.set_viewport_size({"width": 390, "height": 900})
    row = page.locator("table.list tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "block"
    link = row.locator("a").first.bounding_box()
    cell = row.locator("td[data-head]").first.bounding_box()
    assert link["y"] < cell["y"], "the link is the first line of a card"


# -- keys --------------------------------------------------------------------------------------------------------------


def _at(page) -> str:
    return page.evaluate("() => document.activeElement.textContent.trim()")


def test_keys_walk_and_select_rows(page):
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert _at(page) == "特願2026-000456"
    page.keyboard.press("k")
    assert _at(page) == "特願2026-000123"
    page.keyboard.press("x")
    assert page.locator("table.list input[type=checkbox]").first.is_checked()


def test_keys_rest_while_somebody_writes(page):
    field = page.locator("#f-title")
    field.click()
    page.keyboard.press("j")
    assert field.input_value().count("j") == 1
    page.locator("h1").click()
    moved = """code => { document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true, ...code}));
               return document.activeElement.tagName }"""
    assert page.evaluate(moved, {"isComposing": True}) != "A"
    assert page.evaluate(moved, {"keyCode": 229}) != "A"
    assert page.evaluate(moved, {}) == "A"


def test_keys_can_be_switched_off(page):
    page.goto("/settings/")
    page.get_by_label("使わない").check()
    follow(page, page.get_by_role("button", name="設定を保存する"))
    page.goto("/parts/")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.tagName") != "A"


def test_a_question_mark_leads_to_help_and_g_i_to_the_inbox(page):
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/help/?for=/parts/")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url(f"{page.site}/")


# -- fields ------------------------------------------------------------------------------------------------------------


def test_a_refused_form_speaks_first(page):
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.locator("#f-filed_on")).to_be_focused()
    assert page.locator("#f-filed_on").get_attribute("aria-invalid") == "true"


def test_a_day_is_echoed(page):
    field = page.locator("#f-received_on")
    field.fill("２０２６１１２３")
    field.blur()
    expect(page.locator("#f-received_on-echo")).to_contain_text("勤労感謝の日")
    expect(page.locator("#live")).to_contain_text("→ 2026年11月23日（月・祝）")


def test_a_row_is_added(page):
    rows = page.locator("kaname-rows .row")
    before = rows.count()
    page.get_by_role("button", name="行を加える").click()
    expect(rows).to_have_count(before + 1)
    expect(page.locator(f"[name='owners.{before}.name']")).to_be_focused()


def test_a_party_is_chosen_by_key(page):
    field = page.locator("#f-party")
    field.click()
    field.press_sequentially("架空")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
    expect(field).to_have_value("架空電機")
    assert page.url.endswith("/parts/"), "Enter took the entry and sent nothing"


def test_focus_survives_a_swap(page):
    page.locator("#f-title").focus()
    page.evaluate("""async () => {
      const form = document.querySelector('form[novalidate]'), text = form.outerHTML;
      document.dispatchEvent(new CustomEvent('htmx:before:swap'));
      form.outerHTML = text;
      document.dispatchEvent(new CustomEvent('htmx:after:swap', {detail: {}}));
    }""")
    assert page.evaluate("() => document.activeElement.id") == "f-title"


def test_without_script(site, browse):
    page = browse(site.person("要 花子"), script=False)
    page.goto("/parts/")
    assert page.locator("[data-print]").is_hidden(), "a button that needs script is not shown"
    page.locator("#f-title").fill("別の装置")
    follow(page, page.get_by_role("button", name="確認する"))
    assert "title=%E5%88%A5" in page.url
    follow(page, page.get_by_role("button", name="English").first)
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/settings/")
    page.get_by_label("Dark").check()
    follow(page, page.get_by_role("button", name="Save settings"))
    assert page.locator("html").get_attribute("data-theme") == "dark"
