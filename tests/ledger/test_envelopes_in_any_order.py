"""Offices that renew, revoke, send, meet, lose a machine and receive in any order: every envelope that is addressed to
one of them under a key that lives opens there, exactly what was put in; and opens nowhere else, ever. What was revoked
stays so, also where an older kit brings it back: the book of keys, which a backup holds, says so."""

import random
import shutil
from datetime import timedelta

import pytest

from figures import seeds, tries
from kaname.ledger import clock, envelope, envelope_keys, key_book, keys, recovery
from kaname.ledger.proof import contact
from kaname.ledger.signed import Untrusted
from kaname.site.home import home

OFFICES = ("here", "ministry", "stranger")


class World:
    """The offices, what is on its way, and of each key whether it lives: told here by hand, not asked of Kaname."""

    def __init__(self, at, lot, monkeypatch):
        self.at, self.lot, self.patch = at, lot, monkeypatch
        self.sent, self.meetings, self.kits = [], [], {}
        self.alive = {name: {} for name in OFFICES}  # key -> until when, None: as long as it is told
        self.revoked = {name: set() for name in OFFICES}
        self.now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)
        names = {}
        for name in OFFICES:
            with self.there(name):
                names[name] = keys.own_key()
                self.drawn(name)
        for name in OFFICES:
            with self.there(name):
                for other in set(OFFICES) - {name}:
                    keys.pin(other, names[other])
        self.names = names

    def there(self, name):
        return self.at(name)

    def drawn(self, name):
        for one in envelope_keys.own().keys:
            self.alive[name][one.name] = None

    def renew(self, name, revoke=False):
        with self.there(name):
            was = [one.name for one in envelope_keys.own().keys]
            envelope_keys.renew(revoke=revoke)
            self.drawn(name)
        for key in was:
            self.alive[name][key] = self.now if revoke else self.now + timedelta(days=envelope_keys.KEPT_DAYS)
        self.revoked[name] |= set(was) if revoke else set()

    def revoke(self, name):
        self.renew(name, revoke=True)

    def revoke_former(self, name):
        with self.there(name):
            known = envelope_keys.own().former
            if known:
                gone = self.lot.choice(known).name
                envelope_keys.revoke_former(gone[:16])
                self.alive[name][gone] = self.now
                self.revoked[name].add(gone)

    def meet(self, name):
        other = self.lot.choice([one for one in OFFICES if one != name])
        with self.there(name):
            self.meetings.append((other, contact.write(other)))

    def hear(self, name):
        """In any order, and some twice: what is late must not bring an old key back."""
        mine = [raw for to, raw in self.meetings if to == name]
        if mine:
            with self.there(name):
                before = {other: envelope_keys.held_of(self.names[other]) for other in OFFICES if other != name}
                contact.take_in(self.lot.choice(mine))
                for other, held in before.items():
                    after = envelope_keys.held_of(self.names[other])
                    assert held is None or after.at >= held.at, "an older statement was taken"

    def send(self, name):
        other = self.lot.choice([one for one in OFFICES if one != name])
        plain = self.lot.randbytes(self.lot.randint(0, 40))
        with self.there(name):
            self.sent.append((other, envelope.seal(plain, self.names[other]), plain))

    def kit(self, name):
        with self.there(name):
            self.kits[name] = {p: p.read_bytes() for p in recovery._paths()}, dict(self.alive[name])

    def lose(self, name):
        """The machine burns: keys as they were when the kit was written, and new ones at once."""
        if name not in self.kits:
            return
        held, alive = self.kits[name]
        with self.there(name):
            now = {key: until for key, until in self.alive[name].items() if until is not None}
            shutil.rmtree(home() / "envelope_keys")
            (home() / envelope_keys.STATE).unlink()
            for path, raw in held.items():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                path.write_bytes(raw)
                path.chmod(0o600)
            known = {one.name for one in envelope_keys.own().keys}
            self.alive[name] = {k: u for k, u in alive.items() if k in now or k in known or u is not None}
        self.renew(name)
        with self.there(name):
            envelope_keys.stay_revoked(set().union(*(line["revoked"] for line in BOOK if line["of"] == home())))
            self.drawn(name)
        self.alive[name] |= dict.fromkeys(self.revoked[name], self.now)

    def wait(self, name):
        self.now += timedelta(days=self.lot.choice((0, 1, 30, 400)))
        with self.there(name):
            envelope_keys.tidy()

    def look(self):
        """Every envelope, tried everywhere."""
        opened = refused = 0
        for to, raw, plain in self.sent:
            key = raw[: raw.index(b"\n")].rpartition(b" ")[2].decode()
            for name in OFFICES:
                lives = (
                    self.alive[name].get(key, self.now) if raw[16:17] == b"2" else (None if name == to else self.now)
                )
                with self.there(name):
                    if name == to and (lives is None or lives > self.now):
                        assert envelope.opened(raw) == plain
                        opened += 1
                    else:
                        with pytest.raises(Untrusted, match="not sealed for this office, or changed on the way"):
                            envelope.opened(raw)
                        refused += 1
        return opened, refused


DOINGS = (
    "renew",
    "revoke",
    "revoke_former",
    "meet",
    "meet",
    "hear",
    "hear",
    "hear",
    "send",
    "send",
    "send",
    "kit",
    "lose",
    "wait",
)


def play(at, monkeypatch, seed, steps=40):
    world = World(at, random.Random(seed), monkeypatch)
    for _ in range(steps):
        getattr(world, world.lot.choice(DOINGS))(world.lot.choice(OFFICES))
    return world.look()


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Keys alone: no office's database is asked but for its book, which is another matter."""
    from contextlib import contextmanager

    BOOK.clear()
    monkeypatch.setattr(key_book, "write", lambda what, by="", keys=(), revoked=(): BOOK.append(
        {"of": home(), "revoked": revoked}))  # fmt: skip
    monkeypatch.setattr(contact, "told", lambda *_, **__: TELLS | {"envelope": envelope_keys.statement().decode()})
    monkeypatch.setattr(contact, "instant", lambda: contact.rows.instant(clock.now()))
    monkeypatch.setattr(contact, "hear", lambda by, said, _: envelope_keys.learn(by, said["envelope"].encode()))

    @contextmanager
    def there(name):
        (tmp_path / name).mkdir(exist_ok=True)
        with monkeypatch.context() as patch:
            patch.setenv("KANAME_HOME", str(tmp_path / name))
            yield

    return there


BOOK = []
TELLS = {"anchors": [], "countersigned": "", "others": [], "restored": [], "held": []}


def test_what_is_addressed_opens_at_its_recipient_alone(at, monkeypatch, tmp_path):
    opened = refused = 0
    for seed in seeds(tries(6, ci=25, soak=1000), fewest=6):
        for name in OFFICES:
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        found = play(at, monkeypatch, seed)
        opened, refused = opened + found[0], refused + found[1]
    assert opened > 10 and refused > 2 * opened  # two others each, and what was revoked


def _keeps_revoked(monkeypatch):
    renew = envelope_keys.renew
    monkeypatch.setattr(envelope_keys, "renew", lambda by="", revoke=False: renew(by))


def _forgets_former(monkeypatch):
    read = envelope_keys._read
    monkeypatch.setattr(envelope_keys, "_read", lambda: (of := read()) and of._replace(former=()))


def _takes_old_statements(monkeypatch):
    def learn(office, raw):
        envelope_keys.write_over(envelope_keys._file(keys.name_of(office)), raw)

    monkeypatch.setattr(envelope_keys, "learn", learn)


def _never_ends(monkeypatch):
    monkeypatch.setattr(envelope_keys, "tidy", lambda: 0)
    opened = envelope_keys.opened

    def without_time(name, suite, head, info):
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: clock.datetime(2000, 1, 1, tzinfo=clock.UTC))
            return opened(name, suite, head, info)

    monkeypatch.setattr(envelope_keys, "opened", without_time)


def _keeps_a_former(monkeypatch):
    def noted_alone(name, by=""):
        key_book.write("envelope_revoked", by=by, revoked=[envelope_keys._named(name)])

    monkeypatch.setattr(envelope_keys, "revoke_former", noted_alone)


def _forgets_the_book(monkeypatch):
    monkeypatch.setattr(envelope_keys, "stay_revoked", lambda names: None)


@pytest.mark.parametrize("fault", [
    _keeps_revoked, _forgets_former, _takes_old_statements, _never_ends, _keeps_a_former, _forgets_the_book,
])  # fmt: skip
def test_planted_faults_are_found(at, monkeypatch, tmp_path, fault):
    fault(monkeypatch)

    def worlds():
        for seed in range(60):
            for name in OFFICES:
                shutil.rmtree(tmp_path / name, ignore_errors=True)
            play(at, monkeypatch, seed)

    with pytest.raises((AssertionError, pytest.fail.Exception, Untrusted)):
        worlds()
