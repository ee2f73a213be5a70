"""On PostgreSQL an act whose row of the lists is known is one statement: all of it or nothing, and found by its key."""

from datetime import timedelta

import pytest
from acts import APPLY, STORY, key, opened
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaname.ledger import at_once, clock, course, prepared, projection, reading, store
from kaname.ledger.models import Case, CaseParty, Entry, Matter, Standing, Tally
from kaname.ledger.perform import Receipt, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act


def join(run):
    return Act("sharing.join", APPLY.on + timedelta(1), {"keeper": "Hana"}, run=run, party=run)


def do(case, entry):
    receipt = perform(case, entry, idempotency_key=key())
    assert isinstance(receipt, Receipt), receipt
    return receipt


def test_an_act_is_a_look_and_a_statement(postgresql_office):
    case = opened().case
    do(case, STORY[0])
    with CaptureQueriesContext(connection) as asked:
        do(case, STORY[1])
    assert len(asked) == 2
    assert "moved" in asked[1]["sql"]
    assert verify().faults == []


def test_row_by_row_it_writes_what_a_transaction_writes(postgresql_office, monkeypatch):
    one, other = opened().case, opened().case
    for entry in STORY[:5]:
        do(one, entry)
    monkeypatch.setattr(store, "shown", lambda at: None)
    for entry in STORY[:5]:
        do(other, entry)
    columns = [c for c in projection.COLUMNS if c != "head_digest"]
    for of, names in ((Standing, columns), (CaseParty, ("role", "party")), (Matter, projection.MATTER_COLUMNS[1:])):
        rows = [sorted(of.objects.filter(case__public_id=case).values_list(*names), key=repr) for case in (one, other)]
        assert rows[0] == rows[1]
    assert verify().faults == []


def test_where_the_row_is_another_nothing_is_written_and_the_act_is_done_all_the_same(postgresql_office, monkeypatch):
    case = opened().case
    do(case, STORY[0])
    Standing.objects.update(as_of=clock.today() + timedelta(9))
    head = reading.head(case)
    row, (shown,) = store.rows_of([head.pk])[head.pk][-1], projection.held([head.pk]).values()
    new = row._replace(seq=3, idempotency_key=key())
    with pytest.raises(at_once.OtherRow):
        at_once.append(head, new, shown._replace(head_seq=3), shown._replace(as_of=clock.today()))
    assert (Entry.objects.count(), Case.objects.get().head_seq) == (2, 2)
    assert do(case, STORY[1]).seq == 3
    assert verify().faults == []


def test_a_course_that_was_counted_meanwhile_is_taken_out_of_the_numbers(postgresql_office):
    case = opened().case
    do(case, STORY[0])
    course.settle()
    assert Tally.objects.exists()
    for entry in STORY[1:3]:
        do(case, entry)
        assert not Standing.objects.get().counted
    assert not Tally.objects.exclude(came=0, went=0).exists()
    assert verify().faults == []


def test_who_comes_second_writes_nothing(postgresql_office):
    case = opened().case
    head = reading.head(case)
    do(case, STORY[0])
    row, (shown,) = store.rows_of([head.pk])[head.pk][-1], projection.held([head.pk]).values()
    assert not at_once.append(head, row._replace(seq=2, idempotency_key=key()), shown, shown)
    assert Entry.objects.count() == 2
    assert verify().faults == []


@pytest.mark.parametrize("how", ["another server", "another client"])
def test_behind_a_pooler_a_statement_is_found_or_prepared_again(postgresql_office, how):
    case = opened().case
    for i in range(3):
        do(case, join(f"r{i}"))
        if how == "another server":
            connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
        else:
            prepared._prepared.clear()
    assert Entry.objects.count() == 4
    assert verify().faults == []
