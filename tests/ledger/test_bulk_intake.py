"""Bulk intake writes what `open_case` would have written, once, whole batches or nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from acts import APPLY, STORY, key

from kaname.ledger import clock, intake, store
from kaname.ledger.intake import Filed, NotAlike, take_in
from kaname.ledger.models import Case, Entry, Standing
from kaname.ledger.perform import Receipt, open_case, perform
from kaname.ledger.verify import verify

OWN = {"id", "case_id", "recorded_at", "prev_digest", "digest", "idempotency_key", "sealed", "head_digest"}


def docket(count=60):
    for i in range(count):
        data = {"name": f"甲{i}社", "size": "large" if i % 2 else "small", "guarantee": "g", "money": i}
        yield Filed(f"2026-{i:06}", replace(APPLY, on=date(2026, 5, 1) + timedelta(i % 4), data=data))


def what(model):
    return [{k: v for k, v in row.items() if k not in OWN} for row in model.objects.order_by("pk").values()]


def alike(entry):
    return entry.on, entry.data["size"]


@pytest.mark.parametrize("together", [None, alike])
def test_the_same_entries_as_one_by_one(office, together):
    filed = list(docket())
    for row in filed:
        assert isinstance(open_case("small.permit", row.entry, idempotency_key=key()), Receipt)
    entries, standings = what(Entry), what(Standing)
    done = take_in("small.permit", filed, alike=together)
    assert (done.taken, done.repeated, done.refused) == (60, 0, [])
    assert what(Entry)[60:] == entries
    assert what(Standing)[60:] == standings
    cases = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    held = store.secrets_of(cases)
    assert [held[case][1][0].value for case in cases[60:]] == [str(i).encode() for i in range(60)]
    assert list(Case.objects.order_by("pk").values_list("number", flat=True)) == list(range(1, 121))
    assert verify().faults == []


def test_a_case_taken_in_goes_on_like_any_other(office):
    take_in("small.permit", docket(3))
    for case in Case.objects.values_list("public_id", flat=True):
        for entry in STORY:
            assert isinstance(perform(case, entry, idempotency_key=key()), Receipt)
    assert verify().faults == []


def test_taken_in_twice_a_docket_has_no_effect(office, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 25)
    take_in("small.permit", docket(40))
    done = take_in("small.permit", [*docket(50), *docket(50)])
    assert (done.taken, done.repeated) == (10, 90)
    assert Case.objects.count() == 50


def test_what_cannot_be_used_is_told_by_place_and_name_and_the_rest_is_taken(office):
    filed = list(docket(4))
    filed[1] = filed[1]._replace(entry=replace(filed[1].entry, data={"name": "乙", "size": "tiny"}))
    filed[2] = filed[2]._replace(entry=replace(filed[2].entry, data={"name": "a\0b", "size": "small"}))
    done = take_in("small.permit", filed)
    assert done.taken == 2
    assert [(place, name, reasons[0].field) for place, name, reasons in done.refused] == [
        (2, "2026-000001", "size"),
        (3, "2026-000002", "name"),
    ]


def test_a_batch_that_fails_leaves_nothing(office, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 20)
    writes = []

    def failing(table, columns, values):
        writes.append(table)
        if len(writes) == 8:  # the second batch, after its cases and entries
            raise RuntimeError(table)
        put(table, columns, values)

    put = intake.put
    monkeypatch.setattr(intake, "put", failing)
    with pytest.raises(RuntimeError, match="ledger_standing"):
        take_in("small.permit", docket())
    assert Case.objects.count() == Entry.objects.count() == 20
    monkeypatch.setattr(intake, "put", put)
    assert take_in("small.permit", docket()).taken == 40
    assert verify().faults == []


def test_rows_wrongly_called_alike_stop_the_intake(sqlite_office, monkeypatch):
    """Planted: days are left out of what makes two rows alike."""
    monkeypatch.setattr(intake, "SAMPLE", 10)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 5, 10))
    with pytest.raises(NotAlike):
        take_in("small.permit", docket(), alike=lambda entry: entry.data["size"])
    assert Case.objects.count() == 0
    store.forget()


def test_a_field_left_out_makes_a_row_unlike(sqlite_office):
    filed = list(docket(8))
    data = {k: v for k, v in filed[5].entry.data.items() if k != "name"}
    filed[5] = filed[5]._replace(entry=replace(filed[5].entry, data=data))
    done = take_in("small.permit", filed, alike=alike)
    assert [(place, reasons[0].field) for place, _, reasons in done.refused] == [(6, "name")]
