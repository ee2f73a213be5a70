"""A worker at a bulk job is killed in the middle, as a machine dies: the next one does the rest, and nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

from django.conf import settings

from kaname.access import api as access
from kaname.ledger import clock
from kaname.ledger.models import Entry as Written
from kaname.procedure import Entry
from kaname.task import jobs
from kaname.task.models import Job, Outcome
from web import world

ACT, CASES = "first_review.judge_not_sent", 12
WORKER = """
import os, sys
import django
from django.conf import settings
settings.SECRET_KEY = os.environ["TEST_SECRET_KEY"]
django.setup()
from kaname.task import jobs
settle = jobs._settle
def told(*args):
    settle(*args)
    print("settled", flush=True)
jobs._settle = told
jobs.run(int(sys.argv[1]))
"""


def test_killed_in_the_middle(site, tmp_path, monkeypatch):
    monkeypatch.setattr("kaname.task.jobs.start", lambda job, wait=False: None)
    jpo, attorney = site.person("審査 次郎", roles=("jpo",)), site.person("架空 花子", roles=("applicant",))
    cases = [world.filed(attorney, access.today() - timedelta(60 + n)) for n in range(CASES)]
    job = jobs.begin(jpo, cases)
    jobs.preview(job, Entry(ACT, access.today()))
    jobs.do(job)
    env = {**os.environ, "KANAME_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kaname.site.settings",
           "TEST_SECRET_KEY": settings.SECRET_KEY}  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(job.pk)], env=env, stdout=subprocess.PIPE)
    try:
        for _ in range(3):
            assert worker.stdout.readline() == b"settled\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    done = Written.objects.filter(act=ACT).count()
    assert 3 <= done < CASES
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now())  # its minute is over
    assert jobs.run_free() >= CASES - done
    assert jobs.counts(job) == {Outcome.DONE: CASES}
    written = Written.objects.filter(act=ACT, idempotency_key=f"job/{job.public_id}")
    assert written.count() == written.values("case").distinct().count() == CASES
    for line in jobs.lines(job):
        assert access.held(jpo, line.case.public_id, line.seq, line.digest)
