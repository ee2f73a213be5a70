"""The secret halves of envelope keys as files, `envelope_keys/NAME`: of the office, or of its key agent.

What opens an envelope is done here, beside the secret: only the key of that one envelope's content goes out.
"""

import os
import secrets

from kaname.ledger.suites import SUITES, CannotOpenHead, name_of
from kaname.site.home import home, kept, synced, write_new

FOLDER = "envelope_keys"


def draw(suite: str) -> bytes:
    """A new key of a suite; its public half. On the disk before this returns. Raises KeyError: no such suite."""
    of = SUITES[suite]
    private = of.draw()
    public = of.public_of(private)
    folder = home() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    write_new(folder / name_of(suite, public), private)
    return public


def opened(key: str, suite: str, head: bytes, info: bytes) -> bytes:
    """What an envelope's head holds. Raises CannotOpenHead, whatever was wrong."""
    of = SUITES.get(suite)
    private = kept(f"{FOLDER}/{_checked(key)}", of.size) if of and _checked(key) else None
    if of is None or private is None or name_of(suite, of.public_of(private)) != key:
        raise CannotOpenHead
    return of.opened(head, private, info)


def drop(key: str) -> None:
    """A key is written over, then gone: what was sealed to it opens no more. Nothing where there is none."""
    path = home() / FOLDER / (_checked(key) or "-")
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    synced(path.parent)


def _checked(key: str) -> str:
    """The name, "" where it is none: it becomes a path."""
    return key if len(key) == 64 and not set(key) - set("0123456789abcdef") else ""
