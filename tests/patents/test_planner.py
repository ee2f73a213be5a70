"""The planner's lanes say what `kaname try` and `kaname standing` say of the same ledger."""

import json
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kaname.cli import root
from kaname.law import cited
from kaname.procedure import Accepted, Entry, decide, fold
from kaname.regimes.patents.kinds import application
from kaname.regimes.patents.planner import FORKS, Lane, plan, take

DAY = timedelta(days=1)
BEGIN, TODAY = date(2024, 5, 1), date(2026, 1, 15)


def filed(on: str, **data: Any) -> Entry:
    return Entry("first_review.file", date.fromisoformat(on), {"listed": True, **data})


# -- worked by hand --------------------------------------------------------------------------------------------------


def test_the_end_of_february() -> None:
    """C5-02: three months end on 31 May, ten on 31 December."""
    found = plan([filed("2025-02-28")], date(2025, 3, 10))
    assert found.banned and found.filed
    assert found.lane("silence").first_free == date(2025, 6, 1)
    assert found.lane("ten_months").first_free == date(2026, 1, 1)
    assert dict(found.marks) == {
        "filing": date(2025, 2, 28), "three": date(2025, 5, 31), "ten": date(2025, 12, 31), "year": date(2026, 2, 28),
    }  # fmt: skip
    assert found.lane("nonsend").window == (date(2025, 3, 10), date(2025, 6, 2))  # the last day is a Saturday
    assert found.lane("nonsend").status == "waits"


def test_a_translation_late_in_the_year_outlasts_it() -> None:
    """C5-06 (a): the ban outlasts the priority year even if nothing is sent."""
    entries = [
        filed("2026-03-02", filing_kind=["foreign_language"]),
        Entry("first_review.file_translation", date(2027, 5, 10)),
    ]
    found = plan(entries, date(2027, 5, 10))
    assert found.lane("silence").first_free == date(2027, 8, 11)
    assert found.priority and found.priority[1] == date(2027, 3, 2)
    untranslated = plan(entries[:1], date(2026, 4, 1))
    assert untranslated.lane("silence").status == untranslated.lane("ten_months").status == "waits"


def test_a_filing_in_japan_closes_prior_confirmation() -> None:
    """C5-07: (a) open before the filing, (c) closed after it, with the provision and the other way named."""
    before = plan([], TODAY, {"confirmation": date(2026, 2, 2)})
    assert before.lane("confirmation").first_free == date(2026, 2, 2)
    after = plan([filed("2026-01-10")], TODAY)
    assert after.lane("confirmation").status == "closed"
    (why,) = after.lane("confirmation").reasons
    assert "Art. 66(10)" in cited(why.basis, "en")


def test_the_sending_closes_the_way_by_silence() -> None:
    found = plan([filed("2025-09-16"), Entry("first_review.notify_sent", date(2025, 12, 10))], date(2025, 12, 20))
    assert found.lane("silence").status == "closed"
    assert found.lane("ten_months").first_free == date(2026, 7, 17)


def test_what_is_free_names_the_way_that_freed_it() -> None:
    found = plan([filed("2025-02-28")], date(2025, 7, 1))
    assert (found.banned, found.free_since) == (False, date(2025, 6, 1))
    assert {lane.way.id: lane.status for lane in found.lanes if lane.status == "free"} == {"silence": "free"}


def test_what_the_ban_does_not_reach_is_free_from_the_filing() -> None:
    found = plan([filed("2025-02-28", listed=False)], date(2025, 3, 1))
    assert (found.banned, found.free_since) == (False, date(2025, 2, 28))


def lanes_on_the_way(*entries: Entry, on: str) -> dict[str, tuple[str, date | None]]:
    return {x.way.id: (x.status, x.first_free) for x in plan(entries, date.fromisoformat(on)).lanes}


def test_an_answer_on_its_way_frees_by_its_own_lane_and_not_by_time() -> None:
    asked = Entry("first_review.request_nonsend_notice", date(2026, 1, 20))
    given = Entry("first_review.notify_nonsend", date(2026, 2, 1), {"received_on": "2026-02-10"})
    found = lanes_on_the_way(filed("2026-01-15"), asked, given, on="2026-02-05")
    assert found["nonsend"] == ("open", date(2026, 2, 10))
    assert found["silence"] == ("passed", date(2026, 2, 10))
    cleared = Entry("foreign_filing_ban.release_cleared_answer", date(2026, 2, 1), {"received_on": "2026-02-10"})
    found = lanes_on_the_way(filed("2026-01-15"), cleared, on="2026-02-05")
    assert found["confirmation"] == ("open", date(2026, 2, 10))
    assert found["silence"][0] == found["ten_months"][0] == "passed"


# -- forks -----------------------------------------------------------------------------------------------------------


def fork(id: str, entries: list[Entry], today: date = date(2025, 3, 10)) -> tuple[set[str], set[str], str]:
    step = take(next(f for f in FORKS if f.id == id), entries, today)
    closes, opens = ({before.way.id for before, _ in pairs} for pairs in (step.closes, step.opens))
    return closes, opens, " ".join(str(r) for r in step.refused)


def test_forks_tell_what_they_close() -> None:
    closes, opens, refused = fork("file_in_japan", [])
    assert closes == {"confirmation"} and "silence" in opens and not refused
    closes, _, _ = fork("withdraw", [filed("2025-02-28")])
    assert {"silence", "ten_months", "nonsend"} <= closes
    assert "94" in fork("file_abroad", [filed("2025-02-28")])[2]
    assert fork("request_nonsend", [filed("2025-02-28")], date(2025, 6, 3))[2]  # a day late
    closes, opens, refused = fork("file_abroad", [])  # the ban is older than any application
    assert (closes, opens) == (set(), set()) and "79条" in refused


# -- 200 filings at random -------------------------------------------------------------------------------------------


def at_random(rng: random.Random) -> tuple[list[Entry], date, dict[str, date]]:
    """A filing of any kind with what may have happened to it since, a day to plan on, and supposed days of notices."""
    on = BEGIN + DAY * rng.randint(0, 900)
    every = ["ordinary", "foreign_language", "reference_filing", "division", "conversion"]
    kinds = rng.sample(every, rng.choice([0, 1, 1, 2]))
    data: dict[str, Any] = {"listed": rng.random() > 0.1, "filing_kind": kinds}
    if {"division", "conversion"} & set(kinds):
        data["original_filing_date"] = max(BEGIN, on - DAY * rng.randint(1, 400)).isoformat()
    if rng.random() < 0.3:
        data["priority_date"] = (on - DAY * rng.randint(0, 365)).isoformat()
    acts: list[tuple[str, dict[str, Any]]] = [
        ("first_review.file_translation", {}), ("first_review.file_reference_papers", {}),
        ("first_review.supplement_missing_part", {}), ("first_review.notify_sent", {}),
        ("first_review.request_nonsend_notice", {}), ("security_review.decline", {}),
        ("first_review.gone_before_sending", {"how": "withdrawn"}),
    ]  # fmt: skip
    entries, day = [Entry("first_review.file", on, data, by="applicant", seq=1)], on
    for act, form in rng.sample(acts, rng.randint(0, 3)):
        day += DAY * rng.randint(0, 60)
        received = {"received_on": (day + DAY * rng.randint(0, 3)).isoformat()}
        for by in ("applicant", "jpo", "prime_minister"):
            asked = Entry(act, day, {**form, **(received if by != "applicant" else {})}, by=by)
            answer = decide(fold(application, entries, entries[-1].on), asked)
            if isinstance(answer, Accepted):
                entries.append(answer.entry)
                break
    supposed = {way: day + DAY * rng.randint(0, 200) for way in ("nonsend", "no_need", "public", "designation_ends")}
    return entries, day + DAY * rng.randint(0, 120), supposed if rng.random() < 0.7 else {}


def line(entry: Entry) -> str:
    found = {"act": entry.act, "on": entry.on, "data": dict(entry.data), "by": entry.by}
    return json.dumps({k: v for k, v in found.items() if v}, default=str)


def kaname(*args: str) -> Any:
    found = CliRunner().invoke(root, [*args, "--json", "--lang", "en"])
    assert found.exit_code in (0, 1), found.output
    return json.loads(found.stdout)


def check(lane: Lane, path: Path) -> None:
    """On the first free day `try` lets the filing pass, `standing` shows no ban; the day before it does."""
    path.write_text("\n".join(map(line, lane.ledger)) + "\n", "utf-8")
    free, eve = lane.first_free, lane.first_free - DAY if lane.first_free else None
    act = f"{lane.kind.partition('.')[2].replace('application', 'foreign_filing_ban')}.file_abroad"
    for day, banned in ((free, False), (eve, True)):
        if banned and day and day < lane.ledger[0].on:
            continue  # free from the filing on
        tried = kaname("try", lane.kind, str(path), act, "--on", str(day))
        assert tried["accepted"] is not banned, (lane.way.id, day, tried.get("reasons"))
        there = kaname("standing", lane.kind, str(path), "--as-of", str(day))
        assert any(b["id"] == "file_abroad" for b in there["bans"]) is banned, (lane.way.id, day)


@pytest.mark.parametrize("part", range(4))
def test_lanes_equal_try_and_standing_on_random_filings(part: int, tmp_path: Path) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(part * 50, part * 50 + 50):
        entries, today, supposed = at_random(random.Random(number))
        found = plan(entries, today, supposed)
        for lane in found.lanes:
            seen[lane.way.id, lane.status] += 1
            if lane.first_free:
                check(lane, tmp_path / "ledger.jsonl")
    for way, status in (("silence", "open"), ("silence", "closed"), ("ten_months", "open"), ("nonsend", "open")):
        assert seen[way, status], f"no random filing tried the lane {way} {status}"
