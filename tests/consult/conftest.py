"""`two`: on each of the two databases an office with two authorities."""

import pytest
from django.test import override_settings

from consult.authorities import Two
from kaname.ledger.kinds import kinds
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture
def two(office):  # noqa: F811
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Two()
    kinds.cache_clear()
