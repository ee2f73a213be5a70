"""Sealed values at rest: envelope encryption, a key for each circle of people, itself wrapped by the master key.

    blob  = suite (1 byte, 1 = AES-256-GCM) key (4 bytes) nonce (12 random bytes) ciphertext and tag (16 bytes)
    about = "kaname/sealed/1" 0 suite and key 0 what it is the value of

`about` is authenticated: a blob that is moved to another case, entry, field or purpose does not open. Of a value of the
ledger, the salt of its commitment is sealed with it. The keys lie wrapped in `ledger_sealing_key`; whoever copies the
database, its log or a backup without the master key (see `master`) opens none of them.

A key is known by a random number, so that a database put back from a backup never means another key by the same one.
Unwrapped keys are remembered by the process, and only once they are committed: a key that was rolled back is lost.
"""

import secrets
from collections.abc import Collection, Sequence
from struct import Struct
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from kaname.law import T, Text
from kaname.ledger import clock, destroyed
from kaname.ledger.digest import SALT_BYTES
from kaname.ledger.errors import CannotOpen, Destroyed, KeysMissing
from kaname.ledger.master import masters
from kaname.ledger.rows import Secret, instant

SUITE = 1
_START = Struct(">BI")
_NONCE = 12
_SHORTEST = _START.size + _NONCE + 16
_DOMAIN = b"kaname/sealed/1\0"


class KeyRow(NamedTuple):
    """A wrapped key. `circle`: whose values it seals, "" for the office as a whole; `version` counts within it."""

    number: int
    circle: str
    version: int
    master: str
    wrapped: bytes

    @property
    def about(self) -> bytes:
        return f"{self.circle}\0{self.version}\0{self.number}".encode()


# -- values of the ledger --------------------------------------------------------------------------------------------


def seal_secret(circle: str, case: str, seq: int, secret: Secret) -> tuple[int | None, bytes | None]:
    """The key's number and the blob of a sealed value; both None where the value was destroyed or never came."""
    if secret.value is None or secret.salt is None:
        return None, None
    blob = seal(circle, _place(case, seq, secret.field), secret.salt + secret.value)
    return key_of(blob), blob


def open_secret(case: str, seq: int, field: str, blob: bytes | None) -> Secret:
    """The value and salt of a blob; neither where they were destroyed. Raises CannotOpen, KeysMissing."""
    if blob is None:
        return Secret(field, None, None)
    try:
        plain = unseal(_place(case, seq, field), blob)
    except Destroyed:
        return Secret(field, None, None)
    return Secret(field, plain[:SALT_BYTES], plain[SALT_BYTES:])


def _place(case: str, seq: int, field: str) -> bytes:
    return f"value\0{case}\0{seq}\0{field}".encode()


# -- anything else that must not lie open: drafts, what a session holds, keys of documents ----------------------------


def seal_text(purpose: str, plain: bytes, circle: str = "") -> bytes:
    """Seal what is no value of the ledger. `purpose` says what and whose it is (`draft/<id>`): it opens under no other.

    `circle`: that of the case it belongs to (`Case.circle`).
    """
    return seal(circle, b"text\0" + purpose.encode(), plain)


def open_text(purpose: str, blob: bytes) -> bytes:
    """What was sealed for a purpose. Raises CannotOpen (Destroyed), KeysMissing."""
    return unseal(b"text\0" + purpose.encode(), bytes(blob))


# -- the cipher ------------------------------------------------------------------------------------------------------


def seal(circle: str, about: bytes, plain: bytes) -> bytes:
    """A blob under the newest key of a circle."""
    number, cipher = _writing(circle)
    start, nonce = _START.pack(SUITE, number), secrets.token_bytes(_NONCE)
    return start + nonce + cipher.encrypt(nonce, plain, _DOMAIN + start + b"\0" + about)


def unseal(about: bytes, blob: bytes) -> bytes:
    """What a blob holds. Raises CannotOpen (one message, whatever was wrong) and KeysMissing."""
    if len(blob) < _SHORTEST or blob[0] != SUITE:
        raise CannotOpen
    start, nonce = blob[: _START.size], blob[_START.size : _START.size + _NONCE]
    try:
        return _cipher(key_of(blob)).decrypt(nonce, blob[_START.size + _NONCE :], _DOMAIN + start + b"\0" + about)
    except InvalidTag:
        raise CannotOpen from None


def key_of(blob: bytes) -> int:
    """The number of the key a blob was sealed under."""
    number: int = _START.unpack_from(blob)[1]
    return number


# -- keys ------------------------------------------------------------------------------------------------------------

_NEWEST: dict[str, int] = {}
_CIPHERS: dict[int, tuple[str, AESGCM]] = {}


def forget() -> None:
    """Drop every key that this process remembers: the database has become another one."""
    _NEWEST.clear()
    _CIPHERS.clear()


class _Remember(NamedTuple):
    """Told at the commit to remember something; a rollback forgets it, as it forgets the key itself."""

    table: dict[Any, Any]
    name: object
    value: object

    def __call__(self) -> None:
        self.table[self.name] = self.value


def _recalled(table: dict[Any, Any], name: object) -> Any:
    """What is remembered, or waits in this transaction to be."""
    found = table.get(name)
    if found is None and connection.in_atomic_block:
        waiting = (call for _, call, _ in connection.run_on_commit if isinstance(call, _Remember))
        found = next((w.value for w in waiting if w.table is table and w.name == name), None)
    return found


def _writing(circle: str) -> tuple[int, AESGCM]:
    number = _recalled(_NEWEST, circle)
    if number is None:
        number = newest(circle) or renew(circle, 0)
        transaction.on_commit(_Remember(_NEWEST, circle, number))
    return number, _cipher(number)


def _cipher(number: int) -> AESGCM:
    """Raises Destroyed, even where the key is still remembered; CannotOpen, KeysMissing."""
    found: tuple[str, AESGCM] | None = _recalled(_CIPHERS, number)
    if found is None:
        row = next(iter(key_rows("WHERE id = %s", (number,))), None)
        if row is None:
            raise CannotOpen
        destroyed.refuse(row.circle)
        found = row.circle, AESGCM(masters().unwrap(row.master, row.wrapped, row.about, row.circle))
        transaction.on_commit(_Remember(_CIPHERS, number, found))
    destroyed.refuse(found[0])
    return found[1]


def newest(circle: str) -> int | None:
    """The number of the key that seals what a circle writes now, or None where it has none yet."""
    found = key_rows("WHERE circle = %s ORDER BY version DESC LIMIT 1", (circle,))
    return found[0].number if found else None


def renew(circle: str, after: int) -> int:
    """Draw the key that follows version `after` of a circle; whoever is second takes the first one's."""
    destroyed.refuse(circle)
    if missing := _missing():
        raise KeysMissing(*missing)  # or a new master would be drawn beside keys that it cannot unwrap
    row = KeyRow(secrets.randbelow((1 << 31) - 1) + 1, circle, after + 1, "", b"")
    master, wrapped = masters().wrap(secrets.token_bytes(32), row.about, circle)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_sealing_key (id, circle, version, master, wrapped, created_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (circle, version) DO NOTHING",
            (row.number, circle, row.version, master, wrapped, instant(clock.now())),
        )
    found = newest(circle)
    assert found is not None
    return found


def key_rows(where: str = "", params: Sequence[object] = ()) -> list[KeyRow]:
    """Wrapped keys as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, circle, version, master, wrapped FROM ledger_sealing_key {where}", list(params))
        return [KeyRow._make((*row[:4], bytes(row[4]))) for row in cursor.fetchall()]


def wrappers() -> list[tuple[str, str]]:
    """(master, circle) of all wrapped keys, each once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT master, circle FROM ledger_sealing_key ORDER BY master, circle")
        return [(name, circle) for name, circle in cursor.fetchall()]


def _missing() -> list[str]:
    return [name for name, circle in wrappers() if not destroyed.of(circle) and not masters().holds(name, circle)]


def faults(tables: Collection[str] = ()) -> list[Text]:
    """For the start: a master key that is missing, or not the one under which this office has sealed. `tables`: those
    there are, where they were asked for already."""
    if "ledger_sealing_key" not in (tables or connection.introspection.table_names()):
        return [T("封緘の鍵の表がない；kaname migrate を", "the table of sealing keys is missing; run: kaname migrate")]
    return [KeysMissing(name).text for name in _missing()]
