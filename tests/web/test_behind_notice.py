"""A day that changes many cases keeps nobody waiting: the page says that some are still being brought up to date."""

import pytest

from kaname.access import api as access
from kaname.ledger import projection
from kaname.ledger.models import Standing
from web import world
from web.test_case_pages import login, text

SAID = "some cases are still being brought up to today"


@pytest.fixture
def folk(db):
    return world.people()


def test_the_page_says_so_until_all_are_done(folk, monkeypatch):
    for _ in range(3):
        world.filed(folk["attorney"], access.today())
    Standing.objects.update(next_change_on=access.today())
    monkeypatch.setattr(projection, "AT_ONCE", 2)
    jpo = login(folk["jpo"], "en")
    assert SAID in text(jpo.get("/cases/"))
    assert SAID not in text(jpo.get("/cases/"))
    assert projection.stale_by_day(access.today()).count() == 0
