"""Who writes beside a case while it goes into a circle waits, and what is written lies in that circle."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from access.folk import circle, key, person
from access.sealed_room import APPLY
from kaname.access import api as access
from kaname.aside import checklist, notes
from kaname.aside.models import Line, Version
from kaname.desk import measures
from kaname.desk.models import Measure
from kaname.ledger import sealing
from kaname.ledger.models import SealingKey

WRITERS = {
    "note": (lambda who, case: notes.write(who, case, "機微"), Version),
    "line": (lambda who, case: checklist.add(who, case, "機微"), Line),
    "measure": (lambda who, case: measures.note(who, case, "", "1-イ", "taken", "機微"), Measure),
}
SOON = 60  # seconds


def _waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def written_during_a_move(sort: str) -> tuple[str, str]:
    """The circle in which it lies, and the one that its case has come into."""
    hana = person("Hana", "applicant", sealed=True)
    room = circle("room", hana).public_id
    case = access.open_case(hana, "small.permit", APPLY, idempotency_key=key()).case
    write, table = WRITERS[sort]
    moved, seen = Event(), Event()

    def move():
        try:
            with transaction.atomic():
                access.place(hana, case, room)
                moved.set()
                assert seen.wait(SOON)
        finally:
            connection.close()

    def beside():
        try:
            assert moved.wait(SOON)
            write(hana, case)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(move), pool.submit(beside)]
        until = time.monotonic() + SOON
        while not _waiting() and not both[1].done() and time.monotonic() < until:
            time.sleep(0.02)
        seen.set()
        for one in both:
            one.result()
    key_of = sealing.key_of(bytes(table.objects.get().sealed))
    return SealingKey.objects.get(pk=key_of).circle, room


@pytest.mark.parametrize("sort", WRITERS)
def test_what_is_written_during_a_move_lies_where_the_case_has_come_to(postgresql_office, sort):
    lies, room = written_during_a_move(sort)
    assert lies == room


def test_a_writer_who_does_not_wait_is_found(postgresql_office, monkeypatch):
    monkeypatch.setattr(access, "hold", access.find)
    lies, room = written_during_a_move("note")
    assert lies != room
