"""A case twice as long costs twice as much: lines that the kernel runs are counted, no clock is read."""

import sys
from collections import Counter
from datetime import date, timedelta

import pytest
from lab import CASE
from small_kinds import PERMIT

from kaname.procedure import Entry, fold
from kaname.procedure.work import Work

FIRST = date(2025, 6, 2)


def entries(*lines):
    return [Entry(act, on, data, run, "holder" if run else "", run, seq=i)
            for i, (act, on, data, run) in enumerate(lines, 1)]  # fmt: skip


def members(n):
    """Persons who come and go, each with a duty that ends and one that lasts."""
    some = [(f"members.{what}", FIRST + timedelta(i // 9), {"person": "x"} if what == "join" else {}, f"m{i}")
            for i in range(n) for what in ("join", "leave")]  # fmt: skip
    return CASE, entries(("review.apply", FIRST, {}, ""), *some)


def receipts(n):
    """Acts that are all on their way at once."""
    sent = [("review.warn", FIRST, {"received_on": str(FIRST + timedelta(1 + i % 25))}, "") for i in range(n)]
    return CASE, entries(("review.apply", FIRST, {}, ""), *sent)


def shared(n):
    some = [("sharing.join", FIRST, {"keeper": "x"}, f"s{i}") for i in range(n)]
    return PERMIT, entries(("permit.apply", FIRST, {"name": "a", "size": "small"}, ""), *some)


def corrected(n):
    some = [("correct", FIRST, {"entry": 1, "data": {"old": "2025-05-01"}}, "") for _ in range(n)]
    return CASE, entries(("review.apply", FIRST, {}, ""), *some)


CASES = (members, receipts, shared, corrected)


def lines_run(kind, ledger):
    seen = Counter()

    def count(frame, event, _):
        seen["lines"] += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        fold(kind, ledger)
    finally:
        sys.settrace(before)
    return seen["lines"]


def growth(of):
    fold(*of(2))  # what is worked out once is not counted
    short, long = (lines_run(*of(n)) for n in (60, 120))
    return long / short


@pytest.mark.parametrize("of", CASES)
def test_twice_the_entries_are_twice_the_work(of):
    assert growth(of) < 2.1


def test_work_that_grows_with_the_square_is_found(monkeypatch):
    monkeypatch.setattr(Work, "bound_in", lambda work, track: [i for i in range(len(work.bound)) if track])
    assert growth(members) > 2.1
