"""The office with a million entries: what one person waits for a page, and how many pages all get; verify and rebuild.

For each database: every page below, asked by people with different mandates through Django's whole stack, the 50th and
95th percentile of the time waited, the processor time and the number of statements of one; then the list of cases
served by granian (2 workers) to 16 clients at once; then `verify` and `rebuild`, on SQLite `backup` and `restore`.

Run: python bench/office.py [--cases 125000] [--home DIR] [--only sqlite|postgresql] [--quick]
An office that is there under DIR is used as it is; otherwise it is made first.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "ledger")]
ASKED = argparse.ArgumentParser(description=__doc__.splitlines()[0])
ASKED.add_argument("--cases", type=int, default=125_000)
ASKED.add_argument("--home", type=Path)
ASKED.add_argument("--only", choices=("sqlite", "postgresql"))
ASKED.add_argument("--quick", action="store_true", help="pages only")
GIVEN = ASKED.parse_args()
HOME = GIVEN.home or Path(tempfile.mkdtemp(prefix="kaname-bench-"))
HOME.mkdir(parents=True, exist_ok=True)
os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings", "KANAME_HOME": str(HOME), "KANAME_DATABASE_URL": ""}

import django

django.setup()

import make_office
import throwaway
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from kaname.access.models import Person
from kaname.ledger import anew, clock, roles, store
from kaname.ledger.api import backup, restore, verify
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.site import files
from kaname.site.databases import embedded, postgresql

WARM, TIMES, SECONDS, CLIENTS, WORKERS = 1, 20, 10, 16, 2
Found = dict[str, Any]


def pages(person: Person) -> dict[str, str]:
    """What a person looks at, by name."""
    own = Row.objects.filter(kind="patents.application").order_by("case_id")[3]
    party = make_office.party(0)
    week = clock.today() + timedelta(7)
    lists = {f"list by {sort}": f"/cases/?sort={sort}" for sort in ("due", "-due", "number", "-number", "opened",
                                                                     "-opened", "state")}  # fmt: skip
    filters = {
        "kind": "kind=patents.application", "state": "kind=patents.application&state=sent", "overdue": "overdue=on",
        "breach": "breach=on", "party": f"party={quote(party)}", "due within a week": f"due_until={week}",
    }  # fmt: skip
    lists |= {f"list, {name}": f"/cases/?{query}" for name, query in filters.items()}
    lists |= {"list, page 200": "/cases/?page=200", "list by opened, page 200": "/cases/?sort=-opened&page=200"}
    texts = {
        "1 character": party[0], "2 characters": party[:2], "3 characters": party[:3], "6 characters": party[:6],
        "number": "1234", "a title": "制御装置", "nothing fits": "存在しない語句",
    }  # fmt: skip
    searches = {f"search, {name}": f"/search/?q={quote(text)}" for name, text in texts.items()}
    return {
        "inbox": "/", "inbox, a group": "/?group=later", "inbox, waiting for others": "/?group=waiting",
        **lists, **searches, "case": f"/cases/{Case.objects.get(pk=own.case_id).public_id}/",
    }  # fmt: skip


def client(person: Person) -> Client:
    """Logged in, with the session of a whole login."""
    made = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="ja")
    made.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return made


def waited(browser: Client, address: str) -> Found:
    """One page again and again: milliseconds waited, of processor, and statements."""
    for _ in range(WARM):
        answer = browser.get(address)
        if answer.status_code == 404:
            return {}
        assert answer.status_code == 200, (address, answer.status_code, answer.headers)
    clock_ms, cpu_ms = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.thread_time()
        browser.get(address)
        cpu_ms.append((time.thread_time() - worked) * 1000)
        clock_ms.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    cut, cpu = quantiles(clock_ms, n=20), quantiles(cpu_ms, n=20)
    return {
        "p50": round(cut[9], 1), "p95": round(cut[18], 1), "cpu_p50": round(cpu[9], 1), "cpu_p95": round(cpu[18], 1),
        "statements": len(queries),
    }  # fmt: skip


def all_pages() -> Found:
    found: Found = {"load": os.getloadavg()[0]}
    for address in make_office.PEOPLE:
        person = Person.objects.get(email=address)
        browser = client(person)
        found[address.partition("@")[0]] = {
            name: ms for name, page in pages(person).items() if (ms := waited(browser, page))
        }
    return found


# -- many at once ----------------------------------------------------------------------------------------------------


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    """The office behind granian, as `kaname up` serves it."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [
        sys.executable, "-c",
        f"from kaname.site import server; server.serve('127.0.0.1', {port}, {WORKERS}, lambda: None)",
    ]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def at_once(port: int, address: str, who: dict[str, str]) -> Found:
    """Pages a second that 16 clients get together. By wrk where it is installed, else by threads of this process."""
    headers = {"Host": "localhost", "Accept-Language": "ja", **who}
    asked = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(8):
        asked.request("GET", address, headers=headers)
        answer = asked.getresponse()
        size = len(answer.read())
        assert answer.status == 200, answer.status
    load = os.getloadavg()[0]
    if wrk := shutil.which("wrk"):
        command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "--latency"]
        command += [x for name, value in headers.items() for x in ("-H", f"{name}: {value}")]
        said = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{address}"], check=True, capture_output=True, text=True
        ).stdout
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        errors = re.search(r"Socket errors: (.*)", said)
        (rate,) = map(float, re.findall(r"Requests/sec:\s+([\d.]+)", said))
        return {"per_second": rate, "errors": (int(bad[1]) if bad else 0) + bool(errors), "bytes": size,
                "by": "wrk", "load": load}  # fmt: skip
    return {**_by_threads(port, address, headers), "bytes": size, "by": "threads", "load": load}


def _by_threads(port: int, address: str, headers: dict[str, str]) -> Found:
    ends, done, errors = time.perf_counter() + SECONDS, [0] * CLIENTS, [0] * CLIENTS

    def ask(i: int) -> None:
        link = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < ends:
            link.request("GET", address, headers=headers)
            answer = link.getresponse()
            answer.read()
            done[i] += 1
            errors[i] += answer.status != 200

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"per_second": sum(done) / SECONDS, "errors": sum(errors)}


# -- the whole ledger ------------------------------------------------------------------------------------------------


def upkeep() -> Found:
    """`verify`, `rebuild`, and on SQLite `backup` and `restore` of everything, which verify what they write and put in
    place: seconds of the clock and of this process."""
    found: Found = {"load": os.getloadavg()[0]}
    file = HOME / "bench.sqlite3"
    jobs: list[tuple[str, Callable[[], Any]]] = [("verify", verify), ("rebuild", anew.rebuild)]
    if connection.vendor == "sqlite":
        jobs += [("backup", lambda: backup(file)), ("restore", lambda: restore(file))]
    for name, job in jobs:
        store.forget()
        began, worked = time.perf_counter(), time.process_time()
        answer = job()
        assert name == "rebuild" or not answer.faults, answer.faults[:3]
        found[name] = {"s": round(time.perf_counter() - began, 1), "cpu_s": round(time.process_time() - worked, 1)}
    for path in (file, *HOME.glob("before-restore-*")):
        path.unlink(missing_ok=True)
    return found


# -- both databases --------------------------------------------------------------------------------------------------


def measure(env: dict[str, str]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        entries = cursor.fetchone()[0]
    found: Found = {"cases": Case.objects.count(), "entries": entries, "pages": all_pages()}
    if GIVEN.quick:
        return found
    browser = client(Person.objects.get(email="jpo@bench.example"))
    cookie = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())}
    connection.close()
    with served(env) as port:
        found["at_once"] = {
            name: at_once(port, address, cookie) for name, address in (("list", "/cases/"), ("inbox", "/"))
        }
    found["upkeep"] = upkeep()
    return found


def sqlite() -> Found:
    path = HOME / "kaname.sqlite3"
    there = path.exists()
    throwaway.connect(embedded(path))
    call_command("migrate", verbosity=0)
    if not there:
        make_office.make(GIVEN.cases)
    return measure({})


def on_postgresql() -> Found:
    base = os.environ.get("KANAME_BENCH_CLUSTER", "")
    with ExitStack() as held:
        if not base:
            base = held.enter_context(throwaway.cluster())
            throwaway.migrated_postgresql(base, "bench")
        address = throwaway.url(base, roles.WEB, "bench")
        throwaway.connect(postgresql(address))
        if not Case.objects.exists():
            make_office.make(GIVEN.cases)
            throwaway.superuser(base, "VACUUM ANALYZE", database="bench")
        return measure({"KANAME_DATABASE_URL": address})


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    from kaname.site import wsgi  # noqa: F401 - a worker's process: everything loaded, and left alone by the collector

    files.collect()
    results = Path(__file__).parent / "results" / "office.json"
    found: Found = json.loads(results.read_text("utf-8")) if results.exists() else {}
    if GIVEN.only != "postgresql":
        found["SQLite"] = sqlite()
    if GIVEN.only != "sqlite" and throwaway.bindir():
        found["PostgreSQL"] = on_postgresql()
    for database in found:
        _show(database, found[database])
    results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not GIVEN.home:
        connection.close()
        shutil.rmtree(HOME, ignore_errors=True)


def _show(database: str, found: Found) -> None:
    table = Table(database, "p50 ms", "p95 ms", "CPU p50", "CPU p95", "statements")
    for who, of_person in found["pages"].items():
        if isinstance(of_person, dict):
            for name, ms in of_person.items():
                table.add_row(
                    f"{who}: {name}", *(str(ms[k]) for k in ("p50", "p95", "cpu_p50", "cpu_p95", "statements"))
                )
    Console().print(table, {k: v for k, v in found.items() if k != "pages"})


if __name__ == "__main__":
    main()
