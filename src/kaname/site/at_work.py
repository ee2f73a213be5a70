"""Who works in KANAME_HOME: any number side by side, or one alone, as a restore must.

The lock is the system's (flock): it goes with the process that took it, however that ends, and a worker that is forked
holds it with its parent.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaname.law import T, Text
from kaname.ledger.errors import LedgerError
from kaname.site.home import home

_LOCK = ".at_work_lock"
_BUSY = T("この事務所では {what} が動いている。その間に届いた行為が失われうるので、何も変えていない。"
          "kaname up などをすべて止めてから（Ctrl-C、サービスなら systemctl stop）、もう一度",
          "{what} is at work in this office, and what is filed meanwhile could be lost: nothing was changed. Stop all "
          "of the office first (kaname up: Ctrl-C, or systemctl stop its service), then again")  # fmt: skip
_ALONE = T("この事務所では {what} が一人で働いている；終わってからもう一度",
           "{what} works alone in this office; wait until it has ended, then again")  # fmt: skip
_SOMEBODY = T("ほかのプロセス", "another process")


class AtWork(LedgerError):
    """Somebody else works here."""


@contextmanager
def together() -> Iterator[None]:
    """Within the block nobody works alone here. Raises AtWork where somebody does."""
    handle = _taken(fcntl.LOCK_SH, _ALONE)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def alone() -> Iterator[None]:
    """Within the block nobody else works here. Raises AtWork, saying who does."""
    handle = _taken(fcntl.LOCK_EX, _BUSY)
    try:
        yield
    finally:
        os.close(handle)


def stay() -> None:
    """Work here, beside others, until this process ends. Raises AtWork."""
    _taken(fcntl.LOCK_SH, _ALONE)


def _taken(how: int, refused: Text) -> int:
    path = home() / _LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise AtWork(refused.fill(what=who(path))) from None
    return handle


def busy(what: Text) -> AtWork:
    """That somebody has the database open whom no lock of ours keeps out: an earlier version, another program."""
    return AtWork(_BUSY.fill(what=what))


def who(path: Path) -> Text:
    """Who else has a file open, as far as the system tells: `kaname up (4711)`."""
    file, proc = path.resolve(), Path("/proc")
    numbers = {int(one.name) for one in (proc.iterdir() if proc.is_dir() else ()) if one.name.isdecimal()}
    told = [f"{_program(one)} ({one})" for one in sorted(numbers - {os.getpid()}) if _has_open(one, file)]
    return T("、".join(told), ", ".join(told)) if told else _SOMEBODY


def _has_open(number: int, file: Path) -> bool:
    try:
        return any(one.readlink() == file for one in Path(f"/proc/{number}/fd").iterdir())
    except OSError:  # another user's, or gone
        return False


def _program(number: int) -> str:
    """The first words by which a process was called; never its options."""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "?"
    names = [Path(word).name for word in words]
    if "kaname" not in names[1:]:
        return names[0]
    return " ".join(["kaname", *names[names.index("kaname", 1) + 1 :][:1]])
