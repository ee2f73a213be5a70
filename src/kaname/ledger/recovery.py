"""Recovery of an office's keys on a new machine: a kit (回復用の包み) that two of three shares open.

What is split among three people is a secret of its own, drawn for that and kept nowhere. It opens the kit: every key
file of KANAME_HOME, sealed by HPKE to a public key, so that a new kit needs nobody's share. `recovery_key` holds that
public key and 32 bytes that are bound into each kit: only who has it, or two shares, writes one that is taken.

    line 1: `kaname-recovery/1`, the suite and the name of the set, a space between them; line feed
    then:   encapsulated key, ciphertext, tag; inside, canonical JSON {"at", "files": {name: hexadecimal}}

The kit is in no backup. A kit from after a destruction holds nothing of what was destroyed; where a kit is older, the
notes and the book of keys of what was put back still say so, and its half is not put in place.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kaname.law import T, Text
from kaname.ledger import clock, destroyed, destruction, envelope_keys, key_book, reseal, sealing, shares
from kaname.ledger.agent_keys import AgentKeys, ask
from kaname.ledger.errors import LedgerError
from kaname.ledger.master import FileKeys, fingerprint, masters
from kaname.ledger.rows import instant
from kaname.ledger.shares import Share
from kaname.ledger.strict_json import canonical, loads
from kaname.site.home import home, kept, write_new, write_over

_SUITE = "hpke-x25519-hkdf-sha256-aes-256-gcm"
_HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_LINE = re.compile(rb"kaname-recovery/1 ([a-z0-9-]{1,64}) ([0-9a-f]{16})\n")
KEY, _TOLD = "recovery_key", "recovered"
# What a kit holds: everything that is drawn once and stands in no backup, and the pins that partners were taken by.
_HELD = (
    "secret_key", "signing_key", "anchor_key", "notices_key", "sealing_key", "sealing_key.*", "circle_keys/*",
    "opening_keys/*", "envelope_state", "envelope_keys/*", "former_keys", "offices/*", "destroyed/*",
)  # fmt: skip
_NAME = re.compile(
    r"[a-z_]{1,32}(\.[0-9a-f]{16})?|(circle_keys|opening_keys|envelope_keys|offices|destroyed)/[A-Za-z0-9_-]{1,64}(\.[a-z]{1,8})?"
)


class NotRecovered(LedgerError):
    """Nothing was put in place."""


class Opened(NamedTuple):
    """The secret of a set, as two shares give it: what opens kits, and what is bound into them."""

    private: X25519PrivateKey
    key: bytes  # as `recovery_key` holds it

    @property
    def set(self) -> str:
        return set_name(self.key)


class Drill(NamedTuple):
    """What two shares were found to do: open kits of the present set; and of a kit, which keys of today it lacks."""

    set: str
    lacking: list[str] | None


class Recovered(NamedTuple):
    """Files put in place; those that lay there before and are kept aside; circles that stay destroyed."""

    placed: list[str]
    aside: Path | None
    destroyed: list[str]


def make(holders: Sequence[str], by: str = "", passphrase: str = "") -> list[Share]:
    """Three new shares, one for each holder (public ids), to be shown once. Those of before open no kit to come, and,
    for the master is renewed with them, nothing that is backed up from now on either. Raises LedgerError.
    """
    held_here()
    made, opened, renewed = split(passphrase)
    key_book.write("shares", by=by, holders=list(holders), number=made[0].set, set=opened.set)
    write_over(home() / KEY, opened.key)
    if renewed:
        reseal.rekey()
        key_book.write("renewed", by=by, master=masters().current())
    return made


def split(passphrase: str) -> tuple[list[Share], Opened, bool]:
    """A new secret in three shares, what it opens, and whether there was one before."""
    seed = secrets.token_bytes(shares.SIZE)
    return shares.split(seed, passphrase), of_seed(seed), kept(KEY, 64) is not None


def kit(by: str = "") -> bytes:
    """A kit of today's keys; where the key agent holds the masters, it adds them and seals. Raises NotRecovered where
    no shares were made."""
    envelope_keys.own()  # drawn now where nobody asked for them yet: a kit of today holds them
    files = held_files()
    check_names(files)
    if isinstance(masters(), AgentKeys):
        told = ask(do="kit", files={name: raw.hex() for name, raw in files.items()})
        key_book.write("kit", by=by, **{name: told[name] for name in ("keys", "digest", "set")})
        return bytes.fromhex(told["kit"])
    held_here()
    raw, of = sealed(files)
    key_book.write("kit", by=by, keys=len(files), digest=digest_of(digests(files)), set=of)
    return raw


def sealed(files: dict[str, bytes]) -> tuple[bytes, str]:
    """A kit of files, sealed to the public half that lies here, and the name of its set. Raises NotRecovered."""
    check_names(files)  # it would open no more
    key = kept(KEY, 64)
    if key is None:
        raise NotRecovered(
            T("分担片がまだない；先に kaname keys shares を", "no shares were made yet; first: kaname keys shares")
        )
    line = f"kaname-recovery/1 {_SUITE} {set_name(key)}\n".encode()
    within = canonical({"at": instant(clock.now()), "files": {name: raw.hex() for name, raw in files.items()}})
    kit = _HPKE.encrypt(within.encode(), X25519PublicKey.from_public_bytes(key[:32]), info=line + key[32:])
    return line + kit, set_name(key)


def drill(first: Share, second: Share, passphrase: str = "", raw: bytes | None = None, by: str = "") -> Drill:
    """Prove that two shares fit, and that a kit opens and holds the keys of today. Nothing changes but the book.

    Raises NotAShare, NotRecovered."""
    held_here()
    opened = of_shares(first, second, passphrase)
    lacking = None
    if raw is not None:
        found = inside(raw, opened)
        lacking = [name for name, held in held_files().items() if found.get(name) != held]
    key_book.write("drill", by=by, set=opened.set, shares=sorted((first.number, second.number)), kit=raw is not None)
    return Drill(opened.set, lacking)


def of_shares(first: Share, second: Share, passphrase: str) -> Opened:
    """What two shares of the present set give. Raises NotAShare, NotRecovered."""
    opened = of_seed(shares.join(first, second, passphrase))
    if kept(KEY, 64) != opened.key:
        raise NotRecovered(ANOTHER)
    return opened


def recover(raw: bytes, first: Share, second: Share, passphrase: str = "") -> Recovered:
    """Put the keys of a kit in place. Raises NotAShare, NotRecovered; then nothing has changed.

    A file that is there with other bytes is kept aside, never lost; in an office whose keys open all it holds, that is
    refused. What any note, the kit's, ours, or that of the database, calls destroyed stays so.
    """
    held_here()
    opened = of_seed(shares.join(first, second, passphrase))
    files = inside(raw, opened)
    gone = _destroyed(files)
    wanted = {n: held for n, held in files.items() if n.partition("/")[2] not in gone or n.startswith("destroyed/")}
    differing = [name for name, held in wanted.items() if differs(name, held)]
    if why := _sound(differing):
        raise NotRecovered(why)
    now = instant(clock.now())
    aside = put_aside(differing, now)
    for name in sorted(wanted, key=lambda each: not each.startswith("destroyed/")):  # first what must not open
        place(name, wanted[name])
    write_over(home() / KEY, opened.key)
    place(f"{_TOLD}/{re.sub('[^0-9TZ]', '', now)}", canonical({
        "at": now, "keys": len(wanted), "set": opened.set, "shares": sorted((first.number, second.number)),
    }).encode())  # fmt: skip
    destroyed.look()
    finish()
    envelope_keys.renew()  # the kit may be older than what partners were told last
    return Recovered(sorted(wanted), aside, sorted(gone))


def _sound(differing: Sequence[str]) -> Text | None:
    """Why these files of a kit are not put in the place of others: the office opens all it holds by those it has."""
    if not differing or not sealing.key_rows() or sealing.faults():
        return None
    names = ", ".join(differing)
    return T(f"この事務所の鍵は揃っている；置き換えない：{names}",
             f"the keys of this office open all it holds; not replaced: {names}")  # fmt: skip


def finish() -> None:
    """What the database calls destroyed or revoked is so here, and recoveries stand in its book. Called when keys or a
    backup were put in place, for both may come from elsewhere."""
    for line in key_book.lines("destroyed"):
        note = destroyed.Note(**line.data)
        if destroyed.of(note.circle) is None:
            destroyed.write(note)
    destruction.finish()
    revoked = (line.data.get("revoked", ()) for line in key_book.lines("envelope_revoked"))
    envelope_keys.stay_revoked({name for names in revoked for name in names})
    told = {line.data["at"] for line in key_book.lines("recovered")}
    for path in sorted((home() / _TOLD).glob("[!.]*")):
        one = loads(path.read_bytes())
        if one["at"] not in told:
            key_book.write("recovered", **one)


def present() -> str | None:
    """The name of the set whose shares open kits of today."""
    if isinstance(masters(), AgentKeys):
        found: str | None = agent_says()["set"]
        return found
    return set_here()


def set_here() -> str | None:
    """The same, of the public half that lies in this folder."""
    key = kept(KEY, 64)
    return set_name(key) if key else None


def digest() -> str:
    """What a kit of now would hold, to be compared with what the last one held."""
    if isinstance(masters(), AgentKeys):
        return str(agent_says()["digest"])
    return digest_of(digests(held_files()))


def agent_says() -> dict[str, Any]:
    """What the key agent tells of its ceremonies: the present set, its book, the digest of a kit of now."""
    told: dict[str, Any] = ask(do="ceremonies", files=digests(held_files()))
    return told


def fetch(replace: bool = False) -> Recovered:
    """After the key agent has recovered: the office's own keys out of the same kit. Nothing that is here is lost.
    Raises NotRecovered where the agent holds nothing for the office, and, but for `replace`, where the office opens all
    it holds and other keys would take the place of its own: then nothing has changed, here or with the agent."""
    if not isinstance(masters(), AgentKeys):
        raise NotRecovered(T("この事務所は鍵の番人を使っていない；包みのファイルを：kaname keys recover FILE",
                             "this office uses no key agent; expected the file of a kit: kaname keys recover FILE")
                           )  # fmt: skip
    files = {name: bytes.fromhex(raw) for name, raw in ask(do="for_office").items()}
    if not files:
        raise NotRecovered(T("鍵の番人に、渡すものがない；番人のユーザーで kaname keys ceremony recover を先に",
                             "the key agent holds nothing for the office; first, as its user: kaname keys ceremony "
                             "recover"))  # fmt: skip
    differing = [name for name, raw in files.items() if differs(name, raw)]
    if not replace and (why := _sound(differing)):
        again = T("それでも置き換えるなら --replace を付けて（今の鍵は脇に置く）",
                  "to replace them all the same, ask again with --replace: those here are kept aside")  # fmt: skip
        raise NotRecovered(T(f"{why.ja}。{again.ja}", f"{why.en}; {again.en}"))
    aside = put_aside(differing, instant(clock.now()))
    for name in sorted(files, key=lambda each: not each.startswith("destroyed/")):
        place(name, files[name])
    destroyed.look()
    finish()
    envelope_keys.renew()
    ask(do="fetched")
    return Recovered(sorted(files), aside, [])


# -- inside ------------------------------------------------------------------------------------------------------------


def of_seed(seed: bytes) -> Opened:
    private = X25519PrivateKey.from_private_bytes(_derived(seed, b"open"))
    return Opened(private, private.public_key().public_bytes_raw() + _derived(seed, b"bind"))


def _derived(seed: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"kaname/recovery/1\0" + what).derive(seed)


def set_name(key: bytes) -> str:
    return sha256(b"kaname/recovery-set/1\0" + key[:32]).hexdigest()[:16]


def inside(raw: bytes, opened: Opened) -> dict[str, bytes]:
    line = _LINE.match(raw)
    if line is None or line[1].decode() != _SUITE:
        raise NotRecovered(T("回復用の包みでない；kaname keys kit で作ったファイルを",
                             "no recovery kit; expected a file that kaname keys kit has written"))  # fmt: skip
    if line[2].decode() != opened.set:
        raise NotRecovered(ANOTHER)
    try:
        inside = _HPKE.decrypt(memoryview(raw)[line.end() :], opened.private, info=line[0] + opened.key[32:])
    except (InvalidTag, ValueError):
        raise NotRecovered(
            T("包みが途中で変わっている；別の控えを", "the kit was changed; take another copy")
        ) from None
    files = loads(inside)["files"]
    check_names(files)
    return {name: bytes.fromhex(held) for name, held in files.items()}


def check_names(files: Iterable[str]) -> None:
    if bad := [name for name in files if not _NAME.fullmatch(name)]:
        raise NotRecovered(T(f"{bad[0]} は鍵のファイルの名でない；包みには鍵だけが入る",
                             f"{bad[0]} is no name of a key file; nothing else goes into a kit"))  # fmt: skip


def held_files() -> dict[str, bytes]:
    return {str(path.relative_to(home())): path.read_bytes() for path in _paths()}


def _paths() -> Iterator[Path]:
    for pattern in _HELD:
        yield from sorted(p for p in home().glob(pattern) if p.is_file() and not p.name.startswith("."))


def digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: sha256(held).hexdigest() for name, held in files.items()}


def digest_of(files: dict[str, str]) -> str:
    """Of files that are told by their digests."""
    each = "".join(f"{name} {held}\n" for name, held in sorted(files.items()))
    return sha256(b"kaname/recovery-kit/1\0" + each.encode()).hexdigest()[:32]


def _destroyed(files: dict[str, bytes]) -> set[str]:
    """Circles that the notes here, those of the kit, or the book of keys call destroyed."""
    noted = {note.circle for note in destroyed.all_()}
    booked = {str(line.data["circle"]) for line in key_book.lines("destroyed")}
    return noted | booked | {name.partition("/")[2] for name in files if name.startswith("destroyed/")}


def differs(name: str, held: bytes) -> bool:
    """Whether another file of a name lies here."""
    return _read(name) not in (None, held)


def _read(name: str) -> bytes | None:
    path = home() / name
    return path.read_bytes() if path.exists() else None


def put_aside(names: list[str], at: str) -> Path | None:
    """Move files into a folder of their own. A master is also kept as an earlier one: what a new machine has sealed
    meanwhile opens on."""
    if not names:
        return None
    folder = home() / f"before-recovery-{re.sub('[^0-9TZ]', '', at)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in names:
        held = (home() / name).read_bytes()
        if name == "sealing_key":
            place(f"sealing_key.{fingerprint(held)}", held)
        (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        write_new(folder / name, held)
        (home() / name).unlink()
    return folder


def place(name: str, held: bytes) -> None:
    path = home() / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_new(path, held)


def held_here() -> None:
    """Raises NotRecovered where the masters are held elsewhere: no share may come into this process."""
    if not isinstance(masters(), FileKeys):
        raise NotRecovered(T(
            "親鍵は別の所にある。鍵の番人ならそのユーザーで kaname keys ceremony、鍵管理サービスならそこの控えを",
            "the master keys are held elsewhere: with the key agent, run kaname keys ceremony as its user; with a key "
            "service, keep copies there (docs/sealing.md)"))  # fmt: skip


ANOTHER = T("この分担片は別の組のもの（又は合言葉が違う）；今の組か、包みと同じ組の二つを",
             "these shares are of another set, or the passphrase is wrong; take two of the present set, or of the "
             "kit's")  # fmt: skip
