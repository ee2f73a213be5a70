"""What leaves whole, or is sealed, leaves after the person has proved within five minutes that it is still them: then
it comes at once, without a script, and nothing typed is lost. A list of open cases is no such thing."""

import re
import time

import pytest
from django.urls import reverse
from folk import circle, recorded
from visitor import PASSWORD, client, log_in

from kaname.access import api as access
from kaname.access.login import fresh
from kaname.access.models import Person
from kaname.ledger import clock
from kaname.procedure import Entry

MANY = "?act=patents.application/first_review.send"


@pytest.fixture
def browser(hana):
    made = client()
    log_in(hana.email, at=made)
    return made


def proves(browser, asked):
    """The page that asks, answered."""
    assert asked.status_code == 302 and asked.url.startswith(reverse("account_reauthenticate")), asked
    return browser.post(asked.url, {"password": PASSWORD})


def package(case):
    return reverse("package", args=[case, 1])


@pytest.mark.parametrize("name", ["package", "letter_whole"])
def test_what_is_sealed_comes_as_soon_as_it_is_proved(browser, case, name):
    where = reverse(name, args=[case, 1])
    found = proves(browser, browser.post(where))
    assert found.status_code == 200 and found["Content-Type"] in ("application/zip", "application/pdf")
    assert browser.post(where).status_code == 200


def test_a_form_that_comes_back_refused_is_sent_where_it_belongs(hana, browser):
    """It is answered under the address of the proof: what is typed the second time must not go there."""
    Person.objects.filter(pk=hana.pk).update(administers=True)
    where = reverse("person_new")
    back = proves(browser, browser.post(where, {"email": hana.email, "name": "要"}))
    page = back.content.decode()
    assert back.status_code == 422 and f'value="{hana.email}"' in page
    assert f'<form action="{where}" method="post"' in page and not re.search(r"<form(?![^>]*\baction=)", page)


@pytest.mark.parametrize("form", ["zip", "pdf"])
def test_many_letters_come_by_the_address_that_was_asked_for(hana, browser, case, form):
    recorded(access.act(hana, case, Entry("first_review.send", clock.today(), {"ground": "listed"}),
                        idempotency_key="sent-once"))  # fmt: skip
    where = f"{reverse('letters')}{MANY}&as={form}"
    assert browser.get(reverse("letters") + MANY).status_code == 200  # which there are, is read as ever
    back = proves(browser, browser.get(where))
    assert (back.status_code, back.url) == (302, where)
    assert browser.get(where)["Content-Type"] == f"application/{form}"


@pytest.mark.parametrize("form", ["pdf", "xlsx", "json"])
def test_the_report_of_a_leak_is_asked_for(browser, case, form):
    where = reverse("custody_leak", args=[case])
    asked = browser.get(f"{where}?as={form}")
    assert proves(browser, asked).url == f"{where}?as={form}"


def test_after_five_minutes_it_is_asked_again(browser, case, monkeypatch):
    proves(browser, browser.post(package(case)))
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 299)
    assert browser.post(package(case)).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now() + 301)
    assert browser.post(package(case)).status_code == 302


def test_a_wrong_password_brings_nothing(browser, case):
    asked = browser.post(package(case))
    answer = browser.post(asked.url, {"password": "not this one at all"})
    assert answer["Content-Type"].startswith("text/html") and b"PK" not in answer.content[:2]


@pytest.mark.parametrize("form", ["format=csv", "format=csv&as=xlsx", "format=json"])
def test_a_list_is_asked_for_of_members_of_compartments_alone(hana, browser, case, form):
    where = f"{reverse('cases')}?kind=patents.application&{form}"
    assert browser.get(where).status_code == 200
    circle("one", hana)
    member = client()
    log_in(hana.email, at=member)
    assert proves(member, member.get(where)).url == where
    assert member.get(where).status_code == 200


def test_an_exit_that_does_not_ask_is_found(browser, case, monkeypatch):
    """Planted: nobody is ever asked."""
    monkeypatch.setattr(fresh, "unproved", lambda request: None)
    with pytest.raises(AssertionError):
        proves(browser, browser.post(package(case)))
