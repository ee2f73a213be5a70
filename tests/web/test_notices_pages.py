"""Pages of the notices: reminders read, rules kept, a feed that withdraws what is gone, webhooks; in the browser."""

import re
from datetime import timedelta

import pytest
from browser import assert_clean, shot
from django.test import Client
from icalendar import Calendar

from kaname.access import api as access
from kaname.access.models import Compartment, Placement
from kaname.ledger.models import Case
from kaname.notices import outbox
from kaname.notices.api import calendar, hooks, remind
from kaname.notices.models import How, Outgoing, Read, Wishes
from kaname.notices.remind import When
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db):
    return world.people()


def days_ago(n: int):
    return access.today() - timedelta(n)


@pytest.mark.parametrize(
    ("language", "told", "none"),
    [("ja", "まだ読んでいないお知らせが1件あります。", "新しいお知らせはありません。"),
     ("en", "Reminders not yet read: 1.", "There are no new reminders.")],
)  # fmt: skip
def test_a_reminder_is_read_and_gone(folk, language, told, none):
    world.filed(folk["attorney"], days_ago(90))  # the Office's three months end within days
    jpo = login(folk["jpo"], language)
    assert "/notices/" in jpo.get("/").content.decode()
    said = jpo.get("/notices/").content.decode()
    assert told in said
    keys = re.findall(r'name="key" value="(\w+)"', said)
    after = jpo.post("/notices/", {"key": keys}, follow=True).content.decode()
    assert none in after and "/notices/" not in text(jpo.get("/"))
    login(folk["attorney"], language).post("/notices/", {"key": keys})
    assert not Read.objects.filter(person=folk["attorney"]).exists(), "another's reminders are not theirs to read"


def test_rules_are_kept_or_given_back_with_the_reason(folk):
    jpo = login(folk["jpo"])
    form = {"before": ["14", "", "0"], "how": ["mail", "page", "page"], "kind": ["", "", "patents.application"]}
    assert jpo.post("/settings/notices/", {**form, "digest_hour": "8"}).status_code == 302
    assert remind.rules(folk["jpo"]) == (When(14, How.MAIL), When(0, How.PAGE, "patents.application"))
    assert Wishes.objects.get(person=folk["jpo"]).digest_hour == 8
    for wrong in ({**form, "before": ["many", "", "0"]}, {**form, "before": ["999", "", "0"]},
                  {**form, "digest_hour": "24"}):  # fmt: skip
        answer = jpo.post("/settings/notices/", wrong)
        assert answer.status_code == 422
        assert f'value="{wrong["before"][0]}"' in answer.content.decode(), "what was typed is given back"
    assert len(remind.rules(folk["jpo"])) == 2


def test_the_feed_is_for_who_knows_its_address_and_withdraws_what_is_gone(folk):
    case = world.filed(folk["attorney"], days_ago(80))
    jpo = folk["jpo"]
    secret = calendar.begin_feed(jpo)
    nobody = Client()
    answer = nobody.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED" and event["DTEND"].dt - event["DTSTART"].dt == timedelta(1)
    assert "第1号" in event["SUMMARY"] and world.PARTY not in str(answer.content.decode())
    again = Calendar.from_ical(nobody.get(f"/calendar/{secret}.ics").content).walk("VEVENT")
    assert [(e["UID"], e["SEQUENCE"]) for e in again] == [(event["UID"], event["SEQUENCE"])]
    room = Compartment.objects.create(name="区画")
    Placement.objects.create(case=Case.objects.get(public_id=case), compartment=room)
    (gone,) = Calendar.from_ical(nobody.get(f"/calendar/{secret}.ics").content).walk("VEVENT")
    assert (gone["UID"], gone["STATUS"]) == (event["UID"], "CANCELLED") and gone["SEQUENCE"] > event["SEQUENCE"]
    newer = calendar.begin_feed(jpo)
    assert nobody.get(f"/calendar/{secret}.ics").status_code == 404
    calendar.end_feed(jpo)
    assert nobody.get(f"/calendar/{newer}.ics").status_code == 404
    for wrong in ("x", "あ" * 40, "a" * 200):
        assert nobody.get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_feed_of_who_has_left_is_not_there(folk):
    secret = calendar.begin_feed(folk["jpo"])
    type(folk["jpo"]).objects.filter(pk=folk["jpo"].pk).update(is_active=False)
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_a_message_that_was_given_up_is_sent_again_by_its_person_alone(folk):
    outbox.put([outbox.message("k", "mail", folk["jpo"], {"digest": "2026-05-01"}, outbox.clock.now())])
    Outgoing.objects.update(state="dead", fault="refused (550)", done_at=outbox.clock.now())
    address = f"/settings/messages/{Outgoing.objects.get().public_id}/again/"
    assert "refused (550)" in text(login(folk["jpo"]).get("/settings/notices/"))
    assert login(folk["attorney"]).post(address).status_code == 404
    assert login(folk["jpo"]).post(address).status_code == 302 and Outgoing.objects.get().state == "waiting"


def test_the_pages_in_the_browser(site, browse):
    person = site.person("要 花子", roles=("jpo",))
    attorney = site.person("代理 太郎", roles=("applicant",))
    world.filed(attorney, days_ago(90))
    page = browse(person)
    page.goto(f"{site.url}/settings/notices/")
    page.get_by_role("button", name="所在を作る").click()
    page.locator("input[name=password]").fill("correct horse battery")  # it opens to whoever has it: asked for anew
    page.locator("main form button").first.click()
    page.locator("#feed").wait_for()
    assert "/calendar/" in page.locator("#feed").inner_text()
    page.goto(f"{site.url}/notices/")
    shot(page, "notices")
    assert_clean(page, "/notices/")
    hooks.make(person, "文書システム", "https://hooks.example/kaname")
    for name in ("webhooks", "notices"):
        page.goto(f"{site.url}/settings/{name}/")
        shot(page, f"settings_{name}")
        assert_clean(page, f"/settings/{name}/")
    own = browse(person)
    own.goto(f"{site.url}/notices/")
    own.get_by_role("button", name="選んだものを既読にする").click()
    own.get_by_text("新しいお知らせはありません。").wait_for()
