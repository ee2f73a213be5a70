"""KANAME_HOME: the folder that holds an office's data and keys. Only its owner may read what lies in it."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaname.law import T, Text


class Unsafe(RuntimeError):
    """A file of the office that others could read, or that is not what it should be. The start is refused."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def home() -> Path:
    """The folder, made where it does not exist. KANAME_HOME, else `kaname` in the user's data folder (XDG)."""
    named = os.environ.get("KANAME_HOME")
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folder = Path(named).expanduser() if named else data / "kaname"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def secret(name: str, size: int = 32) -> bytes:
    """Random bytes kept in a file of the home folder, drawn when first asked for; there is no default."""
    found = kept(name, size)
    if found is None:
        write_new(home() / name, secrets.token_bytes(size))
        found = kept(name, size)
        assert found is not None
    return found


def kept(name: str, size: int = 32) -> bytes | None:
    """The bytes kept in a file of the home folder, None where there is no such file."""
    path = home() / name
    if not path.exists():
        return None
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise Unsafe(T(f"{path}：ほかの人が読める（{mode:04o}）；0600 に：chmod 600 {path}",
                       f"{path}: others may read it (mode {mode:04o}); expected 0600. Say: chmod 600 {path}")
                     )  # fmt: skip
    found = path.read_bytes()
    if len(found) != size:
        raise Unsafe(T(f"{path}：{len(found)} バイト、要るのは {size}；鍵を保管した所から戻すこと",
                       f"{path}: {len(found)} bytes, expected {size}; put the file back from where keys are kept")
                     )  # fmt: skip
    return found


def write_new(path: Path, content: bytes) -> None:
    """Whole or not at all, never over an existing file (two processes may start at once), and on the disk before this
    returns: what a lost key has sealed is lost."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(
                content
            )  # all of it, or an error: of what one call of the system writes a full disk takes a part
            file.flush()
            os.fsync(handle)
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    synced(path.parent)


def write_over(path: Path, content: bytes) -> None:
    """In place of what lies there: who reads meanwhile has the old or the new, whole."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_new(part, content)
    part.replace(path)
    synced(path.parent)


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One at a time, process or thread: two that read and write at once would each forget what the other has added."""
    with (home() / f".{what}_lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def synced(folder: Path) -> None:
    """The names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
