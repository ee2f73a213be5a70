"""A version cannot be changed because the database refuses; where it would not, the office does not start."""

from django.db import connection

from kaname.site import checks
from kaname.vendors import guards


def test_whole_guards_are_no_finding(land):
    assert guards.faults() == [] and not [f for f in checks.findings() if f.where == "guards"]


def test_a_missing_guard_is_found_on_sqlite_and_put_back(sqlite_office):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER vendors_version_no_delete")
    assert [f.where for f in checks.findings()] == ["guards"]
    guards.install()
    assert guards.faults() == [] == checks.findings()


def test_a_guard_that_does_nothing_is_found_on_sqlite(sqlite_office):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER vendors_note_no_update")
        cursor.execute("CREATE TRIGGER vendors_note_no_update BEFORE UPDATE ON vendors_note BEGIN SELECT 1; END")
    assert len(guards.faults()) == 1
