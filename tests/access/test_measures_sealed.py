"""What shows a management measure (府令10条) lies open nowhere: not what is written now, not what lay open before."""

from contextlib import contextmanager

import pytest
import throwaway
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from access import sealed_room
from access.folk import circle, key, person
from kaname.access import api as access
from kaname.desk import measures
from kaname.desk.models import Measure
from kaname.ledger import destroyed, roles
from kaname.ledger.destroyed import GONE
from kaname.ledger.errors import CannotOpen, Destroyed
from kaname.ledger.models import Case
from kaname.site.databases import postgresql
from kaname.site.home import home
from ledger.test_sealing import found_in

CANARY = "Kanarienvogel-4410-機微"
SEALED = ("0011_seal_what_shows_a_measure", "0012_no_open_evidence")


@pytest.fixture
def hana(office):
    return person("Hana", "applicant", sealed=True)


def case_of(hana, compartment=""):
    opening = sealed_room.APPLY
    return access.open_case(hana, "small.permit", opening, idempotency_key=key(), compartment=compartment).case


def noted(hana, case, evidence=CANARY):
    measures.note(hana, case, "", "1-イ", "taken", evidence)
    return Measure.objects.get(case__public_id=case)


def now(hana, case):
    found = next(line for line in measures.checklist(hana, case) if line.measure.id == "1-イ")
    return found.now.evidence


@contextmanager
def owner(office):
    """Who may change tables."""
    with throwaway.given_back():
        if office.cluster:
            throwaway.connect(postgresql(throwaway.url(office.cluster, roles.OWNER, office.database)))
        yield


def before(hana, *cases):
    """The table as a version of before had it, with a line on each case."""
    executor = MigrationExecutor(connection)
    old = executor.loader.project_state(("desk", "0010_plan_worth")).apps.get_model("desk", "Measure")
    with connection.schema_editor() as editor:
        editor.delete_model(Measure)
        editor.create_model(old)
    for case in cases:
        of = Case.objects.get(public_id=case).pk
        old.objects.create(case_id=of, measure="1-イ", status="taken", evidence=CANARY, person_id=hana.pk)
    for name in SEALED:
        MigrationRecorder(connection).record_unapplied("desk", name)


def files():
    return [path for path in home().rglob("*") if path.is_file()]


def test_what_lay_open_is_sealed_for_the_circle_of_its_case_or_gone_with_it(hana, office):
    room, dead = circle("room", hana).public_id, circle("dead", hana).public_id
    inside, lost, outside = case_of(hana, room), case_of(hana, dead), case_of(hana)
    with owner(office):
        before(hana, inside, lost, outside)
    if connection.vendor == "sqlite":
        assert found_in(CANARY, *files())  # the sweep does find what lies open
    destroyed.write(destroyed.Note(dead, "2026-01-01T00:00:00.000000Z", "a", "b", "over"))
    with owner(office):
        call_command("migrate", "desk", verbosity=0)
    sealed_room.forget()
    assert found_in(CANARY, *files()) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_measure")
        assert CANARY not in str(cursor.fetchall())
    assert [now(hana, case) for case in (inside, lost, outside)] == [CANARY, GONE, CANARY]
    destroyed.write(destroyed.Note(room, "2026-01-01T00:00:01.000000Z", "a", "b", "over"))
    assert [now(hana, case) for case in (inside, lost, outside)] == [GONE, GONE, CANARY]
    with owner(office):
        call_command("migrate", "desk", "0010", verbosity=0)  # back to a version that reads it in clear
        with connection.cursor() as cursor:
            cursor.execute("SELECT evidence FROM desk_measure ORDER BY id")
            assert [evidence for (evidence,) in cursor.fetchall()] == ["", "", CANARY]
        call_command("migrate", "desk", verbosity=0)
    assert now(hana, outside) == CANARY


def test_it_opens_in_its_own_place_alone_and_takes_no_more_once_the_key_is_gone(hana):
    room = circle("room", hana).public_id
    first, other = case_of(hana, room), case_of(hana, room)
    here, there = noted(hana, first), noted(hana, other, "規程")
    here.sealed, there.sealed = there.sealed, here.sealed
    for moved in (here, there):
        with pytest.raises(CannotOpen):
            assert moved.evidence
    assert not measures.note(hana, first, "", "1-イ", "taken", CANARY)  # says what the last line says
    destroyed.write(destroyed.Note(room, "2026-01-01T00:00:00.000000Z", "a", "b", "over"))
    assert not measures.note(hana, first, "", "1-イ", "taken", GONE)  # the page saved as it was shown
    with pytest.raises(Destroyed):
        measures.note(hana, first, "", "1-イ", "open", "x")
    assert Measure.objects.count() == 2
