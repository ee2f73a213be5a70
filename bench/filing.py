"""Filing: a plan with 5,000 components and 400 suppliers validated, bills read; a vendor across 10,000 plans.

    PYTHONPATH=src:tests python bench/filing.py [--plans 10000]

The floor of validation reads every field once; that of a bill is `json.loads`. The office of the vendor pages lies in a
new SQLite file: each plan has three of 400 vendors, and one vendor stands in all. Its cases are rows without ledger,
which these pages never read. Promises: validation under one second, a page of vendors under 50 ms. Writes
bench/results/filing.json.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("", "ledger", "infrastructure")]
HOME = tempfile.mkdtemp(prefix="kaname-bench-")
os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings_test", "KANAME_HOME": HOME}

import django

django.setup()

import throwaway
from django.db import connection
from django.test.utils import CaptureQueriesContext
from filing_world import introduction, vendor

from access.folk import person
from kaname.access.models import Placement
from kaname.ledger import clock
from kaname.ledger.models import Case, CaseParty
from kaname.regimes.infrastructure.filing.content import Component, Party, Plan
from kaname.regimes.infrastructure.filing.cyclonedx import read_bom
from kaname.regimes.infrastructure.filing.validate import validate
from kaname.site.databases import embedded
from kaname.vendors import api, vault
from kaname.vendors.models import Consent, Preparation, Use, Vendor, Version

COMPONENTS, SUPPLIERS = 5_000, 400
KIND = "infrastructure.plan"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--plans", type=int, default=10_000)
    chosen = options.parse_args()
    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
        "validation": validation(),
        "bom": bills(),
        "across": across(chosen.plans),
    }
    place = ROOT / "bench" / "results" / "filing.json"
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    print(json.dumps(results, indent=2))


def best(job: Callable[[], object], repeat: int = 5) -> float:
    found = []
    for _ in range(repeat):
        begun = time.perf_counter()
        job()
        found.append(time.perf_counter() - begun)
    return min(found)


# -- validation --------------------------------------------------------------------------------------------------------


def plan(broken: bool) -> Plan:
    """Whole, or with something missing in every component and vendor."""
    said = replace(vendor(), holders=None, address="") if broken else vendor()
    parties = [Party(f"供給者 {i}", replace(said, name=f"供給者 {i}")) for i in range(SUPPLIERS)]
    parts = tuple(
        Component(f"部品 {i}", "" if broken else "server", "機能", f"供給者 {i % SUPPLIERS}") for i in range(COMPONENTS)
    )
    return replace(introduction(*parties, Party("星野計器", said)), components=parts)


def validation() -> dict[str, object]:
    day, found = date(2025, 6, 2), {}
    for name, one in (("whole", plan(False)), ("broken", plan(True))):
        found[f"{name}_s"] = best(lambda one=one: validate(one, day, "meti"))
        found[f"{name}_findings"] = len(validate(one, day, "meti").findings)
    whole = plan(False)
    found["floor_s"] = best(
        lambda: (
            sum(map(bool, (f for c in whole.components for f in astuple(c))))
            + sum(map(bool, (f for p in whole.parties.values() for f in astuple(p.disclosure))))
        )
    )
    return {"components": COMPONENTS, "suppliers": SUPPLIERS, **found}


def bills() -> dict[str, object]:
    parts = [
        {"type": "device", "bom-ref": f"c{i}", "name": f"part-{i}", "version": "1.0",
         "supplier": {"name": f"供給者 {i % SUPPLIERS}"}, "description": "a part of the control system"}
        for i in range(COMPONENTS)
    ]  # fmt: skip
    content = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": parts}).encode()
    return {
        "components": COMPONENTS, "floor_s": best(lambda: json.loads(content)),
        "kaname_s": best(lambda: read_bom("bom.json", content)),
    }  # fmt: skip


# -- the same vendor across plans --------------------------------------------------------------------------------------


def across(plans: int) -> dict[str, object]:
    throwaway.connect(embedded(throwaway.migrated_sqlite(Path(HOME) / "kaname.sqlite3")))
    mina = person("Mina", "sector_minister", kind=KIND, sealed=True)
    narrow = person("Narrow", "sector_minister", kind=KIND, party="主務大臣")
    everywhere = office(plans)
    found: dict[str, object] = {"plans": plans, "uses": Use.objects.count()}
    pages = {
        "list": lambda: api.vendors(mina),
        "list_last_page": lambda: api.vendors(mina, start=350),
        "vendor": lambda: api.plans_of(mina, everywhere),
        "vendor_deep": lambda: api.plans_of(mina, everywhere, start=plans - 50),
        "notes": lambda: api.notes(mina, everywhere),
        "narrow_list": lambda: api.vendors(narrow),
        "narrow_vendor": lambda: api.plans_of(narrow, everywhere),
    }
    for name, page in pages.items():
        page()
        took = sorted(best(page, 1) * 1000 for _ in range(30))
        begun = time.process_time()
        for _ in range(10):
            page()
        cpu = (time.process_time() - begun) * 100
        with CaptureQueriesContext(connection) as run:
            page()
        found[name] = {
            "median_ms": statistics.median(took), "p95_ms": took[28], "cpu_ms": cpu, "statements": len(run),
        }  # fmt: skip
    return found


def office(plans: int) -> str:
    """The rows of that many filed plans. Returns the vendor that stands in all of them."""
    now, random_ = clock.now(), random.Random(7)
    who = person("Ono", "operator", kind=KIND)
    cases = [
        Case(public_id=f"{i:026d}".replace("0", "a").replace("1", "b").replace("8", "h").replace("9", "i"), kind=KIND,
             opened_on="2026-01-05", number=i + 1, opening_key=f"bench-{i}", head_seq=1, head_digest="0" * 64)
        for i in range(plans)
    ]  # fmt: skip
    cases = Case.objects.bulk_create(cases)
    CaseParty.objects.bulk_create([CaseParty(case=c, role="sector_minister", party="主務大臣") for c in cases[::20]])
    vendors = Vendor.objects.bulk_create(
        [Vendor(name=f"供給者 {i:03d}", country="JP", made_at=now) for i in range(SUPPLIERS)]
    )
    versions = [
        Version(vendor=v, number=1, at=now, by=who, **vault.seal_version(v, 1, {"name": v.name})) for v in vendors
    ]
    versions = Version.objects.bulk_create(versions)
    sealed = vault.seal("bench", {})
    prepared = Preparation.objects.bulk_create(
        [Preparation(operator=f"事業者 {i % 257}", title="計画", case=c, made_by=who, made_at=now, **sealed)
         for i, c in enumerate(cases)]
    )  # fmt: skip
    consents = Consent.objects.bulk_create(
        [Consent(vendor=v, operator="事業者", given_by=who, given_at=now, ends_on=date(2030, 1, 1)) for v in vendors]
    )
    uses = []
    for one in prepared:
        for n in {0, *random_.sample(range(1, SUPPLIERS), 2)}:
            uses.append(
                Use(preparation=one, vendor=vendors[n], version=versions[n], consent=consents[n], role="supplier",
                    party=vendors[n].name, by=who, at=now, filed_at=now, case=one.case)
            )  # fmt: skip
    Use.objects.bulk_create(uses)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert not Placement.objects.exists()
    return str(vendors[0].public_id)


if __name__ == "__main__":
    main()
