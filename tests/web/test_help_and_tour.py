"""Help that knows the page one came from, and the tours: both without script, by keys, in both languages."""

import re
from datetime import timedelta
from html import unescape

import pytest
from browser import assert_clean, axe, expect, follow, no_sideways_scroll, shot

from kaname.access import api as access
from kaname.aside.models import Choice
from kaname.web import page_help, tour
from kaname.web.views.case import TABS
from web import world


@pytest.fixture
def jiro(site):
    return site.person("審査 次郎", roles=("jpo", "applicant"), sealed=True)


@pytest.fixture
def case(jiro):
    return world.filed(jiro, access.today() - timedelta(40))


def text(site, person, path, status=200) -> str:
    answer = site.client(person).get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_every_page_of_the_top_bar_and_of_a_case_has_help_of_its_own(site):
    everyone = site.person(
        "全 役", roles=("jpo", "operator", "product_minister", "sector_minister", "program_director")
    )
    bar = re.search(r"<header.*?</header>", text(site, everyone, "/settings/"), re.S)[0]
    for href in set(re.findall(r'<a href="(/[^"]*)"[^>]*data-key', bar)) - {"/help/"}:
        assert "この画面：" in text(site, everyone, f"/help/?for={href}"), href
    for name, _ in TABS:
        assert page_help.of(name) in page_help.PAGES.values(), name


def test_the_question_mark_stands_on_the_same_place_and_knows_its_page(browse, jiro, case):
    tab, places = browse(jiro), set()
    for path in ("/settings/", "/help/", "/glossary/", f"/cases/{case}/notes/"):
        tab.goto(path)
        box = tab.locator("a.help").bounding_box()
        places.add((round(box["x"]), round(box["y"])))
        assert tab.get_attribute("a.help", "href").endswith(f"?for={path}")
    assert len(places) == 1, places
    tab.keyboard.press("?")
    expect(tab.locator("#page")).to_contain_text("メモ")


def test_the_help_of_a_form_names_each_field_its_provision_the_version_and_links_terms_once(site, jiro, case):
    page = text(site, jiro, f"/help/?for=/cases/{case}/act/first_review.send/")
    assert 'id="fields"' in page and "内閣総理大臣に送付する" in page and "の法令によります" in page
    assert "laws.e-gov.go.jp" in page and 'id="terms"' in page
    linked = re.findall(r'href="(/glossary/[a-z-]+/)">', page.split('id="terms"')[0])
    assert len(linked) == len(set(linked))
    opening = text(site, jiro, f"/help/?for=/new/{world.KIND}/%3Fact=first_review.file")
    assert "出願番号" in opening


def test_help_tells_nothing_of_a_case_that_one_may_not_know_of(site, jiro, case):
    path = f"/help/?for=/cases/{case}/act/first_review.send/"
    stranger = world.person("taro", "operator", kind="infrastructure.plan")
    for who in (stranger, None):
        assert 'id="fields"' not in text(site, who, path)
    for odd in ("//evil.example/", "javascript:alert(1)", "/nowhere/", "%00"):
        assert "この画面：" not in text(site, None, f"/help/?for={odd}"), odd


def test_a_form_says_under_every_field_what_to_give(site, jiro, case):
    page = text(site, jiro, f"/new/{world.KIND}/?act=first_review.file")
    for name in re.findall(r'<(?:input|textarea|select)[^>]* id="(f-[^"]+)"[^>]*aria-describedby', page):
        assert f'id="{name}-hint"' in page


def test_every_step_of_every_tour_is_a_page_that_opens(site):
    chief = site.person("管理 者", roles=("jpo", "operator", "product_minister"), administers=True)
    for one in tour.TOURS:
        for step in tour.steps(one.id, administers=True):
            assert site.client(chief).get(step.href).status_code == 200, step
    assert not [s for s in tour.steps("administrator") if s.href == "/people/"]


def test_a_tour_is_walked_left_and_gone_on_with_without_script(browse, jiro):
    tab = browse(jiro, script=False)
    tab.goto("/tour/")
    follow(tab, "button[value='attorney/1']")
    expect(tab.locator("#tour-h")).to_contain_text("案内 1/6")
    follow(tab, "button[value='attorney/2']")
    assert tab.url.endswith("/patents/screening/#tour")
    follow(tab, "#tour button[value=leave]")
    assert Choice.objects.get(person=jiro).tour == "attorney/2"
    tab.goto("/patents/screening/")
    assert tab.locator("#tour").count() == 0
    again = browse(jiro)  # another browser of the same person
    again.goto("/tour/")
    follow(again, "button[value=resume]")
    expect(again.locator("#tour-h")).to_contain_text("案内 2/6")
    assert axe(again) == [] and no_sideways_scroll(again) == []
    shot(again, "tour-step")
    again.set_viewport_size({"width": 1280, "height": 900})
    for number in range(3, 7):
        follow(again, f"button[value='attorney/{number}']")
    follow(again, "#tour button[value=end]")
    assert Choice.objects.get(person=jiro).tour == "done"


def test_keys_alone_walk_it(browse, jiro):
    tab = browse(jiro)
    tab.goto("/tour/")
    tab.focus("button[value='patent_office/1']")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")  # from the panel that the address points at
    expect(tab.locator("#tour button").first).to_be_focused()


def test_what_names_no_step_is_not_there(site, jiro):
    client = site.client(jiro)
    for at in ("", "attorney", "attorney/0", "attorney/99", "none/1", "administrator/9"):
        assert client.post("/tour/", {"do": "go", "at": at}).status_code == 404
    assert client.post("/tour/", {"do": "resume"}).status_code == 404


def test_the_pages_are_clean(browse, jiro, case):
    tab = browse(jiro)
    for path in ("/tour/", f"/help/?for=/cases/{case}/act/first_review.send/", "/help/"):
        assert_clean(tab, path)
