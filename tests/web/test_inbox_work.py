"""The inbox is worked off by page: with the mouse, with keys, and without script."""

from datetime import timedelta

import pytest
from browser import assert_clean, expect, follow

from desk import Desk
from kaname.access import api as access
from kaname.task import marks
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db):
    return world.people()


def ago(n: int):
    return access.today() - timedelta(n)


def test_a_finished_inbox_says_so_and_gives_the_next_date(folk):
    world.filed(folk["attorney"], ago(88))
    jpo = login(folk["jpo"], "en")
    key = [marks.named(i) for b in access.inbox(folk["jpo"]) for i in b.items]
    said = text(jpo.post("/task/marks/", {"do": "seen", "key": key}, follow=True))
    assert "marked as seen" in said and "All is done. Nothing is due." in said
    assert "1 of them due within a week or overdue" in said.replace("more are put away (", "")
    world.filed(folk["attorney"], ago(20))
    assert "Nothing is due within a week." in (said := text(jpo.get("/"))) and "Next:" in said
    assert "1 assignments" not in text(jpo.post("/task/marks/undo/", follow=True))
    assert "1 matters are due within a week or overdue." in text(jpo.get("/"))


def test_what_comes_in_wrong_changes_nothing_and_is_told(folk):
    world.filed(folk["attorney"], ago(88))
    jpo = login(folk["jpo"])
    assert "行が選ばれていません" in text(jpo.post("/task/marks/", {"do": "seen"}, follow=True))
    key = [marks.named(i) for b in access.inbox(folk["jpo"]) for i in b.items]
    for sent in ({"do": "snooze", "days": "x"}, {"do": "snooze", "days": "0"}, {"do": "to", "to": "nobody"}):
        assert 'class="banner wrong"' in jpo.post("/task/marks/", {**sent, "key": key}, follow=True).content.decode()
    assert jpo.post("/task/marks/", {"do": "nonsense", "key": key, "next": "https://evil.example/"})["Location"] == "/"
    assert jpo.post("/task/marks/undo/", {"next": "//evil.example/"})["Location"] == "/"
    assert "一週間以内に期限が来るもの、過ぎたものは1件です。" in text(jpo.get("/"))
    assert login(folk["jpo"]).get("/task/marks/").status_code == 405


@pytest.fixture
def desk(site, browse):
    who = site.person("審査 次郎", roles=("jpo",), sealed=True)
    site.person("審査 花子", roles=("jpo",))
    attorney = site.person("架空 花子", roles=("applicant",), office=site.office("架空社"))
    for n in (88, 87):
        world.filed(attorney, ago(n), application_number=f"特願2026-{n}")
    return Desk(site, browse(who), who)


def rows(desk):
    return desk.tab.locator("#week [data-row]")


def test_keys_put_a_row_away_and_bring_it_back(desk):
    desk.opens("/")
    expect(rows(desk)).to_have_count(2)
    for key, left in (("s", 1), ("e", 0)):
        desk.presses("j")
        with desk.tab.expect_navigation():
            desk.presses(key)
        expect(rows(desk)).to_have_count(left)
    for left in (1, 2):
        with desk.tab.expect_navigation():
            desk.presses("z")
        expect(rows(desk)).to_have_count(left)
    desk.presses("j", "x", "j", "x")
    with desk.tab.expect_navigation():
        desk.presses("m")
    expect(rows(desk).filter(has_text="審査 次郎")).to_have_count(2)


def test_the_inbox_is_clean_with_its_bar_and_with_what_is_put_away(desk):
    assert_clean(desk.tab, desk.site.url + "/")
    desk.tab.locator("#week input[type=checkbox]").first.check()
    follow(desk.tab, "button[value=snooze]")
    assert_clean(desk.tab, desk.site.url + "/?show=away")


def test_without_script(site, browse, desk):
    page = browse(desk.person, script=False)
    page.goto(site.url + "/")
    page.locator("#week input[type=checkbox]").first.check()
    follow(page, "button[value=seen]")
    expect(page.locator("#week [data-row]")).to_have_count(1)
    page.locator("#week input[type=checkbox]").first.check()
    page.select_option("#w-to", label="審査 花子")
    follow(page, "button[value=to]")
    expect(page.locator("#week [data-row]")).to_have_count(0)
    page.goto(site.url + "/?show=others")
    expect(page.locator("#week [data-row]")).to_have_count(1)
