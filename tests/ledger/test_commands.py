"""The office from the command line: a case opened, acted upon, shown, listed, verified, sent, backed up, restored."""

import errno
import json
import shutil
from pathlib import Path

import pytest
import throwaway
from django.db import ProgrammingError, connection
from ledger_kinds import ALL
from psycopg.errors import InsufficientPrivilege

from kaname.ledger.models import Entry, Standing
from kaname.site.databases import embedded

OPEN = ("open", "small.permit", "permit.apply", "--on", "2026-05-01", "--data", '{"name": "Kumo", "size": "small"}')


def test_open_act_show_list_verify(kaname):
    receipt = json.loads(kaname(*OPEN, "--json"))
    assert (receipt["accepted"], receipt["number"], receipt["seq"]) == (True, 1, 1)
    case = receipt["case"]
    assert "permit.acknowledge" in kaname("act", "1", "permit.acknowledge", "--on", "2026-05-07")
    assert Entry.objects.count() == 2
    shown = json.loads(kaname("show", case, "--as-of", "2026-05-08", "--json"))
    assert shown["tracks"]["permit"]["state"] == "filed"
    assert shown["case"] == case
    assert "2026-05-08" in kaname("show", "1", "--as-of", "2026-05-08")
    row = json.loads(kaname("list", "--json"))[0]
    assert (row["number"], row["case"], row["entries"]) == (1, case, 2)
    assert "small.permit" in kaname("list", "--kind", "small.permit")
    assert "1 cases, 2 entries, 0 faults" in kaname("verify")
    assert "事件 1 件" in kaname("verify", "1", lang="ja")


def test_a_refusal_is_an_answer(kaname):
    kaname(*OPEN)
    out = kaname("act", "1", "permit.order", "--on", "2026-05-07", status=1)
    assert "Refused" in out
    assert "Small Act" in out
    refused = json.loads(kaname("act", "1", "permit.order", "--on", "2026-05-07", "--json", status=1))
    assert refused["accepted"] is False
    assert refused["reasons"][0]["basis"]


def test_the_same_key_on_the_command_line_records_once(kaname):
    again = (*OPEN, "--key", "the-key-of-a-script", "--json")
    assert kaname(*again) == kaname(*again)
    assert Entry.objects.count() == 1


def test_a_breach_is_recorded_when_asked(kaname):
    kaname(*OPEN)
    kaname("act", "1", "permit.begin", "--on", "2026-05-08", status=1)
    assert "Warnings" in kaname("act", "1", "permit.begin", "--on", "2026-05-08", "--happened")
    assert json.loads(kaname("list", "--json"))[0]["breach"] is True


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("show", "7"), "there is no case '7'"),
        (("show", "../etc"), "there is no case"),
        (("act", "7", "permit.begin", "--on", "2026-05-08"), "there is no case"),
        (("open", "small.permits", "permit.apply", "--on", "2026-05-01"), "there is no kind of case"),
        (("open", "small.permit", "permit.apply", "--on", "2026-05-01", "--data", '{"a": 1, "a": 2}'), "twice"),
        (("open", "small.permit", "permit.apply", "--on", "2026-05-01", "--data", "[]"), "not a JSON object"),
        (("export", "7", "--to", "ministry"), "there is no case"),
        (("import", "missing"), "cannot be read"),
        (("office", "--pin", "ministry=abc"), "64 hexadecimal digits"),
        (("verify", "--receipts", "missing"), "cannot be read"),
    ],
)
def test_a_mistake_gives_one_line(kaname, args, said):
    assert said in kaname(*args, status=2)


def test_verify_fails_where_something_was_changed(kaname):
    receipt = kaname(*OPEN, "--json")
    Standing.objects.update(state="cleared", states="{}")
    assert f"{json.loads(receipt)['case']}: its row in the list differs" in kaname("verify", status=1)
    assert "1 cases rebuilt" in kaname("rebuild")
    lines = [json.dumps({**json.loads(receipt), "seq": seq}) for seq in (1, 2)]
    Path("receipts").write_text("\n".join(lines))
    assert "but no such entry" in kaname("verify", "--receipts", "receipts", status=1)


def test_a_case_sent_and_taken_in(kaname, office, sqlite_template, monkeypatch, tmp_path):
    here = json.loads(kaname("office", "--json"))["key"]
    (tmp_path / "ministry").mkdir()
    shutil.copy(sqlite_template, tmp_path / "ministry" / "kaname.sqlite3")
    with monkeypatch.context() as patch:
        patch.setenv("KANAME_HOME", str(tmp_path / "ministry"))
        throwaway.connect(embedded(tmp_path / "ministry" / "kaname.sqlite3"))
        kaname(*OPEN)
        kaname("office", "--pin", f"company={here}")
        kaname("export", "1", "--to", "company", "--out", "case.kaname")
        ministry = json.loads(kaname("office", "--json"))["key"]
    throwaway.connect(office.settings)
    assert "case.kaname: not signed by a pinned office" in kaname("import", "case.kaname", status=2)
    for wrong in (("import", "own"), ("anchor", "meet", "own"), ("office", "--succeed", f"company={here}")):
        Path("own").write_bytes(b"what nobody has signed")
        if "--succeed" in wrong:
            kaname("office", "--pin", f"company={here}")
            wrong = ("office", "--succeed", "company=own")
        assert kaname(*wrong, status=2).startswith("own: ")
    assert "ministry" in kaname("office", "--pin", f"ministry={ministry}")
    assert "1 entries, 1 of them new" in kaname("import", "case.kaname")
    assert "1 entries, 0 of them new" in kaname("import", "-", stdin=(tmp_path / "case.kaname").read_bytes())
    assert "kept by another office" in kaname("act", "1", "permit.acknowledge", "--on", "2026-05-07", status=1)


def test_backup_and_restore(kaname, office):
    if office.vendor != "sqlite":
        assert "pg_restore" in kaname("restore", "x", status=2)
        return
    kaname(*OPEN)
    assert "1 cases, 1 entries, verified" in kaname("backup", "b.sqlite3")
    kaname("act", "1", "permit.acknowledge", "--on", "2026-05-07")
    assert "entries 2 to 2" in kaname("restore", "b.sqlite3", status=1)
    assert "receipts were given" not in kaname("restore", "b.sqlite3")
    assert Entry.objects.count() == 1


def test_no_command_works_where_a_guard_is_missing_and_migrate_puts_it_back(kaname, office):
    if office.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
        assert "not protected" in kaname(*OPEN, status=2)
        assert "not the ones laid down" in kaname("verify", status=1)
        kaname("migrate")
    kaname(*OPEN)


def test_the_roles_of_postgresql_as_sql(kaname):
    out = kaname("db-roles", 'ka"name')
    assert 'REVOKE ALL ON DATABASE "ka""name" FROM PUBLIC;' in out
    assert "NOSUPERUSER" in out


def test_a_new_office_makes_its_tables_at_the_first_command(kaname, tmp_path, sqlite_office):
    throwaway.connect(embedded(tmp_path / "new.sqlite3"))
    assert "tables of the ledger are missing" in kaname("verify", status=1)
    assert "Recorded" in kaname(*OPEN)


DOCKET = """application_id,filing_date,ipc,title
A-1,2026-01-05,B64C 39/02;F41H 11/00,空想の凧
A-2,2026-01-06,A01B 1/00,鋤
"""


def test_a_docket_taken_in_is_the_same_as_filed_one_by_one(kaname, office, settings, monkeypatch, tmp_path):
    from kaname.ledger.kinds import kinds

    monkeypatch.setattr("kaname.regimes.KINDS", ALL)
    settings.KANAME_KINDS = "ledger_kinds.ALL"
    kinds.cache_clear()
    Path("docket.csv").write_text(DOCKET, encoding="utf-8")
    assert "2 cases taken in (0 were there already)" in kaname("intake", "docket.csv")
    assert "0 cases taken in (2 were there already)" in kaname("intake", "docket.csv")
    data = '{"application_number": "A-1", "ipc": "B64C 39/02;F41H 11/00", "title": "空想の凧"}'
    kaname("open", "patents.application", "first_review.file", "--on", "2026-01-05", "--data", data)
    one, _, other = Entry.objects.order_by("pk").values("act", "role", "effective_on", "data", "law_version")
    assert one == other
    assert "空想" not in one["data"]
    assert json.loads(kaname("verify", "--json"))["faults"] == []


def test_rows_of_a_docket_that_cannot_be_used_are_named(kaname, settings):
    from kaname.ledger.kinds import kinds

    settings.KANAME_KINDS = "ledger_kinds.ALL"
    kinds.cache_clear()
    Path("docket.csv").write_text(DOCKET + "A-3,yesterday,A01B 1/00,x\n", encoding="utf-8")
    out = kaname("intake", "docket.csv", status=2)
    assert "2 cases taken in" in out
    assert "filing_date: row 3: cannot be used: 'yesterday'; expected a day such as 2025-02-28" in out
    Path("docket.csv").write_text(DOCKET + ",2025-03-01,A01B 1/00,x\n", encoding="utf-8")
    assert "application_id: row 3: empty; expected a number" in kaname("intake", "docket.csv", status=2)
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "missing columns: application_id, filing_date" in kaname("intake", "other.csv", status=2)


def test_a_role_without_the_right_is_not_taken_for_damage(kaname, monkeypatch):
    """Advised to put a backup in place, an operator would take back what is sound."""

    def refused(*_):
        raise ProgrammingError("permission denied for table ledger_counter") from InsufficientPrivilege()

    monkeypatch.setattr("kaname.ledger.guards.require", refused)
    told = kaname("list", status=2)
    assert "may not do this (permission denied for table ledger_counter); look at KANAME_DATABASE_URL" in told
    assert "damaged" not in told and "権利がない" in kaname("list", status=2, lang="ja")


def test_on_a_full_disk_the_file_of_before_stays(kaname, monkeypatch):
    kaname(*OPEN)
    kaname("receipt", "1", "1", "--out", "one.receipt")
    before = Path("one.receipt").read_bytes()
    Path("one.receipt").chmod(0o640)

    def half(path, data):
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", half)
        names = set(Path().iterdir())
        assert "cannot be written: No space left" in kaname("receipt", "1", "1", "--out", "one.receipt", status=2)
        assert set(Path().iterdir()) == names and Path("one.receipt").read_bytes() == before
    kaname("receipt", "1", "1", "--out", "one.receipt")
    assert Path("one.receipt").stat().st_mode & 0o777 == 0o640
    kaname("receipt", "1", "1", "--out", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_file_of_keys_that_others_may_read_is_told_in_both_languages(kaname, tmp_path):
    kaname("office")
    (tmp_path / "signing_key").chmod(0o644)
    assert "others may read it (mode 0644); expected 0600" in kaname("office", status=2)
    assert "ほかの人が読める（0644）" in kaname("office", status=2, lang="ja")
