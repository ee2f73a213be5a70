"""A home of its own for each test: documents lie in it, and so do the keys."""

import pytest

from kaname.ledger import store
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    store.forget()
    yield tmp_path
    store.forget()
