"""kill -9 at random moments: every receipt handed out is found, once, in its place; no half act; the next act works."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import throwaway
from acts import held
from django.db import connection

from figures import seeds, tries
from kaname.ledger.verify import verify

WORKER = Path(__file__).parent / "worker.py"
KILLS = tries(15, ci=60, soak=1_980)


def worker(office, *args):
    connection.close()
    env = {**os.environ, **office.env, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    return subprocess.Popen([sys.executable, str(WORKER), *map(str, args)], env=env, stdout=subprocess.PIPE, text=True)


def test_the_worker_is_killed(office, tmp_path):
    """So many kills of one worker after another; in the long run again and again, on what the last ones left."""
    at_once, before = min(KILLS, 60), 0
    for seed in seeds(KILLS // at_once, fewest=1, each=at_once):
        with worker(office, "killed", tmp_path / "receipts", at_once, 11 + seed) as process:
            out, _ = process.communicate(timeout=1200 + 10 * at_once)
        assert process.returncode == 0
        receipts, entries = int(out.split()[2]), int(out.split()[4])
        assert receipts >= before + at_once
        assert entries >= receipts
        before = receipts


@pytest.mark.parametrize("turn", range(3))
def test_the_server_is_killed(postgresql_office, tmp_path, turn):
    """PostgreSQL stopped without ado while a worker is at it; the worker ends, not knowing its last act."""
    with worker(postgresql_office, "act", tmp_path / "receipts", 0) as process:
        assert process.stdout.readline() == "ready\n"
        while len(held(tmp_path / "receipts")) <= 5 * turn and process.poll() is None:
            time.sleep(0.01)
        throwaway.restart(postgresql_office.cluster)
        process.kill()
    connection.close()
    receipts = held(tmp_path / "receipts")
    assert receipts
    assert verify(held=receipts).faults == []


def test_half_a_receipt_is_none_and_hides_no_other(tmp_path):
    """A worker may be killed while it writes down a receipt; the next one begins with a new line."""
    (tmp_path / "receipts").write_text(f"a 2 {'1' * 64}\na 3 {'2' * 18}\nb 2 {'3' * 64}\nb\n")
    assert held(tmp_path / "receipts") == {("a", 2): "1" * 64, ("b", 2): "3" * 64}
