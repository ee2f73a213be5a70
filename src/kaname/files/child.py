"""Foreign files are read in a process of their own, that is shut in before it sees the first byte (see `confined`).

    found = child.run(PROGRAM, content, {"type": ...})      found.head, found.body; `refused` in the head, if it was

It gets no environment and no open file but its input and output, and cannot be waited for longer than it may work.
"""

import json
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Thread, Timer
from typing import Any, NamedTuple

from kaname.law import T

MEMORY, SECONDS = 512 << 20, 20
ANSWER = 256 << 20  # bytes at most that are taken from it
_CONFINED = Path(__file__).with_name("confined.py")
_SLACK = 10  # seconds of waiting beyond the seconds of work: the machine may have others to serve

LARGE, SLOW, DIED = "large", "slow", "died"
TOLD = {
    LARGE: T("開くと大きすぎる；分けるか、小さくして", "unpacks to too much; split it or make it smaller"),
    SLOW: T("読むのに時間がかかりすぎる；分けるか、保存し直して", "takes too long to read; split it or save it anew"),
    DIED: T("壊れているか大きすぎて、読む途中で読み手が止まった；作った道具で保存し直して",
            "broken or too large: the reader broke off on it; save it anew with the program that made it"),
}  # fmt: skip


class Answer(NamedTuple):
    """What the program said; `head["refused"]` (a code) where it did not read the file."""

    head: dict[str, Any]
    body: bytes

    @property
    def refused(self) -> str:
        return str(self.head.get("refused", ""))


def run(program: Path, content: bytes, asked: dict[str, Any] | None = None, *, memory: int = MEMORY,
        seconds: int = SECONDS) -> Answer:  # fmt: skip
    """The answer of a program on a file. It never raises for what the file does: the answer is refused then."""
    given = json.dumps(asked or {}).encode() + b"\n" + content
    command = [sys.executable, "-I", str(_CONFINED), str(program), str(memory), str(seconds)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}) as process:
        late = Timer(seconds + _SLACK, process.kill)
        fed = Thread(target=_feed, args=(process, given), daemon=True)
        late.start()
        fed.start()
        told = b""
        try:
            assert process.stdout
            told = process.stdout.read(ANSWER + 1)
        finally:
            if len(told) > ANSWER:
                process.kill()
            code = process.wait()
            late.cancel()
            fed.join()
    head, _, body = told.partition(b"\n")
    try:
        return Answer(json.loads(head), body) if code == 0 else Answer({"refused": _why(code)}, b"")
    except ValueError:
        return Answer({"refused": DIED}, b"")


def _feed(process: "subprocess.Popen[bytes]", given: bytes) -> None:
    assert process.stdin
    try:
        process.stdin.write(given)
        process.stdin.close()
    except OSError:  # it has ended before it took everything
        pass


def _why(code: int) -> str:
    """SIGXCPU at its limit of time, SIGKILL where it was waited for in vain."""
    return SLOW if -code in (signal.SIGXCPU, signal.SIGKILL) else DIED


HOLDS = {
    "files": T("ファイルを開かせない（Landlock、Linux 5.13 以降）", "no file opened (Landlock, Linux 5.13 or newer)"),
    "calls": T("通信も別プロセスも始めさせない（seccomp）", "no connection or process begun (seccomp)"),
}  # fmt: skip


@cache
def held() -> frozenset[str]:
    """What this system shuts a child in with: `limits` always, `files` and `calls` where the kernel can."""
    found = run(Path(__file__).with_name("empty_child.py"), b"")
    return frozenset(found.head.get("held", ()))
