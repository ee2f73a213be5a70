"""A backup comes back whatever has become of the state in its place: changed, damaged, lost, of another version.

What was there is kept, and tells what it still can.
"""

import os
import subprocess
import sys
from pathlib import Path

import pysqlite3
import pytest
from acts import STORY, key, opened, played
from click.testing import CliRunner
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from kaname.cli import root
from kaname.ledger import restore as module
from kaname.ledger import store
from kaname.ledger.backup import backup, looking_at
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Entry, Missing, Standing
from kaname.ledger.perform import perform
from kaname.ledger.proof import restores
from kaname.ledger.proof.restores import BEFORE, CHANGED
from kaname.ledger.restore import restore
from kaname.ledger.verify import verify


@pytest.fixture
def office(sqlite_office, monkeypatch, tmp_path):
    """The file of an office that has a backup of two cases beside it; of three entries since there is none."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    played()
    case = opened().case
    backup(tmp_path / "b.sqlite3")
    perform(case, STORY[0], idempotency_key=key())
    perform(opened().case, STORY[0], idempotency_key=key())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return sqlite_office.path


def digests():
    return set(Entry.objects.values_list("case__public_id", "seq", "digest"))


# -- damage ----------------------------------------------------------------------------------------------------------


def garbage_at_the_beginning(path):
    with path.open("r+b") as file:
        file.write(b"no database any more")


def garbage_everywhere(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(4096, size, 4096):
            file.seek(page)
            file.write(os.urandom(4096))


def garbage_in_the_schema(path):
    with path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(3996))


def cut_short(path):
    os.truncate(path, path.stat().st_size // 3)


def emptied(path):
    os.truncate(path, 0)


def removed(path):
    path.unlink()


def a_table_dropped(path):
    by_hand(path, "DROP TABLE ledger_anchor")


def by_hand(path, *statements):
    """As whoever has the file can: the triggers are theirs as well."""
    link = pysqlite3.connect(path)
    for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        link.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        link.execute(statement)
    link.commit()
    link.close()


UNREADABLE = [garbage_at_the_beginning, garbage_everywhere, garbage_in_the_schema, cut_short]


@pytest.mark.parametrize("damage", [*UNREADABLE, emptied, removed, a_table_dropped], ids=lambda f: f.__name__)
def test_whatever_became_of_the_database_a_backup_comes_back(office, damage):
    with looking_at(office.parent / "b.sqlite3"):
        before = digests()
    damage(office)
    left = office.read_bytes() if office.exists() else b""
    done = restore(office.parent / "b.sqlite3")
    assert digests() == before and verify().faults == []
    assert [one.epoch for one in restores.epochs()] == [1]
    assert done.faults, "that it was damaged is told"
    if damage in UNREADABLE:
        assert done.kept.read_bytes() == left, "as it was: somebody may yet read more of it"
        assert "receipts and other offices" in done.faults[0].text.en
        assert (done.behind, restores.missing()) == ([], [])
    assert perform(Entry.objects.last().case.public_id, STORY[1], idempotency_key=key())


def test_what_can_still_be_read_is_listed(office):
    """Planted: one table is gone, the entries are not."""
    with looking_at(office.parent / "b.sqlite3"):
        before = digests()
    lost = digests() - before
    a_table_dropped(office)
    done = restore(office.parent / "b.sqlite3")
    assert {(one.case, one.seq, one.digest) for one in restores.missing()} == lost and len(lost) == 3
    assert "no such table: ledger_anchor" in done.faults[0].text.en


def test_what_a_changed_case_says_proves_nothing(office):
    """Of a case that was changed an entry may be made up: only a receipt lets a partner's copy bring it back."""
    with looking_at(office.parent / "b.sqlite3"):
        before = digests()
    lost = {(case, seq) for case, seq, _ in digests() - before}
    changed = min(case for case, seq in lost if seq == 2)
    by_hand(office, f"UPDATE ledger_entry SET act = 'x' WHERE seq = 1 AND case_id = (SELECT id FROM ledger_case "
                    f"WHERE public_id = '{changed}')")  # fmt: skip
    done = restore(office.parent / "b.sqlite3")
    assert verify().faults == []
    assert {fault.case for fault in done.faults} == {"", changed}, "the triggers, and the case"
    told = {(one.case, one.seq): one.told_by for one in restores.missing()}
    assert told == {one: CHANGED if one[0] == changed else BEFORE for one in lost}
    assert restores.proven(changed) == {}
    raw = pysqlite3.connect(done.kept).execute("SELECT COUNT(*) FROM ledger_entry WHERE act = 'x'").fetchone()
    assert raw == (1,), "kept as evidence"


# -- others at work --------------------------------------------------------------------------------------------------

HOLDS = """
import sys, pysqlite3
link = pysqlite3.connect(sys.argv[1])
link.execute("PRAGMA journal_mode = WAL")
link.execute("SELECT COUNT(*) FROM ledger_case").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_a_damaged_file_is_not_taken_from_under_a_running_office(office):
    """It would write on into the file that was put aside, and nobody would see its acts."""
    other = subprocess.Popen([sys.executable, "-c", HOLDS, str(office)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"open\n"
        garbage_at_the_beginning(office)
        left = office.read_bytes()
        with pytest.raises(LedgerError, match=r"python3?\S* \(\d+\) is at work in this office"):
            restore(office.parent / "b.sqlite3")
        assert office.read_bytes() == left and not list(office.parent.glob("before-restore-*"))
    finally:
        other.communicate()
    assert restore(office.parent / "b.sqlite3").faults and verify().faults == []


def test_where_there_is_no_room_nothing_has_changed(office, monkeypatch):
    """Planted: the disk is full when the state before is copied. That is no damage: its files stay where they are."""

    def full(path):
        path.touch()
        raise OperationalError("database or disk is full")

    before = digests()
    monkeypatch.setattr(module, "copy", full)
    with pytest.raises(OperationalError):
        restore(office.parent / "b.sqlite3")
    assert digests() == before and restores.epochs() == [] and not list(office.parent.glob("before-restore-*"))


# -- other versions --------------------------------------------------------------------------------------------------


def test_a_backup_of_an_earlier_version_comes_back(office):
    """Its tables and lists as this version has them; the file itself stays as it was made."""
    file = office.parent / "b.sqlite3"
    with looking_at(file):
        before = digests()
        call_command("migrate", "ledger", "0017", verbosity=0)
    as_made = file.read_bytes()
    restore(file)
    assert digests() == before and verify().faults == []
    assert Standing.objects.count() == 2 and file.read_bytes() == as_made


def test_a_backup_of_a_later_version_is_told(office):
    before = digests()
    with looking_at(office.parent / "b.sqlite3"):
        MigrationRecorder(connection).record_applied("ledger", "9999_to_come")
    with pytest.raises(LedgerError, match=r"made by a later version \(ledger.9999_to_come\)"):
        restore(office.parent / "b.sqlite3")
    assert digests() == before and Missing.objects.count() == 0


# -- as it is told ---------------------------------------------------------------------------------------------------


def kaname(*command):
    connection.close()
    store.forget()
    told = CliRunner().invoke(root, command, env={"KANAME_LANG": "en"})
    return told.exit_code, told.output


def test_a_command_on_a_damaged_database_says_what_to_do(office):
    garbage_at_the_beginning(office)
    code, told = kaname("list")
    assert code == 2 and "the database is damaged (file is not a database); stop kaname up" in told
    code, told = kaname("restore", str(office.parent / "b.sqlite3"))
    assert code == 0 and "it may be evidence" in told and "cannot be read (file is not a database)" in told
    assert kaname("list")[0] == 0


def test_a_record_that_was_changed_is_kept_as_evidence_before_anybody_mends_it(office):
    by_hand(office, "UPDATE ledger_entry SET act = 'x' WHERE id = 1")
    file = str(office.parent / "evidence.sqlite3")
    code, told = kaname("backup", file)
    assert code == 2 and "not protected" in told
    code, told = kaname("backup", file, "--evidence")
    assert code == 1 and "it is evidence, and cannot be restored" in told and ":1: was changed after it was" in told
    assert pysqlite3.connect(file).execute("SELECT act FROM ledger_entry WHERE id = 1").fetchone() == ("x",)
    code, told = kaname("restore", file)
    assert code == 2 and "evidence.sqlite3 cannot be restored, take another backup" in told


def test_an_empty_file_is_no_backup_and_nobody_is_told_to_begin_anew(office):
    (office.parent / "empty").touch()
    code, told = kaname("restore", str(office.parent / "empty"))
    assert code == 2 and "is no backup (it has no tables of an office)" in told and "migrate" not in told


def test_a_backup_that_cannot_be_written_is_told_in_a_line(office):
    code, told = kaname("backup", str(office.parent / "none" / "b.sqlite3"))
    assert code == 2 and "cannot be read or written (No such file or directory)" in told


def test_whoever_lost_the_database_does_not_begin_another_unaware(office):
    """KANAME_HOME has what an office has left behind: an empty list would look as if nothing had ever been filed."""
    restore(office.parent / "b.sqlite3")
    connection.close()
    for name in ("", "-wal", "-shm"):
        Path(f"{office}{name}").unlink(missing_ok=True)
    code, told = kaname("list")
    assert code == 2 and "but no database; put a backup in place: kaname restore BACKUP" in told
    code, told = kaname("up", "--port", "1")
    assert code == 2 and "but no database" in told
    code, told = kaname("up", "--check")
    assert code == 1 and "but no database" in told and "run: kaname migrate" not in told
    code, told = kaname("verify")
    assert code == 2 and "but no database" in told
    assert kaname("restore", str(office.parent / "b.sqlite3"))[0] == 0 and kaname("list")[0] == 0
