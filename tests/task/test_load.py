"""The workload adds up, follows assignments, shows only what the one who asks may know of, at a constant cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.folk import circle, person
from kaname.access import api as access
from kaname.access import compartments
from kaname.ledger.models import Case
from kaname.task import load, marks
from web import world
from web.test_case_pages import login, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def folk():
    return world.people()


def filed(folk, *days):
    return [world.filed(folk["attorney"], access.today() - timedelta(n)) for n in days]


def by_name(who):
    return {row.person.name if row.person else "": row for row in load.loads(who)}


def test_it_adds_up_to_the_inbox_and_follows_assignments(folk):
    first, *_ = filed(folk, 100, 88, 75)
    rows = by_name(folk["jpo"])
    ahead = sum(n for _, n in access.ahead(folk["jpo"], days=56))
    assert ahead and (rows[""].due, rows[""].assigned, rows["Jiro"].due) == (ahead, 0, 0)
    marks.assign(folk["jpo"], [first], folk["jpo"].public_id)
    again = by_name(folk["jpo"])
    assert again["Jiro"].assigned == 1 and again["Jiro"].waiting > 0
    assert again["Jiro"].due + again[""].due == rows[""].due


def test_hidden_cases_are_in_no_row(folk):
    (case,) = filed(folk, 80)
    assert by_name(folk["jpo"])[""].due == 1
    marks.assign(folk["jpo"], [case], folk["jpo"].public_id)
    compartments.put_in(circle("room"), Case.objects.get(public_id=case).pk, None)
    assert all((r.due, r.later, r.assigned, r.waiting) == (0, 0, 0, 0) for r in load.loads(folk["jpo"]))


def test_it_costs_the_same_however_many(folk):
    costs = []
    for n in range(2):
        person(f"More{n}", "jpo", kind=world.KIND)
        cases = filed(folk, 80, 70, 60)
        marks.assign(folk["jpo"], cases[:2], folk["jpo"].public_id)
        with CaptureQueriesContext(connection) as found:
            load.loads(folk["jpo"])
        costs.append(len(found))
    assert costs[0] == costs[1] <= 10


def test_the_page_and_its_table(folk):
    filed(folk, 80)
    jpo = login(folk["jpo"], "en")
    assert "1 matters are overdue or due in eight weeks." in text(jpo.get("/task/load/"))
    body = b"".join(jpo.get("/task/load/?format=csv").streaming_content).decode("utf-8-sig")
    assert body.splitlines()[0].startswith("person,overdue,week from")
    assert jpo.get("/task/load/?format=csv&as=xlsx").content[:2] == b"PK"
