"""The password hash: Argon2id, bounded in memory, and never so many at once that nobody else is served.

Two are computed at a time in a process. Of its four threads two are then left for pages and passkeys: whoever types a
password meanwhile in a browser that is not known does not wait in one of them, but is told to come back (`Crowded`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

from django.contrib.auth.hashers import Argon2PasswordHasher

PATIENCE = 5.0  # seconds that one waits whose browser the account knows; one of them in a process
_two, _one_waits = BoundedSemaphore(2), BoundedSemaphore(1)
_here = local()


class Crowded(Exception):
    """Too many passwords are being computed; nothing was looked at."""


@contextmanager
def room(patient: bool) -> Iterator[None]:
    """The right to compute one. Raises Crowded, the same for every account: none has been asked for yet."""
    if not (_two.acquire(blocking=False) or (patient and _waited())):
        raise Crowded
    _here.held = True
    try:
        yield
    finally:
        _here.held = False
        _two.release()


def _waited() -> bool:
    if not _one_waits.acquire(blocking=False):
        return False
    try:
        return _two.acquire(timeout=PATIENCE)
    finally:
        _one_waits.release()


@contextmanager
def _bounded() -> Iterator[None]:
    """Of the two, unless this thread has one of them already: a new password waits until there is room."""
    if getattr(_here, "held", False):
        yield
        return
    with _two:
        yield


class Argon2(Argon2PasswordHasher):
    """Argon2id with 100 MiB (Django's parameters), two at a time in a process: more would exhaust its memory."""

    def encode(self, password: str, salt: str) -> str:
        with _bounded():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _bounded():
            return bool(super().verify(password, encoded))
