"""Who copies the database, its log or a backup reads no sealed value; one that was moved or changed does not open."""

import base64
import random
import secrets
from contextlib import contextmanager, suppress
from itertools import permutations, product
from pathlib import Path

import pytest
import throwaway
from acts import APPLY, key, opened, played
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from figures import tries
from kaname.ledger import reading, reseal, rows, sealing, store
from kaname.ledger.backup import backup
from kaname.ledger.errors import CannotOpen, KeysMissing, StartRefused
from kaname.ledger.guards import require
from kaname.ledger.intake import Filed, take_in
from kaname.ledger.master import FileKeys, fingerprint, masters
from kaname.ledger.models import Entry, Sealed, SealingKey
from kaname.ledger.perform import Receipt, open_case, perform
from kaname.ledger.restore import restore
from kaname.ledger.rows import Secret
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act
from kaname.site.databases import embedded
from kaname.site.home import home

KEYS = tries(140, ci=100_000, soak=1_000_000)
CANARY = "Kanarienvogel-7319-機微"


def spellings(text):
    """How a text may lie in a file: as it is, in UTF-16, in base64 at any of its three shifts."""
    raw = text.encode()
    yield raw
    yield text.encode("utf-16-le")
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + raw)
        yield whole[4 if shift else 0 : len(whole) - 4]


def found_in(text, *paths):
    """The files in which a text lies open, in any spelling."""
    return {path.name for path, raw in _taken(paths) if any(spelling in raw for spelling in spellings(text))}


def _taken(paths):
    """Each file with its bytes, read once. A running database throws files of its own away (its caches, old
    logs): one that is gone by the time the thief reaches it cannot be stolen.
    """
    for path in paths:
        with suppress(FileNotFoundError):
            yield path, path.read_bytes()


def with_canary(money=CANARY):
    """A case whose sealed field holds the canary, and in whose open field the control stands."""
    data = {"name": "offen-4711-公開", "size": "large", "guarantee": money, "money": 12_000_000}
    receipt = open_case("small.permit", Act("permit.apply", APPLY.on, data, party="K"), idempotency_key=key())
    assert isinstance(receipt, Receipt), receipt
    return receipt.case


def value_of(case, seq=1, field="money"):
    head = reading.head(case)
    return next(s.value for s in store.secrets_of([head.pk])[head.pk][seq] if s.field == field)


# -- stolen copies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed_note(monkeypatch):
    """The field `guarantee` of the invented kind is sealed as well: texts make better canaries than sums."""
    monkeypatch.setattr(rows, "sealed_fields", lambda kind: frozenset({"money", "guarantee"}))


def test_a_stolen_database_log_and_backup_hold_no_sealed_value(sqlite_office, sealed_note):
    case = with_canary()
    take_in("small.permit", [Filed("a", Act("permit.apply", APPLY.on, dict(reading.entries(case)[0].data), party="K"))])
    sealing.seal_text("draft/1", CANARY.encode())
    live = [sqlite_office.path, sqlite_office.path.with_name("kaname.sqlite3-wal")]
    assert found_in("offen-4711-公開", *live)  # the sweep does find what lies open
    assert found_in(CANARY, *live) == set()
    backup(home() / "stolen.sqlite3")
    assert found_in("offen-4711-公開", home() / "stolen.sqlite3")
    assert found_in(CANARY, home() / "stolen.sqlite3", *(p for p in live if p.exists())) == set()


@pytest.mark.parametrize("spelling", range(5))
def test_the_sweep_finds_every_spelling(tmp_path, spelling):
    """Planted: an unsealed canary."""
    (tmp_path / "leak").write_bytes(b"some bytes " + list(spellings(CANARY))[spelling] + b" and more")
    assert found_in(CANARY, tmp_path / "leak") == {"leak"}


def test_a_stolen_directory_of_postgresql_holds_no_sealed_value(postgresql_office, sealed_note):
    with_canary()
    postgresql_office.superuser("CHECKPOINT")
    files = [p for p in Path(postgresql_office.cluster, "d").rglob("*") if p.is_file()]
    assert found_in("offen-4711-公開", *files)
    assert found_in(CANARY, *files) == set()


def test_without_the_master_key_nothing_opens_and_nothing_is_lost(office):
    case = played()[0].case
    (home() / "sealing_key").rename(home() / "away")
    store.forget()
    with pytest.raises(KeysMissing, match="put the sealing_key"):
        reading.entries(case)
    with pytest.raises(StartRefused, match="sealing_key"):
        require()
    with pytest.raises(KeysMissing):  # no new master is drawn beside keys that it cannot unwrap
        open_case("small.permit", APPLY, idempotency_key=key(), series="other")
    assert not (home() / "sealing_key").exists()
    assert [f.case for f in verify().faults] == [""]
    (home() / "away").rename(home() / "sealing_key")
    require()
    assert value_of(case) == b"12000000"
    assert verify().faults == []


def test_the_key_of_another_office_is_told_from_ones_own(sqlite_office):
    case = played()[0].case
    kept = (home() / "sealing_key").read_bytes()
    (home() / "sealing_key").write_bytes(bytes(32))
    store.forget()
    with pytest.raises(KeysMissing):
        reading.entries(case)
    (home() / "sealing_key").write_bytes(kept)
    assert value_of(case) == b"12000000"


# -- moved or changed -------------------------------------------------------------------------------------------------


def test_a_value_opens_in_its_own_place_only(office):
    """All swaps of a small set, through the database: `verify` names both places."""
    cases = [opened().case for _ in range(2)]
    for case in cases:
        perform(case, Act("correct", APPLY.on, {"entry": 1, "data": {"money": 5}}), idempotency_key=key())
    blobs = {row.pk: bytes(row.value) for row in Sealed.objects.all()}
    assert len(blobs) == 4
    for one, other in permutations(blobs, 2):
        Sealed.objects.filter(pk=one).update(value=blobs[other])
        store.forget()
        place = Entry.objects.get(sealed_values=one)
        assert [(f.case, f.seq) for f in verify().faults] == [(place.case.public_id, place.seq)]
        with pytest.raises(CannotOpen):
            reading.entries(place.case.public_id)
        Sealed.objects.filter(pk=one).update(value=blobs[one])
    assert verify().faults == []


def test_swaps_of_case_entry_and_field(sqlite_office):
    lot = random.Random(11)
    places = list(product([f"case{c:022}" for c in range(4)], range(1, 6), ("a", "b", "data.a")))
    sealed = {p: sealing.seal_secret("", *p[:2], Secret(p[2], bytes(16), b"1"))[1] for p in places}
    for _ in range(tries(2000, ci=10_000)):
        one, other = lot.sample(places, 2)
        with pytest.raises(CannotOpen):
            sealing.open_secret(*one, sealed[other])
    for place, blob in sealed.items():
        assert sealing.open_secret(*place, blob).value == b"1"
    text = sealing.seal_text("draft/1", b"x")
    for purpose in ("draft/2", "draft/1\0", ""):
        with pytest.raises(CannotOpen):
            sealing.open_text(purpose, text)
    assert sealing.open_text("draft/1", text) == b"x"


def test_every_bit_and_every_cut_of_a_blob_is_noticed(sqlite_office):
    blob = sealing.seal_secret("", "c" * 26, 1, Secret("a", bytes(16), b'"short"'))[1]
    for bit in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            sealing.open_secret("c" * 26, 1, "a", bytes(changed))
    for size in range(len(blob)):
        with pytest.raises(CannotOpen):
            sealing.open_secret("c" * 26, 1, "a", blob[:size])


def test_a_wrapped_key_in_the_place_of_another_does_not_unwrap(sqlite_office):
    for circle in ("", "vault"):
        open_case("small.permit", APPLY, idempotency_key=key(), series=circle)
    one, other = SealingKey.objects.order_by("circle")
    SealingKey.objects.filter(pk=one.pk).update(wrapped=other.wrapped)
    store.forget()
    with pytest.raises(CannotOpen):
        sealing.seal_text("x", b"x")


def test_no_nonce_comes_twice(sqlite_office):
    times = tries(100_000, ci=1_000_000, soak=5_000_000)
    assert len({sealing.seal("", b"x", b"")[5:17] for _ in range(times)}) == times


# -- keys ------------------------------------------------------------------------------------------------------------


def test_each_circle_has_a_key_of_its_own(office):
    for circle in ("", "vault", "", "vault"):
        open_case("small.permit", APPLY, idempotency_key=key(), series=circle)
    assert list(SealingKey.objects.order_by("circle").values_list("circle", "version")) == [("", 1), ("vault", 1)]
    assert {(s.key.circle, s.entry.case.series) for s in Sealed.objects.all()} == {("", ""), ("vault", "vault")}


def test_a_key_that_was_rolled_back_is_not_remembered(office):
    """Else this process would go on sealing under a key that nobody can ever unwrap again."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sealing.seal_text("x", b"x")
        sealing.seal_text("x", b"x")
        raise ZeroDivisionError
    blob = sealing.seal_text("x", b"x")
    store.forget()
    assert sealing.open_text("x", blob) == b"x"


def test_the_database_refuses_a_value_whose_key_it_does_not_have(office):
    """As when the database was put back from a backup while another process went on with a later key."""
    case = opened().case
    sealing._NEWEST[""], sealing._CIPHERS[77] = 77, sealing._CIPHERS[sealing.newest("")]
    receipt = perform(case, Act("correct", APPLY.on, {"entry": 1, "data": {"money": 5}}), idempotency_key=key())
    assert isinstance(receipt, Receipt)
    assert not Sealed.objects.filter(key=77).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sealed.objects.update(key=77)
    assert verify().faults == []


def test_a_case_that_moves_is_sealed_under_the_key_of_its_new_circle(office):
    case = opened().case
    before = store.entries(reading.head(case).pk)
    assert reseal.move(case, "vault") == 1
    perform(case, Act("correct", APPLY.on, {"entry": 1, "data": {"money": 5}}), idempotency_key=key())
    assert set(Sealed.objects.values_list("key__circle", flat=True)) == {"vault"}
    assert store.entries(reading.head(case).pk)[0] == before[0]
    assert verify().faults == []


def test_an_act_judged_before_the_move_is_judged_again(office, monkeypatch):
    """Its value would lie under the key of the circle that the case has left."""
    case, judge, moved = opened().case, reading.context, []

    def late(*args):
        if not moved:
            moved.append(reseal.move(case, "vault"))
        return judge(*args)

    monkeypatch.setattr(reading, "context", late)
    perform(case, Act("correct", APPLY.on, {"entry": 1, "data": {"money": 5}}), idempotency_key=key())
    assert moved == [1]
    assert set(Sealed.objects.values_list("key__circle", flat=True)) == {"vault"}


class Stopped(Exception):
    pass


@pytest.mark.parametrize("values", [False, True])
def test_rotation_stopped_at_twenty_random_moments_leaves_all_readable(office, monkeypatch, values):
    """Stopped before a call of the database or of the keys, taken up again, twenty times over."""
    lot, stopped = random.Random(5), 0
    cases = [open_case("small.permit", APPLY, idempotency_key=key(), series=f"c{i % 2}").case for i in range(4)]
    text = sealing.seal_text("draft/1", b"draft")
    for _ in range(20):
        try:
            with _stopping(monkeypatch, lot.randint(1, 16 if values else 8)):
                reseal.rekey(values)
        except Stopped:
            stopped += 1
        store.forget()
        assert {value_of(case) for case in cases} == {b"12000000"}
        assert sealing.open_text("draft/1", text) == b"draft"
    assert stopped > 10
    reseal.rekey()
    assert all(row.master == masters().current(row.circle) for row in sealing.key_rows())
    assert verify().faults == []


class Keys:
    """An office with many keys, each of which has sealed something."""

    def __init__(self):
        raw, blobs = [secrets.token_bytes(32) for _ in range(KEYS)], []
        rows = [sealing.KeyRow(number, "", version, "", b"") for version, number in enumerate(self._numbers(), 1)]
        master, wrapping = masters().current(), AESGCM((home() / "sealing_key").read_bytes())
        stored = []
        for secret, row in zip(raw, rows, strict=True):
            nonce = secrets.token_bytes(12)
            wrapped = nonce + wrapping.encrypt(nonce, secret, b"kaname/key/1\0" + row.about)
            stored.append((row.number, "", row.version, master, wrapped, "2026-11-27T00:00:00.000000Z"))
            sealing._NEWEST[""], sealing._CIPHERS[row.number] = row.number, ("", AESGCM(secret))
            blobs.append(sealing.seal_text("draft/1", b"%d" % row.version))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO ledger_sealing_key (id, circle, version, master, wrapped, created_at) "
                               "VALUES (%s, %s, %s, %s, %s, %s)", stored)  # fmt: skip
        self.blobs = dict(enumerate(blobs, 1))
        store.forget()

    @staticmethod
    def _numbers():
        return random.Random(7).sample(range(1, 1 << 31), KEYS)

    def unreadable(self, versions):
        """Which of these do not open, each by the office's own way."""
        store.forget()
        return [version for version in versions if not self._opens(version)]

    def all_unreadable(self):
        """The same of all, their keys unwrapped here, as docs and `master` say how, with the masters that lie there."""
        store.forget()
        held = {fingerprint(raw): AESGCM(raw) for raw in (one.read_bytes() for one in home().glob("sealing_key*"))}
        for row in sealing.key_rows():
            with suppress(InvalidTag, KeyError):
                raw = held[row.master].decrypt(row.wrapped[:12], row.wrapped[12:], b"kaname/key/1\0" + row.about)
                sealing._CIPHERS[row.number] = "", AESGCM(raw)
        return [version for version, blob in self.blobs.items()
                if sealing.key_of(blob) not in sealing._CIPHERS or not self._opens(version)]  # fmt: skip

    def _opens(self, version):
        with suppress(CannotOpen, KeysMissing):
            return sealing.open_text("draft/1", self.blobs[version]) == b"%d" % version
        return False


@pytest.fixture
def many(sqlite_office, monkeypatch):
    """Batches as large as they are, but so many that there is always one to be stopped in."""
    monkeypatch.setattr(reseal, "_KEYS", min(reseal._KEYS, max(1, KEYS // 140)))
    return Keys()


def test_of_many_keys_stopped_twenty_times_each_is_wrapped_again(many):
    """G4.4: nothing is ever out of reach, wherever a rotation is stopped: before or after any statement of it."""
    lot, stopped = random.Random(9), 0
    assert len({sealing.key_of(blob) for blob in many.blobs.values()}) == KEYS
    while stopped < 20:
        try:
            with connection.execute_wrapper(_stop_at(lot.randint(1, 20), after=lot.random() < 0.5)):
                reseal.rekey()
        except Stopped:
            stopped += 1
        assert many.unreadable(lot.sample(range(1, KEYS + 1), 20)) == []
    assert len({row.master for row in sealing.key_rows()}) == 2  # stopped in the midst of it, the last time too
    assert reseal.rekey().keys > 0
    assert many.all_unreadable() == []
    assert {row.master for row in sealing.key_rows()} == {masters().current("")}


def _stop_at(count, after):
    """The rotation ends at this statement, or once it has been done and before it is committed."""
    left = [count]

    def watched(execute, statement, *asked):
        left[0] -= not statement.startswith("BEGIN")
        if left[0]:
            return execute(statement, *asked)
        if after:
            execute(statement, *asked)
        raise Stopped

    return watched


def in_another_order(self, keys, circle=""):
    """Planted: each key in its neighbour's place."""
    return _wrap_again(self, keys[1:] + keys[:1], circle)


def one_is_left_out(self, keys, circle=""):
    """Planted: of each batch the last key is lost."""
    found = _wrap_again(self, keys, circle)
    return [*found[:-1], (found[-1][0], bytes(60))]


_wrap_again = FileKeys.wrap_again


@pytest.mark.parametrize("fault", [in_another_order, one_is_left_out])
def test_keys_that_are_wrapped_wrongly_are_found(sqlite_office, monkeypatch, fault):
    monkeypatch.setattr(f"{__name__}.KEYS", 140)
    many = Keys()
    assert many.all_unreadable() == [] == many.unreadable(range(1, 141))
    monkeypatch.setattr(reseal, "_KEYS", 7)
    monkeypatch.setattr(FileKeys, "wrap_again", fault)
    reseal.rekey()
    assert many.all_unreadable() == many.unreadable(range(1, 141)) != []


def test_what_another_process_has_wrapped_again_meanwhile_stays(office):
    sealing.seal_text("x", b"x")
    rows = sealing.key_rows()
    masters().renew()
    assert reseal._wrap_again("", rows) == 1
    kept = sealing.key_rows()
    assert reseal._wrap_again("", rows) == 0
    assert sealing.key_rows() == kept


@contextmanager
def _stopping(monkeypatch, after):
    """Within the block the last of so many steps of a rotation is not done."""
    left = [after]

    def counted(step):
        def call(*args):
            left[0] -= 1
            if not left[0]:
                raise Stopped
            return step(*args)

        return call

    with monkeypatch.context() as patch:
        for where, names in (
            (reseal, ("_wrap_again", "_seal_again", "_renew_keys")),
            (FileKeys, ("wrap", "wrap_again", "renew")),
        ):
            for name in names:
                patch.setattr(where, name, counted(getattr(where, name)))
        yield


def test_after_a_rotation_the_old_master_opens_nothing_and_old_backups_still_open(sqlite_office):
    case = played()[0].case
    copy = home() / "before.sqlite3"
    backup(copy)
    old = masters().current()
    done = reseal.rekey()
    assert (done.keys, done.master == old) == (1, False)
    assert {row.master for row in sealing.key_rows()} == {done.master}
    (home() / f"sealing_key.{old}").rename(home() / "retired")
    store.forget()
    assert value_of(case) == b"12000000"
    (home() / "retired").rename(home() / f"sealing_key.{old}")
    restore(copy)
    assert value_of(case) == b"12000000"


def test_values_sealed_anew_lie_under_new_keys(office):
    played()
    before = set(Sealed.objects.values_list("key", flat=True))
    assert reseal.rekey(values=True).values == 2
    assert not before & set(Sealed.objects.values_list("key", flat=True))
    assert SealingKey.objects.count() == 2


# -- an office from before --------------------------------------------------------------------------------------------


def test_values_that_lay_open_are_sealed_by_the_migration(sqlite_office, tmp_path):
    path = tmp_path / "kaname-old.sqlite3"
    throwaway.connect(embedded(path))
    call_command("migrate", "ledger", "0004", verbosity=0)  # with the columns of before and of after
    with connection.cursor() as cursor:  # the acts are written by today's code
        for column in ("planned_on date", "moves text", "counted bool DEFAULT false", "declared text DEFAULT ''",
                       "authority text DEFAULT ''"):  # fmt: skip
            cursor.execute(f"ALTER TABLE ledger_standing ADD COLUMN {column}")
    case = played()[0].case
    with connection.cursor() as cursor:
        for column in ("planned_on", "moves", "counted", "declared", "authority"):
            cursor.execute(f"ALTER TABLE ledger_standing DROP COLUMN {column}")
    head = reading.head(case)
    held = {seq: found[0] for seq, found in store.secrets_of([head.pk])[head.pk].items()}
    lay_open = (
        "UPDATE ledger_sealed SET key_id = NULL, salt = %s, value = %s "
        "WHERE entry_id = (SELECT id FROM ledger_entry WHERE seq = %s)"
    )
    with connection.cursor() as cursor:
        for seq, secret in held.items():
            cursor.execute(lay_open, (secret.salt, b'"12345678901112"', seq))
    files = [path, path.with_name(f"{path.name}-wal")]
    assert found_in("12345678901112", *files)
    call_command("migrate", verbosity=0)
    store.forget()
    assert found_in("12345678901112", *files) == set()
    opened_again = store.secrets_of([head.pk])[head.pk]
    assert {seq: (s.salt, s.value) for seq, (s,) in opened_again.items()} == {
        seq: (s.salt, b'"12345678901112"') for seq, s in held.items()
    }
    assert set(Sealed.objects.values_list("key__circle", flat=True)) == {""}
