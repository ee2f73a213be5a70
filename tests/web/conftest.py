"""An office that answers over HTTP, one Chromium a run, and what every page must hold.

    def test_inbox(site, browse):
        clerk = site.person("要 花子", roles=("applicant",))        # a person with mandates of the Act, from 2020 on
        page = browse(clerk)                                       # a logged-in tab, 1280 wide, Japanese; None: nobody
        page.goto(site.url + "/")
        assert_clean(page, "/parts/")                              # from browser: see there what it holds

`site`      an office on a SQLite file of its own, migrated, with the kinds of the Act, served on a free port. The test
            speaks to the same file. `site.client(person)`: Django's test client, logged in.
`browse`    opens tabs: browse(person, width=1280, language="ja", script=True). Each has a context of its own.
`browser`   the one Chromium of the run. A missing Chromium is told (tools/install_parts.sh installs it).

`browser.py` holds the checks: assert_clean, axe, no_sideways_scroll, weight, shot; and how to wait: follow, expect.
"""

import os
import shutil
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path

import pytest
import throwaway
from browser import CHROMIUM, LAUNCH, watch
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client, override_settings

from kaname.access.models import Mandate, Office, Person
from kaname.days import JST
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.site.databases import embedded
from ledger.conftest import sqlite_template  # noqa: F401 - a fixture

# Playwright drives Chromium from an event loop in this thread; Django would take every query for one of that loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SINCE = date(2020, 1, 1)


@dataclass
class Site:
    """A running office. `person` makes people of `office`, or of another one by its Japanese name."""

    url: str
    path: Path
    offices: dict[str, Office] = field(default_factory=dict)
    _numbers: count = field(default_factory=lambda: count(1))

    def office(
        self, name: str = "架空特許事務所", sort: str = "attorney", name_en: str = "Kaku Patent Office"
    ) -> Office:
        if name not in self.offices:
            self.offices[name] = Office.objects.create(sort=sort, name_ja=name, name_en=name_en)
        return self.offices[name]

    def person(self, name: str, roles=(), office: Office | None = None, sealed: bool = False, **more) -> Person:
        email = f"person{next(self._numbers)}@example.jp"
        made = Person.objects.create_user(
            email, "correct horse battery", name=name, office=office or self.office(), **more
        )
        for role in roles:
            Mandate.objects.create(person=made, role=role, valid_from=SINCE, sealed=sealed)
        return made

    def client(self, person: Person | None) -> Client:
        client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="ja")
        if person:
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def cookies(self, person: Person | None) -> list[dict]:
        """The session of a person, for a browser."""
        return [
            {"name": name, "value": morsel.value, "url": self.url}
            for name, morsel in self.client(person).cookies.items()
        ]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        pass


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def finish_request(self, request, client_address) -> None:
        try:
            super().finish_request(request, client_address)
        finally:
            connections.close_all()


def pytest_collection_modifyitems(items) -> None:
    """A test that drives Chromium, and no other, is run once more where the browser itself gave up waiting. Every such
    run is told by name at the end (tests/conftest.py)."""
    from playwright.sync_api import Error

    again = pytest.mark.flaky(reruns=1, only_rerun=[Error, "(Locator|Page) expected"])
    for item in items:
        if "browse" in getattr(item, "fixturenames", ()):
            item.add_marker(again)


@pytest.fixture(scope="session")
def application():
    return get_wsgi_application()


@pytest.fixture
def site(application, sqlite_template, tmp_path, django_db_blocker, monkeypatch):  # noqa: F811 - the fixture imported above
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    path = tmp_path / "kaname.sqlite3"
    shutil.copy(sqlite_template, path)
    with django_db_blocker.unblock(), override_settings(KANAME_KINDS="kaname.regimes.KINDS", ALLOWED_HOSTS=["*"]):
        kinds.cache_clear()
        throwaway.connect(embedded(path))
        server = _Server(("127.0.0.1", 0), _Quiet)
        server.set_app(application)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}", path)
        finally:
            server.shutdown()
            server.server_close()
            connection.close()
            kinds.cache_clear()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (bash tools/install_parts.sh)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=LAUNCH)
        yield chromium
        chromium.close()


@pytest.fixture
def browse(browser, site):
    contexts = []

    def opened(person=None, width: int = 1280, language: str = "ja", script: bool = True):
        locale = {"ja": "ja-JP", "en": "en-GB"}[language]
        context = browser.new_context(
            locale=locale, timezone_id="Asia/Tokyo", viewport={"width": width, "height": 900},
            java_script_enabled=script, base_url=site.url,
        )  # fmt: skip
        contexts.append(context)
        language_cookie = {"name": "kaname_language", "value": language, "url": site.url}
        context.add_cookies([*site.cookies(person), language_cookie])
        return watch(context.new_page(), site.url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def office(client: Client, monkeypatch) -> Client:
    """A browser without a screen, of a company on 2026-04-01."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    house = Office.objects.create(sort="company", name_ja="架空電力", name_en="Kaku Power")
    client.force_login(Person.objects.create_user("hana@example.jp", None, name="架空 花子", office=house))
    return client


@pytest.fixture
def stranger(office: Client) -> Client:
    other = Client()
    house = Office.objects.create(sort="company", name_ja="他社", name_en="Other")
    other.force_login(Person.objects.create_user("x@example.jp", None, name="他人", office=house))
    return other


@pytest.fixture
def on(monkeypatch):
    """Turn the calendar: it is ten in the morning of that day, and who works that day logs in."""

    def turned(day: str, *who) -> None:
        now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=JST)
        monkeypatch.setattr(clock, "now", lambda: now)
        for one in who:
            one.comes()

    return turned
