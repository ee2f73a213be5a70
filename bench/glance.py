"""The picture of the Act on any day, the comparison of two days and its pages, as an office grows.

Each office is measured in a process of its own: milliseconds waited and of processor for a picture of many days, for
people whose mandates cover everything (the daily numbers answer) and for those of single parties (their cases' courses
are read); the comparison of two days; the cover and a subject through Django's whole stack.

Run: python bench/glance.py [--cases 1250 12500 125000] [--ready DIR]
The largest office is taken from DIR where one is ready there (bench/make_office.py, migrated and rebuilt).
"""

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

ASKED = argparse.ArgumentParser(description=__doc__.splitlines()[0])
ASKED.add_argument("--cases", type=int, nargs="+", default=[1_250, 12_500, 125_000])
ASKED.add_argument("--ready", type=Path)
ASKED.add_argument("--measure", type=Path, help=argparse.SUPPRESS)  # a process for one office
TIMES = 20
Found = dict[str, Any]


def waited(job: Callable[[], Any]) -> Found:
    """One thing again and again: milliseconds waited, and of processor."""
    job()
    clock_ms, cpu_ms = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.thread_time()
        job()
        cpu_ms.append((time.thread_time() - worked) * 1000)
        clock_ms.append((time.perf_counter() - began) * 1000)
    cut, cpu = quantiles(clock_ms, n=20), quantiles(cpu_ms, n=20)
    return {
        "p50": round(cut[9], 1),
        "p95": round(cut[18], 1),
        "cpu_p50": round(cpu[9], 1),
        "cpu_p95": round(cpu[18], 1),
    }


def measure(home: Path, cases: int) -> Found:
    """One office, which is made first unless it is there."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    sys.path.insert(0, str(Path(__file__).parent))
    import make_office

    from kaname.access.models import Person
    from kaname.ledger import clock
    from kaname.ledger.models import Case, Tally
    from kaname.ledger.words import install
    from kaname.registers.compare import compare
    from kaname.registers.picture import picture
    from kaname.site import files

    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.INFO)  # a line a request
    files.collect()
    import_module("kaname.site.wsgi")  # as a worker's process: everything loaded
    call_command("migrate", verbosity=0)
    if not Case.objects.exists():
        install(connection)
        make_office.make(cases)
    today = clock.today()
    days = [date(2022, 5, 18) + timedelta(n * (today - date(2022, 5, 18)).days // 15) for n in range(16)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        entries = cursor.fetchone()[0]
    found: Found = {"cases": Case.objects.count(), "entries": entries, "tally_rows": Tally.objects.count(),
                    "load": os.getloadavg()[0]}  # fmt: skip
    for address in ("jpo", "attorney"):
        person = Person.objects.get(email=f"{address}@bench.example")
        pictures = (picture(day, person) for day in cycle(days))
        one: Found = {"picture": waited(partial(next, pictures))}
        with CaptureQueriesContext(connection) as queries:
            picture(days[9], person)
        one["picture"]["statements"] = len(queries)
        one["compare"] = waited(partial(compare, date(2024, 6, 4), today, person))
        browser = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="ja")
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        for name, page in (("cover", "/glance/"), ("subject", "/glance/patents/?as_of=2025-06-01")):
            assert browser.get(page).status_code == 200
            one[name] = waited(partial(browser.get, page))
        found[address] = one
    return found


def main() -> None:
    given = ASKED.parse_args()
    if given.measure:
        sys.stdout.write(json.dumps(measure(given.measure, given.cases[0])) + "\n")
        return
    results = Path(__file__).parent / "results" / "glance.json"
    found = []
    for cases in given.cases:
        with tempfile.TemporaryDirectory(prefix="kaname-bench-") as made:
            home = given.ready if given.ready and cases == max(given.cases) else Path(made)
            env = os.environ | {"DJANGO_SETTINGS_MODULE": "kaname.site.settings", "KANAME_HOME": str(home),
                                "KANAME_DATABASE_URL": ""}  # fmt: skip
            command = [sys.executable, __file__, "--measure", str(home), "--cases", str(cases)]
            said = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
            found.append(json.loads(said.splitlines()[-1]))
            sys.stdout.write(json.dumps(found[-1], indent=1) + "\n")
    results.write_text(json.dumps({"offices": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
