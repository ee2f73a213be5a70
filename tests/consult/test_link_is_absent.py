"""Hidden is absent: who is asked gets the same bytes by the same statements, whether their inquiry is linked or not.

Twins: one office with the inquiry linked to a case that the asked may not know of, the same office without the link.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.folk import recorded
from access.visitor import client, fingerprints, masked
from consult.authorities import Two, hidden_plan
from kaname.access import tokens
from kaname.consult.models import Link
from kaname.ledger import clock
from kaname.ledger.models import Case

PAGES = ("case", "consultation", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "case_notes")
LISTS = ("consultations", "cases", "inbox")
PROGRAMS = ("", "/consultations", "/opinions", "/entries", "/may", "/trace")


def steps(two, inquiry):
    """What the asked can do to learn of the link: its name, and the request."""
    at = client(two.drafter)
    _, secret = tokens.make(two.drafter, "twin", ("read", "export"), 30)
    program = client(Authorization=f"Bearer {secret}")
    for name in PAGES:
        yield name, at, reverse(name, args=[inquiry])
    for name in LISTS:
        yield name, at, reverse(name)
    yield "csv", at, reverse("consultations") + "?csv=1"
    yield "search", at, reverse("search") + "?q=1"
    for path in PROGRAMS:
        yield f"api {path}", program, f"/api/v1/cases/{inquiry}{path}"
    yield "api list", program, "/api/v1/consultations"


def got(two, inquiry):
    found = {}
    two.drafter.refresh_from_db()
    for name, at, path in steps(two, inquiry):
        at.get(path)  # what is made once is made
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = at.get(path)
            body = masked(answer)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = body, fingerprints(queries.captured_queries)
    return found


@pytest.mark.parametrize("hidden", [True, False], ids=["in a compartment", "by mandate alone"])
def test_the_asked_learn_nothing_from_the_link(two: Two, monkeypatch, hidden):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    plan = hidden_plan(two)[0] if hidden else two.plan
    inquiry = recorded(two.ask(plan, people=[two.drafter.public_id] if hidden else [], act="plan.consult")).case
    linked = got(two, inquiry)
    assert Link.objects.filter(case__public_id=inquiry).delete()[0] == 1
    alone = got(two, inquiry)
    for name, (body, statements) in linked.items():
        assert body == alone[name][0], name
        assert statements == alone[name][1], name
        assert plan.encode() not in body and Case.objects.get(public_id=plan).head_digest.encode() not in body


def test_who_may_know_of_both_sees_the_link(two: Two):
    """The test above could not fail if nobody saw it."""
    inquiry = recorded(two.ask()).case
    said = client(two.meti).get(reverse("consultation", args=[inquiry])).content.decode()
    assert two.plan in said
    Link.objects.all().delete()
    assert two.plan not in client(two.meti).get(reverse("consultation", args=[inquiry])).content.decode()
