"""`land`: on each of the two databases an operator, its plan in preparation, people of the authority."""

import pytest
from django.test import override_settings
from vendor_world import Land

from kaname.ledger.kinds import kinds
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture
def land(office):  # noqa: F811
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Land(office)
    kinds.cache_clear()
