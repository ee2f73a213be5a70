"""Run by `child` as a process of its own: loads the reader of a file, shuts itself in, and only then takes the bytes.

    python -I confined.py PROGRAM MEMORY SECONDS      line of JSON + bytes on standard input -> the same on output

PROGRAM is a file that imports no more of Kaname than readers: `prepare()` loads its libraries, `answer(asked, content)`
gives a dict and bytes, or raises Refused. Shut in means: bounded memory and time; no file written or changed, none read
but our fonts (Landlock); no process, program or socket begun (a list of the calls that reading takes, seccomp). What a
hostile file does to a reader, it does here, where there is no key, no connection and no way out.
"""

import codecs
import ctypes
import importlib
import importlib.util
import json
import os
import platform
import resource
import struct
import sys
from pathlib import Path
from typing import Any

_CODECS = ("ascii", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "cp437")
FONTS = Path(__file__).parents[1] / "typeset" / "fonts"


class Refused(Exception):
    """`code` is turned into a sentence by the parent."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.answer = {"refused": code, **facts}


def load(*names: str) -> None:
    """Libraries that `answer` will need: once shut in, no file of theirs can be read any more."""
    for name in names:
        importlib.import_module(name)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.modules["kaname.files.confined"] = sys.modules["__main__"]
    program = _loaded(sys.argv[1])
    program.prepare()
    for name in _CODECS:
        codecs.lookup(name)
    head: dict[str, Any]
    held = shut(int(sys.argv[2]), int(sys.argv[3]))
    asked, content = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()
    try:
        head, body = program.answer(asked, content)
    except Refused as refused:
        head, body = refused.answer, b""
    except (MemoryError, RecursionError):
        head, body = {"refused": "large"}, b""
    sys.stdout.buffer.write(json.dumps({**head, "held": held}).encode() + b"\n" + body)


def _loaded(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("program", path)
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def shut(memory: int, seconds: int) -> list[str]:
    """From here on nothing is opened or begun. Returns what this system has held it with."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0),
                       (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 32)):  # fmt: skip
        resource.setrlimit(kind, (most, most))
    _LIBC.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    alone = len(list(Path("/proc/self/task").iterdir())) == 1
    files = _files_shut()
    # Landlock holds the thread that asks for it, seccomp all: where a library has begun another, nothing is opened.
    calls = _calls_shut(opening=files and alone)
    return ["limits", *(["files"] if files or calls else []), *(["calls"] if calls else [])]


_LIBC = ctypes.CDLL(None, use_errno=True)
_NO_NEW_PRIVILEGES, _BY_FILTER, _EVERY_THREAD = 38, 1, 1

# -- files: Landlock, since Linux 5.13 -------------------------------------------------------------------------------

_MAKE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every machine
_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_READ = 1 << 2 | 1 << 3  # of a file, of a folder


def _files_shut() -> bool:
    version = _LIBC.syscall(_MAKE_RULES, None, 0, 1)
    if version < 1:
        return False
    every = struct.pack("Q", (1 << _RIGHTS_BY_VERSION[min(version, 5)]) - 1)
    rules = _LIBC.syscall(_MAKE_RULES, every, len(every), 0)
    if rules < 0:
        return False
    fonts = os.open(FONTS, os.O_PATH)
    added = _LIBC.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", _READ, fonts), 0)
    done = added == 0 and bool(_LIBC.syscall(_RESTRICT, rules, 0) == 0)
    os.close(fonts)
    os.close(rules)
    return done


# -- calls: seccomp --------------------------------------------------------------------------------------------------

_READING = ("openat", "open", "stat", "lstat", "newfstatat", "access", "readlink", "getdents64", "statx")
_ALWAYS = (
    "read", "write", "readv", "writev", "pread64", "lseek", "close", "fstat", "fcntl", "ioctl", "mmap", "mprotect",
    "munmap", "mremap", "madvise", "brk", "futex", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
    "getpid", "gettid", "getuid", "exit", "exit_group", "clock_gettime", "gettimeofday", "getrandom", "sched_yield",
    "sched_getaffinity", "sysinfo", "uname", "getcwd",
)  # fmt: skip
# Of each machine: the name that the kernel knows it by, the number of the call that sets a filter, and those of the
# calls above; what it lacks it lacks.
_MACHINES: dict[str, tuple[int, int, dict[str, int]]] = {
    "x86_64": (0xC000003E, 317, dict(
        read=0, write=1, open=2, close=3, stat=4, fstat=5, lstat=6, lseek=8, mmap=9, mprotect=10, munmap=11, brk=12,
        rt_sigaction=13, rt_sigprocmask=14, rt_sigreturn=15, ioctl=16, pread64=17, readv=19, writev=20, access=21,
        sched_yield=24, mremap=25, madvise=28, getpid=39, exit=60, uname=63, fcntl=72, getcwd=79, readlink=89,
        gettimeofday=96, sysinfo=99, getuid=102, sigaltstack=131, gettid=186, futex=202, sched_getaffinity=204,
        getdents64=217, clock_gettime=228, exit_group=231, openat=257, newfstatat=262, getrandom=318, statx=332,
    )),
    "aarch64": (0xC00000B7, 277, dict(
        getcwd=17, fcntl=25, ioctl=29, openat=56, close=57, getdents64=61, lseek=62, read=63, write=64, readv=65,
        writev=66, pread64=67, newfstatat=79, fstat=80, exit=93, exit_group=94, futex=98, clock_gettime=113,
        sched_getaffinity=123, sched_yield=124, sigaltstack=132, rt_sigaction=134, rt_sigprocmask=135,
        rt_sigreturn=139, uname=160, gettimeofday=169, getpid=172, getuid=174, gettid=178, sysinfo=179, brk=214,
        munmap=215, mremap=216, mmap=222, mprotect=226, madvise=233, getrandom=278, statx=291,
    )),
}  # fmt: skip
_LOAD, _IS, _RETURN = 0x20, 0x15, 0x06
_ALLOWED, _NOT_PERMITTED = 0x7FFF0000, 0x00050001  # the second: the call fails with EPERM


def _calls_shut(opening: bool) -> bool:
    """Every call but those that reading takes fails. `opening`: files may be opened, for Landlock says which."""
    if platform.machine() not in _MACHINES:
        return False
    name, setting, numbers = _MACHINES[platform.machine()]
    wanted = [numbers[call] for call in (*_ALWAYS, *(_READING if opening else ())) if call in numbers]
    step = struct.Struct("HBBI").pack
    program = [step(_LOAD, 0, 0, 4), step(_IS, 1, 0, name), step(_RETURN, 0, 0, _NOT_PERMITTED), step(_LOAD, 0, 0, 0)]
    program += [step(_IS, len(wanted) - at, 0, call) for at, call in enumerate(wanted)]
    program += [step(_RETURN, 0, 0, _NOT_PERMITTED), step(_RETURN, 0, 0, _ALLOWED)]
    steps = ctypes.create_string_buffer(b"".join(program))
    told = struct.pack("HxxxxxxP", len(program), ctypes.addressof(steps))
    return int(_LIBC.syscall(setting, _BY_FILTER, _EVERY_THREAD, told)) == 0


if __name__ == "__main__":
    main()
