"""The last day of a period: ten times the usual filings, one core taken, two web processes at one PostgreSQL."""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import quantiles

import pytest
from django.db import connection
from office_process import kaname, running

from access.folk import person
from figures import SOAK, as_many, tries
from kaname.ledger.models import Case
from kaname.ledger.verify import verify
from web import world

FILINGS = tries(12, ci=40, soak=2000)
PACE = 3600 / 2000 if SOAK else 0  # seconds from one filing to the next
SLOWEST = 2.0  # seconds for 99 of 100; told of a machine of its own, in the long run: in CI others are at work


@contextmanager
def a_core_taken():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            yield
        finally:
            busy.kill()


@pytest.fixture
def two(postgresql_office, tmp_path, monkeypatch, act_kinds):
    """Two web processes that share database and keys; the token of somebody who files."""
    who = person("hana", "applicant", kind=world.KIND)
    connection.close()
    home, env = tmp_path / "home", postgresql_office.env
    home.mkdir(mode=0o700)
    for key in tmp_path.glob("*_key"):
        key.rename(home / key.name)
    monkeypatch.setenv("KANAME_HOME", str(home))
    made = kaname(home, "token", "add", who.email, "--name", "load", "--scope", "act", "--scope", "read", "--days",
                  "2", **env)  # fmt: skip
    assert made.returncode == 0, made.stderr
    token = next(word for word in made.stdout.split() if len(word) > 40)
    with running(home, "--workers", "1", **env) as one, running(home, "--workers", "1", **env) as other:
        yield (one, other), token


def filed(port, token, number):
    """One filing: the receipt, and how long it took."""
    said = {"kind": world.KIND, "act": "first_review.file", "on": "2026-11-02",
            "data": {"ipc": "B64C 39/02", "title": f"空想の凧 {number}"}}  # fmt: skip
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/cases", json.dumps(said).encode(), method="POST",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"last-day-{number:06}",
                 "Content-Type": "application/json"},
    )  # fmt: skip
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, json.loads(answer.read()), time.monotonic() - begun
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), time.monotonic() - begun


def test_everything_filed_on_the_last_day_is_taken_once(two):
    """Each filing is sent to both processes under its key, as whoever gets no answer in time does."""
    offices, token = two
    filings = as_many(FILINGS, PACE)
    begun, lock, late = time.monotonic(), threading.Lock(), []

    def file(number):
        wait = begun + PACE * number - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        answers = [filed(office.port, token, number) for office in offices]
        with lock:
            late.extend(seconds for _, _, seconds in answers)
        return answers

    with a_core_taken(), ThreadPoolExecutor(4) as people:
        answers = list(people.map(file, range(filings)))
    assert {status for pair in answers for status, _, _ in pair} <= {200, 201}, answers[0]
    receipts = [[said for _, said, _ in pair] for pair in answers]
    assert all(first["digest"] == second["digest"] for first, second in receipts), "one act, one receipt"
    held = {(one["case"], one["seq"]): one["digest"] for one, _ in receipts}
    assert len(held) == filings == Case.objects.count()
    assert verify(held=held, jobs=1).faults == []
    missed = verify(held={**held, ("a" * 26, 1): "0" * 64}, jobs=1).faults
    assert [fault.case for fault in missed] == ["a" * 26], "planted: a receipt whose filing was lost"
    if SOAK:
        assert quantiles(late, n=100)[-1] < SLOWEST, sorted(late)[-20:]
