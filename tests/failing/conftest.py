"""`template`: an empty office to copy. `desk`: an office with the kinds of the Act and work to do, on each database."""

from datetime import timedelta

import pytest
from django.test import override_settings

from access.folk import person
from kaname.access import api as access
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.ledger.models import Entry as Written
from kaname.notices import outbox
from kaname.papers.models import Document
from kaname.procedure import Entry
from kaname.task import jobs
from ledger.conftest import (  # noqa: F401 - fixtures
    at,
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)
from papers.test_documents import filed, put
from web import world


@pytest.fixture
def small_kinds(django_db_blocker):
    """Offices with the invented kinds, and a database allowed."""
    with django_db_blocker.unblock(), override_settings(KANAME_KINDS="ledger_kinds.KINDS"):
        kinds.cache_clear()
        yield
    kinds.cache_clear()


@pytest.fixture
def act_kinds():
    """Offices with the kinds of the Act."""
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield
    kinds.cache_clear()


class Desk:
    """People of an office and what they leave to workers."""

    def __init__(self) -> None:
        self.folk = world.people()
        self.hana = person("Ume", "applicant", sealed=True)

    def document(self, text: str) -> Document:
        """A document that waits for a reader."""
        paper = put(self.hana, text.encode(), "a.txt", filed(self.hana))
        return Document.objects.get(public_id=paper.id)

    def job(self, count: int) -> jobs.Job:
        """A bulk job over so many cases, begun, and no worker at it."""
        today = access.today()
        cases = [world.filed(self.folk["attorney"], today - timedelta(60 + n)) for n in range(count)]
        job = jobs.begin(self.folk["jpo"], cases)
        jobs.preview(job, Entry("first_review.judge_not_sent", today))
        jobs.Job.objects.filter(pk=job.pk).update(state="running")
        job.refresh_from_db()
        return job

    def written(self, job: jobs.Job) -> int:
        """How many entries a job has made."""
        return Written.objects.filter(idempotency_key=jobs.key_of(job)).count()

    def message(self, key: str) -> None:
        outbox.put([outbox.message(key, "hook", self.hana, {"case": "", "seq": 1}, clock.now())])

    def cases(self) -> int:
        return Case.objects.count()


@pytest.fixture
def desk(office, act_kinds):  # noqa: F811 - the fixture imported above
    return Desk()
