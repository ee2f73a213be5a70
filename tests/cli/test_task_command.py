"""`kaname task`: what a person has to do, what is done to many cases, who deputises, from the command line."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from access.conftest import act_office, sqlite_office, sqlite_template  # noqa: F401
from kaname.access import api as access
from kaname.cli import root
from kaname.procedure import Entry
from kaname.task import jobs, marks, views
from kaname.task.models import Outcome
from web import world


@pytest.fixture
def kaname(act_office, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))

    def call(*args, status=0, lang="en"):
        found = CliRunner().invoke(root, ("task", *args), env={"KANAME_LANG": lang})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        assert found.exit_code == status, found.output
        return found.output

    return call


def test_all_of_it(kaname, monkeypatch):
    folk = world.people()
    today = access.today()
    cases = [world.filed(folk["attorney"], today - timedelta(n)) for n in (88, 80)]
    jiro = folk["jpo"].email
    assert "period for sending" in kaname("inbox", jiro)
    assert json.loads(kaname("inbox", jiro, "--show", "away", "--json")) == []
    marks.assign(folk["jpo"], cases[:1], folk["jpo"].public_id)
    load = {r["name"]: r for r in json.loads(kaname("load", jiro, "--json"))}
    assert load["Jiro"]["assigned"] == 1 and load[None]["weeks"] and "Jiro" in kaname("load", jiro)
    views.save(folk["jpo"], "cases", "mine", "state=filed")
    assert "mine  ?state=filed" in kaname("views", jiro) and "none" in kaname("views", folk["pm"].email)

    monkeypatch.setattr("kaname.task.jobs.start", lambda job, wait=False: None)
    job = jobs.begin(folk["jpo"], cases)
    jobs.preview(job, Entry("first_review.judge_not_sent", today))
    jobs.do(job)
    assert "2 cases settled" in kaname("run") and json.loads(kaname("run", "--json")) == {"settled": 0, "parts": 0}
    assert jobs.counts(job) == {Outcome.DONE: 2} and job.public_id in kaname("jobs", jiro)

    days = ("--from", f"{today}", "--until", f"{today + timedelta(3)}")
    assert "no deputy" in kaname("deputy", jiro)
    assert folk["pm"].email in kaname("deputy", jiro, "--to", folk["pm"].email, *days)
    (lent,) = json.loads(kaname("deputy", jiro, "--json"))
    assert "expected today" in kaname("deputy", jiro, "--to", folk["pm"].email, "--from", "2020-01-01",
                                      "--until", "2020-01-02", status=2)  # fmt: skip
    assert "no deputy" in kaname("deputy", jiro, "--end", lent["id"])
    kaname("deputy", jiro, "--end", lent["id"], status=2)
    kaname("deputy", jiro, "--to", folk["pm"].email, status=2)
