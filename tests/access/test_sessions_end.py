"""A session ends when it must, everywhere, at the next request; and what was typed is not lost by it."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import reverse
from folk import circle, person
from visitor import PASSWORD, client, is_in, log_in

from kaname.access import api as access
from kaname.access.gate import sessions
from kaname.access.gate.expired import KEPT
from kaname.access.login import invitations
from kaname.access.models import Person, Session
from kaname.ledger import clock


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", password=PASSWORD)


@pytest.fixture
def later(monkeypatch):
    """The clock stands still, and goes by hand."""
    at = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    return lambda **more: at.append(at.pop() + timedelta(**more))


@pytest.fixture
def stands(later, monkeypatch):
    """As `later`; and sessions are written as often as in an office."""
    monkeypatch.setattr(sessions, "_note", sessions._note.__wrapped__)
    return later


def test_half_an_hour_without_a_request_ends_it(hana, later):
    browser = client(hana)
    for _ in range(4):
        later(minutes=29)
        assert is_in(browser)
    later(minutes=31)
    assert not is_in(browser)
    assert not is_in(browser)


def test_a_quarter_of_an_hour_ends_it_where_a_compartment_is_open(hana, stands):
    """Their cases stand in every list of a member. Without membership, or after it, the half hour holds."""
    jiro = person("Jiro", "applicant")
    circle("one", hana)
    members, other = client(hana), client(jiro)
    for _ in range(3):
        stands(minutes=14)
        assert is_in(members) and is_in(other)
    stands(minutes=16)
    assert not is_in(members) and is_in(other)
    hana.memberships.update(valid_until=clock.today() - timedelta(days=1))
    members = client(hana)
    stands(minutes=16)
    assert is_in(members)


def test_ten_hours_end_it_however_busy(hana, later):
    browser = client(hana)
    for _ in range(29):
        later(minutes=20)
        assert is_in(browser)
    later(minutes=21)
    assert not is_in(browser)


@pytest.fixture
def written(monkeypatch):
    """How often a session was written."""
    times, save = [], SessionStore.save
    monkeypatch.setattr(SessionStore, "save", lambda *args, **more: times.append(1) or save(*args, **more))
    return times


def test_a_session_is_written_once_a_minute_however_busy(hana, stands, written):
    browser = client(hana)
    written.clear()
    for seconds, wanted in ((0, 0), (60, 0), (1, 1), (59, 1), (1, 1), (1, 2)):
        stands(seconds=seconds)
        assert is_in(browser) and len(written) == wanted


@pytest.mark.parametrize("fault", [DatabaseError, UpdateError])
def test_where_a_session_cannot_be_written_the_page_is_read_all_the_same(hana, stands, monkeypatch, fault):
    browser = client(hana)

    def full(*_, **__):
        raise fault

    stands(minutes=20)
    before = browser.session[sessions.SEEN]
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", full)
        seen = []
        request = RequestFactory().get("/")
        request.session, request.user = browser.session, hana
        sessions.Sessions(lambda request: seen.append(request.session[sessions.SEEN]) or True)(request)
        assert seen == [before] and not request.session.modified


@pytest.mark.parametrize(("minutes", "member"), [(30, False), (15, True)])
def test_to_the_second(hana, stands, minutes, member):
    if member:
        circle("one", hana)
    browser = client(hana)
    for _ in range(2):
        stands(minutes=minutes)
        assert is_in(browser)
    stands(minutes=minutes, seconds=1)
    assert not is_in(browser) and SESSION_KEY not in browser.session


def test_ten_hours_to_the_second(hana, stands):
    browser = client(hana)
    for _ in range(40):
        stands(minutes=15)
        assert is_in(browser)
    stands(seconds=1)
    assert not is_in(browser)


@pytest.mark.parametrize("name", [sessions.BEGAN, sessions.SEEN])
@pytest.mark.parametrize("what", [None, "no instant", "2999-01-01T00:00:00+00:00"])
def test_a_session_without_a_beginning_or_out_of_the_future_is_over(hana, name, what):
    browser = client(hana)
    session = browser.session
    session[name] = what
    if what is None:
        del session[name]
    session.save()
    assert browser.get(reverse("mfa_index")).status_code == 302


def test_an_account_switched_on_again_must_log_in_again(hana, stands):
    browser = client(hana)
    stands(minutes=16)  # long enough to be asked for compartments
    Person.objects.filter(pk=hana.pk).update(is_active=False)
    assert browser.get(reverse("mfa_index")).status_code == 302
    Person.objects.filter(pk=hana.pk).update(is_active=True)
    assert not is_in(browser)


def ends(change):
    return pytest.param(change, id=change.__name__)


def a_mandate_given(hana):
    access.people.grant(None, hana, "jpo")


def a_mandate_ended(hana):
    access.people.end_mandate(None, hana.mandates.get().public_id)


def brought_into_a_circle(hana):
    other = person("Member")
    access.compartments.join(other, circle("one", other).public_id, hana)


def the_account_ended(hana):
    access.people.end_person(None, hana)


def the_account_reset(hana):
    invitations.reset(None, hana)


def the_row_switched_off(hana):
    Person.objects.filter(pk=hana.pk).update(is_active=False)


def the_password_set_anew(hana):
    hana.set_password("another long password here")
    hana.save()


@pytest.mark.parametrize("change", [
    ends(a_mandate_given), ends(a_mandate_ended), ends(brought_into_a_circle), ends(the_account_ended),
    ends(the_account_reset), ends(the_row_switched_off), ends(the_password_set_anew),
])  # fmt: skip
def test_a_change_of_rights_or_keys_ends_every_session_at_its_next_request(hana, change):
    browsers = client(hana), client(hana)
    assert all(map(is_in, browsers))
    change(Person.objects.get(pk=hana.pk))
    assert not any(map(is_in, browsers))


def test_a_new_factor_ends_the_other_sessions_and_not_this_one(sqlite_office):
    hana = person("Hana", password=PASSWORD)  # allauth tells of the factor after the commit
    here, there = client(), client(hana)
    log_in(hana.email, at=here)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.get(reverse("mfa_activate_totp"))
    secret = here.session[SECRET_SESSION_KEY]
    code = format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))
    answer = here.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.status_code == 302 and is_in(here) and not is_in(there)


# -- nothing typed is lost -------------------------------------------------------------------------------------------

TYPED = {"reason": "前に書いた長い理由 <&>", "ground": ["a", "b"], "csrfmiddlewaretoken": "x", "password": "never"}


def test_what_was_posted_too_late_is_shown_after_the_login(hana, later):
    browser = client(hana)
    later(minutes=45)
    answer = browser.post(reverse("mfa_index") + "?run=x", TYPED)
    assert answer.url == "/accounts/login/?next=%2Faccounts%2Fkept%2F"
    log_in(hana.email, at=browser)
    page = browser.get("/accounts/kept/").content.decode()
    assert 'action="/accounts/2fa/?run=x"' in page and "前に書いた長い理由 &lt;&amp;&gt;" in page
    assert page.count('name="ground"') == 2 and "never" not in page


def test_it_is_shown_to_the_same_person_alone(hana, later):
    browser, jiro = client(hana), person("Jiro", password=PASSWORD)
    later(minutes=45)
    browser.post(reverse("mfa_index"), TYPED)
    log_in(jiro.email, at=browser)
    assert browser.get("/accounts/kept/").url == "/"
    browser.post("/accounts/logout/")
    log_in(hana.email, at=browser)
    assert browser.get("/accounts/kept/").url == "/"


def test_it_does_not_lie_in_the_database_for_others_to_read(hana, later):
    browser = client(hana)
    later(minutes=45)
    browser.post(reverse("mfa_index"), TYPED)
    assert KEPT in browser.session
    assert not any("理由" in repr(s.get_decoded()) for s in Session.objects.all())


def test_a_stranger_who_posts_is_sent_to_the_login_and_nothing_is_kept(db):
    browser = client()
    assert browser.post(reverse("mfa_index"), TYPED).url == "/accounts/login/"
    assert KEPT not in browser.session


def test_a_form_of_an_earlier_login_is_shown_again_and_not_lost(hana):
    """Another tab has logged in anew: the token of this form is an old one."""
    browser = client(hana)
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(reverse("mfa_index"), TYPED)
    assert answer.url == "/accounts/kept/"
    assert "前に書いた" in browser.get("/accounts/kept/").content.decode()


def test_a_form_of_another_site_is_neither_done_nor_shown(hana):
    browser = client(hana)
    browser.handler.enforce_csrf_checks = True
    for where in ("cross-site", "same-site"):
        answer = browser.post(reverse("mfa_index"), TYPED, headers={"Sec-Fetch-Site": where})
        assert answer.status_code == 403 and KEPT not in browser.session


def test_a_part_of_a_page_sends_the_whole_page_to_the_login(hana, later):
    browser = client(hana)
    later(minutes=45)
    headers = {"HX-Request": "true", "HX-Current-URL": "/?kind=x"}
    assert browser.get("/", headers=headers).headers["HX-Redirect"] == "/accounts/login/?next=%2F%3Fkind%3Dx"
