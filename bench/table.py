"""The tables of docs/performance.md, written out of bench/results/*.json: no figure is copied by hand.

Run: python bench/table.py (the last step of `make bench`)
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import table_more

BENCH = Path(__file__).parent
RESULTS, DOCUMENT = BENCH / "results", BENCH.parent / "docs" / "performance.md"
HEAD = ("What", "Floor", "Peer", "Kaname", "Promise", "Measured", "Kept")
_TABLES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


def main() -> None:
    """Renew the tables, and say on the terminal what was promised and what is kept."""
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(_TABLES.sub(lambda _: tables(), text), "utf-8")
    sys.stdout.write(f"{_promises()}\n")


def tables() -> str:
    """All promises in one table, then how time and memory grow."""
    return f"\n{_promises()}\n\n{_growth()}\n\n"


def shown() -> str:
    """What the document shows now."""
    found = _TABLES.search(DOCUMENT.read_text("utf-8"))
    assert found, f"{DOCUMENT.name} has no <!-- figures --> ... <!-- end of figures -->"
    return found[0]


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every promise: the benchmark that measures it, and its row. A benchmark that was never run has none."""
    for name, made in _ROWS:
        if (RESULTS / f"{name}.json").exists():
            yield from ((name, row) for row in made())


def _promises() -> str:
    return _table(HEAD, (row for _, row in rows()))


def _screening() -> Iterator[tuple[str, ...]]:
    found = _read("screening")
    masks, command = found["masks"], found["command"]
    what = f"Screening, raw strings to outcome masks, {masks['symbols'] / 1e6:.1f} M symbols"
    seconds = [f"{masks[s]:.3g} s" for s in ("floor_s", "duckdb_s", "kaname_s")]
    yield what, *seconds, "25 times DuckDB", *_at_least(masks["times_duckdb"], 25, "times")
    yield "", "", "", "", "80 M symbols/s", *_at_least(masks["million_symbols_per_s"], 80, "M symbols/s")
    what = f"Whole command, {command['applications']:,} applications, CSV to CSV"
    seconds = [f"{command[s]:.2f} s" for s in ("floor_s", "polars_s", "kaname_s")]
    yield what, *seconds, "5 times Polars", *_at_least(command["times_polars"], 5, "times")
    most = command["growth"][-1]
    what = f"Memory, {most['applications']:,} applications"
    yield what, "", "", f"{most['mb']:.0f} MB", "under 1,000 MB", f"{most['mb']:.0f} MB", _kept(most["mb"] < 1000)


def _days() -> Iterator[tuple[str, ...]]:
    found = _read("days")
    for length, ratio in found["periods"].items():
        what = f"Days in bulk, {found['days']:,} deadlines of {length}"
        ours = f"{ratio['bulk_over_floor']:.0f} times the floor"
        yield what, "", "", ours, "100 times the scalar", *_at_least(ratio["scalar_over_bulk"], 100, "times")


def _fold() -> Iterator[tuple[str, ...]]:
    found = _read("fold")
    rates = {name.split(",")[0]: rate for name, rate in found["acts_per_second"].items()}
    floor, peer = (f"{next(r for n, r in rates.items() if n.startswith(w)):,.0f}/s" for w in ("floor", "peer"))
    rows = [("Fold", "ours: full fold"), ("Step, a standing after each", "ours: step by step")]
    for what, name in rows:
        ours = f"{rates[name]:,.0f}/s"
        yield (
            f"{what}, {found['acts']:,} acts",
            floor,
            peer,
            ours,
            "20,000 acts/s",
            *_at_least(rates[name], 20_000, "/s"),
        )


def _ownership() -> Iterator[tuple[str, ...]]:
    found = _read("ownership")
    share, control = found["foreign"], found["control"]
    what = f"Foreign share of all, {share['entities']:,} entities, {share['in_circles']:,} in circles"
    seconds = [f"{share[s]:.3g} s" for s in ("floor_s", "scipy_s", "kaname_s")]
    yield what, *seconds, "100 times scipy", *_at_least(share["times_scipy"], 100, "times")
    what = f"Control by anybody, {control['entities']:,} entities, graph built"
    seconds = [f"{control[s]:.3g} s" for s in ("floor_s", "networkx_s", "kaname_s")]
    yield what, *seconds, "30 times networkx", *_at_least(control["times_networkx"], 30, "times")


def _filing() -> Iterator[tuple[str, ...]]:
    """Pages of vendors by the time of the processor: that of the clock is in the results, with the machine's load."""
    found = _read("filing")
    plan, bom, across = found["validation"], found["bom"], found["across"]
    for name, what in (("whole", "nothing missing"), ("broken", f"{plan['broken_findings']:,} findings")):
        row = f"Plan of {plan['components']:,} components and {plan['suppliers']} suppliers validated, {what}"
        seconds = plan[f"{name}_s"]
        yield (
            row,
            f"{plan['floor_s']:.2f} s",
            "",
            f"{seconds:.2f} s",
            "under 1 s",
            f"{seconds:.2f} s",
            _kept(seconds < 1),
        )
    row = f"CycloneDX bill of {bom['components']:,} parts read and judged"
    yield row, f"{bom['floor_s']:.3f} s", "", f"{bom['kaname_s']:.2f} s", "", "", ""
    pages = {name: page for name, page in across.items() if isinstance(page, dict)}
    name, page = max(pages.items(), key=lambda pair: pair[1]["cpu_ms"])
    what = f"Vendors across {across['plans']:,} plans, the slowest page: {name.replace('_', ' ')}"
    ms = page["cpu_ms"]
    yield what, "", "", f"{ms:.0f} ms CPU", "under 50 ms", f"{ms:.0f} ms CPU", _kept(ms < 50)


def _hands() -> Iterator[tuple[str, ...]]:
    """Letters, workbooks and mail, by the time of the processor: one core."""
    found = _read("hands")
    letters, issued, books, mails = (found[name][-1] for name in ("letters", "issues", "workbooks", "digests"))
    each, floor = letters["each_ms"], f"{letters['floor_ms']:.1f} ms"
    ms = f"{each:.0f} ms"
    yield "A letter as PDF/A, each of another case", floor, "", ms, "under 100 ms", ms, _kept(each < 100)
    each = issued["each_ms"]
    row = "A paper issued: number, bytes sealed, entry; each of another case"
    yield row, floor, "", f"{each:.0f} ms", "1,000 in 60 s", f"1,000 in {each:.0f} s", _kept(each < 60)
    each = issued["archive_s"] / issued["letters"] * 1000
    row = f"{issued['letters']:,} issued papers again, as one archive with their digests"
    yield row, "", "", f"{each:.0f} ms each", "1,000 in 60 s", f"1,000 in {each:.0f} s", _kept(each < 60)
    row = f"Workbook of {books['rows']:,} rows"
    seconds = books["cpu_s"]
    yield row, f"{books['floor_s']:.3f} s", "", f"{seconds:.2f} s", "under 2 s", f"{seconds:.2f} s", _kept(seconds < 2)
    seconds = mails["each_ms"] * 5
    row = f"The day's mail, {mails['people']:,} people"
    each = f"{mails['each_ms']:.1f} ms each"
    yield row, "", "", each, "5,000 in 30 s", f"5,000 in {seconds:.0f} s", _kept(seconds < 30)


def _acts() -> Iterator[tuple[str, ...]]:
    """Acts of the small invented kind, a second of processor; the peers run on SQLite whatever we run on."""
    for database, found in _read("ledger").items():
        ours = found["ours: perform, 8 acts a case"][0]
        floor = found["floor: bare statements, a commit an act"][0]
        row = f"Acts by `perform`, {database}", f"{floor:,}/s", "", f"{ours:,}/s"
        yield *row, "1,600 a CPU second", *_at_least(ours, 1600, "/s")
        for peer, times in (("SpiffWorkflow", 2.5), ("django-fsm-2", 1)):
            if theirs := found.get(f"peer: {peer}, 8 acts a case"):
                promise = f"{times:g} times {peer}"
                yield "", "", f"{theirs[0]:,}/s", "", promise, *_at_least(ours / theirs[0], times, "times")


def _intake() -> Iterator[tuple[str, ...]]:
    for database, found in _read("ledger").items():
        ours = found["ours: intake, patents, judged by likeness"][1]
        floor = found["floor: the same patents cases by bare bulk statements"][1]
        row = f"Bulk intake of applications, {database}", f"{floor:,}/s", "", f"{ours:,}/s"
        yield *row, "half of the bare rate", *_at_least(ours / floor, 0.5, "of it")


def _pages() -> Iterator[tuple[str, ...]]:
    """The slowest of the pages of each sort over all people."""
    for database, found in _read("office").items():
        for sort in ("inbox", "list", "search", "case"):
            name, ms = max(
                ((f"{who}: {page}", ms["p95"]) for who, pages in found["pages"].items() if isinstance(pages, dict)
                 for page, ms in pages.items() if page.startswith(sort)),
                key=lambda pair: pair[1],
            )  # fmt: skip
            what = f"{sort.capitalize()} at {found['cases']:,} cases, {database}; slowest: {name}"
            yield what, "", "", f"{ms:.0f} ms", "p95 under 50 ms", f"{ms:.0f} ms", _kept(ms < 50)
        if at_once := found.get("at_once"):
            rate = at_once["list"]["per_second"]
            what = f"List pages at 16 clients, {database}"
            yield what, "", "", f"{rate:,.0f}/s", "200 pages/s", *_at_least(rate, 200, "/s")


def _whole() -> Iterator[tuple[str, ...]]:
    for database, found in _read("office").items():
        done = found.get("upkeep", {})
        for job, most in (("verify", 120), ("rebuild", 300), ("restore", 600)):
            if job not in done:
                continue
            seconds = done[job]["s"]
            what = f"`{job}` of {found['entries']:,} entries, {database}"
            yield what, "", "", f"{seconds:.0f} s", f"under {most} s", f"{seconds:.0f} s", _kept(seconds < most)


def _names() -> Iterator[tuple[str, ...]]:
    found = _read("names")
    search, pairs = found["search"], found["pairs"]
    what = f"Names, {search['queries']:,} against {search['names']:,}, every pair with Jaro-Winkler >= 0.9"
    rates = [f"{search['queries'] / search[s]:,.0f}/s" for s in ("floor_s", "rapidfuzz_s", "kaname_s")]
    yield what, *rates, "10 times rapidfuzz", *_at_least(search["times_rapidfuzz"], 10, "times")
    work = [f"{search[s]:.2f} s" for s in ("rapidfuzz_cpu_s", "kaname_cpu_s")]
    yield "The same, processor seconds", "", *work, "", f"{search['times_rapidfuzz_cpu']:.0f} times", ""
    recall = search["recall"]
    told = "1.000", f"{recall:.3f}", "1.000", f"{recall:.3f}", _kept(recall == 1)
    yield "The same, share of those pairs found", "", *told
    peer = pairs["logic_v2_us"]
    rows = (
        ("Names, a candidate decided, {:,} pairs, all of the UN list found", pairs["kaname_blocked_us"]),
        ("The same, no bound, {:,} pairs scored in full", pairs["kaname_scored_us"]),
    )
    for what, ours in rows:
        measured = _at_least(peer / ours, 1000, "times")
        shown = f"{peer:.0f} µs", f"{ours:.3f} µs"
        yield what.format(pairs["candidates"]), "", *shown, "1,000 times logic-v2", *measured


def _trade() -> Iterator[tuple[str, ...]]:
    """Of a core: the time of the processor, for which other work on the machine matters less than for the clock."""
    found = _read("trade")
    cube, page, draws = found["cube"], found["page"], found["resample"]
    what = f"HHI, top 1, top 3 of every importer and product, {cube['rows'] / 1e6:.0f} M rows"
    floor, ours = f"{cube['floor_s']:.3f} s", f"{cube['kaname_s']:.2f} s"
    yield what, floor, f"{cube['duckdb_s']:.1f} s", ours, "5 times DuckDB", *_at_least(cube["times_duckdb"], 5, "times")
    yield "", "", f"{cube['polars_s']:.1f} s", "", "40 times Polars", *_at_least(cube["times_polars"], 40, "times")
    cpu = cube["kaname_cpu_s"]
    yield "The same, processor seconds", "", "", f"{cpu:.2f} s", "under 0.25 s", f"{cpu:.2f} s", _kept(cpu < 0.25)
    if page:  # of real files, which not every machine has
        what = f"Page of a product, {page['figures']} figures, three raw files, whole command"
        cold, warm = page["cold_s"], page["warm_cpu_s"] * 1000
        yield what, "", "", f"{cold:.2f} s", "under 2 s", f"{cold:.2f} s", _kept(cold < 2)
        ours = f"{warm:.0f} ms"
        yield "The same, files read, processor", "", "", ours, "under 50 ms", ours, _kept(warm < 50)
    drawn = draws["seconds"]
    what = f"{draws['draws']:,} resamples of a product with {draws['suppliers']} suppliers"
    yield what, "", "", f"{drawn:.2f} s", "under 2 s", f"{drawn:.2f} s", _kept(drawn < 2)


def _glance() -> Iterator[tuple[str, ...]]:
    """The slowest of the people asked, in the largest office. Held by the time of the processor, as other rows are; the
    clock of a machine at work is told beside it."""
    for found in _read("glance").get("offices", ())[-1:]:
        for name, what, most in (
            ("picture", "Picture of the Act on any day", 300), ("cover", "Its cover, as a page", 300),
            ("subject", "A subject of it, as a page", 300), ("compare", "Comparison of two days", 1000),
        ):  # fmt: skip
            slowest = max((found[who][name] for who in ("jpo", "attorney")), key=lambda ms: ms["cpu_p95"])
            clock, cpu = f"{slowest['p95']:,.0f} ms by the clock", f"{slowest['cpu_p95']:,.0f} ms CPU"
            said = f"{what}, {found['entries']:,} entries, load {found['load']:.0f}"
            yield said, "", "", clock, f"p95 under {most:,} ms", cpu, _kept(slowest["cpu_p95"] < most)


def _search() -> Iterator[tuple[str, ...]]:
    """By the time of the processor, the database's own process too; that of the clock is in the results."""
    for database, found in _read("search").items():
        if database == "small":
            continue
        what = f"Search, {found['cases']:,} cases, {found['documents']:,} documents, {database}; slowest: "
        p95 = found["ours"]["p95"]
        yield (
            what + found["ours"]["slowest"], f"{found['floor']['p50']:.0f} ms", f"{found['like']['p95']:.0f} ms",
            f"{p95:.0f} ms CPU", "p95 under 100 ms", f"{p95:.0f} ms CPU", _kept(p95 < 100),
        )  # fmt: skip


def _network() -> Iterator[tuple[str, ...]]:
    """By the time of the processor, one thread."""
    found = _read("network")
    for one, promise in zip(found["risk"][1:], (0.20, 3.0), strict=True):
        what = f"Systemic risk of a firm, {one['firms']:,} firms, {one['links']:,} links"
        ours = f"{one['kaname_ms']:.2f} ms"
        floor, peer = f"{one['floor_ms']:.2f} ms", f"{one['plain_ms']:.0f} ms"
        yield what, floor, peer, ours, f"at most {promise:.2f} ms", ours, _kept(one["kaname_ms"] <= promise)
        yield (
            "",
            "",
            "",
            "",
            "2,000 times the plain method" if promise < 1 else "1,500 times the plain method",
            *_at_least(one["times_plain"], 2000 if promise < 1 else 1500, "times"),
        )
    day, large = found["inventory"], found["memory"]
    ours = f"{day['kaname_ms']:.1f} ms"
    row = f"A day of the inventory model, {day['firms']:,} firms, {day['links']:,} links"
    yield row, f"{day['floor_ms']:.1f} ms", "", ours, "at most 14 ms", ours, _kept(day["kaname_ms"] <= 14)
    row, gb = f"Memory of systemic risk, {large['firms']:,} firms, {large['links']:,} links", large["most_mb"] / 1000
    yield row, "", "", f"{gb:.1f} GB", "under 4 GB", f"{gb:.1f} GB", _kept(gb < 4)


def _growth() -> str:
    rows = [
        (f"Whole command, {g['applications']:,} applications", f"{g['seconds']:.2f} s",
         f"{g['seconds'] / g['applications'] * 1e6:.2f} µs", f"{g['mb']:.0f} MB")
        for g in _read("screening")["command"]["growth"]
    ] + [
        (f"Fold of one ledger of {int(n):,} entries", f"{int(n) / rate:.3f} s", f"{1e6 / rate:.1f} µs", "")
        for n, rate in _read("fold")["growth"].items()
    ] + [
        (f"Foreign share of all, {g['entities']:,} entities", f"{g['seconds']:.4f} s",
         f"{g['seconds'] / g['entities'] * 1e9:.1f} ns", "")
        for g in _read("ownership")["foreign"]["growth"]
    ] + [
        (f"Picture of a day, {g['cases']:,} cases, processor", f"{g['jpo']['picture']['cpu_p50'] / 1000:.3f} s",
         f"{g['jpo']['picture']['cpu_p50'] * 1000 / g['cases']:.2f} µs", "")
        for g in _read("glance").get("offices", ())
    ] + [
        (f"Search, {g['cases']:,} cases, processor, median", f"{g['ours']['p50'] / 1000:.3f} s",
         f"{g['ours']['p50'] * 1000 / g['cases']:.2f} µs", "")
        for g in _read("search").values() if g["label"] == "SQLite"
    ]  # fmt: skip
    return _table(("Growth", "Time", "Each", "Memory"), rows)


def _at_least(value: float, promise: float, unit: str) -> tuple[str, str]:
    figure = f"{value:,.0f}" if value >= 20 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
    return f"{figure} {unit}" if unit[0] != "/" else f"{figure}{unit}", _kept(value >= promise)


def _kept(kept: bool) -> str:
    return "yes" if kept else "**no**"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _read(name: str) -> Any:
    """Results of a benchmark; nothing where it has not been run."""
    if not (RESULTS / f"{name}.json").exists():
        return {}
    return json.loads((RESULTS / f"{name}.json").read_text("utf-8"))


_ROWS: tuple[tuple[str, Callable[[], Iterator[tuple[str, ...]]]], ...] = (
    ("screening", _screening), ("days", _days), ("fold", _fold), ("ledger", _acts), ("ledger", _intake),
    ("office", _pages), ("office", _whole), ("ownership", _ownership), ("names", _names), ("trade", _trade),
    ("filing", _filing), ("glance", _glance), ("glance_paper", lambda: table_more.paper(_read("glance_paper"))),
    ("hands", _hands), ("pages", lambda: table_more.opened(_read("pages"))),
    ("search", _search), ("texts", lambda: table_more.texts(_read("texts"))),
    ("sealing", lambda: table_more.sealing(_read("sealing"))), ("network", _network),
    ("trust", lambda: table_more.trust(_read("trust"))),
    ("cluster", lambda: table_more.cluster(_read("cluster"))),
)  # fmt: skip


if __name__ == "__main__":
    main()
