"""Mail that something waits: for who must see to it, once, in words that tell nothing; never of what was seen to."""

from datetime import timedelta

import pytest

from access import folk
from access.designated import designated
from kaname.access.custody import api as custody
from kaname.access.custody.models import Alarm
from kaname.access.models import Person
from kaname.ledger import clock
from kaname.ledger.proof import restores
from kaname.ledger.proof.restores import Lost
from kaname.notices import waits
from kaname.notices.api import sender
from kaname.notices.models import Outgoing


@pytest.fixture
def people(world, mails, settings):
    settings.ORIGIN = "https://kaname.example"
    Person.objects.update(administers=False)
    return folk.person("Ada", admin=True), folk.person("Bo", admin=True), folk.person("Yuki", "applicant", sealed=True)


def sent(mails):
    sender.send_all()
    found = [(one["To"], str(one["Subject"]).strip(), one.get_content()) for one in mails.mails]
    mails.mails.clear()
    return found


def alarm(of, stopped=False):
    return Alarm.objects.create(person=of, objects_read=201, stopped=stopped, at=clock.now())


def test_an_alarm_goes_to_administrators_once_an_hour_and_says_nothing(people, mails):
    ada, bo, reader = people
    alarm(reader)
    alarm(reader, stopped=True)
    told = sent(mails)
    assert {to for to, *_ in told} == {ada.email, bo.email}
    for _, subject, body in told:
        assert subject in ("Kaname: something waits for you", "要：確認をお待ちしていることがあります")
        assert "https://kaname.example/alarms/" in body
        assert not [word for word in ("Yuki", "201", "封緘", "sealed", "read", reader.email) if word in subject + body]
    assert sent(mails) == []


def test_ones_own_alarm_is_no_news(people, mails):
    ada, bo, _ = people
    alarm(ada)
    assert {to for to, *_ in sent(mails)} == {bo.email}


def test_who_has_left_gets_none(people, mails, monkeypatch):
    ada, bo, reader = people
    alarm(reader)
    Outgoing.objects.bulk_create(waits.plan(clock.now()))
    Person.objects.filter(pk=ada.pk).update(administers=False)
    Person.objects.filter(pk=bo.pk).update(is_active=False)
    assert sent(mails) == [] and set(Outgoing.objects.values_list("state", flat=True)) == {"void"}


def test_what_a_restore_lost_and_a_clock_set_back_are_told_once_a_day(people, mails, monkeypatch):
    ada, bo, _ = people
    assert sent(mails) == []
    restores.note([Lost("a" * 26, 1, "0" * 64, restores.RECEIPT)])
    told = sent(mails)
    assert {to for to, *_ in told} == {ada.email, bo.email} and all("/anchors/lost/" in body for *_, body in told)
    assert not [word for word in ("a" * 26, "restore", "復元") if word in told[0][1] + told[0][2].replace("lost/", "")]
    monkeypatch.setattr(waits, "clock_faults", lambda: ["back"])
    assert [body.count("/anchors/") for *_, body in sent(mails)] == [1, 1] and sent(mails) == []
    later = clock.now() + timedelta(hours=3)
    assert list(waits.plan(later)) == []


def test_a_copy_to_be_approved_is_told_to_who_answers(act_office_mails):
    asker, answerer, mails, case = act_office_mails
    custody.ask(asker, case.public_id, "bundle", "export", 1, "共有事業者 9317")
    told = sent(mails)
    assert [to for to, *_ in told] == [answerer.email]
    assert "9317" not in told[0][2] and case.public_id not in told[0][2] and "保全" not in told[0][1] + told[0][2]
    assert sent(mails) == []


def test_what_was_answered_meanwhile_is_not_sent(act_office_mails):
    asker, answerer, mails, case = act_office_mails
    asked = custody.ask(asker, case.public_id, "bundle", "export", 1, "x")
    Outgoing.objects.bulk_create(waits.plan(clock.now()))
    custody.answer(answerer, asked, "refused", "no")
    assert sent(mails) == []


@pytest.fixture
def act_office_mails(world, mails, settings):
    from kaname.ledger.kinds import kinds

    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    Person.objects.update(administers=False)
    asker, answerer = (folk.person(name, "applicant", sealed=True) for name in ("Hana", "Ken"))
    yield asker, answerer, mails, designated(folk.circle("輪", asker, answerer))
    kinds.cache_clear()


def test_planted_a_mail_that_says_what_it_is_about_would_be_seen(people, mails, monkeypatch):
    """The words of the tests above are found where they are said."""
    _, _, reader = people
    monkeypatch.setattr(
        "kaname.notices.mail._LOOK", type("T", (), {"__getitem__": lambda s, lang: f"{reader.name} read 201"})()
    )
    alarm(reader)
    assert all("Yuki read 201" in body for *_, body in sent(mails))
