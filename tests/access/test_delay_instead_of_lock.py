"""Failures delay and never lock: nobody makes another miss a statutory day."""

from datetime import timedelta

import pytest
from folk import person
from visitor import PASSWORD, client, is_in, log_in

from kaname.access.login import throttle
from kaname.access.models import Wait
from kaname.ledger import clock


@pytest.fixture
def hana(db):
    return person("Hana", password=PASSWORD)


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Time stands still until a test lets it go by."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return lambda **more: now.append(now.pop() + timedelta(**more))


def fail(email="hana@example.jp", at="10.0.0.1", browser=None):
    return log_in(email, "wrong", at=browser, REMOTE_ADDR=at)


def test_ten_failures_are_free_then_one_waits_and_is_told_how_long(hana):
    answers = [fail(at=f"10.0.0.{n}") for n in range(12)]
    assert [a.status_code for a in answers] == [200] * 11 + [429]
    assert answers[-1].headers["Retry-After"] == "2"
    assert b"wait 2 seconds" in answers[-1].content and b"hana@example.jp" in answers[-1].content


def test_while_one_waits_even_the_right_password_is_not_looked_at(hana, later):
    for n in range(11):
        fail(at=f"10.0.0.{n}")
    assert log_in(hana.email, REMOTE_ADDR="10.0.9.9").status_code == 429
    later(seconds=3)
    assert log_in(hana.email, REMOTE_ADDR="10.0.9.9").status_code == 302


def test_the_delay_grows_to_five_minutes_and_no_further(hana, later):
    told = []
    for n in range(30):
        answer = fail(at=f"10.0.{n}.1")
        assert answer.status_code == 200
        again = fail(at=f"10.1.{n}.1")
        told.append(int(again.headers.get("Retry-After", 0)))
        later(seconds=told[-1] or 1)
    assert told == sorted(told) and told[-1] == 300


def test_a_guesser_gets_few_tries_a_day(hana, later):
    """One who tries again at the very first moment, from a new network each time."""
    tries, hours = 0, 0.0
    while hours < 24:
        wait = throttle.admit([(throttle.ACCOUNT, hana.email), (throttle.NETWORK, f"10.{tries}")])
        tries += wait == 0
        later(seconds=wait)
        hours += wait / 3600
    assert 200 < tries < 320


def test_the_network_waits_too_whatever_the_account(hana):
    answers = [fail(f"nobody{n}@example.jp") for n in range(33)]
    assert [a.status_code for a in answers].index(429) == 31
    assert fail("other@example.jp", at="10.0.0.2").status_code == 200


def test_unknown_accounts_wait_like_known_ones(hana):
    known = [fail("hana@example.jp", at=f"10.0.0.{n}").headers.get("Retry-After") for n in range(14)]
    unknown = [fail("nobody@example.jp", at=f"10.0.1.{n}").headers.get("Retry-After") for n in range(14)]
    assert known == unknown and known[-1]


def test_guesses_from_elsewhere_do_not_delay_a_browser_that_is_known(hana):
    own = client()
    log_in(hana.email, at=own)
    for n in range(12):
        fail(at=f"10.0.0.{n}")
    assert fail(at="10.0.0.99").status_code == 429
    own.post("/accounts/logout/")
    assert log_in(hana.email, at=own).status_code == 302 and is_in(own)


def test_the_mark_of_a_known_browser_is_of_one_account_and_opens_nothing(hana):
    own, other = client(), person("Jiro", password=PASSWORD)
    log_in(hana.email, at=own)
    own.post("/accounts/logout/")
    assert not is_in(own)
    for n in range(12):
        fail(other.email, at=f"10.0.0.{n}")
    assert fail(other.email, browser=own).status_code == 429
    for _ in range(12):
        last = fail(hana.email, browser=own)
    assert last.status_code == 429  # guesses in the known browser are counted, too


def test_counts_run_off_and_are_forgotten(hana, later):
    for n in range(11):
        fail(at=f"10.0.0.{n}")
    later(hours=2)
    assert all(fail(at=f"10.0.1.{n}").status_code == 200 for n in range(10))
    later(days=2)
    fail()
    assert Wait.objects.count() == 2


def test_what_was_typed_is_not_kept(hana):
    fail("my secret password typed as address")
    assert all(len(key) == 64 for key in Wait.objects.values_list("key", flat=True))


def test_an_attempt_is_counted_before_it_is_judged(hana):
    """Guesses sent at the same moment are not judged all at once: each finds those before it counted."""
    wanted = [(throttle.ACCOUNT, "x")]
    admitted = sum(throttle.admit(wanted) == 0 for _ in range(50))
    assert admitted == 11


def test_behind_a_proxy_the_network_is_what_the_proxy_noted(hana, rf, settings):
    spoofed = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 10.9.9.9"}, REMOTE_ADDR="127.0.0.1")
    settings.KANAME_PROXIES = 0
    assert throttle.network(spoofed) == "127.0.0.1"
    settings.KANAME_PROXIES = 1
    assert throttle.network(spoofed) == "10.9.9.9"
    six = rf.get("/", headers={"X-Forwarded-For": "2001:db8:1:2:3:4:5:6"})
    assert throttle.network(six) == "2001:db8:1:2::/64"
