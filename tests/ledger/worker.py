"""An office's worker in a process of its own, to be killed: it acts without end and notes each receipt on disk.

    python worker.py act RECEIPTS COUNT          do COUNT acts (0: until killed)
    python worker.py killed RECEIPTS TIMES SEED  fork workers, kill each at a random moment, look at what is left

Says "ready" on standard output when it begins.
"""

import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "procedure")]
os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings_test"
os.environ["KANAME_TEST_KINDS"] = "ledger_kinds.KINDS"

import django

django.setup()

from acts import APPLY, held
from django.db import connection

from kaname.ledger.perform import open_case, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry

CASES = ("one", "two")


def act(receipts: Path, count: int) -> None:
    """Open two cases (once), then join and leave; a receipt is a line in an fsynced file, written after it came."""
    for pragma in filter(None, os.environ.get("KANAME_WORKER_PRAGMAS", "").split(";")):
        connection.cursor().execute(pragma)
    cases = {name: open_case("small.permit", APPLY, idempotency_key=f"case-{name}").case for name in CASES}
    done = 0
    with receipts.open("ab", buffering=0) as file:
        file.write(b"\n")  # after half a line of one that was killed
        while not count or done < count:
            done += 1
            run = f"r{os.getpid()}.{done}.{random.getrandbits(40)}"
            join = Entry("sharing.join", date(2026, 5, 8), {"keeper": "Hana"}, run=run, party=run)
            receipt = perform(cases[CASES[done % 2]], join, idempotency_key=f"key-{run}")
            file.write(f"{receipt.case} {receipt.seq} {receipt.digest}\n".encode())
            os.fsync(file.fileno())


def killed(receipts: Path, times: int, seed: int) -> None:
    """Kill and look, again and again. Raises where anything acknowledged is missing, or half an act is there."""
    lot = random.Random(seed)
    for turn in range(times):
        before = len(held(receipts))
        worker = os.fork()
        if worker == 0:
            act(receipts, 0)
        try:
            while len(held(receipts)) <= before:  # however slow the machine: work is under way when it is killed
                time.sleep(0.001)
            time.sleep(lot.uniform(0, 0.02))
        finally:  # else it would act without end, and whoever waits for its output would wait with it
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
        report = verify(held=held(receipts))
        assert not report.faults, (turn, [(f.case, f.seq, f.text.en) for f in report.faults])
        connection.close()  # the next fork must not inherit it
    worker = os.fork()
    if worker == 0:
        act(receipts, 3)
        connection.close()
        os._exit(0)
    assert os.waitpid(worker, 0)[1] == 0
    report = verify(held=held(receipts))
    assert not report.faults
    print(f"receipts {len(held(receipts))} entries {report.entries}", flush=True)


if __name__ == "__main__":
    print("ready", flush=True)
    if sys.argv[1] == "act":
        act(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        killed(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
