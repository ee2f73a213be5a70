"""A note says that a circle's key was destroyed: every process heeds it at once; it is done to the end."""

import os
import time

import pytest
from acts import key

from kaname.ledger import destroyed, destruction, key_book, sealing, store
from kaname.ledger.destroyed import Note
from kaname.ledger.errors import Destroyed
from kaname.ledger.master import FileKeys
from kaname.ledger.models import Sealed, SealingKey
from kaname.ledger.perform import open_case
from kaname.ledger.strict_json import canonical
from kaname.procedure import Entry as Act
from kaname.site.home import home
from papers.test_documents import DAY

APPLY = Act("permit.apply", DAY, {"name": "K", "size": "small", "money": 7}, by="applicant", party="K")
FIRST = Note("vault", "2026-02-01T00:00:00.000000Z", "a", "b", "the first")
OTHER = Note("attic", "2026-01-01T00:00:00.000000Z", "c", "d", "the other")


@pytest.fixture(autouse=True)
def office_alone(sqlite_office):
    store.forget()
    destroyed.look()
    yield
    store.forget()


def by_hand(note, name=None):
    """As another process writes it."""
    (home() / "destroyed").mkdir(exist_ok=True)
    (home() / "destroyed" / (name or note.circle)).write_text(canonical(note._asdict()))


# -- notes -------------------------------------------------------------------------------------------------------------


def test_a_note_lies_in_the_home_of_the_office_and_who_is_second_changes_nothing():
    destroyed.write(FIRST)
    destroyed.write(FIRST._replace(reason="the second"))
    folder = home() / "destroyed"
    assert folder.stat().st_mode & 0o777 == 0o700 and [p.name for p in folder.iterdir()] == ["vault"]
    assert (folder / "vault").read_text() == (
        '{"at":"2026-02-01T00:00:00.000000Z","by":"a","circle":"vault","confirmed_by":"b","reason":"the first"}'
    )
    assert destroyed.of("vault") == FIRST and destroyed.of("attic") is None and destroyed.of("") is None


def test_a_note_of_another_process_is_heeded_and_what_is_remembered_is_dropped():
    text = sealing.seal_text("x", b"x", "vault")
    assert destroyed.look() is False and sealing._CIPHERS
    by_hand(FIRST)
    assert destroyed.look() is True and not sealing._CIPHERS and destroyed.look() is False
    with pytest.raises(Destroyed, match=r"2026-02-01 \(the first\)"):
        sealing.open_text("x", text)
    notes = [OTHER._replace(circle=name, at=f"2026-01-0{n}") for n, name in enumerate("fdbace", 1)]
    for note in (*notes[1::2], *notes[::2]):
        by_hand(note)
    assert destroyed.all_() == [*notes, FIRST], "by the day"


def test_two_notes_within_one_tick_of_the_file_system_are_both_heeded(monkeypatch):
    """The folder's time is the same after the second as after the first."""
    tick = time.time_ns() // 1_000_000_000 * 1_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: tick + 10_000_000)
    for note, others in ((FIRST, True), (OTHER, True)):
        by_hand(note)
        os.utime(home() / "destroyed", ns=(tick, tick))
        assert destroyed.look() is others
        with pytest.raises(Destroyed):
            destroyed.refuse(note.circle)
    sealing.seal_text("x", b"x")
    assert destroyed.look() is False and sealing._CIPHERS, "nothing new: what is remembered stays"


@pytest.mark.parametrize("sign", [1, -1])
def test_once_the_tick_is_over_a_glance_at_the_folder_is_enough(monkeypatch, sign):
    by_hand(FIRST)
    tick = (home() / "destroyed").stat().st_mtime_ns
    monkeypatch.setattr(time, "time_ns", lambda: tick + sign * 2_500_000_001)
    assert destroyed.look() is True
    by_hand(OTHER)
    os.utime(home() / "destroyed", ns=(tick, tick))
    assert destroyed.look() is False and destroyed.of("attic") is None
    monkeypatch.setattr(time, "time_ns", lambda: tick + sign * 2_500_000_000)
    destroyed._SEEN.clear()
    assert destroyed.look() is True and destroyed.look() is False
    by_hand(OTHER._replace(circle="cellar"))
    os.utime(home() / "destroyed", ns=(tick, tick))
    assert destroyed.look() is True and destroyed.of("cellar")


def test_without_being_asked_to_look_all_of_them_are_read():
    by_hand(FIRST)
    assert destroyed.all_() == [FIRST]
    by_hand(OTHER)
    with pytest.raises(Destroyed, match=r"2026-01-01 \(the other\)"):
        destroyed.refuse("attic")
    destroyed.refuse("")
    destroyed.refuse("cellar")


def test_where_notes_are_gone_nothing_is_called_destroyed_and_nothing_forgotten():
    """As after a restore into a new home, which looks for itself."""
    destroyed.write(FIRST)
    sealing.seal_text("x", b"x")
    (home() / "destroyed").rename(home() / "away")
    assert destroyed.look() is False and destroyed.all_() == [] and destroyed.of("vault") is None
    assert sealing._CIPHERS and destroyed.look() is False


def test_what_is_half_written_is_no_note():
    by_hand(FIRST, ".vault.1234")
    assert destroyed.all_() == []


def test_each_office_has_notes_of_its_own(tmp_path, monkeypatch):
    destroyed.write(FIRST)
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "other"))
    assert destroyed.of("vault") is None
    monkeypatch.delenv("KANAME_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    destroyed._folder.cache_clear()
    assert destroyed.all_() == [] and destroyed._folder("") == tmp_path / "data/kaname/destroyed"


# -- done to the end ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed():
    for circle in ("vault", "attic", "vault"):
        open_case("small.permit", APPLY, idempotency_key=key(), series=circle)


def left():
    """Circles of which values are left, and of which keys are."""
    values = Sealed.objects.filter(value__isnull=False).values_list("key__circle", flat=True)
    return set(values), {row.circle for row in sealing.key_rows() if row.wrapped}


def test_what_a_circle_has_sealed_is_gone_with_its_keys_and_stands_in_the_book(sealed):
    told = destruction.destroy("vault", "hana", "jiro", "over")
    assert (told.circle, told.by, told.confirmed_by, told.reason) == ("vault", "hana", "jiro", "over")
    assert left() == ({"attic"}, {"attic"}) and Sealed.objects.filter(value=None, key=None).count() == 2
    assert not (home() / "circle_keys/vault").exists() and (home() / "circle_keys/attic").exists()
    assert [line.data for line in key_book.lines()] == [told._asdict()]
    assert destruction.finish() == 0 and len(key_book.lines()) == 1
    again = destruction.destroy("vault", "ken", "leo", "again")
    assert again == told and len(key_book.lines()) == 1


def test_what_an_old_copy_has_brought_back_is_counted_and_taken_again(sealed):
    rows = list(SealingKey.objects.values()), list(Sealed.objects.values())
    for circle in ("vault", "attic"):
        destruction.destroy(circle, "hana", "jiro", "over")
    for row in rows[0]:
        SealingKey.objects.filter(pk=row["id"]).update(wrapped=row["wrapped"])
    for row in rows[1]:
        Sealed.objects.filter(pk=row["id"]).update(key=row["key_id"], value=row["value"])
    assert destruction.finish() == 3 and left() == (set(), set())
    assert {line.data["circle"] for line in key_book.lines("destroyed")} == {"vault", "attic"}


def test_the_note_comes_first_then_the_master_then_what_it_has_sealed(sealed, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(FileKeys, "destroy", stopped)
        destruction.destroy("vault", "hana", "jiro", "over")
    assert destroyed.of("vault").reason == "over" and "vault" in left()[0] and not key_book.lines()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(key_book, "write", stopped)
        destruction.finish()
    assert not (home() / "circle_keys/vault").exists() and left() == ({"attic", "vault"}, {"attic", "vault"})
    assert destruction.finish() == 2 and left() == ({"attic"}, {"attic"}) and len(key_book.lines()) == 1
