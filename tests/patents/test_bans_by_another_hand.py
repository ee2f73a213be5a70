"""The bans of Chapter 5 worked out from the words of Arts. 68, 72, 74, 78 and 82(5) by another hand, on random ledgers.

Nothing of the declarations is used here: the acts of a ledger, their days and receipts, and a count of months of its
own. Each day on which something may change is asked, and the day after it.
"""

import calendar
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from case_files import banned

from figures import tries
from kaname.procedure import Accepted, Entry, decide, fold
from kaname.regimes.patents.kinds import application

DAY, BEGIN = timedelta(days=1), date(2024, 5, 1)
LEDGERS = tries(120, ci=300)
FOUND = {"risk_high": True, "impact_weighed": True, "suitable": True}
BANS = {
    "78": "foreign_filing_ban.file_abroad", "68": "disclosure_ban_review.publication",
    "74": "disclosure_ban_designated.disclosure", "72": "designation.no_withdrawal",
    "82(5)": "designation.no_registration",
}  # fmt: skip

# act, form, role, whether it has a day of receipt, how often
ACTS: tuple[tuple[str, dict[str, Any], str, bool, int], ...] = (
    ("first_review.file_translation", {}, "applicant", False, 3),
    ("first_review.supplement_missing_part", {}, "applicant", False, 2),
    ("first_review.supplement_missing_part", {"original_date_kept": False}, "applicant", False, 1),
    ("first_review.send", {}, "jpo", False, 3), ("first_review.notify_sent", {}, "jpo", True, 5),
    ("first_review.request_nonsend_notice", {}, "applicant", False, 2),
    ("first_review.judge_not_sent", {}, "jpo", False, 1), ("first_review.notify_nonsend", {}, "jpo", True, 2),
    ("security_review.decline", {}, "prime_minister", True, 2),
    ("security_review.notify_intention", {}, "prime_minister", True, 8),
    ("security_review.answer_keep", {}, "applicant", False, 8),
    ("designation.designate", FOUND, "prime_minister", True, 9),
    ("designation.lift", {"no_longer_needed": True}, "prime_minister", False, 4),
    ("designation.notify_end", {}, "prime_minister", True, 5),
    ("security_review.withdraw", {"how": "withdrawn"}, "applicant", False, 2),
    ("first_review.gone_before_sending", {"how": "withdrawn"}, "applicant", False, 2),
    ("foreign_filing_ban.becomes_public", {"public": True}, "anyone", False, 1),
    ("foreign_filing_ban.release_cleared_answer", {}, "applicant", True, 1),
)  # fmt: skip


def months_end(day: date, months: int) -> date:
    """Civil Code 140, 143: counted from the day after; the eve of the day that corresponds, else the month's end."""
    start = day + DAY
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, start.day) - DAY if start.day <= last else date(year, month + 1, last)


class Told:
    """What a ledger tells on a day: acts done, and acts received."""

    def __init__(self, ledger: Sequence[Entry], on: date):
        self.filing, self.on = ledger[0], on
        self.past = [e for e in ledger if e.on <= on]

    def done(self, *acts: str) -> list[date]:
        return [e.on for e in self.past if e.act in acts]

    def received(self, *acts: str) -> list[date]:
        days = (e.received_on for e in self.past if e.act in acts)
        return [d for d in days if d and d <= self.on]

    def base(self, of_own_day: set[str], parent: bool) -> date | None:
        """Arts. 66(4), 78(3): the latest of the days of the rows that apply; None while one is missing."""
        kinds = set(self.filing.data["filing_kind"])
        days: list[date | None] = [*self.done("first_review.supplement_missing_part")[-1:]]
        if "foreign_language" in kinds:
            days.append((self.done("first_review.file_translation") or [None])[-1])
        if kinds & of_own_day:
            days.append(self.filing.on)
        if not days:
            return self.filing.data.get("original_filing_date", self.filing.on) if parent else self.filing.on
        return None if None in days else max(d for d in days if d)


def abroad(t: Told) -> bool | None:
    """Art. 78(1). None where the words and the careful side differ (docs/law 0005): nobody is asked there."""
    if t.done("foreign_filing_ban.becomes_public") or t.received("foreign_filing_ban.release_cleared_answer"):
        return False
    if t.received("first_review.notify_nonsend", "security_review.decline", "designation.notify_end"):
        return False
    gone = min(t.done("security_review.withdraw", "first_review.gone_before_sending"), default=date.max)
    designated = bool(t.received("designation.designate"))

    def over(base: date | None, months: int) -> date | None:
        ends = base and months_end(base, months)
        return ends if ends and ends < t.on and gone > ends else None

    three = over(t.base({"division", "conversion"}, parent=False), 3)
    if three and not any(d <= three for d in t.done("first_review.notify_sent")):
        return None if designated else False
    return designated or not over(t.base({"conversion"}, parent=True), 10)


def words(t: Told) -> dict[str, bool | None]:
    """Each ban on that day, by the words of its article."""
    over = bool(t.received("designation.notify_end"))
    noticed = bool(t.received("designation.designate")) and not over
    outcome = t.received("designation.designate", "security_review.decline")
    asked = t.received("security_review.notify_intention")
    begun = [] if t.done("designation.lift") else t.done("designation.designate")
    gone = t.done("security_review.withdraw", "first_review.gone_before_sending")
    return {
        "78": abroad(t), "68": bool(asked) and not outcome and not gone, "74": noticed, "72": noticed,
        "82(5)": bool(begun) and t.on <= months_end(begun[0] - DAY, 12),  # 起算して: the day itself counts
    }  # fmt: skip


def at_random(rng: random.Random) -> list[Entry]:
    """A filing, and what may lawfully have happened to it since."""
    on = BEGIN + DAY * rng.randint(0, 700)
    kinds = rng.choice([[], [], [], ["foreign_language"], ["foreign_language"], ["division"], ["conversion"],
                        ["division", "foreign_language"]])  # fmt: skip
    data: dict[str, Any] = {"listed": True, "made_in_japan": True, "secret": True, "filing_kind": kinds}
    if {"division", "conversion"} & set(kinds):
        data["original_filing_date"] = max(BEGIN, on - DAY * rng.randint(1, 300))
    ledger, day = [Entry("first_review.file", on, data, by="applicant", seq=1)], on
    for act, form, by, arrives, _ in rng.choices(ACTS, [a[-1] for a in ACTS], k=rng.randint(6, 30)):
        then = day + DAY * rng.choice([0, 0, 0, 1, 1, 5, 20, 40])
        sent = {"received_on": then + DAY * rng.choice([0, 0, 1, 3, 10])} if arrives else {}
        answer = decide(fold(application, ledger, then), Entry(act, then, {**form, **sent}, by=by, seq=len(ledger) + 1))
        if isinstance(answer, Accepted):
            ledger.append(answer.entry)
            day = then
    return ledger


def days_of(ledger: Sequence[Entry]) -> list[date]:
    known = {d for e in ledger for d in (e.on, e.received_on) if d}
    ends = {months_end(d, n) for d in known for n in (3, 10)}
    return sorted({d for day in known | ends for d in (day, day + DAY) if d >= ledger[0].on})


def differences(ledger: Sequence[Entry], recorded: Sequence[Entry]) -> list[str]:
    found = []
    for day in days_of(ledger):
        standing = fold(application, recorded, day)
        asked = words(Told(ledger, day))
        found += [
            f"{day} {a}" for a, name in BANS.items() if asked[a] is not None and banned(standing, name) != asked[a]
        ]
    return found


def test_the_bans_are_those_of_the_words():
    for seed in range(LEDGERS):
        ledger = at_random(random.Random(seed))
        assert differences(ledger, ledger) == [], (seed, [(str(e.on), e.act, str(e.received_on)) for e in ledger])


def test_a_notice_that_is_left_out_is_noticed():
    """The planted fault: what arrived is not recorded."""
    notices = ("designation.designate", "security_review.notify_intention", "first_review.notify_sent")
    missed = set(notices)
    for seed in range(LEDGERS):
        ledger = at_random(random.Random(seed))
        for notice in missed & {e.act for e in ledger}:
            if differences(ledger, [e for e in ledger if e.act != notice]):
                missed.discard(notice)
        if not missed:
            return
    raise AssertionError(f"left out unnoticed: {missed}")
