"""The office as a process of its own: started on a free port, asked over HTTP, stopped by a signal."""

import contextlib
import http.cookiejar
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE = 300  # seconds at most, on however busy a machine


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean one: only the home and what a test adds."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KANAME_", "DJANGO_"))}
    compiled = {"KANAME_COMPILE": "no"}  # tests/conftest.py did, before the workers started
    return {
        **kept,
        **compiled,
        "KANAME_HOME": str(home),
        "KANAME_LANG": "en",
        "PYTHONPATH": os.pathsep.join(sys.path),
        **more,
    }


def kaname(home: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "kaname", *args], env=environment(home, **env), capture_output=True, text=True,
        check=False, timeout=_PATIENCE,
    )  # fmt: skip


@dataclass
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Running:
    """An office that answers. `log`: the file its standard error goes to."""

    process: subprocess.Popen
    port: int
    log: Path
    said: Path
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def ask(self, path: str, form: Mapping[str, str] | None = None, timeout: float = _PATIENCE) -> Answer:
        """A page, with cookies as a browser keeps them; with `form` it is posted."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data)
        try:
            with opener.open(request, timeout=timeout) as found:
                return Answer(found.status, found.read().decode(), found.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), error.headers)

    def cookie(self, name: str) -> str:
        return next(c.value for c in self.jar if c.name == name)

    def log_in(self, email: str, password: str) -> Answer:
        self.ask("/accounts/login/")
        form = {"login": email, "password": password, "csrfmiddlewaretoken": self.cookie("csrftoken")}
        return self.ask("/accounts/login/", form)

    def lines(self) -> list[dict]:
        """What was logged; each line is JSON or the test fails here."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(_PATIENCE)


@contextlib.contextmanager
def running(home: Path, *args: str, usual: bool = False, **env: str) -> Iterator[Running]:
    """Started, and answering when the block begins; stopped when it ends. One worker answers, where neither the test
    says how many nor wants as many as `usual`: each takes seconds to start."""
    port = free_port()
    log, said = home.parent / f"{home.name}-{port}.log", home.parent / f"{home.name}-{port}.out"
    with log.open("w") as err, said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kaname", "up", "--port", str(port), *([] if usual else ["--workers", "1"]), *args],
            env=environment(home, **env), stdout=out, stderr=err, start_new_session=True,
        )  # fmt: skip
    office = Running(process, port, log, said)
    try:
        _wait(office)
        yield office
    finally:
        if process.poll() is None:
            office.stop()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a worker left behind would hold the port and the database


def _wait(office: Running) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if office.process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            office.ask("/healthz", timeout=5)
            return
        time.sleep(0.1)
    raise AssertionError(f"the office did not start: {office.log.read_text()}")
