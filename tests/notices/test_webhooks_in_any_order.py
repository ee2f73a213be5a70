"""Webhooks among faults, in any order: refused, heard and not believed, senders that die at any step, several at once.

However it went, each receiver has heard of every entry it has a right to, under one number for each; what came twice
came under the number it had before. A receiver that answers nothing keeps no other waiting.
"""

import json
import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from figures import seeds, tries
from kaname.ledger.perform import perform
from kaname.notices import hooks, outbox, reach, sender
from kaname.notices.models import Hook, Outgoing, State
from kaname.site.outward import NotReached
from ledger.acts import STORY, key, opened

PARTS, ORDERS = tries(1, ci=4, soak=4), tries(40, ci=250, soak=12_500)
STORM = len(outbox.PAUSES)  # steps: over before a message has been tried so often that it is given up
BEGAN = datetime(2027, 1, 4, tzinfo=UTC)


class Died(Exception):
    """The process of a sender has ended here."""


class Receivers:
    """Two programs that hear, and what a seed has in store for whoever tells them something."""

    def __init__(self, lot):
        self.lot, self.heard, self.trouble = lot, {"https://a.example/": [], "https://b.example/": []}, 0.6

    def post(self, url, body, headers, inside=frozenset()):
        fate = self.lot.random() / self.trouble if self.trouble else 1
        if fate < 0.25:
            raise NotReached("no answer: TimeoutError")
        if fate < 0.4:
            return self.lot.choice((500, 503, 429, 302))
        if fate < 0.5:
            raise Died  # before a byte has left
        self.heard[url].append((headers["webhook-id"], json.loads(body)["data"]))
        if fate < 0.7:
            raise NotReached("no answer: ConnectionResetError")  # heard, and nobody knows
        if fate < 0.85:
            raise Died  # heard, and the sender ends before it has noted it
        return 200


@pytest.fixture
def lived(world, monkeypatch):
    """A world with entries to tell; `lived(seed)`: all of it told once more, from the start, another way."""
    a, b = (hooks.make(world.minister, name, f"https://{name}.example/") for name in "ab")
    cases = [opened().case for _ in range(2)]
    perform(cases[0], STORY[0], idempotency_key=key())
    entries = {(cases[0], 1), (cases[0], 2), (cases[1], 1)}
    clock = [BEGAN]
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: clock[0])
    monkeypatch.setattr(reach, "check", lambda *_: None)

    def live(seed):
        lot = random.Random(seed)
        Outgoing.objects.all().delete()
        Hook.objects.update(cursor=0)
        clock[0] = BEGAN
        receivers = Receivers(lot)
        monkeypatch.setattr(reach, "post", receivers.post)
        for step in range(STORM + len(outbox.PAUSES) + 3):
            if step == STORM:
                receivers.trouble = 0
                hooks.plan(sender.clock.now())
            begin = lot.choice((round_of, taken_and_dropped)) if receivers.trouble else round_of
            with suppress(Died):
                begin(lot)
            clock[0] += timedelta(minutes=lot.choice((0, 1, 2, 10))) if receivers.trouble else timedelta(days=1)
            if not receivers.trouble and not Outgoing.objects.filter(state=State.WAITING).exists():
                break
        return receivers.heard, entries

    assert {a.url, b.url} == {"https://a.example/", "https://b.example/"}
    return live


def round_of(lot):
    """Found and sent in an order that nobody has promised."""
    if lot.random() < 0.4:
        hooks.plan(sender.clock.now())
    rows = outbox.take(sender.clock.now(), size=lot.randrange(1, 9), ways=["hook"])
    lot.shuffle(rows)
    for row in rows:
        if outbox.renew(row):
            sender._send(row, None, sender.Sent())


def taken_and_dropped(lot):
    """A sender that dies with leases in its hands."""
    outbox.take(sender.clock.now(), size=lot.randrange(1, 9), ways=["hook"])


def faults(heard, entries):
    """What a receiver would complain of: entries it never heard of, one under two numbers, two under one."""
    for url, said in heard.items():
        told = {(data["case"], data["seq"]) for _, data in said}
        yield from [f"{url}: never told of {one}" for one in entries - told]
        yield from [f"{url}: told of {one}" for one in told - entries]
        numbers = {(number, data["case"], data["seq"]) for number, data in said}
        if len(numbers) != len(told) or len({number for number, *_ in numbers}) != len(told):
            yield f"{url}: numbers that move"
        if len({json.dumps((n, d), sort_keys=True) for n, d in said}) != len(told):
            yield f"{url}: the same number, other words"


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_in_whatever_order_each_is_told_of_everything_under_one_number(lived, part):
    twice = once = 0
    for seed in seeds(ORDERS):
        heard, entries = lived(f"{part} {seed}")
        assert list(faults(heard, entries)) == [], seed
        many = Counter(number for said in heard.values() for number, _ in said)
        twice, once = twice + sum(n > 1 for n in many.values()), once + sum(n == 1 for n in many.values())
        assert not Outgoing.objects.exclude(state=State.SENT).exists()
    assert 0 < twice < once  # told twice where nobody could know: under the same number


def forgets(row):
    """A number drawn anew at each try."""
    row.public_id = f"{random.randrange(32**10):016d}"
    Outgoing.objects.filter(pk=row.pk).update(public_id=row.public_id)
    return True


PLANTED = {
    "a number drawn anew at each try": ("kaname.notices.outbox.renew", forgets),
    "noted as sent before it is": ("kaname.notices.hooks.deliver", lambda row: State.SENT),
    "what failed once is left": ("kaname.notices.outbox.failed", lambda row, *_, **__: outbox.done(row)),
}  # fmt: skip


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", PLANTED)
def test_a_sender_that_breaks_its_word_is_found(lived, fault, monkeypatch):
    monkeypatch.setattr(*PLANTED[fault])
    assert any(list(faults(*lived(seed))) for seed in range(5))
