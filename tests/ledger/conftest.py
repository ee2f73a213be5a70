"""`office`: an empty office on each of the two databases, a new one for each test. A missing PostgreSQL is told."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import throwaway
from click.testing import CliRunner
from django.db import connection, connections
from django.test import override_settings
from ledger_kinds import KINDS

import once
from kaname.cli import root
from kaname.ledger import roles
from kaname.ledger.kinds import kinds
from kaname.site.databases import embedded, postgresql

_names = count(1)


@dataclass(frozen=True)
class Office:
    """Where the database of a test lies."""

    vendor: str
    settings: dict
    path: Path | None = None
    cluster: str = ""
    database: str = ""

    @property
    def env(self) -> dict[str, str]:
        """How a process of its own finds it: KANAME_DATABASE_URL, or the folder with the file."""
        if self.path:
            return {"KANAME_HOME": str(self.path.parent), "KANAME_DATABASE_URL": ""}
        return {"KANAME_DATABASE_URL": throwaway.url(self.cluster, roles.WEB, self.database)}

    def superuser(self, *statements: str) -> None:
        throwaway.superuser(self.cluster, *statements, database=self.database)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory, django_db_blocker):
    """The worker's own copy: a test may hold a writer's lock on it."""
    return Path(shutil.copy(once.migrated(tmp_path_factory, django_db_blocker), tmp_path_factory.mktemp("office")))


@pytest.fixture(scope="session")
def postgresql_cluster(tmp_path_factory, django_db_blocker):
    if throwaway.bindir() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")

    def make(folder):
        with throwaway.cluster() as base:
            with django_db_blocker.unblock():
                throwaway.migrated_postgresql(base, "template_office")
            throwaway.stop(base, "fast")
            throwaway.copy(base, folder)

    with throwaway.cluster(of=once.once(tmp_path_factory, "postgresql", make)) as base:
        yield base


@pytest.fixture
def sqlite_office(sqlite_template, tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))  # a process of its own finds the keys there
    path = tmp_path / "kaname.sqlite3"
    shutil.copy(sqlite_template, path)
    yield from _opened(Office("sqlite", embedded(path), path=path), django_db_blocker)


@pytest.fixture
def postgresql_office(postgresql_cluster, tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    name = f"office_{next(_names)}"
    throwaway.superuser(postgresql_cluster, f"CREATE DATABASE {name} TEMPLATE template_office")
    throwaway.superuser(postgresql_cluster, *roles.creation(name), database=name)
    settings = postgresql(throwaway.url(postgresql_cluster, roles.WEB, name))
    yield from _opened(Office("postgresql", settings, cluster=postgresql_cluster, database=name), django_db_blocker)
    throwaway.superuser(postgresql_cluster, f"DROP DATABASE {name} WITH (FORCE)")


def _opened(office, blocker):
    with blocker.unblock(), override_settings(KANAME_KINDS="ledger_kinds.KINDS"):
        kinds.cache_clear()
        throwaway.connect(office.settings)
        yield office
        connection.close()
    kinds.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request):
    return request.getfixturevalue(f"{request.param}_office")


@pytest.fixture
def kaname(office, monkeypatch, tmp_path):
    """A command of the office, with the status that it is to end with."""
    monkeypatch.setattr("kaname.regimes.KINDS", KINDS)
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*args, status=0, lang="en", stdin=None):
        found = CliRunner().invoke(root, args, input=stdin, env={"KANAME_LANG": lang})
        assert found.exit_code == status, (found.output, found.exception)
        assert "Traceback" not in found.output
        return found.output

    return call


@pytest.fixture
def at(office, sqlite_template, tmp_path, monkeypatch):
    """`with at("ministry")`: the same process as another office, with keys and a database of its own."""
    for name in ("here", "ministry", "stranger"):
        (tmp_path / name).mkdir()
        shutil.copy(sqlite_template, tmp_path / name / "kaname.sqlite3")
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "here"))

    links: dict[str, Any] = {}

    @contextmanager
    def elsewhere(name):
        """The connection of each office is kept: to connect takes longer than most of what is done there."""
        settings, link = connections.settings["default"], connections["default"]
        with monkeypatch.context() as patch:
            patch.setenv("KANAME_HOME", str(tmp_path / name))
            connections.settings["default"] = throwaway.settings_of(embedded(tmp_path / name / "kaname.sqlite3"))
            if name in links:
                throwaway.switch(links[name])
            else:
                del connections["default"]
                throwaway.switch(connections["default"])
            try:
                yield
            finally:
                links[name] = connections["default"]
        connections.settings["default"] = settings
        throwaway.switch(link)

    yield elsewhere
    for one in links.values():
        one.close()
