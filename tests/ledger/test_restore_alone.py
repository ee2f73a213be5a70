"""A backup is put back while nobody else works in the office: what is filed meanwhile would be lost without a word."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, nullcontext

import psycopg
import pytest
import throwaway
from test_commands import OPEN
from test_restore_over_damage import HOLDS

from kaname.ledger import restore as module
from kaname.ledger import roles
from kaname.ledger.models import Entry
from kaname.ledger.proof import restores
from kaname.site import at_work

WORKS = """
import os, sys
from kaname.site import at_work
with at_work.{how}():
    worker = os.fork() if "fork" in sys.argv else 0
    if not worker:
        print(os.getpid(), flush=True)
    sys.stdin.read()
"""
ACT = ("act", "1", "permit.acknowledge", "--on", "2026-05-07")


@contextmanager
def working(*args, how="together", script=WORKS):
    """Another process at work, called like the program itself; and the number of the one that holds on longest."""
    call = [sys.executable, "-c", script.replace("{how}", how), *args]
    other = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield other, other.stdout.readline().strip()
    finally:
        other.kill()
        other.communicate()


@pytest.fixture
def filed(sqlite_office, request):
    """An office of one case, with a backup, and one act since."""
    call = request.getfixturevalue("kaname")
    call(*OPEN)
    call("backup", "b.sqlite3")
    call(*ACT)
    return call


@pytest.fixture
def office(sqlite_office):
    return sqlite_office


@pytest.mark.parametrize("script", [WORKS, HOLDS], ids=["ours", "of an earlier version"])
def test_beside_whoever_is_at_work_it_is_refused_until_they_are_gone_however_they_went(filed, office, script):
    with working(str(office.path), "kaname", "up", "--secret", script=script) as (other, _):
        told = filed("restore", "b.sqlite3", status=1)
        assert f"kaname up ({other.pid}) is at work" in told and "--secret" not in told
        assert f"kaname up ({other.pid}) が動いている" in filed("restore", "b.sqlite3", status=1, lang="ja")
        assert Entry.objects.count() == 2 and restores.epochs() == []
        filed("list")  # others go on
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert "entries 2 to 2" in filed("restore", "b.sqlite3", status=1)
    assert Entry.objects.count() == 1 and len(restores.epochs()) == 1


def test_a_worker_that_outlives_its_office_keeps_it(filed):
    with working("kaname", "up", "fork") as (office, worker):
        office.kill()
        office.wait()
        assert f"kaname up ({worker}) is at work" in filed("restore", "b.sqlite3", status=1)
        os.kill(int(worker), signal.SIGKILL)
        while "is at work" in (told := filed("restore", "b.sqlite3", status=1)):
            pass
    assert "entries 2 to 2" in told


def test_nobody_begins_while_it_is_at_work(filed):
    with working("kaname", "restore", how="alone") as (other, _):
        assert f"kaname restore ({other.pid}) works alone" in filed("list", status=2)
        assert "一人で働いている" in filed(*ACT, status=2, lang="ja")
    filed("list")


@pytest.mark.parametrize("planted", [False, True])
def test_an_act_that_is_filed_meanwhile_is_refused_and_would_be_lost_otherwise(filed, monkeypatch, planted):
    """Planted: a restore that asks nobody. The act has its receipt, is gone, and nothing tells of it."""
    aside = module._put_aside

    def and_then_somebody_files():
        kept = aside()
        answers.append(filed("act", "1", "correct", *CORRECTION, status=0 if planted else 2))
        return kept

    answers = []
    monkeypatch.setattr(module, "_put_aside", and_then_somebody_files)
    if planted:
        monkeypatch.setattr(at_work, "alone", nullcontext)
    filed("restore", "b.sqlite3", status=1)
    assert [one.seq for one in restores.missing()] == [2], "what was there before, and no more"
    assert ("works alone" in answers[0] or "another process" in answers[0]) is not planted


CORRECTION = ("--on", "2026-05-08", "--data", '{"entry": 1, "data": {"name": "Kumo K.K."}}')


def test_on_postgresql_the_connections_are_counted(postgresql_office):
    where = throwaway.url(postgresql_office.cluster, roles.WEB, postgresql_office.database)
    with pytest.raises(module.LedgerError, match="pg_restore"):
        module.restore(None)
    with psycopg.connect(where), pytest.raises(at_work.AtWork, match="connections to the database: 1"):
        module.restore(None)
