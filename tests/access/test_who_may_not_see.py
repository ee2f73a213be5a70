"""An administrator, a former member, a vendor and somebody of a partner office look for a case in a circle that is none
of theirs. Each gets what a stranger gets: at every door what is answered where there is no case, in lists nothing.
"""

from datetime import timedelta

import pytest
from folk import LONG_AGO, circle, person
from inhabited import file, opened
from knock import Visitor, doors_of_a_case
from visitor import masked

from kaname.access import api as access
from kaname.access.models import Mandate, Membership, Office
from kaname.ledger import clock
from kaname.vendors.models import Member, Vendor

ABSENT, TITLE = "z" * 26, "秘中の秘の凧"
LISTS = ("/", "/cases/", f"/search/?q={TITLE}", "/search/?q=凧", "/statistics/", "/designations/", "/notices/")
OF_PROGRAMS = ("/api/v1/cases", f"/api/v1/search?q={TITLE}", "/api/v1/notices", "/api/v1/glance")
LOOKERS = ("stranger", "administrator", "former member", "vendor", "partner")


@pytest.fixture
def hidden(act_office):
    """The case, and those who look for it."""
    ada, hana, jiro, veni, pia, ned = (
        person(name, *roles, admin=name == "Ada")
        for name, roles in (("Ada", ()), ("Hana", ("applicant", "jpo")), ("Jiro", ("applicant",)), ("Veni", ()),
                            ("Pia", ("jpo",)), ("Ned", ()))
    )  # fmt: skip
    room = circle("奥", jiro, hana)
    case = opened(file("架空社", TITLE, clock.today()), room, jiro)
    yesterday = clock.today() - timedelta(days=1)
    Membership.objects.filter(person=hana).update(valid_until=yesterday)
    made = Vendor.objects.create(name="部品社", made_at=clock.now())
    Member.objects.create(vendor=made, person=veni, valid_from=LONG_AGO)
    other = Office.objects.create(sort="authority", name_ja="他の省", name_en="Another ministry")
    type(pia).objects.filter(pk=pia.pk).update(office=other)
    Mandate.objects.create(person=pia, role="minister", valid_from=LONG_AGO)
    case.lookers = dict(zip(LOOKERS, map(Visitor, (ned, ada, hana, veni, pia)), strict=True))
    case.member = Visitor(jiro)
    return case


@pytest.mark.parametrize("who", LOOKERS)
def test_every_door_answers_as_where_there_is_no_case(hidden, who):
    """A former member knocks at every second of them, the others at an eighth each."""
    looker, found = hidden.lookers[who], []
    doors = doors_of_a_case()
    for address in doors[::2] if who == "former member" else doors[LOOKERS.index(who) :: 8]:
        there, nowhere = looker.knock(address, hidden.public_id), looker.knock(address, ABSENT)
        same = masked(there, hidden.public_id) == masked(nowhere, ABSENT)
        alike = hidden.lookers["stranger"].knock(address, hidden.public_id).status_code
        if not same or there.status_code != alike:
            found.append(f"{address.name}: {there.status_code}, {nowhere.status_code}, a stranger {alike}")
    assert found == []


@pytest.mark.parametrize("who", LOOKERS)
def test_no_list_search_or_count_tells_of_it(hidden, who):
    looker, marks = hidden.lookers[who], (hidden.public_id.encode(), TITLE.encode(), hidden.head_digest.encode())
    for browser, places in ((looker.browser, LISTS), (looker.program, OF_PROGRAMS)):
        for where in places:
            body = masked(browser.get(where), TITLE)
            assert not any(mark in body for mark in marks), where
    assert looker.program.get("/api/v1/cases").json()["items"] == []
    with pytest.raises(access.UnknownCase):
        access.export(looker.person, hidden.public_id, "nobody")


def test_a_member_does_see_it(hidden):
    """Otherwise all of this would hold of a case that nobody finds."""
    assert hidden.member.browser.get(f"/cases/{hidden.public_id}/").status_code == 200
    (row,) = hidden.member.program.get("/api/v1/cases").json()["items"]
    assert row["id"] == hidden.public_id
