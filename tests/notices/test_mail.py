"""Mail: what is in it, what never is; servers that hang, refuse, or take it and say nothing; nothing lost."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections

from kaname.access import api as access
from kaname.access.models import Person
from kaname.notices import api as told
from kaname.notices import mail, outbox
from kaname.notices.api import remind, sender
from kaname.notices.models import How, Outgoing
from kaname.notices.remind import When
from ledger.acts import opened

EVE = date(2026, 5, 28)


@pytest.fixture
def clock(monkeypatch):
    """Turn the calendar and the clock: noon in Japan of a day, and some time later."""

    def turn(day: date, later: timedelta = timedelta(0)) -> None:
        now = datetime(day.year, day.month, day.day, 3, tzinfo=UTC) + later
        monkeypatch.setattr("kaname.ledger.clock.today", lambda: day)
        monkeypatch.setattr("kaname.ledger.clock.now", lambda: now)
        monkeypatch.setattr("kaname.notices.waits.clock_faults", list)  # days of long ago are meant here

    turn(EVE)
    return turn


@pytest.fixture
def asked(world, mails, clock):
    """The minister wants a mail two days before; a case is open."""
    remind.keep(world.minister, [When(2, How.MAIL)])
    world.case = opened().case
    item = access.due(world.minister, EVE, None, EVE + timedelta(99))[0]
    clock(remind.comes_on(item.day, 2))
    return item


def states() -> list[str]:
    return sorted(Outgoing.objects.values_list("state", flat=True))


def test_a_reminder_goes_out_once_and_says_number_and_day_alone(world, mails, asked):
    assert sender.send_all().sent == 1
    assert sender.send_all().sent == 0
    (one,) = mails.mails
    row = Outgoing.objects.get()
    assert one["To"] == "minister@example.jp" and one["Message-ID"] == f"<{row.public_id}@localhost>"
    assert one["Auto-Submitted"] == "auto-generated"
    text = one.get_content()
    assert str(asked.day) in text and f"第{asked.number}号" in text and world.case in text
    assert "Kumo" not in text and "Kumo" not in str(one["Subject"]) and "12,000,000" not in text
    assert states() == ["sent"]


def test_a_case_in_a_compartment_is_in_no_mail_even_of_its_members(world, mails, asked):
    sender.send_all(plan=False)
    mail.plan(datetime.now(UTC))  # planned while it lay open
    world.hide(world.case, "minister")
    Outgoing.objects.all().delete()
    assert sender.send_all().sent == 0 and mails.mails == [] and not Outgoing.objects.exists()


def test_what_was_planned_is_not_said_once_the_right_has_ended(world, mails, asked, clock):
    outbox.put(mail._reminders(told.remind.clock.now()))
    assert states() == ["waiting"]
    world.hide(world.case, "kumo")
    done = sender.send_all(plan=False)
    assert (done.sent, done.void) == (0, 1) and mails.mails == [] and states() == ["void"]


def test_who_is_no_longer_here_is_written_to_no_more(world, mails, asked):
    outbox.put(mail._reminders(told.remind.clock.now()))
    Person.objects.filter(pk=world.minister.pk).update(is_active=False)
    assert sender.send_all(plan=False).void == 1 and mails.mails == []


def test_the_days_mail_comes_after_its_hour_once_and_only_if_there_is_something(world, mails, asked, clock):
    remind.keep(world.minister, [])
    for one in (world.minister, world.stranger):
        told.wish(one, 13)
    assert sender.send_all().sent == 0  # noon
    clock(EVE, timedelta(hours=1))
    done = sender.send_all()
    assert (done.sent, done.void) == (1, 1)
    clock(EVE, timedelta(hours=5))
    assert sender.send_all().sent == 0
    (one,) = mails.mails
    assert str(EVE) in one["Subject"] and str(asked.day) in one.get_content()
    clock(EVE + timedelta(1), timedelta(hours=1))
    assert sender.send_all().sent == 1
    with pytest.raises(told.BadHour):
        told.wish(world.minister, 24)


def test_a_server_that_does_not_answer_holds_the_rest_of_the_round(world, mails, asked, clock):
    for _ in range(3):
        opened()
    mails.mood = "hangs"
    before = mails.connections
    done = sender.send_all()
    assert done.later == 1 and mails.connections - before == 1  # one was tried, the others were not
    assert states() == ["waiting"] * 4
    assert sorted(Outgoing.objects.values_list("tries", flat=True)) == [0, 0, 0, 1]
    mails.mood = "good"
    clock(EVE, timedelta(hours=1))
    assert sender.send_all().sent == 4


def test_a_recipient_who_is_refused_for_good_is_given_up_and_can_be_sent_again(world, mails, asked):
    mails.mood = "refuses_recipient"
    assert sender.send_all().dead == 1
    row = Outgoing.objects.get()
    assert row.state == "dead" and "550" in row.fault
    mails.mood = "good"
    assert not outbox.again(row.public_id, world.kumo)  # not theirs
    assert outbox.again(row.public_id, world.minister) and not outbox.again(row.public_id, world.minister)
    assert sender.send_all().sent == 1


def test_come_back_later_is_tried_at_growing_distances_then_given_up(world, mails, asked, clock, monkeypatch):
    mails.mood = "later"
    now = told.remind.clock.now()
    sent_at = []
    for _ in range(len(outbox.PAUSES) + 1):
        sender.send_all(plan=not sent_at)
        row = Outgoing.objects.get()
        sent_at.append(now)
        assert row.tries == len(sent_at)
        if row.state == "waiting":
            assert row.next_at - now == outbox.PAUSES[row.tries - 1]
            now = row.next_at
            monkeypatch.setattr("kaname.ledger.clock.now", lambda now=now: now)
    assert row.state == "dead" and "451" in row.fault
    assert sender.send_all(plan=False).dead == 0


def test_a_server_that_takes_the_mail_and_says_nothing_gets_it_again_under_the_same_number(world, mails, asked, clock):
    mails.mood = "half"
    assert sender.send_all().later == 1
    mails.mood = "good"
    clock(remind.comes_on(asked.day, 2), timedelta(minutes=2))
    assert sender.send_all().sent == 1
    assert len(mails.mails) == 2 and len({m["Message-ID"] for m in mails.mails}) == 1


def test_a_name_or_address_cannot_write_a_head_line(world, mails, asked):
    Person.objects.filter(pk=world.minister.pk).update(email="minister@example.jp\nBcc: spy@example.jp")
    done = sender.send_all()
    assert done.sent == 0 and mails.mails == []
    assert all("spy" not in fault for fault in Outgoing.objects.values_list("fault", flat=True))


def test_two_workers_of_one_job_plan_and_send_a_reminder_once(world, mails, asked):
    """Both begin at once, each on a connection of its own, and look for what is to come before either has sent."""
    begin, faults = threading.Barrier(2), []

    def work() -> None:
        try:
            begin.wait(30)
            sender.send_all()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    sender.send_all()
    assert not faults and len(mails.mails) == 1 and states() == ["sent"]
