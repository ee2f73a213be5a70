"""Benchmark of the search in the text of documents: Kaname and the floor, at one size and at ten times that size.

    PYTHONPATH=src python bench/texts.py [--documents 100000]

An office of its own in a temporary folder: documents of invented words (a frequent one, a rare one, chance pairs),
their texts sealed, indexed in sealed blocks. Measured: `papers.find` as a page calls it, reading log included, in CPU
time and by the clock; beside it the floor: the same texts looked through in memory in clear, which no sealed office can
do. Prints a table and writes bench/results/texts.json. Promise: under 100 ms with 100,000 documents.
"""

import argparse
import json
import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "bench" / "results" / "texts.json"
LETTERS = "経済安全保障推進法特定重要物資基盤役務設備技術開発特許出願非公開承認届出勧告命令供給者委託管理体制確認書類"
FREQUENT, RARE, ONE, ABSENT = "概要書", "金剛石の鍵", "鍵", "無関係"
BATCH = 2_000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=100_000)
    chosen = options.parse_args()
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KANAME_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        who, case = opened()
        lot, said = random.Random(1), []
        for size in (chosen.documents // 10, chosen.documents):
            began = time.process_time()
            fill(who, case, size - len(said), lot, said)
            results[str(size)] = {"index_ms_a_document": round((time.process_time() - began) * 1000 / size, 2),
                                  **asked(who, said, Path(folder))}  # fmt: skip
            tell(size, results[str(size)])
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")


def opened() -> tuple[Any, Any]:
    """A person who may read all that is sealed, and a case."""
    from datetime import timedelta

    from kaname.access import api as access
    from kaname.access.models import Mandate, Office, Person
    from kaname.ledger import clock
    from kaname.ledger.judging import Receipt
    from kaname.ledger.models import Case
    from kaname.procedure import Entry

    office = Office.objects.create(sort="company", name_ja="架空社", name_en="Kaku")
    person = Person.objects.create_user("a@example.jp", None, name="A", office=office)
    day = clock.today() - timedelta(days=30)
    Mandate.objects.create(person=person, role="applicant", valid_from=day, sealed=True)
    entry = Entry("first_review.file", day, {"title": "凧"}, by="applicant", party="架空社")
    receipt = access.open_case(person, "patents.application", entry, idempotency_key="bench-texts")
    assert isinstance(receipt, Receipt), receipt
    return person, Case.objects.get(public_id=receipt.case)


def fill(who: Any, case: Any, more: int, lot: random.Random, said: list[str]) -> None:
    """Documents as rows, their texts as a child would have read them, put into blocks."""
    from django.db import transaction

    from kaname.access.models import new_id
    from kaname.ledger import clock
    from kaname.papers import postings, shelf, texts
    from kaname.papers.models import Content, Document

    while more > 0:
        with transaction.atomic():
            rows = []
            for _ in range(min(BATCH, more)):
                id = new_id()
                columns = shelf.sealed_columns(id, {"name": "a.txt", "sha256": "", "salt": "", "key": ""}, "")
                rows.append(Document(public_id=id, case=case, uploaded_by=who, at=clock.now(), media_type="text/plain",
                                     size=1, stored_size=1, stored_sha256="", commitment="", claimed_at=clock.now(),
                                     **columns))  # fmt: skip
            contents = []
            for document in Document.objects.bulk_create(rows):
                text = "".join(lot.choices(LETTERS, k=300))
                text += (FREQUENT if lot.random() < 0.5 else "") + (RARE if lot.random() < 0.0005 else "")
                said.append(text)
                told = {"pages": [text], "count": 1, "marks": [], "cut": False}
                contents.append(Content(document=document, **texts._columns(document, told, "")))
            Content.objects.bulk_create(contents)
        more -= len(rows)
        postings.renew()


def asked(who: Any, said: list[str], folder: Path) -> dict[str, Any]:
    from kaname.papers.api import find

    found: dict[str, Any] = {"megabytes": round(sum(f.stat().st_size for f in folder.rglob("*.sqlite3*")) / 1e6)}
    chance = said[0][100:102]
    for name, words in (("frequent", FREQUENT), ("rare", RARE), ("one letter", ONE), ("pair", chance),
                        ("absent", ABSENT), ("two words", f"{FREQUENT} {RARE}")):  # fmt: skip
        find(who, words)
        clocks, works = [], []
        for _ in range(7):
            clock, work = time.perf_counter(), time.process_time()
            hits = find(who, words).hits
            clocks.append(time.perf_counter() - clock)
            works.append(time.process_time() - work)
        began = time.process_time()
        plain = [text for text in reversed(said) if all(word in text for word in words.split())][:20]
        floor = time.process_time() - began
        assert len(hits) == len(plain), (name, len(hits), len(plain))
        found[name] = {"ms": round(sorted(clocks)[3] * 1000, 1), "cpu_ms": round(sorted(works)[3] * 1000, 1),
                       "floor_ms": round(floor * 1000, 1), "hits": len(hits)}  # fmt: skip
    return found


def tell(size: int, found: dict[str, Any]) -> None:
    sys.stdout.write(f"{size:,} documents, {found['megabytes']} MB, {found['index_ms_a_document']} ms a document\n")
    for name, row in found.items():
        if isinstance(row, dict):
            cost = f"{row['ms']:7.1f} ms  (CPU {row['cpu_ms']:.1f}, in clear {row['floor_ms']:.1f})"
            sys.stdout.write(f"  {name:12} {cost}  {row['hits']} shown\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
