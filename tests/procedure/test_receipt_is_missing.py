"""An act that bites on receipt, entered without its day: accepted, and warned of until the receipt is recorded."""

from dataclasses import replace
from datetime import date

import pytest

from kaname.procedure import Accepted, Entry, decide, fold, warnings
from kaname.regimes import kind
from patents.case_files import CASES
from walks import read_ledger

OF = kind("patents.application")
LIFE = read_ledger(CASES / "c5_05_full_life.jsonl")
DESIGNATE = next(e for e in LIFE if e.act == "designation.designate")
BEFORE = [e for e in LIFE if e.seq < DESIGNATE.seq] if DESIGNATE.seq else LIFE[: LIFE.index(DESIGNATE)]


def without_day(entry: Entry) -> Entry:
    return replace(entry, data={k: v for k, v in entry.data.items() if k != "received_on"})


def receipts(reasons):
    return [r for r in reasons if r.code == "receipt"]


def test_it_is_accepted_with_a_warning_that_names_the_remedy_in_both_languages():
    before = fold(OF, BEFORE, DESIGNATE.on)
    answer = decide(before, without_day(DESIGNATE))
    assert isinstance(answer, Accepted)
    (said,) = receipts(answer.warnings)
    assert "deliver" in said.text.ja and "到達日を記録する" in said.text.ja and "保全指定をする" in said.text.ja
    assert "deliver" in said.text.en and said.basis and said.field == "received_on"
    assert not receipts(decide(before, DESIGNATE).warnings)


def test_the_case_says_so_until_the_receipt_is_recorded():
    day = DESIGNATE.on
    entries = [*BEFORE, without_day(DESIGNATE)]
    bare = fold(OF, entries, day)
    assert len(receipts(warnings(bare))) == 1 and bare.state("disclosure_ban_designated") == ""
    number = len(entries)
    deliver = Entry("deliver", day, {"entry": number, "received_on": day.isoformat()})
    mended = decide(bare, deliver, ledger=entries)
    assert isinstance(mended, Accepted)
    assert not receipts(warnings(mended.standing)) and mended.standing.state("disclosure_ban_designated") == "in_force"


def test_what_is_known_to_arrive_later_is_not_missing():
    later = date(2026, 7, 1)
    entry = replace(DESIGNATE, data={**DESIGNATE.data, "received_on": later.isoformat()})
    assert not receipts(warnings(fold(OF, [*BEFORE, entry], DESIGNATE.on)))
    assert not receipts(warnings(fold(OF, [*BEFORE, entry], later)))


def test_an_entry_of_an_earlier_day_is_warned_of_too():
    lapsed = [e for e in BEFORE if e.act != "security_review.notify_intention"]
    notice = without_day(next(e for e in BEFORE if e.act == "security_review.notify_intention"))
    stop = next(i for i, e in enumerate(lapsed) if e.on > notice.on)
    later = Entry("security_review.ask_state_bodies", lapsed[stop].on, {})
    known = [*lapsed[:stop], later]
    answer = decide(fold(OF, known, later.on), notice, ledger=known)
    assert isinstance(answer, Accepted) and receipts(answer.warnings)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda p: p.stem)
def test_no_worked_case_with_its_days_is_warned_of(path):
    """The positive control of the control: with every day of receipt given, nothing is missing."""
    entries = read_ledger(path)
    first = entries[0].act.partition(".")[0]
    of = next(k for k in map(kind, ("patents.application", "patents.prior_confirmation", "patents.compensation",
                                    "patents.guideline")) if any(p.id == first for p in k.procedures))  # fmt: skip
    acts = {f"{p.id}.{a.id}" for p in of.procedures for a in p.acts if a.received}
    given = [
        replace(e, data={**e.data, "received_on": e.data.get("received_on", e.on.isoformat())}) if e.act in acts else e
        for e in entries
    ]
    assert not receipts(warnings(fold(of, given, max(e.on for e in given))))
