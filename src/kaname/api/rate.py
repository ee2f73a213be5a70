"""How often a token may call: 600 requests a minute, 20 exports an hour; counted for all processes of this machine.

The limit is there to stop a program that runs away, and a stolen token from carrying the office away; not to bill by.
It must never make anybody miss a day of the law: what files or acts has 60 calls a minute of its own, which nothing
else can spend, and is no export. The pages are not counted at all.

Counted in one small file, a record a token, so that no call waits for the database; where the file cannot be written
(a full disk) each process counts for itself meanwhile.
"""

import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from fcntl import LOCK_EX, LOCK_UN, flock
from functools import cache
from threading import Lock

from kaname.site.home import home

MOST, OF_ACTS, EXPORTS = 600, 60, 20
MINUTE, HOUR = 60.0, 3600.0
_RECORD = struct.Struct("<qiHHiH")  # token; minute, calls, acts of it; hour, exports of it
_SLOTS = 4096  # tokens at work at the same time; two that share a slot begin anew by turns

_lock = Lock()
_own: dict[int, bytes] = {}


class Sort(StrEnum):
    """What a call does."""

    READ = "read"
    ACT = "act"
    EXPORT = "export"


def spend(token: int, sort: Sort = Sort.READ, now: float | None = None) -> int:
    """Count a call, where it is admitted. Returns 0, or the seconds to wait."""
    moment = time.monotonic() if now is None else now
    minute, hour = int(moment // MINUTE), int(moment // HOUR)
    at = token % _SLOTS
    with _lock, _file() as file:
        whose, began, calls, acts, of_hour, exports = _RECORD.unpack(_read(file, at))
        if whose != token:
            began = of_hour = -1
        if began != minute:
            began, calls, acts = minute, 0, 0
        if of_hour != hour:
            of_hour, exports = hour, 0
        if sort is Sort.EXPORT and exports >= EXPORTS:
            return int((hour + 1) * HOUR - moment) + 1
        if calls + acts >= MOST and (sort is not Sort.ACT or acts >= OF_ACTS):
            return int((minute + 1) * MINUTE - moment) + 1
        calls, acts = calls + (sort is not Sort.ACT), acts + (sort is Sort.ACT)
        exports += sort is Sort.EXPORT
        _write(file, at, _RECORD.pack(token, began, calls, acts, of_hour, exports))
    return 0


def forget() -> None:
    """Begin to count anew."""
    with _lock, _file() as file:
        _own.clear()
        if file is not None:
            os.ftruncate(file, 0)


@cache
def _opened(_: str | None) -> int | None:
    """By what KANAME_HOME says: to ask for the folder itself at each call would cost more than counting."""
    try:
        return os.open(home() / "calls", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


@contextmanager
def _file() -> Iterator[int | None]:
    """The file, held against the other processes of the office."""
    file = _opened(os.environ.get("KANAME_HOME"))
    if file is None:
        yield None
        return
    flock(file, LOCK_EX)
    try:
        yield file
    finally:
        flock(file, LOCK_UN)


def _read(file: int | None, at: int) -> bytes:
    found = b"" if file is None else os.pread(file, _RECORD.size, at * _RECORD.size)
    return found if len(found) == _RECORD.size else _own.get(at, bytes(_RECORD.size))


def _write(file: int | None, at: int, record: bytes) -> None:
    try:
        if file is not None and os.pwrite(file, record, at * _RECORD.size) == _RECORD.size:
            return
    except OSError:
        pass
    _own[at] = record
