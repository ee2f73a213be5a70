"""`tour`: one demonstration office a worker, its pages, and a tab for each of its people."""

import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
import throwaway
from browser import AXE, watch
from django.db import connection
from django.test import override_settings

import once
from kaname.access.models import Person
from kaname.ledger.kinds import kinds
from kaname.site.databases import embedded
from web.conftest import Site, _Quiet, _Server
from web.sweep.furnish import furnish
from web.sweep.walk import Page, explore


@dataclass
class Tour:
    """An office that answers. `pages`: what links lead to; `tab(who)`: the tab of a login, of nobody where empty."""

    site: Site
    pages: list[Page]
    tab: Callable[[str], Any]


@pytest.fixture(scope="session")
def walked(tmp_path_factory, django_db_blocker, application) -> Path:
    """The folder of a furnished demonstration (`home`) and of what the walk through it found (`walk.json`)."""

    def make(folder: Path) -> None:
        shutil.copytree(once.demonstration(tmp_path_factory, django_db_blocker), folder / "home")
        logging.disable(logging.INFO)
        try:
            with django_db_blocker.unblock(), throwaway.given_back(), opened(folder / "home"):
                furnish()
                walked = explore()
        finally:
            logging.disable(logging.NOTSET)
        told = {"pages": [asdict(one) for one in walked.pages], "changed": walked.changed, "outside": walked.outside}
        (folder / "walk.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))

    return once.once(tmp_path_factory, "sweep", make)


@pytest.fixture(scope="session")
def furnished(walked, tmp_path_factory) -> tuple[Path, list[Page]]:
    """A furnished demonstration and its pages, copied for each worker."""
    home = tmp_path_factory.mktemp("tour") / "home"
    shutil.copytree(walked / "home", home)
    return home, [Page(**one) for one in json.loads((walked / "walk.json").read_text())["pages"]]


@contextmanager
def opened(home: Path) -> Iterator[None]:
    """The office of that folder is the one that answers."""
    with pytest.MonkeyPatch.context() as patch, override_settings(ALLOWED_HOSTS=["*"]):
        patch.setenv("KANAME_HOME", str(home))
        kinds.cache_clear()
        throwaway.connect(embedded(home / "kaname.sqlite3"))
        try:
            yield
        finally:
            connection.close()
            kinds.cache_clear()


@pytest.fixture
def tour(furnished, application, browser, django_db_blocker):
    home, pages = furnished
    with django_db_blocker.unblock(), opened(home):
        server = _Server(("127.0.0.1", 0), _Quiet)
        server.set_app(application)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        site = Site(f"http://127.0.0.1:{server.server_port}", home / "kaname.sqlite3")
        contexts = []

        def tab(who: str):
            context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", base_url=site.url)
            contexts.append(context)
            person = Person.objects.get(email=f"{who}@demo.example") if who else None
            context.add_cookies(site.cookies(person))
            context.add_init_script(AXE)  # compiled with the page: cheaper than handed over after each load
            return watch(context.new_page(), site.url)

        try:
            yield Tour(site, pages, tab)
        finally:
            for context in contexts:
                context.close()
            server.shutdown()
            server.server_close()
