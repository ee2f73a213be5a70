"""Many cases at once: previewed, done once each under its own key, whoever dies, moves or cancels half way."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.folk import circle, person
from kaname.access import api as access
from kaname.access import compartments
from kaname.access.api import Wanted
from kaname.access.models import Mandate
from kaname.ledger import clock
from kaname.ledger.errors import Busy
from kaname.ledger.models import Case
from kaname.ledger.models import Entry as Written
from kaname.procedure import Entry
from kaname.task import jobs
from kaname.task.marks import CannotBeDone
from kaname.task.models import Doing, Job, Outcome
from web import world

pytestmark = pytest.mark.django_db
ACT = "first_review.judge_not_sent"


@pytest.fixture
def folk():
    return world.people()


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Jobs are worked at by the test itself, when it says so."""
    monkeypatch.setattr("kaname.task.jobs.AT_ONCE", 0)
    monkeypatch.setattr("kaname.task.jobs.start", lambda job, wait=False: None)


def filed(folk, count):
    return [world.filed(folk["attorney"], access.today() - timedelta(60 + n)) for n in range(count)]


def act(**data):
    return Entry(ACT, access.today(), data)


def prepared(who, cases):
    job = jobs.begin(who, cases)
    jobs.preview(job, act())
    return job


def run(job):
    jobs.run(job.pk)
    job.refresh_from_db()
    return jobs.counts(job)


def written(act=ACT):
    return Written.objects.filter(act=act).count()


def test_the_preview_sets_the_refused_apart_with_reason_and_provision(folk):
    first, second, third = filed(folk, 3)
    world.act(folk["jpo"], second, "first_review.send", access.today(), ground="listed")
    job = prepared(folk["jpo"], [first, second, third])
    assert jobs.counts(job) == {Outcome.MAY: 2, Outcome.REFUSED: 1}
    may, refused, _ = jobs.lines(job)
    assert may.moves[0][4:] == ["送付しない判断", "judged not to be sent"]
    assert refused.case.public_id == second and jobs.reasons_of(refused)[0][0].ja
    assert written() == 0


def test_the_preview_tells_to_which_day_a_clock_will_run(folk):
    """Of an extension or a notice the new last day is what the officer wants to see before it is done."""
    (case,) = filed(folk, 1)
    job = jobs.begin(folk["attorney"], [case])
    jobs.preview(job, Entry("first_review.supplement_missing_part", access.today(), {"original_date_kept": False}))
    days = [m for m in jobs.lines(job)[0].moves if not m[2]]
    assert "送付の期間（三月）" in [m[0] for m in days], jobs.lines(job)[0].reasons
    for ja, _, _, _, until, to in days:
        assert ja and until.endswith(" まで") and to == f"to {until.removesuffix(' まで')}"
        assert date.fromisoformat(to.removeprefix("to ")) > access.today()


def test_each_case_is_done_once_under_a_key_of_the_job(folk):
    cases = filed(folk, 3)
    job = prepared(folk["jpo"], cases)
    jobs.do(job)
    jobs.do(job)
    assert run(job) == {Outcome.DONE: 3} and job.state == Doing.DONE and bytes(job.typed) == b""
    assert jobs.run(job.pk) == 0 and written() == 3
    assert {e.idempotency_key for e in Written.objects.filter(act=ACT)} == {f"job/{job.public_id}"}
    line = jobs.lines(job)[0]
    assert access.held(folk["jpo"], cases[0], line.seq, line.digest)


def test_a_worker_killed_between_doing_and_noting_does_nothing_twice(folk, monkeypatch):
    job = prepared(folk["jpo"], filed(folk, 3))
    jobs.do(job)
    settle, killed = jobs._settle, []

    def dies(job, line, entry):
        if len(killed) == 1:
            jobs._done(job, line, entry)  # recorded, and not noted
            raise SystemExit
        killed.append(settle(job, line, entry))

    monkeypatch.setattr("kaname.task.jobs._settle", dies)
    with pytest.raises(SystemExit):
        jobs.run(job.pk)
    monkeypatch.setattr("kaname.task.jobs._settle", settle)
    assert written() == 2 and jobs.counts(job)[Outcome.DONE] == 1
    assert jobs.run(job.pk) == 0, "its lease still runs"
    Mandate.objects.filter(person=folk["jpo"]).update(valid_until=access.today() - timedelta(1))
    now = clock.now()
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: now + timedelta(minutes=2))
    assert jobs.run_free() == 2
    assert jobs.counts(job) == {Outcome.DONE: 2, Outcome.GONE: 1} and written() == 2


def test_two_workers_at_one_job(folk):
    job = prepared(folk["jpo"], filed(folk, 2))
    jobs.do(job)
    Job.objects.filter(pk=job.pk).update(lease="another", lease_until=clock.now() + timedelta(seconds=30))
    assert jobs.run(job.pk) == 0 and written() == 0


def test_a_case_that_moved_after_the_preview_is_told_and_left(folk):
    first, second = filed(folk, 2)
    job = prepared(folk["jpo"], [first, second])
    world.act(folk["jpo"], first, "first_review.start_review", access.today())
    jobs.do(job)
    assert run(job) == {Outcome.MOVED: 1, Outcome.DONE: 1}


def test_called_off_after_the_act_at_hand(folk, monkeypatch):
    job = prepared(folk["jpo"], filed(folk, 3))
    jobs.do(job)
    settle = jobs._settle

    def then_cancels(job, line, entry):
        settle(job, line, entry)
        jobs.cancel(job)

    monkeypatch.setattr("kaname.task.jobs._settle", then_cancels)
    assert run(job) == {Outcome.DONE: 1, Outcome.MAY: 2} and job.state == Doing.STOPPED
    assert not jobs.cancel(job)


def test_what_the_ledger_could_not_take_is_tried_again(folk, monkeypatch):
    job = prepared(folk["jpo"], filed(folk, 2))
    jobs.do(job)
    act = access.act

    def busy(*args, **more):
        raise Busy

    monkeypatch.setattr("kaname.access.api.act", busy)
    assert run(job) == {Outcome.FAILED: 2} and bytes(job.typed)
    monkeypatch.setattr("kaname.access.api.act", act)
    assert jobs.again(job) == 2
    assert run(job) == {Outcome.DONE: 2}


def test_only_what_is_seen_can_be_chosen_and_a_job_is_its_owners_alone(folk):
    (case,) = filed(folk, 1)
    hidden = world.filed(folk["attorney"])
    compartments.put_in(circle("room"), Case.objects.get(public_id=hidden).pk, None)
    job = jobs.begin(folk["jpo"], [case, hidden, "nosuch"])
    assert [line.case.public_id for line in jobs.lines(job)] == [case]
    assert jobs.add_all(job, Wanted()) == 0
    assert jobs.of(folk["pm"], job.public_id) is None
    jobs.preview(job, act())
    compartments.put_in(circle("another"), Case.objects.get(public_id=case).pk, None)
    assert list(jobs.lines(job)) == [] and jobs.preview(job, act()) == []
    with pytest.raises(CannotBeDone):
        jobs.do(job)


def test_who_has_no_mandate_for_the_act_is_told_in_each_case(folk):
    job = prepared(folk["attorney"], filed(folk, 2))
    assert jobs.counts(job) == {Outcome.REFUSED: 2}
    assert "権限がない" in jobs.reasons_of(jobs.lines(job)[0])[0][0].ja


def test_a_preview_costs_the_same_however_many_cases(folk):
    costs = []
    for count in (3, 9):
        job = jobs.begin(folk["jpo"], filed(folk, count))
        with CaptureQueriesContext(connection) as found:
            jobs.preview(job, act())
        costs.append(len(found))
    assert costs[0] == costs[1] <= 14


def test_too_many_and_too_late(folk, monkeypatch):
    monkeypatch.setattr("kaname.task.jobs.MOST", 2)
    cases = filed(folk, 3)
    with pytest.raises(CannotBeDone):
        jobs.add(Job.objects.create(person=folk["jpo"], made_at=clock.now()), cases)
    with pytest.raises(CannotBeDone):
        jobs.add_all(Job.objects.create(person=folk["jpo"], made_at=clock.now()), Wanted())
    job = prepared(folk["jpo"], cases[:2])
    assert jobs.leave_out(job, cases[:1]) == 1
    jobs.do(job)
    for change in (jobs.add, jobs.leave_out):
        with pytest.raises(CannotBeDone):
            change(job, cases)


def test_the_party_that_acted_before_acts_again(folk):
    clerk = person("Taro", "applicant", kind=world.KIND)
    (case,) = filed(folk, 1)
    job = jobs.begin(clerk, [case])
    jobs.preview(job, Entry("first_review.request_nonsend_notice", access.today(), {}))
    assert jobs.lines(job)[0].party == world.PARTY
