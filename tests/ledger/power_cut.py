"""The disk of a process, recorded call by call, and every state in which a power cut could leave it.

What was not yet synced may have reached the disk or not, in any order, cut at sectors of 512 bytes; what was synced
is there. Shared memory (-shm) is lost: SQLite builds it anew.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALL = re.compile(
    r'^\d+ +(\w+)\((?:\d+<([^>]*)>|"([^"]*)")'  # the file, by handle or by name
    r'(?:, (?:"([^"]*)"|(\d+)))?(?:, (\d+))?(?:, (\d+))?\) = (-?\d+)'
)
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"


@dataclass(frozen=True)
class Op:
    """One call that changes a file: write, truncate, sync, unlink."""

    what: str
    name: str
    data: bytes = b""
    at: int = 0


def unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def recorded(trace: Path) -> Iterator[Op]:
    """The calls in a trace of strace -f -y -xx."""
    for line in trace.read_text().splitlines():
        found = _CALL.match(line)
        if not found or int(found[8]) < 0:
            continue
        call, name = found[1], Path(unhex(found[2] or found[3]).decode()).name
        if call == "pwrite64":
            yield Op("write", name, unhex(found[4]), int(found[7]))
        elif call == "write":
            yield Op("append", name, unhex(found[4]))
        elif call == "ftruncate":
            yield Op("truncate", name, at=int(found[5]))
        else:
            yield Op("unlink" if call == "unlink" else "sync", name)


@dataclass
class File:
    durable: bytes = b""
    pending: list[Op] = field(default_factory=list)


class Disk:
    """Files as synced, and what is still under way."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = {name: File(content) for name, content in files.items()}

    def take(self, op: Op) -> None:
        file = self.files.setdefault(op.name, File())
        if op.what == "sync":
            file.durable, file.pending = applied(file.durable, file.pending), []
        elif op.what == "unlink":
            del self.files[op.name]
        else:
            file.pending.append(op)

    def states(self, lot: random.Random, torn: int) -> Iterator[dict[str, bytes]]:
        """Nothing of what is under way, all of it, and `torn` mixtures."""
        yield {name: file.durable for name, file in self.files.items()}
        if any(file.pending for file in self.files.values()):
            yield {name: applied(file.durable, file.pending) for name, file in self.files.items()}
            for _ in range(torn):
                yield {
                    n: applied(f.durable, [p for o in f.pending for p in tear(o, lot)]) for n, f in self.files.items()
                }


def tear(op: Op, lot: random.Random) -> Iterator[Op]:
    """A part of a call: nothing, all, or some of its sectors."""
    fate = lot.choice(("none", "all", "some"))
    if fate == "all" or (fate == "some" and op.what != "write"):
        yield op
    elif fate == "some":
        for start in range(0, len(op.data), SECTOR):
            if lot.random() < 0.5:
                yield Op("write", op.name, op.data[start : start + SECTOR], op.at + start)


def applied(content: bytes, ops: list[Op]) -> bytes:
    if not ops:
        return content
    made = bytearray(content)
    for op in ops:
        if op.what == "truncate":
            del made[op.at :]
            made.extend(bytes(op.at - len(made)))
        else:
            made.extend(bytes(max(0, op.at + len(op.data) - len(made))))
            made[op.at : op.at + len(op.data)] = op.data
    return bytes(made)
