"""What a newcomer does, for the build: `make run` on an empty home, wait for the page, log in once, Ctrl-C.

Fails within its time limit when any of it does not work. Only the standard library.
"""

import contextlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

LIMIT = 280  # seconds from the first line to the login, the making of the environment included


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kaname-run-") as home, tempfile.TemporaryFile("w+") as said:
        env = {**os.environ, "KANAME_HOME": home, "KANAME_LANG": "en"}
        process = subprocess.Popen(
            ["make", "--no-print-directory", "run", f"PORT={port}"],
            env=env, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            came = visit(f"http://127.0.0.1:{port}", process, said, http.cookiejar.CookieJar())
            os.killpg(process.pid, signal.SIGINT)
            process.wait(60)
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read())
            raise
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    sys.stdout.write(f"make run: {came}\n")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def visit(address: str, process: subprocess.Popen, said, jar: http.cookiejar.CookieJar) -> str:
    """Wait, log in with what was printed; returns what was seen. `jar` has the cookies then."""
    end = time.monotonic() + LIMIT
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    while True:
        with contextlib.suppress(OSError), browser.open(f"{address}/healthz", timeout=5):
            break
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("the office did not start")
        time.sleep(0.2)
    email, password = told(address, said, min(end, time.monotonic() + 10))
    browser.open(f"{address}/accounts/login/", timeout=30).close()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = {"login": email, "password": password, "csrfmiddlewaretoken": token}
    with browser.open(f"{address}/accounts/login/", urllib.parse.urlencode(form).encode(), timeout=30) as page:
        if urllib.parse.urlsplit(page.url).path != "/":
            raise SystemExit(f"no login: {page.url}")
        return f"{email} is logged in at {page.url}"


def told(address: str, said, end: float) -> tuple[str, str]:
    """The login and the password that were printed. The office looks every half second whether it answers: whoever asks
    more often may be answered before it says so."""
    while True:
        printed = os.pread(said.fileno(), 1 << 20, 0).decode()  # leaves the place where the office writes on
        email, password = re.search(r"attorney@\S+", printed), re.search(r"password[^:]*: (\S+)", printed)
        if address in printed and email and password:
            return email[0], password[1]
        if time.monotonic() > end:
            raise SystemExit("the address or the logins were not printed")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
