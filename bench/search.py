"""Search in an office of 125,000 cases and 100,000 documents: words common and rare, people with few rights and many.

For each database one run of: ours (`search.api.everything`: cases, facets, parties, papers, law, glossary), peers (a
plain LIKE with its count, kinds and first page; the trigram index alone, FTS5 or pg_trgm), and the floor (one bare look
through the words of all cases). Measured is the time of the processor, of the database's own process too, for machines
that are not idle; the clock stands beside it. Then how it grows: the same words in a small office.

Run: python bench/search.py --home DIR [--small 3000] [--times 8] [--only sqlite|postgresql]
An office that is there under DIR is used as it is, otherwise it is made first. Documents are added to it once.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "ledger")]
ASKED = argparse.ArgumentParser(description=__doc__.splitlines()[0])
ASKED.add_argument("--home", type=Path)
ASKED.add_argument("--cases", type=int, default=125_000)
ASKED.add_argument("--documents", type=int, default=100_000)
ASKED.add_argument("--small", type=int, default=3_000, help="cases of the small office; 0: none")
ASKED.add_argument("--times", type=int, default=8)
ASKED.add_argument("--only", choices=("sqlite", "postgresql"))
GIVEN = ASKED.parse_args()
HOME = GIVEN.home or Path(tempfile.mkdtemp(prefix="kaname-bench-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings", "KANAME_HOME": str(HOME), "KANAME_DATABASE_URL": ""}
HOME.mkdir(parents=True, exist_ok=True)

import django

django.setup()

import make_office
import throwaway
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from kaname.access import api as access
from kaname.access.models import Person
from kaname.ledger import clock, roles, store
from kaname.ledger.models import Case
from kaname.papers import names, shelf
from kaname.papers.models import Document
from kaname.search import api as find
from kaname.site.databases import embedded, postgresql

WORDS = {
    "in every case": "株", "in one of 24": "青", "2 characters": "青木", "3 characters": "青木精",
    "a whole name": "青木精機株式会社", "two words": "株 青", "a title, common": "装", "a title": "制御装置",
    "a number": "1234", "a day": "2026-04-01", "a reference": "特願2025-122880", "a paper": "明細書",
    "nothing fits": "存在しない語句",
}  # fmt: skip
Found = dict[str, Any]


def server_seconds() -> float:
    """Processor seconds of the database's own process for this connection; 0 where it is this process."""
    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(job: Callable[[], Any], times: int = GIVEN.times) -> Found:
    """Milliseconds of processor (ours and the database's) and of the clock; statements of one."""
    job()
    cpu, waited, served = [], [], server_seconds()
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        job()
        cpu.append((time.process_time() - worked) * 1000)
        waited.append((time.perf_counter() - began) * 1000)
    each = (server_seconds() - served) * 1000 / times
    with CaptureQueriesContext(connection) as queries:
        job()
    return {"cpu": [round(ms + each, 1) for ms in cpu], "clock": round(median(waited), 1), "statements": len(queries)}


def ours() -> Found:
    """Every word for every person; the 50th and 95th percentile of all, and the slowest."""
    found: Found = {}
    for address in make_office.PEOPLE:
        person = Person.objects.get(email=address)
        for name, word in WORDS.items():
            found[f"{address.partition('@')[0]}: {name}"] = measured(lambda p=person, w=word: find.everything(p, w))
    every = [ms for one in found.values() for ms in one["cpu"]]
    cut = quantiles(every, n=20)
    slowest = max(found, key=lambda name: median(found[name]["cpu"]))
    return {"p50": cut[9], "p95": cut[18], "slowest": slowest, "slowest_ms": round(median(found[slowest]["cpu"]), 1),
            "statements": sorted({one["statements"] for one in found.values()}),
            "words": {n: {**one, "cpu": round(median(one["cpu"]), 1)} for n, one in found.items()}}  # fmt: skip


def palette() -> Found:
    """What the palette asks with every letter, for every person."""
    found: Found = {}
    for address in make_office.PEOPLE:
        person = Person.objects.get(email=address)
        for name, word in WORDS.items():
            found[f"{address.partition('@')[0]}: {name}"] = measured(lambda p=person, w=word: access.nearest(p, w))
    slowest = max(found, key=lambda name: median(found[name]["cpu"]))
    return {**_p(list(found.values())), "slowest": slowest, "slowest_ms": median(found[slowest]["cpu"])}


def asked(statement: str, *params: Any) -> Callable[[], Any]:
    def job() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall()

    return job


def both(*jobs: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: [job() for job in jobs]


def peers() -> Found:
    """What one would write: LIKE for hits, count and kinds; the trigram index alone for words of three and more."""
    like = "FROM ledger_standing WHERE words LIKE %s"
    plain = [
        measured(
            both(
                asked(f"SELECT * {like} ORDER BY case_id DESC LIMIT 20", f"%{word}%"),
                asked(f"SELECT count(*) {like}", f"%{word}%"),
                asked(f"SELECT kind, count(*) {like} GROUP BY kind", f"%{word}%"),
            )
        )
        for word in WORDS.values()
    ]
    matched = (
        ("SELECT count(*) FROM ledger_words WHERE ledger_words MATCH %s", '"{}"')
        if connection.vendor == "sqlite" else (f"SELECT count(*) {like}", "%{}%")
    )  # fmt: skip
    index = [measured(asked(matched[0], matched[1].format(w))) for w in WORDS.values() if len(w) > 2 and " " not in w]
    floor = [measured(asked(f"SELECT count(*) {like}", f"%{word}%")) for word in ("株", "青")]
    return {name: _p(of) for name, of in (("like", plain), ("trigram", index), ("floor", floor))}


def _p(found: list[Found]) -> Found:
    cut = quantiles([ms for one in found for ms in one["cpu"]], n=20)
    return {"p50": round(cut[9], 1), "p95": round(cut[18], 1)}


# -- offices -----------------------------------------------------------------------------------------------------------


def documents(many: int) -> None:
    """Documents by their names, no file behind them: what a search looks through."""
    if Document.objects.count() >= many:
        return
    cases = list(Case.objects.filter(circle="").order_by("pk").values_list("pk", flat=True)[:many])
    kinds = ("明細書", "図面", "構成図", "委託契約", "役員一覧", "見積書")
    person, now = Person.objects.order_by("pk").first(), clock.now()
    for start in range(0, many, 5000):
        made = []
        for n in range(start, min(start + 5000, many)):
            id = f"d{n:015d}"
            said = {"name": f"{kinds[n % 6]}{n}.pdf", "sha256": "", "salt": "", "key": ""}
            made.append(
                Document(
                    public_id=id,
                    case_id=cases[n % len(cases)],
                    uploaded_by=person,
                    at=now,
                    media_type="application/pdf",
                    size=1,
                    stored_size=1,
                    stored_sha256="",
                    commitment="",
                    claimed_at=now,
                    **shelf.sealed_columns(id, said, ""),
                )
            )
        Document.objects.bulk_create(made)


def measure(label: str) -> Found:
    documents(GIVEN.documents * Case.objects.count() // GIVEN.cases)
    began = time.process_time()
    find.everything(Person.objects.get(email="jpo@bench.example"), "株")
    first = round(time.process_time() - began, 1)
    names.named(Person.objects.get(email="jpo@bench.example"), [("株",)], 1)
    found = {"label": label, "cases": Case.objects.count(), "documents": Document.objects.count(),
             "load": os.getloadavg()[0], "first_s": first, "ours": ours(), "palette": palette(), **peers()}  # fmt: skip
    _show(found)
    return found


def sqlite(home: Path, cases: int) -> Found:
    path = home / "kaname.sqlite3"
    there = path.exists()
    throwaway.connect(embedded(path))
    call_command("migrate", verbosity=0)
    if not there:
        make_office.make(cases)
    store.forget()
    return measure("SQLite")


_TABLES = (
    "access_office", "access_person", "access_compartment", "access_mandate", "access_membership", "ledger_sealing_key",
    "ledger_case", "ledger_standing", "ledger_caseparty", "access_placement",
)  # fmt: skip


def on_postgresql(path: Path) -> Found:
    """The same cases, copied row by row: what lists and search read, and the entries that seal titles."""
    with ExitStack() as held:
        base = held.enter_context(throwaway.cluster())
        throwaway.migrated_postgresql(base, "bench")
        throwaway.connect(embedded(path))
        rows = {name: _read(f"SELECT * FROM {name}") for name in _TABLES}
        titles = "FROM ledger_sealed WHERE field IN ('title', 'data.title')"
        rows["ledger_entry"] = _read(f"SELECT * FROM ledger_entry WHERE id IN (SELECT entry_id {titles})")
        rows["ledger_sealed"] = _read(f"SELECT * {titles}")
        import psycopg

        with psycopg.connect(throwaway.url(base, "app", "bench")) as link:
            link.execute("SET session_replication_role = replica")
            for name, (columns, values) in rows.items():
                into = f"COPY {name} ({', '.join(columns)}) FROM STDIN"
                with link.cursor() as cursor, cursor.copy(into) as copy:
                    for row in values:
                        copy.write_row(row)
        throwaway.superuser(base, "VACUUM ANALYZE", database="bench")
        throwaway.connect(postgresql(throwaway.url(base, roles.WEB, "bench")))
        store.forget()
        return measure("PostgreSQL")


def _read(statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [column[0] for column in cursor.description], cursor.fetchall()


def main() -> None:
    results = Path(__file__).parent / "results" / "search.json"
    found: Found = json.loads(results.read_text("utf-8")) if results.exists() else {}
    for name, one in _offices():
        found[name] = one
        results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    connection.close()
    if not GIVEN.home:
        shutil.rmtree(HOME, ignore_errors=True)


def _offices() -> Iterator[tuple[str, Found]]:
    if GIVEN.only != "postgresql":
        if GIVEN.small:
            small = Path(tempfile.mkdtemp(prefix="kaname-bench-"))
            yield "small", sqlite(small, GIVEN.small)
            shutil.rmtree(small, ignore_errors=True)
        yield "SQLite", sqlite(HOME, GIVEN.cases)
    if GIVEN.only != "sqlite" and throwaway.bindir():
        yield "PostgreSQL", on_postgresql(HOME / "kaname.sqlite3")


def _show(found: Found) -> None:
    table = Table(f"{found['label']}, {found['cases']:,} cases", "CPU p50", "clock", "statements")
    for name, one in found["ours"]["words"].items():
        table.add_row(name, str(one["cpu"]), str(one["clock"]), str(one["statements"]))
    Console().print(table, {k: v for k, v in found.items() if k != "ours"}, {
        k: v for k, v in found["ours"].items() if k != "words"
    })  # fmt: skip


if __name__ == "__main__":
    main()
