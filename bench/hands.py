"""What people hold in their hands: letters, workbooks, the day's mail; at three sizes each.

    PYTHONPATH=src:tests python bench/hands.py [letters|issues|workbooks|digests ...]

Promises: one letter under 100 ms, 1,000 letters under 60 s on one core, also issued (number, seal, entry) and put into
one archive; a workbook of 20,000 rows under 2 s; the day's mail for 5,000 people under 30 s. Floors: an empty page as
PDF/A; the same cells as CSV. Seconds are of the processor. Writes bench/results/hands.json; parts that are not named
keep their last figures.
"""

import csv
import io
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("", "procedure", "ledger")]
HOME = tempfile.mkdtemp(prefix="kaname-bench-")
os.environ |= {"DJANGO_SETTINGS_MODULE": "kaname.site.settings_test", "KANAME_HOME": HOME}

import django

django.setup()

import throwaway
from django.core import mail as django_mail
from django.test import override_settings
from django.utils import translation

from access.folk import key, person, recorded
from kaname import typeset
from kaname.access import api as access
from kaname.access.models import Mandate, Office, Person
from kaname.ledger import clock
from kaname.notices import outbox, sender
from kaname.notices.models import Outgoing, Wishes
from kaname.papers import letters
from kaname.procedure import Entry
from kaname.site.databases import embedded
from kaname.web.workbook import table

KIND, TODAY = "patents.application", date(2026, 11, 2)


def main() -> None:
    throwaway.connect(embedded(throwaway.migrated_sqlite(Path(HOME) / "kaname.sqlite3")))
    clock.today = lambda: TODAY
    place = ROOT / "bench" / "results" / "hands.json"
    parts = {"letters": letters_, "issues": issues, "workbooks": workbooks, "digests": digests}
    chosen = sys.argv[1:] or list(parts)
    results = json.loads(place.read_text("utf-8")) | {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    results |= {name: parts[name]() for name in chosen}
    place.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    print(json.dumps(results, indent=2))


def cpu(job: Callable[[], object]) -> float:
    begun = time.process_time()
    job()
    return time.process_time() - begun


def filed(who: Person, n: int, party: str = "架空電機株式会社") -> str:
    data = {"application_number": f"特願2026-{n:06d}", "title": f"発明 {n}", "listed": True, "made_in_japan": True}
    entry = Entry("first_review.file", TODAY, data, by="applicant", party=party)
    return recorded(access.open_case(who, KIND, entry, idempotency_key=key())).case


def letters_() -> list[dict[str, float]]:
    """Each of another case: nothing of one is to be found again for the next."""
    who = person("Hana", "applicant", "designated_applicant", kind=KIND)
    cases = [filed(who, n) for n in range(500)]
    found, at = [], 0
    letters.pdf(letters.letter(who, cases[0], 1, "ja"))
    for size in (50, 150, 290):
        some, at = cases[at : at + size], at + size
        seconds = cpu(lambda some=some: [letters.pdf(letters.letter(who, c, 1, "ja")) for c in some])
        begun = time.perf_counter()
        letters.pdf(letters.letter(who, cases[-1], 1, "en"))
        found.append({"letters": size, "cpu_s": seconds, "each_ms": seconds / size * 1000,
                      "one_ms": (time.perf_counter() - begun) * 1000, "floor_ms": empty_page() * 1000})  # fmt: skip
    return found


def empty_page() -> float:
    """Seconds for an empty page as PDF/A: what no letter can be faster than."""
    page = Path(HOME) / "empty.typ"
    page.write_text('#set document(title: "x", date: datetime(year: 2026, month: 11, day: 2))\n', "utf-8")
    typeset.pdf(page, {})
    return cpu(lambda: [typeset.pdf(page, {"n": n}) for n in range(20)]) / 20


def issues() -> list[dict[str, float]]:
    """Each of another case, then all of them again as an archive: the bytes as they went out."""
    who = person("Haru", "applicant", "designated_applicant", kind=KIND)
    cases = [filed(who, 50_000 + n) for n in range(500)]
    found, at = [], 0
    letters.issue(who, cases[-1], 1)
    for size in (50, 150, 290):
        some, at = cases[at : at + size], at + size
        seconds = cpu(lambda some=some: [letters.issue(who, c, 1) for c in some])
        wanted = [letters.Wanted(c, 0, 1, TODAY, "") for c in some]
        again = cpu(lambda wanted=wanted: letters.archive(who, wanted, io.BytesIO()))
        found.append({"letters": size, "cpu_s": seconds, "each_ms": seconds / size * 1000, "archive_s": again})
    return found


def workbooks() -> list[dict[str, float]]:
    head = ["番号", "名称", "日", "件数", "段階"]
    found = []
    for size in (1_250, 5_000, 20_000):
        lines = [[f"{n:06d}", f"架空電機株式会社 {n}", TODAY + timedelta(n % 300), n, "審査中"] for n in range(size)]
        floor = cpu(lambda lines=lines: csv.writer(io.StringIO()).writerows(lines))
        found.append({"rows": size, "floor_s": floor, "cpu_s": cpu(lambda lines=lines: table("案件", head, lines))})
    return found


def digests() -> list[dict[str, float]]:
    """People who act for a company each, with three applications whose periods end within the week."""
    house = Office.objects.get(sort="company")
    people = Person.objects.bulk_create(
        Person(email=f"p{n}@example.jp", name=f"人 {n}", office=house) for n in range(5_000)
    )
    Mandate.objects.bulk_create(
        Mandate(person=p, role="applicant", kind=KIND, party=f"社 {n}", valid_from=date(2020, 1, 1))
        for n, p in enumerate(people)
    )
    anyone = person("Any", "applicant", kind=KIND)
    for n in range(len(people)):
        filed(anyone, 10_000 + n, f"社 {n}")
    found, at = [], 0
    day = date(2027, 1, 29)
    clock.today = lambda: day
    clock.now = lambda: datetime(2027, 1, 29, 1, tzinfo=UTC)
    settings = {"KANAME_MAIL": True, "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    access.inbox(people[0])  # the projection of the day
    with override_settings(**settings), translation.override("ja"):
        for size in (500, 1_500, 3_000):
            some, at = people[at : at + size], at + size
            Wishes.objects.bulk_create(Wishes(person=p, digest_hour=0) for p in some)
            django_mail.outbox = []
            seconds = cpu(sender.send_all)
            sent = Outgoing.objects.filter(state="sent", person__in=[p.pk for p in some]).count()
            found.append({"people": size, "sent": sent, "cpu_s": seconds, "each_ms": seconds / size * 1000})
    assert outbox.take(clock.now()) == []
    return found


if __name__ == "__main__":
    main()
