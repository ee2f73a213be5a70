"""`office` on each of the two databases, as the ledger's tests have it."""

import pytest
from django.core.cache import cache

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
