"""What an attempt to log in costs, to the second: counted for the account, the network, the browser that is known."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.crypto import salted_hmac
from folk import person

from kaname.access.login import throttle
from kaname.access.login.throttle import ACCOUNT, FACTOR, NETWORK, admit, succeeded
from kaname.access.models import Wait
from kaname.ledger import clock

MAIL = "hana@example.jp"


@pytest.fixture(autouse=True)
def later(db, monkeypatch):
    """Time stands still until a test lets it go by, or back."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return lambda **more: now.append(now.pop() + timedelta(**more))


def get(**more):
    return RequestFactory().get("/", **{"REMOTE_ADDR": "10.0.0.1", **more})


def known(account=MAIL, nonce="n", **more):
    """A request of a browser in which the account has logged in before, and the cookie that says so."""
    answer = HttpResponse()
    throttle.remember_device(answer, account, nonce)
    asked = get(**more)
    asked.COOKIES[throttle.DEVICE] = answer.cookies[throttle.DEVICE].value
    return asked, answer.cookies[throttle.DEVICE]


def tried(wanted, times):
    return [admit(wanted) for _ in range(times)]


@pytest.mark.parametrize(("budget", "free"), [("ACCOUNT", 10), ("NETWORK", 30), ("FACTOR", 5)])
def test_so_many_are_free_and_then_each_waits_twice_as_long(later, budget, free):
    wanted = [(getattr(throttle, budget), "x")]
    assert tried(wanted, free + 1) == [0] * (free + 1)
    told = []
    for _ in range(9):
        told.append(admit(wanted))
        assert admit(wanted) == told[-1], "who is told to wait is not counted"
        later(seconds=told[-1] - 1)
        assert admit(wanted) == 1
        later(seconds=1)
        assert admit(wanted) == 0
    assert told == [2, *sorted(told)[1:]] and told[:3] == [2, 4, 8] and told[-1] <= 300


def test_nobody_waits_longer_than_five_minutes():
    assert ACCOUNT.delay(10) == timedelta() and ACCOUNT.delay(10.1) == ACCOUNT.delay(11) == timedelta(seconds=2)
    assert ACCOUNT.delay(18) == timedelta(seconds=256) and ACCOUNT.delay(19) == timedelta(minutes=5)
    assert ACCOUNT.delay(1e9) == timedelta(minutes=5)


@pytest.mark.parametrize(("budget", "in_six_minutes"), [("ACCOUNT", 1), ("NETWORK", 3), ("FACTOR", 1)])
def test_a_count_runs_off_by_the_hour(later, budget, in_six_minutes):
    wanted = [(getattr(throttle, budget), "x")]
    tried(wanted, 5)
    later(minutes=6)
    admit(wanted)
    assert Wait.objects.get().level == pytest.approx(5 - in_six_minutes + 1)
    later(hours=12)
    admit(wanted)
    assert Wait.objects.get().level == 1


def test_a_count_of_yesterday_is_forgotten(later):
    admit([(ACCOUNT, "x")])
    later(days=1)
    admit([(ACCOUNT, "y")])
    assert Wait.objects.count() == 2
    later(seconds=1)
    admit([(ACCOUNT, "y")])
    assert Wait.objects.count() == 1


def test_the_longest_wait_counts_and_who_waits_is_counted_nowhere():
    account, network = [(ACCOUNT, "x")], [(NETWORK, "n")]
    tried(account, 11)
    tried(network, 35)
    before = set(Wait.objects.values_list("level", "at", "free_at"))
    assert admit([*account, *network]) == admit([*network, *account]) == 2
    assert set(Wait.objects.values_list("level", "at", "free_at")) == before
    assert admit([]) == 0


def test_a_clock_that_was_set_back_makes_nobody_wait_longer(later):
    wanted = [(ACCOUNT, "x")]
    tried(wanted, 11)
    later(days=-3)
    assert admit(wanted) == 300
    Wait.objects.update(free_at=clock.now())
    level = Wait.objects.get().level
    assert admit(wanted) == 0 and Wait.objects.get().level == level + 1


def test_who_logs_in_has_the_account_begin_anew_and_the_network_one_less():
    both = [(ACCOUNT, "x"), (NETWORK, "n")]
    tried(both, 12)
    succeeded(both)
    assert [Wait.objects.get(key=throttle._key(*one)).level for one in both] == [0, 10]
    assert set(Wait.objects.values_list("free_at", flat=True)) == {clock.now()} and admit(both) == 0
    succeeded([(NETWORK, "new")])
    assert Wait.objects.get(key=throttle._key(NETWORK, "new")).level == 0


def test_counts_of_two_kinds_and_of_two_names_never_meet():
    names = {throttle._key(budget, what) for budget in (ACCOUNT, NETWORK, FACTOR) for what in ("x", "y")}
    assert len(names) == 6 and all(len(name) == 64 for name in names)
    for name in ("account", "network", "factor"):
        known = salted_hmac(f"kaname/throttle/{name}", "x", algorithm="sha256").hexdigest()
        assert throttle._key(getattr(throttle, name.upper()), "x") == known
    assert throttle._whose(" X ") == salted_hmac("kaname/device", "x", algorithm="sha256").hexdigest()[:32]


@pytest.mark.parametrize("step", [admit, succeeded])
def test_two_attempts_at_once_take_their_counts_in_one_order(monkeypatch, step):
    """Or on PostgreSQL each would wait for the other."""
    order, held = [], throttle._held
    monkeypatch.setattr(throttle, "_held", lambda *args: order.append(args[0].name) or held(*args))
    step([(NETWORK, "n"), (ACCOUNT, "x")])
    step([(ACCOUNT, "x"), (NETWORK, "n")])
    assert order == ["account", "network"] * 2


# -- for what it is counted --------------------------------------------------------------------------------------------


def test_an_attempt_from_anywhere_is_counted_for_account_and_network():
    wanted = throttle.counts(get(), "  Hana@Example.jp ")
    assert wanted == [(ACCOUNT, MAIL), (NETWORK, "10.0.0.1")] and not throttle.is_known(wanted)


def test_one_in_a_browser_that_is_known_is_counted_by_itself():
    for asked in (known()[0], known(f" {MAIL.upper()} ")[0]):
        assert throttle.counts(asked, f" {MAIL.title()} ") == [(ACCOUNT, f"{MAIL} n")]
    assert throttle.counts(known(nonce="m")[0], MAIL) == [(ACCOUNT, f"{MAIL} m")]
    assert throttle.is_known(throttle.counts(known()[0], MAIL))
    assert len(throttle.counts(known()[0], "jiro@example.jp")) == 2


def test_the_mark_of_a_browser_is_signed_and_ends_after_half_a_year(monkeypatch):
    asked, cookie = known()
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        15_552_000,
        True,
        "Lax",
        "",
    )
    assert MAIL not in cookie.value
    for wrong in ("", "x", cookie.value[:-1], cookie.value.replace(":", "x:", 1)):
        asked.COOKIES[throttle.DEVICE] = wrong
        assert len(throttle.counts(asked, MAIL)) == 2, wrong
    asked.COOKIES.clear()
    assert len(throttle.counts(asked, MAIL)) == 2
    asked, _ = known()
    import time

    begun = time.time()
    for seconds, wanted in ((15_551_990, 1), (15_552_010, 2)):
        monkeypatch.setattr(time, "time", lambda seconds=seconds: begun + seconds)
        assert len(throttle.counts(asked, MAIL)) == wanted


@pytest.mark.parametrize("what", ["text", 7, [1], [1, 2, 3], None])
def test_what_is_signed_but_no_mark_knows_nobody(what):
    from django.core import signing

    asked = get()
    asked.COOKIES[throttle.DEVICE] = signing.dumps(what, salt="kaname/device")
    assert len(throttle.counts(asked, MAIL)) == 2


def test_a_mark_that_was_signed_for_something_else_knows_nobody():
    from django.core import signing

    asked = get()
    asked.COOKIES[throttle.DEVICE] = signing.dumps([throttle._whose(MAIL), "n"], salt="kaname/other")
    assert len(throttle.counts(asked, MAIL)) == 2


def test_over_https_the_mark_stays_there(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert known()[1]["secure"] is True


@pytest.mark.parametrize(("proxies", "noted", "address"), [
    (0, "1.2.3.4", "10.0.0.1"), (0, "", "10.0.0.1"), (1, "1.2.3.4, 10.9.9.9", "10.9.9.9"),
    (2, "9.9.9.9, 1.2.3.4 , 10.9.9.9", "1.2.3.4"),
    (2, "1.2.3.4,10.9.9.9", "1.2.3.4"), (2, "10.9.9.9", "10.0.0.1"), (1, "", "0.0.0.0"), (1, "no address", "0.0.0.0"),
])  # fmt: skip
def test_the_address_is_what_the_outermost_of_our_proxies_noted(settings, proxies, noted, address):
    settings.KANAME_PROXIES = proxies
    assert (
        throttle.client(get(HTTP_X_FORWARDED_FOR=noted)) == throttle.network(get(HTTP_X_FORWARDED_FOR=noted)) == address
    )


def test_without_an_address_there_is_one_network(settings):
    settings.KANAME_PROXIES = 0
    assert throttle.network(get(REMOTE_ADDR="")) == "0.0.0.0"
    asked = get()
    del asked.META["REMOTE_ADDR"]
    assert throttle.network(asked) == "0.0.0.0"
    assert throttle.network(get(REMOTE_ADDR="2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"
    # Behind a proxy that listens on both kinds every address of the old one is written so: not all are one network.
    assert throttle.network(get(REMOTE_ADDR="::ffff:10.1.2.3")) == throttle.client(get(REMOTE_ADDR="10.1.2.3"))


def test_whose_account_is_guessed_at_is_told_for_an_hour(later):
    hana, jiro = person("Hana"), person("Jiro")
    assert throttle.guessed_at(clock.now()) == []
    tried([(ACCOUNT, hana.email)], 10)
    tried([(ACCOUNT, jiro.email)], 5)
    tried([(ACCOUNT, f"{jiro.email} n")], 11)
    assert throttle.guessed_at(clock.now()) == []
    admit([(ACCOUNT, hana.email)])
    assert throttle.guessed_at(clock.now()) == [hana]
    later(minutes=59, seconds=59)
    assert throttle.guessed_at(clock.now()) == [hana]
    later(seconds=1)
    assert throttle.guessed_at(clock.now()) == []
    later(hours=-1)
    type(hana).objects.filter(pk=hana.pk).update(email="Hana@Example.jp")
    assert [who.pk for who in throttle.guessed_at(clock.now())] == [hana.pk]
    type(hana).objects.filter(pk=hana.pk).update(is_active=False)
    assert throttle.guessed_at(clock.now()) == []
