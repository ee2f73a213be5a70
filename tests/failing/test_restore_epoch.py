"""A database is put back to an old backup: an epoch is told, every entry since is named, and what can comes back."""

import shutil

import pytest
from acts import APPLY, STORY, opened
from click.testing import CliRunner
from django.db import connection

from figures import tries
from kaname.access.proofs import trust
from kaname.cli import root
from kaname.ledger import clock, intake, keys, store
from kaname.ledger.backup import backup
from kaname.ledger.bundle import BadBundle
from kaname.ledger.errors import LedgerError
from kaname.ledger.exchange import export, take_in
from kaname.ledger.models import Case, Countersignature, Missing
from kaname.ledger.models import Entry as Row
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import anchors, contact, receipts, restores, witness
from kaname.ledger.proof.restores import RECEIPT, Lost
from kaname.ledger.restore import restore
from kaname.ledger.signed import Untrusted
from kaname.ledger.verify import verify
from kaname.procedure import Entry

ENTRIES, FILED = tries(300, ci=1_000, soak=20_000), tries(100, ci=9_500, soak=100_000)
HELD = Lost("a" * 26, 3, "b" * 64, RECEIPT)


@pytest.fixture
def pair(sqlite_office, at, tmp_path):
    """Here and the ministry know each other's keys."""
    here = keys.own_key()
    with at("ministry"):
        keys.pin("here", here)
        ministry = keys.own_key()
    keys.pin("ministry", ministry)
    return at


@pytest.fixture
def office(sqlite_office):
    return sqlite_office


def join(case, run):
    entry = Entry("sharing.join", STORY[1].on, {"keeper": "Hana"}, run=run, party=run)
    return perform(case, entry, idempotency_key=f"restore-{case[:8]}-{run}")


def receipt_of(case, seq):
    head = store.head(case)
    return receipts.write(head, store.rows_of([head.pk])[head.pk][seq - 1])


def after_a_disk_is_lost():
    """As if nobody could read the state before: what it had is known from others alone."""
    Missing.objects.all().delete()


# -- every receipt is named --------------------------------------------------------------------------------------------


def test_every_entry_newer_than_the_backup_is_named(sqlite_office, tmp_path, monkeypatch):
    """Twenty thousand entries in cases of which the backup holds all, a part or nothing."""
    cases = [opened().case for _ in range(max(20, ENTRIES // 50))]  # an act costs by the parties of its case
    whole, half = len(cases) // 2, len(cases) * 3 // 4
    take_in_bulk("early")
    for n in range(ENTRIES // 2):
        join(cases[n % whole], f"a{n}")
    backup(tmp_path / "b.sqlite3")
    late = [join(cases[n % half], f"b{n}") for n in range(ENTRIES // 2 - 20)]
    late += [open_case("small.permit", APPLY, idempotency_key=f"restore-late-{n}") for n in range(20)]
    late = {(r.case, r.seq, r.digest) for r in late} | take_in_bulk("late")
    restore(tmp_path / "b.sqlite3")
    assert {(one.case, one.seq, one.digest) for one in restores.missing()} == late, "none silently, and no other"
    assert [one.epoch for one in restores.epochs()] == [1] and verify().faults == []
    assert "restore 1, anchors to 0" in trust().restores[0].en


def take_in_bulk(name):
    """So many cases opened at once; their entries."""
    last = Row.objects.order_by("pk").last().pk
    intake.take_in("small.permit", (intake.Filed(f"{name}-{n}", APPLY) for n in range(FILED)), alike=lambda entry: 1)
    new = set(Row.objects.filter(pk__gt=last).values_list("case__public_id", "seq", "digest"))
    assert len(new) == FILED
    return new


def test_an_epoch_is_never_given_twice(sqlite_office, tmp_path):
    opened()
    backup(tmp_path / "b.sqlite3")
    assert [restore(tmp_path / "b.sqlite3") and restores.epochs()[-1].epoch for _ in range(3)] == [1, 2, 3]


def test_two_restores_at_one_instant_of_the_clock_keep_both_states(sqlite_office, tmp_path, monkeypatch):
    """Found by a world: the second was refused, for the first had taken the name of the file."""
    opened()
    backup(tmp_path / "b.sqlite3")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    kept = {restore(tmp_path / "b.sqlite3")[0] for _ in range(3)}
    assert len(kept) == 3 and all(one.exists() for one in kept)


def test_a_database_that_went_back_by_another_way_is_noticed(office, tmp_path):
    """Planted: the file is put back by hand, nobody says so."""
    opened()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(office.path, tmp_path / "old")
    anchors.make()
    connection.close()
    shutil.copy(tmp_path / "old", office.path)
    for name in ("-wal", "-shm"):
        (office.path.parent / (office.path.name + name)).unlink(missing_ok=True)
    store.forget()
    assert "Say so: kaname missing --restored" in verify().faults[0].text.en
    told = CliRunner().invoke(root, ["missing", "--restored"], env={"KANAME_LANG": "en"})
    assert "restore 1: " in told.output and verify().faults == []


# -- told, and brought back --------------------------------------------------------------------------------------------


def lost_and_kept_elsewhere(pair, tmp_path):
    """A case of which the backup holds one entry of four, and the ministry a copy of all; a receipt of the last."""
    case = opened().case
    anchors.make()
    backup(tmp_path / "b.sqlite3")
    for run in ("a", "b", "c"):
        join(case, run)
    raw, paper = export(case, "ministry"), receipt_of(case, 4)
    with pair("ministry"):
        take_in(raw)
    restore(tmp_path / "b.sqlite3")
    after_a_disk_is_lost()
    return case, paper


def meet(pair):
    raw = contact.write("ministry")
    with pair("ministry"):
        contact.take_in(raw)
        back = contact.write("here")
    contact.take_in(back)


def test_an_office_with_copies_tells_how_far_they_go(pair, tmp_path):
    case, _ = lost_and_kept_elsewhere(pair, tmp_path)
    assert restores.missing() == []
    meet(pair)
    (one,) = restores.missing()
    assert (one.case, one.seq, one.told_by) == (case, 4, keys.named("ministry"))
    assert "ministry holds a copy" in restores.words(one).en


def test_a_receipt_and_a_copy_bring_a_case_back(pair, tmp_path):
    case, paper = lost_and_kept_elsewhere(pair, tmp_path)
    meet(pair)
    with pair("ministry"):
        raw = export(case, "here")
    with pytest.raises(BadBundle, match="no receipt of ours shows it"):
        take_in(raw)
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "entry.receipt").write_bytes(paper)
    told = CliRunner().invoke(root, ["missing", "--receipts", str(tmp_path / "r")], env={"KANAME_LANG": "en"})
    assert f"{case}:4  there is a receipt" in told.output and told.exit_code == 1
    assert take_in(raw).new == 3
    assert restores.missing() == [] and verify().faults == [] and Case.objects.get().origin == ""
    assert join(case, "c").seq == 4, "asked for again it is the same entry"
    assert join(case, "d").seq == 5, "and the case goes on"
    assert receipt_of(case, 4) == paper


def test_a_whole_case_comes_back_as_ours(pair, tmp_path):
    opened()
    backup(tmp_path / "b.sqlite3")
    late = open_case("small.permit", APPLY, idempotency_key="restore-whole").case
    raw = export(late, "ministry")
    with pair("ministry"):
        take_in(raw)
    restore(tmp_path / "b.sqlite3")
    with pair("ministry"):
        raw = export(late, "here")
    assert take_in(raw).new == 1 and Case.objects.get(public_id=late).origin == ""
    assert open_case("small.permit", APPLY, idempotency_key="restore-whole").case == late


def test_what_was_filed_again_meanwhile_is_left_to_people(pair, tmp_path):
    opened()
    backup(tmp_path / "b.sqlite3")
    late = open_case("small.permit", APPLY, idempotency_key="restore-twice").case
    raw = export(late, "ministry")
    with pair("ministry"):
        take_in(raw)
    restore(tmp_path / "b.sqlite3")
    open_case("small.permit", APPLY, idempotency_key="restore-twice")
    with pair("ministry"):
        raw = export(late, "here")
    with pytest.raises(BadBundle, match="filed again meanwhile"):
        take_in(raw)


def test_nothing_unproven_comes_along(pair, tmp_path):
    """Planted: the partner's copy is longer than what a receipt shows. What nobody can prove stays out."""
    case, _ = lost_and_kept_elsewhere(pair, tmp_path)
    with pair("ministry"):
        row = Row.objects.get(case__public_id=case, seq=3)
        raw = export(case, "here")
    restores.note([Lost(case, 3, row.digest, RECEIPT)])
    assert take_in(raw).new == 2 and Case.objects.get().head_seq == 3


def test_a_copy_goes_to_its_keeper_alone(pair, tmp_path):
    case, _ = lost_and_kept_elsewhere(pair, tmp_path)
    with pair("stranger"):
        stranger = keys.own_key()
    with pair("ministry"):
        keys.pin("stranger", stranger)
        with pytest.raises(LedgerError, match="kept by another office"):
            export(case, "stranger")


def test_an_office_that_went_back_hears_all_anchors_again(pair, tmp_path):
    """It no longer holds what it countersigned: that protects nobody, and what is told begins where it stands."""
    opened()
    with pair("ministry"):
        opened()
        backup(tmp_path / "m.sqlite3")
    for _ in range(3):
        anchors.make()
        meet(pair)
    assert Countersignature.objects.count() == 3
    with pair("ministry"):
        restore(tmp_path / "m.sqlite3")
        raw = contact.write("here")
    contact.take_in(raw)
    assert Countersignature.objects.count() == 0 and anchors.protected_until() == ""
    meet(pair)
    assert anchors.protected_until()


def late_word_of_an_office_that_went_back(pair, tmp_path):
    """What the ministry sent before it went back comes last; then both meet again."""
    with pair("ministry"):
        opened()
    opened()
    anchors.make()
    meet(pair)
    with pair("ministry"):
        backup(tmp_path / "m.sqlite3")
    for _ in range(2):
        anchors.make()
        meet(pair)
    with pair("ministry"):
        late = contact.write("here")
        restore(tmp_path / "m.sqlite3")
        raw = contact.write("here")
    contact.take_in(raw)
    contact.take_in(late)
    anchors.make()
    meet(pair)


def test_what_it_had_sent_before_and_comes_late_counts_no_more(pair, tmp_path):
    """Found by a world: what it had countersigned once was taken for what it holds, and it could never be told again
    of what came before that."""
    late_word_of_an_office_that_went_back(pair, tmp_path)
    assert list(Countersignature.objects.order_by("number").values_list("number", flat=True)) == [1, 4]
    assert anchors.protected_until() == anchors.newest().made_at


def test_an_office_that_counts_it_all_the_same_is_found(pair, tmp_path, monkeypatch):
    """Planted: as it was before."""
    real = witness.hear_back
    monkeypatch.setattr(witness, "hear_back", lambda office, text, ours, still: real(office, text, ours, True))
    with pytest.raises(Untrusted, match="anchors 2 to 2 are missing"):
        late_word_of_an_office_that_went_back(pair, tmp_path)


def test_a_false_statement_of_a_restore_is_not_taken(pair):
    opened()
    raw = contact.write("ministry")
    with pair("ministry"), pytest.raises(ValueError, match="not signed"):
        restores.hear(keys.named("here"), [raw.decode()], [], 0)


def test_receipts_must_be_signed_to_prove_anything(office, tmp_path):
    (tmp_path / "r").write_text('{"case": "x", "seq": 1, "digest": "y"}\n')
    told = CliRunner().invoke(root, ["missing", "--receipts", str(tmp_path / "r")], env={"KANAME_LANG": "en"})
    assert "no signed receipt" in told.output and told.exit_code == 2
