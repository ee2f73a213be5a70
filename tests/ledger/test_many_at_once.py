"""Many at once: entries dense, each acknowledged act once, in real-time order (one list per case makes it plain)."""

import random
import threading
import time
from dataclasses import dataclass
from datetime import date

import pytest
from acts import key, opened
from django.db import connection

from figures import tries
from kaname.ledger.models import Entry
from kaname.ledger.perform import Receipt, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act

CLIENTS, ACTS, CASES = 16, tries(8, ci=30), 4


@dataclass(frozen=True)
class Acked:
    """One acknowledged act: when it was asked for and when the receipt came."""

    case: str
    seq: int
    run: str
    began: float
    ended: float


def anomalies(acked, rows):
    """Everything wrong between what clients were told and what is stored; `rows`: (case, seq, run) in order of seq."""
    found = []
    stored = {}
    for case in {row[0] for row in rows}:
        seqs = [seq for c, seq, _ in rows if c == case]
        if seqs != list(range(1, len(seqs) + 1)):
            found.append(f"{case}: not dense {seqs}")
    for case, seq, run in rows:
        stored.setdefault((case, run), []).append(seq)
    found += [f"twice {what}: {seqs}" for what, seqs in stored.items() if len(seqs) > 1 and what[1]]
    found += [f"lost {a}" for a in acked if stored.get((a.case, a.run)) != [a.seq]]
    for case in {a.case for a in acked}:
        of_case = sorted((a for a in acked if a.case == case), key=lambda a: a.seq)
        latest = 0.0
        for a in of_case:  # whoever was done before another began comes before it
            found += [f"out of order {a}"] * (a.ended < latest)
            latest = max(latest, a.began)
    return found


def join(number, step):
    run = f"c{number}.{step}"
    return Act("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run=run, party=run)


def client(number, cases, acked, errors):
    lot = random.Random(number)
    try:
        for step in range(ACTS):
            case, act, own = lot.choice(cases), join(number, step), key()
            began = time.monotonic()
            receipt = perform(case, act, idempotency_key=own)
            ended = time.monotonic()
            assert isinstance(receipt, Receipt), receipt
            acked.append(Acked(case, receipt.seq, act.run, began, ended))
            if lot.random() < 0.2:  # the answer was lost on the way: asked again
                assert perform(case, act, idempotency_key=own).digest == receipt.digest
    except Exception as error:
        errors.append(error)
    finally:
        connection.close()


def rows():
    found = Entry.objects.order_by("case_id", "seq").values_list("case__public_id", "seq", "run")
    return list(found)


@pytest.mark.parametrize("count", [1, CASES])
def test_sixteen_clients(office, count):
    cases = [opened().case for _ in range(count)]
    acked, errors = [], []
    clients = [threading.Thread(target=client, args=(i, cases, acked, errors)) for i in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert errors == []
    assert len(acked) == CLIENTS * ACTS
    assert anomalies(acked, rows()) == []
    assert len(rows()) == CLIENTS * ACTS + count
    assert verify().faults == []


def test_one_key_from_sixteen_clients_is_one_act(office):
    case, own, receipts = opened().case, key(), []

    def ask():
        receipts.append(perform(case, join(0, 0), idempotency_key=own))
        connection.close()

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert len({r.digest for r in receipts}) == 1
    assert len(receipts) == CLIENTS
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("level", ["SERIALIZABLE"])
def test_a_stricter_database_changes_nothing(postgresql_office, level):
    """The office says for itself at which level it works, whatever the server's default is."""
    name = postgresql_office.database
    postgresql_office.superuser(f"ALTER DATABASE {name} SET default_transaction_isolation = '{level}'")
    test_sixteen_clients(postgresql_office, 1)


def test_the_checker_is_not_blind():
    """Planted: each anomaly in a history that is otherwise sound."""
    sound = [("a", 1, ""), ("a", 2, "x"), ("a", 3, "y")]
    acked = [Acked("a", 2, "x", 0.0, 1.0), Acked("a", 3, "y", 2.0, 3.0)]
    assert anomalies(acked, sound) == []
    assert anomalies(acked, sound[:2]) != []
    assert anomalies(acked, [*sound, ("a", 5, "z")]) != []
    assert anomalies(acked, [*sound, ("a", 4, "x")]) != []
    assert anomalies([Acked("a", 3, "x", 0.0, 1.0), Acked("a", 2, "y", 2.0, 3.0)], sound) != []
    early = [Acked("a", 3, "y", 0.0, 1.0), Acked("a", 2, "x", 2.0, 3.0)]
    assert anomalies(early, sound) != []
