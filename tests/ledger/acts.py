"""A worked case of the invented kinds, act by act, and short ways to do it."""

from datetime import date
from itertools import count
from pathlib import Path

from kaname.ledger.perform import Receipt, open_case, perform
from kaname.procedure import Entry

_keys = count(1)


def key() -> str:
    return f"test-key-{next(_keys)}"


APPLY = Entry("permit.apply", date(2026, 5, 1), {"name": "Kumo", "size": "small", "money": 12_000_000}, party="Kumo")
STORY = (
    Entry("permit.acknowledge", date(2026, 5, 7)),
    Entry("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run="b1", party="b1"),
    Entry("permit.recommend", date(2026, 5, 11), {"sound": True, "received_on": "2026-05-12"}),
    Entry("permit.accept", date(2026, 5, 14), party="Kumo"),
    Entry("sharing.leave", date(2026, 5, 15), run="b1", party="b1"),
    Entry("deliver", date(2026, 5, 16), {"entry": 4, "received_on": "2026-05-13"}),
    Entry("correct", date(2026, 5, 18), {"entry": 1, "data": {"money": 13_000_000}}),
)


def opened(entry: Entry = APPLY) -> Receipt:
    receipt = open_case("small.permit", entry, idempotency_key=key(), person="Hana")
    assert isinstance(receipt, Receipt), receipt
    return receipt


def played() -> list[Receipt]:
    """The whole story in a new case; its receipts."""
    receipts = [opened()]
    for entry in STORY:
        receipt = perform(receipts[0].case, entry, idempotency_key=key())
        assert isinstance(receipt, Receipt), (entry, receipt)
        receipts.append(receipt)
    return receipts


def held(receipts: Path) -> dict[tuple[str, int], str]:
    """Receipts that were noted whole: a worker that is killed while it writes leaves half a line."""
    if not receipts.exists():
        return {}
    lines = [line.split() for line in receipts.read_text().splitlines()]
    return {(line[0], int(line[1])): line[2] for line in lines if len(line) == 3 and len(line[2]) == 64}
