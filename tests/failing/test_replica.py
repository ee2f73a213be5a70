"""A read replica that is behind is read by nobody; one that is not serves lists; a log on another machine is whole."""

import os
import shutil
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
import throwaway
from acts import APPLY, STORY, opened
from django.db import connections
from django.test import override_settings

from access.folk import person
from figures import tries
from kaname.access import api as access
from kaname.access.api import Wanted
from kaname.access.models import Mandate
from kaname.ledger import replica, roles
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Standing
from kaname.ledger.perform import open_case, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry
from kaname.site.databases import postgresql
from web import world

SESSIONS = tries(10, ci=40, soak=200)
DELAY = tries(1, ci=1, soak=5)  # seconds by which the replica is behind


@pytest.fixture
def behind(postgresql_office):
    """A replica of the office's database that is behind by some time."""
    with throwaway.standby(postgresql_office.cluster, f"{DELAY}s") as base:
        settings = postgresql(throwaway.url(base, roles.WEB, postgresql_office.database))
        connections.settings["replica"] = {**connections.settings["default"], **settings}
        with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
            kinds.cache_clear()
            yield base
        kinds.cache_clear()
        connections["replica"].close()
        del connections["replica"]
        del connections.settings["replica"]


def sessions():
    """So many people file and look at their list at once, lose their right and look again: how often it was stale."""
    stale = 0
    for n in range(SESSIONS):
        hana = person(f"hana{n}", "applicant", kind=world.KIND)
        world.filed(hana)
        stale += access.listed(hana, Wanted()).total != n + 1
        Mandate.objects.filter(person=hana).update(valid_until=access.today() - timedelta(1))
        stale += bool(access.listed(hana, Wanted()).rows)
    return stale


def test_no_list_is_staler_than_what_was_written_before_it(behind):
    assert sessions() == 0


def test_an_office_that_trusts_its_replica_is_found(behind, monkeypatch):
    """Planted: nobody asks whether the replica has caught up."""
    monkeypatch.setattr(replica, "_has_caught_up", lambda: True)
    assert sessions() > 0


def test_a_replica_that_has_caught_up_is_read_and_acts_never_are(behind, monkeypatch):
    hana = person("hana", "applicant", kind=world.KIND)
    monkeypatch.setattr(replica, "WAITS", 60 * DELAY)
    case = world.filed(hana)
    with replica.reading():
        assert Standing.objects.all().db == "replica" and Standing.objects.count() == 1
        assert replica.Router().db_for_write(Standing) == "default"
        assert world.filed(hana) != case  # an act within such a block: judged and written at the primary
    assert Standing.objects.all().db == "default" and Standing.objects.count() == 2


def test_a_replica_that_is_gone_is_no_fault(behind):
    hana = person("hana", "applicant", kind=world.KIND)
    world.filed(hana)
    throwaway.stop(behind)
    assert len(access.listed(hana, Wanted()).rows) == 1
    throwaway.start(behind)


# -- nothing is lost with the disk of the primary ----------------------------------------------------------------------


def test_the_log_on_another_machine_brings_back_every_receipt(postgresql_office):
    """The recipe of docs/beyond_one_machine.md: a base backup, the log received as it is written, the primary's disk
    gone without a word. Nothing that was acknowledged is missing (RPO 0)."""
    cluster, database = postgresql_office.cluster, postgresql_office.database
    case = opened().case
    base = throwaway.copied(cluster)
    wal = Path(base) / "wal"
    wal.mkdir()
    # ... synchronously: a commit waits until the log lies on the other machine.
    receive = [f"{throwaway.bindir()}/pg_receivewal", "-h", cluster, "-U", "app", "-D", str(wal), "--synchronous"]
    with subprocess.Popen(receive, env={**os.environ, "PGAPPNAME": "kaname_log"}) as receiver:
        try:
            throwaway.superuser(cluster, "ALTER SYSTEM SET synchronous_standby_names = 'kaname_log'",
                                "SELECT pg_reload_conf()")  # fmt: skip
            while not list(wal.iterdir()):
                time.sleep(0.1)
            held = {}
            for n in range(tries(10, ci=30)):
                join = Entry("sharing.join", STORY[1].on, {"keeper": "Hana"}, run=f"r{n}", party=f"r{n}")
                receipt = perform(case, join, idempotency_key=f"log-act-{n}")
                held[receipt.case, receipt.seq] = receipt.digest
            last = open_case("small.permit", APPLY, idempotency_key="log-case-last")
            held[last.case, last.seq] = last.digest
            throwaway.stop(cluster)  # at once, and nobody looks at its disk any more
        finally:
            receiver.terminate()
    for partial in wal.glob("*.partial"):
        partial.rename(partial.with_suffix(""))
    subprocess.run(["chmod", "-R", "a+rX", str(wal)], check=True)  # the server runs as somebody else
    (Path(base) / "d" / "recovery.signal").touch()
    try:
        throwaway.start(base, f"-c restore_command='cp {wal}/%f %p' -c synchronous_standby_names=''")
        throwaway.connect(postgresql(throwaway.url(base, roles.WEB, database)))
        while _is_recovering():
            time.sleep(0.2)
        assert verify(held=held).faults == []
        assert verify(held={**held, (case, 99): "0" * 64}).faults, "planted: a receipt that is not there"
    finally:
        throwaway.stop(base)
        throwaway.start(cluster)
        throwaway.superuser(cluster, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
        throwaway.connect(postgresql_office.settings)
        shutil.rmtree(base)


def _is_recovering():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]
