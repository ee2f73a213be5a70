"""`home`: a new KANAME_HOME, empty; `fresh`: one that was opened once; `demo`: one with a demonstration office.

The last two are made once and copied for each test.
"""

import shutil

import pytest
from office_process import kaname, running


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh") / "home"
    folder.mkdir(mode=0o700)
    with running(folder):
        pass  # tables made, files laid out
    return folder


@pytest.fixture
def fresh(migrated, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(migrated, folder)
    return folder


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, migrated):
    folder = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(migrated, folder)
    done = kaname(folder, "demo-office")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def demo(furnished, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(furnished, folder)
    return folder
