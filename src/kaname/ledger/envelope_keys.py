"""The office's envelope keys: what partners seal for, apart from the key that signs. One for each suite, all renewed at
once.

What is told to partners, signed by the signing key (`signed`), in each contact and as a file:

    {"at", "format": "kaname-envelope-key/1", "from": signing key, "keys": [{"public": hexadecimal, "suite"}],
     "revoked": [names of keys]}

A partner keeps the newest by `at` (`offices/NAME.envelope`) and never goes back to an older one. `envelope_state` of
KANAME_HOME says what stands here; the secret halves lie where the master keys do (`master`). After a renewal the former
keys open what was sealed to them for KEPT_DAYS more. A key that was revoked opens nothing from then on, and is erased.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from kaname.law import T
from kaname.ledger import clock, key_book, keys, rows, signed
from kaname.ledger.keys import KeyProblem
from kaname.ledger.master import masters
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import canonical, loads
from kaname.ledger.suites import SHORT, SUITES, X25519, CannotOpenHead, name_of
from kaname.site.home import alone, home, write_over

FORMAT, DOMAIN = "kaname-envelope-key/1", b"kaname/envelope-key/1"
KEPT_DAYS, SHORTEST = 365, 8
STATE, _TURN = "envelope_state", "envelope"
_SHAPE = {"at", "format", "from", "keys", "revoked"}
_PUBLIC = re.compile(r"([0-9a-f]{2}){32,2048}")


class Public(NamedTuple):
    """A key to seal for. `suite`: its full name."""

    suite: str
    public: str

    @property
    def name(self) -> str:
        return name_of(self.suite, bytes.fromhex(self.public))


class Told(NamedTuple):
    """What an office says of its keys."""

    at: str
    keys: tuple[Public, ...]
    revoked: tuple[str, ...]


class Former(NamedTuple):
    """A key that was renewed; it opens until an instant."""

    name: str
    until: str


class Own(NamedTuple):
    """How this office's keys stand."""

    at: str
    keys: tuple[Public, ...]
    former: tuple[Former, ...]
    revoked: tuple[str, ...]

    @property
    def told(self) -> Told:
        return Told(self.at, self.keys, self.revoked)


# -- this office's -----------------------------------------------------------------------------------------------------


def own() -> Own:
    """Drawn when first asked for, one for each suite of KANAME_SUITES."""
    with alone(_TURN):
        return _read() or _write(Own(rows.instant(clock.now()), _drawn(), (), ()))


def statement() -> bytes:
    """What partners are told, signed by today's signing key. The same bytes until a key changes."""
    of = own()
    said = [{"public": one.public, "suite": one.suite} for one in of.keys]
    return signed.write(DOMAIN, {"at": of.at, "format": FORMAT, "from": keys.own_key(), "keys": said,
                                 "revoked": list(of.revoked)})  # fmt: skip


def renew(by: str = "", *, revoke: bool = False) -> Own:
    """New keys. Those of before open for KEPT_DAYS more; `revoke`: they were seen perhaps, and open nothing more."""
    own()
    with alone(_TURN):
        was = _read()
        assert was is not None
        now = _later(was.at)
        gone = [one.name for one in was.keys]
        until = rows.instant(_moment(now) + timedelta(days=KEPT_DAYS))
        former = was.former if revoke else (*was.former, *(Former(name, until) for name in gone))
        revoked = (*was.revoked, *gone) if revoke else was.revoked
        made = _write(Own(now, _drawn(), former, revoked))
    drawn = [one.name for one in made.keys]
    if revoke:
        key_book.write("envelope_revoked", by=by, keys=drawn, revoked=gone)
        for name in gone:  # the book first: where the agent is away just now, `stay_revoked` erases them later
            masters().drop_envelope_key(name)
    else:
        key_book.write("envelope", by=by, keys=drawn)
    tidy()
    return made


def revoke_former(name: str, by: str = "") -> None:
    """A former key, by its name or how that begins, was seen perhaps: it opens nothing from now on. Asked for again, it
    is erased again, for the agent may have been away. Raises KeyProblem."""
    found = _named(name)
    if found not in own().revoked:
        key_book.write("envelope_revoked", by=by, keys=[], revoked=[found])
    stay_revoked([found])


def _named(name: str) -> str:
    """The whole name of a former or revoked key. Raises KeyProblem."""
    of = own()
    if any(one.name.startswith(name) for one in of.keys):
        raise KeyProblem(T(f"{name}：今の鍵。名を付けない --revoke が失効させる",
                           f"{name}: a present key; --revoke without a name revokes it"))  # fmt: skip
    known = {one for one in (*(former.name for former in of.former), *of.revoked) if one.startswith(name)}
    if len(name) < SHORTEST or len(known) != 1:
        raise KeyProblem(T(f"{name}：前の鍵のうち一つを名の初めの {SHORTEST} 字以上で；kaname keys envelope が示す",
                           f"{name}: expected the name of one former key, or {SHORTEST} letters of how it begins; "
                           "kaname keys envelope shows them"))  # fmt: skip
    return known.pop()


def stay_revoked(names: Collection[str]) -> None:
    """Keys that the office's book calls revoked open nothing: a kit of before has perhaps brought some back."""
    of = _read()
    if of and {one.name for one in of.keys} & set(names):
        renew()
    with alone(_TURN):
        of = _read()
        back = [one.name for one in of.former if one.name in names] if of else []
        if of and back:
            former = tuple(one for one in of.former if one.name not in back)
            _write(Own(_later(of.at), of.keys, former, (*of.revoked, *back)))
        for name in names:
            masters().drop_envelope_key(name)


def tidy() -> int:
    """Erase former keys whose time is over; how many. Called daily."""
    now = rows.instant(clock.now())
    with alone(_TURN):
        of = _read()
        over = [one for one in of.former if one.until <= now] if of else []
        for one in over:
            masters().drop_envelope_key(one.name)
        if of and over:
            _write(of._replace(former=tuple(one for one in of.former if one not in over)))
    return len(over)


def opened(name: str, suite: str, head: bytes, info: bytes) -> bytes:
    """The content key out of an envelope's head, for a key of ours that opens today. Raises CannotOpenHead."""
    of, now = _read(), rows.instant(clock.now())
    known = {one.name for one in of.keys} | {one.name for one in of.former if one.until > now} if of else set()
    if name not in known:
        raise CannotOpenHead
    return masters().open_envelope(name, suite, head, info)


def wanted() -> list[str]:
    """Full names of the suites that this office takes, its favourite first."""
    return [SHORT[one].name for one in settings.KANAME_SUITES]


# -- partners' ---------------------------------------------------------------------------------------------------------


def learn(office: str, raw: bytes) -> bool:
    """Take what a pinned office (its key) says of its envelope keys; whether it was news. An older statement, late on
    its way, changes nothing. Raises Untrusted."""
    name = keys.name_of(office)
    present = keys.offices().get(name)
    if present is None:
        return False
    if _file(name).exists() and _file(name).read_bytes() == raw:
        return False
    said = told(raw, [present])
    with alone(_TURN):
        held = _held(name)
        if held and said.at <= held.at:
            return False
        write_over(_file(name), raw)
    return True


def told(raw: bytes, senders: Sequence[str]) -> Told:
    """A statement, its form found good and nothing else in it. Raises Untrusted."""
    said = signed.read(DOMAIN, raw, senders)
    listed, revoked = said.get("keys"), said.get("revoked")
    if set(said) != _SHAPE or said["format"] != FORMAT or not rows.INSTANT.fullmatch(str(said["at"])):
        raise _form()
    if not isinstance(listed, list) or not isinstance(revoked, list) or len(listed) > 16:
        raise _form()
    if not all(isinstance(one, str) and keys.HEX_KEY.fullmatch(one) for one in revoked):
        raise _form()
    public = tuple(_public(one) for one in listed)
    if {one.name for one in public} & set(revoked):
        raise Untrusted(T("失効した鍵がまだ示されている", "a key that was revoked is still told"))
    return Told(said["at"], public, tuple(revoked))


def held_of(office: str) -> Told | None:
    """What an office (key) last said; None where nothing has come yet."""
    return own().told if office in keys.own_keys() else _held(keys.name_of(office))


def to_seal_for(office: str) -> Public | None:
    """The key that envelopes for an office are sealed to: the first of our suites that it has. None: it has told of
    none yet, and what versions before did is still right. Raises KeyProblem."""
    suites, said = wanted(), held_of(office)
    if said is None:
        if X25519.name in suites:
            return None
        raise KeyProblem(T("この機関の封筒の鍵がまだ届いていない；先に kaname anchor contact と meet を",
                           "its envelope key has not come yet; first: kaname anchor contact, meet"))  # fmt: skip
    usable = {one.suite: one for one in said.keys if one.name not in said.revoked}
    found = next((usable[suite] for suite in suites if suite in usable), None)
    if found is None:
        raise KeyProblem(T("封緘できる鍵がない（失効したか、こちらの方式にない）；相手から新しい鍵を",
                           "no key to seal for: revoked, or of no suite taken here; ask for a new one"))  # fmt: skip
    return found


# -- inside ------------------------------------------------------------------------------------------------------------


def _drawn() -> tuple[Public, ...]:
    return tuple(Public(suite, masters().new_envelope_key(suite).hex()) for suite in wanted())


def _read() -> Own | None:
    path = home() / STATE
    if not path.exists():
        return None
    said: Any = loads(path.read_bytes())
    former = tuple(Former(*one) for one in said["former"])
    return Own(said["at"], tuple(Public(*one) for one in said["keys"]), former, tuple(said["revoked"]))


def _write(of: Own) -> Own:
    said = {"at": of.at, "keys": [list(one) for one in of.keys], "former": [list(one) for one in of.former],
            "revoked": list(of.revoked)}  # fmt: skip
    write_over(home() / STATE, canonical(said).encode())
    return of


def _later(than: str) -> str:
    """Now, and later than an instant in any case: partners take the newest, also after a clock was set back."""
    return max(rows.instant(clock.now()), rows.instant(_moment(than) + timedelta(microseconds=1)))


def _moment(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def _public(said: Any) -> Public:
    """A suite that is not known here is kept for the version that knows it; of a known one the key must be one."""
    if (
        not isinstance(said, dict)
        or set(said) != {"public", "suite"}
        or not all(isinstance(v, str) for v in said.values())
    ):
        raise _form()
    one = Public(**said)
    if not re.fullmatch(r"[a-z0-9-]{1,64}", one.suite) or not _PUBLIC.fullmatch(one.public):
        raise _form()
    try:
        if one.suite in SUITES:
            SUITES[one.suite].public(bytes.fromhex(one.public))
    except ValueError:
        raise _form() from None
    return one


def _held(name: str) -> Told | None:
    """What a partner's file says, under its present key or one before. What another key has signed, which stood under
    the name until that was pinned anew, says nothing."""
    present, path = keys.offices().get(name), _file(name)
    try:
        return told(path.read_bytes(), keys.line(present)) if present and path.exists() else None
    except Untrusted:
        return None


def _file(name: str) -> Path:
    return home() / "offices" / f"{name}.envelope"


def _form() -> Untrusted:
    return Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
