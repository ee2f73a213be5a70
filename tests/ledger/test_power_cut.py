"""Power cut at any moment: every state the disk can be left in opens, is whole, and holds each acknowledged act.

The same test fails with `synchronous=NORMAL`: there a commit returns before it is on the disk.
"""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pysqlite3
import pytest
from acts import held
from power_cut import CALLS, Disk, recorded

from figures import seeds, tries
from kaname.ledger import digest

WORKER = Path(__file__).parent / "worker.py"
CUTS, TORN = tries(1_000, ci=3_000, soak=201_000), 5
AT_ONCE = min(CUTS // 125, 24)  # acts of a recording: each has at least so many calls after which power can be cut


def recording(template, folder, pragmas, acts):
    """The disk before, and every call of a worker that does some acts; the log is checkpointed often."""
    folder.mkdir()
    shutil.copy(template, folder / "kaname.sqlite3")
    env = {**os.environ, "KANAME_HOME": str(folder), "KANAME_DATABASE_URL": "", "KANAME_WORKER_PRAGMAS": pragmas,
           "PYTHONPATH": str(Path(__file__).parents[2] / "src")}  # fmt: skip
    strace = ["strace", "-f", "-y", "-xx", "-s", "100000", "-e", f"trace={CALLS}", "-o", str(folder / "trace")]
    worker = [sys.executable, str(WORKER), "act", str(folder / "receipts"), str(acts)]
    subprocess.run([*strace, *worker], env=env, check=True, stdout=subprocess.DEVNULL, timeout=600 + acts)
    ops = [op for op in recorded(folder / "trace") if op.name.startswith(("kaname.sqlite3", "receipts"))]
    return Disk({"kaname.sqlite3": template.read_bytes()}), ops


def faults(state, receipts, folder):
    """What is wrong with an office that starts again from a state of the disk."""
    for name in ("kaname.sqlite3", "kaname.sqlite3-wal", "kaname.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    for name, content in state.items():
        (folder / name).write_bytes(content)
    link = pysqlite3.connect(folder / "kaname.sqlite3")
    try:
        if link.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return ["not whole"]
        cases = link.execute("SELECT id, public_id, kind, opened_on, head_seq, head_digest FROM ledger_case").fetchall()
        shown = dict(link.execute("SELECT case_id, head_digest FROM ledger_standing").fetchall())
        found, wrong = {}, []
        for pk, public_id, kind, opened_on, head_seq, head_digest in cases:
            last = digest.genesis(public_id, kind, opened_on)
            rows = link.execute(
                "SELECT seq, prev_digest, digest FROM ledger_entry WHERE case_id = ? ORDER BY seq", (pk,)
            ).fetchall()
            for place, (seq, before, now) in enumerate(rows, 1):
                if (seq, before) != (place, last):
                    wrong.append(f"broken chain at {seq}")
                found[public_id, seq], last = now, now
            if (len(rows), last, last) != (head_seq, head_digest, shown.get(pk)):
                wrong.append("half an act")
        wrong += [f"lost {what}" for what, told in receipts.items() if found.get(what) != told]
        return wrong
    except pysqlite3.DatabaseError as error:
        return [f"cannot be read: {error}"]
    finally:
        link.close()


def replay(template, folder, pragmas, acts=AT_ONCE, seed=0):
    """Every state after every call: how many there were, and the faults found."""
    disk, ops = recording(template, folder, pragmas, acts)
    at, lot, seen, wrong = folder / "again", random.Random(3 + seed), set(), []
    at.mkdir()
    noted = b""
    for op in ops:
        if op.name == "receipts":  # written by the client after its receipt came; its own disk is not at stake
            noted += op.data
            (folder / "noted").write_bytes(noted)
        else:
            disk.take(op)
        receipts = held(folder / "noted")
        for state in disk.states(lot, TORN):
            name = hash((frozenset(state.items()), len(receipts)))  # 64 bits for some thousand states
            if name not in seen:
                seen.add(name)
                wrong += faults(state, receipts, at)
    return len(seen), wrong


@pytest.fixture(scope="module")
def disk_in_memory():
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="kaname-power-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    yield folder
    shutil.rmtree(folder)


CHECKPOINTS = "PRAGMA wal_autocheckpoint = 12"
RARELY = "PRAGMA wal_autocheckpoint = 500"  # each checkpoint makes the log durable: several acts must lie between two


def strace_or_skip():
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (apt-get install strace)")


def test_no_power_cut_loses_an_acknowledged_act(sqlite_template, disk_in_memory):
    strace_or_skip()
    for seed in seeds(CUTS // (125 * AT_ONCE), fewest=1, each=125 * AT_ONCE):  # each recorded anew
        states, wrong = replay(sqlite_template, disk_in_memory / f"full{seed}", CHECKPOINTS, seed=seed)
        assert wrong == []
        assert states > 125 * AT_ONCE, states


def test_with_less_than_full_synchronisation_one_would(sqlite_template, disk_in_memory):
    """Planted: the setting under which the same test must fail."""
    strace_or_skip()
    _, wrong = replay(sqlite_template, disk_in_memory / "normal", RARELY + ";PRAGMA synchronous = NORMAL", 6)
    assert any("lost" in fault for fault in wrong)
