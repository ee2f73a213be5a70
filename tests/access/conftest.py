"""`office` on each of the two databases, as the ledger's tests have it."""

from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)
