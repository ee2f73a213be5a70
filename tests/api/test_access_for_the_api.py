"""What the API asks of access beside reading and acting: receipts, bundles, the head that a caller has seen."""

from dataclasses import replace

import pytest
from acts import STORY, key, opened

from kaname.access import api as access
from kaname.ledger import keys
from kaname.ledger.errors import LedgerError, Moved, UnknownCase
from kaname.ledger.models import Entry
from kaname.procedure import Refused


def test_a_form_that_perform_refuses_is_refused_when_tried(world):
    case = opened().case
    for wrong in (replace(STORY[0], data={"context": 5}), replace(STORY[0], run="x" * 300)):
        (tried,) = access.try_acts(world.kumo, case, [access.Tried(wrong)])
        assert isinstance(tried, Refused)
        assert tried == access.act(world.minister, case, wrong, idempotency_key=key())


def test_a_hidden_case_can_neither_be_tried_nor_sent_nor_proved(world):
    receipt = opened()
    world.hide(receipt.case, "minister")
    for ask in (
        lambda: access.try_acts(world.kumo, receipt.case, [access.Tried(STORY[0])]),
        lambda: access.held(world.kumo, receipt.case, 1, receipt.digest),
        lambda: access.export(world.kumo, receipt.case, keys.own_key()),
    ):
        with pytest.raises(UnknownCase):
            ask()
    assert access.held(world.minister, receipt.case, 1, receipt.digest)


def test_a_receipt_is_held_until_it_differs(world):
    receipt = opened()
    assert access.held(world.kumo, receipt.case, receipt.seq, receipt.digest)
    assert not access.held(world.kumo, receipt.case, receipt.seq, "0" * 64)
    assert not access.held(world.kumo, receipt.case, 2, receipt.digest)


def test_an_act_upon_a_head_that_has_moved_is_not_recorded(world):
    first = opened()
    entry, again = STORY[0], key()
    done = access.act(world.minister, first.case, entry, idempotency_key=again, head=first.digest)
    with pytest.raises(Moved):
        access.act(world.kumo, first.case, STORY[1], idempotency_key=key(), head=first.digest)
    repeated = access.act(world.minister, first.case, entry, idempotency_key=again, head=first.digest)
    assert replace(repeated, warnings=()) == replace(done, warnings=()), "the same key is the same act, not a new one"
    assert Entry.objects.count() == 2


def test_only_an_administrator_takes_in(world):
    with pytest.raises(access.NotAllowed):
        access.take_in(world.kumo, b"anything")
    raw = access.export(world.kumo, opened().case, keys.own_key())
    with pytest.raises((ValueError, LedgerError)):
        access.take_in(world.admin, raw[:-1])
