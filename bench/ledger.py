"""Ledger: acts through `perform`, bulk intake, verify, on SQLite and on a durable PostgreSQL, against bare statements.

Prints, for each database in one run: the floor (the same rows written by bare statements through the driver, a commit
an act; or all at once by executemany or COPY), ours, and the ratios. Rates are per second of CPU of this process (on
PostgreSQL the server's own time is not in it) and per second of the clock.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("", "procedure", "ledger")]
HOME = tempfile.mkdtemp(prefix="kaname-bench-")
os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings_test", "KANAME_HOME": HOME}
os.environ["KANAME_TEST_KINDS"] = "ledger_kinds.ALL"

import django

django.setup()

import throwaway
from acts import APPLY, key
from django.db import connection, transaction
from rich.console import Console
from rich.table import Table

from kaname.ledger import clock as office_clock
from kaname.ledger import intake, link, projection, roles, rows, store
from kaname.ledger.api import Filed, Receipt, open_case, perform, verify
from kaname.procedure import Entry
from kaname.site.databases import embedded, postgresql
from kaname.site.garbage import SELDOM
from walks import read_ledger

CASES, ACTS, BULK = 150, 8, 10_000
FULL_LIFE = [replace(e, seq=0, recorded_at=None)
             for e in read_ledger(ROOT / "tests/patents/cases/c5_05_full_life.jsonl")]  # fmt: skip
STORY = (
    Entry("permit.acknowledge", date(2026, 5, 7)),
    Entry("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run="b1", party="b1"),
    Entry("permit.recommend", date(2026, 5, 11), {"sound": True, "received_on": "2026-05-12"}),
    Entry("permit.accept", date(2026, 5, 14), party="Kumo"),
    Entry("sharing.leave", date(2026, 5, 15), run="b1", party="b1"),
    Entry("sharing.join", date(2026, 5, 16), {"keeper": "Ren"}, run="b2", party="b2"),
    Entry("sharing.leave", date(2026, 5, 17), run="b2", party="b2"),
)


def timed(job: Callable[[], object], count: int) -> tuple[float, float]:
    """So many a second of CPU, and a second of the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    job()
    return count / (time.process_time() - cpu), count / (time.perf_counter() - clock)


def play(kind: str, first: Entry, rest: Any) -> None:
    receipt = open_case(kind, first, idempotency_key=key())
    assert isinstance(receipt, Receipt), receipt
    for entry in rest:
        assert isinstance(perform(receipt.case, entry, idempotency_key=key(), happened=True), Receipt)


def bare_acts(count: int) -> None:
    """The same statements as an act, a commit each, nothing judged: a row of an entry already there, moved on."""
    head = next(store.pages(1))[0]
    row = store.rows_of([head.pk])[head.pk][-1]
    shown = projection.of(head, date(2026, 6, 1))
    for i in range(count):
        new = row._replace(seq=head.head_seq + 1 + i, idempotency_key=f"bare-{i}")
        moved = new.seq, new.digest, new.recorded_at, head.pk, new.seq - 1, head.head_digest, ""
        with transaction.atomic(durable=True):
            link.run_all([(store.SWAP, moved), (store.INSERT, (head.pk, *new))])
            projection.put(head.pk, shown._replace(head_seq=new.seq), shown._replace(head_seq=new.seq - 1))


def docket(count: int) -> list[Filed]:
    day = date(2026, 5, 1)
    return [Filed(f"2026-{i:07}", replace(APPLY, on=day.replace(day=1 + i % 28),
                  data={"name": f"甲{i}社", "size": "small"})) for i in range(count)]  # fmt: skip


def patents(count: int) -> list[Filed]:
    return [Filed(f"特願2026-{i:06}", Entry("first_review.file", date(2026, 1, 5 + i % 20),
                  {"application_number": f"2026-{i:06}", "ipc": ["B64C 39/02", f"G06F {i % 90 + 1}/00"]}))
            for i in range(count)]  # fmt: skip


def alike(entry: Entry) -> object:
    return entry.on, str(entry.data.get("ipc"))


def bare_bulk(tables: list[tuple[str, tuple[str, ...], list[Any]]]) -> None:
    with transaction.atomic(durable=True):
        for name, columns, values in tables:
            if values:
                intake.put(name, columns, values)


def written() -> list[tuple[str, tuple[str, ...], list[Any]]]:
    """Everything in the database, to be written again as it is."""
    names = {
        "ledger_case": ("id", *store.CASE_COLUMNS),
        "ledger_entry": ("case_id", *rows.COLUMNS),
        "ledger_standing": ("case_id", *projection.COLUMNS),
        "ledger_caseparty": ("case_id", "role", "party"),
        "ledger_matter": projection.MATTER_COLUMNS,
    }
    with connection.cursor() as cursor:
        found = []
        for name, columns in names.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {name}")
            found.append((name, columns, cursor.fetchall()))
    return found


def measure(fresh: Callable[[], None]) -> dict[str, tuple[float, float]]:
    found = {}
    fresh()
    play("small.permit", APPLY, STORY)  # warm
    found |= peers(CASES)
    found["floor: bare statements, a commit an act"] = timed(lambda: bare_acts(CASES * ACTS), CASES * ACTS)
    fresh()
    found["ours: perform, 8 acts a case"] = timed(
        lambda: [play("small.permit", APPLY, STORY) for _ in range(CASES)], CASES * ACTS
    )
    life = len(FULL_LIFE)
    found[f"ours: perform, a patent's full life ({life} acts)"] = timed(
        lambda: [play("patents.application", FULL_LIFE[0], FULL_LIFE[1:]) for _ in range(20)], 20 * life
    )
    count = CASES * ACTS + 20 * life
    found["ours: verify"] = timed(lambda: _sound(count), count)
    for name, kind, filed in (
        ("invented", "small.permit", docket(BULK)),
        ("patents", "patents.application", patents(BULK)),
    ):
        fresh()
        together = timed(lambda k=kind, f=filed: intake.take_in(k, f, alike=alike), BULK)
        tables = written()
        fresh()
        found[f"floor: the same {name} cases by bare bulk statements"] = timed(lambda t=tables: bare_bulk(t), BULK)
        found[f"ours: intake, {name}, judged by likeness"] = together
        fresh()
        found[f"ours: intake, {name}, each judged"] = timed(lambda k=kind, f=filed: intake.take_in(k, f[:2000]), 2000)
    return found


def _sound(count: int) -> None:
    report = verify()
    assert (report.entries, report.faults) == (count, [])


def peers(cases: int) -> dict[str, tuple[float, float]]:
    """Acts of the peers in their own environment (`make bench` makes it), on SQLite; none where it is missing."""
    python = ROOT / ".venv-peers" / "bin" / "python"
    if not python.exists():
        Console().print("peers are not installed: make bench")
        return {}
    told = subprocess.run(
        [python, ROOT / "bench" / "peers" / "acts.py", str(cases)], capture_output=True, text=True, check=True
    )
    return {f"peer: {name}, 8 acts a case": (cpu, clock) for name, (cpu, clock) in json.loads(told.stdout).items()}


def main() -> None:
    gc.set_threshold(SELDOM)  # as the command line does
    office_clock.today = lambda: date(2026, 5, 20)  # acts are recorded in the days on which they are done
    figures: dict[str, Any] = {}
    with ExitStack() as held:
        held.callback(shutil.rmtree, HOME, ignore_errors=True)
        template = throwaway.migrated_sqlite(Path(HOME) / "template.sqlite3")
        made = iter(range(1000))

        def fresh_sqlite() -> None:
            path = Path(HOME) / f"office{next(made)}.sqlite3"
            shutil.copy(template, path)
            throwaway.connect(embedded(path))

        figures["SQLite"] = measure(fresh_sqlite)
        if throwaway.bindir():
            base = held.enter_context(throwaway.cluster())
            throwaway.migrated_postgresql(base, "template_office")

            def fresh_postgresql() -> None:
                name = f"office{next(made)}"
                connection.close()
                throwaway.superuser(base, f"CREATE DATABASE {name} TEMPLATE template_office")
                throwaway.superuser(base, *roles.creation(name), database=name)
                throwaway.connect(postgresql(throwaway.url(base, roles.WEB, name)))

            figures["PostgreSQL"] = measure(fresh_postgresql)
        connection.close()
    for database, found in figures.items():
        table = Table(database, "per CPU second", "per second", "of its floor (clock)")
        floor = 0.0
        for name, (cpu, clock) in found.items():
            floor = clock if name.startswith("floor") else floor
            ratio = "" if name.startswith(("floor", "peer")) or "verify" in name else f"{clock / floor:.2f}"
            table.add_row(name, f"{cpu:,.0f}", f"{clock:,.0f}", ratio)
        Console().print(table)
    results = Path(__file__).parent / "results" / "ledger.json"
    rounded = {d: {n: [round(cpu), round(clock)] for n, (cpu, clock) in f.items()} for d, f in figures.items()}
    results.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
