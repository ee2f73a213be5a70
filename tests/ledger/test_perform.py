"""`perform` appends what the kernel accepts, once, and its receipt names what is stored."""

from dataclasses import replace
from datetime import date

import pytest
from acts import APPLY, STORY, key, opened, played

from kaname.ledger import reading, store
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case, Entry, Sealed, Standing
from kaname.ledger.perform import Receipt, open_case, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act
from kaname.procedure import Refused, fold
from patents.case_files import CASES as FOLDER
from patents.case_files import kind_of
from walks import read_ledger

# Left out: the case whose first act is one that the kernel refuses.
CASES = [path for path in sorted(FOLDER.glob("*.jsonl")) if path.stem != "c5_07_c_rejected"]


def test_a_case_is_what_its_entries_fold_to(office):
    case = played()[0].case
    entries = reading.entries(case)
    assert [e.seq for e in entries] == list(range(1, len(STORY) + 2))
    last = max(e.on for e in entries)
    assert reading.standing(case, last).tracks == fold(store.kind("small.permit"), entries, last).tracks
    assert reading.standing(case, last).state("permit") == "accepted"


def test_the_standing_kept_in_memory_is_the_one_folded_from_the_table(office):
    case = opened().case
    for entry in STORY:
        perform(case, entry, idempotency_key=key())
        kept = store.standing(reading.head(case))
        store.forget()
        assert store.standing(reading.head(case)) == kept


def test_a_receipt_names_what_is_stored(office):
    for receipt in played():
        row = Entry.objects.get(case__public_id=receipt.case, seq=receipt.seq)
        assert (row.digest, row.recorded_at, row.act) == (receipt.digest, receipt.recorded_at, receipt.act)
        assert row.effective_on == receipt.effective_on.isoformat()


def test_the_same_key_gives_the_same_receipt_and_no_second_entry(office):
    case, again = opened().case, key()
    first = perform(case, STORY[0], idempotency_key=again)
    assert perform(case, STORY[0], idempotency_key=again) == first
    assert Entry.objects.count() == 2


def test_the_same_key_opens_no_second_case(office):
    again = key()
    first = open_case("small.permit", APPLY, idempotency_key=again)
    assert open_case("small.permit", APPLY, idempotency_key=again) == first
    other = open_case("lab.case", Act("review.apply", date(2026, 5, 1)), idempotency_key=again)
    assert isinstance(other, Refused)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("change", [{"on": date(2026, 5, 8)}, {"by": "applicant"}, {"data": {"note": "x"}}])
def test_a_key_used_for_another_act_is_refused(office, change):
    case, again = opened().case, key()
    perform(case, STORY[0], idempotency_key=again)
    answer = perform(case, replace(STORY[0], **change), idempotency_key=again)
    assert isinstance(answer, Refused)
    assert answer.reasons[0].field == "idempotency_key"


def test_an_act_that_may_not_be_done_leaves_nothing(office):
    case = opened().case
    answer = perform(case, Act("permit.order", date(2026, 5, 7)), idempotency_key=key())
    assert isinstance(answer, Refused)
    assert answer.reasons[0].basis
    assert (Entry.objects.count(), Case.objects.get().head_seq) == (1, 1)


def test_a_case_whose_first_act_is_refused_does_not_come_to_be(office):
    assert isinstance(open_case("small.permit", Act("permit.apply", date(2026, 5, 1)), idempotency_key=key()), Refused)
    assert not Case.objects.exists()


def test_an_unknown_case_and_an_unknown_kind_are_told(office):
    with pytest.raises(UnknownCase):
        perform("a" * 26, STORY[0], idempotency_key=key())
    with pytest.raises(LookupError, match=r"small\.permit"):
        open_case("small.permits", APPLY, idempotency_key=key())


def test_numbers_are_dense_within_a_series_and_ids_are_not_to_be_guessed(office):
    for series in ("", "", "vault", "", "vault"):
        open_case("small.permit", APPLY, idempotency_key=key(), series=series)
    numbers = Case.objects.order_by("pk").values_list("series", "number")
    assert list(numbers) == [("", 1), ("", 2), ("vault", 1), ("", 3), ("vault", 2)]
    assert all(len(c) == 26 for c in Case.objects.values_list("public_id", flat=True))


def test_a_sealed_value_stands_nowhere_but_in_its_own_table(office):
    played()
    for row in Entry.objects.values():
        assert "000000" not in row["data"]
        assert "000000" not in row["sealed"]
    assert not any(b"000000" in bytes(s.value) for s in Sealed.objects.all())
    opened = [s for found in store.secrets_of([Case.objects.get().pk]).values() for by in found.values() for s in by]
    assert [s.value for s in opened] == [b"12000000", b"13000000"]
    assert len({s.salt for s in opened}) == 2
    assert reading.entries(Case.objects.get().public_id)[0].data["money"] == 12_000_000


def test_a_destroyed_value_leaves_a_case_that_can_be_read(office):
    case = played()[0].case
    Sealed.objects.update(key=None, value=None)
    store.forget()
    assert "money" not in reading.entries(case)[0].data
    assert reading.standing(case, date(2026, 5, 20)).state("permit") == "accepted"


def test_what_was_recorded_never_runs_back(office, monkeypatch):
    from datetime import UTC, datetime

    from kaname.ledger import clock

    case = opened().case
    monkeypatch.setattr(clock, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    for entry in STORY[:3]:
        perform(case, entry, idempotency_key=key())
    times = list(Entry.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert times == sorted(set(times))
    assert times[0] > "2026"


def test_an_act_takes_from_another_case_with_the_digest_it_was_read_at(office):
    lab = [open_case("lab.case", Act("review.apply", date(2026, 5, d)), idempotency_key=key()) for d in (1, 2)]
    claim = Act("review.claim", date(2026, 5, 20))
    assert isinstance(perform(lab[1].case, claim, idempotency_key=key()), Refused)
    found = {"sound": True, "new": True, "received_on": "2026-05-07", "ends_on": "2027-01-01"}
    designated = perform(lab[0].case, Act("review.designate", date(2026, 5, 6), found), idempotency_key=key())
    taken = perform(lab[1].case, claim, idempotency_key=key(), context={"designation": lab[0].case})
    assert isinstance(taken, Receipt), taken
    data = reading.entries(lab[1].case)[-1].data["context"]
    assert data["designation"] == {"designated_on": "2026-05-07"}
    assert data["@heads"]["designation"] == {"case": lab[0].case, "seq": 2, "digest": designated.digest}


def test_what_is_taken_from_another_case_cannot_be_written_by_hand(office):
    answer = perform(opened().case, Act("permit.acknowledge", date(2026, 5, 7), {"context": {}}), idempotency_key=key())
    assert isinstance(answer, Refused)
    assert answer.reasons[0].field == "context"


@pytest.mark.parametrize("forged", [{"designation": {"designated_on": "2026-05-07"}}, None])
def test_what_was_taken_from_another_case_cannot_be_corrected_by_hand(office, forged):
    correction = Act("correct", date(2026, 5, 7), {"entry": 1, "data": {"context": forged}})
    answer = perform(opened().case, correction, idempotency_key=key())
    assert isinstance(answer, Refused)
    assert answer.reasons[0].field == "context"


def test_an_act_recorded_after_a_correction_stands_on_its_own_day(office):
    """Applied 1 May, standstill to 30 May, corrected on 10 July; then the recommendation of 15 May is written down."""
    case = opened().case
    perform(case, Act("correct", date(2026, 7, 10), {"entry": 1, "data": {"money": 1}}), idempotency_key=key())
    late = perform(case, Act("permit.recommend", date(2026, 5, 15), {"sound": True}), idempotency_key=key())
    assert isinstance(late, Receipt), late
    assert reading.standing(case, date(2026, 8, 1)).state("permit") == "recommended"
    assert verify().faults == []


def test_a_day_corrected_to_a_later_one_is_in_every_list(office):
    case = opened().case
    perform(case, Act("correct", date(2026, 5, 2), {"entry": 1, "on": "2026-05-10"}), idempotency_key=key())
    assert reading.listed().get().state == "cleared"  # long since
    assert reading.standing(case, date(2026, 5, 12)).state("permit") == "filed"
    assert reading.standing(case, date(2026, 5, 9)).state("permit") == ""


def test_the_projection_follows_the_entries_and_the_days(office):
    """30 days from 1 May: the standstill is over on the morning of 31 May."""
    case = opened().case
    Standing.objects.update(as_of=date(2026, 5, 1), next_change_on=date(2026, 5, 31), state="filed")
    assert reading.listed(today=date(2026, 5, 30)).get().state == "filed"
    row = reading.listed(today=date(2026, 5, 31)).get()
    assert (row.state, row.as_of, row.head_seq) == ("cleared", date(2026, 5, 31), 1)
    assert row.next_change_on is None or row.next_change_on > date(2026, 5, 31)
    perform(case, STORY[0], idempotency_key=key())
    assert Standing.objects.get().head_seq == 2


def test_a_deed_done_under_a_ban_is_refused_and_once_it_happened_recorded_as_a_breach(office):
    case, begin = opened().case, Act("permit.begin", date(2026, 5, 8))
    refused = perform(case, begin, idempotency_key=key())
    assert isinstance(refused, Refused)
    receipt = perform(case, begin, idempotency_key=key(), happened=True)
    assert isinstance(receipt, Receipt)
    assert receipt.warnings == refused.reasons
    assert Standing.objects.get().breach
    assert [n.kind for n in reading.standing(case).notes] == ["breach"]
    order = Act("permit.order", date(2026, 5, 9))
    assert isinstance(perform(case, order, idempotency_key=key(), happened=True), Refused)  # no deed


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_worked_case_of_the_act_stands_the_same_through_the_store(sqlite_office, settings, path):
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    entries = read_ledger(path)
    kind = kinds()[kind_of(entries)]
    case = ""
    for entry in [replace(e, seq=0, recorded_at=None) for e in entries]:
        if case:
            answer = perform(case, entry, idempotency_key=key(), happened=True)
        else:
            answer = open_case(kind.id, entry, idempotency_key=key())
        assert isinstance(answer, Receipt), (entry, answer)
        case = answer.case
    last = max(e.on for e in entries)
    filed = fold(kind, entries, last)
    found = reading.standing(case, last)
    assert {k: (t.state, t.since) for k, t in found.tracks.items()} == {
        k: (t.state, t.since) for k, t in filed.tracks.items()
    }
    assert {k: (c.status, c.last_day) for k, c in found.clocks.items()} == {
        k: (c.status, c.last_day) for k, c in filed.clocks.items()
    }
    assert [(n.entry, n.kind) for n in found.notes] == [(n.entry, n.kind) for n in filed.notes]
    assert verify().faults == []
