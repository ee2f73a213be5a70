"""Mail about one's ways in: each change, a login from a new browser, guesses that go on, what is about to end; nothing
of a case, and no way to switch it off."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.db import OperationalError
from django.urls import reverse

from access import folk
from access.visitor import PASSWORD, client, log_in
from kaname.access import tokens
from kaname.access.login import invitations, throttle
from kaname.access.login.adapter import Account
from kaname.access.login.changed import What, changed
from kaname.access.models import Office, Person, Token
from kaname.days import JST
from kaname.ledger import clock
from kaname.notices import account
from kaname.notices.api import remind, sender, wish
from kaname.notices.models import Outgoing
from ledger.acts import opened


@pytest.fixture
def hana(sqlite_office, mails, settings):
    settings.ORIGIN = "https://kaname.example"
    made = folk.person("Hana", "applicant", password=PASSWORD)
    made.stands_alone = True  # its last factor may go
    made.save()
    return made


def sent(mails):
    """Who was told what since the last time."""
    sender.send_all()
    found = [(one["To"], str(one["Subject"]).strip(), one.get_content()) for one in mails.mails]
    mails.mails.clear()
    return found


def told(mails, what):
    """One mail of that sort has gone, to its person, with what every such mail has; its text."""
    ((to, subject, text),) = sent(mails)
    assert to == "hana@example.jp" and subject == account._SAID[what][0].ja
    assert account.FOOT.ja in text and "https://kaname.example/settings/notices/" not in text
    return text


@pytest.fixture
def at_home(hana, mails):
    """A browser that was told of before."""
    browser = client()
    log_in(hana.email, at=browser)
    assert "初めて使うブラウザー" in told(mails, What.NEW_BROWSER)
    return browser


def test_a_browser_not_known_is_told_once_and_its_next_login_is_not(hana, mails, at_home):
    log_in(hana.email, at=at_home)
    assert sent(mails) == []
    log_in(hana.email)
    assert "管理者に知らせて" in told(mails, What.NEW_BROWSER)


def test_a_factor_is_told_when_it_comes_and_when_it_goes(hana, mails, at_home):
    at_home.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    at_home.get(reverse("mfa_activate_totp"))
    step = int(clock.now().timestamp()) // 30
    code = format_hotp_value(hotp_value(at_home.session[SECRET_SESSION_KEY], step))
    assert at_home.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    subjects = {subject for to, subject, _ in sent(mails) if to == hana.email}
    assert subjects == {"要：ログインの方法が変わりました"}
    assert at_home.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert account._SAID[What.REMOVED][1].ja in sent(mails)[0][2]


def test_a_password_a_reset_and_a_token_are_told_without_their_secrets(hana, mails):
    link = invitations.reset(None, hana)
    assert link not in told(mails, What.RESET)
    invitations.accept(link, "another long password here")
    assert "another" not in told(mails, What.PASSWORD)
    _, secret = tokens.make(hana, "第7号の凧のため", ("read",), 30)
    text = told(mails, What.TOKEN)
    assert secret not in text and "凧" not in text and "/settings/tokens/" in text


def test_it_comes_in_ones_own_language_and_says_when(hana, mails):
    hana.language = "en"
    hana.save()
    tokens.make(hana, "x", ("read",), 30)
    ((_, subject, text),) = sent(mails)
    assert subject == "Kaname: how you log in has changed" and account.FOOT.en in text
    assert f"{clock.now().astimezone(JST):%Y-%m-%d}" in text and "(Japan time)" in text


def test_nobody_can_switch_it_off(hana, mails):
    remind.keep(hana, [])
    wish(hana, None)
    tokens.make(hana, "x", ("read",), 30)
    told(mails, What.TOKEN)


def test_it_says_nothing_of_a_case(hana, mails):
    folk.person("Kumo", "minister")
    case = opened().case
    invitations.reset(None, hana)
    text = told(mails, What.RESET)
    assert case not in text and "Kumo" not in text and "第1号" not in text


def test_guesses_are_told_once_a_day_to_whom_they_aim_at(hana, mails):
    folk.person("Jiro", password=PASSWORD)
    for _ in range(throttle.ACCOUNT.free + 1):
        throttle.admit([(throttle.ACCOUNT, hana.email), (throttle.ACCOUNT, "nobody@example.jp")])
    assert "失敗が続いて" in told(mails, account.GUESSED)
    assert sent(mails) == []


def test_a_few_slips_are_no_news(hana, mails):
    for _ in range(3):
        throttle.admit([(throttle.ACCOUNT, hana.email)])
    assert sent(mails) == []


def test_a_token_that_ends_is_told_a_fortnight_and_three_days_before(hana, mails, monkeypatch):
    token, secret = tokens.make(hana, "凧", ("read",), 30)
    sent(mails)
    now, passed = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: now() + passed[0])
    heard = []
    for day in (10, 17, 18, 20, 27, 28, 29):
        passed[0] = timedelta(days=day)
        heard.append(len(mine := sent(mails)))
        assert all(token.hint in text and "凧" not in text and secret not in text for *_, text in mine)
    assert heard == [0, 1, 0, 0, 1, 0, 0]


def test_a_token_ended_meanwhile_is_not_told(hana, mails):
    tokens.make(hana, "x", ("read",), 2)
    sent(mails)
    Outgoing.objects.bulk_create(account.plan(clock.now()), ignore_conflicts=True)
    Token.objects.update(ended_at=clock.now())
    assert sent(mails) == []


def test_a_password_that_will_not_be_enough_is_told_before(hana, mails):
    Office.objects.update(sort="authority", keys_from=clock.today() + timedelta(days=10))
    assert str(clock.today() + timedelta(days=10)) in told(mails, account.KEYS)
    assert sent(mails) == []
    Office.objects.update(keys_from=clock.today() + timedelta(days=2))
    told(mails, account.KEYS)


def test_a_change_that_cannot_be_told_is_not_made(hana, monkeypatch):
    def full(messages):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(account.outbox, "put", full)
    with pytest.raises(OperationalError):
        tokens.make(hana, "x", ("read",), 30)
    with pytest.raises(OperationalError):
        Account().set_password(Person.objects.get(pk=hana.pk), "another long password here")
    assert not Token.objects.exists() and Person.objects.get(pk=hana.pk).check_password(PASSWORD)


def test_without_a_mail_server_nothing_is_kept_for_later(hana, mails, settings):
    settings.KANAME_MAIL = False
    tokens.make(hana, "x", ("read",), 30)
    assert not Outgoing.objects.exists()


def test_a_change_that_is_not_told_is_found(hana, mails):
    """Planted: nobody hears of changes."""
    changed.disconnect(account._put)
    try:
        tokens.make(hana, "x", ("read",), 30)
        with pytest.raises(ValueError, match="unpack"):
            told(mails, What.TOKEN)
    finally:
        changed.connect(account._put)
