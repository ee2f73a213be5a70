"""A large office on the disk in minutes: true cases, each one of the demonstration's stories under a name of its own.

Some hundred cases are judged act by act as `perform` judges them. The rest are told like one of those: the same acts on
the same days, another applicant and number, a chain of its own; every digest is computed, every sealed value sealed.
So `kaname verify` finds the office sound, and lists, search and inbox meet as many true rows as a large office has.

Run: python bench/make_office.py HOME [--cases 125000] (entries: eight times as many); or `make` from another program.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    import django

    os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings", "KANAME_HOME": sys.argv[1]}
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from kaname.access.models import Compartment, Mandate, Membership, Office, Person, Placement
from kaname.demo.plan import Planned, plan
from kaname.ledger import clock, digest, intake, projection, rows, sealing, store
from kaname.ledger.judging import Asked, Step, judged
from kaname.ledger.perform import new_id
from kaname.ledger.projection import Projected
from kaname.ledger.rows import Row, Secret
from kaname.ledger.store import Head
from kaname.ledger.words import install
from kaname.procedure import Entry
from kaname.procedure.fold import reaches_back

ACTS, BATCH = 8, 2500  # entries a case, on average; cases written at once
SINCE = date(2020, 1, 1)
_NAMES = "青木石川上田江口大西加藤木村黒川小林斎藤清水鈴木高橋田中中村西田野口橋本藤田松本村上山口吉田渡邊"
FAMILIES = [_NAMES[i : i + 2] for i in range(0, len(_NAMES), 2)]
TRADES = (
    "精機", "電機", "重工業", "化学", "光学", "製薬", "材料", "通信",
    "自動車", "航空機", "半導体", "計測", "造船", "鉄鋼", "繊維", "食品",
)  # fmt: skip


class Told(NamedTuple):
    """A case judged in full, from which others are told: rows, sealed values by seq, what a list shows of it."""

    plan: Planned
    rows: list[Row]
    secrets: list[list[Secret]]
    shown: Projected


class New(NamedTuple):
    """A case to be written."""

    head: Head
    rows: list[Row]
    secrets: list[list[Secret]]
    shown: Projected
    circle: bool


def make(cases: int, seed: int = 1) -> None:
    """Fill the empty office that Django is connected to. Those who work there: PEOPLE."""
    circle = people()
    told = list(_told(cases, seed))
    source = (_like(told[i % len(told)], i) for i in range(cases))
    written = 0
    while batch := list(islice(source, BATCH)):
        with transaction.atomic():
            _write([new for new in batch if not new.circle], None)
            _write([new for new in batch if new.circle], circle)
        written += len(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# -- people ----------------------------------------------------------------------------------------------------------

PEOPLE = {
    "jpo@bench.example": ("every case of the first review", {"jpo": ("",)}),
    "cao@bench.example": ("every case of the security review", {"prime_minister": ("",), "cabinet": ("",)}),
    "attorney@bench.example": ("the cases of forty applicants", {"applicant": range(40), "claimant": range(40)}),
    "company@bench.example": ("the cases of one applicant", {"applicant": range(1)}),
}


def people() -> Compartment:
    """Four who work and one compartment that the authority's two are members of."""
    office = Office.objects.create(sort="authority", name_ja="大規模見本", name_en="Bench")
    circle = Compartment.objects.create(name="大規模見本")
    for address, (name, roles) in PEOPLE.items():
        made = Person.objects.create(email=address, name=name, office=office, stands_alone=True)
        Mandate.objects.bulk_create(
            Mandate(person=made, role=role, party=party(p) if p != "" else "", sealed=True, valid_from=SINCE)
            for role, parties in roles.items()
            for p in parties
        )
        if roles.keys() & {"jpo", "prime_minister"}:
            Membership.objects.create(compartment=circle, person=made, valid_from=SINCE)
    return circle


def party(number: int) -> str:
    """One of 6,144 applicants."""
    family, trade = FAMILIES[number % 24], TRADES[number // 24 % 16]
    return f"{family}{trade}株式会社" if number < 384 else f"{family}{trade}第{number // 384 + 1}株式会社"


# -- cases judged in full --------------------------------------------------------------------------------------------


def _told(cases: int, seed: int) -> Iterator[Told]:
    """Cases of the demonstration that come to eight entries on average."""
    today = clock.today()
    wanted = min(max(cases // 100, 50), 1200)
    # A quarter of them are of these days; what the others began to wait for is long past.
    days = (today - timedelta(0 if n % 4 == 0 else 37 * n) for n in range(1 + wanted // 100))
    planned = [p for n, day in enumerate(days) for p in plan(day, seed + n) if p.kind.startswith("patents.")]
    planned.sort(key=lambda p: len(p.acts), reverse=True)
    chosen: list[Planned] = []
    while planned and len(chosen) < wanted:  # the longest and the shortest that are left, as the average needs them
        too_few = sum(len(p.acts) for p in chosen) <= ACTS * len(chosen)
        chosen.append(planned.pop(0 if too_few else -1))
    for one in chosen:
        yield _judged(one, today)


def _judged(planned: Planned, today: date) -> Told:
    on = planned.acts[0].entry.on.isoformat()
    head = Head(0, new_id(), planned.kind, on, 0, "", 0, digest.genesis("", planned.kind, on), "")
    after, ledger, found, secrets = store.at_last(planned.kind, ()), list[Entry](), list[Row](), list[list[Secret]]()
    for act in planned.acts:
        back = ledger if reaches_back(after, act.entry) else ()
        answer = judged(head, after, back, Asked(act.entry, "bench-told", happened=act.happened))
        assert isinstance(answer, Step), (planned.story, act.entry, answer)
        found.append(answer.row)
        secrets.append(answer.secrets)
        ledger.append(rows.to_entry(answer.row, answer.secrets))
        head = head._replace(head_seq=answer.row.seq, head_digest=answer.row.digest, head_at=answer.row.recorded_at)
        after = answer.after
    return Told(planned, found, secrets, projection.projected(after, len(found), "", today))


# -- cases told like them --------------------------------------------------------------------------------------------


def _like(told: Told, number: int) -> New:
    """The same acts under another applicant and application number."""
    first = told.rows[0]
    case, own = new_id(), {told.plan.party: party(number * 7919 % 6144)}
    if told.shown.reference:
        own[told.shown.reference] = f"特願{first.effective_on[:4]}-{number:06d}"
    prev, found = digest.genesis(case, told.plan.kind, first.effective_on), []
    for row in told.rows:
        new = row._replace(
            party=own.get(row.party, row.party), data=_renamed(row.data, own), prev_digest=prev, digest="",
            idempotency_key=f"bench-{number:07d}-{row.seq}",
        )  # fmt: skip
        prev = new.digest_of(case)
        found.append(new._replace(digest=prev))
    parties = tuple(sorted((role, own.get(who, who)) for role, who in told.shown.parties))
    reference = own.get(told.shown.reference, "")
    shown = told.shown._replace(
        head_digest=prev, parties=parties, reference=reference, words=projection.words_of(reference, parties)
    )
    last = found[-1]
    head = Head(0, case, told.plan.kind, first.effective_on, 0, "", last.seq, prev, last.recorded_at)
    return New(head, found, told.secrets, shown, number % 100 == 7)


def _renamed(data: str, own: dict[str, str]) -> str:
    for old, new in own.items():
        data = data.replace(f'"{old}"', f'"{new}"') if old and old in data else data
    return data


def _write(new: Sequence[New], circle: Compartment | None) -> None:
    if not new:
        return
    series = circle.public_id if circle else ""
    first = store.numbers(series, len(new))
    heads = [n.head._replace(number=first + i, circle=series) for i, n in enumerate(new)]
    intake.put("ledger_case", store.CASE_COLUMNS, [
        (h.public_id, h.kind, h.opened_on, series, h.circle, h.number, f"bench/{h.public_id}", "", h.head_seq,
         h.head_digest, h.head_at) for h in heads
    ])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_case WHERE series = %s AND number >= %s ORDER BY number", (series, first))
        keys = [row[0] for row in cursor.fetchall()]
    pairs = list(zip(keys, new, strict=True))
    intake.put("ledger_entry", ("case_id", *rows.COLUMNS), [(k, *row) for k, n in pairs for row in n.rows])
    shown = [(k, n.shown) for k, n in pairs]
    intake.put("ledger_standing", ("case_id", *projection.COLUMNS), [projection.params(k, s) for k, s in shown])
    intake.put("ledger_caseparty", ("case_id", "role", "party"), projection.party_params(shown))
    intake.put("ledger_matter", projection.MATTER_COLUMNS, projection.matter_params(shown))
    if circle:
        Placement.objects.bulk_create(Placement(case_id=k, compartment=circle) for k in keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, seq, id FROM ledger_entry WHERE case_id BETWEEN %s AND %s", (keys[0], keys[-1]))
        entries = {(case, seq): entry for case, seq, entry in cursor.fetchall()}
    intake.put("ledger_sealed", ("entry_id", "field", "key_id", "value"), [
        (entries[k, seq], s.field, *sealing.seal_secret(series, n.head.public_id, seq, s))
        for k, n in pairs for seq, secrets in enumerate(n.secrets, 1) for s in secrets
    ])  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("home")
    asked.add_argument("--cases", type=int, default=125_000)
    cases: int = asked.parse_args().cases
    call_command("migrate", verbosity=0)
    install(connection)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    began = time.perf_counter()
    make(cases)
    connection.cursor().execute("SELECT count(*) FROM ledger_entry")
    print(f"{cases:,} cases in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
