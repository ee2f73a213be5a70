"""Keys under which values are sealed: drawn once for a circle, asked for once by a process, good in later versions."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from kaname.ledger import destroyed, sealing, store
from kaname.ledger.errors import CannotOpen, Destroyed, KeysMissing
from kaname.ledger.master import FileKeys, masters
from kaname.ledger.models import SealingKey
from kaname.ledger.rows import Secret
from kaname.site.home import home, write_new

PLACE = ("c" * 26, 3)
VALUE = Secret("money", bytes(16), b"12000000")
EACH = pytest.mark.parametrize("circle", ["", "vault"])
# Of an office with the masters of `test_master_keys`: the row of the key, a value, a text.
OF_BEFORE = {
    "": (660873777, "c49d665c6095a5af",
         "183192f02f93e0fa9f6f81fae43ca789ea858153503979aadf06160e1278179586ea96a4d65af5b2fe6bbe29c841561b8b9a6134"
         "38edd64035daaffd",
         "0127642231507d32303ff103365c5178fdadc33fb9a816ca474435331eac5d8960a38d09d1c737b3deea342e6e5d47fcdd1d8720"
         "2246333973", "012764223191ff1eafcfbd617fea9113934adac27a76bed5a9235edd2b25fbc41156"),
    "vault": (1513539981, "1a23b524c34bc8fe",
              "3235bc7a6a9311a1ed581b4faefabcd71eba2af2743df2a5a63945f588e3587662cdaafec4c99809f83efcc7bda15e23cc913d"
              "2be4c2746f74b4f117",
              "015a36c98dddc390cdbfa13fd5d6c724227db962da23ff3706fdf78a485e65b4b88d7fc6d1b0d1453e5ae5446ef9a02313f930"
              "5e673d5c2040", "015a36c98d74cc9be399b9fb4268e5cbfa0774b00f04ca68f80749f17d70c3121e25"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def office_alone(sqlite_office):
    store.forget()
    yield
    store.forget()


@contextmanager
def asked(monkeypatch):
    """How often the masters are asked to open a key."""
    times, unwrap = [], FileKeys.unwrap
    with monkeypatch.context() as patch:
        patch.setattr(FileKeys, "unwrap", lambda *args: times.append(args[1]) or unwrap(*args))
        yield times


def gone(circle):
    destroyed.write(destroyed.Note(circle, "2026-01-01T00:00:00.000000Z", "a", "b", "why"))


@EACH
def test_what_versions_before_have_sealed_opens_still(circle):
    write_new(home() / "sealing_key", bytes(range(32)))
    (home() / "circle_keys").mkdir()
    write_new(home() / "circle_keys/vault", bytes(range(32, 64)))
    number, master, wrapped, value, text = OF_BEFORE[circle]
    SealingKey.objects.create(
        id=number, circle=circle, version=1, master=master, wrapped=bytes.fromhex(wrapped), created_at="2026"
    )
    assert sealing.open_secret(*PLACE, "money", bytes.fromhex(value)) == VALUE
    assert sealing.open_text("draft/1", memoryview(bytes.fromhex(text))) == b"x"
    assert sealing.key_of(bytes.fromhex(value)) == sealing.newest(circle) == number


def test_what_was_destroyed_or_never_came_is_sealed_as_nothing_and_opens_as_nothing():
    for none in (Secret("a", None, None), Secret("a", None, bytes(16)), Secret("a", bytes(16), None)):
        assert sealing.seal_secret("", *PLACE, none) == (None, None)
    assert sealing.open_secret(*PLACE, "money", None) == Secret("money", None, None)
    assert not SealingKey.objects.exists()


def test_the_empty_text_and_the_empty_value_are_sealed_and_open():
    number, blob = sealing.seal_secret("vault", *PLACE, Secret("a", bytes(16), b""))
    assert (number, len(blob)) == (sealing.newest("vault"), 5 + 12 + 16 + 16)
    assert sealing.open_secret(*PLACE, "a", blob) == Secret("a", bytes(16), b"")
    assert sealing.open_text("x", sealing.seal_text("x", b"")) == b""
    assert set(SealingKey.objects.values_list("circle", flat=True)) == {"vault", ""}


@EACH
def test_the_masters_are_asked_once_for_a_key_within_a_transaction_and_after(monkeypatch, circle):
    other = "vault" if not circle else ""
    with asked(monkeypatch) as times:
        with transaction.atomic():
            blobs = [(who, sealing.seal_text("x", b"x", who)) for who in (circle, other, circle, other)]
        assert all(sealing.open_text("x", blob) == b"x" for _, blob in blobs)
        assert len(times) == SealingKey.objects.count() == 2
        assert {who: sealing.key_of(blob) for who, blob in blobs} == {
            who: sealing.newest(who) for who in (circle, other)
        }
        sealing.forget()
        sealing.open_text("x", blobs[0][1])
        with transaction.atomic():
            sealing.open_text("x", blobs[0][1])
    assert len(times) == 3


def test_to_seal_once_more_asks_the_database_nothing_and_draws_no_key(monkeypatch, django_assert_num_queries):
    with transaction.atomic():
        transaction.on_commit(lambda: None)  # others wait for the commit as well
        first = sealing.key_of(sealing.seal_text("x", b"x"))
    with django_assert_num_queries(0):
        assert sealing.key_of(sealing.seal_text("x", b"x")) == first
    monkeypatch.delattr(FileKeys, "wrap")
    sealing.forget()
    assert sealing.key_of(sealing.seal_text("x", b"x")) == first
    assert [row.version for row in sealing.key_rows()] == [1]


def test_in_one_transaction_a_key_that_was_rolled_back_is_drawn_anew():
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            sealing.seal_text("x", b"x")
            raise ZeroDivisionError
        blob = sealing.seal_text("x", b"x")
    assert sealing.open_text("x", blob) == b"x" and SealingKey.objects.count() == 1


def test_what_is_cut_or_asked_for_as_something_else_does_not_open():
    blob = sealing.seal_text("x", b"x")
    for purpose, wrong in (("y", blob), *(("x", blob[:size]) for size in range(len(blob)))):
        with pytest.raises(CannotOpen):
            sealing.open_text(purpose, wrong)


def test_a_key_that_is_not_there_opens_nothing():
    blob = bytearray(sealing.seal_text("x", b"x"))
    blob[4] ^= 1
    with pytest.raises(CannotOpen):
        sealing.open_text("x", bytes(blob))


def test_whoever_is_second_to_draw_the_next_key_takes_the_first_ones():
    first = sealing.renew("vault", 0)
    assert sealing.renew("vault", 0) == first == sealing.newest("vault")
    second = sealing.renew("vault", 1)
    assert second != first and sealing.newest("vault") == second and sealing.newest("") is None
    assert [(row.circle, row.version) for row in sealing.key_rows("ORDER BY version")] == [("vault", 1), ("vault", 2)]
    assert sealing.key_of(sealing.seal_text("x", b"x", "vault")) == second
    assert all(SealingKey.objects.values_list("created_at", flat=True))


@pytest.mark.parametrize(("drawn", "number"), [(lambda below: 0, 1), (lambda below: below - 1, (1 << 31) - 1)])
def test_the_number_of_a_key_is_one_that_every_database_holds(monkeypatch, drawn, number):
    monkeypatch.setattr("secrets.randbelow", drawn)
    assert sealing.renew("", 0) == number


@EACH
def test_of_a_destroyed_circle_nothing_is_sealed_opened_or_drawn(circle, monkeypatch):
    """Whatever keys are remembered; all others go on."""
    value = sealing.seal_secret("vault", *PLACE, VALUE)[1]
    text, other = sealing.seal_text("x", b"x", "vault"), sealing.seal_text("x", b"x")
    remembered = dict(sealing._CIPHERS), dict(sealing._NEWEST)
    gone("vault")
    for _ in range(2):
        for ask in (lambda: sealing.open_text("x", text), lambda: sealing.seal_text("x", b"x", "vault"),
                    lambda: sealing.renew("vault", 0), lambda: sealing.renew("vault", 1)):  # fmt: skip
            with pytest.raises(Destroyed, match="2026-01-01"):
                ask()
        assert sealing.open_secret(*PLACE, "money", value) == Secret("money", None, None)
        assert sealing.open_text("x", other) == b"x"
        sealing._CIPHERS.update(remembered[0])
        sealing._NEWEST.update(remembered[1])
    assert SealingKey.objects.count() == 2
    (home() / "circle_keys/vault").unlink()
    sealing.forget()
    with pytest.raises(Destroyed):
        sealing.open_text("x", text)


def test_no_key_is_drawn_beside_those_of_a_master_that_is_missing():
    sealing.seal_text("x", b"x", "vault")
    sealing.seal_text("x", b"x")
    names = [row.master for row in sealing.key_rows("ORDER BY master")]
    (home() / "sealing_key").rename(home() / "away")
    store.forget()
    with pytest.raises(KeysMissing, match=", ".join(names)):
        sealing.renew("other", 0)
    assert [text.en for text in sealing.faults()] == [KeysMissing(name).text.en for name in names]
    (home() / "away").rename(home() / "sealing_key")
    assert sealing.faults() == [] and sealing.renew("other", 0)


def test_the_half_of_a_destroyed_circle_is_not_missed():
    """Of a circle that lives it is, and told once however many keys it has wrapped."""
    for version in range(2):
        sealing.renew("vault", version)
    (home() / "circle_keys/vault").unlink()
    assert len(sealing.faults()) == 1
    gone("vault")
    assert sealing.faults() == []


def test_a_table_that_is_missing_is_told():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("ALTER TABLE ledger_sealing_key RENAME TO away")
    missing = ["the table of sealing keys is missing; run: kaname migrate"]
    assert [text.en for text in sealing.faults()] == [text.en for text in sealing.faults({"another"})] == missing


def test_who_knows_the_tables_asks_for_the_keys_alone(django_assert_num_queries):
    for version, circle in ((0, "vault"), (1, "vault"), (0, "")):
        sealing.renew(circle, version)
    with django_assert_num_queries(1):
        assert sealing.faults({"ledger_sealing_key"}) == []
    assert sorted(sealing.wrappers()) == sorted((masters().current(circle), circle) for circle in ("", "vault"))
