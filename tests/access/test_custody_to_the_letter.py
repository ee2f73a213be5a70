"""Custody piece by piece, on small cases: the gate of copies, their register, who answers, who reads very many."""

import ast
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import deputies
from kaname.access.custody import api, bulk, copies, decisions, gate, guards, managers, models, requests
from kaname.access.custody.decisions import Matter
from kaname.access.custody.models import Alarm, Answered, Asked, Copy, CopyStep, Decision, Manager, Release
from kaname.access.custody.requests import NotAsked
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Mandate, Membership, SealedRead
from kaname.days import JST
from kaname.ledger import clock, destroyed, sealing
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case
from kaname.procedure import Entry

APPLY = Entry("permit.apply", date(2026, 5, 1), {"name": "K", "size": "small", "money": 7}, by="applicant", party="K")
BEGUN = datetime(2026, 6, 1, 3, tzinfo=UTC)
WHAT = "document abcdefgh234567ab"


@pytest.fixture(autouse=True)
def later(sqlite_office, monkeypatch):
    """An office whose clock stands still until a test lets it go by."""
    now = [BEGUN]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return lambda **more: now.append(now.pop() + timedelta(**more))


@pytest.fixture
def hana():
    return person("Hana", "applicant", sealed=True)


@pytest.fixture
def ken():
    return person("Ken", "applicant", sealed=True)


def opened(who, room=""):
    told = recorded(access.open_case(who, "small.permit", APPLY, idempotency_key=key(), compartment=room))
    return Case.objects.get(public_id=told.case)


def asked(who, case, copies=1, what=WHAT, form="download"):
    id = f"{Asked.objects.count():016}"
    words = requests._sealed(case, id, "asked", "why")
    return Asked.objects.create(
        public_id=id, case=case, person=who, what=what, form=form, copies=copies, words=words, at=clock.now()
    )


def approved(who, by, case, copies=1, hours=24, **more):
    row = asked(who, case, copies, **more)
    words = requests._sealed(case, row.public_id, "approved", "because")
    Answered.objects.create(asked=row, ordinal=1, verdict="approved", person=by, copies=copies, words=words,
                            until=clock.now() + timedelta(hours=hours), at=clock.now())  # fmt: skip
    return row


def chain():
    return list(Decision.objects.order_by("pk").values_list("field", "door", "why"))


# -- the gate ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(monkeypatch):
    """Every copy needs approval."""
    monkeypatch.setattr(requests, "applies", lambda case: True)


def test_where_no_approval_is_needed_nothing_is_written_down(hana):
    case = opened(hana)
    assert gate.leaving(hana, case, WHAT, "api") == gate.Pass(0) == gate.STAYS
    assert not gate.held_back(case.public_id) and not gate.held_back("nosuchcase") and not Decision.objects.exists()


def test_a_copy_is_in_the_register_before_it_leaves_and_the_last_one_ends_the_approval(hana, ken, held):
    case, other = opened(hana), opened(hana)
    assert gate.held_back(case.public_id) and not gate.held_back("nosuchcase")
    first, second = approved(hana, ken, case, 2, hours=1), approved(hana, ken, case, 1, hours=2)
    approved(hana, ken, other, 1)
    assert gate.leaving(hana, other, WHAT, "web") == gate.Pass(1)
    assert [gate.leaving(hana, case, WHAT, "api").number for _ in range(3)] == [1, 2, 3]
    rows = Copy.objects.filter(case=case).order_by("number").values_list("asked", "ordinal", "number", "door", "at")
    assert list(rows) == [
        (first.pk, 1, 1, "api", BEGUN), (first.pk, 2, 2, "api", BEGUN), (second.pk, 1, 3, "api", BEGUN),
    ]  # fmt: skip
    with pytest.raises(gate.NeedsApproval) as wrong:
        gate.leaving(hana, case, WHAT, "api")
    assert (wrong.value.case, wrong.value.what, Copy.objects.count()) == (case.public_id, WHAT, 4)
    assert "prior approval of a second person" in str(wrong.value)
    assert chain() == [*((f"copy {n} {WHAT}", "custody", "") for n in (1, 1, 2, 3)), (WHAT, "api", "approval")]


@pytest.mark.parametrize("times", [1, 49, 50])
def test_who_takes_a_copy_in_the_same_moment_as_another_looks_again(hana, ken, held, monkeypatch, times):
    case, left, step = opened(hana), [times], decisions.step
    approved(hana, ken, case)

    def raced(*args):
        left[0] -= 1
        if left[0] >= 0:
            raise decisions.Taken
        step(*args)

    monkeypatch.setattr(decisions, "step", raced)
    if times < 50:
        assert gate.leaving(hana, case, WHAT, "api").number == 1
    else:
        with pytest.raises(gate.NeedsApproval):
            gate.leaving(hana, case, WHAT, "api")


def test_only_what_shows_on_a_page_is_no_copy():
    assert {"page", "preview", "list", "search"} == gate.ON_SCREEN


@pytest.mark.parametrize("unlike", ["case", "asker", "what", "late", "refused", "revoked", "oneself"])
def test_an_approval_of_something_else_is_none(hana, ken, held, later, unlike):
    case, other = opened(hana), opened(hana)
    asker, by = (ken, person("Mio")) if unlike == "asker" else (hana, hana if unlike == "oneself" else ken)
    row = approved(asker, by, other if unlike == "case" else case, what="bundle" if unlike == "what" else WHAT)
    if unlike == "late":
        later(hours=24)
    if unlike == "revoked":
        Answered.objects.create(asked=row, ordinal=2, verdict="revoked", person=ken, words=b"", at=clock.now())
    if unlike == "refused":
        row = asked(ken, other)
        Answered.objects.create(asked=row, ordinal=1, verdict="refused", person=hana, words=b"", at=clock.now(),
                                copies=1, until=clock.now() + timedelta(hours=1))  # fmt: skip
        with pytest.raises(gate.NeedsApproval):
            gate.leaving(ken, other, WHAT, "api")
        return
    with pytest.raises(gate.NeedsApproval):
        gate.leaving(hana, case, WHAT, "api")
    assert not Copy.objects.exists()


def test_an_approval_holds_to_its_last_second_and_the_earliest_is_used_first(hana, ken, held, later):
    case = opened(hana)
    late, soon = approved(hana, ken, case, hours=2), approved(hana, ken, case, hours=1)
    later(minutes=59, seconds=59)
    gate.leaving(hana, case, WHAT, "api")
    assert Copy.objects.get().asked == soon
    gate.leaving(hana, case, WHAT, "api")
    assert Copy.objects.get(number=2).asked == late


# -- the register ------------------------------------------------------------------------------------------------------


@pytest.fixture
def taken(hana, ken, held):
    """A copy of Hana's, approved by Ken, in a circle of both."""
    case = opened(hana, circle("room", hana, ken).public_id)
    approved(hana, ken, case, 2, form="print")
    gate.leaving(hana, case, WHAT, "api")
    return case


def test_the_register_tells_who_took_what_and_what_became_of_it(hana, ken, taken, later):
    later(hours=1)
    gate.leaving(hana, taken, WHAT, "web")
    for fate, words in (("kept", "  a safe\r\nin room 3 "), ("lost", "x" * 1000), ("returned", "to Ken")):
        later(hours=1)
        copies.note(hana, taken.public_id, 1, fate, words)
    first, second = copies.register(ken, taken.public_id)
    assert (first.number, first.what, first.form, first.person, first.approved_by, first.door, first.at) == (
        1, WHAT, "print", hana, ken, "api", BEGUN,
    )  # fmt: skip
    assert first.request == Asked.objects.get().public_id and second.number == 2 and second.door == "web"
    assert [(s.fate, s.words, s.person, s.at) for s in first.steps] == [
        ("kept", "a safe\nin room 3", hana, BEGUN + timedelta(hours=2)),
        ("lost", "x" * 1000, hana, BEGUN + timedelta(hours=3)),
        ("returned", "to Ken", hana, BEGUN + timedelta(hours=4)),
    ]  # fmt: skip
    assert (first.fate, first.out, first.label.en, first.form_label.en) == ("returned", False, "returned", "print")
    assert (second.fate, second.out, second.label.en, second.steps) == ("", True, "taken out", ())
    assert [s.label.en for s in first.steps] == ["kept", "lost", "returned"]
    assert chain()[-1] == ("copy 1 returned", "custody", "")


@pytest.mark.parametrize(("fate", "out"), [("kept", True), ("returned", False), ("destroyed", False), ("lost", True)])
def test_a_copy_is_out_until_it_is_back_or_destroyed(hana, taken, fate, out):
    copies.note(hana, taken.public_id, 1, fate, "x")
    assert [one.out for one in copies.register(hana, taken.public_id)] == [out]


def test_who_took_a_copy_or_may_answer_for_it_writes_what_became_of_it(hana, ken, taken):
    reader = person("Rin", sealed=True)
    reader.mandates.create(role="minister", valid_from=date(2020, 1, 1), sealed=True, may_act=False)
    Membership.objects.create(compartment=taken.placement.compartment, person=reader, valid_from=date(2020, 1, 1))
    copies.note(ken, taken.public_id, 1, "kept", "x")
    with pytest.raises(Unknown):
        copies.note(reader, taken.public_id, 1, "kept", "x")
    hana.mandates.update(may_act=False)
    copies.note(hana, taken.public_id, 1, "kept", "x")  # it is her own
    with pytest.raises(Unknown):
        copies.note(ken, taken.public_id, 2, "kept", "x")
    outsider = person("Out", "applicant", sealed=True)
    for ask in (lambda: copies.register(outsider, taken.public_id),
                lambda: copies.note(outsider, taken.public_id, 1, "kept", "x")):  # fmt: skip
        with pytest.raises(UnknownCase):
            ask()
    assert CopyStep.objects.count() == 2


def test_copies_of_two_cases_bear_the_same_numbers_and_are_told_apart(hana, ken, taken):
    other = opened(hana)
    row = asked(hana, other)
    for ordinal, verdict, by in ((2, "revoked", hana), (1, "approved", ken)):
        Answered.objects.create(asked=row, ordinal=ordinal, verdict=verdict, person=by, words=b"", at=clock.now())
    Copy.objects.create(asked=row, ordinal=1, case=other, number=1, door="api", at=clock.now())
    copies.note(hana, other.public_id, 1, "kept", "x")
    (here,), (there,) = (copies.register(hana, case.public_id) for case in (taken, other))
    assert here.steps == () and there.fate == "kept" and there.approved_by == ken


@pytest.mark.parametrize(("fate", "words", "field"), [
    ("eaten", "x", "fate"), ("", "x", "fate"), ("kept", " \r\n ", "words"), ("kept", "x" * 1001, "words"),
])  # fmt: skip
def test_what_became_of_a_copy_is_said_in_so_many_words(hana, taken, fate, words, field):
    with pytest.raises(NotAsked) as wrong:
        copies.note(hana, taken.public_id, 1, fate, words)
    assert wrong.value.field == field and not CopyStep.objects.exists()


def test_words_of_copies_are_sealed_for_the_circle_and_end_with_its_key(hana, taken):
    copies.note(hana, taken.public_id, 1, "kept", "a safe")
    row = CopyStep.objects.get()
    assert sealing.key_of(bytes(row.words)) == sealing.newest(taken.circle) and b"safe" not in bytes(row.words)
    assert sealing.open_text(f"custody/copy/{row.copy_id}", bytes(row.words)) == b"a safe", "in the next version too"
    destroyed.write(destroyed.Note(taken.circle, "2026-01-01T00:00:00.000000Z", "a", "b", "over"))
    ((step,),) = (one.steps for one in copies.register(hana, taken.public_id))
    assert step.words is None and step.fate == "kept"


# -- who answers -------------------------------------------------------------------------------------------------------


def test_who_reads_what_is_sealed_and_acts_there_is_able(hana, ken):
    case = opened(hana)
    assert managers.able(hana, case) and managers.able(ken, case)
    hana.mandates.update(sealed=False)
    with pytest.raises(NotAllowed, match="may not read what is sealed"):
        managers.found(hana, case.public_id)
    assert not managers.able(hana, case) and managers.found(ken, case.public_id) == case
    ken.mandates.update(may_act=False)
    assert not managers.able(ken, case) and managers.found(ken, case.public_id) == case
    ken.mandates.create(role="minister", valid_from=date(2020, 1, 1))
    assert managers.able(ken, case), "by two mandates together"
    inside = opened(hana, circle("room", hana).public_id)
    mio = person("Mio", "applicant", sealed=True)
    assert not managers.able(mio, inside) and managers.able(mio, case)
    for nobodys in (inside.public_id, "nosuchcase"):
        with pytest.raises(UnknownCase):
            managers.found(mio, nobodys)


def test_a_deputys_mandate_does_not_make_able(hana, ken):
    case, deputy = opened(hana), person("Dai", "minister", sealed=True, may_act=False)
    deputies.name(ken, deputy, clock.today(), clock.today())
    assert managers.found(deputy, case.public_id) == case and any(m.may_act for m in managers.covering(deputy, case))
    assert not managers.able(deputy, case)


def test_the_manager_answers_and_somebody_else_answers_the_manager(hana, ken):
    case, mio = opened(hana), person("Mio", "applicant", sealed=True)
    assert managers.manager(case) is None
    assert not managers.may_answer(hana, case, hana.pk) and managers.may_answer(ken, case, hana.pk)
    assert not managers.may_answer(person("Ren", "applicant"), case, hana.pk)
    managers.name(hana, case.public_id, ken.public_id)
    assert managers.manager(case) == ken and managers.manager(opened(hana)) is None
    answers = {(who.name, asker.name): managers.may_answer(who, case, asker.pk) for who in (hana, ken, mio)
               for asker in (hana, ken, mio)}  # fmt: skip
    assert {pair for pair, may in answers.items() if may} == {
        ("Ken", "Hana"), ("Ken", "Mio"), ("Hana", "Ken"), ("Mio", "Ken"),
    }  # fmt: skip
    ken.mandates.update(may_act=False)
    assert managers.manager(case) is None and managers.may_answer(mio, case, hana.pk), "who is no longer able is none"


def test_a_manager_is_named_from_day_to_day_by_somebody_who_could_be_it(hana, ken, later):
    case = opened(hana)
    managers.name(hana, case.public_id, ken.public_id)
    managers.name(hana, case.public_id, ken.public_id)
    assert Manager.objects.count() == 1 and chain() == [(f"manager {ken.public_id}", "custody", "")]
    later(days=2)
    managers.name(ken, case.public_id, hana.public_id)
    before, now = Manager.objects.order_by("pk")
    today = clock.today()
    assert (before.valid_until, before.ended_by, before.ended_at) == (today - timedelta(1), ken, clock.now())
    assert (now.case, now.person, now.valid_from, now.granted_by) == (case, hana, today, ken)
    assert (now.valid_until, now.ended_by, managers.manager(case)) == (None, None, hana)
    managers.name(ken, case.public_id, "")
    assert managers.manager(case) is None and chain()[-1] == ("manager -", "custody", "")
    assert Manager.objects.filter(valid_until=None).count() == 0


def test_who_managed_once_is_named_again_and_what_was_written_of_it_stays(hana, ken, later):
    case, other = opened(hana), opened(hana)
    for who, where in ((ken, case), (ken, other), (hana, case), (ken, case)):
        managers.name(hana, where.public_id, who.public_id)
        later(days=2)
    assert managers.manager(case) == managers.manager(other) == ken, "of each case by itself"
    ended = Manager.objects.filter(case=case).order_by("pk").values_list("valid_until", flat=True)
    day = BEGUN.astimezone(JST).date()
    assert list(ended) == [day + timedelta(3), day + timedelta(5), None]


def test_who_is_not_able_names_nobody_and_is_not_named(hana, ken):
    case, ren = opened(hana), person("Ren", "applicant")
    for named in (ren.public_id, "nobody"):
        with pytest.raises(NotAllowed) as wrong:
            managers.name(hana, case.public_id, named)
        assert wrong.value.field == "manager"
    ken.mandates.update(may_act=False)
    with pytest.raises(NotAllowed, match="only who reads what is sealed here and acts"):
        managers.name(ken, case.public_id, hana.public_id)
    with pytest.raises(NotAllowed, match="may not read"):
        managers.name(ren, case.public_id, hana.public_id)
    assert not Manager.objects.exists() and chain() == []


def test_who_could_be_named(hana, ken):
    lies_open, mio = opened(hana), person("Mio", "applicant", sealed=True)
    room = circle("room", hana, mio)
    inside = opened(hana, room.public_id)
    person("Ren", "applicant")
    person("Rin", "minister", sealed=True, may_act=False)
    assert managers.candidates(lies_open) == [hana, ken, mio] and managers.candidates(inside) == [hana, mio]
    Membership.objects.filter(person=mio).update(valid_until=clock.today() - timedelta(1))
    assert managers.candidates(inside) == [hana]
    type(ken).objects.filter(pk=ken.pk).update(is_active=False)
    assert managers.candidates(lies_open) == [hana, mio]
    Mandate.objects.filter(person=mio).update(valid_until=clock.today() - timedelta(1))
    assert managers.candidates(lies_open) == [hana]


# -- who reads very many -----------------------------------------------------------------------------------------------


@pytest.fixture
def bounds(settings):
    settings.KANAME_BULK_ALARM, settings.KANAME_BULK_STOP = 3, 5


def matters(*names):
    return [Matter(None, name, 0, "about") for name in names]


def read(who, *names):
    bulk.within(who, matters(*names), "page")
    decisions.read(who, matters(*names), "page")


def alarms():
    return list(Alarm.objects.order_by("pk").values_list("objects_read", "stopped", "at"))


def test_an_alarm_comes_above_the_first_bound_and_the_stop_above_the_second(hana, bounds):
    read(hana)
    read(hana, "a", "b", "c")
    assert alarms() == [] and not bulk.is_stopped(hana)
    read(hana, "d")
    assert not bulk.is_stopped(hana), "the fifth is read still"
    read(hana, "e")
    assert alarms() == [(4, False, BEGUN)] and bulk.is_stopped(hana), "once an hour"
    read(hana, "a", "e")
    for _ in range(2):
        with pytest.raises(bulk.Stopped, match="reading is stopped"):
            read(hana, "f")
    assert alarms() == [(4, False, BEGUN), (5, True, BEGUN)]
    assert chain()[-1] == ("f", "page", "stopped") and not SealedRead.objects.filter(field="f").exists()


def test_as_many_as_the_bounds_at_once_are_read_and_one_more_is_not(hana, ken, bounds):
    read(hana, "a", "b", "c", "d", "e")
    assert alarms() == [(5, False, BEGUN)]
    with pytest.raises(bulk.Stopped):
        read(ken, "a", "b", "c", "d", "e", "f")
    assert Alarm.objects.get(person=ken).stopped and not SealedRead.objects.filter(person=ken).exists()


def test_where_nothing_is_read_nobody_is_alarmed(hana, bounds):
    decisions.read(hana, matters("a", "b", "c", "d"), "page")
    bulk.within(hana, [], "page")
    assert alarms() == []


def test_where_the_stop_lies_below_the_alarm_it_stops(hana, settings):
    settings.KANAME_BULK_ALARM, settings.KANAME_BULK_STOP = 5, 2
    read(hana, "a", "b")
    read(hana, "b", "a")
    with pytest.raises(bulk.Stopped):
        read(hana, "c")


def test_objects_are_told_apart_by_case_entry_field_and_what_they_are_about(hana, bounds):
    case, now = opened(hana), clock.now()
    some = [Matter(None, "a", 0, "x"), Matter(None, "a", 0, "y"), Matter(None, "a", 1, "x"), Matter(case, "a", 0),
            Matter(case, "b", 0)]  # fmt: skip
    decisions.read(hana, [*some, *some], "page")
    assert bulk.objects_read(hana, now) == 5
    bulk.within(hana, some, "page")
    with pytest.raises(bulk.Stopped):
        bulk.within(hana, [Matter(case, "a", 1)], "page")


def test_what_was_read_counts_for_an_hour_and_for_the_reader_alone(hana, ken, bounds, later):
    read(hana, "a", "b", "c", "d")
    assert bulk.objects_read(hana, clock.now()) == 4 and bulk.objects_read(ken, clock.now()) == 0
    later(minutes=59, seconds=59)
    assert bulk.objects_read(hana, clock.now()) == 4
    read(hana, "e")
    assert len(alarms()) == 1
    later(seconds=1)
    assert bulk.objects_read(hana, clock.now()) == 1
    read(hana, "f", "g", "h")
    assert [one[:2] for one in alarms()] == [(4, False), (4, False)], "and a new alarm an hour later"


def test_who_was_released_begins_anew(hana, ken, bounds, later):
    read(hana, "a", "b", "c", "d", "e")
    later(minutes=1)
    bulk.confirm(hana)
    assert (Release.objects.get().person, Release.objects.get().by, Release.objects.get().at) == (
        hana,
        hana,
        clock.now(),
    )
    assert bulk.objects_read(hana, clock.now()) == 0 and not bulk.is_stopped(hana)
    later(seconds=1)
    read(hana, "a", "b", "c", "d")
    assert bulk.objects_read(hana, clock.now()) == 4 and len(alarms()) == 2, "an alarm again after a release"
    bulk.confirm(ken)
    assert bulk.objects_read(hana, clock.now()) == 4, "another's release is not hers"
    assert bulk._since(hana, clock.now()) == clock.now() - timedelta(seconds=1)
    later(hours=2)
    assert bulk._since(hana, clock.now()) == clock.now() - timedelta(hours=1), "one of long ago counts no more"
    assert bulk.objects_read(hana, clock.now()) == 0
    bulk.confirm(hana)
    later(seconds=1)
    bulk.confirm(hana)
    assert bulk._since(hana, clock.now() + timedelta(1e-5)) == clock.now(), "the last one"


def test_of_alarms_are_told_the_reader_administrators_and_managers(hana, ken, bounds, later):
    case, boss, other = opened(hana), person("Boss", admin=True), person("Ren", "applicant")
    managers.name(hana, case.public_id, ken.public_id)
    decisions.read(hana, [Matter(case, "money", 1)], "page")
    read(hana, "a", "b", "c")
    later(minutes=1)
    read(other, "a", "b", "c", "d")
    hanas, others = Alarm.objects.order_by("pk")
    assert list(bulk.alarms(boss)) == [others, hanas], "newest first"
    assert list(bulk.alarms(hana)) == list(bulk.alarms(ken)) == [hanas] and list(bulk.alarms(other)) == [others]
    assert not bulk.alarms(person("Out"))
    Manager.objects.update(valid_until=clock.today() - timedelta(1))
    assert not bulk.alarms(ken)
    boss.is_active = False
    assert not bulk.alarms(boss)
    assert (bulk.new(hana), bulk.new(ken)) == (1, 0)
    later(hours=23, minutes=58)
    assert bulk.new(hana) == 1
    later(minutes=1)
    assert bulk.new(hana) == 0


def test_a_manager_who_no_longer_sees_the_case_is_told_nothing(hana, ken, bounds):
    case = opened(hana)
    managers.name(hana, case.public_id, ken.public_id)
    decisions.read(hana, [Matter(case, "money", 1)], "page")
    read(hana, "a", "b", "c")
    ken.mandates.all().delete()
    assert not bulk.alarms(ken)


def test_somebody_else_releases_and_nobody_oneself(hana, ken, bounds):
    boss = person("Boss", admin=True)
    read(hana, "a", "b", "c", "d", "e")
    alarm = Alarm.objects.get().public_id
    with pytest.raises(NotAllowed, match="cannot release yourself"):
        bulk.release(hana, alarm)
    for who, which in ((ken, alarm), (boss, "nosuchalarm")):
        with pytest.raises(Unknown):
            bulk.release(who, which)
    assert not Release.objects.exists()
    bulk.release(boss, alarm)
    assert Release.objects.values_list("person", "by", "at").get() == (hana.pk, boss.pk, BEGUN)


# -- the chain ---------------------------------------------------------------------------------------------------------


def test_a_chain_is_told_in_the_next_version_as_in_this():
    """Its digests lie in the database and in copies of it."""
    said = decisions._said("room", 1, "case", "hana", 2, "money", "page", "", "2026-06-01T03:00:00.000000Z")
    assert decisions.genesis("room") == "79bc752d520cd3b1826d4e42207971caa3311848874b9f1384e3d7b5bfb63433"
    assert (
        decisions.digest_of(decisions.genesis("room"), said)
        == "398ecbdfeda4952da0d08332fa20bdc05b9a13d64ff7a471c573545bf3b9c74e"
    )


def test_each_reason_of_a_refusal_has_its_name():
    assert [(code, name.en) for code, name in decisions.WHY.items()] == [
        ("", "allowed"), ("right", "no right to read what is sealed"), ("approval", "no approval"),
        ("stopped", "stopped after reading very much"), ("quarantine", "in quarantine"),
    ]  # fmt: skip


def test_each_compartment_each_open_case_and_each_thing_has_a_chain(hana, later):
    room = circle("room", hana).public_id
    inside, lies_open = opened(hana, room), opened(hana)
    decisions.read(hana, [Matter(inside, "a", 3), Matter(lies_open, "b"), Matter(inside, "c"), *matters("d")], "page")
    later(seconds=1)
    decisions.refused(hana, [Matter(inside, "e", 1)], "api", "right")
    decisions.step(hana, inside, "f")
    decisions.refused(hana, [], "api", "right")
    rows = Decision.objects.order_by("pk").values_list("series", "seq", "case", "entry", "field", "door", "why")
    assert list(rows) == [
        (room, 1, inside.pk, 3, "a", "page", ""), (lies_open.public_id, 1, lies_open.pk, 0, "b", "page", ""),
        (room, 2, inside.pk, 0, "c", "page", ""), ("about", 1, None, 0, "d", "page", ""),
        (room, 3, inside.pk, 1, "e", "api", "right"), (room, 4, inside.pk, 0, "f", "custody", ""),
    ]  # fmt: skip
    assert list(Decision.objects.values_list("at", flat=True).distinct()) == [
        "2026-06-01T03:00:00.000000Z", "2026-06-01T03:00:01.000000Z",
    ]  # fmt: skip
    log = SealedRead.objects.order_by("pk").values_list("person", "case", "about", "seq", "field", "at", "door")
    assert list(log) == [
        (hana.pk, inside.pk, "", 3, "a", BEGUN, "page"), (hana.pk, lies_open.pk, "", 0, "b", BEGUN, "page"),
        (hana.pk, inside.pk, "", 0, "c", BEGUN, "page"), (hana.pk, None, "about", 0, "d", BEGUN, "page"),
    ]  # fmt: skip
    assert decisions.faults() == []
    assert [d.field for d in decisions.of_case(inside)] == ["f", "e", "c", "a"]
    decisions.read(hana, matters("g"), "page", BEGUN + timedelta(days=1))
    assert Decision.objects.get(field="g").at == "2026-06-02T03:00:00.000000Z"
    assert SealedRead.objects.get(field="g").at == BEGUN + timedelta(days=1)
    assert decisions.faults() == [], "since the first reading that stands in a chain"


def unguarded():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'access_%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    assert guards.faults()


def test_of_a_case_in_a_compartment_the_case_is_named(hana):
    case = opened(hana, circle("room", hana).public_id)
    decisions.read(hana, [Matter(case, "a")], "page")
    unguarded()
    Decision.objects.update(digest="0" * 64)
    assert [one.case for one in decisions.faults()] == [case.public_id]
    SealedRead.objects.all().delete()
    assert [one.case for one in decisions.faults()] == [case.public_id] * 2


def test_all_that_do_not_tell_the_same_are_named_in_order(hana):
    decisions.read(hana, [Matter(None, "a", 0, name) for name in "dbfaec"], "page")
    unguarded()
    SealedRead.objects.all().delete()
    assert [one.case for one in decisions.faults()] == [*"abcdef"]


@pytest.mark.parametrize(("change", "told"), [
    (lambda row: Decision.objects.filter(pk=row.pk).update(why="right"), ["was changed", "do not tell the same"]),
    (lambda row: Decision.objects.filter(pk=row.pk).update(digest="0" * 64), ["was changed", "was changed"]),
    (lambda row: row.delete(), ["2 of the chain room is missing", "do not tell the same"]),
    (lambda row: SealedRead.objects.filter(field="b").delete(), ["do not tell the same"]),
    (lambda row: SealedRead.objects.filter(field="b").update(door="api"), ["do not tell the same"]),
    (lambda row: SealedRead.objects.create(person=row.person, about="room", seq=0, field="z", at=clock.now(),
                                           door="page"), ["do not tell the same"]),
])  # fmt: skip
def test_what_was_changed_afterwards_is_found(hana, ken, monkeypatch, change, told):
    for names in ("a", "b", "c"):
        decisions.read(hana, [Matter(None, names, 0, "room")], "page")
    decisions.step(hana, opened(hana), "a step is no reading")
    decisions.refused(ken, [Matter(None, "x", 0, "room")], "page", "right")
    assert decisions.faults() == []
    unguarded()
    change(Decision.objects.get(field="b"))
    found = decisions.faults()
    assert len(found) == len(told) and all(part in one.text.en for part, one in zip(told, found, strict=True))
    assert {one.case for one in found} == {"room"} and {one.seq for one in found} == {0}


def test_what_was_read_is_durable_before_it_is_handed_out(hana, django_assert_num_queries):
    """What is not committed could be taken back after the value was seen."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        decisions.read(hana, matters("a"), "page")
    with django_assert_num_queries(0):
        decisions.read(hana, [], "page")


def test_readings_from_before_there_was_a_chain_are_not_compared(hana, later):
    SealedRead.objects.create(person=hana, about="room", seq=0, field="old", at=clock.now(), door="page")
    assert decisions.faults() == []
    later(seconds=1)
    for name in ("a", "m", "z"):
        decisions.read(hana, [Matter(None, "new", 0, name)], "page")
        later(seconds=1)
    assert decisions.faults() == []


def test_whoever_meets_another_process_in_the_chain_goes_on_behind_it(hana, monkeypatch):
    case, left, chained = opened(hana), [49], decisions._chained

    def raced(*args):
        left[0] -= 1
        if left[0] >= 0:
            raise IntegrityError
        return chained(*args)

    def added(rows, add=decisions._add):
        if left[0] == 0:  # the other has also taken the number that the row had
            Manager.objects.create(case=case, person=hana, valid_from=clock.today())
        add(rows)

    monkeypatch.setattr(decisions, "_chained", raced)
    monkeypatch.setattr(decisions, "_add", added)
    row = Manager(case=case, person=hana, valid_from=clock.today())
    decisions.step(hana, case, "x", [row])
    assert Decision.objects.get().seq == 1 and Manager.objects.count() == 2
    left[0] = 50
    with pytest.raises(IntegrityError):
        decisions.step(hana, case, "y", [Manager(case=case, person=hana, valid_from=clock.today())])
    assert (Decision.objects.count(), Manager.objects.count()) == (1, 2)


def test_rows_that_another_has_written_already_are_told_and_nothing_is_written(hana, ken):
    case = opened(hana)
    row = approved(hana, ken, case)
    again = Answered(asked=row, ordinal=1, verdict="refused", person=ken, words=b"", at=clock.now())
    with pytest.raises(decisions.Taken):
        decisions.step(ken, case, "refused", [again])
    assert chain() == [] and Answered.objects.count() == 1


# -- the front door, and what the database itself refuses --------------------------------------------------------------


@cache
def asked_for():
    """The names that somebody outside takes from the front door."""
    root, names = Path(__file__).parents[2], set()
    for file in (*root.glob("src/kaname/**/*.py"), *root.glob("tests/**/*.py")):
        text = file.read_text("utf-8")
        if "from kaname.access.custody import api as custody" in text:
            found = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute))
            names |= {n.attr for n in found if isinstance(n.value, ast.Name) and n.value.id == "custody"}
    return names


def test_the_front_door_hands_out_what_others_ask_for_and_no_more():
    assert set(api.__all__) == asked_for() and all(hasattr(api, name) for name in api.__all__)


def test_what_is_shown_of_custody_is_of_the_case(hana, ken, held):
    case, other = opened(hana), opened(hana)
    row = approved(hana, ken, case)
    Manager.objects.create(case=case, person=ken, valid_from=BEGUN.date(), granted_by=ken)
    gate.leaving(hana, case, WHAT, "api")
    gave, without = api.shown(hana, case.public_id), api.shown(hana, other.public_id)
    assert (gave.case, gave.applies, gave.able, gave.manager) == (case, False, True, ken)
    assert [r.id for r in gave.requests] == [row.public_id] and [c.number for c in gave.copies] == [1]
    assert (without.manager, without.requests, without.copies) == (None, (), ())
    assert [d.field for d in api.decided(hana, case.public_id)] == [f"copy 1 {WHAT}"]
    assert not api.decided(hana, other.public_id)
    for look in (api.shown, api.decided):
        with pytest.raises(UnknownCase):
            look(hana, "nosuchcase")


def test_every_table_of_custody_but_of_managers_only_grows(hana):
    """A table that is made later and named in no guard is found here."""
    tables = {model._meta.db_table for model in apps.get_models() if model.__module__ == models.__name__}
    assert {*guards.GUARDS.tables} == tables - {"access_manager"} | {"access_sealedread"}
    assert guards.faults() == [], "they stand"
    decisions.read(hana, matters("a"), "page")
    with pytest.raises(IntegrityError, match="what was read, asked, decided and copied is never changed or deleted"):
        SealedRead.objects.all().delete()


def test_a_server_calls_the_function_of_these_tables_by_its_name():
    """PostgreSQL keeps the others by functions of other names: put under the same one, one would undo the other."""
    first, *rest = guards.GUARDS._postgresql()
    assert first.startswith("CREATE OR REPLACE FUNCTION access_refuse() RETURNS trigger")
    assert sum("EXECUTE FUNCTION access_refuse()" in one for one in rest) == len(guards.GUARDS.tables)
