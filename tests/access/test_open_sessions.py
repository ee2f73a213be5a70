"""A person sees where they are logged in and ends what they do not know; nobody sees or ends another's."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from folk import circle, person
from visitor import PASSWORD, client, is_in, log_in, proved

from kaname.access.gate import open_sessions, sessions
from kaname.access.login import throttle
from kaname.access.models import Person, Session
from kaname.ledger import clock

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
          "Version/18.5 Mobile/15E148 Safari/604.1")  # fmt: skip
EDGE = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
        "Safari/537.36 Edg/138.0.0.0")  # fmt: skip
WHERE = "/settings/sessions/"


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", password=PASSWORD)


@pytest.fixture
def later(monkeypatch):
    at = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    monkeypatch.setattr(sessions, "_note", sessions._note.__wrapped__)
    return lambda **more: at.append(at.pop() + timedelta(**more))


def here(who):
    return proved(client(who), who)


def shown(browser) -> str:
    answer = browser.get(WHERE)
    assert answer.status_code == 200
    return answer.content.decode()


def ends(page: str) -> list[str]:
    """What the page sends to end one, and all."""
    return re.findall(r'name="end" value="([^"]+)"', page)


def test_each_is_shown_with_since_when_and_from_where_and_this_one_is_marked(hana, later):
    for agent, address in ((SAFARI, "192.0.2.7"), (FIREFOX, "2001:db8::7")):
        log_in(hana.email, at=client(**{"User-Agent": agent}), REMOTE_ADDR=address)
        later(minutes=1)
    mine = client(hana)
    page = shown(mine)
    assert page.count("<tr") == 1 + 3 and page.count(">このブラウザー<") == 1
    assert page.count(">ほかのブラウザー<") == 2
    assert all(word in page for word in ("Safari, iOS", "192.0.2.7", "Firefox, Windows", "2001:db8::7"))
    assert len(ends(page)) == 3 and ends(page)[-1] == "others"
    (one,) = (one for one in open_sessions.listed(_asked(mine, hana)) if one.browser == "Safari, iOS")
    assert one.began == clock.now() - timedelta(minutes=2) and not one.here
    Person.objects.filter(pk=hana.pk).update(language="en")
    english = shown(mine)
    assert ">this browser<" in english and "End all others" in english


def _asked(browser, who):
    request = browser.get(WHERE).wsgi_request
    request.user = who
    return request


def test_one_is_ended_and_the_others_go_on(hana):
    mine, lost, kept = here(hana), client(hana), client(hana)
    (wanted,) = (open_sessions._id(row) for row in Session.objects.filter(pk=lost.session.session_key))
    answer = mine.post(WHERE, {"end": wanted})
    assert (answer.status_code, answer.url) == (302, WHERE)
    assert is_in(mine) and is_in(kept) and not is_in(lost)
    assert mine.post(WHERE, {"end": wanted}).status_code == 302 and is_in(kept)


def test_all_others_are_ended_and_this_one_goes_on(hana):
    mine, others, jiro = here(hana), [client(hana) for _ in range(3)], client(person("Jiro", "applicant"))
    mine.post(WHERE, {"end": "others"})
    assert is_in(mine) and not any(map(is_in, others)) and is_in(jiro)
    assert "ほかに開いているセッションはありません" in shown(mine)


def test_nobody_sees_or_ends_the_sessions_of_another(hana):
    jiro = person("Jiro", "applicant", password=PASSWORD)
    log_in(jiro.email, at=client(**{"User-Agent": SAFARI}), REMOTE_ADDR="192.0.2.7")
    theirs, mine = client(jiro), here(hana)
    page = shown(mine)
    assert "192.0.2.7" not in page and "Safari" not in page and ends(page) == []
    for row in Session.objects.filter(person=jiro):
        mine.post(WHERE, {"end": open_sessions._id(row)})
        mine.post(WHERE, {"end": row.session_key})
    mine.post(WHERE, {"end": "others"})
    assert is_in(theirs) and Session.objects.filter(person=jiro).count() == 2


def test_an_administrator_sees_their_own_alone(hana):
    admin = person("Admin", administers=True, password=PASSWORD)
    there = client(hana)
    assert shown(here(admin)).count("<tr") == 2 and is_in(there)
    assert client(admin).get("/admin/access/session/").status_code == 404


def test_no_key_of_a_session_stands_on_the_page_or_in_the_log(hana, caplog):
    mine, other = here(hana), client(hana)
    with caplog.at_level(0):
        page = shown(mine)
        mine.post(WHERE, {"end": ends(page)[0]})
    for browser in (mine, other):
        assert browser.cookies["sessionid"].value not in page + caplog.text
    assert ends(page)[0] not in caplog.text


def test_what_does_not_open_anything_any_more_is_not_shown(hana, later):
    client(hana)
    later(minutes=31)  # idle for too long
    mine = client(hana)
    assert ends(shown(mine)) == []
    circle("one", hana)
    for _ in range(2):
        client(hana)
    assert len(ends(shown(mine))) == 3
    later(minutes=14)
    assert is_in(mine)
    later(minutes=2)  # a compartment is open: a quarter of an hour
    assert ends(shown(mine)) == []
    client(hana)
    Person.objects.filter(pk=hana.pk).update(stamp=hana.stamp + 1)
    hana.refresh_from_db()
    assert ends(shown(client(hana))) == []


def test_it_is_asked_anew_who_one_is_and_then_done_as_it_was_sent(hana):
    mine, other = client(hana), client(hana)
    assert mine.get(WHERE).status_code == 200
    asked = mine.post(WHERE, {"end": "others"})
    assert asked.status_code == 302 and asked.url.startswith(reverse("account_reauthenticate")) and is_in(other)
    wrong = mine.post(asked.url, {"password": "not the password at all"})
    assert wrong.status_code == 200 and is_in(other)
    mine.post(asked.url, {"password": PASSWORD})
    assert is_in(mine) and not is_in(other)


def test_a_form_of_another_site_and_a_link_end_nothing(hana):
    mine, other = here(hana), client(hana)
    mine.get(WHERE, {"end": "others"})
    mine.handler.enforce_csrf_checks = True
    assert mine.post(WHERE, {"end": "others"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert is_in(other)
    assert client().post(WHERE, {"end": "others"}).status_code == 302 and is_in(other)


@pytest.mark.parametrize("typed", ["", "x", "終", "\0", "0" * 32])
def test_what_names_no_session_ends_none(hana, typed):
    mine, other = here(hana), client(hana)
    assert mine.post(WHERE, {"end": typed}).status_code == 302
    assert is_in(mine) and is_in(other)


def test_this_session_is_not_ended_here(hana):
    mine = here(hana)
    row = Session.objects.get(pk=mine.session.session_key)
    mine.post(WHERE, {"end": open_sessions._id(row)})
    assert is_in(mine)


def test_a_request_that_was_under_way_does_not_bring_an_ended_session_back(hana):
    mine, other = here(hana), client(hana)
    under_way = other.session
    under_way["x"] = 1
    mine.post(WHERE, {"end": "others"})
    with pytest.raises(sessions.UpdateError):
        under_way.save()
    assert not is_in(other)


def test_a_session_is_nobodys_before_the_login_and_after_it_theirs(hana):
    browser = client()
    browser.get(reverse("account_login"))
    store = browser.session
    store["x"] = 1
    store.save()
    assert Session.objects.get().person_id is None
    log_in(hana.email, at=browser)
    assert Session.objects.get().person_id == hana.pk
    browser.post(reverse("account_logout"))
    assert not Session.objects.filter(person=hana).exists()


def test_what_has_run_out_goes_with_the_next_login(hana):
    """Whose it was or nobody's: a browser that came and never logged in."""
    client(hana)
    Session.get_session_store_class()().save()
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    jiro = person("Jiro", "applicant")
    client(jiro)
    assert [row.person for row in Session.objects.all()] == [jiro]
    client(hana)
    assert Session.objects.count() == 2, "what runs on stays"


def test_other_pages_ask_no_more_of_the_database_for_it(hana):
    """The statements on sessions of a page: the one that reads the row, however many are open."""
    browser = client(hana)
    for _ in range(5):
        client(hana)
    browser.get("/settings/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/settings/")
    assert sum("access_session" in q["sql"] for q in asked) == 1


@pytest.mark.parametrize("agent, name", [
    (FIREFOX, "Firefox, Windows"), (SAFARI, "Safari, iOS"), (EDGE, "Edge, Windows"), ("curl/8.5", ""), ("", ""),
    ("<script>Linux", "Linux"),
])  # fmt: skip
def test_a_browser_is_known_by_its_name_and_system(agent, name):
    assert open_sessions._named(agent) == name


def test_the_address_behind_a_proxy_is_what_the_proxy_noted(hana, settings):
    settings.KANAME_PROXIES = 1
    browser = client(**{"X-Forwarded-For": "10.9.9.9, 192.0.2.44"})
    log_in(hana.email, at=browser)
    page = shown(browser)
    assert "192.0.2.44" in page and "10.9.9.9" not in page
    assert throttle.client(browser.get(WHERE).wsgi_request) == "192.0.2.44"


def test_an_address_that_nobody_knows_is_said_to_be_unknown(hana):
    browser = client()
    log_in(hana.email, at=browser, REMOTE_ADDR="")
    page = shown(browser)
    assert "不明" in page and throttle.NOT_KNOWN not in page
