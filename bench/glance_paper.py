"""Benchmark of what the picture of the Act is printed to and compared by, with growth over rows.

    PYTHONPATH=src python bench/glance_paper.py [--home FOLDER] [--for EMAIL]

`--home`: KANAME_HOME of an office (bench/make_office.py makes one) to compare in, `--for`: whose cases; without
them only the catalogues are. Prints a table and writes bench/results/glance_paper.json. Promises: PDF under 3 s
and PPTX under 5 s for the picture, a comparison under 1 s with 125,000 cases. Processor time is told beside
time on the clock, since a busy machine stretches only the latter.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the office's settings come first
    from kaname.law import Lang
    from kaname.registers.blocks import Picture

ROOT = Path(__file__).resolve().parents[1]
DAYS = (date(2024, 6, 4), date(2026, 11, 26))
ROWS = (50, 500, 5000)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--home")
    options.add_argument("--for", dest="email")
    chosen = options.parse_args()
    if chosen.home:
        os.environ["KANAME_HOME"] = chosen.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
    import django

    django.setup()
    from kaname.access.models import Person
    from kaname.ledger.models import Case
    from kaname.registers.compare import compare
    from kaname.registers.picture import picture
    from kaname.registers.report import pdf
    from kaname.registers.slides import pptx

    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_start": os.getloadavg()[0],
    }
    person = Person.objects.get(email=chosen.email) if chosen.email else None
    first = time.perf_counter()
    shown = picture(DAYS[1], person, DAYS[1])
    pptx(shown, "ja")
    say("first deck, imports included", f"{time.perf_counter() - first:.2f} s")
    results["picture"] = measured(lambda: picture(DAYS[1], person, DAYS[1]))
    for lang in ("ja", "en"):
        results[f"pdf_{lang}"] = measured(partial(printed, pdf, shown, lang))
        results[f"pptx_{lang}"] = measured(partial(pptx, shown, lang))
    for rows in ROWS:
        long = with_rows(rows)
        results[f"pdf_{rows}_rows"] = measured(partial(printed, pdf, long, "ja"), 1)
        results[f"pptx_{rows}_rows"] = measured(partial(pptx, long, "ja"), 1)
    results["compare"] = measured(lambda: compare(*DAYS, person, DAYS[1]))
    if person is not None:
        results["cases"] = Case.objects.count()
    for name, found in results.items():
        say(name, str(found))
    place = ROOT / "bench" / "results" / "glance_paper.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    promise(results)


def printed(pdf: "Callable[[Picture, Lang], bytes]", shown: "Picture", lang: "Lang") -> bytes:
    """The report of a picture with a title of its own: the typesetter remembers what it has set before."""
    from kaname.law import T

    told = T(f"{shown.title.ja} {time.time_ns()}", f"{shown.title.en} {time.time_ns()}")
    return pdf(replace(shown, title=told), lang)


def with_rows(count: int) -> "Picture":
    """A picture with one table of so many rows."""
    from kaname.law import T
    from kaname.registers.blocks import Column, Page, Picture, Row, Table

    columns = (Column("n", T("番号", "no."), True), Column("what", T("名称", "name")), Column("day", T("日", "day")))
    rows = tuple(Row(str(n), (n, f"認定供給確保計画 {n}", DAYS[0])) for n in range(count))
    table = Table("t", T("一覧", "list"), columns, rows)
    return Picture(DAYS[0], T("全体像", "picture"), (), (Page("p", T("一覧", "list"), T("一覧", "list"), (table,)),))


def measured(run: Callable[[], object], times: int = 3) -> dict[str, float]:
    """The best of a few runs: seconds on the clock and of the processor."""
    found = []
    for _ in range(times):
        clock, cpu = time.perf_counter(), time.process_time()
        run()
        found.append((time.perf_counter() - clock, time.process_time() - cpu))
    best = min(found)
    return {"seconds": round(best[0], 3), "processor": round(best[1], 3)}


def promise(results: dict[str, object]) -> None:
    limits = {"pdf_ja": 3.0, "pdf_en": 3.0, "pptx_ja": 5.0, "pptx_en": 5.0, "compare": 1.0}
    for name, limit in limits.items():
        found = results[name]
        assert isinstance(found, dict)
        if found["seconds"] > limit:
            sys.exit(f"{name}: {found['seconds']} s, promised {limit} s")


def say(name: str, told: str) -> None:
    sys.stdout.write(f"{name:32} {told}\n")


if __name__ == "__main__":
    main()
