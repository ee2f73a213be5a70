"""What trust costs an act: the same acts with and without guards, digests, sealed values, the question who may; and a
bundle of 1,000 entries checked.

The ways take turns in one run, so that whatever else the machine does falls on all of them; the time is the
processor's. "Bare" has no guards on the tables and no digest of an entry; "as it is" is what every office does; a
sealed value and the door (who may act) are measured beside it.

Run: python bench/trust.py      Results: bench/results/trust.json
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import ledger  # bench/ledger.py: an office in a folder of its own, with what the tests make

# isort: split
import throwaway
from django.db import connection

import kaname_verify
from kaname.access import api as access
from kaname.access.models import Mandate, Office, Person
from kaname.ledger import clock, digest, keys
from kaname.ledger.bundle import read
from kaname.ledger.exchange import export
from kaname.procedure import Entry
from kaname.site.databases import embedded

APPLY, HOME, STORY = ledger.APPLY, ledger.HOME, ledger.STORY
key, open_case, perform = ledger.key, ledger.open_case, ledger.perform
ROUNDS, CASES, ENTRIES = 15, 12, 1_000
OPEN = replace(APPLY, data={n: v for n, v in APPLY.data.items() if n != "money"})
RESULTS = Path(__file__).parent / "results" / "trust.json"
_numbers = count(1)


def main() -> None:
    """Measure in an office of its own, and keep the result."""
    clock.today = lambda: date(2026, 5, 20)
    template = throwaway.migrated_sqlite(Path(HOME) / "trust-template.sqlite3")
    offices = {name: Path(shutil.copy(template, Path(HOME) / f"trust-{name}.sqlite3")) for name in ("whole", "bare")}
    with _at(offices["bare"]):
        _without_guards()
    with _at(offices["whole"]):
        person = _person()
    ways: dict[str, tuple[str, Callable[[], None]]] = {
        "bare": ("bare", lambda: _without_digests(_story)),
        "as_it_is": ("whole", _story),
        "sealed": ("whole", lambda: _story(APPLY)),
        "by_the_door": ("whole", lambda: _by_the_door(person)),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for name, (where, work) in ways.items():
            with _at(offices[where]):
                start = time.process_time()
                work()
                if turn:  # the first is to warm up
                    spent[name].append((time.process_time() - start) / (CASES * (1 + len(STORY))))
    us = {name: round(median(found) * 1e6) for name, found in spent.items()}
    with _at(offices["whole"]):
        found = {"acts_us": us, "cost_of_trust": round(us["as_it_is"] / us["bare"] - 1, 3), **_bundle()}
    found["load"] = round(os.getloadavg()[1])
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


@contextmanager
def _at(path: Path) -> Any:
    throwaway.connect(embedded(path))
    yield
    connection.close()


def _story(first: Entry = OPEN) -> None:
    for _ in range(CASES):
        case = open_case("small.permit", first, idempotency_key=key()).case
        for entry in STORY:
            perform(case, entry, idempotency_key=key())


def _by_the_door(person: Person) -> None:
    for _ in range(CASES):
        case = access.open_case(person, "small.permit", OPEN, idempotency_key=key()).case
        for entry in STORY:
            access.act(person, case, entry, idempotency_key=key())


def _without_digests(work: Callable[[], None]) -> None:
    with patch.object(digest, "entry_digest", lambda *_: f"{next(_numbers):064x}"):
        work()


def _without_guards() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'ledger_words%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _person() -> Person:
    office = Office.objects.create(sort="company", name_ja="雲", name_en="Kumo")
    made = Person.objects.create(email="kumo@example.jp", name="Kumo", office=office)
    for role in ("applicant", "minister", "sharer"):
        Mandate.objects.create(person=made, role=role, valid_from=date(2020, 1, 1))
    return made


def _bundle() -> dict[str, float]:
    """A bundle of 1,000 entries, checked by the office and by the verifier that knows nothing of it."""
    case = open_case("small.permit", APPLY, idempotency_key=key()).case
    perform(case, STORY[0], idempotency_key=key())
    for n in range((ENTRIES - 2) // 2):
        for what in ("join", "leave"):
            run, on = f"b{n}", date(2026, 5, 8)
            data = {"keeper": "Hana"} if what == "join" else {}
            perform(case, Entry(f"sharing.{what}", on, data, run=run, party=run), idempotency_key=key())
    mine = keys.own_key()
    raw = export(case, mine)
    entries = len(read(raw, [mine], [mine]).ledger)
    return {
        "bundle_entries": entries,
        "bundle_read_s": _best(lambda: read(raw, [mine], [mine])),
        "bundle_verify_s": _best(lambda: kaname_verify.check(raw, [mine])),
    }


def _best(work: Callable[[], object]) -> float:
    found = []
    for _ in range(5):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return round(min(found), 3)


if __name__ == "__main__":
    main()
