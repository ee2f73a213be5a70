"""Absence by page: named, told in the inbox and on the record, ended; agreed to by administrators alone."""

from datetime import timedelta

import pytest
from browser import assert_clean, follow

from desk import PASSWORD
from kaname.access import api as access
from kaname.access.models import Deputy
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db):
    return {**world.people(), "dai": world.person("Dai"), "chief": world.person("Chief", admin=True)}


def test_a_deputy_has_the_work_and_both_are_on_record(folk):
    case = world.filed(folk["attorney"], access.today() - timedelta(88))
    today = access.today()
    access.deputies.name(folk["jpo"], folk["dai"], today, today + timedelta(3))
    dai = login(folk["dai"])
    said = text(dai.get("/"))
    assert "Jiroの代理をしています。" in said and "送付の期間（三月）" in said
    world.act(folk["dai"], case, "first_review.start_review", today)
    assert "Dai（Jiroの代理）" in text(login(folk["jpo"]).get(f"/cases/{case}/history/"))
    assert dai.post(f"/task/absence/{Deputy.objects.get().public_id}/end/").status_code == 302
    assert dai.get("/").status_code == 302, "a right that changed ends the sessions"
    folk["dai"].refresh_from_db()
    assert login(folk["dai"]).get(f"/cases/{case}/").status_code == 404


def test_administrators_alone_see_all(folk):
    today = access.today()
    made = access.deputies.name(folk["jpo"], folk["dai"], today, today)
    assert "Jiroの代理：Dai" in text(login(folk["chief"]).get("/task/absences/"))
    assert login(folk["dai"]).get("/task/absences/").status_code in (403, 404)
    assert login(folk["pm"]).post(f"/task/absence/{made.public_id}/end/").status_code == 404


def test_the_pages_in_the_browser(site, browse):
    jiro = site.person("審査 次郎", roles=("jpo",))
    site.person("審査 花子")
    chief = site.person("管理 四郎", administers=True)
    page = browse(None)
    page.goto(site.url + "/accounts/login/?next=/task/absence/")
    page.fill('input[name="login"]', jiro.email)
    page.fill('input[name="password"]', PASSWORD)
    follow(page, "main form button[type=submit], main form button:not([type])")
    page.goto(site.url + "/task/absence/")
    page.fill("#f-from", "nonsense")
    follow(page, "main form p.buttons button")
    page.fill('input[name="password"]', PASSWORD)  # lending one's rights is grave: it is asked again
    follow(page, "main form button[type=submit], main form button:not([type])")
    page.goto(site.url + "/task/absence/")
    page.fill("#f-from", "nonsense")
    follow(page, "main form p.buttons button")
    assert page.locator(".error-text").count() == 2
    today = access.today()
    page.fill("#f-from", f"{today:%Y/%m/%d}")
    page.fill("#f-until", f"{today + timedelta(7):%Y/%m/%d}")
    follow(page, "main form p.buttons button")
    assert Deputy.objects.get().principal == jiro
    assert_clean(page, site.url + "/task/absence/")
    assert_clean(browse(chief), site.url + "/task/absences/", languages=("en",))
