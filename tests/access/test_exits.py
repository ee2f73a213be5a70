"""Leaving: the act is recorded and every access ends with it, or nothing happens at all."""

from datetime import date

import pytest
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import exits, tokens
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Mandate, Membership, SealedRead
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.procedure import Entry, Refused

APPLY = Entry("permit.apply", date(2026, 5, 1), {"name": "Kumo", "size": "small"}, party="Kumo")
GO = Entry("permit.acknowledge", date(2026, 5, 2))
REFUSED = Entry("permit.accept", date(2026, 5, 2))


@pytest.fixture
def room(office):
    hana, jiro = person("Hana", "applicant", "minister"), person("Jiro", "applicant")
    return hana, jiro, circle("one", hana, jiro)


def opened(who, compartment=""):
    done = access.open_case(who, "small.permit", APPLY, idempotency_key=key(), compartment=compartment)
    return recorded(done).case


def test_one_step_records_it_and_ends_every_access(room):
    hana, jiro, where = room
    case, beside = opened(hana, where.public_id), opened(hana, where.public_id)
    Mandate.objects.create(person=jiro, role="minister", case=access.find(hana, case), valid_from=date(2020, 1, 1))
    _, secret = tokens.make(jiro, "program", ("read",), 30)
    stamp = jiro.stamp
    assert [c.public_id for c in exits.beside(hana, case)] == [beside]
    recorded(exits.leave(hana, case, GO, [jiro.public_id], idempotency_key=key()))
    for gone in (case, beside):
        with pytest.raises(UnknownCase):
            access.find(jiro, gone)
        with pytest.raises(UnknownCase):
            access.find(tokens.holder(secret).person, gone)
    assert {m.ended_by for m in Mandate.objects.filter(case__isnull=False)} == {hana}
    assert Membership.objects.get(person=jiro).ended_by == hana
    jiro.refresh_from_db()
    assert jiro.stamp > stamp  # the open sessions have ended
    assert [p.name for p in exits.inside(hana, case)] == ["Hana"]


def test_nothing_ends_where_the_act_is_refused(room):
    hana, jiro, where = room
    case = opened(hana, where.public_id)
    assert isinstance(exits.leave(hana, case, REFUSED, [jiro.public_id], idempotency_key=key()), Refused)
    assert access.find(jiro, case)


def test_asked_again_it_ends_what_a_crash_left_open(room, monkeypatch):
    hana, jiro, where = room
    case, same = opened(hana, where.public_id), key()
    with monkeypatch.context() as crash:
        crash.setattr(exits, "_close", _crash)
        with pytest.raises(RuntimeError):
            exits.leave(hana, case, GO, [jiro.public_id], idempotency_key=same)
    assert access.find(jiro, case)
    first = recorded(exits.leave(hana, case, GO, [jiro.public_id], idempotency_key=same))
    with pytest.raises(UnknownCase):
        access.find(jiro, case)
    assert recorded(exits.leave(hana, case, GO, [jiro.public_id], idempotency_key=same)).seq == first.seq


def _crash(*_):
    raise RuntimeError


def test_only_those_inside_and_never_the_last(room):
    hana, jiro, where = room
    case, outside = opened(hana, where.public_id), person("Out", "applicant")
    with pytest.raises(Unknown):
        exits.leave(hana, case, GO, [outside.public_id], idempotency_key=key())
    with pytest.raises(NotAllowed):
        exits.leave(hana, case, GO, [hana.public_id, jiro.public_id], idempotency_key=key())
    with pytest.raises(UnknownCase):
        exits.leave(outside, case, GO, [jiro.public_id], idempotency_key=key())
    assert len(access.recorded(hana, case)) == 1


def test_of_a_case_in_the_open_the_mandates_for_it_end(room):
    hana, jiro, _ = room
    case = opened(hana)
    Mandate.objects.create(person=jiro, role="minister", case=access.find(hana, case), valid_from=date(2020, 1, 1))
    assert [p.name for p in exits.inside(hana, case)] == ["Jiro"]
    recorded(exits.leave(hana, case, GO, [jiro.public_id], idempotency_key=key()))
    assert exits.inside(hana, case) == [] and exits.beside(hana, case) == []
    assert access.see(jiro, case).roles == {"applicant"}  # what they may do in every case, they still may


def test_what_someone_may_hold_a_copy_of(room):
    hana, jiro, where = room
    case = opened(hana, where.public_id)
    for paper in ("a", "b", "a"):
        SealedRead.objects.create(
            person=jiro, case=access.find(hana, case), seq=0, field=f"document {paper}", at=clock.now(), door="x"
        )
    assert list(exits.opened_by(hana, case, jiro)) == ["a", "b"] and exits.opened_by(hana, case, hana) == {}
