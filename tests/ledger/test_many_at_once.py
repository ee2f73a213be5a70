"""Many at once: entries dense, each acknowledged act once, in real-time order (one list per case makes it plain)."""

import random
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest
from acts import key, opened
from django.db import connection

from figures import SOAK, in_parts, seeds, tries
from kaname.ledger.models import Entry
from kaname.ledger.perform import Receipt, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act

CLIENTS, ACTS, CASES = 16, tries(8, ci=30), 4
# G1.10: with the 1,440 acts of the tests with ACTS, 10,000 of them on PostgreSQL, 100,000 in the soak.
PARTS, ROUND = 1 if SOAK else tries(1, ci=4), tries(2, ci=17)
LAPS = tries(1, ci=1, soak=46)  # of 2,176 acts
ROUNDS = (1, 1, 2, 2, 4, 4, 16, 16)  # cases of a round: new ones, for an act costs as much as its case has parties


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
    found, stored, dense, told = [], defaultdict(list), defaultdict(list), defaultdict(list)
    for case, seq, run in rows:
        stored[case, run].append(seq)
        dense[case].append(seq)
    for a in acked:
        told[a.case].append(a)
    found += [f"{case}: not dense {seqs}" for case, seqs in dense.items() if seqs != [*range(1, len(seqs) + 1)]]
    found += [f"twice {what}: {seqs}" for what, seqs in stored.items() if len(seqs) > 1 and what[1]]
    found += [f"lost {a}" for a in acked if stored.get((a.case, a.run)) != [a.seq]]
    for of_case in told.values():
        latest = 0.0
        for a in sorted(of_case, key=lambda a: a.seq):  # whoever was done before another began comes before it
            found += [f"out of order {a}"] * (a.ended < latest)
            latest = max(latest, a.began)
    return found


def join(number, step):
    run = f"c{number}.{step}"
    return Act("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run=run, party=run)


def client(number, cases, acts, acked, errors):
    lot = random.Random(f"{number} {len(cases)}")
    try:
        for step in range(acts):
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


def worked(cases, acts):
    """What sixteen clients were told of so many acts each."""
    acked, errors = [], []
    clients = [threading.Thread(target=client, args=(i, cases, acts, acked, errors)) for i in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert errors == []
    assert len(acked) == CLIENTS * acts
    return acked


@pytest.mark.parametrize("count", [1, CASES])
def test_sixteen_clients(office, count):
    acked = worked([opened().case for _ in range(count)], ACTS)
    assert anomalies(acked, rows()) == []
    assert len(rows()) == CLIENTS * ACTS + count
    assert verify().faults == []


@in_parts(PARTS)
def test_ten_thousand_acts(postgresql_office, part):
    """All sixteen after one case, after two, and spread over many, round after round."""
    acked = []
    for lap, _ in enumerate(seeds(LAPS, fewest=1, part=part), 1):
        acked += [one for count in ROUNDS for one in worked([opened().case for _ in range(count)], ROUND)]
        assert anomalies(acked, rows()) == []
        assert len(rows()) == lap * (CLIENTS * ROUND * len(ROUNDS) + sum(ROUNDS))
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
