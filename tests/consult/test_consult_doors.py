"""The same consultation by the API and by the command line."""

import json
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.test import Client

from access.folk import key, recorded
from consult.authorities import ASKED, Two, hidden_plan
from kaname.access import tokens
from kaname.cli import root
from kaname.consult import api as consult
from kaname.ledger import clock
from kaname.papers import upload
from kaname.papers.models import Document


class Caller:
    """A person's program."""

    def __init__(self, person, *more):
        _, secret = tokens.make(person, "test", ("read", "act", *more), 30)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})
        self.n = 0

    def get(self, path):
        return self.client.get(f"/api/v1{path}")

    def post(self, path, body):
        self.n += 1
        key = {"Idempotency-Key": f"door-key-{self.n:04}"}
        return self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=key)


QUESTION = {"sort": "inquiry", "asked": ASKED, "subject": "認定の案", "question": "意見があるか。"}


def test_the_whole_way_by_programs(two: Two):
    meti, drafter, head = Caller(two.meti), Caller(two.drafter), Caller(two.head)
    asked = meti.post(f"/cases/{two.plan}/consultations", {"data": QUESTION, "act": "plan.consult", "entries": [1]})
    assert asked.status_code == 201, asked.content
    inquiry = asked.json()["case"]
    (of,) = meti.get(f"/cases/{two.plan}/consultations").json()["consultations"]
    assert (of["case"], of["parent"], of["act"], of["state"]) == (inquiry, two.plan, "plan.consult", "asked")
    (of,) = drafter.get(f"/cases/{inquiry}/consultations").json()["consultations"]
    assert (of["parent"], of["act"]) == (None, None), "who is asked learns nothing of the case"
    assert drafter.get(f"/cases/{two.plan}/consultations").status_code == 404
    opinion = drafter.post(f"/cases/{inquiry}/opinions", {"levels": ["section_head"]}).json()["case"]
    early = drafter.post(f"/cases/{inquiry}/answer", {"opinion": opinion})
    assert early.status_code == 422 and early.json()["code"] == "refused"
    on = asked.json()["effective_on"]
    text = {"act": "opinion.draft", "on": on, "data": {"outcome": "agreed", "text": "異議はない。", "person": "forged"}}
    assert drafter.post(f"/cases/{opinion}/acts", text).status_code == 201
    assert head.post(f"/cases/{opinion}/acts", {"act": "opinion.sign_section_head", "on": on}).status_code == 201
    (level,) = head.get(f"/cases/{opinion}/opinions").json()["opinions"][0]["levels"]
    assert (level["signature"]["name"], level["now"]) == ("Head", False)
    assert meti.get(f"/cases/{inquiry}/opinions").json() == {"opinions": []}
    assert drafter.post(f"/cases/{inquiry}/answer", {"opinion": opinion}).status_code == 201
    (of,) = meti.get("/consultations").json()["consultations"]
    assert (of["state"], of["answer"]) == ("answered", "異議はない。")


def test_what_a_program_may_not_do(two: Two):
    meti, window = Caller(two.meti), Caller(two.window)
    assert window.post(f"/cases/{two.plan}/consultations", {"data": QUESTION}).status_code == 404
    wrong = meti.post(f"/cases/{two.plan}/consultations", {"data": QUESTION, "act": "plan.certify"})
    assert wrong.status_code in (403, 422), wrong.content
    plan, _ = hidden_plan(two)
    assert meti.post(f"/cases/{plan}/consultations", {"data": QUESTION}).status_code in (403, 422)
    assert meti.post(f"/cases/{two.plan}/opinions", {"levels": ["section_head"]}).status_code == 422


@pytest.fixture
def run(two, monkeypatch):
    from contextlib import nullcontext

    for module in ("kaname.cli.consult", "kaname.cli.record"):
        monkeypatch.setattr(f"{module}.office", nullcontext)

    def call(*arguments, status=0):
        result = CliRunner().invoke(root, [*arguments, "--lang", "en"])
        assert result.exit_code == status, result.output
        return result.output

    return call


def test_the_same_by_commands(two: Two, run):
    meti, drafter = two.meti.email, two.drafter.email
    asked = ("--of", ASKED, "--subject", "認定の案", "--question", "意見があるか。", "--by", meti, "--json")
    inquiry = json.loads(run("consult", "ask", two.plan, *asked, "--act", "plan.consult"))["case"]
    assert run("consult", "route", ASKED, "section_head").strip() == f"{ASKED}: section_head"
    opinion = json.loads(run("consult", "begin", inquiry, "--by", drafter, "--json"))["case"]
    recorded(two.draft(opinion))
    assert "with the section head" in run("consult", "list", "--by", meti)
    refused = run("consult", "answer", inquiry, opinion, "--by", drafter, status=1)
    assert "signed by every level" in refused
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    assert "Recorded" in run("consult", "answer", inquiry, opinion, "--by", drafter)
    (of,) = json.loads(run("consult", "list", "--by", meti, "--case", two.plan, "--json"))
    assert (of["case"], of["answer"], of["label"]) == (inquiry, "異議はない。", "answered")
    assert consult.of_opinion(two.drafter, opinion).state == "issued"
    assert "expected grades" in run("consult", "route", ASKED, "king", status=2)
    assert "no person" in run("consult", "list", "--by", "nobody@example.jp", status=2)


def test_a_token_without_the_scope_copies_nothing_sealed_into_an_inquiry(two: Two):
    paper = upload.take(two.meti, BytesIO(b"the drawing"), "a.txt", two.plan)
    Document.objects.update(claimed_at=clock.now(), veiled=True)
    asked = {"data": QUESTION, "documents": [paper.id]}
    assert Caller(two.meti).post(f"/cases/{two.plan}/consultations", asked).status_code == 403
    assert Document.objects.count() == 1
    assert Caller(two.meti, "sealed").post(f"/cases/{two.plan}/consultations", asked).status_code == 201


def test_an_entry_tells_nobody_of_a_case_that_it_read_and_they_may_not_know_of(two: Two):
    inquiry = recorded(two.ask()).case
    opinion = recorded(two.begin(inquiry)).case
    recorded(two.draft(opinion))
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    told = {who: Caller(who).get(f"/cases/{inquiry}/entries").content.decode() for who in (two.meti, two.drafter)}
    assert opinion in told[two.drafter] and opinion not in told[two.meti]
    assert "異議はない。" in told[two.meti], "what was taken from there is said"
