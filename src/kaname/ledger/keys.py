"""The office's signing key (Ed25519), and the pinned keys of the offices it exchanges cases with. Both in KANAME_HOME.

An office is known by its public key, 64 hexadecimal digits. A partner's key is taken once, by hand, over another way
than the bundles come (`offices/NAME.pub`); a bundle signed by any other key is refused.

A key is renewed by its own signature under the next one (`renew`, `succeed`): what an earlier key has signed still
counts, nothing new that it signs does.

    {"at", "format": "kaname-succession/1", "from": old key, "signature": by the new key, of "kaname/succession/1", a
     zero byte and the bytes of the old key, "to": new key}
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kaname.law import T, Text
from kaname.site.home import alone, home, kept, secret, write_new, write_over

HEX_KEY = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FORMER, _SPOKEN_OF, _SUCCESSION = "former_keys", "spoken_of", b"kaname/succession/1"
_OPENING = "opening_keys"  # secrets of former keys: they sign nothing any more, and open what was sealed for them


P = ParamSpec("P")
R = TypeVar("R")


class KeyProblem(ValueError):
    """A key or a name of an office that cannot be used."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


# -- one reading of the files ------------------------------------------------------------------------------------------

_HELD: ContextVar[dict[Any, Any] | None] = ContextVar("keys as read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block (or function) the files of keys are read once: what two offices tell each other when they meet
    is judged by one state of them, and asks for them some thirty times."""
    if _HELD.get() is not None:
        yield
        return
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


def _once(read: Callable[P, R]) -> Callable[P, R]:
    """What `read` gives, by its arguments, within `read_once` from memory."""

    @wraps(read)
    def known(*args: P.args, **kwargs: P.kwargs) -> R:
        held = _HELD.get()
        if held is None:
            return read(*args, **kwargs)
        asked = read, *args, *kwargs.items()
        if asked not in held:
            held[asked] = read(*args, **kwargs)
        found: R = held[asked]
        return found

    return known


def _changed() -> None:
    """Files were written: what was read of them before counts no more."""
    if held := _HELD.get():
        held.clear()


# -- this office's key, and those of others ----------------------------------------------------------------------------


def signing_key() -> Ed25519PrivateKey:
    """This office's key, drawn when first asked for."""
    return Ed25519PrivateKey.from_private_bytes(secret("signing_key"))


@_once
def own_key() -> str:
    """This office's public key."""
    return signing_key().public_key().public_bytes_raw().hex()


@_once
def own_keys() -> list[str]:
    """This office's public key, and those it had before."""
    return [own_key(), *_listed(home() / _FORMER)]


def seed_of(key: str) -> bytes | None:
    """The secret of a public key that is this office's, or was: what was sealed for it on the way is still opened."""
    return secret("signing_key") if key == own_key() else kept(f"{_OPENING}/{key}") if HEX_KEY.fullmatch(key) else None


def sign(message: bytes) -> bytes:
    return signing_key().sign(message)


def is_signed(message: bytes, signature: bytes, key: str) -> bool:
    """Whether a message bears the signature of a key. Short statements are told and looked at again and again: of those
    it is remembered."""
    return (_known_signed if len(message) <= _SHORT else _is_signed)(message, signature, key)


def _is_signed(message: bytes, signature: bytes, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


_SHORT = 2048
_known_signed = lru_cache(2048)(_is_signed)


@_once
def offices() -> dict[str, str]:
    """Pinned keys by the names given to them here."""
    folder = home() / "offices"
    found = {path.stem: path.read_text(encoding="ascii").strip() for path in sorted(folder.glob("*.pub"))}
    for name, key in found.items():
        if not HEX_KEY.fullmatch(key):
            raise KeyProblem(T(f"offices/{name}.pub：16進64桁の公開鍵を",
                               f"offices/{name}.pub: expected a public key of 64 hexadecimal digits"))  # fmt: skip
    return found


def pin(name: str, key: str) -> None:
    """Take a partner's key. A name keeps its key: another key under it is refused."""
    if not _NAME.fullmatch(name) or not HEX_KEY.fullmatch(key):
        raise KeyProblem(T("名は英数字と _ -、鍵は16進64桁で", "expected a name of letters, digits, _ and -, "
                           "and a key of 64 hexadecimal digits"))  # fmt: skip
    known = offices().get(name)
    if known not in (None, key):
        raise KeyProblem(T(f"{name} には別の鍵が登録済み；確かめた上で offices/{name}.pub を消してから",
                           f"{name} has another key; make sure, remove offices/{name}.pub, pin again"))  # fmt: skip
    write_over(_folder() / f"{name}.pub", f"{key}\n".encode())
    _changed()


def named(office: str) -> str:
    """The key of a pinned office by its name, or a key as it stands. Raises KeyProblem."""
    key = offices().get(office, office)
    if not HEX_KEY.fullmatch(key):
        raise _not_pinned(office, T("鍵か、", "a key or "))
    return key


def partner(office: str) -> str:
    """The key of a pinned office, by its name or by that key; or our own. Raises KeyProblem: a key that nobody has
    pinned is whoever's, and what is sealed for it would be open to them."""
    key = named(office)
    if key != own_key() and key not in offices().values():
        raise _not_pinned(office)
    return key


_NOTHING_ELSE = T("", "")


def _not_pinned(office: str, or_else: Text = _NOTHING_ELSE) -> KeyProblem:
    known = "、".join(offices()) or "—"
    return KeyProblem(T(f"「{office}」という機関は登録されていない；{or_else.ja}登録されたもの：{known}",
                        f"no office {office!r} is pinned; expected {or_else.en}one of: {known}"))  # fmt: skip


# -- succession ------------------------------------------------------------------------------------------------------


def renew(at: str, keep: Callable[[bytes], None]) -> None:
    """Draw a new signing key. `keep` is given what tells the partners of it, signed by both keys; where it raises,
    nothing has changed: once the old key is gone from here, nobody could tell them any more.
    """
    with alone("signing_key"):  # of two at once the second would take the place of a key that was told already
        _renew(at, keep)
    _changed()


def _renew(at: str, keep: Callable[[bytes], None]) -> None:
    from kaname.ledger import signed

    old, new = signing_key(), Ed25519PrivateKey.generate()
    before, after = (key.public_key().public_bytes_raw().hex() for key in (old, new))
    consent = new.sign(_SUCCESSION + b"\0" + bytes.fromhex(before)).hex()
    told = signed.write(
        _SUCCESSION, {"at": at, "format": "kaname-succession/1", "from": before, "signature": consent, "to": after}
    )
    keep(told)
    (home() / _OPENING).mkdir(mode=0o700, exist_ok=True)
    write_new(home() / _OPENING / before, old.private_bytes_raw())
    _list(home() / _FORMER, before)
    write_over(home() / "signing_key", new.private_bytes_raw())


def succeed(name: str, raw: bytes) -> str:
    """Take the new key of a pinned office, told under its present one. Returns it. Raises Untrusted, KeyProblem."""
    from kaname.ledger import signed

    before = named(name)
    if name not in offices():
        raise KeyProblem(T(f"「{name}」という機関は登録されていない", f"no office {name!r} is pinned"))
    said = signed.read(_SUCCESSION, raw, [before])
    after, consent = str(said.get("to")), str(said.get("signature"))
    if not HEX_KEY.fullmatch(after) or not re.fullmatch(r"[0-9a-f]{128}", consent):
        raise signed.Untrusted(T("kaname-succession/1 の形でない", "not of the form kaname-succession/1"))
    if not is_signed(_SUCCESSION + b"\0" + bytes.fromhex(before), bytes.fromhex(consent), after):
        raise signed.Untrusted(T("新しい鍵の署名がない", "not signed by the new key"))
    _list(_folder() / f"{name}.former", before)
    write_over(_folder() / f"{name}.pub", f"{after}\n".encode())
    _changed()
    return after


@_once
def line(key: str) -> list[str]:
    """All keys, present first, of the office that has or had a key; the key alone where it is not pinned."""
    if key in (own := own_keys()):
        return own
    for name, present in offices().items():
        keys = [present, *_listed(_folder() / f"{name}.former")]
        if key in keys:
            return keys
    return [key]


@_once
def name_of(key: str) -> str:
    """The name under which the office of a key is pinned, else the key."""
    return next((name for name, present in offices().items() if key in line(present)), key)


# -- which partners may be spoken of -----------------------------------------------------------------------------------


def speak_of(name: str) -> None:
    """From now on other offices may learn that this one deals with a pinned office, so that they compare its anchors.

    Not without being told: that an attorney deals with a company is nobody else's business.
    """
    if name not in offices():
        raise KeyProblem(T(f"「{name}」という機関は登録されていない", f"no office {name!r} is pinned"))
    _list(_folder() / _SPOKEN_OF, name)
    _changed()


@_once
def spoken_of() -> list[str]:
    """Keys of the offices that others may know this one deals with."""
    known = offices()
    return [known[name] for name in _listed(_folder() / _SPOKEN_OF) if name in known]


def _folder() -> Path:
    folder = home() / "offices"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _listed(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").split() if path.exists() else []


def _list(path: Path, one: str) -> None:
    with alone("lists"):
        write_over(path, "".join(f"{each}\n" for each in dict.fromkeys([*_listed(path), one])).encode())
