"""Whoever reads changes nothing: every page that links lead to, those beside, and every reading call of the API, by
several people; the whole office is compared before and after (still.py). And no page leads anywhere by an unsafe
address."""

import json
import logging
import re
import shutil
from urllib.parse import urlsplit

import pytest

from api.walk import DEAR, OPERATIONS, Walk
from kaname.access import tokens
from kaname.access.gate import doors
from kaname.access.models import Compartment, Person
from web.sweep import still
from web.sweep.conftest import opened
from web.sweep.test_every_page import BESIDE, designated
from web.sweep.walk import Page, client, outside

# Where a page may lead outside: the law itself, and what a figure of the overview is taken from.
HOSTS = ("laws.e-gov.go.jp", "www.wic-net.com")
READING = {name: one for name, one in OPERATIONS.items() if one.method == "get"}


@pytest.fixture
def office(walked, tmp_path, django_db_blocker):
    """Its pages; the office is one of its own: what is read here is written down, and others look at pictures."""
    home = shutil.copytree(walked / "home", tmp_path / "home")
    pages = [Page(**one) for one in json.loads((walked / "walk.json").read_text())["pages"]]
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), opened(home):
        yield pages
    logging.disable(logging.NOTSET)


def person(who):
    return Person.objects.get(email=f"{who}@demo.example")


def test_reading_every_page_changes_nothing(walked):
    changed = json.loads((walked / "walk.json").read_text())["changed"]
    assert len(changed) >= 12
    assert {who: what for who, what in changed.items() if what} == {}


def test_nor_do_pages_to_which_no_link_leads_nor_asking_for_heads_alone(office):
    """A view that takes whatever is not GET for a form would do it for a HEAD."""
    visitors = {who: client(person(who)) for who in {who for who, _ in BESIDE.values()} | {page.who for page in office}
                if who} | {"": client(None)}  # fmt: skip
    with still.visit() as visit:
        for who, where in BESIDE.values():
            visit.at = where.format(designated=designated(who)) if "{" in where else where
            visitors[who].get(visit.at)
        for page in office:
            visit.at = f"HEAD {page.at}"
            assert visitors[page.who].head(page.at).status_code in (200, 302, 405), page
    assert visit.changed == []


def test_nor_does_any_reading_call_of_the_interface(office):
    """As the document's links lead, each operation with what was learnt so far."""
    people = ("attorney", "meti", "admin")
    held = {who: tokens.make(person(who), "reads", _scopes(who), 9)[1] for who in people}
    walk, answered = Walk(1, held, set(), ""), set[str]()
    with still.visit() as visit:
        for who in people:
            for name in READING if who == people[0] else sorted(set(READING) - set(DEAR)):
                visit.at = f"GET {name} ({who})"
                given = walk.leads[name][-1] if walk.leads[name] else {}
                if walk.step(who, READING[name], given).status_code == 200:
                    answered.add(name)
    assert visit.changed == []
    assert len(answered) > len(READING) // 2


def _scopes(who):
    return [scope for scope in tokens.Scope if scope is not tokens.Scope.ADMIN or person(who).administers]


def test_a_page_that_writes_is_found_and_named(office, monkeypatch):
    """Planted: looking at help makes a compartment."""
    honest = doors.Doors.process_view

    def process_view(self, request, *more):
        if request.path == "/help/":
            Compartment.objects.create(name="planted")
        return honest(self, request, *more)

    monkeypatch.setattr(doors.Doors, "process_view", process_view)
    visitor = client(person("jpo"))
    with still.visit() as visit:
        for visit.at in ("/settings/", "/help/"):
            visitor.get(visit.at)
    assert visit.changed[0] == "access_compartment"
    assert [line for line in visit.changed if line.startswith("/help/: INSERT")]
    assert not [line for line in visit.changed if line.startswith("/settings/")]


def test_what_may_change_is_there_and_has_a_reason(office):
    with still.connection.cursor() as cursor:
        tables = still.connection.introspection.table_names(cursor)
    assert {name.partition(".")[0] for name in still.MAY} <= set(tables)
    assert all(len(reason) > 15 for reason in (still.MAY | still.MAY_FILES).values())


# -- where pages lead ----------------------------------------------------------------------------------------------


def safe(address):
    """A path of the office, https to a host that is listed, or a mail."""
    parts = urlsplit(address)
    return (parts.scheme == "https" and parts.netloc in HOSTS) or re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", address)


def test_pages_lead_only_where_it_is_safe(walked):
    told = json.loads((walked / "walk.json").read_text())["outside"]
    assert {address: at for address, at in told.items() if not safe(address)} == {}
    assert {urlsplit(address).netloc for address in told} >= set(HOSTS), "a host nobody leads to any more"


@pytest.mark.parametrize("page", [
    '<a href="javascript:go()">', '<a href=" JavaScript:go()">', '<form action="http://elsewhere.example/">',
    '<img src="data:image/svg+xml,x">', '<a href="//elsewhere.example">', '<a href="java&#115;cript:go()">',
    '<button formaction="vbscript:x">', '<a href="https://laws.e-gov.go.jp.elsewhere.example/">',
    '<a href="https://laws.e-gov.go.jp@elsewhere.example/">',
])  # fmt: skip
def test_an_unsafe_address_is_found(page):
    assert [to for to in outside(page) if not safe(to)]


def test_a_redirect_elsewhere_is_found_and_paths_are_none():
    assert outside("", "https://elsewhere.example/", "/cases/") == ["https://elsewhere.example/"]
    assert outside('<a href="/cases/?at=10:30"><a href="?a=b:c"><a href="#x:y"><a href="letters/">') == []
