"""An office with the kinds of the Act, on either database, in which days can be chosen."""

import pytest

from kaname.ledger.kinds import kinds
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture
def act_office(office, settings):  # noqa: F811
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    yield office
    kinds.cache_clear()
