"""The password hash: Argon2id, bounded in memory."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

_TWO = BoundedSemaphore(2)


class Argon2(Argon2PasswordHasher):
    """Argon2id with 100 MiB (Django's parameters), two at a time in a process: more would exhaust its memory."""

    def encode(self, password: str, salt: str) -> str:
        with _TWO:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _TWO:
            return bool(super().verify(password, encoded))
