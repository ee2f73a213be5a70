"""`home`: a new KANAME_HOME, empty; `fresh`: one that was opened once; `demo`: one with a demonstration office.

The last two are made once a run and copied for each test.
"""

import shutil

import pytest
from office_process import running

import once


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker):
    def make(folder):
        shutil.copy(once.migrated(tmp_path_factory, django_db_blocker), folder / "kaname.sqlite3")
        with running(folder):
            pass  # files laid out

    return once.once(tmp_path_factory, "fresh", make)


@pytest.fixture
def fresh(migrated, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(migrated, folder)
    return folder


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, django_db_blocker):
    return once.demonstration(tmp_path_factory, django_db_blocker)


@pytest.fixture
def demo(furnished, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(furnished, folder)
    return folder
