"""A seeded world of two to five offices over the real ledger, bundles, receipts, anchors and contacts.

What is made up is only what surrounds an office: its clock, the net, its machine, and the people who file. Each office
has a folder of keys and a database of its own; one process plays all of them in turn. One lot decides everything, and
whatever the program itself draws (ids, salts, nonces) comes out of it too: a seed replays byte for byte.

    python tests/failing/simulator.py 17 200       replay 200 steps of world 17, each told

What happens: people file, with a key of their own, and ask again until they hold a receipt. Offices send each other
cases and contacts; the net loses, doubles, delays, turns round and corrupts them. A machine dies at some statement of
an act, or between the commit and the receipt. Clocks jump by up to ten years. An office is put back to an old backup.

What must hold (`Broken` otherwise):

    a receipt handed out is found, once, in its place; one that a restore took back is named by `verify`, and no other
    what a restore took back comes back from a partner's copy, on a receipt, or is filed again; never both
    what somebody wanted is in the ledger once, however often it was asked for; nothing that nobody wanted is
    no half act after a machine has died; instants of a case run forward, whatever the clock did
    a copy elsewhere is the case as its keeper has it, to the byte
    what was corrupted on the way is refused
    who went back behind an anchor that another office holds is found out by that office, and finds out itself
    nobody who did not go back is accused of anything
    once the faults have ended, everything wanted gets done and every copy catches up
"""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    import django

    sys.path[:0] = [str(Path(__file__).parents[1] / part) for part in ("", "ledger", "procedure")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings_test"
    os.environ["KANAME_TEST_KINDS"] = "ledger_kinds.KINDS"
    django.setup()

import pysqlite3
from django.db import connection, connections
from django.db.backends.sqlite3 import base as sqlite

from kaname.ledger import clock, envelope_files, envelope_keys, exchange, guards, keys, sealing, store
from kaname.ledger.backup import backup
from kaname.ledger.models import Case, Contradiction
from kaname.ledger.models import Entry as Row
from kaname.ledger.perform import Receipt, open_case, perform
from kaname.ledger.proof import anchors, contact, restores, tree, witness
from kaname.ledger.proof.restores import Lost
from kaname.ledger.restore import restore
from kaname.ledger.signed import Untrusted
from kaname.ledger.verify import verify
from kaname.procedure import Entry
from kaname.site import home
from kaname.site.databases import embedded

NAMES = ("east", "west", "north", "south", "middle")
BEGIN = datetime(2026, 11, 26, tzinfo=UTC)
JUMPS = (*(timedelta(d) for d in (-3653, -366, -31, -1, 1, 31, 366, 3653)), timedelta(hours=-1))
OPEN = {"name": "Kumo", "size": "small", "money": 12_000_000}


class Broken(AssertionError):
    """A promise was not kept."""


class Killed(BaseException):
    """The machine has died: nobody within the program catches this."""


@dataclass
class Wish:
    """What somebody wants recorded, under a key of their own: a case opened, or something `within` one."""

    key: str
    entry: Entry
    within: "Wish | None" = None
    receipt: Receipt | None = None
    lost: Receipt | None = None  # one whose entry a restore has taken back

    @property
    def case(self) -> str:
        of = self.within or self
        return of.receipt.case if of.receipt else ""


@dataclass
class Backup:
    """A backup, and what was there when it was taken."""

    path: Path
    heads: dict[str, int]


# What a process remembers of its database: each office has a process of its own, which remembers until it dies.
REMEMBERED = ((store, "_KEPT"), (store, "_SHOWN"), (sealing, "_NEWEST"), (sealing, "_CIPHERS"))


@dataclass
class Office:
    """An office: its folder, its database, the error of its clock, who files there, and its last backup."""

    name: str
    home: Path
    settings: dict[str, Any]
    signer: Any = None  # its key, read once: no key is renewed here
    link: Any = None
    remembers: list[dict[Any, Any]] = field(default_factory=lambda: [{} for _ in REMEMBERED])
    skew: timedelta = timedelta(0)
    wishes: list[Wish] = field(default_factory=list)
    backup: Backup | None = None
    restored: int = 0  # how often
    found_by: set[str] = field(default_factory=set)  # who must find out that this office went back
    spoken_to: set[str] = field(default_factory=set)  # by whose people it was asked why, before their office told it


@dataclass(frozen=True)
class Message:
    """Something on its way."""

    sender: str
    to: str
    raw: bytes
    is_bundle: bool


class World:
    """One world. `faults`: what goes wrong in it, by name; `plant`: what a test breaks on purpose."""

    def __init__(self, seed: int, template: Path, folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        self.lot, self.draws = random.Random(seed), random.Random(f"{seed}/draws")
        self.folder, self.tell, self.now, self.count = folder, tell, BEGIN, 0
        self.traced = sha256()
        self.net: list[Message] = []
        self.offices = {name: self._office(name, template) for name in NAMES[: self.lot.randint(2, 5)]}
        self.healed = False

    def _office(self, name: str, template: Path) -> Office:
        place = self.folder / name
        (place / "offices").mkdir(mode=0o700, parents=True)
        shutil.copyfile(template, place / "kaname.sqlite3")
        for one in ("signing_key", "sealing_key", "anchor_key"):  # as `home.secret` draws them, but from the lot
            (place / one).touch(mode=0o600)
            (place / one).write_bytes(self.draws.randbytes(32))
        settings = {**connections.settings["default"], **embedded(place / "kaname.sqlite3")}
        return Office(name, place, settings)

    # -- one process, many offices ------------------------------------------------------------------------------------

    @contextmanager
    def at(self, office: Office) -> Iterator[None]:
        """Within the block this process is that office."""
        os.environ["KANAME_HOME"] = str(office.home)
        connections.settings["default"] = office.settings
        if office.link is None:
            del connections["default"]
        else:
            connections["default"] = office.link
        self.here = office
        for (where, name), held in zip(REMEMBERED, office.remembers, strict=True):
            setattr(where, name, held)
        try:
            yield
        finally:
            office.link = connections["default"]

    def clock(self) -> datetime:
        return self.now + self.here.skew

    def home(self) -> Path:
        return self.here.home

    def signing_key(self) -> Any:
        if self.here.signer is None:
            self.here.signer = self._read_key()
        return self.here.signer

    def close(self) -> None:
        for office in self.offices.values():
            if office.link is not None:
                office.link.close()

    def note(self, *parts: object) -> None:
        """What happened, for who replays; all of it goes into the trace."""
        line = " ".join(str(part) for part in parts)
        self.traced.update(line.encode() + b"\n")
        self.tell(f"{self.count:4} {line}")

    def require(self, holds: object, *what: object) -> None:
        if not holds:
            raise Broken(f"step {self.count}: {' '.join(map(str, what))}")

    # -- running ------------------------------------------------------------------------------------------------------

    def run(self, steps: int) -> str:
        """The world from its beginning to its end; the digest of all that happened. Raises Broken."""
        with self._played():
            for office in self.offices.values():
                with self.at(office):
                    office.key = keys.own_key()
            for office in self.offices.values():
                with self.at(office):
                    for other in self.offices.values():
                        if other is not office:
                            keys.pin(other.name, other.key)
                            keys.speak_of(other.name)
            doings, weights = zip(*_DOINGS.items(), strict=True)
            for self.count in range(1, steps + 1):
                self.now += timedelta(seconds=self.lot.choice((0, 0.001, 1, 60, 3600)))
                doings_ = self.lot.choices(doings, weights)[0]
                doings_(self, self.lot.choice(list(self.offices.values())))
            self.heal()
            self.look()
        return self.traced.hexdigest()

    @contextmanager
    def _played(self) -> Iterator[None]:
        """The program's clock and lot are this world's. The size of trees and the constraints of tables are a matter of
        other tests, and cost a third of the time: here trees are small, and tables not looked at."""
        changed: list[tuple[Any, str, Any]] = [
            (clock, "now", self.clock), (random, "_urandom", self.draws.randbytes), (guards, "_unique", lambda _: []),
            (home, "home", self.home), (keys, "home", self.home), (restores, "home", self.home),
            (envelope_keys, "home", self.home), (envelope_files, "home", self.home),
            (tree, "LEAST", 2), (tree, "STEP", 2), (keys, "signing_key", self.signing_key),
            (sqlite, "register_functions", lambda _: None),  # of Django: a statement that used one would fail
            *((where, name, {}) for where, name in REMEMBERED),
        ]  # fmt: skip
        held = [(where, name, getattr(where, name)) for where, name, _ in changed]
        self._read_key = keys.signing_key
        for where, name, value in changed:
            setattr(where, name, value)
        try:
            yield
        finally:
            for where, name, value in held:
                setattr(where, name, value)
            self.close()

    # -- people file --------------------------------------------------------------------------------------------------

    def file(self, office: Office) -> None:
        """Somebody files something new, or asks again for what they have no receipt of."""
        waiting = [wish for wish in office.wishes if wish.receipt is None]
        self.ask(office, self.lot.choice(waiting) if waiting and self.lot.random() < 0.5 else self._wish(office))

    def _wish(self, office: Office) -> Wish:
        key = f"{office.name}-{len(office.wishes):04}"
        cases = [wish for wish in office.wishes if not wish.within and wish.receipt]
        if not cases or self.lot.random() < 0.2:
            wish = Wish(key, Entry("permit.apply", date(2026, 5, 1), OPEN, party="Kumo"))
        else:
            join = Entry("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run=key, party=key)
            wish = Wish(key, join, self.lot.choice(cases))
        office.wishes.append(wish)
        return wish

    def ask(self, office: Office, wish: Wish) -> None:
        """One attempt. While there are faults, the machine may die within it or before the receipt is handed out."""
        if wish.within and not wish.case:
            wish = wish.within  # a restore has taken the case itself back
        dies = None if self.healed else self.lot.choice((None, None, None, self.lot.randint(1, 12), 0))
        with self.at(office):
            try:
                with _dying_at(dies) if dies else _sound():
                    said = self._do(wish)
            except Killed:
                self.note(office.name, "died within", wish.key)
                office.link = self._restarted()
                self._no_half_act(wish)
                return
            self.require(isinstance(said, Receipt), office.name, "refused", wish.key, said)
            if dies == 0:
                self.note(office.name, "died before the receipt of", wish.key)
                office.link = self._restarted()
                return
        wish.receipt = said
        self.note(office.name, "recorded", wish.key, said.case, said.seq, said.digest)

    def _do(self, wish: Wish) -> Any:
        if not wish.within:
            return open_case("small.permit", wish.entry, idempotency_key=wish.key)
        return perform(wish.case, wish.entry, idempotency_key=wish.key)

    def _restarted(self) -> Any:
        connections["default"].close()
        store.forget()
        return connections["default"]

    def _no_half_act(self, wish: Wish) -> None:
        cases = (
            [wish.case]
            if wish.case
            else list(Case.objects.filter(opening_key=wish.key).values_list("public_id", flat=True))
        )
        faults = verify(cases).faults if cases else []
        self.require(not faults, "half an act is left:", [f.text.en for f in faults])

    # -- offices tell each other --------------------------------------------------------------------------------------

    def anchor(self, office: Office) -> None:
        with self.at(office):
            made = anchors.make()
        self.note(office.name, "anchor", made.number, made.digest)

    def send(self, office: Office) -> None:
        """A case, or a contact by itself, to another office."""
        other = self.lot.choice([one for one in self.offices.values() if one is not office])
        cases = [wish.case for wish in office.wishes if not wish.within and wish.receipt]
        self._send(office, other, self.lot.choice(cases) if cases and self.lot.random() < 0.7 else "")

    def _send(self, office: Office, other: Office, case: str = "") -> None:
        with self.at(office):
            raw = exchange.export(case, other.name) if case else contact.write(other.name)
        self.net.append(Message(office.name, other.name, raw, bool(case)))
        self.note(office.name, "to", other.name, case or "contact", sha256(raw).hexdigest())

    def deliver(self, _: Office) -> None:
        """Something that is on its way arrives: any of it, maybe not for the last time, maybe not as it was."""
        if not self.net:
            return
        message, fate = self.net.pop(self.lot.randrange(len(self.net))), self.lot.random()
        if fate < 0.1:
            self.note("lost on the way from", message.sender)
        elif fate < 0.2:
            self._arrive(self._corrupted(message), sound=False)
        else:
            if fate < 0.4:
                self.net.append(message)
            self._arrive(message)

    def _corrupted(self, message: Message) -> Message:
        raw = bytearray(message.raw)
        raw[self.lot.randrange(len(raw))] ^= 1 << self.lot.randrange(8)
        return Message(message.sender, message.to, bytes(raw), message.is_bundle)

    def _arrive(self, message: Message, *, sound: bool = True) -> bool:
        """Whether it was taken."""
        with self.at(self.offices[message.to]):
            try:
                if message.is_bundle:
                    found: object = exchange.take_in(message.raw).new
                else:
                    found = [one.sort for one in contact.take_in(message.raw)[1]]
            except Untrusted as wrong:
                taken, found = False, wrong.text.en
            else:
                taken = True
                self.require(sound, message.to, "took what was corrupted on its way from", message.sender)
        self.note(message.to, "got from", message.sender, found)
        return taken

    def speak(self, office: Office) -> int:
        """The people of an office have found out why others contradict it or each other, and go on. How often."""
        spoken = 0
        with self.at(office):
            found = witness.open_contradictions()
            for one in found:
                if one.sort in witness.OF_THEIRS:
                    self.offices[keys.name_of(one.office)].spoken_to.add(office.name)
            for one in sorted({one.office for one in found}):
                self._accusation(office, keys.name_of(one))
                spoken += witness.settle(one)
        return spoken

    def _accusation(self, office: Office, other: str) -> None:
        """Of whom something is said, or who says it, has gone back; nobody is accused without cause."""
        gone_back = office.restored or self.offices[other].restored
        self.require(gone_back, office.name, "and", other, "contradict each other, but nobody went back")

    # -- machines fail -------------------------------------------------------------------------------------------------

    def jump(self, office: Office) -> None:
        """The clock of an office jumps, or is set right."""
        office.skew = self.lot.choice((timedelta(0), self.lot.choice(JUMPS), office.skew + self.lot.choice(JUMPS)))
        office.skew = max(min(office.skew, JUMPS[-2]), JUMPS[0])
        self.note(office.name, "clock", office.skew)

    def back_up(self, office: Office) -> None:
        path = self.folder / f"{office.name}.{self.count}.backup"
        with self.at(office):
            if not Case.objects.exists():
                return
            backup(path)
            heads = dict(Case.objects.filter(origin="").values_list("public_id", "head_seq"))
        office.backup = Backup(path, heads)
        self.note(office.name, "backed up", len(heads))

    def go_back(self, office: Office) -> None:
        """The disk is lost, the last backup put in place. Every receipt since then must be named, and no other."""
        if office.backup is None:
            return
        to = office.backup
        with self.at(office):
            restore(to.path)
            held = {(w.receipt.case, w.receipt.seq): w.receipt.digest for w in office.wishes if w.receipt}
            report, missing = verify(held=held, jobs=1, told=False), {one[:2] for one in restores.missing()}
            if self.lot.random() < 0.5:
                restores.Missing.objects.all().delete()  # the disk was lost: nobody can read the state before
        lost = {(case, seq) for case, seq in held if seq > to.heads.get(case, 0)}
        named = {(fault.case, fault.seq) for fault in report.faults if "receipt" in fault.text.en}
        self.require(named == lost, office.name, "lost", sorted(lost), "but named", sorted(named))
        self.require(lost <= missing, office.name, "does not list", sorted(lost - missing))
        for wish in office.wishes:
            if wish.receipt and (wish.receipt.case, wish.receipt.seq) in lost:
                # Whoever held it is told, and brings it, or files again under the same key.
                wish.receipt, wish.lost = None, wish.receipt
        office.restored += 1
        self._who_must_find_out(office)
        self.note(office.name, "went back", len(lost))

    def bring_back(self, office: Office) -> None:
        """People bring receipts of what was lost, and an office that keeps a copy gives the case back."""
        lost = [wish for wish in office.wishes if wish.lost and not wish.receipt]
        if not lost:
            return
        case = self.lot.choice(lost).lost.case
        with self.at(office):
            brought = [w.lost for w in lost if w.lost.case == case]
            restores.note([Lost(one.case, one.seq, one.digest, restores.RECEIPT) for one in brought])
        for other in self.offices.values():
            with self.at(other):
                if other is office or not Case.objects.filter(public_id=case, origin=office.key).exists():
                    continue
            self._send(other, office, case)
            if self._arrive(self.net.pop()):
                break
        with self.at(office):
            for wish in lost:
                here = Row.objects.filter(case__public_id=wish.lost.case, seq=wish.lost.seq, digest=wish.lost.digest)
                if here.exists():
                    wish.receipt = wish.lost
                    self.note(office.name, "has back", wish.key)

    def _who_must_find_out(self, office: Office) -> None:
        """Everybody who holds an anchor that is no longer there; who has taken up with the history that is there has
        nothing left to find. One who goes back as well may forget it."""
        with self.at(office):
            here = dict(anchors.Anchor.objects.values_list("number", "digest"))
        office.spoken_to.clear()
        office.found_by.clear()
        for other in self.offices.values():
            other.found_by.discard(office.name)
            if other is not office:
                with self.at(other):
                    held = witness.newest(office.key)
                if held and here.get(held.number) != held.digest:
                    office.found_by.add(other.name)

    # -- the end -------------------------------------------------------------------------------------------------------

    def heal(self) -> None:
        """The faults are over: clocks are right, what is under way arrives, all ask and tell until it is quiet."""
        self.healed = True
        everyone = list(self.offices.values())
        for office in everyone:
            office.skew = timedelta(0)
        while self.net:
            self._arrive(self.net.pop(0))
        self.now += JUMPS[-2]  # later than any clock said
        for office in everyone:
            for _ in range(3):
                self.bring_back(office)
            for wish in sorted(office.wishes, key=lambda one: one.within is not None):
                if wish.receipt is None:
                    self.ask(office, wish)
        quiet = 0
        for _ in range(8):
            self.now += timedelta(1)
            deaf = []
            for office in everyone:
                self.anchor(office)
            for office in everyone:
                for other in everyone:
                    if other is not office:
                        self._send(office, other)
                        if not self._arrive(self.net.pop()):
                            deaf.append(f"{other.name} takes nothing from {office.name}")
            quiet = 0 if sum([self.speak(office) for office in everyone]) else quiet + 1
            if quiet == 2 and not deaf:
                return
        raise Broken(f"offices go on contradicting each other, or do not hear each other: {deaf}")

    def look(self) -> None:
        """What must hold in the end."""
        for office in self.offices.values():
            with self.at(office):
                self._everything_wanted_is_there_once(office)
                self._whoever_went_back_was_found_out(office)
            self._copies_are_as_their_keeper_has_them(office)

    def _everything_wanted_is_there_once(self, office: Office) -> None:
        held = {(w.receipt.case, w.receipt.seq): w.receipt.digest for w in office.wishes if w.receipt}
        self.require(len(held) == len(office.wishes), office.name, "gave two people one entry, or one no receipt")
        faults = verify(held=held, jobs=1).faults
        self.require(not faults, office.name, [(f.case, f.seq, f.text.en) for f in faults])
        done = Row.objects.filter(case__origin="").values_list("idempotency_key", flat=True)
        self.require(sorted(done) == sorted(w.key for w in office.wishes), office.name, "has other entries than wanted")

    def _whoever_went_back_was_found_out(self, office: Office) -> None:
        for name in office.found_by:
            told = set(Contradiction.objects.filter(office=self.offices[name].key).values_list("sort", flat=True))
            knows = told & {"lost", "differs"} or name in office.spoken_to
            self.require(knows, office.name, "does not know that it went back behind", name)
        for other in self.offices.values():
            if office.name in other.found_by:
                told = set(Contradiction.objects.filter(office=other.key).values_list("sort", flat=True))
                self.require(told & {"behind", "split"}, office.name, "does not know that", other.name, "went back")

    def _copies_are_as_their_keeper_has_them(self, office: Office) -> None:
        with self.at(office):
            ours = {pk: [*rows] for pk, rows in _chains("").items()}
        for other in self.offices.values():
            if other is office:
                continue
            with self.at(other):
                held = set(_chains(office.key))
            for case in sorted(held & set(ours)):
                self._send(office, other, case)
                self._arrive(self.net.pop())
            with self.at(other):
                copies = _chains(office.key)
            for case, chain in copies.items():
                gone = office.restored and chain != ours.get(case)  # it left the house before the office went back
                self.require(gone or chain == ours[case], other.name, "holds another", case, "than", office.name)


_DOINGS: dict[Callable[[World, Office], Any], float] = {
    World.file: 45, World.deliver: 25, World.send: 14, World.anchor: 6, World.jump: 4, World.speak: 3,
    World.back_up: 2, World.go_back: 1, World.bring_back: 2,
}  # fmt: skip


def _chains(origin: str) -> dict[str, list[str]]:
    """The digests of every case that an office (key) keeps, as they lie in this one."""
    found: dict[str, list[str]] = {}
    rows = Row.objects.filter(case__origin=origin).order_by("case_id", "seq")
    for case, digest in rows.values_list("case__public_id", "digest"):
        found.setdefault(case, []).append(digest)
    return found


@contextmanager
def _sound() -> Iterator[None]:
    yield


@contextmanager
def _dying_at(statement: int) -> Iterator[None]:
    """The machine dies before the n-th statement of the block that writes or begins, if there are so many."""
    left = [statement]

    def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        yield


def ledger_alone(migrated: Path, path: Path) -> Path:
    """An empty office of which only the ledger is there: what no world asks for would be read by every machine that
    starts, and copied with every backup."""
    shutil.copyfile(migrated, path)
    with closing(pysqlite3.connect(path, isolation_level=None)) as link:
        tables = link.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in tables.fetchall():
            if not name.startswith("ledger_"):
                link.execute(f'DROP TABLE "{name}"')
        link.execute("VACUUM")
    return path


def replay(seed: int, steps: int) -> None:
    """One world in a process of its own, each step told."""
    import tempfile

    import throwaway

    with tempfile.TemporaryDirectory(prefix="kaname-world-") as name:
        folder = Path(name)
        kept = os.environ.get("KANAME_WORLD_TEMPLATE")
        template = Path(kept) if kept else throwaway.migrated_sqlite(folder / "migrated.sqlite3")
        template = ledger_alone(template, folder / "template.sqlite3")
        told = World(seed, template, folder, lambda line: print(line, file=sys.stderr)).run(steps)
        sys.stdout.write(told)


if __name__ == "__main__":
    replay(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
