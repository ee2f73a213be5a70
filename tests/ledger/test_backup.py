"""A backup taken while the office works can be restored, is verified, and what it lacks is listed by name."""

import shutil

import pytest
from acts import STORY, key, opened, played
from django.db import connection

from kaname.ledger import guards
from kaname.ledger.backup import backup
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Case, Entry
from kaname.ledger.perform import perform
from kaname.ledger.restore import Behind, restore
from kaname.ledger.verify import verify


@pytest.fixture
def at_home(sqlite_office, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    return tmp_path


def digests():
    return list(Entry.objects.order_by("case_id", "seq").values_list("digest", flat=True))


def test_a_backup_brings_back_what_was_there(at_home):
    case = played()[0].case
    before = digests()
    report = backup(at_home / "b.sqlite3")
    assert (report.cases, report.entries) == (1, 8)
    assert sorted(p.name for p in at_home.iterdir() if "b.sqlite3" in p.name) == ["b.sqlite3"]
    assert (at_home / "b.sqlite3").stat().st_mode & 0o777 == 0o600
    late = opened().case
    perform(late, STORY[0], idempotency_key=key())
    done = restore(at_home / "b.sqlite3")
    assert digests() == before
    assert (done.behind, done.faults) == ([Behind(late, 0, 2)], [])
    assert guards.guards() == []
    assert verify().faults == []
    assert restore(done.kept).behind == []
    assert Case.objects.count() == 2
    assert {case, late} == set(Case.objects.values_list("public_id", flat=True))


def test_a_backup_has_its_name_on_the_disk_before_it_is_told_of(at_home, tmp_path, monkeypatch):
    opened()
    named = []
    monkeypatch.setattr("kaname.ledger.backup.synced", lambda folder: named.append([p.name for p in folder.iterdir()]))
    (tmp_path / "kept").mkdir()
    backup(tmp_path / "kept" / "copy.db")
    assert named == [["copy.db"]]


def test_the_office_works_on_after_a_restore(at_home):
    case = opened().case
    backup(at_home / "b.sqlite3")
    perform(case, STORY[0], idempotency_key=key())
    restore(at_home / "b.sqlite3")
    assert perform(case, STORY[0], idempotency_key=key()).seq == 2
    assert verify().faults == []


def test_a_backup_that_was_changed_is_not_restored(at_home):
    played()
    backup(at_home / "b.sqlite3")
    raw = (at_home / "b.sqlite3").read_bytes()
    spot = raw.index(b"permit.acknowledge")
    (at_home / "b.sqlite3").write_bytes(raw[:spot] + b"permit.acknowledgf" + raw[spot + 18 :])
    before = digests()
    with pytest.raises(LedgerError, match="cannot be restored"):
        restore(at_home / "b.sqlite3")
    assert digests() == before


def test_what_is_no_backup_is_told(at_home):
    played()
    (at_home / "other").write_bytes(b"not a database")
    for name in ("other", "missing"):
        with pytest.raises(LedgerError, match="no backup"):
            restore(at_home / name)
    with pytest.raises(LedgerError, match="exists"):
        backup(at_home / "other")


def test_a_dump_of_postgresql(postgresql_office, tmp_path):
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed (apt-get install postgresql-client)")
    played()
    assert backup(tmp_path / "b.dump") is None
    connection.close()
    assert (tmp_path / "b.dump").read_bytes().startswith(b"PGDMP")
    with pytest.raises(LedgerError, match="pg_restore"):
        restore(tmp_path / "b.dump")
