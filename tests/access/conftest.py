"""`office` on each of the two databases, as the ledger's tests have it."""

import pytest
from django.core.cache import cache
from django.test import override_settings
from folk import person
from inhabited import file, opened
from visitor import PASSWORD

from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture(autouse=True)
def _nothing_cached():
    cache.clear()


@pytest.fixture
def hana(act_office):
    """Reads what is sealed, files and decides."""
    return person("Hana", "applicant", "jpo", sealed=True, password=PASSWORD)


@pytest.fixture
def case(hana):
    return opened(file("架空社", "題", clock.today())).public_id


@pytest.fixture
def act_office(sqlite_office):  # noqa: F811
    """An office with the kinds of the Act on SQLite, for what must be seen through its pages."""
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield sqlite_office
    kinds.cache_clear()
