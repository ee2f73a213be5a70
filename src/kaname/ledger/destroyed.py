"""Circles whose key was destroyed (内閣府令10条3号ホ): a note for each in KANAME_HOME, which no backup takes back.

    destroyed/CIRCLE = {"at", "by", "circle", "confirmed_by", "reason"}    canonical JSON

The note is written before anything is destroyed. From then on every process refuses to seal and to open for the circle,
whatever keys it still remembers: each looks at the folder before it uses one (a glance of a microsecond).
"""

import os
import time
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kaname.ledger.errors import Destroyed
from kaname.ledger.strict_json import canonical, loads
from kaname.site.home import home, write_new

_FOLDER = "destroyed"
GONE = "鍵とともに破棄された / destroyed with its key"  # stands in place of a text


class Note(NamedTuple):
    """When a circle's key was destroyed, by whose word (public ids of two people), and why."""

    circle: str
    at: str
    by: str
    confirmed_by: str
    reason: str


_KNOWN: dict[str, Note] = {}
_SEEN: list[tuple[str, int]] = []
# A file system tells the time of a change in steps (4 ms, in some 2 s). Within one, a second note changes nothing that
# could be seen of the folder: until it is over, the notes themselves are read.
_TICK = 2_500_000_000


def write(note: Note) -> None:
    """From here on nothing of the circle opens. Durable when this returns; who is second changes nothing."""
    (home() / _FOLDER).mkdir(mode=0o700, exist_ok=True)
    write_new(home() / _FOLDER / note.circle, canonical(note._asdict()).encode())
    look()


def of(circle: str) -> Note | None:
    """The note of a circle, None where its key was not destroyed."""
    if not circle:
        return None
    look()
    return _KNOWN.get(circle)


def all_() -> list[Note]:
    look()
    return sorted(_KNOWN.values(), key=lambda note: note.at)


def refuse(circle: str) -> None:
    """Raises Destroyed where a circle's key was destroyed."""
    if circle and (note := of(circle)):
        raise Destroyed(note.at[:10], note.reason)


def look() -> bool:
    """Read the notes anew if one has come since; whether it has. What the process remembers is dropped then."""
    folder = _folder(os.environ.get("KANAME_HOME", ""))
    try:
        seen = (str(folder), folder.stat().st_mtime_ns)
    except FileNotFoundError:
        seen = (str(folder), 0)
    if seen in _SEEN:
        return False
    read: list[Any] = [loads(p.read_bytes()) for p in folder.glob("[!.]*")] if seen[1] else []
    found = {one["circle"]: Note(**one) for one in read}
    _SEEN[:] = [seen] if abs(time.time_ns() - seen[1]) > _TICK else []
    if found == _KNOWN:
        return False
    _KNOWN.clear()
    _KNOWN.update(found)
    if found:
        from kaname.ledger import store  # which stands above

        store.forget()
    return bool(found)


@cache
def _folder(_: str) -> Path:
    """`home` asks the disk each time."""
    return home() / _FOLDER
