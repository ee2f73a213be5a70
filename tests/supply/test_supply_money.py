"""Surcharge and arrears to the yen: by hand, and by a slow second derivation that walks every day in fractions."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from supply_ledgers import kaname, standing, state, tried, worked

from kaname.procedure import fold
from kaname.regimes import kind
from kaname.regimes.supply import money
from walks import read_ledger

D = date.fromisoformat


def slowly(owed_on, first: date, last: date) -> int:
    """10.95 percent of a year of 365 days for each day, added up one by one; fractions of a yen dropped at the end."""
    total, day = Fraction(0), first
    while day <= last:
        total += max(owed_on(day), 0) * Fraction(1095, 100) / 100 / 365
        day += timedelta(1)
    return int(total)


def slow_surcharge(receipts, ordered, repaid, upto) -> int:
    def owed_on(day: date) -> int:
        back, left = 0, ordered
        for received, amount in sorted(receipts, reverse=True):
            taken = min(amount, left)
            left -= taken
            back += taken if received <= day else 0
        return back - sum(amount for paid, amount in repaid if paid < day)

    return slowly(owed_on, min(day for day, _ in receipts), upto)


def slow_arrears(ordered, due, repaid, upto) -> int:
    return slowly(lambda day: ordered - sum(a for paid, a in repaid if paid < day), due + timedelta(1), upto)


@pytest.mark.parametrize(
    ("amount", "received", "repaid", "yen"),
    [
        (10_000, "2025-04-01", "2025-04-01", 3),  # one day: the day itself is counted
        (10_000, "2025-04-01", "2026-03-31", 1095),  # 365 days are 10.95 percent
        (10_000, "2024-01-01", "2024-12-31", 1098),  # a leap year has a day more
        (9_999, "2025-04-01", "2025-04-01", 2),  # 2.9997, dropped not rounded
        (3_333, "2025-04-01", "2025-04-01", 0),  # 0.9999
        (1, "2015-01-01", "2025-01-01", 1),  # 3,654 days: 1.0962
    ],
)
def test_one_sum_by_hand(amount, received, repaid, yen):
    found = money.surcharge([(D(received), amount)], amount, [], D(repaid))
    assert found.amount == yen == slow_surcharge([(D(received), amount)], amount, [], D(repaid))


def test_what_was_received_last_is_returned_first():
    receipts = [(D("2025-04-01"), 700), (D("2025-06-01"), 500)]
    assert money.last_received(receipts, 600) == [(D("2025-06-01"), 500), (D("2025-04-01"), 100)]


def test_arrears_begin_on_the_day_after_the_due_date():
    assert money.arrears(10_000, D("2025-07-31"), [], D("2025-07-31")).amount == 0
    assert money.arrears(10_000, D("2025-07-31"), [], D("2025-08-01")).amount == 3


@pytest.mark.parametrize("seed", range(40))
def test_fast_and_slow_agree(seed):
    rng = random.Random(seed)
    start = D("2023-04-01")
    days = sorted(start + timedelta(rng.randint(0, 700)) for _ in range(rng.randint(1, 4)))
    receipts = [(day, rng.choice([1, 9_999, 600_000_001, rng.randint(1, 10**10)])) for day in days]
    ordered = rng.randint(1, sum(a for _, a in receipts))
    due = days[-1] + timedelta(rng.randint(0, 90))
    repaid, left, day = [], ordered, days[-1]
    for _ in range(rng.randint(0, 3)):
        day += timedelta(rng.randint(0, 120))
        part = rng.randint(0, left // 2)
        repaid.append((day, part))
        left -= part
    upto = day + timedelta(rng.randint(0, 400))
    assert money.surcharge(receipts, ordered, repaid, upto).amount == slow_surcharge(receipts, ordered, repaid, upto)
    assert money.arrears(ordered, due, repaid, upto).amount == slow_arrears(ordered, due, repaid, upto)


def test_a_breach_with_two_payments_a_part_and_a_late_rest_by_hand():
    """600,000,001 yen for 111 days, 1,000,000,001 for 162, 700,000,001 for 60; late by 29 days."""
    exact = (600_000_001 * 111 + 1_000_000_001 * 162 + 700_000_001 * 60) * 3
    assert (exact // 10_000, 700_000_001 * 29 * 3 // 10_000) == (81_180_000, 6_090_000)
    case = "\n".join(worked("grant_breach").splitlines()[:-1])
    told = kaname(case, "try", "grant.repay", "--on", "2025-08-29")
    assert told["accepted"]
    data = told["entry"]["data"]
    assert (data["amount"], data["surcharge"], data["arrears"]) == (700_000_001, 81_180_000, 6_090_000)


def test_another_amount_of_surcharge_needs_a_reason():
    case = "\n".join(worked("grant_breach").splitlines()[:-1])
    assert not tried(case, "grant.repay", "2025-08-29", surcharge=81_180_001)[0]
    assert tried(case, "grant.repay", "2025-08-29", surcharge=0, reason_for_surcharge="免除（19条3項）")[0]


def test_changed_circumstances_carry_no_surcharge():
    case = "\n".join(worked("grant_breach").splitlines()[:-1]).replace('"breach"', '"changed"')
    data = kaname(case, "try", "grant.repay", "--on", "2025-07-31")["entry"]["data"]
    assert (data["surcharge"], data["arrears"]) == (0, 0)
    assert not tried(case, "grant.repay", "2025-07-31", surcharge=1)[0]


def test_a_corporation_follows_its_own_rules():
    case = "\n".join(worked("grant_breach").splitlines()[:-1]).replace('"agency"', '"corporation"')
    data = kaname(case.replace('"body": "corporation"', '"body": "corporation", "reason_for_body": "支援法人"'),
                  "try", "grant.repay", "--on", "2025-08-29")["entry"]["data"]  # fmt: skip
    assert "surcharge" not in data and "arrears" not in data


def test_without_revocation_only_what_exceeds_the_fixed_amount_comes_back():
    case = "\n".join(worked("grant_overpaid").splitlines()[:-2])
    assert not tried(
        case, "grant.return", "2024-05-10", amount=200_000_001, return_by="2024-06-10", reason_for_amount="x"
    )[0]
    assert tried(case, "grant.return", "2024-05-10", return_by="2024-06-10")[0]
    paid = worked("grant_full_life")
    assert not tried(paid, "grant.return", "2026-03-02", "--run", "g1", amount=1, return_by="2026-04-01")[0]


def test_not_more_is_paid_than_was_decided_or_fixed():
    before = "\n".join(worked("grant_full_life").splitlines()[:-3])
    assert not tried(before, "grant.pay", "2025-07-10", "--run", "g1", amount=2_800_000_001)[0]
    assert state(worked("grant_paid_in_advance"), "2024-04-26", "grant") == "paid"


def test_a_grant_waits_for_the_certification_and_its_notice():
    lines = worked("grant_withdrawn").splitlines()
    accepted, said = tried("\n".join(lines[:3]), "grant.apply", "2023-07-03")
    assert not accepted and "not notified" in said
    cancelled = worked("cancelled")
    assert not tried(cancelled, "grant.apply", "2024-11-01")[0]


def test_withdrawing_ends_with_the_day_set_in_the_decision():
    case = "\n".join(worked("grant_withdrawn").splitlines()[:-1])
    assert tried(case, "grant.withdraw", "2023-09-15")[0] and not tried(case, "grant.withdraw", "2023-09-16")[0]


def test_a_pause_only_after_an_order_to_perform():
    lines = worked("grant_full_life").splitlines()
    started = "\n".join(lines[:9])
    asked = {"ordered": "pause", "misfit": True, "reasons": "遅れ"}
    assert not tried(started, "grant.perform_order", "2024-04-01", "--run", "g1", **asked)[0]
    assert tried("\n".join(lines[:11]), "grant.perform_order", "2024-05-01", "--run", "g1", **asked)[0]


def test_the_sums_are_kept_when_all_is_repaid(tmp_path):
    path = tmp_path / "breach.jsonl"
    path.write_text(worked("grant_breach"), encoding="utf-8")
    found = fold(kind("supply.plan"), read_ledger(path), D("2025-09-01"))
    assert dict(found.fact("grant.sums_due")) == {"surcharge": 81_180_000, "arrears": 6_090_000}
    assert (
        next(d for d in standing(worked("grant_breach"), "2025-09-01")["duties"] if d["id"] == "repay")["status"]
        == "done"
    )
