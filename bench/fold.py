"""Fold: random legal walks of patent cases, acts per second on one core, and growth with the ledger's length.

Prints, in one run: the floor (reading the same ledger lines as JSON and hashing them), the peer (python-statemachine
making as many transitions, which keeps no dates and no history), ours (fold, step, decide), and the ratios.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from statemachine import State, StateMachine

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from kaname.procedure import Entry, decide, fold, step
from kaname.regimes import kind
from walks import read_ledger, walk

CASES = sorted((Path(__file__).parents[1] / "tests/patents/cases").glob("*.jsonl"))
APPLICATION = kind("patents.application")


class Peer(StateMachine):
    """The smallest machine that goes round: what a general state-machine library pays for a transition."""

    one, two = State(initial=True), State()
    there = one.to(two)
    back = two.to(one)


def ledgers(count: int, steps: int) -> list[list[Entry]]:
    """Ledgers of random legal walks, from random prefixes of the worked cases."""
    seeds = [read_ledger(path) for path in CASES]
    seeds = [s for s in seeds if s and s[0].act.split(".")[0] in {p.id for p in APPLICATION.procedures}]
    return [walk(APPLICATION, seeds, random.Random(i), steps, date(2026, 1, 15)).entries for i in range(count)]


def seconds(job: Callable[[], object], repeat: int = 5) -> float:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - start)
    return best


def as_line(e: Entry) -> bytes:
    return json.dumps({"act": e.act, "on": str(e.on), "data": dict(e.data), "run": e.run}, default=str).encode()


def main() -> None:
    books = ledgers(60, 40)
    acts = sum(len(b) for b in books)
    lines = [as_line(e) for b in books for e in b]
    floor = acts / seconds(lambda: [(json.loads(x), hashlib.sha256(x).digest()) for x in lines])
    machine = Peer()
    peer = acts / seconds(lambda: [machine.send("there" if i % 2 == 0 else "back") for i in range(acts // 2 * 2)], 2)
    full = acts / seconds(lambda: [fold(APPLICATION, b, b[-1].on) for b in books])
    stepped = acts / seconds(lambda: [take_all(b) for b in books])
    decided = acts / seconds(lambda: [decide_all(b) for b in books], 2)
    rows = [
        ("floor: JSON and SHA-256 of the lines", floor),
        ("peer: python-statemachine, bare transitions", peer),
        ("ours: full fold", full),
        ("ours: step by step, a standing after each", stepped),
        ("ours: decide each, then step", decided),
    ]
    growth = [(n, _long(n)) for n in (250, 500, 1000, 2000)]
    table = Table("what", "acts/s", "of the peer", "of the floor")
    for name, rate in rows:
        table.add_row(name, f"{rate:,.0f}", f"{rate / peer:.1f}", f"{rate / floor:.2f}")
    for n, rate in growth:
        table.add_row(f"ours: full fold of one ledger of {n:,} entries", f"{rate:,.0f}", f"{rate / peer:.1f}", "")
    longest = max(len(b) for b in books)
    Console().print(f"{acts:,} acts in {len(books)} random legal walks, the longest of {longest}", table)
    figures = {"acts": acts, "acts_per_second": dict(rows), "growth": {str(n): round(r) for n, r in growth}}
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "fold.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def take_all(book: list[Entry]) -> None:
    standing = fold(APPLICATION, [], book[0].on)
    for entry in book:
        standing = step(APPLICATION, standing, entry) or standing


def decide_all(book: list[Entry]) -> None:
    standing = fold(APPLICATION, [], book[0].on)
    for entry in book:
        decide(standing, entry)
        standing = step(APPLICATION, standing, entry) or standing


def _long(n: int) -> float:
    """Acts per second of one long ledger: a designation whose sharing operators change again and again."""
    head = next(read_ledger(p) for p in CASES if "full_life" in p.name)
    cut = next(i for i, e in enumerate(head) if e.act.endswith(".designate")) + 1
    day = head[cut - 1].on + timedelta(1)
    book = head[:cut]
    while len(book) < n:
        i = len(book)
        run = f"op{i % 40}"
        book.append(Entry("sharing_operator_change.apply_new", day + timedelta(i // 40), {}, run, seq=i + 1))
        book.append(Entry("sharing_operator_change.approve", day + timedelta(i // 40), {}, run, seq=i + 2))
    assert not fold(APPLICATION, book, book[-1].on).notes  # every act of it has effect
    return len(book) / seconds(lambda: fold(APPLICATION, book, book[-1].on), 3)


if __name__ == "__main__":
    main()
