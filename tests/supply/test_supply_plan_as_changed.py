"""The plan as a case knows it: what a change of its own run brings, kept for the plan; the rest stays as it was."""

from datetime import date

from supply_ledgers import CASES, KIND

from kaname.procedure import fold
from kaname.regimes import kind
from walks import entry_of, read_ledger


def known(entries, day: str) -> dict:
    found = fold(kind(KIND), entries, date.fromisoformat(day))
    return {n: found.fact(f"plan.{n}") for n in ("number", "funds", "grant", "period_end", "certified_funds")}


def test_a_certified_change_becomes_the_plan_and_refused_or_withdrawn_ones_do_not():
    entries = read_ledger(CASES / "plan_changes.jsonl")
    before = known(entries, "2024-08-29")
    assert (before["number"], before["funds"]) == ("2023蓄電池第1号-1", 12_000_000_000), "c1 refused, c2 withdrawn"
    assert known(entries, "2024-08-30") == {
        "number": "2023蓄電池第1号-2", "funds": 14_000_000_000, "grant": 4_500_000_000,
        "period_end": date(2029, 3, 31), "certified_funds": 14_000_000_000,
    }  # fmt: skip


def test_a_minor_change_becomes_the_plan_on_its_notice_but_not_what_was_certified():
    entries = read_ledger(CASES / "plan_s3_notified.jsonl")
    assert known(entries[:-1], "2024-06-01")["funds"] == 12_000_000_000, "made, not yet notified"
    after = known(entries, "2024-06-01")
    assert (after["funds"], after["certified_funds"]) == (13_100_000_000, 12_000_000_000)
    assert after["grant"] == 4_000_000_000, "what does not change stays"


def test_two_changes_on_one_day_each_bring_their_own():
    certify = {
        "number": "n", "technology_protected": True,
        **dict.fromkeys(("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures",
                         "information_managed"), True),
    }  # fmt: skip
    entries = read_ledger(CASES / "plan_s3_funds.jsonl")
    for run, data in (("a", {"funds": 15_000_000_000}), ("b", {"period_end": "2030-03-31"})):
        for act, more in (("submit", data), ("consult", {})):
            line = {"act": f"plan_change.{act}", "on": "2024-07-01", "run": run, "data": more}
            entries.append(entry_of(line, len(entries) + 1))
    for run in ("b", "a"):
        line = {"act": "plan_change.certify", "on": "2024-07-20", "run": run, "data": certify}
        entries.append(entry_of(line, len(entries) + 1))
    found = known(entries, "2024-07-20")
    assert (found["funds"], found["period_end"]) == (15_000_000_000, date(2030, 3, 31))
